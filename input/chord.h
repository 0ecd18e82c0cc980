/*
 * chord: keys that are pressed together, as keysyms: from "Ctrl+Shift+T" to what this keyboard has
 * for it.
 */
#ifndef INPUT_CHORD_H
#define INPUT_CHORD_H

#include "input/keymap.h"

#define CHORD_MAX 8

struct chord {
    uint32_t keysyms[CHORD_MAX]; /* in the order of pressing */
    int count;
};

/*
 * In a chord of several keys letters are meant as they stand on the keys: Ctrl+S has no Shift. A
 * letter alone is that letter. ERR_USAGE with the key that is not known, or with the modifier that
 * this keyboard has not.
 */
bool chord_parse(struct chord *c, const char *text, const struct keymap *keymap, struct err *e);

/* Is Caps Lock one of the keys? */
bool chord_has_lock(const struct chord *c);

#endif

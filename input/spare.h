/*
 * spare: what is bound to the free keys of the keyboard: characters and keys that the layout lacks.
 * Bindings stay until they are needed for something else or cleared, since a program looks up a key
 * when it comes to it: by then the key must still mean the same.
 */
#ifndef INPUT_SPARE_H
#define INPUT_SPARE_H

#include "input/held.h"
#include "input/keymap.h"

/* Zero-initialised is empty and valid. */
struct spare {
    uint32_t keysyms[SLOT_MAX]; /* what we have bound, by slot; 0: free */
    int count;                  /* slots that are not free */
    bool changed;               /* since the last spare_commit */
};

/* After keymap_refresh: forgets what is no longer there because somebody has loaded another layout.
 */
void spare_check(struct spare *s, const struct keymap *k);

bool spare_find(const struct spare *s, const struct keymap *k, uint32_t keysym, struct stroke *out);

/* Reserves a slot for KEYSYM. False when all are taken. It is not bound before spare_commit. */
bool spare_add(struct spare *s, const struct keymap *k, uint32_t keysym);

/* Empties all slots. The programs must have taken all events of them (barrier.h) before the next
 * spare_commit. */
void spare_clear(struct spare *s);

/* Tells the server, if anything has changed, and notes it in HELD. */
bool spare_commit(struct spare *s, struct keymap *k, struct held *held, struct err *e);

/* Frees the keys that a hem has left bound that was killed. */
void spare_give_back(struct keymap *k, const struct held_note *left);

#endif

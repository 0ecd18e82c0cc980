/*
 * keyset: keys that are down together, for comparing: the guard must know a key by whatever name it
 * is called. Left and right, the number pad and the rest of the keyboard, capitals and small
 * letters, "plus" and "+", "U0057" and "w" are the same here.
 */
#ifndef POLICY_KEYSET_H
#define POLICY_KEYSET_H

#include "base/key.h"

#include <stdbool.h>
#include <stdint.h>

#define KEYSET_MAX 12

struct keyset {
    char keys[KEYSET_MAX][KEY_NAME_SIZE];
    int count;
    bool capital; /* one was written as a capital letter: Shift may be down, too */
};

/* "Ctrl+Shift+T". False when a key is not known, which BAD then names (may be NULL), or when there
 * are too many. */
bool keyset_read(const char *chord, struct keyset *out, char bad[KEY_NAME_SIZE]);

void keyset_add_character(struct keyset *set, uint32_t character); /* the key that types it */
void keyset_add_all(struct keyset *set,
                    const struct keyset *more); /* what has no room is left out */
void keyset_remove_all(struct keyset *set, const struct keyset *less);

bool keyset_has(const struct keyset *set, const char *key); /* by the name that is compared */
bool keyset_holds(const struct keyset *set, const struct keyset *part); /* all of PART is in SET */
bool keyset_equal(const struct keyset *a, const struct keyset *b);

/* The one key in it that types a character, as a small letter; 0: there is none, or several. */
uint32_t keyset_character(const struct keyset *set);

#endif

/*
 * change: what it costs to change one character of a text into another, or to lose or gain it:
 * nearly nothing where a reader of pixels does so on its own, much where it makes another word, and
 * most where it makes another number. For base/align.c.
 */
#ifndef BASE_CHANGE_H
#define BASE_CHANGE_H

#include "base/fold.h"

struct change {
    double cost; /* 1 for plainly another letter */
    bool number; /* it makes another number */
    bool likely; /* a reader of pixels makes it on its own */
};

/* The character I of F is lost, or gained. */
struct change change_lone(const struct folded *f, int i);

/* A stands for B; with ANY_CASE a small letter for the capital, too, and what looks like it. */
struct change change_pair(const struct fold_char *a, const struct fold_char *b, bool any_case);

/*
 * The same letter, and yet not what was meant: a lost Shift key, or a diacritic from nowhere.
 * (Programs turn letters into capitals, and readers of pixels miss diacritics: the other way round
 * is nothing.)
 */
bool change_spoils(const struct fold_char *read, const struct folded *meant, int i);

/* Is the sign at I a part of a number: 3.5, 1,000, -5, 12:30? I may be out of range. */
bool sign_in_number(const struct folded *f, int i);

/* Is it the minus of a grade or a blood group: "A-"? */
bool sign_is_minus(const struct folded *f, int i);

#endif

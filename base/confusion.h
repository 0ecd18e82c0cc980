/*
 * confusion: which characters a reader of pixels takes for which others, and how easily.
 */
#ifndef BASE_CONFUSION_H
#define BASE_CONFUSION_H

#include "base/fold.h"

/* What one confusion costs in a comparison where a plainly different character costs 1. */
#define CONFUSION_STRONG 0.02 /* l I 1 | are the same few pixels */
#define CONFUSION_WEAK   0.06
#define CONFUSION_LIGHT  0.15
#define CONFUSION_RARE   0.35 /* told apart by anybody who knows what to expect */
#define CONFUSION_NONE   1.0
#define CONFUSION_LIKELY                                                                           \
    0.25 /* what costs less happens without a reason; what costs more is a sign of a difference */

/* 0: the same character but for its case. A diacritic more, less or another is CONFUSION_WEAK. Two
 * different digits are never confused. */
double confusion_of(const struct fold_char *a, const struct fold_char *b);

/* Two characters read as one, or one as two: rn and m, vv and w, cl and d. CONFUSION_NONE for all
 * others. */
double confusion_of_two(const struct fold_char two[2], const struct fold_char *one);

#endif

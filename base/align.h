/*
 * align: the cheapest way to turn one folded text into another, where confusions of a reader of
 * pixels cost little, lost and added spaces nearly nothing, and everything else a lot. It knows
 * words and numbers: what changes a word into another or a number at all is a different text,
 * however long the rest is.
 */
#ifndef BASE_ALIGN_H
#define BASE_ALIGN_H

#include "base/fold.h"

enum align_mode {
    ALIGN_WHOLE,  /* all of A against all of B; symmetric */
    ALIGN_WITHIN, /* B against any run of whole words of A */
    ALIGN_EXACT,  /* A was read, B was meant: nothing but spaces and what a reader confuses may
                     differ */
};

struct alignment {
    double cost;     /* of the changes; ALIGN_NEVER and more: it can't be had */
    int letters;     /* of the longer of both, spaces apart */
    bool word_off;   /* some word was changed into another one */
    bool number_off; /* a digit, or a point between digits, differs */
    int start, end;  /* WITHIN: the run of A, half open */
};

#define ALIGN_NEVER 1e6

/* The best alignment. Time and memory are bounded: where texts are very long and very different it
 * gives up. */
struct alignment align_best(const struct folded *a, const struct folded *b, enum align_mode mode);

/* An alignment as a number, 0..1; 1: the same; below 0.6: different things. */
double align_score(const struct alignment *al);

#endif

/*
 * history: what was done so far, a line a turn, bounded: the newest HISTORY_MAX turns. For policies
 * that decide by it and for errors that tell what led there.
 */
#ifndef BASE_HISTORY_H
#define BASE_HISTORY_H

#include "base/rect.h"

#include <stdbool.h>

#define HISTORY_MAX       64
#define HISTORY_TEXT_SIZE 256

#define EFFECT_CONFIRMED "confirmed"      /* the screen, or the field, shows it */
#define EFFECT_NONE_SEEN "no effect seen" /* hem went on without */

struct history_turn {
    int number;                   /* from 1 */
    char step[HISTORY_TEXT_SIZE]; /* the step's line, "" for none; secrets as holes; cut when too
                                     long */
    char action[HISTORY_TEXT_SIZE];
    bool has_at;
    struct point at; /* where */
    bool acted;      /* the action was performed */
    bool changed;    /* the screen was different afterwards */
    const char
        *effect; /* static: what was seen to come of it; NULL: nothing yet, or nobody looked */
};

struct history {
    struct history_turn turns[HISTORY_MAX]; /* a ring */
    int count;                              /* turns ever added */
};

struct history_turn *history_add(struct history *h); /* the new turn, numbered, to be filled in */

/* The turn BACK turns ago (0: the newest); NULL when there is none or it is forgotten. */
const struct history_turn *history_last(const struct history *h, int back);

#endif

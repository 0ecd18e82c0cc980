/*
 * acts: what hands did in a recorded episode, one action after the other, each with the picture
 * that it was decided on. What was only looked at, waited for by hem itself, refused or failed is
 * no act.
 */
#ifndef TRAJECTORY_ACTS_H
#define TRAJECTORY_ACTS_H

#include "base/action.h"
#include "trajectory/read.h"

struct act {
    struct action action;
    char *text;                /* owned; the action's text points to it */
    int turn;                  /* of the recording's turns, from 0 */
    const char *step;          /* borrowed from the recording, as are the next; "": none */
    const char *frame, *after; /* pictures before it and after it; "": none */
};

struct acts {
    struct act *items; /* owned */
    int count, capacity;
    const char *last_frame; /* what it ended with; borrowed; "": none */
};

/* R outlives OUT. ERR_USAGE with the turn when an action's line can't be read; OUT is set on
 * success only. */
bool acts_take(const struct recording *r, struct acts *out, struct err *e);
void acts_finish(struct acts *a);

#endif

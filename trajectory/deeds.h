/*
 * deeds: what was done in a recorded episode, one after the other: the steps that were done, and
 * the actions at bare pixels as steps that say the same: `click at 412,300`.
 */
#ifndef TRAJECTORY_DEEDS_H
#define TRAJECTORY_DEEDS_H

#include "base/step.h"
#include "trajectory/read.h"

struct deed {
    struct step step;  /* owned */
    int turn;          /* number of the turn that it was begun in */
    int before, after; /* of the recording's scenes; -1: none */
    bool has_at;
    struct point at; /* where it was done */
    bool bare;       /* it says where, but not on what */
    bool effect;     /* something was seen of it, or it was not looked for */
};

struct deeds {
    struct deed *items; /* owned */
    int count, capacity;
    int expected; /* expectations that were met */
};

/* ERR_TASK: something was done that no step says, such as a button that was kept down. OUT is set
 * on success only. */
bool deeds_take(const struct recording *r, struct deeds *out, struct err *e);

/* Scrolling, too; what no step says is left out. ERR_TASK: R is not whole. */
bool deeds_take_all(const struct recording *r, struct deeds *out, struct err *e);
void deeds_finish(struct deeds *d);

#endif

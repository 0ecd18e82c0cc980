/*
 * ended: the steps that ended with one look, in order: done, or failed and why.
 */
#ifndef TRAJECTORY_ENDED_H
#define TRAJECTORY_ENDED_H

#include "base/rect.h"

struct ended_step {
    char *line;        /* owned; the step's line */
    char *failed;      /* owned; why it could not be done; NULL: it is done */
    struct rect place; /* where its target was last seen; empty: it has no place */
    double ms;         /* how long it took; 0: not known, as it is when it is added */
};

struct ended {
    struct ended_step *items; /* owned */
    int count, capacity;
};

/* FAILED may be NULL. */
void ended_add(struct ended *e, const char *line, const char *failed, struct rect place);
void ended_finish(struct ended *e); /* frees; {0} again */

#endif

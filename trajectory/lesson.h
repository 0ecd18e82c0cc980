/*
 * lesson: what a recorded episode teaches: its steps, each with a target by sight. What was done at
 * bare pixels is named by what stood under them, clicks and typed texts are folded into `type "..."
 * into "..."`, and what came to nothing or was taken back is left out.
 */
#ifndef TRAJECTORY_LESSON_H
#define TRAJECTORY_LESSON_H

#include "base/step.h"
#include "trajectory/read.h"

struct lesson_step {
    struct step step;  /* owned */
    int turn;          /* the number of the turn that it was learned from */
    int before, after; /* of the recording's scenes; -1: none */
    char *group;       /* owned; what its target belongs to: "Ticket"; "" for nothing */
};

struct lesson {
    struct lesson_step *steps; /* owned */
    int count, capacity;
    char **left; /* owned, each owned: labels of required fields that were left empty */
    int left_count;
    int expected; /* expectations that were met */
};

/* ERR_TASK with the turn: something was done where nothing with a name was seen. OUT is set on
 * success only. */
bool lesson_take(const struct recording *r, struct lesson *out, struct err *e);

/*
 * All that was done, in steps, and nothing left out: each deed belongs to the last step whose turn
 * is not after its own. What comes to no better step is told as it was done, by itself, and at its
 * place where nothing has a name.
 */
bool lesson_tell(const struct recording *r, struct lesson *out, struct err *e);

/* Pictures of targets that lie in the trajectory's folder DIR are named from everywhere. */
void lesson_place_pictures(struct lesson *l, const char *dir);
void lesson_finish(struct lesson *l);

#endif

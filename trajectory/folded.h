/*
 * folded: a trajectory that is written as a whole, after it happened, beside pictures that are
 * there already.
 */
#ifndef TRAJECTORY_FOLDED_H
#define TRAJECTORY_FOLDED_H

#include "trajectory/format.h"

struct folded_turn {
    struct trajectory_turn turn; /* without its picture; the scene is NULL where none was seen */
    double seconds;
    const char *wall;
    const char *frame; /* relative to the folder; NULL: none */
};

/* In place of what is there, which stays on failure. ERR_IO. */
bool folded_write(const char *dir, const struct episode *episode, const struct episode_state *state,
                  const struct folded_turn *turns, struct err *e);

#endif

/*
 * runs: short texts of one size that follow each other in a row or a column: the entries of a bar,
 * of tabs, of a menu, of a side list.
 */
#ifndef VISION_RUNS_H
#define VISION_RUNS_H

#include "vision/view.h"

#define RUN_MAX 40

struct run {
    int items[RUN_MAX]; /* phrases, left to right or top to bottom */
    int count;
};

/*
 * Which phrase follows each phrase, in the scene's arena; -1: none. To the right at most GAP_MAX
 * pixels away; below, as far left and at most STEP_MAX pixels further down. What is no entry (a
 * label, a sentence) follows nothing and is followed by nothing.
 */
int *runs_right(const struct view *v, int gap_max);
int *runs_below(const struct view *v, int step_max);

/* The run from FIRST on; false when FIRST follows another, or nothing follows it. */
bool run_take(const struct view *v, const int *next, int first, struct run *run);

/* The painted or framed ground that an entry stands in the middle of; empty for none. */
struct rect run_ground(const struct view *v, int phrase);

/* Makes a control of an entry. What was made of its ground is dropped. */
struct control *run_make(struct view *v, int phrase, enum role role, struct rect box);

#endif

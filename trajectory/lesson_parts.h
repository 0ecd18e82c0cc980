/*
 * lesson_parts: what the files behind lesson.h share. Nobody else includes it.
 */
#ifndef TRAJECTORY_LESSON_PARTS_H
#define TRAJECTORY_LESSON_PARTS_H

#include "trajectory/deeds.h"
#include "trajectory/lesson.h"

/* Adds a step; takes it over. BEGUN: what it was begun with, DONE: what it ended with. EL: what its
 * target was, NULL when that is not known. */
void lesson_add(struct lesson *l, const struct step *step, const struct deed *begun,
                const struct deed *done, const struct element *el);

/* Folds all deeds into steps. */
bool lesson_fold(const struct recording *r, const struct deeds *deeds, struct lesson *out,
                 struct err *e);

#endif

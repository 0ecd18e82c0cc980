/*
 * nearest: why nothing was found: what on the screen came nearest. For vision/find.c.
 */
#ifndef VISION_NEAREST_H
#define VISION_NEAREST_H

#include "base/err.h"
#include "vision/candidates.h"

/*
 * Sets E (may be NULL) for a TARGET that nothing fits: with what fits its words but stands
 * ELSEWHERE than it says, or with up to three things that are a little like it, or that there is no
 * text at all.
 */
void nearest_explain(const struct scene *scene, const struct target *target,
                     const struct candidates *elsewhere, struct err *e);

#endif

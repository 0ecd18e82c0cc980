/*
 * find: from a step's target to the element of a scene that it means.
 *
 * Text is compared forgivingly (base/alike.h), the best candidate wins; two that fit equally well
 * are ambiguous and the error lists both, with role, label and box: never a coin toss. Among the
 * candidates of a plain "Save" are the texts and labels of elements and any run of words on the
 * screen; an element beats the plain words inside it. A picture is looked for in the pixels
 * (vision/sightings.h); several that are as good as each other are ambiguous, too.
 */
#ifndef VISION_FIND_H
#define VISION_FIND_H

#include "base/find.h"

/* SELF is a struct gallery: it fits struct finder. It may be NULL where no picture is looked for.
 */
enum found find_target(void *self, const struct scene *scene, const struct target *target,
                       struct match *out, struct err *e);

#endif

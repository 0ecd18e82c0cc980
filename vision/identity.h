/*
 * identity: which element is the same thing as one in the frame before, so that it keeps its id
 * while it is filled in, lit, or scrolled away from where it was.
 *
 * The same is what has the same role and name where there is one such in both frames; of several,
 * as the buttons in the rows of a list, the one that has moved as what stands beside it; or else
 * what is in the same place, on the same page. What was covered or has scrolled away gets its id
 * back when it is seen again in its place. An id is never given twice.
 */
#ifndef VISION_IDENTITY_H
#define VISION_IDENTITY_H

#include "base/scene.h"

struct identity;

struct identity *identity_create(void);
void identity_destroy(struct identity *d); /* takes NULL */

/* Forgets everything: the next elements are numbered from 1, in reading order. */
void identity_reset(struct identity *d);

/* Sets the ids of the scene's elements. */
void identity_assign(struct identity *d, struct scene *scene);

#endif

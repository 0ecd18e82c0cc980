/*
 * identity: which element is the same thing as one in the frame before, so that it keeps its id
 * while it is filled in, lit, or scrolled away from where it was.
 *
 * The same is what has the same role and name, the nearest one, wherever it has gone; or else the
 * same role and place. An id is never given twice.
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

/*
 * elements: from boxes and words to the elements of a scene: role, label, value and states.
 */
#ifndef VISION_ELEMENTS_H
#define VISION_ELEMENTS_H

#include "base/frame.h"
#include "base/scene.h"
#include "vision/boxes.h"
#include "vision/caret.h"
#include "vision/edges.h"

struct elements; /* the workplace, kept so that a warm frame allocates nothing */

struct elements *elements_create(void);
void elements_destroy(struct elements *e); /* takes NULL */

/*
 * Adds the elements of FRAME to SCENE, whose words have been read, in reading order. Words that
 * stand for the drawing of a mark (a tick read as "v") are taken out of the scene.
 */
void elements_find(struct elements *e, const struct frame *frame, const struct edges *edges,
                   const struct boxes *boxes, const struct carets *carets, struct scene *scene);

#endif

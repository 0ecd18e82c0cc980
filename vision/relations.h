/*
 * relations: how boxes lie to each other, as a person says it: in the row of, left of, below. For
 * vision/find.c.
 */
#ifndef VISION_RELATIONS_H
#define VISION_RELATIONS_H

#include "base/rect.h"
#include "base/step.h"

/*
 * Does BOX lie so to ANCHOR? Then DISTANCE gets how far from the nearest such place it is, in
 * pixels: what is in line with the anchor is nearer than what is not. Of RELATION_IN_ROW the anchor
 * is the whole row, of which the height counts.
 */
bool relation_holds(enum relation relation, struct rect box, struct rect anchor, double *distance);

#endif

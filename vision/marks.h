/*
 * marks: small figures that stand by themselves: is it the square of a checkbox, the circle of a
 * radio, a switch, and is it set?
 */
#ifndef VISION_MARKS_H
#define VISION_MARKS_H

#include "vision/boxes.h"

#define MARK_SIDE_MIN                                                                              \
    9 /* pixels; indicators are 11 to 20 in all toolkits, twice that on large scales */
#define MARK_SIDE_MAX 40

/*
 * Judges the figure that fills RECT tightly. On success sets OUT's kind, rect, inner, colours and
 * `on`. False when it is none of these.
 */
bool mark_read(const struct frame *frame, struct rect rect, struct box *out);

/* A diamond radio whose SURFACE is known, but whose edges run into others': one pixel from the side
 * of a lit ground. */
bool mark_read_diamond(const struct frame *frame, struct rect surface, struct box *out);

#endif

/*
 * switches: a track with a knob at one end: a disc in a pill, a square in a bar, or a disc that is
 * higher than its track.
 */
#ifndef VISION_SWITCHES_H
#define VISION_SWITCHES_H

#include "vision/boxes.h"
#include "vision/outline.h"

/* Is the figure in BOX's rect, with that outline, on BOX's ground, a switch? Sets its fill (the
 * track's colour), and whether it is on: its knob at the right. */
bool switch_read(const struct frame *f, const struct outline *o, struct box *box);

#endif

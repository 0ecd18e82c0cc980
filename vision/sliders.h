/*
 * sliders: a track with a thumb on it; either may be the higher. The focus may draw a ring around
 * both.
 */
#ifndef VISION_SLIDERS_H
#define VISION_SLIDERS_H

#include "vision/boxes.h"

/* Judges the figure that fills RECT tightly; on success sets OUT. */
bool slider_read(const struct frame *frame, const struct edges *edges, struct rect rect,
                 struct box *out);

#endif

/*
 * scaled: a part of a frame in another size (Leptonica's area mapping and interpolation).
 */
#ifndef VISION_SCALED_H
#define VISION_SCALED_H

#include "base/frame.h"

/* Puts REGION of FROM (inside it) into TO with WIDTH x HEIGHT pixels. */
void scaled_frame(const struct frame *from, struct rect region, int width, int height,
                  struct frame *to);

#endif

/*
 * uprights: straight right-hand edges: places where one colour ends and another begins along a
 * column. Carets and selections are made of them.
 */
#ifndef VISION_UPRIGHTS_H
#define VISION_UPRIGHTS_H

#include "base/frame.h"
#include "vision/band.h"

#include <stdbool.h>

struct upright {
    int x;           /* the last column of INK; GROUND begins at x + 1 */
    int top, bottom; /* rows, half open */
    uint32_t ink, ground;
};

/* Calls VISIT for every edge of HEIGHT_MIN to HEIGHT_MAX rows in the band whose two colours differ
 * clearly and stay the same, but where letters touch it. */
void uprights_find(const struct frame *frame, struct band band, int height_min, int height_max,
                   void (*visit)(void *self, const struct upright *u), void *self);

/* Is the pixel on the frame and (nearly) of that colour? */
bool pixel_is(const struct frame *f, int x, int y, uint32_t colour);

#endif

/*
 * outline: where a small figure ends, row by row: what tells a circle from a square, whatever is
 * drawn in it.
 */
#ifndef VISION_OUTLINE_H
#define VISION_OUTLINE_H

#include "base/frame.h"
#include "vision/marks.h"

#include <stdbool.h>
#include <stdint.h>

#define OUTLINE_STEP 8 /* a figure's outline differs from its ground by this */

struct outline {
    int left[MARK_SIDE_MAX + 1], right[MARK_SIDE_MAX + 1]; /* a row's pixels outside the figure */
    double outside;                                        /* the share of the rect outside */
    double lean; /* how much more of it is on one side than on the other: 0 for a figure like its
                    mirror image */
};

/* Of the figure in R, at most MARK_SIDE_MAX high, on GROUND. */
void outline_trace(const struct frame *f, struct rect r, uint32_t ground, struct outline *o);

/* Is it a circle of the rect's height? */
bool outline_is_round(struct rect r, const struct outline *o);

/* How far the colour at X, Y goes both ways in direction DX, DY: 1, 0 or 0, 1; pixels. */
int outline_span(const struct frame *f, int x, int y, int dx, int dy);

#endif

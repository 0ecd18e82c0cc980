/*
 * lines: where text stands: boxes of single lines of text, cut by ourselves before anything is
 * read. Whole-frame OCR misses most of the words on buttons; reading line by line finds them
 * (shared measurements; docs/architecture.md).
 *
 * A line is a run of words with ordinary spaces between them. Icons may be among the lines: what is
 * no text is known only when it is read.
 */
#ifndef VISION_LINES_H
#define VISION_LINES_H

#include "base/rect.h"
#include "vision/band.h"
#include "vision/plane.h"

struct lines_work;

struct lines {
    struct rect *boxes; /* owned; tight around the ink */
    int count, capacity;
    struct lines_work *work; /* owned; kept between frames, so that a warm turn allocates nothing */
};

#define LINE_WIDTH_MAX 2048 /* pixels; a longer line is cut between words */

/* How long all lines are together, in heights of each: what a screen of 4K holds that is full of
 * the smallest print. In noise that makes more, the smaller lines are left out. */
#define LINES_LENGTH_MAX 65536

/*
 * Finds the lines again in that band of GRAY. BARRIERS (BARRIER_COUNT rects, may be none) are boxes
 * of controls: no line crosses an edge of one, so that the text of a button does not join its
 * neighbour's.
 */
void lines_find(struct lines *l, const struct plane *gray, struct band band,
                const struct rect *barriers, int barrier_count);

/* Row by row from the top, left to right; what stands beside each other is one row. */
void lines_sort(struct lines *l);

void lines_finish(struct lines *l);

#endif

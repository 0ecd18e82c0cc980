/*
 * lines: where text stands: boxes of single lines of text, cut by ourselves before anything is read. Whole-frame OCR
 * misses most of the words on buttons; reading line by line finds them (shared measurements; docs/architecture.md).
 */
#ifndef VISION_LINES_H
#define VISION_LINES_H

#include "base/rect.h"
#include "vision/plane.h"

struct lines {
    struct rect *boxes; /* owned; tight around the ink, top to bottom, then left to right */
    int count, capacity;
};

/*
 * Finds the lines. BARRIERS (BARRIER_COUNT rects, may be none) are boxes of controls: no line crosses an edge of one,
 * so that the text of a button does not join its neighbour's.
 */
void lines_find(struct lines *l, const struct plane *gray, const struct rect *barriers,
                int barrier_count);
void lines_finish(struct lines *l);

#endif

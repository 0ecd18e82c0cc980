/*
 * changes: which pixels differ, as a few separate rects: a caret here and a spinner there must not
 * look like one big change between them. Rects of damage that a server reports are only hints:
 * programs redraw much that stays the same.
 */
#ifndef VISION_CHANGES_H
#define VISION_CHANGES_H

#include "base/frame.h"

#define CHANGES_MAX 32 /* more than that are joined */
#define CHANGES_GAP 12 /* pixels; what lies nearer to each other is one change */

struct changes {
    struct rect rects[CHANGES_MAX];
    int count;
};

/*
 * Adds the rects in which PIXELS differ from what FRAME holds in AREA (inside it). PIXELS is AREA's
 * top left pixel, STRIDE the pixels from one of its rows to the next; the top byte of a pixel does
 * not count.
 */
void changes_find(struct changes *c, const struct frame *frame, struct rect area,
                  const uint32_t *pixels, int stride);

void changes_add(struct changes *c, struct rect r); /* joined with what is near */

#endif

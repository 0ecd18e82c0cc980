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
 * Brings AREA of FRAME (inside it) up to date and adds the rects that really differed. PIXELS is
 * AREA's top left pixel, STRIDE the pixels from one of its rows to the next; the top byte of a
 * pixel does not count.
 */
void changes_take(struct changes *c, struct frame *frame, struct rect area, const uint32_t *pixels,
                  int stride);

#endif

/*
 * caret: the text cursor of a field, a thin upright line that glues to letters and cuts a field in
 * two; and selection, the coloured ground of chosen text, which does the same. Both are found by
 * their looks (a caret blinks, but nobody has the time to wait for that) and taken out before
 * anything is read.
 */
#ifndef VISION_CARET_H
#define VISION_CARET_H

#include "base/frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARETS_MAX 8

struct selection {
    struct rect box;
    uint32_t lit, ground; /* the colour of the selection, and that around it */
    bool bevelled;        /* it has an edge of one pixel, outside BOX */
    int caret;            /* columns of a caret on its left, outside BOX */
};

struct carets {
    struct rect carets[CARETS_MAX];
    int count;
    struct selection selections[CARETS_MAX];
    int selection_count;
    uint32_t *pixels; /* owned; what was painted over */
    size_t pixel_capacity;
};

/*
 * A caret is one or two pixels wide, as high as a line of text, of one colour without antialiasing,
 * has plain ground on its right and free ends, and reaches beyond the letters beside it where a
 * letter's stem would not. A selection is a rectangle of one colour that its text fills from end to
 * end, as the ground of a button does not.
 *
 * Finds them again near CHANGED, which grows by those that came or went.
 */
void carets_find(struct carets *c, const struct frame *frame, struct rect *changed);

/*
 * Paints the carets over with the ground on their right, and the selections as if nothing were
 * selected; and puts all of that back.
 */
void carets_take_out(struct carets *c, struct frame *frame);
void carets_put_back(const struct carets *c, struct frame *frame);

void carets_finish(struct carets *c);

#endif

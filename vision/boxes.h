/*
 * boxes: places on a frame that are set off from what is around them, from pixels alone: the
 * candidates for controls. What they are is decided in elements, with the text at hand.
 *
 * A frame is a surface (see edges) with four straight sides, whatever its corners: field, button,
 * card, cell. A mark is a small figure that stands by itself: the square of a checkbox, the circle
 * of a radio, the track and knob of a switch.
 */
#ifndef VISION_BOXES_H
#define VISION_BOXES_H

#include "base/frame.h"
#include "vision/edges.h"

#include <stdbool.h>
#include <stdint.h>

enum box_kind {
    BOX_FRAME,
    BOX_CHECK,
    BOX_RADIO,
    BOX_SWITCH,
    BOX_SLIDER,
    BOX_FILL, /* a low figure that is filled up to some place: a progress bar (see fills) */
    BOX_RULE, /* a horizontal line: an underlined field, or a separator */
};

struct box {
    enum box_kind kind;
    struct rect rect;  /* with its border */
    struct rect inner; /* without */
    uint32_t fill;     /* the colour inside; of a rule: its own */
    uint32_t border;   /* the border's colour; the fill's when it has none */
    uint32_t ground;   /* the colour around */
    int thickness;     /* of the border; 0: none */
    int parent;        /* index of the smallest frame that holds it; -1: none */
    bool open;         /* its upper border is interrupted, by a label or a legend */
    bool on;           /* a mark that is ticked, dotted or moved to its right end */
    bool mixed;        /* a square with a dash or a block in it: neither on nor off */
};

struct boxes {
    struct box
        *items; /* owned; larger before smaller, so that a parent comes before its children */
    int count, capacity;
    int kept; /* while finding: how many were found before, outside the band */
};

/* Finds the boxes again where EDGES, those of FRAME, were found last. */
void boxes_find(struct boxes *b, const struct frame *frame, const struct edges *edges);
void boxes_finish(struct boxes *b);

bool box_is_mark(const struct box *b);

#endif

/*
 * glyphs: the few drawn signs that tell what a control is: the arrow of a combobox, the arrows or
 * plus and minus of a spin button, the cross that closes, the strokes that open a menu.
 */
#ifndef VISION_GLYPHS_H
#define VISION_GLYPHS_H

#include "base/frame.h"

enum glyph {
    GLYPH_OTHER,
    GLYPH_DOWN, /* triangle or chevron */
    GLYPH_UP,
    GLYPH_UP_DOWN, /* both, one above the other */
    GLYPH_PLUS,
    GLYPH_MINUS,
    GLYPH_CROSS,
    GLYPH_LINES, /* three strokes, one above the other: a menu */
    GLYPH_DOTS,  /* three dots, likewise */
    GLYPH_COUNT,
};

#define GLYPH_SIDE_MAX 26 /* pixels */

/* Judges the drawing that fills R tightly, by its shape alone: colours don't matter. */
enum glyph glyph_read(const struct frame *frame, struct rect r);

#endif

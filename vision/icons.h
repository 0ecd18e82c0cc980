/*
 * icons: small drawings that are no text: what stands on the buttons of tool bars, in the corners
 * of windows and dialogs, beside entries of menus. An icon is often read as a letter or two, and a
 * letter may be taken for one: what it is shows by what stands around it.
 */
#ifndef VISION_ICONS_H
#define VISION_ICONS_H

#include "base/rect.h"
#include "vision/glyphs.h"

#include <stdbool.h>

struct icon {
    struct rect box;
    int word;  /* of scene->words: what was read from it; -1: nothing, so it is no letter */
    int mark;  /* index of the box that it looks like: a checkbox, a radio; -1: none */
    int frame; /* index of the smallest frame around it; -1: none */
    enum glyph glyph;
    bool framed;  /* that frame is its own: a button's */
    bool blank;   /* a known sign, or its word says nothing: no letter nor digit, or hardly read */
    bool taken;   /* something was made of it: what was read from it is no text */
    bool scrolls; /* it is a part of a scroll bar */
};

#endif

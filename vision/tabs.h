/*
 * tabs: the row of a notebook's tabs. They touch, their texts stand in their middles, and below
 * them the page begins that one of them is open to.
 */
#ifndef VISION_TABS_H
#define VISION_TABS_H

#include "vision/runs.h"

/* Boxes side by side on the upper side of a page, which one of them may be open to, become tabs;
 * false when the run is none. */
bool tabs_take_boxes(struct view *v, const struct run *run);

/* Drops what was made of the page under a tab: an empty surface may be a text area's. */
void tabs_drop_page(struct view *v, struct rect tab);

/* The stroke through X in row Y, as far as it goes. */
struct rect tabs_stroke(const struct view *v, int x, int y);

#endif

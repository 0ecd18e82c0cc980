/*
 * sides: from which side a control is named, and how well a phrase fits as its label there.
 */
#ifndef VISION_SIDES_H
#define VISION_SIDES_H

#include "vision/view.h"

enum side { SIDE_NONE, SIDE_INSIDE, SIDE_ABOVE, SIDE_LEFT, SIDE_RIGHT, SIDE_COUNT };

/* 0 when the phrase cannot be the label of a field (textbox, combobox, slider ...) on that side; up
 * to 1. */
double side_fits_field(const struct view *v, const struct control *c, const struct phrase *p,
                       enum side side);

/* The same for a checkbox, radio or switch. */
double side_fits_mark(const struct view *v, const struct control *c, const struct phrase *p,
                      enum side side);

#endif

/*
 * labels: from which side a control is named, and how well a phrase fits as its label.
 */
#ifndef VISION_LABELS_H
#define VISION_LABELS_H

#include "vision/view.h"

enum side { SIDE_NONE, SIDE_INSIDE, SIDE_ABOVE, SIDE_LEFT, SIDE_RIGHT, SIDE_COUNT };

/* 0 when the phrase cannot be the label of a field (textbox, combobox, slider ...) on that side; up
 * to 1. */
double label_fits_field(const struct view *v, const struct control *c, const struct phrase *p,
                        enum side side);

/* The same for a checkbox, radio or switch. */
double label_fits_mark(const struct view *v, const struct control *c, const struct phrase *p,
                       enum side side);

/* Does the label say that a value is needed: an asterisk, "required"? */
bool label_is_required(const char *label);

#endif

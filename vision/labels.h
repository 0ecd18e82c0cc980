/*
 * labels: what the texts that name fields and marks say.
 */
#ifndef VISION_LABELS_H
#define VISION_LABELS_H

#include "vision/view.h"

/* Does the label say that a value is needed: an asterisk, "required"? */
bool label_is_required(const char *label);

#endif

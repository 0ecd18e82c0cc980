/*
 * fills: low and long figures of two colours that meet at one place, the left one the stronger:
 * progress bars, and meters. A block that wanders from end to end has the weaker colour on both
 * sides.
 */
#ifndef VISION_FILLS_H
#define VISION_FILLS_H

#include "vision/boxes.h"

/* Judges the figure that fills INK tightly, but for a text that touches it from above; on success
 * sets OUT: `inner` is what is filled, `border` the colour of the rest. */
bool fill_read(const struct frame *frame, struct rect ink, struct box *out);

/* Hundredths that are filled; -1: a block wanders in it. */
int fill_share(const struct box *b);

/* Is the figure in INK as the bar LIKE, but empty (0) or full (100)? -1: it is not. */
int fill_share_like(const struct frame *frame, struct rect ink, const struct box *like);

#endif

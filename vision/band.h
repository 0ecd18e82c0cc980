/*
 * band: the rows of a frame that are read again, over its whole width, after a part of it has
 * changed. Each stage keeps what it found before outside the band, finds again what lies wholly in
 * it, and leaves out pieces that its ends cut off.
 */
#ifndef VISION_BAND_H
#define VISION_BAND_H

#include "base/rect.h"

#include <stdbool.h>

struct band {
    int top, bottom; /* rows, half open */
    int height;      /* of the frame */
};

struct band band_whole(int height);

/* A band that holds the rows of R, with MARGIN above and below as far as the frame goes. */
struct band band_around(struct rect r, int margin, int height);

/* Does R lie in the band, clear of the ends that are not the frame's own? */
bool band_holds(struct band b, struct rect r);

#endif

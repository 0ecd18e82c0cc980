/*
 * comparison: two pictures of one size, pixel by pixel, as a person sees them.
 *
 * How far two colours are from each other is measured in per cent of the way from black to white,
 * in YIQ, where brightness counts most, as it does for the eye. Pixels that are farther apart than
 * is allowed differ, unless both are the antialiased edge of something that both pictures have.
 */
#ifndef VISION_COMPARISON_H
#define VISION_COMPARISON_H

#include "base/frame.h"

#include <stdbool.h>

struct comparison {
    long differing;  /* pixels */
    double worst;    /* how far apart the worst of them are, in per cent */
    struct rect box; /* all that differ; empty: none */
};

double comparison_distance(uint32_t a, uint32_t b);

/*
 * What stands in MASKS does not count. COLOUR: per cent. DRAWN (NULL: it is not drawn) becomes the
 * actual picture, pale, with what differs in red, edges in yellow and masks in blue.
 */
void comparison_make(const struct frame *expected, const struct frame *actual,
                     const struct rect *masks, int mask_count, double colour,
                     struct comparison *out, struct frame *drawn);

#endif

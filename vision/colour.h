/*
 * colour: what can be said of 0x00RRGGBB colours and of single pixels.
 */
#ifndef VISION_COLOUR_H
#define VISION_COLOUR_H

#include "base/frame.h"

#include <stdint.h>

/* Steps below this (in any channel) are one surface: gradients and shadows run on, the palest
 * frames still show. */
#define COLOUR_STEP 4

/* The largest difference in a channel, 0..255. */
int colour_distance(uint32_t a, uint32_t b);

int colour_luma(uint32_t c);       /* 0..255, as plane's */
int colour_saturation(uint32_t c); /* the largest channel less the smallest, 0..255 */

/* The one that most of the COUNT colours agree with; 0 for none. COUNT is meant to be small: all
 * are compared. */
uint32_t colour_commonest(const uint32_t *colours, int count);

/* The pixel there; the nearest one for a place outside. */
uint32_t colour_at(const struct frame *f, int x, int y);

#endif

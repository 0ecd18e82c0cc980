/*
 * cuts: gives back what cutting took from a line of text. Around the sides of barriers and
 * backdrops two pixels to either side are left out of account (blobs), and with them the tops or
 * feet of letters that touch a side, as in the tight rows of a list.
 */
#ifndef VISION_CUTS_H
#define VISION_CUTS_H

#include "base/rect.h"
#include "vision/blobs.h"
#include "vision/plane.h"

/* BOX, tight around what was found of a line of GRAY, with what was cut off from it. */
struct rect cuts_mend(struct rect box, const struct plane *gray, const struct blobs *blobs,
                      const struct rect *barriers, int barrier_count);

#endif

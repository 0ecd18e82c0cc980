/*
 * before: what a frame held before it was brought up to date, kept for the places that were
 * touched. So a frame can be updated in place as often as something is drawn, and it is still known
 * in the end what really differs: a button that was pressed and released does not.
 *
 * Only so much is kept as the answer to a click may repaint. What goes beyond counts as changed.
 */
#ifndef VISION_BEFORE_H
#define VISION_BEFORE_H

#include "vision/changes.h"

#define BEFORE_TILE  64 /* pixels, width and height */
#define BEFORE_TILES 32

struct before {
    struct point tiles[BEFORE_TILES]; /* the top left of those that are kept */
    int count;
    uint32_t *pixels; /* owned: of the tiles, one after the other; NULL until there is one */
    struct rect lost; /* changed for certain, or not known any more */
};

void before_finish(struct before *b);

/* Keeps what FRAME holds in R (inside it), unless it was kept before. To be called before R is
 * written to. */
void before_keep(struct before *b, const struct frame *frame, struct rect r);

/* R counts as changed, whatever it held. */
void before_lose(struct before *b, struct rect r);

void before_forget(struct before *b);

/* All that differs between FRAME and before, added to CHANGES, and the smallest rect that holds it;
 * then forgets. */
struct rect before_compare(struct before *b, const struct frame *frame, struct changes *changes);

#endif

/*
 * edges: where neighbouring pixels differ, one bit a pixel, and the connected components of these
 * bits and of the flat places between them. What boxes and marks are found from. The only user of
 * Leptonica's components here.
 *
 * A pixel's bit is set when it differs (COLOUR_STEP) from its right or its lower neighbour. So the
 * edges around a shape at x, y, width, height reach from x - 1, y - 1 to its last column and row.
 */
#ifndef VISION_EDGES_H
#define VISION_EDGES_H

#include "base/frame.h"
#include "vision/band.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EDGES_INK_PIXELS  128 /* of the frame for each ink, and for each flat, at least */
#define EDGES_FLAT_PIXELS 512
#define EDGES_INKS_MAX    32768 /* and however large the frame is */
#define EDGES_FLATS_MAX   8192

struct rects {
    struct rect *items; /* owned */
    int count, capacity;
};

struct edges {
    int width, height;
    int words;       /* of 32 pixels in a row, the first pixel in the highest bit */
    uint32_t *bits;  /* owned */
    uint32_t *spare; /* owned; a second map of the same size */
    size_t capacity; /* words of each */
    struct rects
        inks; /* the shapes drawn on something: tight boxes of the edges' 8-connected components */
    struct rects
        flats;    /* the surfaces: boxes of the 4-connected components of what is not an edge */
    bool crowded; /* inks were left out: this is noise, or full of print */
    struct rects found; /* room for finding them */
    struct band band;   /* where they were found last */
};

/*
 * Finds bits, inks and flats again in that band of FRAME. Components smaller than can matter are
 * left out of flats. Both lists are sorted by their tops, then from left to right.
 *
 * What looks at these lists may compare everything with everything, so they are bounded: where
 * noise or a pattern has more shapes than a screen full of small print, the smallest are left out.
 */
void edges_find(struct edges *e, const struct frame *frame, struct band band);
void edges_finish(struct edges *e);

/* The bit at a place; false outside. */
bool edges_at(const struct edges *e, int x, int y);

/* How many edge pixels R holds (clipped to the frame). */
int edges_count(const struct edges *e, struct rect r);

void rects_add(struct rects *r, struct rect rect);
void rects_sort(struct rects *r); /* by their tops, then from left to right */
void rects_finish(struct rects *r);

#endif

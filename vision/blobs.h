/*
 * blobs: the pieces of a picture that may be glyphs: connected edges, without the frames and rules
 * of a GUI.
 *
 * Leptonica finds connected components too, but makes a mask of each on the heap; a frame has
 * thousands, and a warm turn must not allocate.
 */
#ifndef VISION_BLOBS_H
#define VISION_BLOBS_H

#include "base/rect.h"
#include "vision/band.h"
#include "vision/plane.h"

#include <stddef.h>
#include <stdint.h>

struct blob_run;
struct blob_part;

struct blobs {
    struct rect *boxes; /* owned; in no order; a pixel more than the ink at the left and the top */
    int count, capacity;

    struct rect *backdrops; /* owned; grounds of selected text and the like, as tight as it */
    int backdrop_count, backdrop_capacity;

    struct band band; /* of the picture: what its ends cut off may be large */

    /* Kept between pictures. */
    uint8_t *map; /* owned; a byte a pixel: what edges it has */
    int map_size;
    uint8_t *columns; /* owned */
    int columns_size;
    struct blob_run *runs; /* owned */
    int run_count, run_capacity;
    struct blob_part *parts; /* owned; the components of the runs, by their top */
    int part_count, part_capacity;
};

#define BLOB_HEIGHT_MAX 48     /* pixels; nothing taller is a glyph */
#define BLOBS_MAX       131072 /* a screen of 4K full of small print has 90,000 */

/* GRAY is that band of a picture. No blob crosses the border of one of the BARRIERS. */
void blobs_find(struct blobs *b, const struct plane *gray, struct band band,
                const struct rect *barriers, int barrier_count);
void blobs_finish(struct blobs *b);

#endif

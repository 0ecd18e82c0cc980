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
#include "vision/plane.h"

#include <stddef.h>
#include <stdint.h>

struct blob {
    struct rect
        box;   /* one pixel more than the ink to the left and above: edges lie between pixels */
    int edges; /* edge pixels */
};

struct blob_run;

struct blobs {
    struct blob *items; /* owned; in no order */
    int count, capacity;

    /* Kept between pictures. */
    uint8_t *map; /* owned; a byte a pixel: what edges it has */
    size_t map_size;
    uint8_t *columns; /* owned */
    int columns_size;
    struct blob_run *runs; /* owned */
    int run_count, run_capacity;
    struct blob *parts; /* owned; the components of the runs */
    int part_count, part_capacity;
};

#define BLOB_HEIGHT_MAX 72 /* pixels; nothing taller is a glyph */
#define BLOBS_MAX       65536

/* The edges of BARRIERS are cut: no blob crosses one. */
void blobs_find(struct blobs *b, const struct plane *gray, const struct rect *barriers,
                int barrier_count);
void blobs_finish(struct blobs *b);

#endif

/*
 * pieces: blobs put together to the texts that they are letters and marks of.
 *
 * A screen has thousands of blobs, noise tens of thousands, so each is compared only with what is
 * near, and noise takes no more than a second or so.
 */
#ifndef VISION_PIECES_H
#define VISION_PIECES_H

#include "vision/blobs.h"

struct grid;

/*
 * A blob, or a group of blobs. Pieces are sorted from left to right, and what is joined hangs on
 * its leftmost piece; so the groups that are made of them come out sorted, too.
 */
struct piece {
    struct rect box;
    int barrier; /* the innermost barrier that holds it; -1 for none */
    int parent;  /* the piece it was joined to */
    int group;
    int top, bottom; /* of a group: of its letters, without the marks that came to them */
};

struct pieces {
    struct piece *items, *groups; /* owned; GROUP_COUNT of the latter */
    int count, group_count, capacity;

    struct grid *grid; /* owned; kept between pictures */
};

/* Refills P with the blobs of a picture of that SIZE: afterwards all with the same GROUP are of one
 * text, by their groups and from left to right. BARRIERS as in blobs_find. */
void pieces_find(struct pieces *p, const struct blobs *blobs, struct rect size,
                 const struct rect *barriers, int barrier_count);
void pieces_finish(struct pieces *p);

#endif

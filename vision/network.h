/*
 * network: reads lines of text with the weights of a traineddata: from the pixels of a line to how
 * likely each character is at each place in it.
 *
 * One network is used from one thread. It keeps its memory, so that reading again allocates nothing
 * unless a line is wider than all before.
 */
#ifndef VISION_NETWORK_H
#define VISION_NETWORK_H

#include "vision/kernels.h"
#include "vision/plane.h"
#include "vision/traineddata.h"

#define NETWORK_LINES KERNELS_LANES /* that are read at a time, in the time of two or so */
#define NETWORK_STEP  3             /* pixels of the picture from one place to the next */

struct network;

struct network_line {
    const struct plane *picture; /* dark on white, traineddata.height rows */
    int steps;                   /* out: places; 0 when the picture is too narrow */
    const float *chances;        /* out: for each place, network_stride numbers of 0..1, one a code;
                                    borrowed until the next reading */
};

/* Copies what it needs of T. KERNELS: those of kernels_best, or others for a test. */
struct network *network_create(const struct traineddata *t, const struct kernels *kernels);
void network_destroy(struct network *n); /* takes NULL */

/* Numbers from one place to the next; at least as many as there are codes. */
int network_stride(const struct network *n);

/* Reads COUNT lines, 1 .. NETWORK_LINES; it is fastest when they are about as wide. */
void network_read(struct network *n, struct network_line *lines, int count);

#endif

/*
 * matrix: weights of one byte, laid out for multiplication with vectors of bytes.
 *
 * Blocks of 16 rows follow each other; in a block stand the first four columns of each row, then
 * the next four, and so on. Rows and columns that were added to fill a block have weights of 0.
 */
#ifndef VISION_MATRIX_H
#define VISION_MATRIX_H

#include "vision/traineddata.h"

#include <stdint.h>

#define MATRIX_BLOCK 16 /* rows */
#define MATRIX_QUAD  4  /* columns */

struct matrix {
    int rows;        /* a multiple of MATRIX_BLOCK */
    int quads;       /* columns / MATRIX_QUAD, without the bias */
    int8_t *weights; /* rows * quads * MATRIX_QUAD; owned by `memory`, as all that follows */
    int32_t *biases; /* for each row: what is added to its sum */
    int32_t *sums;   /* for each row: of its weights */
    float *scales;   /* for each row: what its sum is multiplied by */
    void *memory;    /* owned */
};

/* Stacks COUNT sources of the same size; each begins with a new block. */
void matrix_pack(struct matrix *m, const struct traineddata_matrix *sources, int count);
void matrix_finish(struct matrix *m);

#endif

/*
 * kernels: the inner loops of the network, where all of its time goes, for each kind of processor.
 * The sums of `multiply` are whole numbers and the same everywhere; the rest is the same but for
 * rounding.
 */
#ifndef VISION_KERNELS_H
#define VISION_KERNELS_H

#include "vision/matrix.h"

#include <stdbool.h>
#include <stdint.h>

#define KERNELS_LANES  4  /* vectors that are multiplied with one matrix at a time */
#define KERNELS_VECTOR 16 /* floats: sizes are rounded up to it */

struct kernels {
    const char *name;

    /* Does this processor have what it takes? */
    bool (*usable)(void);

    /*
     * For each of LANES (1 or KERNELS_LANES) vectors IN: OUT = M * IN + M's biases. IN has
     * MATRIX_QUAD * M->quads bytes of -127..127, and can be read up to a multiple of
     * KERNELS_VECTOR; OUT has room for M->rows.
     */
    void (*multiply)(const struct matrix *m, int lanes, const int8_t *const *in,
                     int32_t *const *out);

    /*
     * One step of SIZE cells of an LSTM (a multiple of KERNELS_VECTOR). SUMS and SCALES are those
     * of cell input, input gate, forget gate and output gate, SIZE each. Updates STATE and writes
     * OUT, -127..127.
     */
    void (*cells)(int size, const float *scales, const int32_t *sums, float *state, int8_t *out);

    /* OUT: how likely each of COUNT codes is, 0..1, all together 1. SUMS, SCALES and OUT have room
     * for a multiple of KERNELS_VECTOR. */
    void (*softmax)(int count, const float *scales, const int32_t *sums, float *out);

    /*
     * Three rows of a convolution, and the greatest of each column of them. ROWS is the first of
     * five rows of pixels, STRIDE floats apart; WEIGHTS are nine, column by column, and the bias.
     * OUT[x], for WIDTH x (a multiple of KERNELS_VECTOR), is made of the pixels x to x + 2.
     */
    void (*convolve)(const float *rows, int stride, int width, const float weights[10], float *out);

    /* OUT: the hyperbolic tangent of SIZE floats, times 127 and rounded. */
    void (*squash)(int size, const float *in, int8_t *out);
};

/* The fastest that this processor can do. */
const struct kernels *kernels_best(void);

/* All of them, the fastest first, NULL at the end; for tests. */
extern const struct kernels *const kernels_all[];

#endif

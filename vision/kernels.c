#include "vision/kernels.h"

#include "vision/kernels_float.h"

#include <stddef.h>

static void multiply_block(const int8_t *weights, int quads, const int32_t *biases,
                           const int8_t *in, int32_t *out)
{
    int32_t sums[MATRIX_BLOCK];
    for (int row = 0; row < MATRIX_BLOCK; row++)
        sums[row] = biases[row];
    for (int q = 0; q < quads; q++, in += MATRIX_QUAD)
        for (int row = 0; row < MATRIX_BLOCK; row++, weights += MATRIX_QUAD)
            sums[row] +=
                in[0] * weights[0] + in[1] * weights[1] + in[2] * weights[2] + in[3] * weights[3];
    for (int row = 0; row < MATRIX_BLOCK; row++)
        out[row] = sums[row];
}

static void multiply(const struct matrix *m, int lanes, const int8_t *const *in,
                     int32_t *const *out)
{
    size_t block = (size_t)m->quads * MATRIX_QUAD; /* bytes of a row */
    for (int row = 0; row < m->rows; row += MATRIX_BLOCK)
        for (int lane = 0; lane < lanes; lane++)
            multiply_block(m->weights + (size_t)row * block, m->quads, m->biases + row, in[lane],
                           out[lane] + row);
}

KERNELS_FLOAT()

static bool usable(void)
{
    return true;
}

static const struct kernels kernels_plain = {"plain", usable,   multiply, cells,
                                             softmax, convolve, squash};

#ifdef __x86_64__
extern const struct kernels kernels_avx2, kernels_vnni;
const struct kernels *const kernels_all[] = {&kernels_vnni, &kernels_avx2, &kernels_plain, NULL};
#else
const struct kernels *const kernels_all[] = {&kernels_plain, NULL};
#endif

const struct kernels *kernels_best(void)
{
    int i = 0;
    while (kernels_all[i + 1] && !kernels_all[i]->usable())
        i++;
    return kernels_all[i];
}

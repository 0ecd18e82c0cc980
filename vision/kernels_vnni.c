#include "vision/kernels.h"

#ifdef __x86_64__

#define FLOATS 16
#include "vision/kernels_float.h"

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,fma")))

/* The instruction wants one side without sign: 128 is added to it, and taken back from the sums. */
TARGET static inline __m512i quad_load(const int8_t *at)
{
    int32_t quad;
    memcpy(&quad, at, sizeof quad);
    return _mm512_set1_epi32(quad ^ (int32_t)0x80808080);
}

/* BLOCKS blocks of rows at once, so that a quad that was loaded is used for each. */
TARGET static inline __attribute__((always_inline)) void
multiply_blocks(const struct matrix *m, int row, int blocks, int lanes, const int8_t *const *in,
                int32_t *const *out)
{
    __m512i sums[KERNELS_LANES][4];
    size_t size = (size_t)m->quads * MATRIX_BLOCK * MATRIX_QUAD; /* bytes of a block */
    const int8_t *weights = m->weights + (size_t)(row / MATRIX_BLOCK) * size;
    UNROLL
    for (int b = 0; b < blocks; b++) {
        __m512i bias = _mm512_loadu_si512(m->biases + row + b * MATRIX_BLOCK);
        __m512i sum = _mm512_loadu_si512(m->sums + row + b * MATRIX_BLOCK);
        UNROLL
        for (int lane = 0; lane < lanes; lane++)
            sums[lane][b] = _mm512_sub_epi32(bias, _mm512_slli_epi32(sum, 7));
    }
    for (int q = 0; q < m->quads; q++, weights += MATRIX_BLOCK * MATRIX_QUAD) {
        __m512i x[KERNELS_LANES];
        UNROLL
        for (int lane = 0; lane < lanes; lane++)
            x[lane] = quad_load(in[lane] + (size_t)q * MATRIX_QUAD);
        UNROLL
        for (int b = 0; b < blocks; b++) {
            __m512i w = _mm512_load_si512(weights + (size_t)b * size);
            UNROLL
            for (int lane = 0; lane < lanes; lane++)
                sums[lane][b] = _mm512_dpbusd_epi32(sums[lane][b], x[lane], w);
        }
    }
    UNROLL
    for (int b = 0; b < blocks; b++)
        UNROLL
    for (int lane = 0; lane < lanes; lane++)
        _mm512_storeu_si512(out[lane] + row + b * MATRIX_BLOCK, sums[lane][b]);
}

TARGET static void multiply(const struct matrix *m, int lanes, const int8_t *const *in,
                            int32_t *const *out)
{
    int row = 0;
    for (; row + 4 * MATRIX_BLOCK <= m->rows; row += 4 * MATRIX_BLOCK)
        if (lanes == KERNELS_LANES)
            multiply_blocks(m, row, 4, KERNELS_LANES, in, out);
        else
            multiply_blocks(m, row, 4, 1, in, out);
    for (; row < m->rows; row += MATRIX_BLOCK)
        if (lanes == KERNELS_LANES)
            multiply_blocks(m, row, 1, KERNELS_LANES, in, out);
        else
            multiply_blocks(m, row, 1, 1, in, out);
}

KERNELS_FLOAT(TARGET)

static bool usable(void)
{
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("fma");
}

extern const struct kernels kernels_vnni;
const struct kernels kernels_vnni = {"AVX512-VNNI", usable,   multiply, cells,
                                     softmax,       convolve, squash};

#endif

#include "vision/kernels.h"

#ifdef __x86_64__

#define FLOATS 8
#include "vision/kernels_float.h"

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2,fma")))

/* Bytes are widened to 16 bits: the instruction that multiplies bytes would saturate. */
#define WIDE_MAX (2 * TRAINEDDATA_WIDTH_MAX + KERNELS_VECTOR)

TARGET static void widen(const int8_t *in, int count, int16_t *out)
{
    for (int i = 0; i < count; i += 16)
        _mm256_storeu_si256((__m256i *)(out + i),
                            _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(in + i))));
}

TARGET static inline __m256i weights_load(const int8_t *at)
{
    return _mm256_cvtepi8_epi16(_mm_load_si128((const __m128i *)at));
}

TARGET static inline __m256i quad_load(const int16_t *at)
{
    int64_t quad;
    memcpy(&quad, at, sizeof quad);
    return _mm256_set1_epi64x(quad);
}

/* Each of A and B has two half sums for four rows. */
TARGET static inline void sums_store(__m256i a, __m256i b, const int32_t *biases, int32_t *out)
{
    __m256i sums = _mm256_permute4x64_epi64(_mm256_hadd_epi32(a, b), 0xD8);
    sums = _mm256_add_epi32(sums, _mm256_loadu_si256((const __m256i *)biases));
    _mm256_storeu_si256((__m256i *)out, sums);
}

/* Half a block: eight rows. */
TARGET static inline __attribute__((always_inline)) void
multiply_half(const int8_t *weights, int quads, const int32_t *biases, int lanes,
              int16_t in[][WIDE_MAX], int32_t *const *out, int row)
{
    __m256i a[KERNELS_LANES], b[KERNELS_LANES];
    UNROLL
    for (int lane = 0; lane < lanes; lane++)
        a[lane] = b[lane] = _mm256_setzero_si256();
    for (int q = 0; q < quads; q++, weights += MATRIX_BLOCK * MATRIX_QUAD) {
        __m256i wa = weights_load(weights), wb = weights_load(weights + 16);
        UNROLL
        for (int lane = 0; lane < lanes; lane++) {
            __m256i x = quad_load(in[lane] + (size_t)q * MATRIX_QUAD);
            a[lane] = _mm256_add_epi32(a[lane], _mm256_madd_epi16(x, wa));
            b[lane] = _mm256_add_epi32(b[lane], _mm256_madd_epi16(x, wb));
        }
    }
    UNROLL
    for (int lane = 0; lane < lanes; lane++)
        sums_store(a[lane], b[lane], biases + row, out[lane] + row);
}

TARGET static void multiply(const struct matrix *m, int lanes, const int8_t *const *in,
                            int32_t *const *out)
{
    int16_t wide[KERNELS_LANES][WIDE_MAX];
    size_t columns = (size_t)m->quads * MATRIX_QUAD;
    for (int lane = 0; lane < lanes; lane++)
        widen(in[lane], (int)columns, wide[lane]);
    for (int row = 0; row < m->rows; row += MATRIX_BLOCK / 2) {
        const int8_t *weights = m->weights + (size_t)(row / MATRIX_BLOCK) * MATRIX_BLOCK * columns +
                                (row % MATRIX_BLOCK ? MATRIX_BLOCK / 2 * MATRIX_QUAD : 0);
        if (lanes == KERNELS_LANES)
            multiply_half(weights, m->quads, m->biases, KERNELS_LANES, wide, out, row);
        else
            multiply_half(weights, m->quads, m->biases, 1, wide, out, row);
    }
}

KERNELS_FLOAT(TARGET)

static bool usable(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

extern const struct kernels kernels_avx2;
const struct kernels kernels_avx2 = {"AVX2", usable, multiply, cells, softmax, convolve, squash};

#endif

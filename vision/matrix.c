#include "vision/matrix.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 64 /* of a line of the processor's cache */

static size_t round_up(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

static void matrix_allocate(struct matrix *m)
{
    size_t rows = (size_t)m->rows, weights = rows * (size_t)m->quads * MATRIX_QUAD;
    size_t size = weights + rows * (2 * sizeof(int32_t) + sizeof(float));
    m->memory = mem_zero(1, size + ALIGNMENT);
    m->weights = (int8_t *)round_up((size_t)m->memory, ALIGNMENT);
    m->biases = (int32_t *)(m->weights + weights);
    m->sums = m->biases + rows;
    m->scales = (float *)(m->sums + rows);
}

/* One row of the source. The last column is the bias. */
static void row_pack(struct matrix *m, int row, const int8_t *from, int columns, float scale)
{
    int8_t *block =
        m->weights + (size_t)(row / MATRIX_BLOCK) * MATRIX_BLOCK * (size_t)m->quads * MATRIX_QUAD;
    int8_t *to = block + (size_t)(row % MATRIX_BLOCK) * MATRIX_QUAD;
    for (int i = 0; i < columns - 1; i++) {
        to[(size_t)(i / MATRIX_QUAD) * MATRIX_BLOCK * MATRIX_QUAD + (size_t)(i % MATRIX_QUAD)] =
            from[i];
        m->sums[row] += from[i];
    }
    m->biases[row] = from[columns - 1] * 127;
    m->scales[row] = scale;
}

void matrix_pack(struct matrix *m, const struct traineddata_matrix *sources, int count)
{
    int rows = sources->rows, columns = sources->columns;
    int padded = (int)round_up((size_t)rows, MATRIX_BLOCK);
    m->rows = count * padded;
    m->quads = (int)round_up((size_t)columns - 1, MATRIX_QUAD) / MATRIX_QUAD;
    matrix_allocate(m);
    for (int i = 0; i < count; i++)
        for (int row = 0; row < rows; row++)
            row_pack(m, i * padded + row, sources[i].weights + (size_t)row * (size_t)columns,
                     columns, traineddata_scale(&sources[i], row));
}

void matrix_finish(struct matrix *m)
{
    free(m->memory);
    *m = (struct matrix){0};
}

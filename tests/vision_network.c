/*
 * The network: that all kernels compute the same, and that lines read together are read as each
 * alone.
 */
#include "base/buf.h"
#include "vision/network.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/traineddata_file.h"

static uint32_t seed = 7;

static int draw(int from, int to)
{
    seed = seed * 1664525u + 1013904223u;
    return from + (int)((seed >> 8) % (uint32_t)(to - from + 1));
}

static void bytes_draw(int8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = (int8_t)(draw(0, 9) ? draw(-127, 127) : draw(0, 1) ? 127 : -127);
}

struct product {
    int rows, columns; /* with the bias */
    int8_t *weights;
    uint8_t *scales;
    struct matrix matrix;
};

static void product_make(struct product *p, int rows, int columns)
{
    double scale = 0.5;
    *p = (struct product){
        rows, columns, mem_alloc((size_t)rows * (size_t)columns), mem_alloc((size_t)rows * 8), {0}};
    bytes_draw(p->weights, (size_t)rows * (size_t)columns);
    for (int i = 0; i < rows; i++)
        memcpy(p->scales + (size_t)i * 8, &scale, 8);
    matrix_pack(&p->matrix, &(struct traineddata_matrix){rows, columns, p->weights, p->scales}, 1);
}

static void product_finish(struct product *p)
{
    matrix_finish(&p->matrix);
    free(p->weights);
    free(p->scales);
}

static int32_t expected(const struct product *p, int row, const int8_t *in)
{
    const int8_t *weights = p->weights + (size_t)row * (size_t)p->columns;
    int32_t sum = weights[p->columns - 1] * 127;
    for (int i = 0; i < p->columns - 1; i++)
        sum += weights[i] * in[i];
    return sum;
}

#define ROWS_MAX    200
#define COLUMNS_MAX 320

static void check_multiply(const struct kernels *k, const struct product *p, int lanes)
{
    int8_t in[KERNELS_LANES][COLUMNS_MAX];
    int32_t out[KERNELS_LANES][ROWS_MAX + MATRIX_BLOCK];
    const int8_t *ins[KERNELS_LANES];
    int32_t *outs[KERNELS_LANES];
    for (int i = 0; i < KERNELS_LANES; i++) {
        bytes_draw(in[i], COLUMNS_MAX);
        ins[i] = in[i];
        outs[i] = out[i];
    }
    k->multiply(&p->matrix, lanes, ins, outs);
    for (int i = 0; i < lanes; i++)
        for (int row = 0; row < p->rows; row++)
            if (out[i][row] != expected(p, row, in[i]))
                fail_msg("%s, %dx%d, lane %d, row %d", k->name, p->rows, p->columns, i, row);
}

static void sums_are_the_same_everywhere(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 2}, {16, 10}, {111, 193}, {192, 289}, {65, 66}, {17, 6}};
    int checked = 0;
    for (int i = 0; kernels_all[i]; i++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes && kernels_all[i]->usable(); s++) {
            struct product p;
            product_make(&p, sizes[s][0], sizes[s][1]);
            check_multiply(kernels_all[i], &p, 1);
            check_multiply(kernels_all[i], &p, KERNELS_LANES);
            product_finish(&p);
            checked++;
        }
    assert_true(checked >= 6);
}

static float sigmoid(float x)
{
    return 1 / (1 + expf(-x));
}

#define CELLS 32

static void check_cells(const struct kernels *k)
{
    float scales[4 * CELLS], state[CELLS], was[CELLS];
    int32_t sums[4 * CELLS];
    int8_t out[CELLS];
    for (int i = 0; i < 4 * CELLS; i++) {
        scales[i] = 0.001f;
        sums[i] = draw(-9000, 9000) * (i % 7 ? 1 : 20);
    }
    for (int i = 0; i < CELLS; i++)
        was[i] = state[i] = (float)draw(-300, 300) / 100;
    k->cells(CELLS, scales, sums, state, out);
    for (int i = 0; i < CELLS; i++) {
        float x[4];
        for (int gate = 0; gate < 4; gate++)
            x[gate] = (float)sums[gate * CELLS + i] * 0.001f;
        float want = was[i] * sigmoid(x[2]) + tanhf(x[0]) * sigmoid(x[1]);
        float shown = tanhf(want) * sigmoid(x[3]) * 127;
        if (fabsf(state[i] - want) > 1e-4f || fabsf((float)out[i] - shown) > 0.51f)
            fail_msg("%s, cell %d: %f, not %f", k->name, i, (double)state[i], (double)want);
    }
}

static void check_softmax(const struct kernels *k)
{
    float scales[64], out[64], total = 0;
    int32_t sums[64];
    for (int i = 0; i < 64; i++) {
        scales[i] = 0.01f;
        sums[i] = draw(-1000, 1000);
    }
    k->softmax(51, scales, sums, out);
    for (int i = 0; i < 51; i++)
        total += expf((float)sums[i] * 0.01f);
    for (int i = 0; i < 51; i++)
        if (fabsf(out[i] - expf((float)sums[i] * 0.01f) / total) > 1e-5f)
            fail_msg("%s, code %d", k->name, i);
}

static void check_convolve(const struct kernels *k)
{
    float rows[5 * 64], weights[10], out[32];
    for (int i = 0; i < 5 * 64; i++)
        rows[i] = (float)draw(-127, 127);
    for (int i = 0; i < 10; i++)
        weights[i] = (float)draw(-127, 127) / 1000;
    k->convolve(rows, 64, 32, weights, out);
    for (int x = 0; x < 32; x++) {
        float most = -1e9f;
        for (int y = 0; y < 3; y++) {
            float sum = weights[9];
            for (int i = 0; i < 9; i++)
                sum += rows[(y + i % 3) * 64 + x + i / 3] * weights[i];
            most = fmaxf(most, sum);
        }
        if (fabsf(out[x] - most) > 1e-3f)
            fail_msg("%s, column %d: %f, not %f", k->name, x, (double)out[x], (double)most);
    }
}

static void floats_are_as_they_should_be(void **state)
{
    (void)state;
    for (int i = 0; kernels_all[i]; i++)
        for (int round = 0; round < 50 && kernels_all[i]->usable(); round++) {
            check_cells(kernels_all[i]);
            check_softmax(kernels_all[i]);
            check_convolve(kernels_all[i]);
        }
}

static void picture_draw(struct plane *p, int width)
{
    plane_resize(p, width, 36);
    for (int i = 0; i < width * 36; i++)
        p->pixels[i] = (uint8_t)(draw(0, 3) ? 255 : draw(0, 255));
}

/* All that lines of several widths say together is what each says alone, in every kernel. */
static void lines_do_not_disturb_each_other(void **state)
{
    static const int widths[] = {100, 2, 361, 33};
    const struct traineddata *t = *state;
    struct plane pictures[4] = {{0}};
    for (int i = 0; i < 4; i++)
        picture_draw(&pictures[i], widths[i]);
    for (int k = 0; kernels_all[k]; k++) {
        if (!kernels_all[k]->usable())
            continue;
        struct network *together = network_create(t, kernels_all[k]);
        struct network *alone = network_create(t, kernels_all[k]);
        struct network_line lines[4];
        for (int i = 0; i < 4; i++)
            lines[i] = (struct network_line){.picture = &pictures[i]};
        network_read(together, lines, 4);
        for (int i = 0; i < 4; i++) {
            struct network_line one = {.picture = &pictures[i]};
            network_read(alone, &one, 1);
            assert_int_equal(one.steps, widths[i] / 3);
            assert_int_equal(one.steps, lines[i].steps);
            assert_memory_equal(one.chances, lines[i].chances,
                                (size_t)one.steps * (size_t)network_stride(alone) * sizeof(float));
        }
        network_destroy(together);
        network_destroy(alone);
    }
    for (int i = 0; i < 4; i++)
        plane_finish(&pictures[i]);
}

static struct traineddata_file file;

static int start(void **state)
{
    struct traineddata *t = mem_alloc(sizeof *t);
    file = traineddata_file_make("eng");
    *state = t;
    return file.bytes && traineddata_parse(t, file.bytes, file.size, NULL) ? 0 : -1;
}

static int end(void **state)
{
    free(*state);
    free(file.bytes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_the_same_everywhere),
        cmocka_unit_test(floats_are_as_they_should_be),
        cmocka_unit_test(lines_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, start, end);
}

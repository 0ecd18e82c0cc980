#include "vision/network.h"

#include "base/buf.h"
#include "base/ints.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define GROUND 127 /* white, as the network sees it */

/* An LSTM, or the softmax behind the last. */
struct layer {
    enum traineddata_kind kind;
    int inputs, outputs;
    int cells; /* outputs, rounded up to whole vectors */
    struct matrix matrix;
};

/* What one line needs. Buffers are owned and grow to the widest line. */
struct lane {
    int steps;
    int8_t *before, *behind; /* what the last layer wrote, and this one writes: steps * width */
    float *chances;
};

struct network {
    const struct kernels *kernels; /* borrowed */
    int height;
    int features;         /* outputs of the convolution, rounded up to whole vectors */
    int feature_count;    /* without the rounding */
    float (*filters)[10]; /* of the convolution; owned, as all that follows */
    struct layer lstms[TRAINEDDATA_LSTMS_MAX];
    int lstm_count, code_count, width_max; /* the most outputs of a layer, in whole vectors */
    struct layer softmax;
    struct lane lanes[NETWORK_LINES];
    int steps_max; /* what the lanes have room for */
    float *pixels, *filtered, *pooled;
    int8_t *columns; /* what the convolution wrote, place by place from top to bottom */
    int8_t *inputs[NETWORK_LINES];
    int32_t *sums[NETWORK_LINES];
    float *states[NETWORK_LINES];
};

static int whole_vectors(int n)
{
    return (n + KERNELS_VECTOR - 1) / KERNELS_VECTOR * KERNELS_VECTOR;
}

static void convolution_create(struct network *n, const struct traineddata *t)
{
    const struct traineddata_matrix *m = &t->convolution;
    n->feature_count = m->rows;
    n->features = whole_vectors(m->rows);
    n->filters = mem_zero((size_t)m->rows, sizeof *n->filters);
    for (int i = 0; i < m->rows; i++) {
        for (int k = 0; k < 10; k++)
            n->filters[i][k] = (float)m->weights[i * 10 + k] * traineddata_scale(m, i);
        n->filters[i][9] *= 127;
    }
}

static void layers_create(struct network *n, const struct traineddata *t)
{
    n->lstm_count = t->lstm_count;
    for (int i = 0; i < t->lstm_count; i++) {
        const struct traineddata_lstm *from = &t->lstms[i];
        struct layer *l = &n->lstms[i];
        *l = (struct layer){
            from->kind, from->inputs, from->outputs, whole_vectors(from->outputs), {0}};
        matrix_pack(&l->matrix, from->gates, TRAINEDDATA_GATES);
        n->width_max = max_int(n->width_max, l->cells);
    }
    n->softmax.inputs = n->lstms[n->lstm_count - 1].outputs;
    n->softmax.outputs = t->alphabet.count;
    n->softmax.cells = whole_vectors(t->alphabet.count);
    matrix_pack(&n->softmax.matrix, &t->softmax, 1);
}

/* Room for the largest layer, for each lane. */
static void scratch_create(struct network *n)
{
    int inputs = 0, rows = n->softmax.matrix.rows;
    for (int i = 0; i < n->lstm_count; i++) {
        inputs = max_int(inputs, n->lstms[i].inputs + n->lstms[i].cells);
        rows = max_int(rows, n->lstms[i].matrix.rows);
    }
    for (int i = 0; i < NETWORK_LINES; i++) {
        n->inputs[i] = mem_zero((size_t)inputs + KERNELS_VECTOR, 1);
        n->sums[i] = mem_zero((size_t)rows, sizeof *n->sums[i]);
        n->states[i] = mem_zero((size_t)n->width_max, sizeof *n->states[i]);
    }
}

struct network *network_create(const struct traineddata *t, const struct kernels *kernels)
{
    struct network *n = mem_zero(1, sizeof *n);
    n->kernels = kernels;
    n->height = t->height;
    n->code_count = t->alphabet.count;
    convolution_create(n, t);
    layers_create(n, t);
    scratch_create(n);
    return n;
}

void network_destroy(struct network *n)
{
    if (!n)
        return;
    for (int i = 0; i < n->lstm_count; i++)
        matrix_finish(&n->lstms[i].matrix);
    matrix_finish(&n->softmax.matrix);
    for (int i = 0; i < NETWORK_LINES; i++) {
        free(n->lanes[i].before);
        free(n->lanes[i].behind);
        free(n->lanes[i].chances);
        free(n->inputs[i]);
        free(n->sums[i]);
        free(n->states[i]);
    }
    free(n->filters);
    free(n->pixels);
    free(n->filtered);
    free(n->pooled);
    free(n->columns);
    free(n);
}

int network_stride(const struct network *n)
{
    return n->softmax.cells;
}

/* Floats of a row of pixels: with a pixel of ground at each side, and what a vector reads beyond.
 */
static int pixels_stride(int steps)
{
    return whole_vectors(NETWORK_STEP * steps) + KERNELS_VECTOR;
}

static void steps_reserve(struct network *n, int steps)
{
    if (steps <= n->steps_max)
        return;
    size_t most = n->steps_max = steps + steps / 4;
    size_t stride = (size_t)pixels_stride((int)most);
    for (int i = 0; i < NETWORK_LINES; i++) {
        struct lane *lane = &n->lanes[i];
        lane->before = mem_resize(lane->before, most * (size_t)n->width_max);
        lane->behind = mem_resize(lane->behind, most * (size_t)n->width_max);
        lane->chances =
            mem_resize(lane->chances, most * (size_t)n->softmax.cells * sizeof *lane->chances);
    }
    n->pixels = mem_resize(n->pixels, ((size_t)n->height + 2) * stride * sizeof *n->pixels);
    n->filtered = mem_resize(n->filtered, stride * sizeof *n->filtered);
    n->pooled = mem_resize(n->pooled, most * (size_t)n->features * sizeof *n->pooled);
    n->columns = mem_resize(n->columns, most * (size_t)n->features * ((size_t)n->height / 3));
}

/* As Tesseract shows pictures to the network: black is -127, white 127, more of it around. */
static void pixels_take(struct network *n, const struct plane *picture, int stride)
{
    float shades[256];
    for (int i = 0; i < 256; i++)
        shades[i] = (float)max_int(-127, (int)((i / 127.5 - 1) * 128 + 128.5) - 128);
    shades[255] = GROUND;
    for (int i = 0; i < (n->height + 2) * stride; i++)
        n->pixels[i] = GROUND;
    for (int y = 0; y < n->height; y++) {
        const uint8_t *from = picture->pixels + (size_t)y * (size_t)picture->width;
        float *to = n->pixels + ((size_t)y + 1) * (size_t)stride + 1;
        for (int x = 0; x < picture->width && x < stride - 1; x++)
            to[x] = shades[from[x]];
    }
}

/* The convolution, and the greatest of each 3x3 of it, which may be taken before the squashing. */
static void picture_filter(struct network *n, const struct plane *picture, int steps)
{
    int stride = pixels_stride(steps), width = whole_vectors(NETWORK_STEP * steps);
    pixels_take(n, picture, stride);
    for (int y = 0; y < n->height / 3; y++) {
        const float *rows = n->pixels + (size_t)y * 3 * (size_t)stride;
        for (int k = 0; k < n->feature_count; k++) {
            n->kernels->convolve(rows, stride, width, n->filters[k], n->filtered);
            for (int x = 0; x < steps; x++) {
                const float *of = n->filtered + (size_t)x * 3;
                float most = of[0] > of[1] ? of[0] : of[1];
                n->pooled[(size_t)x * (size_t)n->features + (size_t)k] =
                    most > of[2] ? most : of[2];
            }
        }
        n->kernels->squash(steps * n->features, n->pooled,
                           n->columns + (size_t)y * (size_t)steps * (size_t)n->features);
    }
}

static void layer_begin(struct network *n, const struct layer *l)
{
    for (int i = 0; i < NETWORK_LINES; i++) {
        memset(n->inputs[i], 0, (size_t)l->inputs + (size_t)l->cells);
        memset(n->states[i], 0, (size_t)l->cells * sizeof *n->states[i]);
    }
}

static void layer_multiply(struct network *n, const struct layer *l, int lanes)
{
    n->kernels->multiply(&l->matrix, lanes == 1 ? 1 : KERNELS_LANES,
                         (const int8_t *const *)n->inputs, n->sums);
}

/* Behind the inputs of an LSTM stand its outputs of the step before. */
static int8_t *layer_cells(struct network *n, const struct layer *l, int lane)
{
    int8_t *out = n->inputs[lane] + l->inputs;
    n->kernels->cells(l->cells, l->matrix.scales, n->sums[lane], n->states[lane], out);
    return out;
}

/* The first layer goes down each column of one line, several columns at a time. */
static void columns_read(struct network *n, struct lane *lane)
{
    const struct layer *l = &n->lstms[0];
    size_t inputs = (size_t)l->inputs, features = (size_t)n->features;
    size_t row = (size_t)lane->steps * features, outputs = (size_t)l->outputs;
    for (int first = 0; first < lane->steps; first += KERNELS_LANES) {
        int count = lane->steps - first < KERNELS_LANES ? lane->steps - first : KERNELS_LANES;
        layer_begin(n, l);
        for (int y = 0; y < n->height / 3; y++) {
            const int8_t *at = n->columns + (size_t)y * row + (size_t)first * features;
            for (int i = 0; i < count; i++)
                memcpy(n->inputs[i], at + (size_t)i * features, inputs);
            layer_multiply(n, l, count);
            for (int i = 0; i < count; i++)
                layer_cells(n, l, i);
        }
        for (int i = 0; i < count; i++)
            memcpy(lane->behind + ((size_t)first + (size_t)i) * outputs, n->inputs[i] + inputs,
                   outputs);
    }
}

/* A further layer goes along several lines at a time, as far as the longest. */
static void lines_read(struct network *n, const struct layer *l, int count, int longest)
{
    size_t inputs = (size_t)l->inputs, outputs = (size_t)l->outputs;
    layer_begin(n, l);
    for (int step = 0; step < longest; step++) {
        for (int i = 0; i < count; i++) {
            struct lane *lane = &n->lanes[i];
            int x = l->kind == TRAINEDDATA_BACKWARD ? lane->steps - 1 - step : step;
            if (step < lane->steps)
                memcpy(n->inputs[i], lane->before + (size_t)x * inputs, inputs);
        }
        layer_multiply(n, l, count);
        for (int i = 0; i < count; i++) {
            struct lane *lane = &n->lanes[i];
            int x = l->kind == TRAINEDDATA_BACKWARD ? lane->steps - 1 - step : step;
            if (step < lane->steps)
                memcpy(lane->behind + (size_t)x * outputs, layer_cells(n, l, i), outputs);
        }
    }
}

static void codes_read(struct network *n, int count, int longest)
{
    const struct layer *l = &n->softmax;
    size_t inputs = (size_t)l->inputs;
    for (int step = 0; step < longest; step++) {
        for (int i = 0; i < count; i++)
            if (step < n->lanes[i].steps)
                memcpy(n->inputs[i], n->lanes[i].before + (size_t)step * inputs, inputs);
        layer_multiply(n, l, count);
        for (int i = 0; i < count; i++)
            if (step < n->lanes[i].steps)
                n->kernels->softmax(n->code_count, l->matrix.scales, n->sums[i],
                                    n->lanes[i].chances + (size_t)step * (size_t)l->cells);
    }
}

static void lanes_turn(struct network *n)
{
    for (int i = 0; i < NETWORK_LINES; i++) {
        int8_t *behind = n->lanes[i].behind;
        n->lanes[i].behind = n->lanes[i].before;
        n->lanes[i].before = behind;
    }
}

void network_read(struct network *n, struct network_line *lines, int count)
{
    int longest = 0;
    assert(count >= 1 && count <= NETWORK_LINES);
    for (int i = 0; i < count; i++) {
        assert(lines[i].picture->height == n->height);
        n->lanes[i].steps = lines[i].steps = lines[i].picture->width / NETWORK_STEP;
        longest = max_int(longest, lines[i].steps);
    }
    steps_reserve(n, longest);
    for (int i = 0; i < count; i++) {
        lines[i].chances = n->lanes[i].chances;
        if (lines[i].steps) {
            picture_filter(n, lines[i].picture, lines[i].steps);
            columns_read(n, &n->lanes[i]);
        }
    }
    lanes_turn(n);
    for (int i = 1; i < n->lstm_count; i++) {
        lines_read(n, &n->lstms[i], count, longest);
        lanes_turn(n);
    }
    codes_read(n, count, longest);
}

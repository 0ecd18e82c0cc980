#include "vision/template.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define OPAQUE        250 /* of 255; what is less blends with a ground that isn't known */
#define COUNTED_MIN   16  /* pixels; fewer are found everywhere */
#define PART_LEAST    0.3 /* of the average: where there is less, it is not measured by itself */
#define DEVIATION_MIN 4   /* levels: less detail is none */

int template_blocks(int pixels)
{
    return (pixels + TEMPLATE_BLOCK - 1) / TEMPLATE_BLOCK;
}

int template_parts(int pixels)
{
    int blocks = template_blocks(pixels);
    return blocks > 1 ? blocks - 1 : 1;
}

typedef float floats __attribute__((vector_size(16), aligned(4), may_alias));

static void add(const float *in, float factor, float *out, int count)
{
    int i = 0;
    for (; i + 4 <= count; i += 4)
        *(floats *)(out + i) += factor * *(const floats *)(in + i);
    for (; i < count; i++)
        out[i] += factor * in[i];
}

/* Two passes of 1 2 1 over values STEP apart in a line or plane of COUNT. What lies outside adds
 * nothing, and the weights make up for it. */
static void blur_along(const float *in, float *out, int count, int step)
{
    memset(out, 0, (size_t)count * sizeof *out);
    add(in, 6, out, count);
    for (int k = 1; k <= 2; k++) {
        float factor = k == 1 ? 4 : 1;
        add(in, factor, out + k * step, count - k * step);
        add(in + k * step, factor, out, count - k * step);
    }
}

static void blur_weighted(const struct template *t, const float *in, float *rows, float *out)
{
    for (int y = 0; y < t->height; y++)
        blur_along(in + y * t->width, rows + y * t->width, t->width, 1);
    blur_along(rows, out, t->width * t->height, t->width);
}

void template_blur(const struct template *t, const float *in, float *rows, float *out)
{
    blur_weighted(t, in, rows, out);
    for (int i = 0; i < t->width * t->height; i++)
        out[i] *= t->weights[i];
}

static bool counts_at(const struct template *t, int x, int y)
{
    return x >= 0 && y >= 0 && x < t->width && y < t->height && t->counts[y * t->width + x];
}

static void take_pixels(struct template *t, const struct frame *picture, struct rect part)
{
    for (int y = 0; y < t->height; y++) {
        for (int x = 0; x < t->width; x++) {
            uint32_t pixel =
                picture
                    ->pixels[(size_t)(part.y + y) * (size_t)picture->stride + (size_t)(part.x + x)];
            int i = y * t->width + x;
            t->pixels[i] = pixel & 0xffffff;
            t->counts[i] = pixel >> 24 >= OPAQUE;
            t->counted += t->counts[i];
        }
    }
    for (int y = 0; y < t->height; y++)
        for (int x = 0; x < t->width; x++)
            t->near[y * t->width + x] = (uint8_t)((counts_at(t, x - 1, y) ? NEAR_LEFT : 0) |
                                                  (counts_at(t, x + 1, y) ? NEAR_RIGHT : 0) |
                                                  (counts_at(t, x, y - 1) ? NEAR_ABOVE : 0) |
                                                  (counts_at(t, x, y + 1) ? NEAR_BELOW : 0));
}

static void take_weights(struct template *t, float *in, float *rows)
{
    int area = t->width * t->height;
    for (int i = 0; i < area; i++)
        in[i] = t->counts[i];
    blur_weighted(t, in, rows, t->weights);
    for (int i = 0; i < area; i++)
        t->weights[i] = t->counts[i] ? 1 / t->weights[i] : 0;
}

/* Blurs one colour and takes its mean out. Returns its variation before that. */
static double take_colour(struct template *t, int colour, float *in, float *rows)
{
    int area = t->width * t->height;
    float *soft = t->soft + (size_t)colour * (size_t)area;
    double sum = 0, squares = 0, mean = 0;
    for (int i = 0; i < area; i++) {
        in[i] = t->counts[i] ? (float)(t->pixels[i] >> (16 - 8 * colour) & 0xff) : 0;
        sum += in[i];
        squares += in[i] * in[i];
    }
    template_blur(t, in, rows, soft);
    for (int i = 0; i < area; i++)
        mean += soft[i];
    mean /= t->counted;
    for (int i = 0; i < area; i++)
        soft[i] = t->counts[i] ? soft[i] - (float)mean : 0;
    for (int i = 0; i < area; i++)
        t->variation += soft[i] * soft[i];
    t->mean[colour] = (float)mean;
    return squares - sum * sum / t->counted;
}

/* The variation of the part whose first block is this one: its own, or where that is less, a share
 * of what the whole has on so many pixels. */
static float part_variation(const struct template *t, int left, int top)
{
    int area = t->width * t->height, counted = 0;
    double sum[COLOURS] = {0}, squares = 0;
    for (int y = top; y < top + 2 * TEMPLATE_BLOCK && y < t->height; y++) {
        for (int x = left; x < left + 2 * TEMPLATE_BLOCK && x < t->width; x++) {
            counted += t->counts[y * t->width + x];
            for (int c = 0; c < COLOURS; c++) {
                float value = t->soft[c * area + y * t->width + x];
                sum[c] += value;
                squares += value * value;
            }
        }
    }
    for (int c = 0; c < COLOURS && counted; c++)
        squares -= sum[c] * sum[c] / counted;
    double least = PART_LEAST * t->variation * counted / t->counted;
    return (float)(squares > least ? squares : least);
}

static void take_parts(struct template *t)
{
    int across = template_parts(t->width), down = template_parts(t->height);
    for (int y = 0; y < down; y++)
        for (int x = 0; x < across; x++)
            t->parts[y * across + x] = part_variation(t, x * TEMPLATE_BLOCK, y * TEMPLATE_BLOCK);
}

/* False when nothing of it could be told from anything else. */
static bool take_all(struct template *t, const struct frame *picture, struct rect part)
{
    size_t area = (size_t)t->width * (size_t)t->height;
    take_pixels(t, picture, part);
    if (t->counted < COUNTED_MIN)
        return false;
    float *in = mem_alloc(2 * area * sizeof *in), *rows = in + area;
    double variation = 0;
    take_weights(t, in, rows);
    for (int c = 0; c < COLOURS; c++)
        variation += take_colour(t, c, in, rows);
    free(in);
    take_parts(t);
    return variation >= (double)DEVIATION_MIN * DEVIATION_MIN * COLOURS * t->counted;
}

static struct template *template_create(int width, int height)
{
    size_t area = (size_t)width * (size_t)height;
    struct template *t = mem_zero(1, sizeof *t);
    t->width = width;
    t->height = height;
    t->pixels = mem_alloc(area * sizeof *t->pixels);
    t->counts = mem_alloc(area);
    t->near = mem_alloc(area);
    t->weights = mem_alloc(area * sizeof *t->weights);
    t->soft = mem_alloc(area * COLOURS * sizeof *t->soft);
    t->parts = mem_alloc((size_t)template_parts(width) * (size_t)template_parts(height) *
                         sizeof *t->parts);
    return t;
}

struct template *template_cut(const struct frame *picture, struct rect part, const char *what,
                              struct err *e)
{
    if (rect_area(part) > TEMPLATE_AREA_MAX) {
        err_set(e, ERR_USAGE, "%s is %dx%d: larger than any screen", what, part.width, part.height);
        return NULL;
    }
    struct template *t = template_create(part.width, part.height);
    if (take_all(t, picture, part))
        return t;
    if (t->counted < COUNTED_MIN)
        err_set(e, ERR_USAGE,
                "%s has only %d pixels that count: it cannot be told from other things", what,
                t->counted);
    else
        err_set(e, ERR_USAGE,
                "%s has no detail (it is all much the same colour): it cannot be "
                "told from other things",
                what);
    template_destroy(t);
    return NULL;
}

void template_destroy(struct template *t)
{
    if (!t)
        return;
    free(t->pixels);
    free(t->counts);
    free(t->near);
    free(t->weights);
    free(t->soft);
    free(t->parts);
    free(t);
}

#include "vision/probes.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE_MAX      (PROBES_MAX / 2)
#define TOLERANCE     0.35f /* of the distance between the lightest and the darkest */
#define TOLERANCE_MIN 6
#define AGAIN         0.1f         /* how far apart one is from itself */
#define APART_MAX     64           /* pixels; further makes no difference */
#define LOOKED_AT_MAX 4096         /* pixels of a large template */
#define SLOPE_WEIGHT  1.0f         /* what lies on a slope changes with the smallest shift */
#define WEIGHT_INNER  (1 / 256.0f) /* all around it counts, so that it is blurred as a frame is */
#define WEIGHT_NEARLY (1 / 150.0f)

static int most_varied(const struct template *t)
{
    int area = t->width * t->height, best = 0;
    double most = -1;
    for (int c = 0; c < COLOURS; c++) {
        double sum = 0;
        for (int i = 0; i < area; i++)
            sum += t->soft[c * area + i] * t->soft[c * area + i];
        if (sum > most * 1.01) {
            most = sum;
            best = c;
        }
    }
    return best;
}

struct picking {
    const struct template *t;
    const float *soft; /* of the colour */
    float heaviest;    /* weights up to here may be picked */
    float middle;      /* between the lightest and the darkest */
    int step;          /* pixels that are looked at, each way */
    float *apart;      /* owned; one a pixel: how far from those that are picked */
};

static bool may_be_picked(const struct picking *p, int i)
{
    return p->t->counts[i] && p->t->weights[i] <= p->heaviest;
}

/* The lightest less the darkest; COUNT gets how many there are. */
static float range_of(struct picking *p, int *count)
{
    float least = INFINITY, most = -INFINITY;
    *count = 0;
    for (int i = 0; i < p->t->width * p->t->height; i++) {
        if (!may_be_picked(p, i))
            continue;
        least = fminf(least, p->soft[i]);
        most = fmaxf(most, p->soft[i]);
        ++*count;
    }
    p->middle = (least + most) / 2;
    return *count ? most - least : 0;
}

/* How good a probe it is: far from the middle, and much the same a little beside, for what lies on
 * a slope changes with the smallest shift. 0: it is on the other side. */
static float strength(const struct picking *p, int i, int side)
{
    const float *s = p->soft + i;
    unsigned near = p->t->near[i];
    int w = p->t->width;
    float slope = 0;
    slope = fmaxf(slope, near & NEAR_LEFT ? fabsf(s[0] - s[-1]) : 0);
    slope = fmaxf(slope, near & NEAR_RIGHT ? fabsf(s[0] - s[1]) : 0);
    slope = fmaxf(slope, near & NEAR_ABOVE ? fabsf(s[0] - s[-w]) : 0);
    slope = fmaxf(slope, near & NEAR_BELOW ? fabsf(s[0] - s[w]) : 0);
    float far = fmaxf((float)side * (s[0] - p->middle), 0);
    return far * far / (far + slope + 1);
}

/* The pixel that is best worth picking; below 0: none is of that side. */
static int pick_one(const struct picking *p, int side)
{
    float best = 0;
    int at = -1, w = p->t->width;
    for (int y = 0; y < p->t->height; y += p->step) {
        for (int x = 0; x < w; x += p->step) {
            int i = y * w + x;
            float worth = may_be_picked(p, i) ? strength(p, i, side) * p->apart[i] : 0;
            if (worth > best) {
                best = worth;
                at = i;
            }
        }
    }
    return at;
}

/* Keeps how far the pixels are from the picked ones. */
static void move_apart(const struct picking *p, int picked)
{
    int w = p->t->width;
    for (int y = 0; y < p->t->height; y += p->step) {
        for (int x = 0; x < w; x += p->step) {
            int right = x - picked % w, down = y - picked / w;
            float *apart = &p->apart[y * w + x];
            *apart = fminf(*apart, hypotf((float)right, (float)down) + AGAIN);
        }
    }
}

/* Strong ones of one side of the middle, far from each other. Where there are few, some are picked
 * again: both sides count the same. */
static void pick_side(struct probes *out, const struct picking *p, int side, float tolerance)
{
    int w = p->t->width;
    for (int i = 0; i < w * p->t->height; i++)
        p->apart[i] = APART_MAX;
    for (int k = 0; k < SIDE_MAX; k++) {
        int at = pick_one(p, side);
        if (at < 0)
            return;
        move_apart(p, at);
        float value = p->soft[at] + p->t->mean[out->colour];
        int low = (int)fmaxf(value - tolerance, 0), high = (int)fminf(value + tolerance + 1, 255);
        out->items[out->count++] =
            (struct probe){at % w, at / w, (uint8_t)low, (uint8_t)(high - low)};
    }
}

void probes_pick(struct probes *p, const struct template *t)
{
    static const float weights[] = {WEIGHT_INNER, WEIGHT_NEARLY, 1};
    struct picking picking = {.t = t, .step = 1};
    float range = 0;
    int enough = t->counted / 4, count = 0;
    *p = (struct probes){.colour = most_varied(t)};
    picking.soft = t->soft + (size_t)p->colour * (size_t)t->width * (size_t)t->height;
    for (int i = 0; i < 3 && (count < enough || range <= 0); i++) {
        picking.heaviest = weights[i];
        range = range_of(&picking, &count);
    }
    while (t->width / picking.step * (t->height / picking.step) > LOOKED_AT_MAX)
        picking.step++;
    float tolerance = fmaxf(TOLERANCE * range, TOLERANCE_MIN);
    picking.apart = mem_alloc((size_t)t->width * (size_t)t->height * sizeof *picking.apart);
    pick_side(p, &picking, 1, tolerance);
    pick_side(p, &picking, -1, tolerance);
    free(picking.apart);
}

static int inside(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

/* One row, two passes of 1 2 1: 16 times the values. */
static void soften_row(const struct frame *frame, struct rect part, int y, int shift, uint8_t *raw,
                       uint16_t *out)
{
    const uint32_t *row = frame->pixels + (size_t)(part.y + y) * (size_t)frame->stride + part.x;
    for (int x = 0; x < part.width; x++)
        raw[x + 2] = (uint8_t)(row[x] >> shift);
    raw[0] = raw[1] = raw[2];
    raw[part.width + 2] = raw[part.width + 3] = raw[part.width + 1];
    for (int x = 0; x < part.width; x++)
        out[x] = (uint16_t)(raw[x] + 4 * raw[x + 1] + 6 * raw[x + 2] + 4 * raw[x + 3] + raw[x + 4]);
}

void softness_take(struct softness *s, const struct frame *frame, struct rect part, int colour)
{
    *s = (struct softness){part.width, part.height, part.width + VOTES_LANES, NULL};
    s->pixels = mem_zero((size_t)s->stride * (size_t)s->height, 1);
    uint16_t *rows = mem_alloc((size_t)part.width * 5 * sizeof *rows);
    uint8_t *raw = mem_alloc((size_t)part.width + 4);
    int ready = 0; /* rows up to here are softened; each stays until the fifth after it */
    for (int y = 0; y < part.height; y++) {
        const uint16_t *near[5];
        for (; ready <= y + 2 && ready < part.height; ready++)
            soften_row(frame, part, ready, 16 - 8 * colour, raw,
                       rows + (size_t)(ready % 5) * (size_t)part.width);
        for (int k = 0; k < 5; k++)
            near[k] = rows + (size_t)(inside(y + k - 2, part.height) % 5) * (size_t)part.width;
        uint8_t *out = s->pixels + (size_t)y * (size_t)s->stride;
        for (int x = 0; x < part.width; x++)
            out[x] = (uint8_t)((near[0][x] + 4 * near[1][x] + 6 * near[2][x] + 4 * near[3][x] +
                                near[4][x] + 128) >>
                               8);
    }
    free(raw);
    free(rows);
}

void softness_finish(struct softness *s)
{
    free(s->pixels);
    *s = (struct softness){0};
}

typedef uint8_t lanes __attribute__((vector_size(VOTES_LANES), aligned(1), may_alias));
typedef int8_t signed_lanes __attribute__((vector_size(VOTES_LANES), aligned(1), may_alias));

/* Processors compare many bytes at once only with signs: 128 less on both sides. */
void probes_vote(const struct probes *p, const struct softness *s, int top, int width,
                 uint8_t *votes)
{
    memset(votes, 0, (size_t)width + VOTES_LANES);
    for (int i = 0; i < p->count; i++) {
        const struct probe *probe = &p->items[i];
        const uint8_t *at = s->pixels + (size_t)(top + probe->y) * (size_t)s->stride + probe->x;
        lanes low = (lanes){0} + (uint8_t)(probe->low + 128);
        signed_lanes span = (signed_lanes){0} + (int8_t)(probe->span - 128);
        for (int x = 0; x < width; x += VOTES_LANES) {
            signed_lanes beyond = (signed_lanes)(*(const lanes *)(at + x) - low);
            *(lanes *)(votes + x) -= (lanes)(beyond > span);
        }
    }
}

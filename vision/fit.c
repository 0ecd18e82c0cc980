#include "vision/fit.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHIFT_WHOLE 0.6  /* pixels; beyond it the next whole pixel is nearer */
#define SHIFT_MAX   0.75 /* what can be made good */
#define MOVES_MAX   2
#define GROUND_FREE 32 /* levels that the ground may be lighter or darker */
#define PART_WEIGHT 4  /* a part may lack so many times the share of the whole */
#define INEXACT_MAX 0.999

bool fit_exact(const struct template *t, const struct frame *frame, struct point at)
{
    for (int y = 0; y < t->height; y++) {
        const uint32_t *row =
            frame->pixels + (size_t)(at.y + y) * (size_t)frame->stride + (size_t)at.x;
        const uint32_t *own = t->pixels + (size_t)y * (size_t)t->width;
        const uint8_t *counts = t->counts + (size_t)y * (size_t)t->width;
        for (int x = 0; x < t->width; x++)
            if (counts[x] && (row[x] ^ own[x]) & 0xffffff)
                return false;
    }
    return true;
}

/* What a place of the frame is judged by, one value a pixel. */
struct planes {
    float *in, *rows, *soft; /* one colour of the frame */
    float *rest;             /* COLOURS: what the frame has and the template not */
    float *across, *down;    /* COLOURS: the slopes of both, averaged */
    float *blocks;           /* the squares of the rest */
};

static size_t area_of(const struct template *t)
{
    return (size_t)t->width * (size_t)t->height;
}

static struct planes planes_of(const struct fitter *f, const struct template *t)
{
    size_t area = area_of(t);
    return (struct planes){f->room,
                           f->room + area,
                           f->room + 2 * area,
                           f->room + 3 * area,
                           f->room + 6 * area,
                           f->room + 9 * area,
                           f->room + 12 * area};
}

void fitter_init(struct fitter *f, const struct template *t)
{
    f->room = mem_alloc(13 * area_of(t) * sizeof *f->room);
}

void fitter_finish(struct fitter *f)
{
    free(f->room);
    *f = (struct fitter){0};
}

/* One colour of the place, blurred as the template was and less its mean, which is returned. */
static double plane_take(const struct planes *p, const struct template *t,
                         const struct frame *frame, struct point at, int colour)
{
    double sum = 0;
    for (int y = 0; y < t->height; y++) {
        const uint32_t *row =
            frame->pixels + (size_t)(at.y + y) * (size_t)frame->stride + (size_t)at.x;
        int own = y * t->width;
        for (int x = 0; x < t->width; x++)
            p->in[own + x] = t->counts[own + x] ? (float)(row[x] >> (16 - 8 * colour) & 0xff) : 0;
    }
    template_blur(t, p->in, p->rows, p->soft);
    int area = t->width * t->height;
    for (int i = 0; i < area; i++)
        sum += p->soft[i];
    float mean = (float)(sum / t->counted);
    for (int i = 0; i < area; i++)
        p->soft[i] -= t->counts[i] ? mean : 0;
    return mean;
}

static float slope(const float *sum, unsigned before, unsigned after, int step)
{
    if (before && after)
        return 0.25f * (sum[step] - sum[-step]);
    return before ? 0.5f * (sum[0] - sum[-step]) : after ? 0.5f * (sum[step] - sum[0]) : 0;
}

/* The rest and the slopes of one colour. Both pictures' slopes together: halfway between them the
 * error of taking a slope for straight is the least. */
static void plane_compare(const struct planes *p, const struct template *t, int colour)
{
    int area = t->width * t->height;
    const float *own = t->soft + (size_t)colour * (size_t)area;
    float *rest = p->rest + (size_t)colour * (size_t)area;
    float *across = p->across + (size_t)colour * (size_t)area;
    float *down = p->down + (size_t)colour * (size_t)area;
    for (int i = 0; i < area; i++) {
        rest[i] = p->soft[i] - own[i];
        p->soft[i] += own[i];
    }
    for (int i = 0; i < area; i++) {
        unsigned near = t->near[i];
        across[i] = t->counts[i] ? slope(p->soft + i, near & NEAR_LEFT, near & NEAR_RIGHT, 1) : 0;
        down[i] =
            t->counts[i] ? slope(p->soft + i, near & NEAR_ABOVE, near & NEAR_BELOW, t->width) : 0;
    }
}

/* How far the frame's picture lies right of and below the template's, by least squares. */
static void shift_solve(const struct planes *p, size_t values, double *dx, double *dy)
{
    double xx = 0, xy = 0, yy = 0, bx = 0, by = 0;
    for (size_t i = 0; i < values; i++) {
        xx += p->across[i] * p->across[i];
        xy += p->across[i] * p->down[i];
        yy += p->down[i] * p->down[i];
        bx -= p->across[i] * p->rest[i];
        by -= p->down[i] * p->rest[i];
    }
    double determinant = xx * yy - xy * xy;
    *dx = *dy = 0;
    if (determinant > 1e-6 * (xx + yy) * (xx + yy)) {
        *dx = (bx * yy - by * xy) / determinant;
        *dy = (by * xx - bx * xy) / determinant;
    } else if (xx + yy > 0) { /* the same all along one direction */
        *dx = bx / (xx + yy);
        *dy = by / (xx + yy);
    }
}

static double limited(double shift)
{
    return fmin(fmax(shift, -SHIFT_MAX), SHIFT_MAX);
}

/* What no shift can make good, summed up by blocks. Returns all of it. */
static double rest_sum(const struct planes *p, const struct template *t, float dx, float dy)
{
    int area = t->width * t->height, across = template_blocks(t->width);
    double all = 0;
    memset(p->blocks, 0, (size_t)across * (size_t)template_blocks(t->height) * sizeof *p->blocks);
    for (int i = 0, y = 0; y < t->height; y++) {
        float *blocks = p->blocks + (y / TEMPLATE_BLOCK) * across;
        for (int x = 0; x < t->width; x++, i++) {
            float sum = 0;
            for (int at = i; at < COLOURS * area; at += area) {
                float rest = p->rest[at] + dx * p->across[at] + dy * p->down[at];
                sum += rest * rest;
            }
            blocks[x / TEMPLATE_BLOCK] += sum;
            all += sum;
        }
    }
    return all;
}

/* The share of its variation that the worst part lacks. */
static double worst_part(const struct planes *p, const struct template *t)
{
    int blocks = template_blocks(t->width);
    int across = template_parts(t->width), down = template_parts(t->height);
    int right = across < blocks, below = down < template_blocks(t->height) ? blocks : 0;
    double worst = 0;
    for (int y = 0; y < down; y++) {
        for (int x = 0; x < across; x++) {
            const float *b = p->blocks + y * blocks + x;
            float sum = b[0] + (right ? b[right] : 0) + (below ? b[below] : 0) +
                        (right && below ? b[below + right] : 0);
            float variation = t->parts[y * across + x];
            if (variation > 0)
                worst = fmax(worst, sum / variation);
        }
    }
    return worst;
}

/* Fits at AT alone; DX and DY get where it lies better. */
static double fit_at(const struct planes *p, const struct template *t, const struct frame *frame,
                     struct point at, double *dx, double *dy)
{
    double ground = 0;
    for (int c = 0; c < COLOURS; c++) {
        double offset = fabs(plane_take(p, t, frame, at, c) - t->mean[c]) - GROUND_FREE;
        plane_compare(p, t, c);
        ground += offset > 0 ? offset * offset * t->counted : 0;
    }
    shift_solve(p, COLOURS * area_of(t), dx, dy);
    double all = rest_sum(p, t, (float)limited(*dx), (float)limited(*dy)) + ground;
    double lacks = fmax(all / t->variation, worst_part(p, t) / PART_WEIGHT);
    return fmin(fmax(1 - lacks, 0), INEXACT_MAX);
}

static int moved(int at, double by, int first, int count)
{
    int to = at + (by > SHIFT_WHOLE) - (by < -SHIFT_WHOLE);
    return to < first ? first : to >= first + count ? first + count - 1 : to;
}

struct fit fitter_fit(struct fitter *f, const struct template *t, const struct frame *frame,
                      struct point at, struct rect places)
{
    struct planes planes = planes_of(f, t);
    struct fit best = {at, 0};
    for (int i = 0; i <= MOVES_MAX; i++) {
        double dx, dy;
        double similarity = fit_at(&planes, t, frame, at, &dx, &dy);
        if (similarity > best.similarity)
            best = (struct fit){at, similarity};
        struct point to = {moved(at.x, dx, places.x, places.width),
                           moved(at.y, dy, places.y, places.height)};
        if (to.x == at.x && to.y == at.y)
            break;
        at = to;
    }
    return best;
}

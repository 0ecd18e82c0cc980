#include "vision/marks.h"

#include "vision/colour.h"
#include "vision/outline.h"
#include "vision/switches.h"

#include <math.h>
#include <stdlib.h>

#define SPAN_MAX         (3 * MARK_SIDE_MAX)
#define SHADOW_STEP      40 /* a figure's shadow differs from the ground by less */
#define FAINT_EDGE       2  /* pixels of a figure that may be too faint to be found */
#define DIAMOND_SIDE_MAX 20
#define DIAMOND_EDGE     3  /* pixels around its surface that may be its edge */
#define TILE_SIDE_MAX    28 /* larger ones are pictures on buttons */
#define TILE_BORDER      3  /* pixels; thinner */
#define BLOCK_MARGIN     3  /* pixels around it, its border included */
#define BLOCK_DARK       60 /* gray levels */
#define BLOCK_GRAY       24 /* saturation, less */
#define DRAWN_STEP       24 /* what is drawn in a mark differs from its fill by this */

static bool find_ground(const struct frame *f, struct rect r, uint32_t *ground)
{
    int x1 = r.x + r.width, y1 = r.y + r.height, agree = 0;
    uint32_t corner[4] = {colour_at(f, r.x - 2, r.y - 2), colour_at(f, x1 + 1, r.y - 2),
                          colour_at(f, r.x - 2, y1 + 1), colour_at(f, x1 + 1, y1 + 1)};
    *ground = colour_commonest(corner, 4);
    for (int i = 0; i < 4; i++)
        agree += colour_distance(corner[i], *ground) < 2 * COLOUR_STEP;
    return agree >= 3;
}

/* Straight on all four sides but for the corners: the columns' ends are looked at, too (an H has
 * none). */
static bool is_square(const struct frame *f, struct rect r, uint32_t ground,
                      const struct outline *o)
{
    if (o->outside > 0.115 || o->lean > 0.03) /* a D leans */
        return false;
    int quarter = r.height / 4;
    for (int y = quarter; y < r.height - quarter; y++)
        if (o->left[y] > 1 || o->right[y] > 1)
            return false;
    for (int x = quarter; x < r.width - quarter; x++)
        for (int i = 0; i < 2; i++) {
            int y0 = i ? r.y + r.height - 1 : r.y, y1 = i ? y0 - 1 : y0 + 1;
            if (colour_distance(colour_at(f, r.x + x, y0), ground) < OUTLINE_STEP &&
                colour_distance(colour_at(f, r.x + x, y1), ground) < OUTLINE_STEP)
                return false;
        }
    return true;
}

/* The diamond that classic Tk and Motif draw for a radio. */
static bool is_diamond(struct rect r, const struct outline *o)
{
    if (o->outside < 0.38 || o->outside > 0.60 || r.height > DIAMOND_SIDE_MAX)
        return false;
    for (int y = 0; y < r.height; y++) {
        double inset = fabs(y + 0.5 - r.height / 2.0) * r.width / r.height - 0.5;
        if (fabs(o->left[y] - inset) > 1.7 || fabs(o->right[y] - inset) > 1.7)
            return false;
    }
    return true;
}

/* Chosen, it is filled with a colour. */
static void read_diamond(const struct frame *f, struct box *box)
{
    struct point at = rect_center(box->rect);
    box->fill = colour_at(f, at.x, at.y);
    box->on = colour_saturation(box->fill) >= 60 ||
              colour_luma(box->fill) + 40 < colour_luma(box->ground);
}

/* A gray block in a lighter square, as Qt draws it. */
static bool is_block(const struct frame *f, const struct box *box)
{
    struct rect r = box->rect;
    int middle = r.y + r.height / 2, dark = colour_luma(box->ground) - colour_luma(box->fill);
    bool light = false;
    for (int i = 1; i <= BLOCK_MARGIN; i++)
        light |=
            abs(colour_luma(colour_at(f, r.x + i, middle)) - colour_luma(box->ground)) < DRAWN_STEP;
    return light && dark >= BLOCK_DARK && colour_saturation(box->fill) < BLOCK_GRAY;
}

/* Colours within DRAWN_STEP of the fill are fill; tells what else is in the middle of a square. */
static void read_check(const struct frame *f, struct box *box)
{
    struct rect r = box->rect;
    int edge = (r.width * 22 + 50) / 100;
    box->inner = rect_grow(r, -edge);
    struct rect in = box->inner;
    uint32_t rim[16];
    for (int i = 0; i < 16; i++) { /* the fill shows best beside the drawing, near the corners */
        int along = (in.width - 1) * (i % 4) / 3;
        int far = i / 4 % 2 ? in.width - 1 : 0;
        rim[i] =
            i < 8 ? colour_at(f, in.x + along, in.y + far) : colour_at(f, in.x + far, in.y + along);
    }
    box->fill = colour_commonest(rim, 16);
    struct rect shape = {0};
    int drawn = 0;
    for (int y = in.y; y < in.y + in.height; y++)
        for (int x = in.x; x < in.x + in.width; x++)
            if (colour_distance(colour_at(f, x, y), box->fill) >= DRAWN_STEP) {
                struct rect pixel = {x, y, 1, 1};
                shape = drawn++ ? rect_union(shape, pixel) : pixel;
            }
    bool dash = shape.width * 10 >= in.width * 7 && shape.height * 20 <= in.height * 11;
    box->mixed = drawn ? dash : is_block(f, box);
    box->on = drawn * 16 >= in.width * in.height && !dash;
}

/* Is the surface at the centre as wide as high: a dot? The stem of an i is not. */
static bool is_dot(const struct frame *f, int x, int y)
{
    int across = outline_span(f, x, y, 1, 0), down = outline_span(f, x, y, 0, 1);
    int most = across > down ? across : down, least = across > down ? down : across;
    return most <= 2 || most < 2 * least;
}

/* A radio looks the same when turned by a quarter; an icon in a circle does not. */
static bool read_radio(const struct frame *f, struct box *box)
{
    struct rect r = box->rect;
    double radius = r.width / 2.0, cx = r.x + radius, cy = r.y + radius, reach = 0.66 * radius;
    box->fill = colour_at(f, (int)cx, (int)cy);
    box->inner = rect_grow(r, -r.width / 6);
    int inside = 0, drawn = 0, uneven = 0;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++) {
            double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
            if (dx * dx + dy * dy > reach * reach)
                continue;
            uint32_t here = colour_at(f, x, y);
            uint32_t turned = colour_at(f, (int)floor(cx - dy), (int)floor(cy + dx));
            inside++;
            drawn += colour_distance(here, box->fill) >= DRAWN_STEP;
            uneven += colour_distance(here, turned) >= 64;
        }
    box->on = inside && drawn * 12 >= inside;
    return uneven * 5 <= inside && (!box->on || is_dot(f, (int)cx, (int)cy));
}

/* How many pixels the ring of the focus is away from the figure in it, on the left; 0 when there is
 * none. */
static int ring_inset(const struct frame *f, struct rect r, uint32_t ground, int step)
{
    int y = r.y + r.height / 2, at = 0, gap = 0;
    while (at < 4 && colour_distance(colour_at(f, r.x + at, y), ground) >= step)
        at++;
    while (gap < 4 && colour_distance(colour_at(f, r.x + at + gap, y), ground) < step)
        gap++;
    bool ring = at > 0 && at < 4 && gap > 0 && gap < 4;
    return ring && r.width - 2 * (at + gap) >= MARK_SIDE_MIN ? at + gap : 0;
}

/* Around what is drawn in R on GROUND, and differs from it by STEP. */
static struct rect tighten(const struct frame *f, struct rect r, uint32_t ground, int step)
{
    struct rect all = {0};
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            if (colour_distance(colour_at(f, x, y), ground) >= step) {
                struct rect pixel = {x, y, 1, 1};
                all = rect_empty(all) ? pixel : rect_union(all, pixel);
            }
    return all;
}

bool mark_read_diamond(const struct frame *frame, struct rect surface, struct box *out)
{
    struct outline o;
    struct rect r = rect_grow(surface, DIAMOND_EDGE);
    if (r.width > DIAMOND_SIDE_MAX || r.height > DIAMOND_SIDE_MAX)
        return false;
    uint32_t corner[4] = {colour_at(frame, r.x, r.y), colour_at(frame, r.x + r.width - 1, r.y),
                          colour_at(frame, r.x, r.y + r.height - 1),
                          colour_at(frame, r.x + r.width - 1, r.y + r.height - 1)};
    *out = (struct box){.kind = BOX_RADIO, .ground = colour_commonest(corner, 4), .parent = -1};
    out->rect = out->inner = r = tighten(frame, r, out->ground, OUTLINE_STEP);
    if (r.height < MARK_SIDE_MIN || abs(r.width - r.height) > 1)
        return false;
    outline_trace(frame, r, out->ground, &o);
    read_diamond(frame, out);
    return is_diamond(r, &o);
}

/* Does nothing stand in the middle of it? */
static bool is_ground(const struct frame *f, struct rect r, uint32_t ground)
{
    struct point at = rect_center(r);
    return colour_distance(colour_at(f, at.x, at.y), ground) < DRAWN_STEP;
}

static bool read_in(const struct frame *frame, struct rect rect, struct box *out)
{
    struct outline o;
    if (rect.height < MARK_SIDE_MIN || rect.height > MARK_SIDE_MAX || rect.width < MARK_SIDE_MIN ||
        rect.width > SPAN_MAX)
        return false;
    *out = (struct box){.rect = rect, .inner = rect, .parent = -1};
    if (!find_ground(frame, rect, &out->ground))
        return false;
    outline_trace(frame, rect, out->ground, &o);
    if (abs(rect.width - rect.height) <= 1 + rect.height / 18) {
        if (is_square(frame, rect, out->ground, &o)) {
            out->kind = BOX_CHECK;
            out->rect = rect_grow(rect, -ring_inset(frame, rect, out->ground, OUTLINE_STEP));
            read_check(frame, out);
            return true;
        }
        out->kind = BOX_RADIO;
        if (is_diamond(rect, &o)) {
            read_diamond(frame, out);
            return true;
        }
        if (!outline_is_round(rect, &o))
            return false;
        if (is_ground(frame, rect, out->ground)) /* with a dot, what is seen around it is its own */
            out->rect = rect_grow(rect, -ring_inset(frame, rect, out->ground, DRAWN_STEP));
        return read_radio(frame, out);
    }
    out->kind = BOX_SWITCH;
    return rect.width * 20 >= rect.height * 27 && rect.width * 10 <= rect.height * 28 &&
           rect.height >= 10 && switch_read(frame, &o, out);
}

/* Without its shadow, or with what is too faint for an edge. */
static struct rect resized(const struct frame *frame, struct rect rect, int step)
{
    uint32_t ground;
    rect = rect_common(rect_grow(rect, FAINT_EDGE), frame_rect(frame));
    return find_ground(frame, rect, &ground) ? tighten(frame, rect, ground, step) : rect;
}

/* A square with a thin border or none: what a shadow or a ring around it is no part of. */
static bool is_tile(const struct frame *f, const struct box *b)
{
    int y = b->rect.y + b->rect.height / 2, right = b->rect.x + b->rect.width - 1;
    return b->kind == BOX_CHECK && b->rect.height <= TILE_SIDE_MAX &&
           colour_distance(colour_at(f, b->rect.x + TILE_BORDER, y), b->fill) < DRAWN_STEP &&
           colour_distance(colour_at(f, right - TILE_BORDER, y), b->fill) < DRAWN_STEP;
}

bool mark_read(const struct frame *frame, struct rect rect, struct box *out)
{
    if (rect.height < MARK_SIDE_MIN || rect.height > MARK_SIDE_MAX || rect.width < MARK_SIDE_MIN ||
        rect.width > SPAN_MAX)
        return false;
    return read_in(frame, rect, out) ||
           (read_in(frame, resized(frame, rect, SHADOW_STEP), out) &&
            (out->kind == BOX_SWITCH || is_tile(frame, out))) ||
           (read_in(frame, resized(frame, rect, OUTLINE_STEP), out) && out->kind == BOX_RADIO);
}

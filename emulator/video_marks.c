#include "emulator/video_marks.h"

#include "base/ints.h"

#include <math.h>
#include <string.h>

#define GLIDE_S       0.4  /* how long the pointer is seen on its way ... */
#define GLIDE_SHARE   0.6  /* ... or this share of the time before it acts, when that is less */
#define RING_S        0.5  /* how long a press is seen */
#define RING_FROM     7.0  /* pixels of radius, growing ... */
#define RING_TO       24.0 /* ... to these */
#define RING_BETWEEN  8.0  /* two presses of a double click */
#define RING_WIDE     3.0
#define LINE_WIDE     3.0
#define WIDE_SCREEN   2000 /* pixels; from here on all of it is twice as large */
#define COLOUR_LEFT   0xE53935
#define COLOUR_RIGHT  0x1E88E5
#define COLOUR_MIDDLE 0x43A047
#define COLOUR_WHEEL  0x8E24AA

/* ---- drawing ---- */

static void pixel_mix(struct frame *f, int x, int y, uint32_t colour, double part)
{
    if (x < 0 || y < 0 || x >= f->width || y >= f->height || part <= 0)
        return;
    uint32_t *at = &f->pixels[(size_t)y * (size_t)f->stride + (size_t)x];
    uint32_t mixed = 0;
    part = fmin(part, 1);
    for (int shift = 0; shift < 24; shift += 8) {
        double was = *at >> shift & 255, is = colour >> shift & 255;
        mixed |= (uint32_t)lround(was + (is - was) * part) << shift;
    }
    *at = mixed;
}

static void ring_draw(struct frame *f, double cx, double cy, double radius, double wide,
                      uint32_t colour, double part)
{
    double reach = radius + wide;
    for (int y = (int)floor(cy - reach); y <= (int)ceil(cy + reach); y++)
        for (int x = (int)floor(cx - reach); x <= (int)ceil(cx + reach); x++) {
            double off = fabs(hypot(x - cx, y - cy) - radius) - wide / 2;
            pixel_mix(f, x, y, colour, part * fmin(1, 0.5 - off));
        }
}

static double distance_to(double x, double y, struct point a, struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - a.x) * dx + (y - a.y) * dy) / length : 0;
    along = fmin(1, fmax(0, along));
    return hypot(x - a.x - along * dx, y - a.y - along * dy);
}

static void line_draw(struct frame *f, struct point a, struct point b, double wide, uint32_t colour)
{
    int reach = (int)ceil(wide);
    for (int y = min_int(a.y, b.y) - reach; y <= max_int(a.y, b.y) + reach; y++)
        for (int x = min_int(a.x, b.x) - reach; x <= max_int(a.x, b.x) + reach; x++)
            pixel_mix(f, x, y, colour, fmin(1, 0.5 - distance_to(x, y, a, b) + wide / 2));
}

/* #: black, .: white. */
static const char *const arrow[] = {
    "#            ", "##           ", "#.#          ", "#..#         ", "#...#        ",
    "#....#       ", "#.....#      ", "#......#     ", "#.......#    ", "#........#   ",
    "#.........#  ", "#..........# ", "#......######", "#...#..#     ", "#..##..#     ",
    "#.#  #..#    ", "##   #..#    ", "#     #..#   ", "      #..#   ", "       ##    ",
};

static void arrow_draw(struct frame *f, struct point at, int scale)
{
    for (int row = 0; row < (int)(sizeof arrow / sizeof *arrow); row++)
        for (int column = 0; arrow[row][column]; column++) {
            if (arrow[row][column] == ' ')
                continue;
            struct rect r = {at.x + column * scale, at.y + row * scale, scale, scale};
            frame_paint(f, r, arrow[row][column] == '#' ? 0x000000 : 0xFFFFFF);
        }
}

/* ---- where the pointer is ---- */

static bool place_of(const struct act *act, struct point *begin, struct point *end)
{
    const struct action *a = &act->action;
    if (a->kind == ACTION_DRAG && a->path_count > 0) {
        *begin = a->path[0];
        *end = a->path[a->path_count - 1];
        return true;
    }
    *begin = *end = a->at;
    return a->has_at;
}

static struct point between(struct point a, struct point b, double part)
{
    return (struct point){(int)lround(a.x + (b.x - a.x) * part),
                          (int)lround(a.y + (b.y - a.y) * part)};
}

/* PART of the way of a drag, each stretch as long as the others. */
static struct point along(const struct action *a, double part)
{
    double stretch = part * (a->path_count - 1);
    int i = min_int((int)stretch, a->path_count - 2);
    return i < 0 ? a->path[0] : between(a->path[i], a->path[i + 1], stretch - i);
}

static double dragged(const struct moment *m, double seconds)
{
    double lasts = m->end_s - m->act_s;
    return lasts > 0 ? fmin(1, fmax(0, (seconds - m->act_s) / lasts)) : 1;
}

/* In moment M, where it came to from FROM. */
static struct point pointer_in(const struct moment *m, struct point from, double seconds)
{
    struct point begin, end;
    if (!m->act || !place_of(m->act, &begin, &end))
        return from;
    double lasts = fmin(GLIDE_S, GLIDE_SHARE * (m->act_s - m->begin_s));
    double part = lasts > 0 ? 1 - (m->act_s - seconds) / lasts : 1;
    part = fmin(1, fmax(0, part));
    if (part < 1)
        return between(from, begin, part * part * (3 - 2 * part));
    return m->act->action.kind == ACTION_DRAG ? along(&m->act->action, dragged(m, seconds)) : begin;
}

/* ---- what it does ---- */

static uint32_t colour_of(enum button button)
{
    return button == BUTTON_RIGHT    ? COLOUR_RIGHT
           : button == BUTTON_MIDDLE ? COLOUR_MIDDLE
                                     : COLOUR_LEFT;
}

static void press_draw(struct frame *f, const struct action *a, struct point at, double part,
                       int scale)
{
    double radius = RING_FROM + (RING_TO - RING_FROM) * part;
    int count = a->kind == ACTION_CLICK ? max_int(1, a->count) : 1;
    for (int i = 0; i < count; i++) {
        double r = (radius - i * RING_BETWEEN / count) * scale;
        ring_draw(f, at.x, at.y, r, (RING_WIDE + 2) * scale, 0xFFFFFF, 0.6 * (1 - part));
        ring_draw(f, at.x, at.y, r, RING_WIDE * scale, colour_of(a->button), 1 - part * part);
    }
}

/* Arrow heads that run the way that the wheel turns. */
static void wheel_draw(struct frame *f, const struct action *a, struct point at, double part,
                       int scale)
{
    int dx = (a->dx > 0) - (a->dx < 0), dy = (a->dy > 0) - (a->dy < 0), arm = 9 * scale;
    for (int i = 0; i < 3; i++) {
        int off = (24 + i * 11 + (int)(part * 12)) * scale;
        struct point tip = {at.x + dx * off, at.y + dy * off};
        struct point one = {tip.x - dx * arm - dy * arm, tip.y - dy * arm - dx * arm};
        struct point other = {tip.x - dx * arm + dy * arm, tip.y - dy * arm + dx * arm};
        line_draw(f, tip, one, LINE_WIDE * scale, COLOUR_WHEEL);
        line_draw(f, tip, other, LINE_WIDE * scale, COLOUR_WHEEL);
    }
}

static void act_draw(struct frame *f, const struct moment *m, struct point at, double seconds,
                     int scale)
{
    const struct action *a = &m->act->action;
    double part = (seconds - m->act_s) / RING_S;
    if (part < 0 || part >= 1)
        return;
    switch (a->kind) {
    case ACTION_CLICK:
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        press_draw(f, a, a->has_at ? a->at : at, part, scale);
        break;
    case ACTION_DRAG:
        for (int i = 0; i < 20; i++)
            line_draw(f, along(a, dragged(m, seconds) * i / 20),
                      along(a, dragged(m, seconds) * (i + 1) / 20), LINE_WIDE * scale,
                      colour_of(a->button));
        break;
    case ACTION_SCROLL:
        wheel_draw(f, a, a->has_at ? a->at : at, part, scale);
        break;
    default:
        break;
    }
}

void video_marks_draw(struct frame *f, const struct timeline *t, double seconds)
{
    struct point at = {0, 0}, begin, end;
    bool known = false;
    int scale = f->width >= WIDE_SCREEN ? 2 : 1, now = 0;
    while (now < t->moment_count - 1 && t->moments[now].end_s <= seconds)
        now++;
    for (int i = 0; i <= now && i < t->moment_count; i++) {
        const struct moment *m = &t->moments[i];
        if (!m->act || !place_of(m->act, &begin, &end))
            continue;
        if (!known)
            at = begin;
        known = true;
        at = i < now ? end : pointer_in(m, at, seconds);
    }
    /* What was done last is seen for a while on the next picture, too. */
    for (int i = max_int(0, now - 1); i <= now && i < t->moment_count; i++)
        if (t->moments[i].act)
            act_draw(f, &t->moments[i], at, seconds, scale);
    if (known)
        arrow_draw(f, at, scale);
}

#include "vision/borders.h"

#include "vision/colour.h"

#include <stdlib.h>

#define REACH      12 /* pixels that a border and the ground behind it are looked for */
#define LEFT_LEAST 4  /* pixels of it beside a label */

struct outside {
    int thickness; /* of the border */
    uint32_t border, ground;
};

/* From the first pixel outside a surface outwards: border, then ground. */
static struct outside look_out(const struct frame *f, struct point at, struct point d,
                               uint32_t fill)
{
    uint32_t p[REACH];
    for (int i = 0; i < REACH; i++)
        p[i] = colour_at(f, at.x + d.x * i, at.y + d.y * i);
    static const int needs[] = {5, 3, 2}; /* a clear ground; else, in narrow places, any */
    int start = BORDER_MAX + 1;
    for (int n = 0; n < 3 && start > BORDER_MAX; n++)
        for (start = 0; start <= BORDER_MAX; start++) {
            int run = 1;
            while (run < needs[n] && colour_distance(p[start], p[start + run]) < COLOUR_STEP)
                run++;
            if (run >= needs[n])
                break;
        }
    struct outside o = {.thickness = start > BORDER_MAX ? 1 : start, .border = fill};
    o.ground = p[o.thickness];
    int most = -1;
    for (int i = 0; i < o.thickness; i++) {
        int from_fill = colour_distance(p[i], fill), from_ground = colour_distance(p[i], o.ground);
        int least = from_fill < from_ground ? from_fill : from_ground;
        if (least > most) {
            most = least;
            o.border = p[i];
        }
    }
    return o;
}

static int compare_int(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

void border_measure(const struct frame *f, struct box *box)
{
    static const struct point out[4] = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};
    struct rect r = box->inner;
    uint32_t fills[20], borders[20], grounds[20];
    int sides[4], count = 0;
    for (int side = 0; side < 4; side++) {
        int thickness[5];
        for (int i = 0; i < 5; i++, count++) {
            struct point at = {r.x + r.width * (3 + i) / 10, r.y + r.height * (3 + i) / 10};
            if (out[side].x)
                at.x = out[side].x < 0 ? r.x : r.x + r.width - 1;
            else
                at.y = out[side].y < 0 ? r.y : r.y + r.height - 1;
            fills[count] = colour_at(f, at.x, at.y);
            at.x += out[side].x;
            at.y += out[side].y;
            struct outside o = look_out(f, at, out[side], fills[count]);
            thickness[i] = o.thickness;
            borders[count] = o.border;
            grounds[count] = o.ground;
        }
        qsort(thickness, 5, sizeof *thickness, compare_int);
        sides[side] = thickness[2];
    }
    box->fill = colour_commonest(fills, count);
    box->border = colour_commonest(borders, count);
    box->ground = colour_commonest(grounds, count);
    box->rect = (struct rect){r.x - sides[2], r.y - sides[0], r.width + sides[2] + sides[3],
                              r.height + sides[0] + sides[1]};
    box->rect = rect_common(box->rect, frame_rect(f));
    qsort(sides, 4, sizeof *sides, compare_int);
    box->thickness = sides[2];
}

int border_ring(const struct frame *f, struct rect r)
{
    static const int at[] = {2, 5, 8};
    int widths[3];
    if (r.width < 24 || r.height < 18)
        return 0;
    for (int i = 0; i < 3; i++) { /* in three heights of the left side: letters are no inside */
        int y = r.y + r.height * at[i] / 10, width = 1;
        uint32_t c = colour_at(f, r.x, y);
        while (width <= BORDER_MAX &&
               colour_distance(colour_at(f, r.x + width, y), c) < COLOUR_STEP)
            width++;
        widths[i] = width;
    }
    qsort(widths, 3, sizeof *widths, compare_int);
    return widths[0] <= BORDER_MAX && widths[2] <= BORDER_MAX ? widths[1] : 0;
}

bool border_is_open(const struct frame *f, const struct box *b)
{
    struct rect r = b->rect;
    int corner = r.height > 64 ? 16 : r.height / 3, gaps = 0, y = r.y + b->thickness / 2, left = 0;
    if (b->kind != BOX_FRAME || b->thickness == 0 || r.width < 40 || r.height < 18)
        return false;
    for (int x = b->inner.x; x < b->inner.x + b->inner.width; x++)
        left += colour_distance(colour_at(f, x, y), b->ground) >= COLOUR_STEP &&
                colour_distance(colour_at(f, x, y), b->fill) >= COLOUR_STEP;
    if (left < LEFT_LEAST) /* no border is there that a label could interrupt */
        return false;
    for (int x = r.x + corner; x < r.x + r.width - corner; x++) {
        uint32_t here = colour_at(f, x, y);
        gaps += colour_distance(here, b->ground) < COLOUR_STEP ||
                (colour_distance(here, b->fill) < COLOUR_STEP &&
                 colour_distance(here, b->border) >= COLOUR_STEP);
    }
    return gaps >= 6 && gaps * 3 < r.width * 2;
}

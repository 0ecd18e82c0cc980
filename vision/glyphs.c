#include "vision/glyphs.h"

#include "vision/colour.h"

#include <stdlib.h>

struct row {
    int from, to; /* of what is drawn; empty when to <= from */
    int drawn;
};

struct drawing {
    int width, height;
    uint32_t ground;
    int step; /* what differs from the ground by this is drawn */
    struct row rows[GLYPH_SIDE_MAX];
};

static void read_rows(const struct frame *f, struct rect r, struct drawing *d)
{
    uint32_t corner[4] = {colour_at(f, r.x - 1, r.y - 1), colour_at(f, r.x + r.width, r.y - 1),
                          colour_at(f, r.x - 1, r.y + r.height),
                          colour_at(f, r.x + r.width, r.y + r.height)};
    d->width = r.width;
    d->height = r.height;
    d->ground = colour_commonest(corner, 4);
    int most = 0;
    for (int y = 0; y < r.height; y++)
        for (int x = 0; x < r.width; x++) {
            int distance = colour_distance(colour_at(f, r.x + x, r.y + y), d->ground);
            most = distance > most ? distance : most;
        }
    d->step = most * 2 / 5 > 12 ? most * 2 / 5 : 12;
    for (int y = 0; y < r.height; y++) {
        struct row *row = &d->rows[y];
        *row = (struct row){r.width, 0, 0};
        for (int x = 0; x < r.width; x++) {
            if (colour_distance(colour_at(f, r.x + x, r.y + y), d->ground) < d->step)
                continue;
            row->from = x < row->from ? x : row->from;
            row->to = x + 1;
            row->drawn++;
        }
    }
}

/* Leaves out what is at the sides and not drawn: shadows. */
static void trim(struct drawing *d)
{
    int from = d->width, to = 0, first = d->height, last = -1;
    for (int y = 0; y < d->height; y++) {
        if (!d->rows[y].drawn)
            continue;
        first = y < first ? y : first;
        last = y;
        from = d->rows[y].from < from ? d->rows[y].from : from;
        to = d->rows[y].to > to ? d->rows[y].to : to;
    }
    d->width = to > from ? to - from : 0;
    d->height = last >= first ? last - first + 1 : 0;
    for (int y = 0; y < d->height; y++) {
        d->rows[y] = d->rows[y + first];
        d->rows[y].from -= from;
        d->rows[y].to -= from;
    }
}

static int extent(const struct row *row)
{
    return row->to > row->from ? row->to - row->from : 0;
}

/* Do rows A to B (B may be before A) narrow from a wide one to a centred tip? */
static bool narrows(const struct drawing *d, int a, int b)
{
    int step = b > a ? 1 : -1, count = abs(b - a) + 1;
    int wide = extent(&d->rows[a]), second = count > 2 ? extent(&d->rows[a + step]) : 0;
    if (second > wide)
        wide = second;
    const struct row *tip = &d->rows[b];
    if (extent(tip) == 0 && count > 2)
        tip = &d->rows[b - step];
    if (wide < 5 || wide * 10 < d->width * 7 || extent(tip) < 1 || extent(tip) * 2 > wide + 1 ||
        abs(tip->from + tip->to - d->width) > 2 + d->width / 6)
        return false;
    int last = wide;
    for (int i = 0; i < count; i++) {
        int now = extent(&d->rows[a + step * i]);
        if (now > last + 1)
            return false;
        if (i > 0 && now) /* the ends of thin strokes fade */
            last = now;
    }
    return true;
}

static bool is_plus(const struct drawing *d)
{
    if (d->width < 6 || abs(d->width - d->height) > 2)
        return false;
    int third = d->height / 3;
    for (int y = 0; y < d->height; y++) {
        bool arm = y < third || y >= d->height - third;
        int wide = extent(&d->rows[y]);
        if (arm && (wide == 0 || wide * 5 > d->width * 2 ||
                    abs(d->rows[y].from + d->rows[y].to - d->width) > 2))
            return false;
    }
    return extent(&d->rows[d->height / 2]) >= d->width - 1;
}

static bool is_pair(const struct drawing *d)
{
    for (int y = d->height * 3 / 10; y <= d->height * 7 / 10; y++) {
        if (d->rows[y].drawn)
            continue;
        int upper = y - 1, lower = y + 1;
        while (lower < d->height - 1 && !d->rows[lower].drawn)
            lower++;
        return upper > 1 && narrows(d, upper, 0) && narrows(d, lower, d->height - 1);
    }
    return false;
}

/* Two strokes that cross: hollow at its upper and lower side, narrow in the middle. */
static bool is_cross(const struct drawing *d)
{
    int last = d->height - 1, half = d->height / 2;
    if (d->width < 6 || abs(d->width - d->height) > 2 || !narrows(d, 0, half) ||
        !narrows(d, last, half))
        return false;
    for (int y = 0; y <= last; y += y == 1 ? d->height - 3 : 1) /* both rows at each side */
        if (d->rows[y].drawn >= extent(&d->rows[y]))
            return false;
    return true;
}

/* How many pieces lie one above the other; 0: one of them is shorter than the drawing is wide. */
static int count_strokes(const struct drawing *d, int slack)
{
    int strokes = 0, longest = 0;
    for (int y = 0; y < d->height; y++) {
        bool drawn = d->rows[y].drawn > 0;
        bool first = drawn && (y == 0 || d->rows[y - 1].drawn == 0);
        if (first && strokes && longest < d->width - slack)
            return 0;
        longest = first || d->rows[y].drawn > longest ? d->rows[y].drawn : longest;
        strokes += first;
    }
    return longest < d->width - slack ? 0 : strokes;
}

static bool is_lines(const struct drawing *d)
{
    return d->width >= 8 && d->width <= 2 * d->height && count_strokes(d, 2) == 3;
}

static bool is_dots(const struct drawing *d)
{
    return d->width >= 2 && d->width <= 5 && d->height >= 3 * d->width &&
           d->height <= 6 * d->width && count_strokes(d, 0) == 3;
}

enum glyph glyph_read(const struct frame *frame, struct rect r)
{
    if (r.width < 2 || r.height < 1 || r.width > GLYPH_SIDE_MAX || r.height > GLYPH_SIDE_MAX)
        return GLYPH_OTHER;
    struct drawing d;
    read_rows(frame, r, &d);
    trim(&d);
    if (is_dots(&d))
        return GLYPH_DOTS;
    if (r.width < 5)
        return GLYPH_OTHER;
    if (d.height >= 1 && d.height <= 3 && d.width >= 6 && d.width <= 18 &&
        extent(&d.rows[d.height - 1]) >= d.width - 1)
        return GLYPH_MINUS;
    if (d.height < 3 || d.width < 5)
        return GLYPH_OTHER;
    if (is_plus(&d))
        return GLYPH_PLUS;
    if (d.height >= 8 && is_pair(&d))
        return GLYPH_UP_DOWN;
    if (is_cross(&d))
        return GLYPH_CROSS;
    if (is_lines(&d))
        return GLYPH_LINES;
    if (d.height > d.width)
        return GLYPH_OTHER;
    if (narrows(&d, 0, d.height - 1))
        return GLYPH_DOWN;
    return narrows(&d, d.height - 1, 0) ? GLYPH_UP : GLYPH_OTHER;
}

#include "vision/fills.h"

#include "vision/colour.h"

#include <stdlib.h>

#define WIDTH_LEAST     56 /* pixels */
#define LOW_WIDTH_LEAST 120
#define HEIGHT_LEAST    3
#define HEIGHT_MOST     34
#define SLENDER         4  /* times as wide as high, at least */
#define TEXT_ROOM       18 /* pixels over it that a text takes up which touches it */
#define BORDER          3
#define SAMPLES         9
#define APART           30 /* of the two colours */
#define ODD             48 /* farther from both colours: neither */
#define ODD_PART        6  /* hundredths of a row */
#define GROUND_STEP     4
#define LOUD            50 /* saturation of a fill */
#define DARKER          60 /* gray levels that a fill without colour is off the ground */
#define FILLED_LEAST    6  /* pixels; less is a border */
#define BLOCK_LEAST     6  /* hundredths of the bar: one that wanders */
#define BLOCK_MOST      60
#define HEIGHT_SLACK    1
#define SHIFT           4 /* pixels between where the colours meet in one row and in another */

/* One row of pixels of a bar: its first column and the end, its colours, and from where to where it
 * has the first. */
struct row {
    int from, end, first, last;
    uint32_t fill, rest;
};

/* The commonest of the colours from X on over WIDTH pixels. */
static uint32_t sample(const struct frame *f, int x, int width, int y)
{
    uint32_t colours[SAMPLES];
    for (int i = 0; i < SAMPLES; i++)
        colours[i] = colour_at(f, x + width * i / SAMPLES, y);
    return colour_commonest(colours, SAMPLES);
}

/* How many pixels between FIRST and LAST are not of the colour that they should be. */
static int count_odd(const struct frame *f, const struct row *r, int y)
{
    int odd = 0;
    for (int x = r->from; x < r->end; x++) {
        uint32_t colour = colour_at(f, x, y);
        int fill = colour_distance(colour, r->fill), rest = colour_distance(colour, r->rest);
        bool in = x >= r->first && x < r->last;
        odd += in ? fill > rest || fill > ODD : rest >= fill || rest > ODD;
    }
    return odd;
}

/* The longest stretch of the colour A, with gaps of a few pixels at most. */
static void find_stretch(const struct frame *f, struct row *r, int y)
{
    int first = -1, last = -1;
    r->first = r->last = r->from;
    for (int x = r->from; x < r->end; x++) {
        uint32_t colour = colour_at(f, x, y);
        if (colour_distance(colour, r->fill) >= colour_distance(colour, r->rest))
            continue;
        if (first < 0 || x - last > BORDER + 1)
            first = x;
        last = x;
        if (last + 1 - first > r->last - r->first) {
            r->first = first;
            r->last = last + 1;
        }
    }
}

static bool is_stronger(uint32_t fill, uint32_t rest, uint32_t ground)
{
    int own = colour_saturation(fill), other = colour_saturation(rest);
    if (own >= LOUD)
        return own > other || colour_distance(fill, ground) > colour_distance(rest, ground);
    int far = abs(colour_luma(fill) - colour_luma(ground));
    return far >= DARKER && far > abs(colour_luma(rest) - colour_luma(ground)) && own >= other;
}

/* Without the ground at both ends, which are round at most. */
static bool trim(const struct frame *f, struct rect r, int y, uint32_t ground, struct row *out)
{
    *out = (struct row){.from = r.x, .end = rect_right(r)};
    while (out->from < out->end &&
           colour_distance(colour_at(f, out->from, y), ground) < GROUND_STEP)
        out->from++;
    while (out->end > out->from &&
           colour_distance(colour_at(f, out->end - 1, y), ground) < GROUND_STEP)
        out->end--;
    return out->from - r.x <= r.height && rect_right(r) - out->end <= r.height &&
           out->end - out->from >= WIDTH_LEAST - BORDER;
}

/* Does this row show a bar, filled up to some place, or with a block in it? */
static bool read_row(const struct frame *f, struct rect r, int y, struct row *out)
{
    uint32_t ground = colour_at(f, r.x - 2, y);
    if (!trim(f, r, y, ground, out))
        return false;
    int width = out->end - out->from, end = width / 24 + 2;
    uint32_t left = sample(f, out->from + BORDER, end, y);
    uint32_t right = sample(f, out->end - BORDER - end, end, y);
    out->fill = left;
    out->rest = right;
    if (colour_distance(left, right) < APART) { /* both ends alike: something between them? */
        for (int x = out->from; x < out->end && out->fill == left; x += 2)
            if (colour_distance(colour_at(f, x, y), left) > ODD &&
                colour_saturation(colour_at(f, x, y)) >= LOUD)
                out->fill = colour_at(f, x, y);
        if (out->fill == left)
            return false;
    }
    if (!is_stronger(out->fill, out->rest, ground))
        return false;
    find_stretch(f, out, y);
    bool block = out->first - out->from > BORDER;
    int part = (out->last - out->first) * 100 / width;
    if (block && (colour_distance(left, right) >= APART || part < BLOCK_LEAST || part > BLOCK_MOST))
        return false;
    return out->last - out->first >= FILLED_LEAST &&
           count_odd(f, out, y) * 100 <= ODD_PART * width + 200;
}

static bool same_row(const struct row *a, const struct row *b)
{
    return abs(a->last - b->last) <= SHIFT && abs(a->first - b->first) <= SHIFT;
}

/* Room for a text that touches the bar below it. */
static bool is_size(struct rect ink)
{
    return ink.width >= WIDTH_LEAST && ink.height >= HEIGHT_LEAST &&
           ink.height <= HEIGHT_MOST + TEXT_ROOM;
}

/* The lowest must be longer: words are underlined. */
static bool is_slender(struct rect r)
{
    int least = r.height > HEIGHT_LEAST ? WIDTH_LEAST : LOW_WIDTH_LEAST;
    return r.height >= HEIGHT_LEAST - 1 && r.height <= HEIGHT_MOST && r.width >= least &&
           r.width >= SLENDER * r.height;
}

/* The rows between the first and the last that show it may hold a text. Its ends may be round: the
 * widest row tells how wide it is. */
bool fill_read(const struct frame *frame, struct rect ink, struct box *out)
{
    int first = -1, last = -1, count = 0, bottom = ink.y + ink.height - 1;
    int left = rect_right(ink), right = 0;
    struct row row, shown = {0};
    for (int y = bottom; y >= ink.y && is_size(ink); y--) {
        if (!read_row(frame, ink, y, &row) || (last >= 0 && !same_row(&row, &shown)))
            continue;
        last = last < 0 ? y : last;
        if (count++ < BORDER) /* the first rows may be its border */
            shown = row;
        first = y;
        left = row.from < left ? row.from : left;
        right = row.end > right ? row.end : right;
    }
    bool alone = first - ink.y <= BORDER;
    int top = alone ? ink.y : first;
    if (last < 0 || count * 3 < last - first + 1 || bottom - last > (alone ? BORDER : 1) ||
        first - ink.y > TEXT_ROOM || (!alone && bottom - top < HEIGHT_LEAST))
        return false;
    int begin = shown.first - shown.from > BORDER ? shown.first : left;
    *out = (struct box){.kind = BOX_FILL, .fill = shown.fill, .border = shown.rest, .parent = -1};
    out->rect = (struct rect){left, top, right - left, bottom + 1 - top};
    out->inner = (struct rect){begin, top, shown.last - begin, bottom + 1 - top};
    out->ground = colour_at(frame, ink.x - 2, bottom);
    return is_slender(out->rect);
}

int fill_share(const struct box *b)
{
    int width = b->rect.width;
    return b->inner.x - b->rect.x > BORDER ? -1 : (b->inner.width * 100 + width / 2) / width;
}

/* Is all of this row of one of the colours? The share that is filled, 0 or 100; -1: it is not. */
static int read_uniform(const struct frame *f, struct rect r, int y, const struct box *like)
{
    struct row row;
    if (!trim(f, r, y, colour_at(f, r.x - 2, y), &row))
        return -1;
    for (int full = 0; full < 2; full++) {
        struct row all = {row.from,   row.end,     row.from, full ? row.end : row.from,
                          like->fill, like->border};
        if (count_odd(f, &all, y) * 100 <= ODD_PART * (row.end - row.from) + 200)
            return full * 100;
    }
    return -1;
}

int fill_share_like(const struct frame *frame, struct rect ink, const struct box *like)
{
    bool lined = abs(ink.x - like->rect.x) <= BORDER ||
                 abs(rect_right(ink) - rect_right(like->rect)) <= BORDER;
    if (abs(ink.height - like->rect.height) > HEIGHT_SLACK || !is_slender(ink) || !lined)
        return -1;
    int edge = ink.height > 2 * BORDER ? BORDER : ink.height / 2;
    int top = read_uniform(frame, ink, ink.y + edge, like);
    return top == read_uniform(frame, ink, ink.y + ink.height - edge, like) ? top : -1;
}

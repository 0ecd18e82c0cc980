#include "vision/sliders.h"

#include "vision/colour.h"

#include <stdlib.h>

#define DRAWN_STEP    16 /* what is drawn differs from the ground by this */
#define RING_MAX      4  /* pixels */
#define RING_CORNER   4  /* that its round corners take up */
#define RINGED_HEIGHT 8  /* of what is in it, at least */
#define WIDTH_LEAST   50

/* Where it is looked for, and by what it is told from the ground: by edges, or in a ring, which its
 * edges run into, by colours. */
struct place {
    const struct frame *frame;
    const struct edges *edges; /* NULL: by colours */
    struct rect rect;
    uint32_t ground;
};

/* Does something begin or end between the rows Y and Y + 1? */
static bool is_edge(const struct place *p, int x, int y)
{
    if (p->edges)
        return edges_at(p->edges, x, y);
    bool above =
        y >= p->rect.y && colour_distance(colour_at(p->frame, x, y), p->ground) >= DRAWN_STEP;
    bool below = y + 1 < p->rect.y + p->rect.height &&
                 colour_distance(colour_at(p->frame, x, y + 1), p->ground) >= DRAWN_STEP;
    return above != below;
}

/* A column's extent of edges. */
static int column_height(const struct place *p, int x, int *from)
{
    int top = p->rect.y - 1, bottom = p->rect.y + p->rect.height - 1;
    while (top <= bottom && !is_edge(p, x, top))
        top++;
    while (bottom >= top && !is_edge(p, x, bottom))
        bottom--;
    *from = top;
    return bottom >= top ? bottom - top : 0;
}

/* The commonest height of a column, and where it begins. */
static int track_height(const struct place *p, int *top)
{
    struct rect r = p->rect;
    int votes[64][64] = {{0}}, best = 0, height = 0;
    for (int x = r.x; x < r.x + r.width; x++) {
        int from, h = column_height(p, x, &from);
        int at = from - r.y + 1;
        if (h < 1 || h > 63 || at < 0 || at > 63)
            continue;
        if (++votes[h][at] > best) {
            best = votes[h][at];
            height = h;
            *top = from;
        }
    }
    return height;
}

/* Along its middle a track changes colour at the thumb alone; a word does with every letter. */
static bool is_smooth(const struct frame *f, struct rect track, int first, int last)
{
    int changes = 0;
    for (int x = track.x + 1; x + 2 < track.x + track.width; x++)
        if (x < first - 2 || x > last + 1)
            changes +=
                colour_distance(colour_at(f, x, track.y), colour_at(f, x + 1, track.y)) >= 16;
    return changes <= 4;
}

static bool read_in(const struct place *p, struct box *out)
{
    struct rect rect = p->rect;
    int top = 0, track = track_height(p, &top);
    if (track < 1 || track > 14 || track + 4 > rect.height)
        return false;
    int first = -1, last = -1, thumb = 0, odd = 0, highest = 0;
    for (int x = rect.x; x < rect.x + rect.width; x++) {
        int from, h = column_height(p, x, &from);
        highest = h > highest ? h : highest;
    }
    int least = highest / 2 > track + 3 ? highest / 2 : track + 3; /* ticks may be lower */
    for (int x = rect.x; x < rect.x + rect.width; x++) {
        int from, h = column_height(p, x, &from);
        if (h >= least) {
            first = first < 0 ? x : first;
            last = x;
            thumb++;
        } else
            odd += abs(h - track) > 2 || abs(from - top) > 2;
    }
    int width = last - first + 1;
    if (first < 0 || width - thumb > 2 || width < 4 || width > 40 || width > 2 * rect.height + 4 ||
        (odd > 8 && odd * 12 > rect.width) ||
        !is_smooth(p->frame, (struct rect){rect.x, top + (track + 1) / 2, rect.width, 1}, first,
                   last))
        return false;
    *out = (struct box){.kind = BOX_SLIDER, .rect = rect, .parent = -1};
    out->inner = (struct rect){first, rect.y, width, rect.height};
    out->fill = colour_at(p->frame, first + width / 2, rect.y + rect.height / 2);
    out->ground = colour_at(p->frame, rect.x, rect.y - 2);
    return true;
}

/* Are the COUNT pixels from A on of that colour, but for a few? */
static bool is_line(const struct frame *f, struct point a, struct point step, int count,
                    uint32_t colour)
{
    int same = 0;
    for (int i = 0; i < count; i++)
        same +=
            colour_distance(colour_at(f, a.x + i * step.x, a.y + i * step.y), colour) < DRAWN_STEP;
    return same * 10 >= count * 9;
}

/* How thick the ring is that goes around RECT; 0: none does. */
static int ring_thickness(const struct frame *f, struct rect r)
{
    const struct point east = {1, 0}, south = {0, 1};
    int right = r.x + r.width - 1, bottom = r.y + r.height - 1, most = RING_MAX + 1;
    int across = r.width - 2 * RING_CORNER, down = r.height - 2 * RING_CORNER;
    uint32_t ring = colour_at(f, r.x + r.width / 2, r.y);
    if (down < 1 || !is_line(f, (struct point){r.x + RING_CORNER, r.y}, east, across, ring) ||
        !is_line(f, (struct point){r.x + RING_CORNER, bottom}, east, across, ring) ||
        !is_line(f, (struct point){r.x, r.y + RING_CORNER}, south, down, ring) ||
        !is_line(f, (struct point){right, r.y + RING_CORNER}, south, down, ring))
        return 0;
    for (int i = 1; i <= 3; i++) { /* the thumb may be of the ring's colour */
        int x = r.x + r.width * i / 4, thickness = 1;
        while (thickness <= RING_MAX &&
               colour_distance(colour_at(f, x, r.y + thickness), ring) < DRAWN_STEP)
            thickness++;
        most = thickness < most ? thickness : most;
    }
    return most <= RING_MAX ? most : 0;
}

/* The ring's corners are round inside, too: the first and last columns are left out. */
static bool read_ringed(const struct frame *f, struct rect rect, struct box *out)
{
    uint32_t row[9];
    struct rect in = rect_grow(rect, -ring_thickness(f, rect));
    if (in.width == rect.width || in.width < WIDTH_LEAST || in.height < RINGED_HEIGHT)
        return false;
    for (int i = 0; i < 9; i++)
        row[i] = colour_at(f, in.x + in.width * (i + 1) / 10, in.y);
    struct place p = {.frame = f, .rect = in, .ground = colour_commonest(row, 9)};
    p.rect.x += RING_CORNER / 2;
    p.rect.width -= RING_CORNER;
    int top = 0, track = track_height(&p, &top);
    bool middle = abs(2 * (top + 1 - in.y) + track - in.height) <= in.height / 4;
    if (!middle || !read_in(&p, out))
        return false;
    out->rect = in;
    return true;
}

/* At the end of its way a thumb may touch the number behind it: the figure up to the end of the
 * first thumb. A round one is as wide as it is high. */
static struct rect up_to_thumb(const struct place *p)
{
    struct rect r = p->rect;
    int first = -1, last = -1, high = 0, from;
    for (int x = r.x; x < r.x + r.width && (first < 0 || last == x - 1); x++) {
        int height = column_height(p, x, &from);
        if (height * 2 < r.height)
            continue;
        first = first < 0 ? x : first;
        last = x;
        high = height > high ? height : high;
    }
    bool is_round = (last + 1 - first) * 5 >= high * 4;
    int end = is_round ? first + high - high / 15 : last + 1;
    r.width = first < 0 ? 0 : end - r.x;
    return r;
}

bool slider_read(const struct frame *frame, const struct edges *edges, struct rect rect,
                 struct box *out)
{
    struct place p = {.frame = frame, .edges = edges, .rect = rect};
    if (read_in(&p, out) || read_ringed(frame, rect, out))
        return true;
    p.rect = up_to_thumb(&p);
    return p.rect.width >= WIDTH_LEAST && p.rect.width < rect.width && read_in(&p, out);
}

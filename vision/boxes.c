#include "vision/boxes.h"

#include "base/buf.h"
#include "vision/borders.h"
#include "vision/colour.h"
#include "vision/fills.h"
#include "vision/letterforms.h"
#include "vision/marks.h"
#include "vision/sliders.h"

#include <stdlib.h>
#include <string.h>

#define FRAME_SIDE_LEAST 6  /* pixels; the arrow buttons of Tk's spin boxes are some 7 */
#define LETTER_INSIDE    16 /* pixels; the inside of a letter is hardly higher, */
#define LETTER_BEYOND    8  /* and its stem goes on beyond it by no more than this then */
#define FILLED_STEP      40
#define FILLED_SIDE      12
#define RULE_WIDTH_MIN   40
#define RULE_HEIGHT_MAX  3
#define STACK_BORDER     3 /* pixels, of marks that touch each other, at most */
#define BORDER_REACH     6 /* how far a box may reach beyond the edges that it was made of */

static struct box *add(struct boxes *b, enum box_kind kind, struct rect rect)
{
    if (b->count == b->capacity) {
        b->capacity = b->capacity ? b->capacity * 2 : 128;
        b->items = mem_resize(b->items, (size_t)b->capacity * sizeof *b->items);
    }
    struct box *box = &b->items[b->count++];
    *box = (struct box){.kind = kind, .rect = rect, .inner = rect, .parent = -1};
    return box;
}

/* The share of the pixels from A on in direction D, COUNT long, that lie on one surface with their
 * neighbours. */
static double side_share(const struct frame *f, struct point a, struct point d, int count)
{
    if (count < 1)
        return 0;
    uint32_t sample[9];
    for (int i = 0; i < 9; i++)
        sample[i] = colour_at(f, a.x + d.x * (count - 1) * i / 8, a.y + d.y * (count - 1) * i / 8);
    uint32_t main_colour = colour_commonest(sample, 9);
    int same = 0;
    uint32_t before = main_colour;
    for (int i = 0; i < count; i++) {
        uint32_t p = colour_at(f, a.x + d.x * i, a.y + d.y * i);
        same += colour_distance(p, main_colour) < COLOUR_STEP ||
                (colour_distance(p, before) < COLOUR_STEP && colour_distance(p, main_colour) < 40);
        before = p;
    }
    return (double)same / count;
}

/* Are the sides of the surface's box straight? Corners may be as round as a pill's. */
static bool is_frame(const struct frame *f, struct rect r)
{
    int least = r.width < r.height ? r.width : r.height;
    int corner = least > 64 ? 16 : least / 3;
    int in = least >= 24 ? 2 : 0; /* a pill's ends are never quite straight: look a little inside */
    int right = r.x + r.width - 1 - in, bottom = r.y + r.height - 1;
    int across = r.width - 2 * corner, down = r.height - 2 * corner;
    const struct point east = {1, 0}, south = {0, 1};
    return side_share(f, (struct point){r.x + corner, r.y + in / 2}, east, across) > 0.8 &&
           side_share(f, (struct point){r.x + corner, bottom - in / 2}, east, across) > 0.8 &&
           side_share(f, (struct point){r.x + in, r.y + corner}, south, down) > 0.7 &&
           side_share(f, (struct point){right, r.y + corner}, south, down) > 0.7;
}

/* Does the surface end around row Y? An H does not, between its stems. */
static bool ends_at(const struct edges *e, struct rect r, int y)
{
    struct rect third = {r.x + r.width / 3, y - 2, r.width - r.width / 3 * 2, 5};
    return y < 2 || y + 3 >= e->height || edges_count(e, third) * 2 > third.width;
}

static void find_frames(struct boxes *b, const struct frame *f, const struct edges *edges)
{
    for (int i = 0; i < edges->flats.count; i++) {
        struct rect r = edges->flats.items[i];
        if (r.width < FRAME_SIDE_LEAST || r.height < FRAME_SIDE_LEAST ||
            !band_holds(edges->band, r) || (r.width == f->width && r.height == f->height) ||
            !is_frame(f, r) || !ends_at(edges, r, r.y) || !ends_at(edges, r, r.y + r.height))
            continue;
        struct box *frame = add(b, BOX_FRAME, rect_grow(r, -border_ring(f, r)));
        border_measure(f, frame);
        b->count -= letterforms_frame(f, edges, frame->rect);
    }
}

/* Do the rects differ by at most BY on every side? */
static bool concentric(struct rect a, struct rect b, int by)
{
    return abs(a.x - b.x) <= by && abs(a.y - b.y) <= by &&
           abs(a.x + a.width - b.x - b.width) <= by && abs(a.y + a.height - b.y - b.height) <= by;
}

/* The share of edge pixels along a line. */
static double edge_share(const struct edges *e, struct point a, struct point d, int count)
{
    int found = 0;
    for (int i = 0; i < count; i++)
        found += edges_at(e, a.x + d.x * i, a.y + d.y * i);
    return count > 0 ? (double)found / count : 0;
}

static double top_share(const struct edges *e, struct rect r)
{
    int least = r.width < r.height ? r.width : r.height, corner = least > 64 ? 16 : least / 3;
    return edge_share(e, (struct point){r.x - 1 + corner, r.y - 1}, (struct point){1, 0},
                      r.width - 2 * corner);
}

/* A border that a label interrupts on its upper side: the surface inside runs out there, but the
 * line is seen. */
static bool is_outline(const struct edges *e, struct rect r)
{
    if (r.width < 40 || r.height < 18 || r.width >= e->width || r.height >= e->height)
        return false;
    int least = r.width < r.height ? r.width : r.height, corner = least > 64 ? 16 : least / 3;
    int x = r.x - 1, y = r.y - 1, right = r.x + r.width - 1, bottom = r.y + r.height - 1;
    int across = r.width - 2 * corner, down = r.height - 2 * corner;
    const struct point east = {1, 0}, south = {0, 1};
    return edge_share(e, (struct point){x + corner, bottom}, east, across) > 0.9 &&
           edge_share(e, (struct point){x, y + corner}, south, down) > 0.8 &&
           edge_share(e, (struct point){right, y + corner}, south, down) > 0.8 &&
           top_share(e, r) > 0.35;
}

static void find_outlines(struct boxes *b, const struct frame *f, const struct edges *edges)
{
    int frames = b->count;
    for (int i = 0; i < edges->inks.count; i++) {
        struct rect r = edges->inks.items[i];
        bool known = !band_holds(edges->band, r) || !is_outline(edges, r);
        for (int j = b->kept; j < frames && !known; j++) {
            struct rect other = b->items[j].rect;
            known = concentric(other, r, 5) || /* or a part of it with a button beside it */
                    (r.height <= 48 && rect_inside(other, rect_grow(r, 1)) &&
                     rect_area(other) * 10 >= rect_area(r) * 3);
        }
        if (known)
            continue;
        int in = 1, y = r.y + r.height / 2;
        while (in < BORDER_MAX && colour_distance(colour_at(f, r.x + in, y),
                                                  colour_at(f, r.x + in + 1, y)) >= COLOUR_STEP)
            in++;
        border_measure(f, add(b, BOX_FRAME, rect_grow(r, -in)));
    }
}

static bool is_mark_size(struct rect r)
{
    return r.height >= MARK_SIDE_MIN && r.height <= MARK_SIDE_MAX && r.width >= MARK_SIDE_MIN &&
           r.width <= 3 * MARK_SIDE_MAX;
}

/* The inside of a letter, whose edges are a word's. */
static bool is_in_word(const struct edges *edges, struct rect r)
{
    for (int i = 0; i < edges->inks.count; i++) {
        struct rect ink = edges->inks.items[i];
        bool beyond = r.height >= LETTER_INSIDE && ink.height > r.height + LETTER_BEYOND;
        if (!rect_empty(rect_common(ink, r)) && !rect_inside(ink, rect_grow(r, 2)) &&
            ink.height < 2 * r.height && !beyond)
            return true;
    }
    return false;
}

/* Is it filled as no letter is? */
static bool is_filled(const struct frame *f, const struct box *mark)
{
    struct rect r = mark->rect;
    long pixels = 0;
    if (mark->kind != BOX_CHECK || r.height < FILLED_SIDE ||
        colour_distance(mark->fill, mark->ground) < FILLED_STEP)
        return false;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            pixels += colour_distance(colour_at(f, x, y), mark->fill) < FILLED_STEP / 2;
    return pixels * 10 >= rect_area(r) * 6;
}

/* Letters stand beside letters. */
static bool is_letter(const struct frame *f, const struct edges *edges, const struct box *mark)
{
    return !is_filled(f, mark) && letterforms_beside(f, edges, mark->rect);
}

/* The edges of marks that touch each other, one below the other, are one shape, with a surface in
 * each. */
static bool is_stacked(const struct edges *edges, struct rect r)
{
    bool joined = false, another = false;
    for (int i = 0; i < edges->inks.count && !joined; i++) {
        struct rect ink = edges->inks.items[i];
        joined = rect_inside(r, ink) && ink.width <= r.width + 2 * STACK_BORDER &&
                 ink.height >= r.height + MARK_SIDE_MIN;
    }
    for (int i = 0; i < edges->flats.count && joined && !another; i++) {
        struct rect other = edges->flats.items[i];
        int pitch = abs(other.y - r.y);
        another = abs(other.x - r.x) <= 1 && abs(other.width - r.width) <= 2 &&
                  abs(other.height - r.height) <= 2 && pitch >= r.height &&
                  pitch <= r.height + 2 * STACK_BORDER + 1;
    }
    return another;
}

/* A mark in such a stack, from its surface. */
static bool read_stacked(const struct frame *f, const struct edges *edges, struct rect r,
                         struct box *mark)
{
    if (abs(r.width - r.height) > 1 || r.height < MARK_SIDE_MIN || !is_stacked(edges, r))
        return false;
    for (int border = STACK_BORDER; border > 0; border--)
        if (mark_read(f, rect_grow(r, border), mark) &&
            (mark->kind == BOX_CHECK || mark->kind == BOX_RADIO))
            return true;
    return false;
}

/* A slider's track may be filled, too. */
static bool is_fill(const struct frame *f, const struct edges *edges, struct rect r,
                    struct box *mark)
{
    struct box slider;
    return fill_read(f, r, mark) &&
           !(slider_read(f, edges, r, &slider) && slider.rect.width == r.width);
}

static void find_marks(struct boxes *b, const struct frame *f, const struct edges *edges)
{
    int frames = b->count;
    for (int i = 0; i < edges->inks.count; i++) {
        struct rect r = edges->inks.items[i];
        struct box mark;
        if (!band_holds(edges->band, r))
            continue;
        if ((is_mark_size(r) && mark_read(f, r, &mark) && !is_letter(f, edges, &mark)) ||
            is_fill(f, edges, r, &mark) ||
            (r.width >= 50 && r.height >= 6 && r.height <= 40 && slider_read(f, edges, r, &mark)))
            *add(b, mark.kind, r) = mark;
        else if (r.height <= RULE_HEIGHT_MAX && r.height > 0 && r.width >= RULE_WIDTH_MIN) {
            struct box *rule = add(b, BOX_RULE, r);
            rule->fill = rule->border = colour_at(f, r.x + r.width / 2, r.y + r.height / 2);
            rule->ground = colour_at(f, r.x + r.width / 2, r.y - 2);
        }
    }
    int marks = b->count; /* a figure whose edges run into others' still has its own surface */
    for (int i = b->kept; i < frames; i++) {
        struct rect r = b->items[i].rect;
        struct box mark;
        bool known = !is_mark_size(r);
        for (int j = frames; j < marks && !known; j++)
            known = rect_overlap(b->items[j].rect, r) > 0.3;
        if (!known && mark_read(f, r, &mark) && !is_in_word(edges, r) &&
            !is_letter(f, edges, &mark))
            *add(b, mark.kind, r) = mark;
    }
    for (int i = 0; i < edges->flats.count; i++) {
        struct rect r = edges->flats.items[i];
        struct box mark;
        bool known =
            r.width > MARK_SIDE_MAX || r.height > MARK_SIDE_MAX || !band_holds(edges->band, r);
        for (int j = frames; j < b->count && !known; j++)
            known = !rect_empty(rect_common(b->items[j].rect, r));
        if (!known && (mark_read_diamond(f, r, &mark) || read_stacked(f, edges, r, &mark)))
            *add(b, mark.kind, mark.rect) = mark;
    }
}

bool box_is_mark(const struct box *b)
{
    return b->kind != BOX_FRAME && b->kind != BOX_RULE && b->kind != BOX_FILL;
}

/* Is box I the same thing as J, which stays: a ring around it, or a piece of a mark? */
static bool is_part(const struct box *i, const struct box *j)
{
    if (i->kind == BOX_FRAME && j->kind == BOX_FRAME) {
        long outer = rect_area(i->inner), inner = rect_area(j->inner);
        return concentric(i->rect, j->rect, 5) && (outer > inner || (outer == inner && i > j));
    }
    if (i->kind == BOX_FRAME && box_is_mark(j))
        return rect_inside(i->rect, rect_grow(j->rect, 3)) || concentric(i->rect, j->rect, 5);
    if (i->kind != BOX_RULE && i->kind == j->kind)
        return rect_inside(i->rect, j->rect) && rect_area(i->rect) < rect_area(j->rect);
    if (i->kind == BOX_CHECK || i->kind == BOX_RADIO) /* a dot, a knob, a thumb */
        return box_is_mark(j) && rect_inside(i->rect, j->rect) &&
               rect_area(i->rect) < rect_area(j->rect);
    return i->kind == BOX_RULE && j->kind != BOX_RULE &&
           rect_inside(i->rect, rect_grow(j->rect, 2)) && j->rect.height < 4 * MARK_SIDE_MAX &&
           concentric(i->rect, j->rect, j->rect.height + 4);
}

/* Was the new box I among those that were kept? */
static bool is_known(const struct boxes *b, int i)
{
    for (int j = 0; j < b->kept && i >= b->kept; j++)
        if (b->items[j].kind == b->items[i].kind &&
            concentric(b->items[j].rect, b->items[i].rect, 1))
            return true;
    return false;
}

static void drop_parts(struct boxes *b)
{
    int kept = 0, known = b->kept;
    for (int i = 0; i < b->count; i++) {
        bool part = is_known(b, i);
        for (int j = 0; j < b->count && !part; j++) {
            if (i == j || (i < known && j < known) || !is_part(&b->items[i], &b->items[j]))
                continue;
            part = true;
            if (b->items[j].kind == BOX_FRAME && b->items[i].kind == BOX_FRAME) {
                b->items[j].rect = rect_union(b->items[j].rect, b->items[i].rect);
                b->items[j].ground = b->items[i].ground;
            }
        }
        b->items[i].parent = part ? -2 : -1;
    }
    for (int i = 0; i < b->count; i++) {
        b->kept -= i < known && b->items[i].parent != -1;
        if (b->items[i].parent == -1)
            b->items[kept++] = b->items[i];
    }
    b->count = kept;
}

static int compare_area(const void *a, const void *b)
{
    const struct box *p = a, *q = b;
    long d = rect_area(q->rect) - rect_area(p->rect);
    if (d)
        return d < 0 ? -1 : 1;
    return p->rect.y != q->rect.y ? p->rect.y - q->rect.y : p->rect.x - q->rect.x;
}

static void find_parents(struct boxes *b)
{
    for (int i = 0; i < b->count; i++) {
        b->items[i].parent = -1;
        for (int j = i - 1; j >= 0 && b->items[i].parent < 0; j--)
            if (b->items[j].kind == BOX_FRAME &&
                rect_inside(b->items[i].rect, rect_grow(b->items[j].rect, 1)) &&
                rect_area(b->items[j].rect) > rect_area(b->items[i].rect))
                b->items[i].parent = j;
    }
}

/* Drops the boxes that will be found again. */
static void keep_outside(struct boxes *b, struct band band)
{
    b->kept = 0;
    for (int i = 0; i < b->count; i++)
        if (!band_holds(band, rect_grow(b->items[i].rect, BORDER_REACH)))
            b->items[b->kept++] = b->items[i];
    b->count = b->kept;
}

void boxes_find(struct boxes *b, const struct frame *frame, const struct edges *edges)
{
    keep_outside(b, edges->band);
    find_frames(b, frame, edges);
    find_outlines(b, frame, edges);
    find_marks(b, frame, edges);
    drop_parts(b);
    for (int i = b->kept; i < b->count; i++)
        b->items[i].open = border_is_open(frame, &b->items[i]);
    if (b->count)
        qsort(b->items, (size_t)b->count, sizeof *b->items, compare_area);
    find_parents(b);
}

void boxes_finish(struct boxes *b)
{
    free(b->items);
    *b = (struct boxes){0};
}

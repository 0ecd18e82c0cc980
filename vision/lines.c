#include "vision/lines.h"

#include "base/buf.h"
#include "base/ints.h"
#include "vision/cuts.h"
#include "vision/pieces.h"

#include <stdlib.h>
#include <string.h>

#define LINE_HEIGHT_MIN 4
#define GIANT_TIMES     3
#define CARET_HEIGHT                                                                               \
    12 /* a lone stroke of one pixel that is this tall or taller is a caret, or a rule */

struct lines_work {
    struct blobs blobs;
    struct pieces pieces;
    int *gaps; /* owned; room for those of a line */
    int gap_capacity;
    struct band band;    /* where lines are looked for */
    struct rect *inside; /* owned; the barriers, from the top of the band */
    int inside_count, inside_capacity;
    struct plane rows; /* borrowed; of the band */
    int kept;          /* lines found before, outside the band */
};

/* Is it a piece of a line that is kept, or cut off by the end of the band? */
static bool is_piece(const struct lines *l, struct rect box)
{
    for (int i = 0; i < l->work->kept; i++)
        if (!rect_empty(rect_common(l->boxes[i], box)))
            return true;
    return !band_holds(l->work->band, box);
}

static void lines_add(struct lines *l, struct rect box)
{
    /* Edges lie between pixels: the first column and row are not ink. */
    box = (struct rect){box.x + 1, box.y + 1, box.width - 1, box.height - 1};
    const struct lines_work *w = l->work;
    box = cuts_mend(box, &w->rows, &w->blobs, w->inside, w->inside_count);
    box.y += w->band.top;
    if (box.height < LINE_HEIGHT_MIN || box.width < 1 ||
        (box.width == 1 && box.height >= CARET_HEIGHT) || is_piece(l, box))
        return;
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? l->capacity * 2 : 256;
        l->boxes = mem_resize(l->boxes, (size_t)l->capacity * sizeof *l->boxes);
    }
    l->boxes[l->count++] = box;
}

static int by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/*
 * From which gap on the pieces of a line are not one line of text: some em always (HEIGHT is about
 * an em), and less where the line's other spaces are much smaller.
 */
static int gap_limit(int *gaps, int count, int height)
{
    int spaces = 0;
    for (int i = 0; i < count; i++)
        if (gaps[i] * 5 > height)
            gaps[spaces++] = gaps[i];
    int limit = height;
    if (spaces < 2)
        return min_int(limit, height * 7 / 8);
    qsort(gaps, (size_t)spaces, sizeof *gaps, by_value);
    int ordinary = gaps[(spaces - 1) / 2];
    return min_int(limit, max_int(ordinary * 9 / 5, height / 2));
}

static bool is_apart(struct rect a, struct rect b, int gap)
{
    return a.x + a.width + gap < b.x || b.x + b.width + gap < a.x;
}

/* The piece that is so much higher than the letters beside it, and apart from them, that it is
 * none: the knob of a scroll bar, a picture; -1: none. */
static int find_giant(const struct piece *pieces, int count)
{
    int giant = 0;
    struct rect letters = {0};
    for (int i = 1; i < count; i++)
        if (pieces[i].box.height > pieces[giant].box.height)
            giant = i;
    struct rect box = pieces[giant].box;
    for (int i = 0; i < count; i++)
        if (is_apart(pieces[i].box, box, 0))
            letters = rect_union(letters, pieces[i].box);
    bool much = letters.height * GIANT_TIMES <= box.height && letters.width >= letters.height;
    for (int i = 0; i < count && much; i++)
        if (is_apart(pieces[i].box, box, 0) && !is_apart(pieces[i].box, box, letters.height / 2))
            much = false;
    return much && !rect_empty(letters) ? giant : -1;
}

/* Cuts a line (PIECES, from left to right, COUNT) where its gaps are too wide. */
static void line_cut(struct lines *l, const struct piece *pieces, int count)
{
    int *gaps = l->work->gaps, gap_count = 0;
    struct rect all = pieces[0].box;
    for (int i = 1; i < count; i++) {
        int gap = pieces[i].box.x - (all.x + all.width);
        if (gap > 0)
            gaps[gap_count++] = gap;
        all = rect_union(all, pieces[i].box);
    }
    int limit = gap_limit(gaps, gap_count, all.height);
    struct rect box = pieces[0].box;
    for (int i = 1; i < count; i++) {
        int gap = pieces[i].box.x - (box.x + box.width);
        if (gap > limit || (box.width > LINE_WIDTH_MAX / 2 && gap * 5 > all.height) ||
            box.width + pieces[i].box.width > LINE_WIDTH_MAX) {
            lines_add(l, box);
            box = pieces[i].box;
        } else {
            box = rect_union(box, pieces[i].box);
        }
    }
    lines_add(l, box);
}

/* A line without what is no letter of it, and what stands above or below that. */
static void line_find(struct lines *l, const struct piece *pieces, int count)
{
    int giant = find_giant(pieces, count), first = giant, last = giant;
    if (giant < 0) {
        line_cut(l, pieces, count);
        return;
    }
    while (first > 0 && !is_apart(pieces[first - 1].box, pieces[giant].box, 0))
        first--;
    while (last + 1 < count && !is_apart(pieces[last + 1].box, pieces[giant].box, 0))
        last++;
    for (int i = first; i <= last; i++)
        lines_add(l, pieces[i].box);
    if (first > 0)
        line_cut(l, pieces, first);
    if (last + 1 < count)
        line_cut(l, pieces + last + 1, count - last - 1);
}

static void groups_cut(struct lines *l)
{
    struct lines_work *w = l->work;
    const struct piece *items = w->pieces.items;
    if (w->pieces.count > w->gap_capacity) {
        w->gap_capacity = w->pieces.capacity;
        w->gaps = mem_resize(w->gaps, (size_t)w->gap_capacity * sizeof *w->gaps);
    }
    for (int start = 0, end; start < w->pieces.count; start = end) {
        for (end = start + 1; end < w->pieces.count; end++)
            if (items[end].group != items[start].group)
                break;
        line_find(l, items + start, end - start);
    }
}

static int by_middle(const void *a, const void *b)
{
    const struct rect *p = a, *q = b;
    int d = (2 * p->y + p->height) - (2 * q->y + q->height);
    return d ? d : p->x - q->x;
}

static int by_x(const void *a, const void *b)
{
    return ((const struct rect *)a)->x - ((const struct rect *)b)->x;
}

void lines_sort(struct lines *l)
{
    if (!l->count)
        return;
    qsort(l->boxes, (size_t)l->count, sizeof *l->boxes, by_middle);
    for (int start = 0, end; start < l->count; start = end) {
        struct rect first = l->boxes[start];
        for (end = start + 1; end < l->count; end++)
            if (l->boxes[end].y + l->boxes[end].height / 2 >= first.y + first.height)
                break;
        qsort(l->boxes + start, (size_t)(end - start), sizeof *l->boxes, by_x);
    }
}

/* Drops the lines that will be found again. */
static void keep_outside(struct lines *l, struct band band)
{
    int kept = 0;
    for (int i = 0; i < l->count; i++)
        if (!band_holds(band, l->boxes[i]))
            l->boxes[kept++] = l->boxes[i];
    l->count = l->work->kept = kept;
    l->work->band = band;
}

/* The barriers as seen from the top of the band. */
static void barriers_inside(struct lines_work *w, const struct rect *barriers, int count)
{
    w->inside_count = count;
    if (count > w->inside_capacity) {
        w->inside_capacity = count * 2;
        w->inside = mem_resize(w->inside, (size_t)w->inside_capacity * sizeof *w->inside);
    }
    for (int i = 0; i < count; i++) {
        w->inside[i] = barriers[i];
        w->inside[i].y -= w->band.top;
    }
}

static int by_area(const void *a, const void *b)
{
    long p = rect_area(*(const struct rect *)a), q = rect_area(*(const struct rect *)b);
    return p != q ? (p < q) - (p > q) : by_middle(a, b);
}

static int length_of(struct rect line)
{
    return 1 + line.width / line.height;
}

static void lines_bound(struct lines *l)
{
    int length = 0, kept = 0;
    for (int i = 0; i < l->count; i++)
        length += length_of(l->boxes[i]);
    if (length <= LINES_LENGTH_MAX)
        return;
    qsort(l->boxes, (size_t)l->count, sizeof *l->boxes, by_area);
    for (length = 0; length <= LINES_LENGTH_MAX; kept++)
        length += length_of(l->boxes[kept]);
    l->count = kept;
}

void lines_find(struct lines *l, const struct plane *gray, struct band band,
                const struct rect *barriers, int barrier_count)
{
    if (!l->work)
        l->work = mem_zero(1, sizeof *l->work);
    struct lines_work *w = l->work;
    keep_outside(l, band);
    w->rows = plane_rows(gray, band.top, band.bottom);
    barriers_inside(w, barriers, barrier_count);
    blobs_find(&w->blobs, &w->rows, band, w->inside, w->inside_count);
    struct rect size = {0, 0, w->rows.width, w->rows.height};
    pieces_find(&w->pieces, &w->blobs, size, w->inside, w->inside_count);
    groups_cut(l);
    lines_bound(l);
}

void lines_finish(struct lines *l)
{
    if (l->work) {
        blobs_finish(&l->work->blobs);
        pieces_finish(&l->work->pieces);
        free(l->work->gaps);
        free(l->work->inside);
        free(l->work);
    }
    free(l->boxes);
    *l = (struct lines){0};
}

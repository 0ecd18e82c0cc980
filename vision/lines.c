#include "vision/lines.h"

#include "base/buf.h"
#include "vision/blobs.h"
#include "vision/cuts.h"

#include <stdlib.h>
#include <string.h>

#define LINE_HEIGHT_MIN 4
#define CARET_HEIGHT                                                                               \
    12 /* a lone stroke of one pixel that is this tall or taller is a caret, or a rule */

/*
 * A blob, or a group of blobs. Pieces are sorted from left to right, and what is joined hangs on
 * its leftmost piece; so the groups that are made of them come out sorted, too.
 */
struct piece {
    struct rect box;
    int barrier; /* the innermost barrier that holds it; -1 for none */
    bool fills;  /* that barrier, alone */
    int parent;  /* the piece it was joined to */
    int group;
    int top, bottom; /* of a group: of its letters, without the marks that came to them */
};

struct lines_work {
    struct blobs blobs;
    struct piece *pieces; /* owned */
    struct piece *groups; /* owned */
    int piece_count, group_count, capacity;
    int *gaps;           /* owned; of CAPACITY */
    struct band band;    /* where lines are looked for */
    struct rect *inside; /* owned; the barriers, from the top of the band */
    int inside_count, inside_capacity;
    struct plane rows; /* borrowed; of the band */
    int kept;          /* lines found before, outside the band */
};

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int piece_root(struct piece *p, int i)
{
    while (p[i].parent != i)
        i = p[i].parent = p[p[i].parent].parent;
    return i;
}

static void pieces_join(struct piece *p, int i, int j)
{
    i = piece_root(p, i);
    j = piece_root(p, j);
    if (i < j)
        p[j].parent = i;
    else
        p[i].parent = j;
}

static int by_left(const void *a, const void *b)
{
    const struct piece *p = a, *q = b;
    if (p->box.x != q->box.x)
        return p->box.x - q->box.x;
    return p->box.y - q->box.y;
}

static int barrier_of(struct rect box, const struct rect *barriers, int count)
{
    struct point p = rect_center(box);
    int best = -1;
    for (int i = 0; i < count; i++)
        if (rect_holds(barriers[i], p) &&
            (best < 0 || rect_area(barriers[i]) < rect_area(barriers[best])))
            best = i;
    return best;
}

static void pieces_make(struct lines_work *w, const struct rect *barriers, int barrier_count)
{
    int count = w->blobs.count;
    if (count > w->capacity) {
        w->capacity = count + count / 2;
        w->pieces = mem_resize(w->pieces, (size_t)w->capacity * sizeof *w->pieces);
        w->groups = mem_resize(w->groups, (size_t)w->capacity * sizeof *w->groups);
        w->gaps = mem_resize(w->gaps, (size_t)w->capacity * sizeof *w->gaps);
    }
    w->piece_count = count;
    for (int i = 0; i < count; i++) {
        struct rect box = w->blobs.boxes[i];
        w->pieces[i] =
            (struct piece){.box = box, .barrier = barrier_of(box, barriers, barrier_count)};
    }
    if (count)
        qsort(w->pieces, (size_t)count, sizeof *w->pieces, by_left);
    for (int i = 0; i < count; i++)
        w->pieces[i].parent = i;
}

/* Pixels between two boxes; negative when one is above the other. */
static int gap_across(struct rect a, struct rect b)
{
    return max_int(a.x, b.x) - min_int(a.x + a.width, b.x + b.width);
}

static int overlap_down(struct rect a, struct rect b)
{
    return min_int(a.y + a.height, b.y + b.height) - max_int(a.y, b.y);
}

/*
 * May two pieces be of one line, as far as barriers go? Where a barrier is no larger than a letter
 * and the next letter as near to it as letters are, it was a letter (an O is like a radio button).
 */
static bool same_side(const struct piece *a, const struct piece *b, int gap, int tall)
{
    if (a->barrier == b->barrier)
        return true;
    return gap <= max_int(2, tall / 8) && (a->fills || b->fills);
}

/* Letters of one line share more than half of their height, with or without ascenders. */
static void letters_join(struct piece *p, int count)
{
    for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
            int gap = p[j].box.x - (p[i].box.x + p[i].box.width);
            if (gap > BLOB_HEIGHT_MAX * 3 / 2)
                break;
            int tall = max_int(p[i].box.height, p[j].box.height);
            if (same_side(&p[i], &p[j], gap, tall) && gap <= tall * 3 / 2 &&
                overlap_down(p[i].box, p[j].box) * 2 >= tall)
                pieces_join(p, i, j);
        }
    }
}

static void groups_make(struct lines_work *w)
{
    struct piece *p = w->pieces;
    w->group_count = 0;
    for (int i = 0; i < w->piece_count; i++) {
        int root = piece_root(p, i);
        if (root == i) {
            p[i].group = w->group_count;
            w->groups[w->group_count] = p[i];
            w->groups[w->group_count].parent = w->group_count;
            w->group_count++;
        } else { /* after its root, which stands further left */
            struct piece *group = &w->groups[p[root].group];
            p[i].group = p[root].group;
            group->box = rect_union(group->box, p[i].box);
        }
    }
    for (int i = 0; i < w->group_count; i++) {
        w->groups[i].top = w->groups[i].box.y;
        w->groups[i].bottom = w->groups[i].box.y + w->groups[i].box.height;
    }
}

/* How badly a mark (a dot, comma, accent, dash, asterisk) fits to a line of letters; negative: not
 * at all. */
static int mark_misfit(struct rect mark, const struct piece *line)
{
    int tall = line->bottom - line->top, middle = mark.y + mark.height / 2;
    if (mark.height * 5 > tall * 3 || mark.width > 2 * tall)
        return -1;
    int out = max_int(0, max_int(line->top - middle, middle - line->bottom));
    int gap = max_int(0, gap_across(mark, line->box));
    /* What lies above or below the letters belongs to one of them: it does not stand apart. */
    if (out * 20 > tall * 7 || gap * 10 > tall * (out ? 2 : 7))
        return -1;
    return out * 2 + gap;
}

/* Each mark goes to the one line that it fits best, so that no dot joins two lines. */
static void marks_join(struct piece *p, int count)
{
    for (int i = 0; i < count; i++) {
        int best = -1, least = 0;
        for (int j = 0; j < count && p[j].box.x <= p[i].box.x + p[i].box.width + BLOB_HEIGHT_MAX;
             j++) {
            if (j == i || p[j].parent != j || p[j].barrier != p[i].barrier)
                continue;
            int misfit = mark_misfit(p[i].box, &p[j]);
            if (misfit >= 0 && (best < 0 || misfit < least)) {
                best = j;
                least = misfit;
            }
        }
        if (best < 0)
            continue;
        struct piece *root = &p[min_int(i, best)];
        *root = (struct piece){.box = rect_union(p[best].box, p[i].box),
                               .barrier = p[i].barrier,
                               .parent = min_int(i, best),
                               .top = p[best].top,
                               .bottom = p[best].bottom};
        p[max_int(i, best)].parent = min_int(i, best);
    }
}

static void groups_join(struct lines_work *w)
{
    marks_join(w->groups, w->group_count);
    /* Where only a dash was between two parts of a line, they are near each other now. */
    struct piece *g = w->groups;
    for (int i = 0; i < w->group_count; i++) {
        for (int j = i + 1; j < w->group_count; j++) {
            if (g[j].parent != j || g[i].parent != i || g[i].barrier != g[j].barrier)
                continue;
            int gap = gap_across(g[i].box, g[j].box);
            int tall = max_int(g[i].box.height, g[j].box.height);
            if (gap <= tall && overlap_down(g[i].box, g[j].box) * 2 >= tall) {
                g[j].parent = i;
                g[i].box = rect_union(g[i].box, g[j].box);
            }
        }
    }
}

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

static int by_group(const void *a, const void *b)
{
    const struct piece *p = a, *q = b;
    return p->group != q->group ? p->group - q->group : by_left(a, b);
}

static void groups_cut(struct lines *l)
{
    struct lines_work *w = l->work;
    for (int i = 0; i < w->piece_count; i++)
        w->pieces[i].group = piece_root(w->groups, w->pieces[i].group);
    if (w->piece_count)
        qsort(w->pieces, (size_t)w->piece_count, sizeof *w->pieces, by_group);
    for (int start = 0, end; start < w->piece_count; start = end) {
        for (end = start + 1; end < w->piece_count; end++)
            if (w->pieces[end].group != w->pieces[start].group)
                break;
        line_cut(l, w->pieces + start, end - start);
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
    pieces_make(w, w->inside, w->inside_count);
    letters_join(w->pieces, w->piece_count);
    groups_make(w);
    groups_join(w);
    groups_cut(l);
}

void lines_finish(struct lines *l)
{
    if (l->work) {
        blobs_finish(&l->work->blobs);
        free(l->work->pieces);
        free(l->work->groups);
        free(l->work->gaps);
        free(l->work->inside);
        free(l->work);
    }
    free(l->boxes);
    *l = (struct lines){0};
}

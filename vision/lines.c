#include "vision/lines.h"

#include "base/buf.h"
#include "vision/blobs.h"

#include <stdlib.h>
#include <string.h>

/* A blob, then a group of them on its way to a line. */
struct piece {
    struct rect box;
    int barrier; /* the innermost barrier that holds it; -1 for none */
    int parent;  /* the piece it was joined to */
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

static int gap_between(struct rect a, struct rect b)
{
    return max_int(a.x, b.x) - min_int(a.x + a.width, b.x + b.width);
}

static int overlap_down(struct rect a, struct rect b)
{
    return min_int(a.y + a.height, b.y + b.height) - max_int(a.y, b.y);
}

/* Replaces joined pieces by one around them; COUNT becomes less. */
static int pieces_gather(struct piece *p, int count)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        int root = piece_root(p, i);
        if (root != i)
            p[root].box = rect_union(p[root].box, p[i].box);
    }
    for (int i = 0; i < count; i++)
        if (p[i].parent == i)
            p[kept++] = p[i];
    qsort(p, (size_t)kept, sizeof *p, by_left);
    for (int i = 0; i < kept; i++)
        p[i].parent = i;
    return kept;
}

/* Letters of one line share more than half of their height. */
static void letters_join(struct piece *p, int count)
{
    for (int i = 0; i < count; i++) {
        for (int j = i + 1; j < count; j++) {
            int gap = p[j].box.x - (p[i].box.x + p[i].box.width);
            if (gap > BLOB_HEIGHT_MAX * 3 / 2)
                break;
            int tall = max_int(p[i].box.height, p[j].box.height);
            if (p[i].barrier == p[j].barrier && gap <= tall * 3 / 2 &&
                overlap_down(p[i].box, p[j].box) * 2 >= tall)
                pieces_join(p, i, j);
        }
    }
}

/* How badly a mark (a dot, comma, accent, dash, asterisk) fits to a line of letters; negative: not
 * at all. */
static int mark_misfit(struct rect mark, struct rect line)
{
    int tall = line.height;
    if (mark.height * 5 > tall * 3 || mark.width > 2 * tall)
        return -1;
    int middle = mark.y + mark.height / 2;
    int out = max_int(0, max_int(line.y - middle, middle - (line.y + line.height)));
    int gap = max_int(0, gap_between(mark, line));
    if (out * 20 > tall * 7 || gap * 10 > tall * 7)
        return -1;
    return out * 2 + gap;
}

static void marks_attach(struct piece *p, int count)
{
    for (int i = 0; i < count; i++) {
        int best = -1, least = 0;
        for (int j = 0; j < count; j++) {
            if (j == i || p[j].parent != j || p[j].barrier != p[i].barrier)
                continue;
            int misfit = mark_misfit(p[i].box, p[j].box);
            if (misfit >= 0 && (best < 0 || misfit < least)) {
                best = j;
                least = misfit;
            }
        }
        if (best >= 0) {
            p[i].parent = best;
            p[best].box = rect_union(p[best].box, p[i].box);
        }
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

/* Row by row from top to bottom; what stands beside each other is one row. */
static void lines_sort(struct lines *l)
{
    qsort(l->boxes, (size_t)l->count, sizeof *l->boxes, by_middle);
    for (int start = 0, end; start < l->count; start = end) {
        struct rect first = l->boxes[start];
        for (end = start + 1; end < l->count; end++)
            if (l->boxes[end].y + l->boxes[end].height / 2 >= first.y + first.height)
                break;
        qsort(l->boxes + start, (size_t)(end - start), sizeof *l->boxes, by_x);
    }
}

static void lines_add(struct lines *l, struct rect box)
{
    box.x++, box.y++, box.width--, box.height--;
    if (box.height < 3 || box.width < 1)
        return;
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? l->capacity * 2 : 128;
        l->boxes = mem_resize(l->boxes, (size_t)l->capacity * sizeof *l->boxes);
    }
    l->boxes[l->count++] = box;
}

void lines_find(struct lines *l, const struct plane *gray, const struct rect *barriers,
                int barrier_count)
{
    static struct blobs blobs;
    blobs_find(&blobs, gray, barriers, barrier_count);
    struct piece *p = mem_alloc((size_t)(blobs.count + 1) * sizeof *p);
    int count = blobs.count;
    for (int i = 0; i < count; i++)
        p[i] = (struct piece){blobs.items[i].box,
                              barrier_of(blobs.items[i].box, barriers, barrier_count), i};
    qsort(p, (size_t)count, sizeof *p, by_left);
    for (int i = 0; i < count; i++)
        p[i].parent = i;
    letters_join(p, count);
    count = pieces_gather(p, count);
    marks_attach(p, count);
    count = pieces_gather(p, count);
    letters_join(p, count);
    count = pieces_gather(p, count);
    l->count = 0;
    for (int i = 0; i < count; i++)
        lines_add(l, p[i].box);
    lines_sort(l);
    free(p);
}

void lines_finish(struct lines *l)
{
    free(l->boxes);
    *l = (struct lines){0};
}

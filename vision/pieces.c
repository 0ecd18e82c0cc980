#include "vision/pieces.h"

#include "base/buf.h"
#include "base/ints.h"
#include "vision/grid.h"

#include <stdlib.h>

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

static void pieces_make(struct pieces *p, const struct blobs *blobs, const struct rect *barriers,
                        int barrier_count)
{
    int count = blobs->count;
    if (count > p->capacity) {
        p->capacity = count + count / 2;
        p->items = mem_resize(p->items, (size_t)p->capacity * sizeof *p->items);
        p->groups = mem_resize(p->groups, (size_t)p->capacity * sizeof *p->groups);
    }
    p->count = count;
    for (int i = 0; i < count; i++) {
        struct rect box = blobs->boxes[i];
        p->items[i] =
            (struct piece){.box = box, .barrier = barrier_of(box, barriers, barrier_count)};
    }
    if (count)
        qsort(p->items, (size_t)count, sizeof *p->items, by_left);
    for (int i = 0; i < count; i++)
        p->items[i].parent = i;
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

/* Letters of one line share more than half of their height, with or without ascenders; they are
 * inside of the same barrier. */
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

static void groups_make(struct pieces *p)
{
    struct piece *items = p->items;
    p->group_count = 0;
    for (int i = 0; i < p->count; i++) {
        int root = piece_root(items, i);
        if (root == i) {
            items[i].group = p->group_count;
            p->groups[p->group_count] = items[i];
            p->groups[p->group_count].parent = p->group_count;
            p->group_count++;
        } else { /* after its root, which stands further left */
            struct piece *group = &p->groups[items[root].group];
            items[i].group = items[root].group;
            group->box = rect_union(group->box, items[i].box);
        }
    }
    for (int i = 0; i < p->group_count; i++) {
        p->groups[i].top = p->groups[i].box.y;
        p->groups[i].bottom = p->groups[i].box.y + p->groups[i].box.height;
    }
}

#define OUT_MAX 35 /* hundredths of a line's height from it to the middle of a mark */
#define GAP_MAX 70 /* from it to the side of a mark */

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
    if (out * 100 > tall * OUT_MAX || gap * 10 > tall * (out ? 2 : 7))
        return -1;
    return out * 2 + gap;
}

/* Where the middle of a mark may be, and its sides, that goes to a line whose box (or a part of it)
 * is BOX. */
static struct rect marks_place(struct rect box, const struct piece *line)
{
    int tall = line->bottom - line->top, out = tall * OUT_MAX / 100 + 1;
    int gap = tall * GAP_MAX / 100 + 1;
    return (struct rect){box.x - gap, line->top - out, box.width + 2 * gap, tall + 2 * out};
}

/* The group that mark I fits best, of equals the one furthest to the left; -1: none. */
static int mark_line(struct pieces *p, int i)
{
    struct piece *g = p->groups;
    struct rect mark = g[i].box;
    int best = -1, least = 0, end = mark.x + mark.width;
    for (int x = mark.x; x < end + GRID_WIDTH; x += GRID_WIDTH) {
        int at = grid_first(p->grid, x < end ? x : end, mark.y + mark.height / 2);
        for (; at >= 0; at = p->grid->entries[at].next) {
            int j = piece_root(g, p->grid->entries[at].number);
            if (j == i || g[j].barrier != g[i].barrier || g[j].box.x > end + BLOB_HEIGHT_MAX)
                continue;
            int misfit = mark_misfit(mark, &g[j]);
            if (misfit >= 0 && (best < 0 || misfit < least || (misfit == least && j < best))) {
                best = j;
                least = misfit;
            }
        }
    }
    return best;
}

/* Each mark goes to the one line that it fits best, so that no dot joins two lines. */
static void marks_join(struct pieces *p, struct rect size)
{
    struct piece *g = p->groups;
    grid_reset(p->grid, size.width, size.height);
    for (int i = 0; i < p->group_count; i++)
        grid_add(p->grid, marks_place(g[i].box, &g[i]), i);
    for (int i = 0; i < p->group_count; i++) {
        int best = mark_line(p, i);
        if (best < 0)
            continue;
        int root = min_int(i, best);
        struct rect mark = g[i].box;
        g[root] = (struct piece){.box = rect_union(g[best].box, mark),
                                 .barrier = g[i].barrier,
                                 .parent = root,
                                 .top = g[best].top,
                                 .bottom = g[best].bottom};
        g[max_int(i, best)].parent = root;
        grid_add(p->grid, marks_place(mark, &g[root]), root);
    }
}

/* Where only a dash was between two parts of a line, they are near each other now. */
static void groups_join(struct pieces *p)
{
    struct piece *g = p->groups;
    int tallest = 0;
    for (int i = 0; i < p->group_count; i++)
        tallest = max_int(tallest, g[i].box.height);
    for (int i = 0; i < p->group_count; i++) {
        for (int j = i + 1; j < p->group_count && g[i].parent == i; j++) {
            if (g[j].box.x - g[i].box.x - g[i].box.width > max_int(tallest, g[i].box.height))
                break;
            if (g[j].parent != j || g[i].barrier != g[j].barrier)
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

static int by_group(const void *a, const void *b)
{
    const struct piece *p = a, *q = b;
    return p->group != q->group ? p->group - q->group : by_left(a, b);
}

void pieces_find(struct pieces *p, const struct blobs *blobs, struct rect size,
                 const struct rect *barriers, int barrier_count)
{
    if (!p->grid)
        p->grid = mem_zero(1, sizeof *p->grid);
    pieces_make(p, blobs, barriers, barrier_count);
    letters_join(p->items, p->count);
    groups_make(p);
    marks_join(p, size);
    groups_join(p);
    for (int i = 0; i < p->count; i++)
        p->items[i].group = piece_root(p->groups, p->items[i].group);
    if (p->count)
        qsort(p->items, (size_t)p->count, sizeof *p->items, by_group);
}

void pieces_finish(struct pieces *p)
{
    if (p->grid)
        grid_finish(p->grid);
    free(p->grid);
    free(p->items);
    free(p->groups);
    *p = (struct pieces){0};
}

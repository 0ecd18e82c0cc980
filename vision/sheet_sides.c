/* Cells of several lines stand out of line with the one line of the others, and so at a side of the
 * sheet that was found: what stands there in the bands of its rows, and nowhere else, is a column.
 */
#include "vision/sheet.h"

#include <stdlib.h>
#include <string.h>

#define OUTSIDE_MAX 320 /* pixels from the sheet to a column beside it */
#define LINE_SLACK  4
#define DRIFT_MAX   7 /* by which its fragments may stand elsewhere in their rows */
#define COLUMNS_MAX 4 /* that are added on one side */

/* The row with half of what is between it and its neighbours. */
static struct span band_of(const struct sheet *g, int row)
{
    const struct span *r = g->rows;
    int above = row ? r[row].from - r[row - 1].to : r[1].from - r[0].to;
    int below = row + 1 < g->row_count ? r[row + 1].from - r[row].to : above;
    return (struct span){r[row].from - above / 2, r[row].to + below / 2};
}

static int side_of(const struct sheet *g, bool right)
{
    return right ? g->columns[g->column_count - 1].to : g->columns[0].from;
}

/* Is it clear of the sheet on that side, and near? */
static bool is_outside(const struct sheet *g, bool right, struct rect r)
{
    int gap = right ? r.x - side_of(g, true) : side_of(g, false) - r.x - r.width;
    return gap >= 0 && gap <= OUTSIDE_MAX;
}

/* Where the nearest fragment beside the row begins; -1: there is none. */
static int nearest(const struct sheet *g, const struct fragments *p, int row, bool right)
{
    struct span band = band_of(g, row);
    int best = -1, end = 0;
    for (int i = fragments_from(p, band.from);
         i < p->count && rect_center(p->items[i].box).y < band.to; i++) {
        struct rect r = p->items[i].box;
        if (!is_outside(g, right, r) || (best >= 0 && (right ? r.x >= best : r.x + r.width <= end)))
            continue;
        best = r.x;
        end = r.x + r.width;
    }
    return best;
}

/* Where the nearest fragments of at least two thirds of the rows begin; -1: at different places. */
static int common_left(const struct sheet *g, const struct fragments *p, bool right)
{
    int starts[SHEET_ROWS];
    for (int i = 0; i < g->row_count; i++)
        starts[i] = nearest(g, p, i, right);
    for (int i = 0; i < g->row_count; i++) {
        int alike = 0;
        for (int j = 0; j < g->row_count; j++)
            alike += starts[j] >= 0 && abs(starts[j] - starts[i]) <= LINE_SLACK;
        if (starts[i] >= 0 && alike * 3 >= g->row_count * 2)
            return starts[i];
    }
    return -1;
}

/* Around all that begins at X beside the row; empty for nothing. It gets SET, if that is one. */
static struct rect take(const struct sheet *g, struct fragments *p, int row, int x, int set)
{
    struct span band = band_of(g, row);
    struct rect all = {0};
    for (int i = fragments_from(p, band.from);
         i < p->count && rect_center(p->items[i].box).y < band.to; i++) {
        struct fragment *fragment = &p->items[i];
        if (abs(fragment->box.x - x) > LINE_SLACK)
            continue;
        all = rect_empty(all) ? fragment->box : rect_union(all, fragment->box);
        fragment->set = set >= 0 ? set : fragment->set;
    }
    return all;
}

/* A list beside the sheet goes by steps of its own. */
static bool drifts(const struct sheet *g, struct fragments *p, int x)
{
    int least[2] = {0}, most[2] = {0}, count = 0;
    for (int i = 0; i < g->row_count; i++) {
        struct rect r = take(g, p, i, x, -1);
        int row = (g->rows[i].from + g->rows[i].to) / 2;
        int off[2] = {rect_center(r).y - row, r.y - g->rows[i].from};
        if (rect_empty(r))
            continue;
        for (int k = 0; k < 2; k++) {
            least[k] = !count || off[k] < least[k] ? off[k] : least[k];
            most[k] = !count || off[k] > most[k] ? off[k] : most[k];
        }
        count++;
    }
    return most[0] - least[0] > DRIFT_MAX && most[1] - least[1] > DRIFT_MAX;
}

static void add_column(struct sheet *g, struct fragments *p, int x, int set, bool right)
{
    struct span column = {x, x};
    struct rect boxes[SHEET_ROWS];
    for (int i = 0; i < g->row_count; i++) {
        boxes[i] = take(g, p, i, x, set);
        int end = boxes[i].x + boxes[i].width;
        column.to = end > column.to ? end : column.to;
    }
    for (int i = 0; i < g->row_count; i++) {
        struct span *row = &g->rows[i];
        int bottom = boxes[i].y + boxes[i].height;
        if (rect_empty(boxes[i]))
            continue;
        row->from = boxes[i].y < row->from ? boxes[i].y : row->from;
        row->to = bottom > row->to ? bottom : row->to;
    }
    if (!right)
        memmove(g->columns + 1, g->columns, (size_t)g->column_count * sizeof *g->columns);
    g->columns[right ? g->column_count : 0] = column;
    g->column_count++;
}

void sheet_widen(struct sheet *g, struct fragments *p, int set)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < COLUMNS_MAX && g->column_count < SHEET_COLUMNS && g->row_count > 1;
             i++) {
            int x = common_left(g, p, side == 1);
            if (x < 0 || drifts(g, p, x))
                break;
            add_column(g, p, x, set, side == 1);
        }
}

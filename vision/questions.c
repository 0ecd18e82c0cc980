/*
 * Marks in rows and columns, as in a survey or among permissions. No text stands beside such a
 * mark: the question left of its row and the head over its column name it together.
 */
#include "vision/view.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS     32
#define LINE_SLACK  4   /* pixels that marks of a row or column may be out of line */
#define ROW_MAX     160 /* pixels from row to row */
#define HEAD_ABOVE  72  /* from a column's head down to its first mark */
#define HEAD_SHIFT  8   /* a head begins at most so far right of its marks */
#define LINE_GAP    0.7 /* of a line's height, between the lines of one text */
#define MATCHES_MIN 2   /* marks of a row that stand in columns of the row above it */

/* Marks beside each other without any text between. */
struct row {
    const int *marks; /* controls, left to right */
    int count;
};

struct grid {
    const struct row *rows;
    int row_count;
    int heads[COLUMNS]; /* the lowest phrase of each; -1: none */
    const char *names[COLUMNS];
};

static int center(struct rect r)
{
    return r.x + r.width / 2;
}

static struct rect mark_box(const struct view *v, const struct row *r, int i)
{
    return v->controls[r->marks[i]].box;
}

static bool in_row(const struct control *a, const struct control *b)
{
    return a->role == b->role && abs(rect_center(a->box).y - rect_center(b->box).y) <= LINE_SLACK;
}

static bool is_text_between(const struct view *v, struct rect a, struct rect b)
{
    struct rect way = {a.x + a.width, a.y, b.x - a.x - a.width, a.height};
    for (int i = 0; i < v->phrase_count; i++)
        if (!rect_empty(rect_common(way, v->phrases[i].box)))
            return true;
    return false;
}

/* The marks row by row, each from left to right: returns how many. */
static int sort_marks(const struct view *v, int *marks)
{
    int count = 0;
    for (int i = 0; i < v->control_count; i++) {
        const struct control *c = &v->controls[i];
        if (!role_is_checkable(c->role))
            continue;
        int at = count++;
        for (; at > 0; at--) {
            const struct control *before = &v->controls[marks[at - 1]];
            if (in_row(before, c) ? before->box.x <= c->box.x : before->box.y <= c->box.y)
                break;
            marks[at] = marks[at - 1];
        }
        marks[at] = i;
    }
    return count;
}

static int find_rows(const struct view *v, const int *marks, int count, struct row *rows)
{
    int found = 0;
    for (int i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && n < COLUMNS; n++) {
            const struct control *a = &v->controls[marks[i + n - 1]];
            const struct control *b = &v->controls[marks[i + n]];
            if (!in_row(a, b) || is_text_between(v, a->box, b->box))
                break;
        }
        if (n > 1)
            rows[found++] = (struct row){marks + i, n};
    }
    return found;
}

/* The column of the first row that the mark stands in; -1: none. */
static int column_of(const struct view *v, const struct row *first, struct rect mark)
{
    for (int i = 0; i < first->count; i++)
        if (abs(center(mark_box(v, first, i)) - center(mark)) <= LINE_SLACK)
            return i;
    return -1;
}

static bool goes_on(const struct view *v, const struct row *first, const struct row *last,
                    const struct row *next)
{
    int matches = 0, step = mark_box(v, next, 0).y - mark_box(v, last, 0).y;
    for (int i = 0; i < next->count; i++)
        matches += column_of(v, first, mark_box(v, next, i)) >= 0;
    return v->controls[first->marks[0]].role == v->controls[next->marks[0]].role && step > 0 &&
           step <= ROW_MAX && matches >= MATCHES_MIN;
}

/* Does the text stand over this column alone? */
static bool is_over(const struct view *v, const struct row *first, int column, struct rect text)
{
    struct rect mark = mark_box(v, first, column);
    int left = column > 0 ? center(mark_box(v, first, column - 1)) : text.x - 1;
    int right =
        column + 1 < first->count ? center(mark_box(v, first, column + 1)) : text.x + text.width;
    return text.y + text.height <= mark.y + 2 && text.x > left && text.x + text.width <= right &&
           text.x <= mark.x + HEAD_SHIFT && text.x + text.width >= mark.x;
}

static int find_head(const struct view *v, const struct row *first, int column)
{
    int best = -1, lowest = mark_box(v, first, column).y - HEAD_ABOVE;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (v->phrases[i].label || !is_over(v, first, column, r) || r.y + r.height <= lowest)
            continue;
        lowest = r.y + r.height;
        best = i;
    }
    return best;
}

/* Is what stands at B the next line of the text at A, or part of the same? */
static bool is_near(struct rect a, struct rect b)
{
    int gap = b.y > a.y ? b.y - a.y - a.height : a.y - b.y - b.height;
    int least = a.height < b.height ? a.height : b.height;
    return gap <= LINE_GAP * least;
}

/* All that belongs to the text of FIRST and lies in AREA, line by line; from now on it labels. */
static const char *take_text(struct view *v, int first, struct rect area)
{
    struct rect all = v->phrases[first].box;
    struct buf text = {0};
    v->phrases[first].label = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < v->phrase_count; i++) {
            struct phrase *p = &v->phrases[i];
            if (p->label || !rect_holds(area, rect_center(p->box)) || !is_near(all, p->box))
                continue;
            p->label = more = true;
            all = rect_union(all, p->box);
        }
    }
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].label && rect_inside(v->phrases[i].box, all))
            buf_addf(&text, "%s%s", text.length ? " " : "", view_text(v, &v->phrases[i]));
    const char *kept = arena_text(&v->scene->arena, buf_text(&text));
    buf_finish(&text);
    return kept;
}

/* Have most columns a head? */
static bool has_heads(const struct view *v, struct grid *g)
{
    int found = 0;
    for (int i = 0; i < g->rows->count; i++)
        found += (g->heads[i] = find_head(v, g->rows, i)) >= 0;
    return found >= 2 && found * 2 >= g->rows->count;
}

static void read_heads(struct view *v, struct grid *g)
{
    for (int i = 0; i < g->rows->count; i++) {
        g->names[i] = "";
        if (g->heads[i] < 0)
            continue;
        struct rect mark = mark_box(v, g->rows, i), head = v->phrases[g->heads[i]].box;
        int half = head.width / 2;
        for (int j = i ? i - 1 : i + 1; j <= i + 1 && j < g->rows->count; j += 2) {
            int pitch = abs(center(mark_box(v, g->rows, j)) - center(mark)) / 2;
            half = pitch > half ? pitch : half;
        }
        struct rect area = {center(head) - half, mark.y - HEAD_ABOVE, 2 * half + 1, HEAD_ABOVE};
        g->names[i] = take_text(v, g->heads[i], area);
    }
}

/* What lies at the left of row I: half the way up to the row above it and down to the next. */
static struct rect area_left(const struct view *v, const struct grid *g, int i)
{
    struct rect mark = mark_box(v, &g->rows[i], 0);
    int here = rect_center(mark).y, above = 0, below = 0;
    if (i > 0)
        above = here - rect_center(mark_box(v, &g->rows[i - 1], 0)).y;
    if (i + 1 < g->row_count)
        below = rect_center(mark_box(v, &g->rows[i + 1], 0)).y - here;
    above = above ? above : below ? below : 2 * mark.height + 8;
    below = below ? below : above;
    return (struct rect){0, here - above / 2, mark.x, above / 2 + below / 2};
}

/* The text that stands nearest left of the row; -1: none. */
static int find_question(const struct view *v, struct rect area, int row)
{
    int best = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->label || !rect_holds(area, rect_center(p->box)) ||
            p->box.x + p->box.width > area.x + area.width ||
            abs(rect_center(p->box).y - row) > p->box.height ||
            (best >= 0 &&
             p->box.x + p->box.width <= v->phrases[best].box.x + v->phrases[best].box.width))
            continue;
        best = i;
    }
    return best;
}

static void name_row(struct view *v, const struct grid *g, int row)
{
    struct rect area = area_left(v, g, row);
    const struct row *r = &g->rows[row];
    int first = find_question(v, area, rect_center(mark_box(v, r, 0)).y);
    const char *question = "";
    if (first >= 0) {
        int from = v->phrases[first].box.x - LINE_SLACK;
        question = take_text(v, first, (struct rect){from, area.y, area.width - from, area.height});
    }
    for (int i = 0; i < r->count; i++) {
        int column = column_of(v, g->rows, mark_box(v, r, i));
        struct control *c = &v->controls[r->marks[i]];
        if (column < 0 || (first < 0 && g->heads[column] < 0))
            continue;
        c->label = first < 0 ? g->heads[column] : first;
        c->name = view_join(v, question, g->names[column]);
        c->group = *question ? question : NULL;
    }
}

/* Most rows of several have a question; one row may have it above the heads. */
static bool has_questions(const struct view *v, const struct grid *g)
{
    int found = 0;
    for (int i = 0; i < g->row_count; i++)
        found +=
            find_question(v, area_left(v, g, i), rect_center(mark_box(v, &g->rows[i], 0)).y) >= 0;
    return g->row_count == 1 || found * 2 > g->row_count;
}

void questions_find(struct view *v)
{
    size_t most = (size_t)v->control_count + 1;
    int *marks = arena_alloc(&v->scene->arena, most * sizeof *marks);
    struct row *rows = arena_alloc(&v->scene->arena, most * sizeof *rows);
    int row_count = find_rows(v, marks, sort_marks(v, marks), rows);
    for (int i = 0; i < row_count;) {
        struct grid g = {.rows = rows + i, .row_count = 1};
        while (i + g.row_count < row_count &&
               goes_on(v, rows + i, rows + i + g.row_count - 1, rows + i + g.row_count))
            g.row_count++;
        i += g.row_count;
        if (!has_heads(v, &g) || !has_questions(v, &g))
            continue;
        read_heads(v, &g);
        for (int r = 0; r < g.row_count; r++)
            name_row(v, &g, r);
    }
}

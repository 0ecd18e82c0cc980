/*
 * A table shows itself by what stands in line, below each other and beside each other at once,
 * whether it is ruled, striped or bare. A form, whose labels and fields stand so, too, is none, nor
 * are columns of running text.
 */
#include "vision/table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define GAP_MORE  10 /* pixels, with twice the usual gap: something else begins */
#define MARGIN    8  /* of the cells around what stands in them, at the table's sides */
#define WORDS_MAX 4  /* the mean of a column of words, not of running text */
#define CELLS_MAX 600
#define TOUCHING  4   /* pixels between heads of columns at most */
#define RULED     0.9 /* of the width, between two rows */
#define DRIFT_MAX 7   /* pixels, of the middles in a column beside those of its rows */

static bool is_field(const struct view *v, const struct fragment *p)
{
    return p->control >= 0 && role_is_field(v->controls[p->control].role);
}

/* A mark with its label. */
static bool is_option(const struct view *v, const struct fragment *p)
{
    return p->phrase >= 0 && p->control >= 0 && role_is_checkable(v->controls[p->control].role);
}

/* A fragment of the table, where it stands. */
struct place {
    const struct fragment *fragment;
    int row, column;
};

/* The next fragment of the table from I on; false when there is none. */
static bool next_place(const struct fragments *p, const struct table *t, int *i, struct place *out)
{
    for (; *i < p->count; (*i)++) {
        const struct fragment *fragment = &p->items[*i];
        if (fragment->set != t->set)
            continue;
        *out = (struct place){fragment, sheet_row(&t->sheet, fragment),
                              sheet_column(&t->sheet, fragment)};
        if (out->row < 0 || out->column < 0)
            continue;
        (*i)++;
        return true;
    }
    return false;
}

/* What is known of a column. */
struct column {
    int count, texts, words;
    int least, most; /* of the fragments' middles, from their rows' middles */
};

static struct column measure(const struct view *v, const struct fragments *p, const struct table *t,
                             int column)
{
    struct column c = {.least = INT_MAX, .most = INT_MIN};
    struct place at;
    for (int i = 0; next_place(p, t, &i, &at);) {
        if (at.column != column)
            continue;
        struct span row = t->sheet.rows[at.row];
        int off = rect_center(at.fragment->box).y - (row.from + row.to) / 2;
        c.least = off < c.least ? off : c.least;
        c.most = off > c.most ? off : c.most;
        c.count++;
        if (at.fragment->phrase >= 0) {
            c.texts++;
            c.words += v->phrases[at.fragment->phrase].count;
        }
    }
    return c;
}

/* A list beside the table has other steps, or ends earlier. */
static bool is_list_beside(const struct view *v, const struct fragments *p, const struct table *t,
                           int column)
{
    struct column c = measure(v, p, t, column);
    return c.count * 2 < t->sheet.row_count || c.most - c.least > DRIFT_MAX;
}

/* Rows are found anew without what stood beside the table. */
static bool drop_lists(const struct view *v, struct fragments *p, struct table *t)
{
    struct sheet *g = &t->sheet;
    int first = 0, last = g->column_count;
    while (last > 2 && is_list_beside(v, p, t, last - 1))
        last--;
    while (last - first > 2 && is_list_beside(v, p, t, first))
        first++;
    if (first == 0 && last == g->column_count)
        return true;
    struct place at;
    for (int i = 0; next_place(p, t, &i, &at);)
        if (at.column < first || at.column >= last)
            p->items[i - 1].set = -1;
    return sheet_make(g, p, t->set);
}

static int gap_over(const struct sheet *g, int row)
{
    return g->rows[row].from - g->rows[row - 1].to;
}

/* What at least half of the rows keep from the one above. */
static int usual_gap(const struct sheet *g)
{
    int usual = INT_MAX;
    for (int i = 1; i < g->row_count; i++) {
        int gap = gap_over(g, i), less = 0;
        for (int j = 1; j < g->row_count; j++)
            less += gap_over(g, j) <= gap;
        if (less * 2 >= g->row_count - 1 && gap < usual)
            usual = gap;
    }
    return usual;
}

/* Where there is clearly more room between two rows than elsewhere, something else begins. */
static void cut_apart(struct sheet *g)
{
    int usual = usual_gap(g);
    for (int i = g->row_count - 1; i > 0; i--)
        if (gap_over(g, i) > 2 * usual + GAP_MORE) {
            if (i * 2 >= g->row_count) {
                g->row_count = i;
                continue;
            }
            g->row_count -= i;
            memmove(g->rows, g->rows + i, (size_t)g->row_count * sizeof *g->rows);
            break;
        }
}

static bool has_text(const struct fragments *p, const struct table *t, int row)
{
    struct place at;
    for (int i = 0; next_place(p, t, &i, &at);)
        if (at.row == row && at.fragment->control < 0)
            return true;
    return false;
}

/* Under a table there may be a row of buttons or pages. */
static void drop_foot(const struct fragments *p, struct table *t)
{
    struct sheet *g = &t->sheet;
    while (g->row_count > 2 && !has_text(p, t, g->row_count - 1) &&
           has_text(p, t, g->row_count - 2))
        g->row_count--;
}

/* How many rows have a line, or the side of a stripe, to the next one. */
static int count_rules(const struct view *v, const struct table *t)
{
    int found = 0, width = t->box.width - 2 * MARGIN;
    for (int i = 1; i < t->sheet.row_count; i++) {
        bool ruled = false;
        for (int y = t->sheet.rows[i - 1].to; y < t->sheet.rows[i].from && !ruled; y++)
            ruled = edges_count(v->edges, (struct rect){t->box.x + MARGIN, y, width, 1}) >=
                    RULED * width;
        found += ruled;
    }
    return found;
}

/* Does the row hold but the second lines of some cells: few, and near to the row above? */
static bool is_second_line(const struct fragments *p, const struct table *t, int row)
{
    const struct sheet *g = &t->sheet;
    struct place at;
    int fragments = 0;
    for (int i = 0; next_place(p, t, &i, &at);)
        fragments += at.row == row;
    int next = row + 1 < g->row_count ? gap_over(g, row + 1) : usual_gap(g);
    return fragments * 2 <= g->column_count && gap_over(g, row) * 2 <= next;
}

static void join_lines(const struct fragments *p, struct table *t)
{
    struct sheet *g = &t->sheet;
    for (int i = g->row_count - 1; i > 0; i--)
        if (is_second_line(p, t, i)) {
            g->rows[i - 1].to = g->rows[i].to;
            g->row_count--;
            memmove(g->rows + i, g->rows + i + 1, (size_t)(g->row_count - i) * sizeof *g->rows);
        }
}

/* Half of what is between two rows goes to each; so at the ends. */
static struct rect bounds(const struct sheet *g)
{
    int top = g->rows[0].from, bottom = g->rows[g->row_count - 1].to;
    int left = g->columns[0].from - MARGIN;
    int right = g->columns[g->column_count - 1].to + MARGIN;
    int pad = gap_over(g, g->row_count - 1) / 2;
    pad = pad < 2 ? 2 : pad > MARGIN ? MARGIN : pad;
    return (struct rect){left, top - pad, right - left, bottom - top + 2 * pad};
}

static bool is_table(const struct view *v, const struct fragments *p, const struct table *t)
{
    const struct sheet *g = &t->sheet;
    int texts = 0, fields = 0, wordy = 0, fragments = 0;
    struct place at;
    for (int i = 0; next_place(p, t, &i, &at);) {
        fragments++;
        texts += at.fragment->control < 0;
        fields += at.fragment->label || is_field(v, at.fragment) || is_option(v, at.fragment);
    }
    for (int i = 0; i < g->column_count; i++) {
        struct column c = measure(v, p, t, i);
        wordy += c.words > WORDS_MAX * c.texts;
    }
    bool form = fields * 2 > fragments || texts * 4 < fragments;
    bool sparse = fragments * 2 < g->row_count * g->column_count;
    if (form || sparse || wordy > 1 || wordy == g->column_count)
        return false;
    if (g->row_count > 2 && (g->column_count > 2 || g->headed))
        return true;
    int ruled = count_rules(v, t);
    return g->row_count == 2 ? g->column_count > 2 && ruled : ruled * 2 >= g->row_count - 1;
}

/* What stands in the table but out of line is in the row that it is nearest to. */
static void absorb(struct fragments *p, struct table *t)
{
    struct sheet *g = &t->sheet;
    for (int i = 0; i < p->count; i++) {
        struct fragment *fragment = &p->items[i];
        if (!rect_inside(fragment->box, t->box))
            continue;
        int row = 0;
        while (row + 1 < g->row_count && table_row_top(t, row + 1) <= rect_center(fragment->box).y)
            row++;
        struct span *s = &g->rows[row];
        int bottom = fragment->box.y + fragment->box.height;
        s->from = fragment->box.y < s->from ? fragment->box.y : s->from;
        s->to = bottom > s->to ? bottom : s->to;
        fragment->set = t->set;
    }
}

/* A head of a column may be known as such by its box. */
static bool is_told_head(const struct view *v, struct rect cell)
{
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role == ROLE_COLUMNHEADER &&
            rect_holds(v->controls[i].box, rect_center(cell)))
            return true;
    return false;
}

static void add_cells(struct view *v, const struct fragments *p, const struct table *t)
{
    for (int row = 0; row < t->sheet.row_count; row++)
        for (int column = 0; column < t->sheet.column_count; column++) {
            int x = table_column_left(t, column), y = table_row_top(t, row);
            struct rect cell = {x, y, table_column_left(t, column + 1) - x,
                                table_row_top(t, row + 1) - y};
            const char *text = table_text(v, p, t, row, column);
            if (!*text || (row == 0 && is_told_head(v, cell)))
                continue;
            v->cells[v->cell_count++] = (struct cell){rect_common(cell, frame_rect(v->frame)), text,
                                                      row == 0 && t->sheet.headed};
        }
}

/* The first text of a row: what the row is about. */
static const char *row_text(struct view *v, const struct fragments *p, const struct table *t,
                            int row)
{
    const char *text = "";
    for (int i = 0; i < t->sheet.column_count && !*text; i++)
        text = table_text(v, p, t, row, i);
    return text;
}

/* A bare mark in a table is named by its column's head; what stands in another cell of its row is
 * no label. What has a question is named already. */
static void name_marks(struct view *v, const struct fragments *p, const struct table *t)
{
    struct place at;
    for (int i = 0; t->sheet.headed && next_place(p, t, &i, &at);) {
        struct control *c = at.fragment->control < 0 ? NULL : &v->controls[at.fragment->control];
        if (!c || at.row == 0 || at.fragment->phrase >= 0 || !role_is_checkable(c->role) ||
            (c->label >= 0 && v->phrases[c->label].control != at.fragment->control))
            continue;
        const char *head = table_text(v, p, t, 0, at.column);
        if (!*head || *table_text(v, p, t, at.row, at.column))
            continue;
        c->group = row_text(v, p, t, at.row);
        c->name = view_join(v, c->group, head);
        c->text = "";
    }
}

/* Makes a table of the fragments of a set, if they are one. */
static bool make(const struct view *v, struct fragments *p, int set, struct table *t)
{
    t->set = set;
    if (!sheet_make(&t->sheet, p, set) || t->sheet.row_count < 2 || t->sheet.column_count < 2)
        return false;
    drop_foot(p, t);
    if (!drop_lists(v, p, t) || t->sheet.row_count < 2 || t->sheet.column_count < 2)
        return false;
    join_lines(p, t);
    cut_apart(&t->sheet);
    if (t->sheet.row_count < 2)
        return false;
    sheet_widen(&t->sheet, p, set);
    sheet_find_head(&t->sheet, v, p, set);
    t->box = bounds(&t->sheet);
    return is_table(v, p, t);
}

static bool is_entry(const struct view *v, const struct fragment *p)
{
    const struct control *c = p->control < 0 ? NULL : &v->controls[p->control];
    return c && c->source < 0 && (c->role == ROLE_MENUITEM || c->role == ROLE_TAB);
}

/* Does it look like a field, though it is but one of the heads, which touch? */
static bool is_head_field(const struct view *v, const struct fragments *p, int fragment)
{
    const struct fragment *a = &p->items[fragment];
    int right = fragment_right(p, fragment);
    return a->phrase >= 0 && a->control >= 0 && v->controls[a->control].role == ROLE_TEXTBOX &&
           right >= 0 && p->items[right].box.x - a->box.x - a->box.width <= TOUCHING &&
           abs(p->items[right].box.height - a->box.height) <= TOUCHING;
}

/* Words among the texts of a table are no entries of a menu and no tabs, its heads no fields. */
static void drop_phantoms(struct view *v, const struct fragments *p, const struct table *t)
{
    struct place at;
    int texts = 0, entries = 0, rows = t->sheet.row_count;
    for (int i = 0; next_place(p, t, &i, &at);) {
        texts += at.fragment->control < 0;
        entries += at.row > 0 && is_entry(v, at.fragment);
    }
    for (int i = 0; next_place(p, t, &i, &at);)
        if (at.row > 0 ? is_entry(v, at.fragment) && entries * 2 < texts
                       : rows > 2 && is_head_field(v, p, i - 1))
            v->controls[at.fragment->control].role = ROLE_NONE;
}

void tables_find(struct view *v)
{
    struct fragments p;
    struct table *t = arena_alloc(&v->scene->arena, sizeof *t);
    v->cells = arena_alloc(&v->scene->arena, CELLS_MAX * sizeof *v->cells);
    fragments_find(v, &p);
    squares_find(v, &p);
    for (int i = 0; i < p.count; i++) {
        if (p.items[i].set != i || !make(v, &p, i, t) ||
            v->cell_count + t->sheet.row_count * t->sheet.column_count > CELLS_MAX)
            continue;
        drop_phantoms(v, &p, t);
        absorb(&p, t);
        name_marks(v, &p, t);
        add_cells(v, &p, t);
    }
}

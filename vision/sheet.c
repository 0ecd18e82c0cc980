#include "vision/sheet.h"

#include "vision/colour.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_GAP_MAX  40 /* pixels from the names of the columns down to the first row, at least */
#define HEAD_SLACK    12 /* pixels that they may begin before the table */
#define ROWS_COMPARED 3
#define BOLDER        1.15 /* strokes of a head beside those of the rows under it */

static bool add_row(struct sheet *g, struct rect box)
{
    struct span *last = g->row_count ? &g->rows[g->row_count - 1] : NULL;
    if (last && rect_center(box).y < last->to && box.y < (last->from + last->to) / 2 + 2) {
        last->to = box.y + box.height > last->to ? box.y + box.height : last->to;
        last->from = box.y < last->from ? box.y : last->from;
        return true;
    }
    if (g->row_count == SHEET_ROWS)
        return false;
    g->rows[g->row_count++] = (struct span){box.y, box.y + box.height};
    return true;
}

/* Columns are kept from left to right; what overlaps becomes one. */
static bool add_column(struct sheet *g, struct rect box)
{
    struct span s = {box.x, box.x + box.width};
    int kept = 0, at = 0;
    for (int i = 0; i < g->column_count; i++) {
        struct span c = g->columns[i];
        if (c.to <= s.from || c.from >= s.to) {
            at += c.to <= s.from;
            g->columns[kept++] = c;
            continue;
        }
        s.from = c.from < s.from ? c.from : s.from;
        s.to = c.to > s.to ? c.to : s.to;
    }
    g->column_count = kept;
    if (kept == SHEET_COLUMNS)
        return false;
    memmove(&g->columns[at + 1], &g->columns[at], (size_t)(kept - at) * sizeof *g->columns);
    g->columns[at] = s;
    g->column_count++;
    return true;
}

/* Does it stretch over what stands side by side in another row? */
static bool spans_columns(const struct fragments *p, int set, const struct fragment *wide)
{
    const struct fragment *last = NULL;
    int from = wide->box.x, to = from + wide->box.width;
    for (int i = 0; i < p->count; i++) {
        const struct fragment *fragment = &p->items[i];
        int center = fragment->box.x + fragment->box.width / 2;
        if (fragment->set != set || fragment == wide || fragment_in_row(fragment, wide) ||
            center < from || center >= to)
            continue;
        if (last && fragment_in_row(last, fragment) &&
            fragment->box.x >= last->box.x + last->box.width)
            return true;
        last = fragment;
    }
    return false;
}

bool sheet_make(struct sheet *g, const struct fragments *p, int set)
{
    *g = (struct sheet){.row_count = 0};
    for (int i = 0; i < p->count; i++)
        if (p->items[i].set == set &&
            (!add_row(g, p->items[i].box) ||
             (!spans_columns(p, set, &p->items[i]) && !add_column(g, p->items[i].box))))
            return false;
    return true;
}

static int span_at(const struct span *spans, int count, int at)
{
    for (int i = 0; i < count; i++)
        if (at >= spans[i].from && at < spans[i].to)
            return i;
    return -1;
}

int sheet_row(const struct sheet *g, const struct fragment *p)
{
    return span_at(g->rows, g->row_count, rect_center(p->box).y);
}

int sheet_column(const struct sheet *g, const struct fragment *p)
{
    return span_at(g->columns, g->column_count, p->box.x + p->box.width / 2);
}

/* What is compared of a row: the means of its texts. */
struct look {
    double weight;
    uint32_t ink[SHEET_COLUMNS], ground;
    bool data[SHEET_COLUMNS]; /* a number, or a control without text */
    int texts;
};

static bool is_number(const struct view *v, const struct phrase *p)
{
    int digits = 0, letters = 0;
    for (int i = p->first; i < p->first + p->count; i++)
        for (const char *c = v->scene->words[i].text; *c; c++) {
            digits += isdigit((unsigned char)*c) != 0;
            letters += isalpha((unsigned char)*c) != 0;
        }
    return digits > letters;
}

static struct look look_at(const struct sheet *g, const struct view *v, const struct fragments *p,
                           int set, int row)
{
    struct look l = {.texts = 0};
    for (int i = fragments_from(p, g->rows[row].from);
         i < p->count && rect_center(p->items[i].box).y < g->rows[row].to; i++) {
        const struct fragment *fragment = &p->items[i];
        int column = sheet_column(g, fragment);
        if (fragment->set != set || column < 0)
            continue;
        l.data[column] = fragment->phrase < 0;
        if (fragment->phrase < 0)
            continue;
        const struct phrase *text = &v->phrases[fragment->phrase];
        l.weight += phrase_weight(v, text);
        l.ink[column] = text->ink;
        l.data[column] = is_number(v, text);
        l.ground = text->ground;
        l.texts++;
    }
    l.weight = l.texts ? l.weight / l.texts : 0;
    return l;
}

/* Do most columns of A differ in colour from both B and C? */
static bool has_own_ink(const struct look *a, const struct look *b, const struct look *c, int count)
{
    int differ = 0;
    for (int i = 0; i < count; i++)
        differ += colour_distance(a->ink[i], b->ink[i]) > 40 &&
                  colour_distance(a->ink[i], c->ink[i]) > 40 &&
                  colour_distance(b->ink[i], c->ink[i]) < 40;
    return differ * 3 >= count * 2;
}

static bool names_data(const struct look *a, const struct look *b, const struct look *c, int count)
{
    int names = 0;
    for (int i = 0; i < count; i++)
        if (a->data[i])
            return false;
        else
            names += b->data[i] && c->data[i];
    return names > 0;
}

/* Does the first row look otherwise than the next ones? */
static bool is_head(const struct sheet *g, const struct view *v, const struct fragments *p, int set)
{
    struct look l[ROWS_COMPARED];
    int rows = g->row_count < ROWS_COMPARED ? g->row_count : ROWS_COMPARED;
    if (rows < 2)
        return false;
    for (int i = 0; i < rows; i++)
        l[i] = look_at(g, v, p, set, i);
    const struct look *last = &l[rows - 1];
    if (l[0].texts < 2)
        return false;
    bool stands_out = colour_distance(l[0].ground, l[1].ground) >= 8 &&
                      colour_distance(l[0].ground, last->ground) >= 8;
    bool bold = l[0].weight > BOLDER * l[1].weight && l[0].weight > BOLDER * last->weight;
    return (stands_out && rows > 2) || bold || has_own_ink(&l[0], &l[1], last, g->column_count) ||
           names_data(&l[0], &l[1], last, g->column_count);
}

/* The column that a name above the table belongs to: the one that it overlaps, and no other; -1. */
static int column_under(const struct sheet *g, struct rect name)
{
    int column = -1;
    for (int i = 0; i < g->column_count; i++) {
        if (name.x >= g->columns[i].to || name.x + name.width <= g->columns[i].from)
            continue;
        if (column >= 0)
            return -1;
        column = i;
    }
    return column;
}

static bool is_over(const struct sheet *g, struct rect r)
{
    return r.x >= g->columns[0].from - HEAD_SLACK &&
           r.x < g->columns[g->column_count - 1].to + HEAD_SLACK && r.y < g->rows[0].from;
}

/* The lowest text over the table. */
static int find_above(const struct sheet *g, const struct fragments *p)
{
    int step = g->row_count > 1 ? g->rows[1].from - g->rows[0].from : 0;
    int reach = step > HEAD_GAP_MAX ? step : HEAD_GAP_MAX;
    for (int i = fragments_from(p, g->rows[0].from) - 1;
         i >= 0 && p->items[i].box.y + p->items[i].box.height > g->rows[0].from - reach; i--)
        if (is_over(g, p->items[i].box) && column_under(g, p->items[i].box) >= 0)
            return i;
    return -1;
}

/* Boxes with names side by side touch; fields over a table don't. */
static bool touches(const struct fragments *p, int i)
{
    int next = fragment_right(p, i);
    int end = p->items[i].box.x + p->items[i].box.width;
    return next < 0 || p->items[next].box.x - end <= 4;
}

static bool is_words(const struct view *v, const struct fragment *p)
{
    return p->control < 0 || v->controls[p->control].source < 0 ||
           v->controls[p->control].role == ROLE_COLUMNHEADER;
}

/* Adds a row of names right above the sheet, each over a column. */
static bool add_head_above(struct sheet *g, const struct view *v, struct fragments *p, int set)
{
    bool named[SHEET_COLUMNS] = {false};
    int count = 0, above = g->row_count < SHEET_ROWS ? find_above(g, p) : -1;
    if (above < 0)
        return false;
    struct rect row = p->items[above].box;
    for (int i = 0; i < p->count; i++) {
        const struct fragment *name = &p->items[i];
        if (!is_over(g, name->box) || !fragment_in_row(name, &p->items[above]))
            continue;
        int column = column_under(g, name->box);
        bool text = name->phrase >= 0 && (is_words(v, name) || touches(p, i));
        if (column < 0 || !text)
            return false;
        count += !named[column];
        named[column] = true;
        row = rect_union(row, name->box);
    }
    if (count < 2 || count * 2 < g->column_count)
        return false;
    for (int i = 0; i < p->count; i++)
        if (is_over(g, p->items[i].box) && fragment_in_row(&p->items[i], &p->items[above]))
            p->items[i].set = set;
    memmove(&g->rows[1], &g->rows[0], (size_t)g->row_count * sizeof *g->rows);
    g->rows[0] = (struct span){row.y, row.y + row.height};
    g->row_count++;
    return true;
}

void sheet_find_head(struct sheet *g, const struct view *v, struct fragments *p, int set)
{
    g->headed = add_head_above(g, v, p, set) || is_head(g, v, p, set);
}

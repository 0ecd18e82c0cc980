#include "vision/table.h"

#include "base/buf.h"

#include <stdlib.h>

#define SLACK 6 /* pixels that a text may begin before its column */

int table_row_top(const struct table *t, int row)
{
    const struct span *rows = t->sheet.rows;
    if (row == 0)
        return t->box.y;
    if (row == t->sheet.row_count)
        return t->box.y + t->box.height;
    return (rows[row - 1].to + rows[row].from) / 2;
}

int table_column_left(const struct table *t, int column)
{
    const struct span *columns = t->sheet.columns;
    if (column == 0)
        return t->box.x;
    if (column == t->sheet.column_count)
        return t->box.x + t->box.width;
    return (columns[column - 1].to + columns[column].from) / 2;
}

/* The column that a text from X on begins in. */
static int column_at(const struct table *t, int x)
{
    int column = 0;
    while (column + 1 < t->sheet.column_count && t->sheet.columns[column + 1].from - SLACK <= x)
        column++;
    return column;
}

/* Texts of neighbours that nearly touch may have been read as one: does it reach over columns, and
 * begin a word where each of them does? */
static bool is_several(const struct view *v, const struct table *t, const struct phrase *p)
{
    int first = column_at(t, p->box.x), last = column_at(t, p->box.x + p->box.width - 1);
    for (int i = first + 1; i <= last; i++) {
        bool begins = false;
        for (int j = p->first; j < p->first + p->count; j++)
            begins |= abs(v->scene->words[j].box.x - t->sheet.columns[i].from) <= SLACK;
        if (!begins)
            return false;
    }
    return last > first;
}

static bool reaches_over(const struct table *t, struct rect r)
{
    int columns = 0;
    for (int i = 0; i < t->sheet.column_count; i++)
        columns += r.x < t->sheet.columns[i].to && r.x + r.width > t->sheet.columns[i].from;
    return columns > 1;
}

/* What of the phrase stands in the column. */
static const char *text_in(struct view *v, const struct table *t, const struct phrase *phrase,
                           int column)
{
    struct phrase part = *phrase;
    int center = part.box.x + part.box.width / 2;
    if (!reaches_over(t, part.box))
        return center >= table_column_left(t, column) && center < table_column_left(t, column + 1)
                   ? view_text(v, phrase)
                   : "";
    if (!is_several(v, t, phrase))
        return column_at(t, part.box.x) == column ? view_text(v, phrase) : "";
    const struct word *words = v->scene->words;
    for (; part.count && column_at(t, words[part.first].box.x) < column; part.count--)
        part.first++;
    while (part.count && column_at(t, words[part.first + part.count - 1].box.x) > column)
        part.count--;
    return view_text(v, &part);
}

const char *table_text(struct view *v, const struct fragments *p, const struct table *t, int row,
                       int column)
{
    struct buf text = {0};
    int line = -1;
    for (int i = fragments_from(p, table_row_top(t, row));
         i < p->count && rect_center(p->items[i].box).y < table_row_top(t, row + 1); i++) {
        const struct fragment *fragment = &p->items[i];
        if (fragment->set != t->set || fragment->phrase < 0 ||
            (fragment->control >= 0 && role_is_field(v->controls[fragment->control].role)))
            continue;
        const struct phrase *phrase = &v->phrases[fragment->phrase];
        const char *part = text_in(v, t, phrase, column);
        int now = v->scene->words[phrase->first].line;
        if (!*part)
            continue;
        if (text.length)
            buf_add_char(&text, line == now ? ' ' : '\n');
        line = now;
        buf_add(&text, part);
    }
    const char *kept = arena_text(&v->scene->arena, buf_text(&text));
    buf_finish(&text);
    return kept;
}

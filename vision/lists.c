#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>
#include <string.h>

#define ROW_HEIGHT_MIN 14
#define ROW_HEIGHT_MAX 48
#define ROWS_MAX       64

static bool is_beside(struct rect a, struct rect b, int slack)
{
    return abs(a.x - b.x) <= slack && abs(a.x + a.width - b.x - b.width) <= slack;
}

/*
 * The list that a lit row is in: the frame around it that is hardly wider; or, when the row reaches
 * both sides and so cuts the list's surface in two, the pieces above and below.
 */
static struct rect list_around(const struct view *v, int row)
{
    const struct box *b = &v->boxes->items[row];
    struct rect list = {0};
    if (b->parent >= 0 && is_beside(v->boxes->items[b->parent].inner, b->rect, 12) &&
        v->boxes->items[b->parent].rect.height >= 2 * b->rect.height)
        return v->boxes->items[b->parent].inner;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        int above = b->rect.y - other.y - other.height;
        int below = other.y - b->rect.y - b->rect.height;
        if (i == row || v->boxes->items[i].kind != BOX_FRAME || !is_beside(other, b->rect, 4) ||
            colour_distance(v->boxes->items[i].fill, b->fill) < 8)
            continue;
        if ((above >= -3 && above <= 3) || (below >= -3 && below <= 3))
            list = rect_empty(list) ? rect_union(b->rect, other) : rect_union(list, other);
    }
    return list;
}

/* Is there a line between it and what is above: a box of its own, not a lit part of a list? */
static bool is_ruled_off(const struct frame *f, const struct box *b)
{
    int x = b->inner.x + b->inner.width / 2, y = b->inner.y;
    uint32_t ground = colour_at(f, x, y - 5);
    for (int i = 1; i <= 3; i++) {
        uint32_t line = colour_at(f, x, y - i);
        if (colour_distance(line, b->fill) >= 8 && colour_distance(line, ground) >= 8)
            return true;
    }
    return false;
}

/* How many other frames are as high and wide and stand in one column with it: entries in boxes of
 * their own. */
static int count_like(const struct view *v, int row)
{
    struct rect r = v->boxes->items[row].rect;
    int count = 0;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        count += i != row && v->boxes->items[i].kind == BOX_FRAME && is_beside(other, r, 3) &&
                 abs(other.height - r.height) <= 3;
    }
    return count;
}

/* Does it hold one line of text? */
static bool is_row(const struct view *v, int row)
{
    struct rect r = v->boxes->items[row].rect;
    int first = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        struct point at = rect_center(v->phrases[i].box);
        if (!rect_holds(r, at))
            continue;
        if (first >= 0 && abs(at.y - first) > r.height / 4)
            return false;
        first = at.y;
    }
    return first >= 0;
}

struct rows {
    int items[ROWS_MAX]; /* phrases, one a row */
    int count;
    int phrases; /* in all rows */
    bool keys;   /* some name a chord of keys: a menu */
};

/* The first text of every row of the list; none when they do not stand in regular rows. */
static void find_rows(const struct view *v, struct rect list, struct rect lit, struct rows *rows)
{
    int last = -1000, odd = 0, least = 10000, most = 0;
    *rows = (struct rows){.count = 0};
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        struct point at = rect_center(p->box);
        if (!rect_holds(list, at))
            continue;
        rows->phrases++;
        const char *text = v->scene->words[p->first].text;
        rows->keys |= strstr(text, "Ctrl") || strstr(text, "Alt+") || strstr(text, "Shift+");
        if (at.y - last < lit.height / 2)
            continue;
        if (rows->count == ROWS_MAX)
            break;
        if (rows->count > 0) {
            int pitch = at.y - last;
            least = pitch < least ? pitch : least;
            most = pitch > most ? pitch : most;
            odd += abs(p->box.x - v->phrases[rows->items[0]].box.x) > 6;
        }
        rows->items[rows->count++] = i;
        last = at.y;
    }
    bool regular = most - least <= 2 + least / 4 && least * 10 >= lit.height * 8 &&
                   least * 2 <= lit.height * 3;
    if (odd || !regular || rows->phrases > 2 * rows->count)
        rows->count = 0;
}

static void make_options(struct view *v, struct rect list, int row, const struct rows *rows)
{
    struct rect lit = v->boxes->items[row].rect;
    enum role role = rows->keys                ? ROLE_MENUITEM
                     : count_like(v, row) >= 2 ? ROLE_LINK /* a side bar */
                                               : ROLE_OPTION;
    for (int i = 0; i < v->control_count; i++) /* what was thought of the list's pieces */
        if (v->controls[i].source >= 0 && rect_inside(v->controls[i].box, rect_grow(list, 6)) &&
            v->controls[i].box.width * 4 > list.width * 3)
            v->controls[i].role = ROLE_NONE;
    for (int i = 0; i < rows->count; i++) {
        struct point at = rect_center(v->phrases[rows->items[i]].box);
        struct rect box = {lit.x, at.y - lit.height / 2, lit.width, lit.height};
        bool here = rect_holds(lit, at);
        struct control *c = view_add_control(v, role, here ? lit : box, here ? row : -1);
        c->sure = 0.8f;
        if (here)
            c->states |= STATE_SELECTED;
    }
}

void lists_find(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind != BOX_FRAME || v->uses[i] == USE_ALONE || is_ruled_off(v->frame, b) ||
            (b->parent >= 0 && colour_distance(b->fill, v->boxes->items[b->parent].fill) < 4) ||
            !is_row(v, i) || b->rect.height < ROW_HEIGHT_MIN || b->rect.height > ROW_HEIGHT_MAX ||
            b->rect.width * 2 < 3 * b->rect.height)
            continue;
        struct rect list = list_around(v, i);
        struct rows rows;
        if (rect_empty(list) || list.width * 10 > v->frame->width * 9)
            continue;
        find_rows(v, list, b->rect, &rows);
        if (rows.count >= 2 && list.height <= (rows.count + 4) * b->rect.height)
            make_options(v, list, i, &rows);
    }
}

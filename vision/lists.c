#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>
#include <string.h>

#define ROW_HEIGHT_MIN 14
#define ROW_HEIGHT_MAX 48
#define ROWS_MAX       64
#define ALIGN_MAX      6 /* between the left ends of texts under each other */
#define MIDDLE_MAX     3
#define EVEN_LEAST     4  /* rows */
#define LIKE_LEAST     2  /* boxes like that of a row: each entry has one of its own */
#define FRAME_SLACK    12 /* pixels from a row to the side of its list */
#define SCROLL_BAR_MAX 24
#define OWN_LINE       4 /* times as far is the ground's colour from that of a row's own line */
#define LIT_INSIDE     3 /* from the right end of a row to where its ground is looked at */

static bool is_beside(struct rect a, struct rect b, int slack)
{
    return abs(a.x - b.x) <= slack && abs(a.x + a.width - b.x - b.width) <= slack;
}

/* Is it the inside of a list's frame, with room for a scroll bar at most beside the row? */
static bool is_around(struct rect inner, struct rect lit)
{
    int left = lit.x - inner.x, right = rect_right(inner) - rect_right(lit);
    return abs(left) <= FRAME_SLACK && right >= -FRAME_SLACK && right <= SCROLL_BAR_MAX &&
           inner.height >= 2 * lit.height;
}

/*
 * The list that a lit row is in: the frame around it that is hardly wider; or, when the row reaches
 * both sides and so cuts the list's surface in two, the pieces above and below.
 */
static struct rect list_around(const struct view *v, int row, struct rect lit)
{
    const struct box *b = &v->boxes->items[row];
    struct rect list = lit;
    if (b->parent >= 0 && is_around(v->boxes->items[b->parent].inner, lit)) {
        struct rect in = v->boxes->items[b->parent].inner;
        return (struct rect){in.x, in.y, rect_right(lit) - in.x, in.height};
    }
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        int above = list.y - other.y - other.height;
        int below = other.y - list.y - list.height;
        if (i == row || v->boxes->items[i].kind != BOX_FRAME || !is_beside(other, lit, 4) ||
            colour_distance(v->boxes->items[i].fill, b->fill) < 8)
            continue;
        if ((above >= -3 && above <= 3) || (below >= -3 && below <= 3)) {
            list = rect_union(list, other);
            i = -1; /* a further piece may follow this one */
        }
    }
    return list.height > lit.height + 6 ? list : (struct rect){0};
}

/* Is there a line between it and what is above: a box of its own, not a lit part of a list? */
static bool is_ruled_off(const struct frame *f, const struct box *b)
{
    int x = b->inner.x + b->inner.width / 2, y = b->inner.y;
    uint32_t ground = colour_at(f, x, y - 5);
    for (int i = 1; i <= 3; i++) {
        uint32_t line = colour_at(f, x, y - i);
        int own = colour_distance(line, b->fill), other = colour_distance(line, ground);
        if (own >= 8 && other >= 8 && own * OWN_LINE > other) /* of its own colour: lit, too */
            return true;
    }
    return false;
}

/* How many other frames are as high and wide and stand in one column with it: entries in boxes of
 * their own. Those on the same ground are lit, too. */
static int count_like(const struct view *v, int row)
{
    struct rect r = v->boxes->items[row].rect;
    int count = 0;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        count += i != row && v->boxes->items[i].parent == v->boxes->items[row].parent &&
                 v->boxes->items[i].kind == BOX_FRAME && is_beside(other, r, 3) &&
                 abs(other.height - r.height) <= 3 &&
                 colour_distance(v->boxes->items[i].fill, v->boxes->items[row].fill) >= 8;
    }
    return count;
}

/* Does it hold one line of text? */
static bool is_row(const struct view *v, struct rect r)
{
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
    int items[ROWS_MAX]; /* a phrase of each row */
    int words[ROWS_MAX]; /* where the text of each begins: what is before was read from an icon */
    int count;
    int lines;   /* with those that stand elsewhere: headings */
    int phrases; /* in all rows */
    bool keys;   /* some name a chord of keys: a menu */
    bool even;   /* nothing stands between them */
    bool middle; /* they stand in the middle, not at the left: tabs */
};

/* The first phrase of each line in the list. */
static void find_lines(const struct view *v, struct rect list, int height, struct rows *rows)
{
    int last = -1000;
    *rows = (struct rows){.count = 0};
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        struct point at = rect_center(p->box);
        if (!rect_holds(list, at))
            continue;
        rows->phrases++;
        const char *text = v->scene->words[p->first].text;
        rows->keys |= strstr(text, "Ctrl") || strstr(text, "Alt+") || strstr(text, "Shift+");
        if (at.y - last < height / 2)
            continue;
        if (rows->count == ROWS_MAX)
            break;
        rows->items[rows->count++] = i;
        last = at.y;
    }
    rows->lines = rows->count;
}

/* The phrase in the line of another with a word that begins at X, which is set; -1: none. */
static int find_word(const struct view *v, int line, int x, int *word)
{
    int middle = rect_center(v->phrases[line].box).y;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (abs(rect_center(p->box).y - middle) > p->box.height / 2)
            continue;
        for (*word = p->first; *word < p->first + p->count; ++*word)
            if (abs(v->scene->words[*word].box.x - x) <= ALIGN_MAX)
                return i;
    }
    return -1;
}

/* Where most lines have a word that begins there: of those where a word of the lit one does. */
static int find_margin(const struct view *v, const struct rows *rows, struct rect lit)
{
    int best = 0, margin = -1, word;
    for (int i = 0; i < v->scene->word_count; i++) {
        struct rect r = v->scene->words[i].box;
        int alike = 0;
        if (!rect_holds(lit, rect_center(r)))
            continue;
        for (int j = 0; j < rows->count; j++)
            alike += find_word(v, rows->items[j], r.x, &word) >= 0;
        if (alike > best) {
            best = alike;
            margin = r.x;
        }
    }
    return margin;
}

/* Do all lines stand in the middle of the list, and are not as long as each other? */
static bool is_middle(const struct view *v, struct rect list, const struct rows *rows)
{
    int least = 10000, most = 0;
    for (int i = 0; i < rows->count; i++) {
        struct rect r = v->phrases[rows->items[i]].box;
        if (abs(2 * r.x + r.width - 2 * list.x - list.width) > 2 * MIDDLE_MAX)
            return false;
        least = r.width < least ? r.width : least;
        most = r.width > most ? r.width : most;
    }
    return rows->count >= 2 && most - least > 2 * ALIGN_MAX;
}

/* Are they as far from each other as they are high, but where a line or a heading is between? */
static bool is_regular(const struct view *v, struct rows *rows, int height)
{
    int wide = 0;
    for (int i = 1; i < rows->count; i++) {
        int pitch = rect_center(v->phrases[rows->items[i]].box).y -
                    rect_center(v->phrases[rows->items[i - 1]].box).y;
        if (pitch * 10 < height * 8)
            return false;
        wide += pitch * 2 > height * 3;
    }
    rows->even = wide == 0 && rows->count == rows->lines;
    return wide * 3 <= rows->count;
}

/* The rows of the list; none when they do not stand under each other, regularly. */
static void find_rows(const struct view *v, struct rect list, struct rect lit, struct rows *rows)
{
    find_lines(v, list, lit.height, rows);
    rows->middle = is_middle(v, list, rows);
    int margin = find_margin(v, rows, lit), kept = 0;
    for (int i = 0; i < rows->count; i++) {
        int phrase = rows->items[i], word = v->phrases[phrase].first;
        if (!rows->middle && (phrase = find_word(v, phrase, margin, &word)) < 0)
            continue;
        rows->items[kept] = phrase;
        rows->words[kept++] = word;
    }
    rows->count = kept;
    if (kept < 2 || kept * 2 < rows->lines || !is_regular(v, rows, lit.height) ||
        rows->phrases > 2 * rows->lines)
        rows->count = 0;
}

/* What was thought of the list's pieces, and marks that few rows have: icons. */
static void drop_pieces(struct view *v, struct rect list, const struct rows *rows)
{
    int marks = 0;
    struct rect around = rect_grow(list, 6);
    for (int i = 0; i < v->control_count; i++)
        marks += v->controls[i].role != ROLE_NONE && rect_inside(v->controls[i].box, around) &&
                 v->controls[i].box.width * 4 <= list.width;
    for (int i = 0; i < v->control_count; i++) {
        const struct control *c = &v->controls[i];
        bool piece = c->source >= 0 && c->box.width * 4 > list.width * 3;
        bool icon = c->box.width * 4 <= list.width && marks * 2 < rows->count;
        if (rect_inside(c->box, around) && (piece || icon))
            v->controls[i].role = ROLE_NONE;
    }
}

/* The text of a row, without what was read from its icon. */
static const char *name_of(struct view *v, int phrase, int word)
{
    struct phrase p = v->phrases[phrase];
    p.count -= word - p.first;
    p.first = word;
    return view_text(v, &p);
}

static bool is_lit_too(const struct view *v, struct rect row, uint32_t fill)
{
    uint32_t ground = colour_at(v->frame, rect_right(row) - LIT_INSIDE, rect_center(row).y);
    return colour_distance(ground, fill) < 8;
}

static void make_options(struct view *v, struct rect list, struct rect lit, int row,
                         const struct rows *rows)
{
    enum role role = rows->keys                         ? ROLE_MENUITEM
                     : rows->middle                     ? ROLE_TAB
                     : count_like(v, row) >= LIKE_LEAST ? ROLE_LINK /* a side bar */
                                                        : ROLE_OPTION;
    drop_pieces(v, list, rows);
    for (int i = 0; i < rows->count; i++) {
        int phrase = rows->items[i];
        struct point at = rect_center(v->phrases[phrase].box);
        struct rect box = {lit.x, at.y - lit.height / 2, lit.width, lit.height};
        box = rect_common(box, (struct rect){lit.x, list.y, lit.width, list.height}); /* cut off */
        bool here = rect_holds(lit, at);
        struct control *c = view_add_control(v, role, here ? lit : box, here ? row : -1);
        c->sure = 0.8f;
        if (!rows->middle)
            c->name = c->text = name_of(v, phrase, rows->words[i]);
        if (here || is_lit_too(v, box, v->boxes->items[row].fill))
            c->states |= STATE_SELECTED;
    }
}

/* The lit row: with the piece of it that its icon cut off. */
static struct rect lit_row(const struct view *v, int row)
{
    const struct box *b = &v->boxes->items[row];
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *other = &v->boxes->items[i];
        struct rect r = other->rect;
        if (i != row && other->kind == BOX_FRAME && colour_distance(other->fill, b->fill) < 8 &&
            abs(r.x + r.width - b->rect.x) <= 2 && abs(r.y - b->rect.y) <= 2 &&
            abs(r.height - b->rect.height) <= 4 && r.width <= 2 * b->rect.height)
            return (struct rect){r.x, b->rect.y, b->rect.x + b->rect.width - r.x, b->rect.height};
    }
    return b->rect;
}

/* The one box in an even column of texts, beside which a scroll bar may look like a cell. */
static bool is_odd(const struct view *v, int row, const struct rows *rows)
{
    return rows->phrases == rows->lines && rows->even && rows->count >= EVEN_LEAST &&
           count_like(v, row) < LIKE_LEAST;
}

/* It begins at the top of the list, and is lit: no box of its own with a line above it. The first
 * row has the list's own line there, as the head of a card has. */
static bool is_lit(const struct view *v, int row, struct rect list, struct rect lit,
                   const struct rows *rows)
{
    const struct box *b = &v->boxes->items[row];
    int top = rect_center(v->phrases[rows->items[0]].box).y - list.y;
    bool first = lit.y - list.y <= 2 && rows->even && rows->count >= EVEN_LEAST;
    return rows->count >= 2 && top <= 3 * lit.height && (first || !is_ruled_off(v->frame, b)) &&
           (rows->middle || is_odd(v, row, rows) || v->uses[row] != USE_ALONE);
}

void lists_find(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind != BOX_FRAME || b->rect.height < ROW_HEIGHT_MIN ||
            b->rect.height > ROW_HEIGHT_MAX || b->rect.width * 2 < 3 * b->rect.height ||
            (b->parent >= 0 && colour_distance(b->fill, v->boxes->items[b->parent].fill) < 4))
            continue;
        struct rect lit = lit_row(v, i);
        if (!is_row(v, lit))
            continue;
        struct rect list = list_around(v, i, lit);
        struct rows rows;
        if (rect_empty(list) || list.width * 10 > v->frame->width * 9)
            continue;
        find_rows(v, list, lit, &rows);
        if (is_lit(v, i, list, lit, &rows))
            make_options(v, list, lit, i, &rows);
    }
}

/*
 * What is made of plain words alone shows what it is by how it stands: words in a row along the top
 * are navigation or a menu bar; in a row of which one is marked, tabs; with strokes between, the
 * way to a page; numbers in a row, pages.
 */
#include "vision/view.h"

#include "vision/colour.h"
#include "vision/runs.h"
#include "vision/tabs.h"

#include <stdlib.h>
#include <string.h>

#define TOP_BAND   76 /* pixels from the top of a screen or window in which its bar is */
#define GAP_MAX    84
#define ROW_MAX    64 /* from a table's row to the next */
#define MARK_MAX   34 /* from the words of tabs down to what marks one of them */
#define ENTRY_PAD  10 /* left and right of the words of a menu bar */
#define ENTRY_HALF 12
#define SCROLL_BAR 20 /* its arrows are read as letters at times */
#define SIDE_LEFT  3  /* a site's name stands in the left third */

static const char *first_word(const struct view *v, int phrase)
{
    return v->scene->words[v->phrases[phrase].first].text;
}

static bool is_separator(const struct view *v, int phrase)
{
    static const char *const marks[] = {"/", ">", "»", "›", "|", "\\", "•", "·", "-", "→"};
    for (size_t i = 0; v->phrases[phrase].count == 1 && i < sizeof marks / sizeof *marks; i++)
        if (strcmp(first_word(v, phrase), marks[i]) == 0)
            return true;
    return false;
}

/* The page's or window's area that the phrase is in. */
static struct rect area_of(const struct view *v, int phrase)
{
    for (int f = v->phrases[phrase].frame; f >= 0; f = v->boxes->items[f].parent) {
        struct rect r = v->boxes->items[f].rect;
        if (r.width >= 300 && r.height >= 200 && r.y < v->phrases[phrase].box.y)
            return r;
    }
    return frame_rect(v->frame);
}

/* Does something stand left of the entry in the bar at the top? */
static bool has_left(const struct view *v, int phrase)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (r.x + r.width <= v->phrases[phrase].box.x && rect_center(r).y <= TOP_BAND)
            return true;
    }
    return false;
}

static bool has_above(const struct view *v, int phrase)
{
    int right = v->frame->width - SCROLL_BAR;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (r.y + r.height <= v->phrases[phrase].box.y && r.x + r.width < right)
            return true;
    }
    return false;
}

/* A bar begins with the name of the site, which stands apart or is stronger than the entries. */
static bool has_name(const struct view *v, const struct run *run)
{
    if (run->count < 3 || has_left(v, run->items[0]))
        return false;
    const struct phrase *a = &v->phrases[run->items[0]], *b = &v->phrases[run->items[1]];
    const struct phrase *c = &v->phrases[run->items[2]];
    int first = b->box.x - a->box.x - a->box.width, second = c->box.x - b->box.x - b->box.width;
    return a->box.x < v->frame->width / SIDE_LEFT &&
           (abs(first - second) > 6 || abs(a->box.height - b->box.height) > 4 ||
            colour_distance(a->ink, a->ground) > colour_distance(b->ink, b->ground) + 24 ||
            phrase_weight(v, a) > 1.2 * phrase_weight(v, b));
}

/* A button in a bar: it stands alone or last, with bar above and below it. */
static bool is_button(const struct view *v, const struct run *run, int at)
{
    int control = v->phrases[run->items[at]].control;
    if (control < 0 || v->controls[control].role != ROLE_BUTTON)
        return false;
    bool last = at + 1 == run->count, first = at == 0;
    int next = last ? -1 : v->phrases[run->items[at + 1]].control;
    bool boxed = next >= 0 && v->controls[next].role == ROLE_BUTTON;
    return v->controls[control].box.y > 3 && (last || boxed) && !(first && !last);
}

/* The entries of a menu bar touch: each reaches half the way to the next. */
static struct rect entry_box(const struct view *v, const struct run *run, int phrase)
{
    struct rect t = v->phrases[phrase].box;
    int least = GAP_MAX;
    for (int i = 1; i < run->count; i++) {
        struct rect a = v->phrases[run->items[i - 1]].box, b = v->phrases[run->items[i]].box;
        least = b.x - a.x - a.width < least ? b.x - a.x - a.width : least;
    }
    int side = least > 2 * ENTRY_PAD ? ENTRY_PAD : least / 2;
    return (struct rect){t.x - side, rect_center(t).y - ENTRY_HALF, t.width + 2 * side,
                         2 * ENTRY_HALF};
}

/* Does it say "File Edit View ...", or in a window, at its end, "Help"? */
static bool says_menu_bar(const struct view *v, const struct run *run)
{
    int said = 0;
    for (int i = 0; i < run->count; i++)
        said += phrase_is_menu(v, &v->phrases[run->items[i]]);
    const char *first = first_word(v, run->items[0]), *second = first_word(v, run->items[1]);
    const char *last = first_word(v, run->items[run->count - 1]);
    bool helps = strcmp(last, "Help") == 0 && area_of(v, run->items[0]).y > 0;
    return said >= 2 && (strcmp(first, "File") == 0 || strcmp(second, "Edit") == 0 || helps);
}

static bool find_bar(struct view *v, const struct run *run, bool window)
{
    struct rect area = area_of(v, run->items[0]);
    bool stands = (area.y > 0) == window &&
                  rect_center(v->phrases[run->items[0]].box).y - area.y <= TOP_BAND &&
                  (window || !has_above(v, run->items[0]));
    if (run->count < 2 || (says_menu_bar(v, run) ? !window : !stands))
        return false;
    int from = !window && has_name(v, run);
    if (run->count - from < (window && !says_menu_bar(v, run) ? 3 : 2))
        return false;
    for (int i = from; i < run->count; i++) {
        int phrase = run->items[i];
        struct rect ground = run_ground(v, phrase);
        if (is_button(v, run, i) || is_separator(v, phrase))
            continue;
        if (rect_empty(ground) && window)
            ground = entry_box(v, run, phrase);
        else if (rect_empty(ground))
            ground = rect_grow(v->phrases[phrase].box, 3);
        run_make(v, phrase, window ? ROLE_MENUITEM : ROLE_LINK, ground);
    }
    return true;
}

enum line {
    LINE_NONE,
    LINE_UNDER_ONE,     /* a stroke under one entry alone */
    LINE_UNDER_ALL_BUT, /* one entry interrupts the line under all */
};

/* Which entry the pixels of row Y tell from the others. */
static enum line read_line(const struct view *v, const struct run *run, int y, int *one)
{
    int lined = 0, bare = 0, last_lined = -1, last_bare = -1;
    for (int i = 0; i < run->count; i++) {
        struct rect t = v->phrases[run->items[i]].box;
        int found = edges_count(v->edges, (struct rect){t.x, y, t.width, 1});
        if (found * 10 >= t.width * 9) {
            lined++;
            last_lined = i;
        } else if (found * 10 <= t.width) {
            bare++;
            last_bare = i;
        }
    }
    if (lined + bare < run->count)
        return LINE_NONE;
    *one = lined == 1 ? last_lined : last_bare;
    return lined == 1 ? LINE_UNDER_ONE : bare == 1 ? LINE_UNDER_ALL_BUT : LINE_NONE;
}

/* Under all there is a line; one piece of it has another colour. */
static int read_colours(const struct view *v, const struct run *run, int y)
{
    uint32_t colours[RUN_MAX];
    int odd = -1;
    for (int i = 0; i < run->count; i++) {
        struct rect t = v->phrases[run->items[i]].box;
        if (edges_count(v->edges, (struct rect){t.x, y, t.width, 1}) * 10 < t.width * 9)
            return -1;
        colours[i] = colour_at(v->frame, t.x + t.width / 2, y + 1);
    }
    uint32_t common = colour_commonest(colours, run->count);
    for (int i = 0; i < run->count; i++)
        if (colour_distance(colours[i], common) >= 40) {
            if (odd >= 0)
                return -1;
            odd = i;
        }
    return run->count > 2 ? odd : -1;
}

/* Does the line run from the first entry to the last, but at the open tab? */
static bool goes_through(const struct view *v, const struct run *run, int y, struct rect open)
{
    struct rect first = v->phrases[run->items[0]].box;
    struct rect last = v->phrases[run->items[run->count - 1]].box;
    int left = open.x - first.x, right = last.x + last.width - open.x - open.width;
    int found = 0;
    if (left > 0)
        found += edges_count(v->edges, (struct rect){first.x, y, left, 1});
    else
        left = 0;
    if (right > 0)
        found += edges_count(v->edges, (struct rect){open.x + open.width, y, right, 1});
    else
        right = 0;
    return left + right > 0 && found * 10 >= (left + right) * 9;
}

/* A table's cells have others under them. */
static bool is_row_of_table(const struct view *v, const struct run *run, const int *below)
{
    int stacked = 0;
    for (int i = 0; i < run->count; i++) {
        int frame = v->phrases[run->items[i]].frame;
        bool under = below[run->items[i]] >= 0 || (frame >= 0 && v->uses[frame] == USE_ALONE);
        for (int j = 0; j < v->phrase_count && !under; j++)
            under = below[j] == run->items[i];
        stacked += under;
    }
    return stacked * 2 >= run->count;
}

/* The entry that is marked as the open tab; its box in GROUND. -1: none. */
static int find_marked(const struct view *v, const struct run *run, struct rect *ground)
{
    int bottom = 0, one = -1;
    for (int i = 0; i < run->count; i++) {
        struct rect t = v->phrases[run->items[i]].box;
        bottom = t.y + t.height > bottom ? t.y + t.height : bottom;
    }
    for (int y = bottom + 2; y < bottom + MARK_MAX; y++) {
        enum line line = read_line(v, run, y, &one);
        if (line == LINE_NONE && (one = read_colours(v, run, y)) < 0)
            continue;
        struct rect t = v->phrases[run->items[one]].box;
        struct rect stroke = tabs_stroke(v, t.x + t.width / 2, y);
        *ground = run_ground(v, run->items[one]);
        int control = v->phrases[run->items[one]].control;
        if (line != LINE_NONE && control >= 0 && v->controls[control].role == ROLE_BUTTON)
            return -1; /* the lower side of a button */
        if (line == LINE_UNDER_ALL_BUT)
            return !rect_empty(*ground) && goes_through(v, run, y, *ground) ? one : -1;
        if (line == LINE_UNDER_ONE && stroke.width > t.width + 160)
            return -1;
        int half = y - rect_center(t).y;
        bool narrow = line == LINE_UNDER_ONE;
        *ground = (struct rect){narrow ? stroke.x : t.x, rect_center(t).y - half,
                                narrow ? stroke.width : t.width, 2 * half};
        return one;
    }
    return -1;
}

/* Does a menu hang from one of the entries, so that they are a menu bar? */
static bool has_menu(const struct view *v, const struct run *run)
{
    for (int i = 0; i < run->count; i++)
        for (int j = 0; j < v->control_count; j++) {
            struct rect t = v->phrases[run->items[i]].box, entry = v->controls[j].box;
            int gap = entry.y - t.y - t.height, inset = t.x - entry.x;
            if (v->controls[j].role == ROLE_MENUITEM && gap >= 0 && gap <= 24 && inset >= -4 &&
                inset <= 24)
                return true;
        }
    return false;
}

static bool find_tabs(struct view *v, const struct run *run)
{
    struct run tabs = *run;
    struct rect ground;
    int one = -1;
    while (tabs.count >= 2 && (one = find_marked(v, &tabs, &ground)) < 0)
        tabs.count--; /* something else may follow */
    if (one < 0)
        return false;
    tabs_drop_page(v, ground);
    struct rect open = v->phrases[tabs.items[one]].box;
    for (int i = 0; i < tabs.count; i++) {
        struct rect t = v->phrases[tabs.items[i]].box;
        struct rect box = {t.x - (open.x - ground.x), ground.y, t.width + ground.width - open.width,
                           ground.height};
        struct control *c = run_make(v, tabs.items[i], ROLE_TAB, box);
        c->states |= i == one ? STATE_SELECTED : 0;
    }
    return true;
}

/* The way to a page: entries with the same stroke between each two. */
static bool find_trail(struct view *v, const struct run *run)
{
    if (run->count < 3 || run->count % 2 == 0)
        return false;
    for (int i = 0; i < run->count; i++)
        if (is_separator(v, run->items[i]) != (i % 2 == 1))
            return false;
    for (int i = 0; i + 1 < run->count; i += 2)
        run_make(v, run->items[i], ROLE_LINK, rect_grow(v->phrases[run->items[i]].box, 1));
    return true;
}

/* Numbers that count up: the pages of a list, with what stands before and after them. */
static bool find_pages(struct view *v, const struct run *run, const int *below)
{
    if (is_row_of_table(v, run, below))
        return false; /* or of a calculator's buttons */
    int counted = 1, last = -1, height = 0;
    for (int i = 0; i < run->count; i++) {
        int number = atoi(first_word(v, run->items[i]));
        if (last > 0 && number == last + 1) {
            counted++;
            height = run_ground(v, run->items[i]).height;
        }
        last = number;
    }
    if (counted < 2 || run->count < 3)
        return false;
    for (int i = 0; i < run->count; i++) {
        struct rect ground = run_ground(v, run->items[i]);
        if (ground.height > 0 && abs(ground.height - height) > 4)
            continue; /* a button beside them */
        if (rect_empty(ground))
            ground = rect_grow(v->phrases[run->items[i]].box, 1);
        run_make(v, run->items[i], ROLE_LINK, ground);
    }
    return true;
}

/* What is no tab, and no row of a table, may be the menu bar of a window. */
static bool may_be_menu_bar(struct view *v, const struct run *run, const int *below)
{
    if (has_menu(v, run))
        return true;
    return !tabs_take_boxes(v, run) && v->phrases[run->items[run->count - 1]].control < 0 &&
           !is_row_of_table(v, run, below) && !find_tabs(v, run);
}

void bars_find(struct view *v)
{
    const int *next = runs_right(v, GAP_MAX), *below = runs_below(v, ROW_MAX);
    bool bar = false;
    struct run run;
    for (int i = 0; i < v->phrase_count; i++)
        if (run_take(v, next, i, &run) && !find_trail(v, &run) && !find_pages(v, &run, below))
            bar |= find_bar(v, &run, false);
    for (int i = 0; i < v->phrase_count; i++)
        if (run_take(v, next, i, &run) &&
            (says_menu_bar(v, &run) || (may_be_menu_bar(v, &run, below) && !bar)))
            find_bar(v, &run, true);
}

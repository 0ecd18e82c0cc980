/*
 * What is made of plain words alone shows what it is by how it stands: in a row along the top
 * (navigation, a menu bar), in a row of which one is marked (tabs), in a column of even steps with
 * nothing beside it (a side bar).
 */
#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>

#define RUN_MAX   32
#define TOP_BAND  76 /* pixels from the top of a screen or window in which its bar is */
#define GAP_MIN   8
#define GAP_MAX   84
#define STEP_MIN  22 /* from one entry of a side bar to the next */
#define STEP_MAX  64
#define WORDS_MAX 3

struct run {
    int items[RUN_MAX]; /* phrases, left to right or top to bottom */
    int count;
};

static bool is_entry(const struct view *v, const struct phrase *p)
{
    if (p->count > WORDS_MAX || p->label || p->box.height > 30)
        return false;
    if (p->control < 0)
        return true;
    enum role role = v->controls[p->control].role;
    return role == ROLE_BUTTON || role == ROLE_LINK;
}

static int middle(struct rect r)
{
    return r.y + r.height / 2;
}

/* The phrase that comes next in the row, -1 for none. */
static int next_right(const struct view *v, int from)
{
    struct rect r = v->phrases[from].box;
    int best = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        int gap = p->box.x - r.x - r.width;
        if (i == from || gap < GAP_MIN || gap > GAP_MAX || abs(middle(p->box) - middle(r)) > 4 ||
            abs(p->box.height - r.height) > 6 || !is_entry(v, p))
            continue;
        if (best < 0 || p->box.x < v->phrases[best].box.x)
            best = i;
    }
    return best;
}

static int next_below(const struct view *v, int from)
{
    struct rect r = v->phrases[from].box;
    int best = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        int step = middle(p->box) - middle(r);
        if (step < STEP_MIN || step > STEP_MAX || abs(p->box.x - r.x) > 3 ||
            abs(p->box.height - r.height) > 6 || !is_entry(v, p))
            continue;
        if (best < 0 || step < middle(v->phrases[best].box) - middle(r))
            best = i;
    }
    return best;
}

static void follow(const struct view *v, int from, int (*next)(const struct view *, int),
                   struct run *run)
{
    run->count = 0;
    for (int i = from; i >= 0 && run->count < RUN_MAX; i = next(v, i))
        run->items[run->count++] = i;
}

/* The top of the screen, or of the window that the phrase is in. */
static int top_of(const struct view *v, const struct phrase *p, struct rect *around)
{
    *around = frame_rect(v->frame);
    for (int f = p->frame; f >= 0; f = v->boxes->items[f].parent) {
        struct rect r = v->boxes->items[f].rect;
        if (r.width >= 300 && r.height >= 200)
            *around = r;
    }
    return around->y;
}

/* The painted ground of an entry, hardly wider than its text; -1 for none. */
static int ground_of(const struct view *v, const struct phrase *p, int wider)
{
    if (p->frame < 0)
        return -1;
    struct rect r = v->boxes->items[p->frame].rect;
    return r.height <= 80 && r.width <= p->box.width + wider && r.height < 4 * p->box.height + 16
               ? p->frame
               : -1;
}

static void make(struct view *v, const struct run *run, enum role role, float sure, int selected)
{
    for (int i = 0; i < run->count; i++) {
        struct phrase *p = &v->phrases[run->items[i]];
        if (p->control >= 0) {
            struct control *c = &v->controls[p->control];
            if (role == ROLE_TAB && c->sure < 0.9f)
                c->role = role;
            c->states |= run->items[i] == selected ? STATE_SELECTED : 0;
            continue;
        }
        p->control = v->control_count;
        int ground = ground_of(v, p, 80);
        struct rect box = ground >= 0 ? v->boxes->items[ground].rect : rect_grow(p->box, 3);
        struct control *c = view_add_control(v, role, box, ground);
        c->sure = sure;
        c->states |= run->items[i] == selected ? STATE_SELECTED : 0;
    }
}

/* A bar begins with the name of the site, which stands apart or is stronger than the entries. */
static void drop_name(const struct view *v, struct run *run)
{
    const struct phrase *a = &v->phrases[run->items[0]], *b = &v->phrases[run->items[1]];
    const struct phrase *c = &v->phrases[run->items[2]];
    int first = b->box.x - a->box.x - a->box.width, second = c->box.x - b->box.x - b->box.width;
    bool apart = abs(first - second) > 6 || a->box.height > b->box.height + 3;
    bool strong = colour_distance(a->ink, a->ground) > colour_distance(b->ink, b->ground) + 24;
    if (!apart && !strong)
        return;
    run->count--;
    for (int i = 0; i < run->count; i++)
        run->items[i] = run->items[i + 1];
}

static void find_bar(struct view *v, int first)
{
    struct run run;
    struct rect around;
    int top = top_of(v, &v->phrases[first], &around);
    if (middle(v->phrases[first].box) - top > TOP_BAND)
        return;
    follow(v, first, next_right, &run);
    if (run.count < 3)
        return;
    bool menu = around.y > 0; /* a window's, not the page's */
    if (!menu)
        drop_name(v, &run);
    make(v, &run, menu ? ROLE_MENUITEM : ROLE_LINK, 0.6f, -1);
}

/* Is there a coloured stroke right under (or over) the phrase, hardly wider than it? */
static bool is_marked(const struct view *v, struct rect p)
{
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect r = v->edges->inks.items[i];
        int below = r.y - p.y - p.height, above = p.y - r.y - r.height;
        int off = abs(2 * r.x + r.width - 2 * p.x - p.width) / 2;
        if (r.height > 5 || r.width * 10 < p.width * 8 || r.width > p.width + 80 || off > 6)
            continue;
        uint32_t c = colour_at(v->frame, r.x + r.width / 2, r.y + r.height / 2);
        if (((below >= 4 && below <= 24) || (above >= 4 && above <= 24)) &&
            colour_saturation(c) >= 48)
            return true;
    }
    return false;
}

static void find_tabs(struct view *v, int first)
{
    struct run run;
    int selected = -1, marked = 0;
    follow(v, first, next_right, &run);
    for (int i = 0; i < run.count; i++)
        if (is_marked(v, v->phrases[run.items[i]].box)) {
            selected = run.items[i];
            marked++;
        }
    if (run.count >= 2 && marked == 1)
        make(v, &run, ROLE_TAB, 0.6f, selected);
}

/* Where what stands beside it in its row begins, on the right or left; -1: nowhere near. */
static int beside(const struct view *v, const struct phrase *p, bool right)
{
    int best = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        int gap = right ? r.x - p->box.x - p->box.width : p->box.x - r.x - r.width;
        if (abs(middle(r) - middle(p->box)) > p->box.height / 2 || gap <= 0 || gap > 400)
            continue;
        if (best < 0 || (right ? r.x < best : r.x > best))
            best = r.x;
    }
    return best;
}

/* A column of a table: what stands beside most of its rows stands in a column, too. */
static bool is_column(const struct view *v, const struct run *run, bool right)
{
    for (int i = 0; i < run->count; i++) {
        int x = beside(v, &v->phrases[run->items[i]], right), alike = 0;
        for (int j = 0; x >= 0 && j < run->count; j++)
            alike += abs(beside(v, &v->phrases[run->items[j]], right) - x) <= 6;
        if (alike * 2 > run->count)
            return true;
    }
    return false;
}

/* Entries are as large as the painted ground of the one that is chosen. */
static void widen(struct view *v, const struct run *run, int step)
{
    int ground = -1;
    for (int i = 0; i < run->count && ground < 0; i++)
        ground = ground_of(v, &v->phrases[run->items[i]], 400);
    if (ground < 0 || abs(v->boxes->items[ground].rect.height - step) > 10)
        return;
    struct rect r = v->boxes->items[ground].rect;
    for (int i = 0; i < run->count; i++) {
        const struct phrase *p = &v->phrases[run->items[i]];
        if (p->control >= 0)
            v->controls[p->control].box =
                (struct rect){r.x, middle(p->box) - r.height / 2, r.width, r.height};
    }
}

static void find_side(struct view *v, int first)
{
    struct run run;
    int least = STEP_MAX, most = 0;
    follow(v, first, next_below, &run);
    for (int i = 1; i < run.count; i++) {
        int step = middle(v->phrases[run.items[i]].box) - middle(v->phrases[run.items[i - 1]].box);
        least = step < least ? step : least;
        most = step > most ? step : most;
    }
    if (run.count < 4 || most - least > 5 || v->phrases[first].box.x * 5 > v->frame->width * 2 ||
        is_column(v, &run, true) || is_column(v, &run, false))
        return;
    make(v, &run, ROLE_LINK, 0.55f, -1);
    widen(v, &run, least);
}

/* Buttons in a row on the upper side of a panel are its tabs. */
static void find_boxed_tabs(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        int bottom = c->box.y + c->box.height;
        if (c->role != ROLE_BUTTON || c->source < 0 || c->box.height > 48)
            continue;
        for (int j = 0; j < v->boxes->count; j++) {
            struct rect panel = v->boxes->items[j].rect;
            if (v->boxes->items[j].kind == BOX_FRAME && panel.height >= 80 &&
                panel.width >= c->box.width + 40 && abs(panel.y - bottom) <= 4 &&
                panel.x <= c->box.x + 2 && panel.x + panel.width >= c->box.x + c->box.width)
                c->role = ROLE_TAB;
        }
    }
}

void bars_find(struct view *v)
{
    find_boxed_tabs(v);
    for (int i = 0; i < v->phrase_count; i++)
        if (is_entry(v, &v->phrases[i]))
            find_tabs(v, i);
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].control < 0 && is_entry(v, &v->phrases[i])) {
            find_bar(v, i);
            if (v->phrases[i].control < 0)
                find_side(v, i);
        }
}

/*
 * Words under each other in even steps: the entries of a menu that hangs from the button above it,
 * or of a side bar.
 */
#include "vision/view.h"

#include "base/utf8.h"
#include "vision/runs.h"

#include <stdlib.h>
#include <string.h>

#define STEP_MAX   64
#define STEP_SIDE  22 /* entries of a side bar stand this far apart at least */
#define REACH      48 /* from the opener down to the middle of a menu's first entry */
#define TOP_BAND   76 /* what stands in the bar of a page may open a menu without saying so */
#define ASIDE_MAX  140
#define SPREAD_MAX 5 /* between the largest and the least step */

/* The step from entry to entry; 0 when the steps differ. */
static int step_of(const struct view *v, const struct run *run)
{
    int least = STEP_MAX, most = 0;
    for (int i = 1; i < run->count; i++) {
        int step = rect_center(v->phrases[run->items[i]].box).y -
                   rect_center(v->phrases[run->items[i - 1]].box).y;
        least = step < least ? step : least;
        most = step > most ? step : most;
    }
    return most - least <= SPREAD_MAX ? (least + most) / 2 : 0;
}

static bool is_nearer(struct rect r, struct rect p, bool right, int best)
{
    int gap = right ? r.x - p.x - p.width : p.x - r.x - r.width;
    return abs(rect_center(r).y - rect_center(p).y) <= p.height / 2 && gap > 0 && gap <= 400 &&
           (best < 0 || (right ? r.x < best : r.x > best));
}

/* Where what stands beside it in its row begins, on the right or left; -1: nowhere near. */
static int beside(const struct view *v, const struct phrase *p, bool right)
{
    int best = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        int control = v->phrases[i].control;
        bool over = control >= 0 && v->controls[control].role == ROLE_MENUITEM; /* it lies above */
        if (!over && is_nearer(v->phrases[i].box, p->box, right, best))
            best = v->phrases[i].box.x;
    }
    for (int i = 0; i < v->control_count; i++)
        if ((role_is_field(v->controls[i].role) || v->controls[i].role == ROLE_RADIO ||
             v->controls[i].role == ROLE_PROGRESSBAR) &&
            is_nearer(v->controls[i].box, p->box, right, best))
            best = v->controls[i].box.x;
    return best;
}

/* A column of a table: what stands beside most of its rows, on their SURFACE where they have one,
 * stands in a column, too. */
static bool is_column(const struct view *v, const struct run *run, bool right, struct rect surface)
{
    for (int i = 0; i < run->count; i++) {
        int x = beside(v, &v->phrases[run->items[i]], right), alike = 0;
        if (!rect_empty(surface) && (x < surface.x || x >= surface.x + surface.width))
            continue;
        for (int j = 0; x >= 0 && j < run->count; j++)
            alike += abs(beside(v, &v->phrases[run->items[j]], right) - x) <= 6;
        if (alike * 10 > run->count * 7)
            return true;
    }
    return false;
}

/* The surface that the entries lie on with little else: it is hardly higher than they need. */
static struct rect surface_of(const struct view *v, const struct run *run, int step)
{
    int first = rect_center(v->phrases[run->items[0]].box).y;
    int last = rect_center(v->phrases[run->items[run->count - 1]].box).y;
    for (int f = v->phrases[run->items[0]].frame; f >= 0; f = v->boxes->items[f].parent) {
        struct rect r = v->boxes->items[f].rect;
        if (r.y <= first - step / 3 && r.y + r.height >= last + step / 3 &&
            r.height <= last - first + 3 * step && r.width * 2 < v->frame->width)
            return r;
    }
    return (struct rect){0};
}

/* What lies on its own ground among words that have none shows how large all are. */
static struct rect widest_ground(const struct view *v, const struct run *run, int step)
{
    for (int i = 0; i < run->count; i++) {
        int f = v->phrases[run->items[i]].frame;
        struct rect r = f < 0 ? (struct rect){0} : v->boxes->items[f].rect;
        if (f >= 0 && abs(r.height - step) <= 10 && r.width * 2 < v->frame->width)
            return r;
    }
    return (struct rect){0};
}

/* The boxes of the entries: as wide as the ground of one of them or the surface of all. */
static void make(struct view *v, const struct run *run, enum role role, struct rect wide, int step)
{
    struct rect ground = widest_ground(v, run, step);
    struct rect across = rect_empty(ground) ? wide : ground;
    int height = rect_empty(ground) ? step : ground.height;
    for (int i = 0; i < run->count; i++) {
        struct rect t = v->phrases[run->items[i]].box;
        struct rect box = {across.x, rect_center(t).y - height / 2, across.width, height};
        run_make(v, run->items[i], role, rect_empty(across) ? rect_grow(t, 3) : box);
    }
}

/* The button or combobox that a menu hangs from: right above it, and as far left or right. */
static struct control *find_opener(struct view *v, struct rect menu, struct rect first)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        struct rect b = c->box;
        int gap = rect_center(first).y - b.y - b.height, end = menu.x + menu.width;
        bool left = abs(b.x - menu.x) <= 12 || (first.x >= b.x && first.x <= b.x + 32);
        bool right = abs(b.x + b.width - end) <= 12;
        bool opens = b.y + b.height <= TOP_BAND || !rect_empty(c->sign);
        bool under = opens && menu.x >= b.x - ASIDE_MAX && end > b.x && end <= b.x + b.width + 40;
        if ((c->role == ROLE_BUTTON || c->role == ROLE_COMBOBOX) && c->sure >= 0.5f && gap >= 8 &&
            gap <= REACH && (left || right || under) && b.height <= 64)
            return c;
    }
    return NULL;
}

static void drop_surface(struct view *v, struct rect surface)
{
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].source >= 0 && rect_area(surface) &&
            rect_overlap(v->controls[i].box, surface) > 0.8)
            v->controls[i].role = ROLE_NONE;
}

/* The numbers of lines, say. */
static bool is_numbers(const struct view *v, const struct run *run)
{
    for (int i = 0; i < run->count; i++) {
        const char *text = v->scene->words[v->phrases[run->items[i]].first].text;
        if (text[strspn(text, "0123456789")])
            return false;
    }
    return true;
}

static void find_menu(struct view *v, const struct run *run)
{
    int step = step_of(v, run);
    if (step == 0)
        return;
    struct rect surface = surface_of(v, run, step), first = v->phrases[run->items[0]].box;
    struct rect all = surface;
    for (int i = 0; i < run->count && rect_empty(surface); i++)
        all = rect_empty(all) ? v->phrases[run->items[i]].box
                              : rect_union(all, v->phrases[run->items[i]].box);
    struct control *opener = find_opener(v, all, first);
    if (!opener)
        return;
    if (rect_empty(surface)) { /* only its shadow sets it off */
        int pad = first.x > opener->box.x ? first.x - opener->box.x : 12;
        all = (struct rect){first.x - pad, all.y, all.width + 2 * pad, all.height};
        if (run->count < 3 || is_column(v, run, true, surface) || is_column(v, run, false, surface))
            return;
    }
    if (opener->role == ROLE_BUTTON && is_numbers(v, run))
        return;
    if (opener->role == ROLE_BUTTON && all.width <= opener->box.width + 2)
        return; /* a list as wide as the button over it stands on the page */
    if (view_is_menu_button(v, opener))
        opener->role = ROLE_BUTTON;
    enum role role = opener->role == ROLE_COMBOBOX ? ROLE_OPTION : ROLE_MENUITEM;
    opener->states |= STATE_EXPANDED;
    drop_surface(v, surface);
    make(v, run, role, all, step);
}

/* Has each entry a word? */
static bool is_wordy(const struct view *v, const struct run *run)
{
    for (int i = 0; i < run->count; i++) {
        const struct phrase *p = &v->phrases[run->items[i]];
        bool wordy = false;
        for (int j = 0; j < p->count && !wordy; j++)
            wordy = utf8_length(v->scene->words[p->first + j].text) >= 2;
        if (!wordy)
            return false;
    }
    return true;
}

/* Is it a sentence, or a name and its value, as "Guests: 1"? */
static bool is_prose(const struct view *v, const struct phrase *p)
{
    const char *word = v->scene->words[p->first + p->count - 1].text;
    size_t length = strlen(word);
    if (length > 1 && word[length - 1] == '.' && word[length - 2] != '.')
        return true;
    for (int i = p->first; i + 1 < p->first + p->count; i++) {
        word = v->scene->words[i].text;
        if (*word && word[strlen(word) - 1] == ':')
            return true;
    }
    return false;
}

static bool is_mostly_prose(const struct view *v, const struct run *run)
{
    int prose = 0;
    for (int i = 0; i < run->count; i++)
        prose += is_prose(v, &v->phrases[run->items[i]]);
    return prose * 2 > run->count;
}

static void find_side(struct view *v, const struct run *run)
{
    int step = step_of(v, run);
    struct rect first = v->phrases[run->items[0]].box;
    struct rect surface = step ? surface_of(v, run, step) : (struct rect){0};
    if (step < STEP_SIDE || run->count < 4 || !is_wordy(v, run) || is_mostly_prose(v, run) ||
        first.x * 5 > v->frame->width * 2 || is_column(v, run, true, surface) ||
        is_column(v, run, false, surface))
        return;
    make(v, run, ROLE_LINK, surface_of(v, run, step), step);
}

/* Is it an entry of something already? */
static bool is_known(const struct view *v, int phrase)
{
    int control = v->phrases[phrase].control;
    enum role role = control < 0 ? ROLE_NONE : v->controls[control].role;
    return role == ROLE_LINK || role == ROLE_MENUITEM || role == ROLE_OPTION || role == ROLE_TAB;
}

void columns_find(struct view *v)
{
    const int *next = runs_below(v, STEP_MAX);
    struct run run;
    for (int i = 0; i < v->phrase_count; i++)
        if (run_take(v, next, i, &run))
            find_menu(v, &run);
    for (int i = 0; i < v->phrase_count; i++)
        if (run_take(v, next, i, &run) && !is_known(v, i))
            find_side(v, &run);
}

/*
 * menus: a popped-up menu is a column of texts between two straight sides that hangs from a word in
 * a bar, or that names chords of keys at its right. Checks and icons in its left margin belong to
 * its entries.
 */
#include "vision/view.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define STEP_MIN   15
#define STEP_MAX   60 /* pixels from entry to entry: a separator may lie between */
#define ENTRIES    64
#define ALIGN_MAX  4
#define MARGIN_MAX 72  /* from the texts to the left side */
#define WIDTH_MAX  560 /* from the texts to the right side */
#define HANG_MAX   44  /* from the word in the bar down to the first entry */

struct menu {
    int items[ENTRIES];         /* phrases from top to bottom */
    struct rect texts[ENTRIES]; /* of each, without its icon */
    int count;
    int step; /* the least from entry to entry */
};

/* The text of a phrase from the word on that begins at X; empty when none does. An icon before it
 * may have been read as a letter. */
static struct rect text_from(const struct view *v, int phrase, int x)
{
    const struct phrase *p = &v->phrases[phrase];
    struct rect end = v->scene->words[p->first + p->count - 1].box;
    for (int i = p->first; i < p->first + p->count; i++)
        if (abs(v->scene->words[i].box.x - x) <= ALIGN_MAX)
            return rect_union(v->scene->words[i].box, end);
    return (struct rect){0};
}

static bool take_column(const struct view *v, const bool *taken, int first, struct menu *m)
{
    *m = (struct menu){.count = 1, .items = {first}, .texts = {v->phrases[first].box}};
    m->step = STEP_MAX;
    for (int best = first; best >= 0 && m->count < ENTRIES;) {
        struct rect last = m->texts[m->count - 1], text = {0};
        int nearest = (m->step < STEP_MAX / 2 ? 2 * m->step : STEP_MAX) + 1;
        best = -1;
        for (int i = 0; i < v->phrase_count; i++) {
            struct rect r = v->phrases[i].box;
            int step = rect_center(r).y - rect_center(last).y;
            if (taken[i] || v->phrases[i].label || step < STEP_MIN || step >= nearest ||
                rect_empty(r = text_from(v, i, last.x)))
                continue;
            nearest = step;
            text = r;
            best = i;
        }
        if (best < 0)
            break;
        m->step = nearest < m->step ? nearest : m->step;
        m->items[m->count] = best;
        m->texts[m->count++] = text;
    }
    return m->count >= 2;
}

/* "Ctrl+Shift+Z", "Alt+F4", "F2": how a menu says which keys do the same. */
static bool is_chord(const char *text)
{
    static const char *const keys[] = {"Ctrl+", "Alt+", "Shift+", "Super+", "Meta+"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strncmp(text, keys[i], strlen(keys[i])) == 0)
            return true;
    return text[0] == 'F' && isdigit((unsigned char)text[1]) && strlen(text) <= 3;
}

/* Does a chord of keys stand in the row of some entry, to its right? */
static bool has_chord(const struct view *v, const struct menu *m)
{
    for (int i = 0; i < m->count; i++) {
        struct rect r = m->texts[i];
        for (int j = 0; j < v->phrase_count; j++) {
            struct rect key = v->phrases[j].box;
            if (key.x > r.x + r.width && key.x < r.x + WIDTH_MAX &&
                abs(rect_center(key).y - rect_center(r).y) <= 4 &&
                is_chord(v->scene->words[v->phrases[j].first].text))
                return true;
        }
    }
    return false;
}

/* "Planet:" names what stands beside it. */
static bool is_name(const struct view *v, const struct phrase *p)
{
    const char *last = v->scene->words[p->first + p->count - 1].text;
    return *last && last[strlen(last) - 1] == ':';
}

/* Is there another short text beside P: a bar of words? */
static bool is_in_bar(const struct view *v, int p)
{
    struct rect r = v->phrases[p].box;
    if (is_name(v, &v->phrases[p]))
        return false;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect other = v->phrases[i].box;
        int right = other.x - r.x - r.width, left = r.x - other.x - other.width;
        int gap = right > left ? right : left;
        if (gap >= 6 && gap <= 40 && abs(rect_center(other).y - rect_center(r).y) <= 3 &&
            v->phrases[i].count <= 3 && !is_name(v, &v->phrases[i]))
            return true;
    }
    return false;
}

/* Does a word in a bar begin in AREA and stand with its lower end there? */
static bool hangs_in(const struct view *v, struct rect area)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (rect_holds(area, (struct point){r.x, r.y + r.height}) && is_in_bar(v, i))
            return true;
    }
    return false;
}

static bool is_side(const struct view *v, int x, int y, int height)
{
    return edges_count(v->edges, (struct rect){x, y, 1, height}) * 20 >= height * 19;
}

static bool is_lid(const struct view *v, int x, int y, int width)
{
    return edges_count(v->edges, (struct rect){x, y, width, 1}) * 20 >= width * 19;
}

/* The surface between the straight sides left and right of the column; empty when there is none. */
static struct rect find_surface(const struct view *v, const struct menu *m)
{
    struct rect first = m->texts[0], last = m->texts[m->count - 1];
    int y = first.y, height = last.y + last.height - y;
    int left = first.x - 3, right = first.x + 24;
    while (left > first.x - MARGIN_MAX && left >= 0 && !is_side(v, left, y, height))
        left--;
    while (right < first.x + WIDTH_MAX && right < v->frame->width && !is_side(v, right, y, height))
        right++;
    if (left <= first.x - MARGIN_MAX || left < 0 || right >= first.x + WIDTH_MAX ||
        right >= v->frame->width)
        return (struct rect){0};
    int top = y - 2, bottom = y + height + 1, width = right - left - 4;
    while (top > y - HANG_MAX / 2 && top >= 0 && !is_lid(v, left + 3, top, width))
        top--;
    while (bottom < y + height + HANG_MAX / 2 && bottom < v->frame->height &&
           !is_lid(v, left + 3, bottom, width))
        bottom++;
    if (top <= y - HANG_MAX / 2 || bottom >= y + height + HANG_MAX / 2)
        return (struct rect){0};
    return (struct rect){left + 1, top + 1, right - left, bottom - top};
}

/* Is the column the first that stands on the surface? */
static bool begins(const struct view *v, const struct menu *m, struct rect surface)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (rect_inside(r, surface) && r.width > r.height && r.x < m->texts[0].x - MARGIN_MAX / 2)
            return false;
    }
    return true;
}

/* Do most rows have more than a text and its keys: cells of a table? */
static bool is_table(const struct view *v, const struct menu *m, struct rect surface)
{
    int rows = 0;
    for (int i = 0; i < m->count; i++) {
        bool more = false;
        for (int j = 0; j < v->phrase_count && !more; j++) {
            struct rect r = v->phrases[j].box;
            const char *text = v->scene->words[v->phrases[j].first].text;
            more = j != m->items[i] && abs(rect_center(r).y - rect_center(m->texts[i]).y) <= 4 &&
                   rect_inside(r, surface) && r.x > m->texts[i].x && r.width > r.height &&
                   !is_chord(text) && !strchr(text, '+'); /* keys that were misread */
        }
        rows += more;
    }
    return rows * 2 > m->count;
}

/* The words of an entry, without its icon and its keys. */
static const char *name_of(struct view *v, const struct menu *m, int entry)
{
    struct phrase p = v->phrases[m->items[entry]];
    while (p.count > 1 && v->scene->words[p.first].box.x < m->texts[entry].x) {
        p.first++;
        p.count--;
    }
    return view_text(v, &p);
}

/* What was thought of the pieces of the surface goes; a mark that is set makes its entry a checked
 * one. */
static void make_entries(struct view *v, const struct menu *m, struct rect surface)
{
    int before = v->control_count;
    for (int i = 0; i < m->count; i++) {
        struct rect text = m->texts[i];
        struct rect row = {surface.x, rect_center(text).y - m->step / 2, surface.width, m->step};
        struct control *c = view_add_control(v, ROLE_MENUITEM, row, -1);
        c->sure = 0.8f;
        c->name = name_of(v, m, i);
    }
    for (int i = 0; i < before; i++) {
        struct control *c = &v->controls[i];
        if (!rect_inside(c->box, rect_grow(surface, 6)))
            continue;
        for (int j = before; j < v->control_count; j++)
            if (rect_holds(v->controls[j].box, rect_center(c->box)))
                v->controls[j].states |= c->states & STATE_CHECKED;
        c->role = ROLE_NONE;
    }
}

/* Where the word that a menu hangs from begins: right over the menu's left end. */
static struct rect opener_area(int left, int right, int top)
{
    return (struct rect){left, top - HANG_MAX / 2, right - left, HANG_MAX / 2 + 3};
}

void menus_find(struct view *v)
{
    bool *taken = arena_alloc(&v->scene->arena, (size_t)v->phrase_count + 1);
    memset(taken, 0, (size_t)v->phrase_count + 1);
    struct menu m;
    for (int i = 0; i < v->phrase_count; i++) {
        if (taken[i] || v->phrases[i].label || !take_column(v, taken, i, &m))
            continue;
        for (int j = 0; j < m.count; j++)
            taken[m.items[j]] = true;
        struct rect first = v->phrases[i].box, surface;
        bool chord = has_chord(v, &m);
        if (!chord && !hangs_in(v, opener_area(first.x - MARGIN_MAX, first.x + 8, first.y)))
            continue;
        surface = find_surface(v, &m);
        if (!rect_empty(surface) && begins(v, &m, surface) && !is_table(v, &m, surface) &&
            (chord || hangs_in(v, opener_area(surface.x - 4, surface.x + 24, surface.y))))
            make_entries(v, &m, surface);
    }
}

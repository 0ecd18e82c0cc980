/*
 * What looks like an empty field by its frame, and is a part of something else: the track of a
 * scroll bar, the status bar at the foot of a window, a panel of the window's own colour.
 */
#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>

#define TRACK_HIGH  18 /* pixels; fields are higher */
#define STATUS_HIGH 34
#define WINDOW_WIDE 300
#define WINDOW_HIGH 200
#define ALIKE       12 /* shades of one colour */
#define WHITE       246
#define DARK        128
#define TOUCH       3

static int bottom_of(struct rect r)
{
    return r.y + r.height;
}

static bool holds_text(const struct view *v, int box)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].frame == box)
            return true;
    return false;
}

/* Low and long, with its knob in it, or with an end of it or an arrow beside it. */
static bool is_track(const struct view *v, int box)
{
    struct rect r = v->boxes->items[box].rect;
    if (r.height > TRACK_HIGH || r.width < 2 * r.height || holds_text(v, box))
        return false;
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        struct rect o = b->rect;
        bool beside = abs(rect_right(r) - o.x) <= TOUCH || abs(rect_right(o) - r.x) <= TOUCH;
        bool knob = b->parent == box && o.height * 2 > r.height;
        if (i != box && b->kind == BOX_FRAME &&
            (knob || (beside && abs(o.y - r.y) <= 1 && abs(o.height - r.height) <= 1)))
            return true;
    }
    return false;
}

/* The window that it is in; -1: it is on a page. */
static int window_of(const struct view *v, int box)
{
    int window = -1;
    for (int i = v->boxes->items[box].parent; i >= 0; i = v->boxes->items[i].parent) {
        struct rect r = v->boxes->items[i].rect;
        if (r.width >= WINDOW_WIDE && r.height >= WINDOW_HIGH && r.y > 0)
            window = i;
    }
    return window;
}

static bool is_alike(const struct view *v, int box, int window)
{
    return colour_distance(v->boxes->items[box].fill, v->boxes->items[window].fill) <= ALIKE;
}

/* Along the foot of its window, from the left side on, and of the same colour. */
static bool is_status(const struct view *v, int box, int window)
{
    struct rect r = v->boxes->items[box].rect, w = v->boxes->items[window].rect;
    return r.height <= STATUS_HIGH && abs(bottom_of(r) - bottom_of(w)) <= 2 * TOUCH &&
           abs(r.x - w.x) <= 2 * TOUCH && is_alike(v, box, window);
}

/* Of the grey of its window, where fields are white. */
static bool is_panel(const struct view *v, const struct control *c, int window)
{
    int shade = colour_luma(v->boxes->items[window].fill);
    return c->states & STATE_MULTILINE && shade > DARK && shade < WHITE &&
           is_alike(v, c->source, window) && !holds_text(v, c->source);
}

void parts_drop(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->role != ROLE_TEXTBOX || c->source < 0)
            continue;
        int window = window_of(v, c->source);
        if (is_track(v, c->source) ||
            (window >= 0 && (is_status(v, c->source, window) || is_panel(v, c, window))))
            c->role = ROLE_NONE;
    }
}

/*
 * Progress bars: what is filled up to some place and holds no text but a number. What is empty or
 * full is told by a number in it, or by another bar like it.
 */
#include "vision/view.h"

#include "vision/colour.h"
#include "vision/fills.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SURE      0.7f
#define TOUCH     4
#define BESIDE    40 /* pixels to the number beside it */
#define OVER      22 /* and above it */
#define LINE_HIGH 5  /* of the line under a tab */
#define AGREE     4  /* hundredths */
#define DARKER    16 /* gray levels */
#define LOW       14 /* pixels; no field is that low */

/* The line under the first of some tabs: its text stands over its middle, and others beside that.
 */
static bool is_tabs(const struct view *v, const struct box *b)
{
    bool own = false, others = false;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect p = v->phrases[i].box;
        int gap = b->rect.y - p.y - p.height, middle = rect_center(b->inner).x;
        if (gap < 0 || gap > OVER || p.x < b->rect.x - TOUCH)
            continue;
        own |= abs(rect_center(p).x - middle) <= TOUCH;
        others |= p.x > rect_right(b->inner);
    }
    return own && others && b->rect.height <= LINE_HIGH;
}

/* "45%", "45 %": the number; -1: it is none. */
static int percent_of(const char *text)
{
    char *end;
    long n = strtol(text, &end, 10);
    end += strspn(end, " .,0123456789");
    return end != text && *end == '%' && !end[1] && n >= 0 && n <= 100 ? (int)n : -1;
}

/* "3 of 12 files", "Memory: 45 %" */
static bool is_counted(const char *text)
{
    const char *digits = "0123456789", *first = text + strcspn(text, digits);
    const char *behind = first + strspn(first, digits);
    return *first && (strchr(behind, '%') || behind[strcspn(behind, digits)]);
}

/* What stands in it must be a number: a control has another text. */
static bool is_text_fit(struct view *v, struct rect bar, int share)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (rect_holds(bar, rect_center(p->box)) && (share < 0 || !is_counted(view_text(v, p))))
            return false;
    }
    return true;
}

/* The number in it, behind it, or over it, when that is what is filled. */
static struct phrase *number_of(struct view *v, struct rect bar, int share)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        int gap = p->box.x - rect_right(bar), over = bar.y - p->box.y - p->box.height;
        bool level = abs(rect_center(p->box).y - rect_center(bar).y) <= p->box.height;
        bool in = rect_holds(rect_grow(bar, 1), rect_center(p->box));
        bool behind = level && gap >= 0 && gap <= BESIDE;
        bool above = over > -p->box.height && over <= OVER && p->box.x >= bar.x &&
                     rect_right(p->box) <= rect_right(bar) + TOUCH;
        if (!in && !behind && !above)
            continue;
        int n = percent_of(view_text(v, p));
        if (n >= 0 && (share < 0 || abs(n - share) <= AGREE))
            return p;
    }
    return NULL;
}

/* What stands right over its middle is its own text. */
static void take_text(struct view *v, int control)
{
    struct rect bar = v->controls[control].box;
    for (int i = 0; i < v->phrase_count; i++) {
        struct phrase *p = &v->phrases[i];
        int over = bar.y - p->box.y - p->box.height;
        if (abs(over) <= TOUCH && abs(rect_center(p->box).x - rect_center(bar).x) <= TOUCH)
            p->control = control;
    }
}

/* SHARE is what its pixels say. */
static void tell(struct view *v, struct rect bar, int share)
{
    struct phrase *number = number_of(v, bar, share);
    struct control *c = view_add_control(v, ROLE_PROGRESSBAR, bar, -1);
    c->sure = SURE;
    if (number) {
        number->control = v->control_count - 1;
        share = percent_of(view_text(v, number));
    }
    if (share >= 0) {
        char value[16];
        snprintf(value, sizeof value, "%d %%", share);
        c->value = arena_text(&v->scene->arena, value);
    }
    take_text(v, v->control_count - 1);
    for (int i = 0; i < v->boxes->count; i++)
        if (rect_inside(v->boxes->items[i].rect, rect_grow(bar, TOUCH)))
            v->uses[i] = USE_ALONE;
}

static bool is_told(const struct view *v, struct rect r)
{
    for (int i = 0; i < v->control_count; i++)
        if (!rect_empty(rect_common(v->controls[i].box, r)))
            return true;
    return false;
}

/* Darker than what it is on, as empty fields are not. */
static bool is_sunken(const struct view *v, struct rect r, const struct box *like)
{
    return colour_luma(like->border) + DARKER <= colour_luma(colour_at(v->frame, r.x - 2, r.y));
}

/* Bars like this one with nothing or all of it filled. */
static void find_like(struct view *v, const struct box *like)
{
    for (int i = 0; i < v->edges->inks.count; i++) {
        struct rect r = v->edges->inks.items[i];
        int share = is_told(v, r) ? -1 : fill_share_like(v->frame, r, like);
        if (share >= 0 && is_text_fit(v, r, share) &&
            (r.height <= LOW || share == 100 || is_sunken(v, r, like) || number_of(v, r, share)))
            tell(v, r, share);
    }
}

void progress_find(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FILL)
            v->uses[i] = USE_ALONE;
        if (b->kind == BOX_FILL && is_text_fit(v, b->rect, fill_share(b)) && !is_tabs(v, b) &&
            !is_told(v, b->rect))
            tell(v, b->rect, fill_share(b));
    }
    for (int i = 0; i < v->boxes->count; i++)
        if (v->boxes->items[i].kind == BOX_FILL && is_told(v, v->boxes->items[i].rect))
            find_like(v, &v->boxes->items[i]);
}

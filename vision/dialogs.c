/*
 * A dialog over a page that has been dimmed: nothing around it is as bright as it, and what is
 * written there has lost contrast. And the banner that asks for consent to cookies, over a page
 * that has not: known by what it says, and by the buttons in it.
 */
#include "vision/dialogs.h"

#include "vision/colour.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_MIN     200 /* pixels */
#define HEIGHT_MIN    100
#define MARGIN        8  /* from the sides of the screen */
#define GRID          24 /* pixels from one place that is looked at around it to the next */
#define DIMMED        85 /* hundredths of the dialog's brightness: darker than this around it */
#define BRIGHT_MOST   2  /* hundredths of these places that may be brighter: pictures, cursors */
#define FADED         80 /* hundredths of the contrast of what is written in the dialog */
#define OUTSIDE_LEAST 3  /* texts around it */
#define WORD          2  /* times as wide as high: no sign of a title bar */
#define SURE          0.7f
#define PAGE_PART     60 /* hundredths of the screen: as large is the page that is dimmed, ... */
#define BANNER_MOST   60 /* ... and at most as large, and as high, is a banner */
#define BANNER_HEIGHT 40 /* pixels */

static bool is_size(const struct view *v, struct rect r)
{
    return r.width >= WIDTH_MIN && r.height >= HEIGHT_MIN &&
           rect_inside(r, rect_grow(frame_rect(v->frame), -MARGIN));
}

/* Hundredths of the screen. */
static long part_of_screen(const struct view *v, struct rect r)
{
    return rect_area(r) * 100 / rect_area(frame_rect(v->frame));
}

/* Where the page is: the title bar of its window is not dimmed. */
static struct rect page_around(const struct view *v, const struct box *b)
{
    struct rect page = b->parent >= 0 ? v->boxes->items[b->parent].rect : (struct rect){0};
    return part_of_screen(v, page) >= PAGE_PART ? page : frame_rect(v->frame);
}

static bool is_dimmed_around(const struct view *v, const struct box *b)
{
    int places = 0, bright = 0, most = colour_luma(b->fill) * DIMMED / 100;
    struct rect dialog = rect_grow(b->rect, MARGIN), page = page_around(v, b);
    for (int y = GRID / 2; y < v->frame->height; y += GRID)
        for (int x = GRID / 2; x < v->frame->width; x += GRID) {
            if (rect_holds(dialog, (struct point){x, y}) || !rect_holds(page, (struct point){x, y}))
                continue;
            places++;
            bright += colour_luma(colour_at(v->frame, x, y)) > most;
        }
    return places && bright * 100 <= places * BRIGHT_MOST;
}

static bool is_faded_around(const struct view *v, const struct box *b)
{
    int inside = 0, outside = 0, count = 0;
    struct rect dialog = b->rect, page = page_around(v, b);
    for (int i = 0; i < v->phrase_count; i++) {
        if (!rect_holds(page, rect_center(v->phrases[i].box)))
            continue;
        int contrast = phrase_contrast(&v->phrases[i]);
        bool in = rect_holds(dialog, rect_center(v->phrases[i].box));
        int *most = in ? &inside : &outside;
        *most = contrast > *most ? contrast : *most;
        count += !in && v->phrases[i].box.width >= WORD * v->phrases[i].box.height;
    }
    return count >= OUTSIDE_LEAST && outside * 100 <= inside * FADED;
}

bool dialog_holds_control(const struct view *v, struct rect box)
{
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role == ROLE_BUTTON && rect_holds(box, rect_center(v->controls[i].box)))
            return true;
    return false;
}

/* What stands first in it, that is no control's. */
static const char *title_of(struct view *v, struct rect dialog)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->control < 0 && !p->label && rect_inside(p->box, dialog))
            return view_text(v, p);
    }
    return "";
}

void dialog_add(struct view *v, struct rect box, const char *title, unsigned states)
{
    struct control *c = view_add_control(v, ROLE_DIALOG, box, -1);
    c->text = c->name = title;
    c->states = states;
    c->sure = SURE;
}

/* The word is nearly the same in the languages of Europe. */
static bool speaks_of_cookies(struct view *v, struct rect banner)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (rect_inside(p->box, banner) && strcasestr(view_text(v, p), "cookie"))
            return true;
    }
    return false;
}

static void banner_find(struct view *v)
{
    for (int i = v->boxes->count - 1; i >= 0; i--) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FRAME && b->rect.width >= WIDTH_MIN && b->rect.height >= BANNER_HEIGHT &&
            part_of_screen(v, b->rect) <= BANNER_MOST &&
            b->rect.height * 100 <= v->frame->height * BANNER_MOST &&
            dialog_holds_control(v, b->rect) && speaks_of_cookies(v, b->rect)) {
            dialog_add(v, b->rect, title_of(v, b->rect), 0);
            return;
        }
    }
}

void dialogs_find(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) { /* larger ones come first */
        const struct box *b = &v->boxes->items[i];
        if (b->kind == BOX_FRAME && is_size(v, b->rect) && is_dimmed_around(v, b) &&
            is_faded_around(v, b) && dialog_holds_control(v, b->rect)) {
            dialog_add(v, b->rect, title_of(v, b->rect), STATE_MODAL);
            return;
        }
    }
    banner_find(v);
}

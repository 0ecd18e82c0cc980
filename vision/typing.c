/*
 * Where the caret is, text is typed: the frame around it is a text box, however large, and whatever
 * stands in it.
 */
#include "vision/view.h"

#define WIDTH_MIN  40
#define HEIGHT_MIN 16
#define LINE_MAX   64 /* pixels; what is higher has several lines */

static bool is_in_field(const struct view *v, struct rect caret)
{
    for (int i = 0; i < v->control_count; i++)
        if (role_is_field(v->controls[i].role) && v->controls[i].sure >= 0.5f &&
            rect_inside(caret, v->controls[i].box))
            return true;
    return false;
}

/* The smallest frame around it; -1: none but the window's or the screen's own. */
static int frame_around(const struct view *v, struct rect caret)
{
    int best = -1;
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (b->kind != BOX_FRAME || b->rect.width < WIDTH_MIN || b->rect.height < HEIGHT_MIN ||
            !rect_inside(caret, b->inner) ||
            rect_area(b->rect) * 10 > rect_area(frame_rect(v->frame)) * 9)
            continue;
        if (best < 0 || rect_area(b->rect) < rect_area(v->boxes->items[best].rect))
            best = i;
    }
    return best;
}

/* Does it hold controls, the words of a menu bar, or several texts in the caret's row? Then the
 * thin line in it was no caret. */
static bool is_panel(const struct view *v, struct rect box, struct rect caret)
{
    int row = 0;
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role != ROLE_NONE && v->controls[i].sure >= 0.4f &&
            rect_inside(v->controls[i].box, box))
            return true;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (!rect_inside(r, box))
            continue;
        if (phrase_is_menu(v, &v->phrases[i]))
            return true;
        bool wide = r.width > r.height; /* no icon */
        row += wide && r.y < caret.y + caret.height && caret.y < r.y + r.height;
    }
    return row > 1;
}

void typing_find(struct view *v)
{
    for (int i = 0; i < v->carets->count; i++) {
        struct rect caret = v->carets->carets[i];
        int frame = is_in_field(v, caret) ? -1 : frame_around(v, caret);
        if (frame < 0)
            continue;
        struct rect box = v->boxes->items[frame].rect;
        if (is_panel(v, box, caret))
            continue;
        for (int j = 0; j < v->control_count; j++)
            if (rect_inside(v->controls[j].box, box))
                v->controls[j].role = ROLE_NONE;
        struct control *c = view_add_control(v, ROLE_TEXTBOX, box, frame);
        c->sure = 0.8f;
        c->states |= STATE_FOCUSED | (box.height > LINE_MAX ? STATE_MULTILINE : 0);
    }
}

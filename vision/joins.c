#include "vision/view.h"

#include "vision/colour.h"
#include "vision/contents.h"

#include <stdlib.h>

/* Is the little frame S in the right part of A, or right beside it? */
static bool is_at_end(struct rect a, struct rect s)
{
    int gap = s.x - a.x - a.width, middle = s.y + s.height / 2;
    return gap <= 4 && s.x >= a.x + a.width / 2 && s.x <= a.x + a.width + 4 && middle > a.y &&
           middle < a.y + a.height && s.height <= a.height + 6;
}

static bool is_joinable(const struct view *v, const struct control *c)
{
    if (c->source < 0 || c->box.height > 64 || c->states & STATE_MULTILINE)
        return false;
    return c->role == ROLE_TEXTBOX || c->role == ROLE_COMBOBOX || c->role == ROLE_SPINBUTTON ||
           (c->role == ROLE_BUTTON && v->boxes->items[c->source].thickness > 0);
}

/* All the little frames at the end of a field, one after the other; their signs. */
static unsigned gather(struct view *v, struct rect field, bool take, int control, struct rect *end)
{
    unsigned signs = 0;
    struct rect all = field;
    *end = (struct rect){0};
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < v->boxes->count; i++) {
            struct rect r = v->boxes->items[i].rect;
            if (v->uses[i] != USE_SIGN || !is_at_end(all, r) ||
                (!rect_empty(*end) && rect_inside(r, *end)))
                continue;
            signs |= contents_signs(v, v->boxes->items[i].inner);
            *end = rect_empty(*end) ? r : rect_union(*end, r);
            all = rect_union(all, *end);
            if (take)
                v->uses[i] = control + 1;
            more = true;
            break;
        }
    }
    return signs;
}

/* Two tiny frames, one on the other, at the end of a field: arrows too small to be told from their
 * buttons. */
static bool is_pair(const struct view *v, struct rect field, struct rect *end)
{
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect a = v->boxes->items[i].rect;
        if (v->boxes->items[i].kind != BOX_FRAME || a.width > 24 || a.height * 2 > field.height ||
            !is_at_end(field, a) || field.x + field.width - a.x > 30)
            continue;
        for (int j = 0; j < v->boxes->count; j++) {
            struct rect b = v->boxes->items[j].rect;
            int gap = b.y - a.y - a.height;
            if (v->boxes->items[j].kind != BOX_FRAME || abs(a.x - b.x) > 1 ||
                abs(a.width - b.width) > 1 || abs(a.height - b.height) > 2 || gap < -2 || gap > 4)
                continue;
            *end = rect_union(a, b);
            return end->height * 10 >= field.height * 6;
        }
    }
    return false;
}

/* A button and beside it a little one that opens a menu: both are painted alike, and the text
 * stands in the middle of its own. */
static bool is_split(const struct view *v, const struct control *c, struct rect end)
{
    if (c->role != ROLE_BUTTON || end.x < c->box.x + c->box.width - 4)
        return false;
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i], *own = &v->boxes->items[c->source];
        if (v->uses[i] == USE_SIGN && rect_inside(b->rect, end))
            return abs(b->rect.y - own->rect.y) <= 1 &&
                   abs(b->rect.height - own->rect.height) <= 2 &&
                   colour_distance(b->fill, own->fill) < COLOUR_STEP &&
                   colour_distance(b->border, own->border) < COLOUR_STEP;
    }
    return false;
}

/* What was made of the frame around the two goes. */
static void split(struct view *v, int index, struct rect end)
{
    struct rect both = rect_union(v->controls[index].box, end);
    for (int i = 0; i < v->control_count; i++)
        if (i != index && rect_overlap(v->controls[i].box, both) > 0.9)
            v->controls[i].role = ROLE_NONE;
    struct control *menu = view_add_control(v, ROLE_BUTTON, end, -1);
    menu->sure = 0.7f;
    menu->sign = end;
    gather(v, v->controls[index].box, true, v->control_count - 1, &end);
}

static void join(struct view *v, int index)
{
    struct control *c = &v->controls[index];
    struct rect end;
    if (c->role == ROLE_TEXTBOX && c->box.height <= 40 && is_pair(v, c->box, &end)) {
        c->role = ROLE_SPINBUTTON;
        c->box = rect_union(c->box, end);
        c->sign = end;
        return;
    }
    unsigned signs = gather(v, c->box, false, index, &end);
    bool spins = (signs & (SIGN_UP | SIGN_DOWN)) == (SIGN_UP | SIGN_DOWN) ||
                 (signs & (SIGN_PLUS | SIGN_MINUS)) == (SIGN_PLUS | SIGN_MINUS);
    if (!spins && !(signs & SIGN_DOWN))
        return;
    if (!spins && is_split(v, c, end)) {
        split(v, index, end);
        return;
    }
    gather(v, c->box, true, index, &end);
    c->role = spins ? ROLE_SPINBUTTON : ROLE_COMBOBOX;
    c->box = rect_union(c->box, end);
    c->sign = end;
    c->sure = 0.9f;
}

void joins_find(struct view *v)
{
    for (int i = 0; i < v->control_count; i++)
        if (is_joinable(v, &v->controls[i]))
            join(v, i);
    for (int i = 0; i < v->boxes->count; i++) /* the others are buttons by themselves */
        if (v->uses[i] == USE_SIGN && v->boxes->items[i].rect.height >= 18)
            view_add_control(v, ROLE_BUTTON, v->boxes->items[i].rect, i)->sure = 0.5f;
}

#include "vision/view.h"

#include "vision/colour.h"
#include "vision/contents.h"

#include <stdlib.h>

#define CONTRAST_CLEAR 40 /* the line of a field is drawn to be seen; a separator is paler */
#define HEIGHT_MAX     56
#define HEIGHT_EMPTY   30
#define LINK_GAP       8   /* from text to the line under it, when that is as long */
#define ABOVE_MAX      2.0 /* of a text's height, from it down to the line of its field */

/* Three and more lines of one width at one distance are a table's or a list's. */
static bool is_ruled(const struct view *v, int index)
{
    struct rect r = v->boxes->items[index].rect;
    int alike = 0, near = 10000;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        if (i == index || v->boxes->items[i].kind != BOX_RULE || abs(other.x - r.x) > 2 ||
            abs(other.width - r.width) > 2)
            continue;
        alike++;
        int distance = abs(other.y - r.y);
        near = distance < near ? distance : near;
    }
    return alike >= 2 && near < 60;
}

#define SIGN_WIDTH 14 /* an arrow that was read as a letter is no wider */
#define SIGN_REACH 40 /* from the right end of a field to its arrow's left side */

struct above {
    int text;  /* index of the phrase that stands on the line; -1 */
    int count; /* phrases over the line */
    bool link; /* the line underlines just the text over it: a link, a tab */
};

static struct above look_above(const struct view *v, struct rect rule)
{
    struct above a = {.text = -1};
    struct rect near = {0};
    int end = rule.x + rule.width;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect p = v->phrases[i].box;
        int gap = rule.y - p.y - p.height;
        bool sign =
            p.width <= SIGN_WIDTH && p.x > end - SIGN_REACH && p.x > rule.x + rule.width / 2;
        if (p.x + p.width <= rule.x || p.x >= end || gap < -6 || gap > ABOVE_MAX * p.height)
            continue;
        if (gap <= LINK_GAP)
            near = rect_empty(near) ? p : rect_union(near, p);
        if (sign)
            continue;
        a.count++;
        if (p.x - rule.x >= -3 && p.x - rule.x <= 24)
            a.text = i;
    }
    a.link = a.count && abs(near.x - rule.x) <= 4 && abs(near.x + near.width - end) <= 4;
    return a;
}

void underlines_find(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        struct rect r = b->rect;
        if (b->kind != BOX_RULE || v->uses[i] != 0 || r.width * 10 > v->frame->width * 9 ||
            is_ruled(v, i))
            continue;
        struct above a = look_above(v, r);
        if (a.link || a.count > 2 || (a.count && a.text < 0))
            continue;
        int height = HEIGHT_EMPTY;
        if (a.text >= 0) { /* the text stands in the middle */
            struct point middle = rect_center(v->phrases[a.text].box);
            height = 2 * (r.y - middle.y);
            height = height > HEIGHT_MAX ? HEIGHT_MAX : height < 18 ? 18 : height;
        }
        bool clear = colour_distance(b->fill, b->ground) >= CONTRAST_CLEAR;
        struct rect box = {r.x, r.y - height, r.width, height + r.height};
        struct contents end = {0};
        contents_read_sign(v, box, &end);
        enum role role = end.opens ? ROLE_COMBOBOX : end.spins ? ROLE_SPINBUTTON : ROLE_TEXTBOX;
        struct control *c = view_add_control(v, role, box, i);
        c->sign = end.sign;
        c->sure = clear && a.text >= 0 ? 0.6f : clear ? 0.4f : 0.3f;
    }
}

#include "vision/sides.h"

#include "vision/colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEFT_MAX     320 /* pixels from a label's end to its field: columns of labels are wide */
#define ABOVE_MAX    30
#define BEFORE_MAX   10 /* pixels from a button to the field that it belongs to */
#define LINE_LEAST   24 /* pixels: a bar is lower than its label */
#define MIDDLE_SLACK 6  /* a label may also be in the middle of a text area */
#define GROUND_ALIKE 30
#define FOCUS_MAX                                                                                  \
    6                /* pixels above a field that may be its shadow or show that it has the focus  \
                      */
#define RING_MAX 8   /* what is drawn around a field that has the focus is no wider */
#define ROW_MAX  640 /* from a label at the left end of a row to the switch at its right end */

/* A slider's value beside it is no label. */
static bool is_number(const struct view *v, const struct phrase *p)
{
    const char *text = v->scene->words[p->first].text;
    return p->count == 1 && text[strspn(text, "-+.,%0123456789")] == '\0';
}

/* Is there a control or another phrase (but a number) on the way from X0 to X1 at height Y? */
static bool is_blocked(const struct view *v, int x0, int x1, int y)
{
    struct rect way = {x0, y - 1, x1 - x0, 3};
    if (way.width <= 0)
        return false;
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role != ROLE_NONE && v->controls[i].sure >= 0.5f &&
            !rect_empty(rect_common(way, v->controls[i].box)))
            return true;
    for (int i = 0; i < v->phrase_count; i++)
        if (!rect_empty(rect_common(way, v->phrases[i].box)) && !is_number(v, &v->phrases[i]))
            return true;
    return false;
}

/* Where the control begins for the eye: at the button or the number that stands right before it, as
 * the minus of a field for numbers and the least value of a slider. */
static int begin_of(const struct view *v, const struct control *c)
{
    struct rect b = c->box;
    for (int i = 0; i < v->control_count; i++) {
        struct rect r = v->controls[i].box;
        int gap = b.x - r.x - r.width;
        if (v->controls[i].role == ROLE_BUTTON && gap >= -2 && gap <= BEFORE_MAX &&
            abs(r.y + r.height / 2 - b.y - b.height / 2) <= 3 && r.height <= b.height + 8 &&
            r.width * 2 <= r.height * 3)
            return r.x;
    }
    for (int i = 0; i < v->phrase_count && c->role == ROLE_SLIDER; i++) {
        struct rect r = v->phrases[i].box;
        int gap = b.x - r.x - r.width;
        if (gap >= 0 && gap <= 2 * r.height && is_number(v, &v->phrases[i]) &&
            abs(r.y + r.height / 2 - b.y - b.height / 2) <= r.height / 2)
            return r.x;
    }
    return b.x;
}

/* Is the ground of the phrase that of the place just left of the box? What is seen beside a dialog
 * is behind it. */
static bool is_on_same(const struct view *v, struct rect box, const struct phrase *p)
{
    int x = box.x - RING_MAX, y = box.y + box.height / 2;
    return x <= p->box.x + p->box.width ||
           colour_distance(colour_at(v->frame, x, y), p->ground) <= GROUND_ALIKE;
}

double side_fits_field(const struct view *v, const struct control *c, const struct phrase *p,
                       enum side side)
{
    if (c->role == ROLE_SLIDER && is_number(v, p))
        return 0;
    struct rect b = c->box, t = p->box;
    int top = b.y, height = b.height > 44 ? 44 : b.height; /* of a text area, its first line */
    if (side == SIDE_ABOVE) {
        int gap = top - t.y - t.height, shift = t.x - begin_of(v, c);
        if (gap < -t.height || gap > ABOVE_MAX || shift < (c->role == ROLE_SLIDER ? -22 : -14) ||
            t.x > b.x + b.width / 2 || t.y >= top ||
            phrase_is_parted(v, p, (struct rect){b.x, top - FOCUS_MAX, b.width, FOCUS_MAX}))
            return 0;
        return 1 - fabs((double)gap - 2) / 50 - abs(shift) / 120.0;
    }
    if (side == SIDE_LEFT) {
        int gap = b.x - t.x - t.width;
        int off = abs(t.y + t.height / 2 - (top + height / 2));
        if (abs(t.y + t.height / 2 - (top + b.height / 2)) <= MIDDLE_SLACK)
            off = MIDDLE_SLACK < off ? MIDDLE_SLACK : off;
        if (c->role == ROLE_PROGRESSBAR && height < LINE_LEAST)
            height = LINE_LEAST;
        if (gap < -1 || gap > LEFT_MAX || off > height / 2 + 2 || !is_on_same(v, b, p) ||
            is_blocked(v, t.x + t.width + 1, b.x - 1, t.y + t.height / 2))
            return 0;
        return 1 - gap / 500.0 - off / 60.0;
    }
    return 0;
}

/* Is there more text in its row, far to the right, as in a table? */
static bool goes_on_in_row(const struct view *v, const struct phrase *p)
{
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        int gap = r.x - p->box.x - p->box.width;
        if (gap > 2 * p->box.height &&
            abs(2 * r.y + r.height - 2 * p->box.y - p->box.height) <= p->box.height)
            return true;
    }
    return false;
}

/* Is the label coloured because its mark is checked: unlike those of marks in line with it? */
static bool is_lit(const struct view *v, const struct control *c, const struct phrase *p)
{
    int shift = p->box.x - c->box.x;
    for (int i = 0; i < v->control_count; i++) {
        const struct control *other = &v->controls[i];
        if (other->role != c->role || other->states & STATE_CHECKED ||
            (abs(other->box.x - c->box.x) > 2 && abs(other->box.y - c->box.y) > 2))
            continue;
        for (int j = 0; j < v->phrase_count; j++) {
            const struct phrase *q = &v->phrases[j];
            if (abs(q->box.x - other->box.x - shift) <= 3 && !phrase_is_coloured(q) &&
                q->box.y < other->box.y + other->box.height &&
                q->box.y + q->box.height > other->box.y)
                return true;
        }
    }
    return false;
}

/* Does the phrase's frame but show that the mark before it has the focus: tight around the text,
 * and right beside the mark? */
static bool is_focus_frame(struct rect frame, struct rect mark, struct rect text)
{
    int gap = frame.x - rect_right(mark);
    return gap >= -2 && gap <= RING_MAX && rect_inside(frame, rect_grow(text, RING_MAX));
}

double side_fits_mark(const struct view *v, const struct control *c, const struct phrase *p,
                      enum side side)
{
    struct rect b = c->box, t = p->box;
    int off = abs(2 * t.y + t.height - 2 * b.y - b.height) / 2;
    struct rect frame = p->frame < 0 ? frame_rect(v->frame) : v->boxes->items[p->frame].rect;
    if (!rect_holds(frame, rect_center(b)) && !is_focus_frame(frame, b, t))
        return 0; /* in another cell */
    if (phrase_is_coloured(p) && goes_on_in_row(v, p) && !is_lit(v, c, p))
        return 0; /* a link in a table */
    int tall = t.height > b.height ? t.height : b.height;
    if (off * 10 > tall * 7)
        return 0;
    if (side == SIDE_RIGHT) {
        int gap = t.x - b.x - b.width;
        return gap < 0 || gap > 2 * b.height + 12 ? 0 : 1 - gap / 200.0 - off / 50.0;
    }
    if (side == SIDE_LEFT) {
        int gap = b.x - t.x - t.width;
        int reach = c->role == ROLE_SWITCH ? ROW_MAX : LEFT_MAX / 2;
        if (gap < 0 || gap > reach || is_blocked(v, t.x + t.width + 1, b.x - 1, t.y + t.height / 2))
            return 0;
        return 0.8 - gap / 1000.0 - off / 50.0;
    }
    return 0;
}

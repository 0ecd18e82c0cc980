#include "vision/view.h"

#include "base/buf.h"
#include "vision/colour.h"
#include "vision/contents.h"
#include "vision/glyphs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT_MIN      13
#define SIGN_SIDE_MAX   48
#define FILLED_STEP     40
#define RING_SATURATION 60
#define ICON_BUTTON     28 /* the least side of one */
#define SLIDER_PAD      2
#define COLOURED_MAX    320 /* pixels; wider than a button is a message */
#define PAD_BUTTON      8   /* from the side of a button to its text; of a field it may be less */
#define FOCUS_GAP       5   /* pixels from a mark to the frame of the focus around its text */
#define RING_DEPTH      3
#define FIELD_PAD_MAX   18  /* pixels from the side of a field to its text */
#define RELIEF_LEAST    60  /* gray levels, of two pixels together */
#define AREA_HEIGHT_MAX 420 /* a text area is no higher; a panel is */

/* Are the boxes side by side with next to nothing between them, as high as each other? */
static bool abuts_right(struct rect a, struct rect b)
{
    int gap = b.x - a.x - a.width;
    return gap >= -3 && gap <= 3 && abs(a.y - b.y) <= 2 && abs(a.height - b.height) <= 3;
}

static bool abuts_below(struct rect a, struct rect b)
{
    int gap = b.y - a.y - a.height;
    return gap >= -3 && gap <= 3 && abs(a.x - b.x) <= 2 && abs(a.width - b.width) <= 3;
}

/* Frames with neighbours both beside and above or below are a table's cells. */
static void leave_cells(struct view *v)
{
    const struct boxes *b = v->boxes;
    for (int i = 0; i < b->count; i++) {
        struct rect r = b->items[i].rect;
        bool beside = false, stacked = false;
        if (b->items[i].kind != BOX_FRAME || r.height < HEIGHT_MIN)
            continue;
        for (int j = 0; j < b->count; j++) {
            struct rect other = b->items[j].rect;
            if (i == j || b->items[j].kind != BOX_FRAME)
                continue;
            beside |= abuts_right(r, other) || abuts_right(other, r);
            stacked |= abuts_below(r, other) || abuts_below(other, r);
        }
        if (beside && stacked)
            v->uses[i] = -1;
    }
}

/* A minus on a ground of its own is a box that is neither checked nor not, but where a plus like it
 * is near. */
static bool is_half_checked(const struct view *v, const struct box *b)
{
    if (b->kind != BOX_CHECK || !b->mixed || colour_distance(b->fill, b->ground) < FILLED_STEP)
        return false;
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *other = &v->boxes->items[i];
        if (other != b && abs(other->rect.width - b->rect.width) <= 2 &&
            abs(other->rect.height - b->rect.height) <= 2 &&
            contents_signs(v, other->inner) & SIGN_PLUS)
            return false;
    }
    return true;
}

/* Little frames with nothing but an arrow, a plus or a minus. */
static void leave_signs(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if (v->uses[i] == 0 && (b->kind == BOX_FRAME || b->kind == BOX_CHECK) &&
            b->rect.width <= SIGN_SIDE_MAX && b->rect.height <= SIGN_SIDE_MAX &&
            !is_half_checked(v, b) && contents_signs(v, b->inner))
            v->uses[i] = USE_SIGN;
    }
}

/* The frame that the focus draws around the text of a mark, close behind it, is no button. */
static void leave_focused_texts(struct view *v)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *mark = &v->boxes->items[i];
        struct rect m = mark->rect;
        for (int j = 0; j < v->boxes->count; j++) {
            const struct box *b = &v->boxes->items[j];
            int gap = b->rect.x - m.x - m.width, middle = rect_center(b->rect).y;
            if ((mark->kind == BOX_CHECK || mark->kind == BOX_RADIO) && b->kind == BOX_FRAME &&
                v->uses[j] == 0 && gap >= -2 && gap <= FOCUS_GAP && b->rect.width > m.width &&
                b->rect.height < 2 * m.height && abs(middle - rect_center(m).y) <= FOCUS_GAP / 2)
                v->uses[j] = USE_ALONE;
        }
    }
}

/* Does it go from one side of the frame around it to the other, as headers and rows do? */
static bool spans_parent(const struct view *v, const struct box *b)
{
    if (b->parent < 0)
        return false;
    struct rect around = v->boxes->items[b->parent].inner;
    return around.width - b->rect.width <= 6 && around.height > b->rect.height + 12;
}

static bool is_stacked(const struct view *v, int index)
{
    for (int i = 0; i < v->boxes->count; i++)
        if (i != index && v->boxes->items[i].kind == BOX_FRAME &&
            (abuts_below(v->boxes->items[i].rect, v->boxes->items[index].rect) ||
             abuts_below(v->boxes->items[index].rect, v->boxes->items[i].rect)))
            return true;
    return false;
}

static bool is_beside(const struct view *v, int index)
{
    for (int i = 0; i < v->boxes->count; i++)
        if (i != index && v->boxes->items[i].kind == BOX_FRAME &&
            (abuts_right(v->boxes->items[i].rect, v->boxes->items[index].rect) ||
             abuts_right(v->boxes->items[index].rect, v->boxes->items[i].rect)))
            return true;
    return false;
}

static bool is_bordered(const struct box *b)
{
    return b->thickness > 0 && colour_distance(b->border, b->fill) >= 8;
}

/* The colour inside; where the focus draws a ring, what lies along the border may be the ring's. */
static uint32_t colour_inside(const struct view *v, const struct box *b)
{
    uint32_t colours[16];
    struct rect in = rect_grow(b->inner, -RING_DEPTH);
    if (b->thickness < RING_DEPTH || in.width < 8 || in.height < 8)
        return b->fill;
    for (int i = 0; i < 16; i++)
        colours[i] =
            colour_at(v->frame, in.x + in.width * (i / 2) / 8, i % 2 ? in.y + in.height - 1 : in.y);
    return colour_commonest(colours, 16);
}

/* Painted in a colour of its own, as buttons and banners are and fields are not. */
static bool is_coloured(const struct view *v, const struct box *b)
{
    uint32_t fill = colour_inside(v, b);
    return colour_distance(fill, b->ground) >= 24 && colour_saturation(fill) >= 60;
}

static int shade_at(const struct view *v, int x, int y)
{
    return colour_luma(colour_at(v->frame, x, y));
}

/* Lit from the upper left, as buttons are that stand out (above 0), or as fields that lie deeper
 * (below 0). */
static int relief(const struct view *v, const struct box *b)
{
    struct rect r = b->rect;
    int x = r.x + r.width / 2, y = r.y + r.height / 2, down = 0, across = 0;
    for (int i = 0; i < 2; i++) {
        down += shade_at(v, x, r.y + i) - shade_at(v, x, r.y + r.height - 1 - i);
        across += shade_at(v, r.x + i, y) - shade_at(v, r.x + r.width - 1 - i, y);
    }
    bool agree = (down > 0) == (across > 0);
    return agree && abs(down) >= RELIEF_LEAST && abs(across) >= RELIEF_LEAST ? down : 0;
}

static bool is_numeric(const struct view *v, const struct phrase *p)
{
    const char *text = v->scene->words[p->first].text;
    int digits = 0, letters = 0;
    for (; *text; text++) {
        digits += isdigit((unsigned char)*text) != 0;
        letters += isalpha((unsigned char)*text) != 0;
    }
    return digits > letters;
}

static struct control *make(struct view *v, enum role role, int index, double sure)
{
    struct control *c = view_add_control(v, role, v->boxes->items[index].rect, index);
    c->sure = (float)sure;
    return c;
}

static void judge_empty(struct view *v, int index)
{
    const struct box *b = &v->boxes->items[index];
    struct rect r = b->rect;
    bool bar = r.x <= 1 || r.x + r.width >= v->frame->width - 1; /* a rest of one */
    if (r.width < 30 || bar || is_coloured(v, b) || r.width * 5 < r.height * 6 || relief(v, b) > 0)
        return;
    if (r.height > LINE_HEIGHT_MAX) {
        if (r.width >= 80 && !is_stacked(v, index))
            make(v, ROLE_TEXTBOX, index, is_bordered(b) ? 0.45 : 0.3)->states |= STATE_MULTILINE;
    } else
        make(v, ROLE_TEXTBOX, index,
             r.width * 10 > v->frame->width * 9 ? 0.3
             : is_bordered(b)                   ? 0.8
                                                : 0.6);
}

/* No text that could be read: an icon, or the dots of a password. */
static void judge_drawing(struct view *v, int index, const struct contents *c)
{
    const struct box *b = &v->boxes->items[index];
    int left = c->drawn.x - b->inner.x;
    if (b->rect.height > LINE_HEIGHT_MAX)
        return;
    if (c->icon && rect_empty(c->drawn)) {
        judge_empty(v, index);
        return;
    }
    if (c->opens || c->spins)
        make(v, c->spins ? ROLE_SPINBUTTON : ROLE_COMBOBOX, index, 0.7);
    else if (b->rect.width <= 2 * b->rect.height)
        make(v, ROLE_BUTTON, index, 0.6);
    else if (left <= b->rect.height && (c->icon || c->drawn.width * 2 < b->rect.width))
        make(v, ROLE_TEXTBOX, index, 0.6);
}

/* Texts far from each other on one line: a row of a table, a bar. */
static bool is_scattered(const struct view *v, int index, const struct contents *c)
{
    int last = -1, top = 0;
    for (int i = c->first; c->phrases > 1 && i >= 0 && i < v->phrase_count; i++) {
        struct rect p = v->phrases[i].box;
        if (v->phrases[i].frame != index || rect_inside(p, rect_grow(c->sign, 2)))
            continue;
        if (last >= 0 && abs(p.y - top) < p.height && p.x - last > p.height + 8)
            return true;
        last = p.x + p.width;
        top = p.y;
    }
    return false;
}

static void judge_line(struct view *v, int index, const struct contents *c)
{
    const struct box *b = &v->boxes->items[index];
    struct rect r = b->rect, in = b->inner;
    int left = c->drawn.x - in.x, right = in.x + in.width - c->drawn.x - c->drawn.width;
    bool numeric = is_numeric(v, &v->phrases[c->first]);
    bool bar = r.width * 10 > v->frame->width * 9 || spans_parent(v, b);
    int depth = relief(v, b);
    if (c->opens) {
        int gap = c->sign.x - c->text.x - c->text.width;
        bool menu = is_coloured(v, b) && gap < r.height;
        make(v, menu ? ROLE_BUTTON : ROLE_COMBOBOX, index, 0.9);
    } else if (c->spins)
        make(v, numeric ? ROLE_SPINBUTTON : ROLE_COMBOBOX, index, 0.8);
    else if (is_scattered(v, index, c))
        return;
    else if (!c->icon && (depth >= 0 || left >= PAD_BUTTON) &&
             abs(left - right) <= 4 + r.width / 40)
        make(v, ROLE_BUTTON, index,
             r.width * 10 > v->frame->width * 9          ? 0.3
             : left > 2 * r.height && !is_coloured(v, b) ? 0.55
                                                         : 0.8);
    else if (is_coloured(v, b)) {
        if (c->phrases == 1 && !bar && r.width <= COLOURED_MAX && left <= r.height)
            make(v, ROLE_BUTTON, index, 0.6); /* with its text at the left */
    } else if (left <= r.height && left < right) {
        if (bar || c->phrases > 2)
            return;
        bool head = is_stacked(v, index) || (depth > 0 && is_beside(v, index));
        double sure = head ? 0.25 : is_bordered(b) ? 0.75 : 0.5;
        make(v, depth > 0 && !head ? ROLE_BUTTON : ROLE_TEXTBOX, index, sure);
    } else if (right <= 24 && numeric && is_bordered(b))
        make(v, ROLE_TEXTBOX, index, 0.6);
}

static bool has_links(const struct view *v, int index)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].frame == index && phrase_is_coloured(&v->phrases[i]))
            return true;
    return false;
}

/* Several lines: a value under its floating label, a text area, or a panel. */
static void judge_rows(struct view *v, int index, const struct contents *c)
{
    const struct box *b = &v->boxes->items[index];
    int left = c->text.x - b->inner.x, top = c->text.y - b->inner.y;
    if (is_coloured(v, b) || left > b->rect.height || relief(v, b) > 0 || is_scattered(v, index, c))
        return;
    const struct phrase *first = &v->phrases[c->first];
    if (c->rows == 2 && b->rect.height <= LINE_HEIGHT_MAX &&
        first->box.height <= v->phrases[c->second].box.height + 1) {
        make(v, c->opens ? ROLE_COMBOBOX : ROLE_TEXTBOX, index, 0.85);
        return;
    }
    if (left > 24 || top > 28 || has_links(v, index) || b->rect.width < 80)
        return;
    make(v, ROLE_TEXTBOX, index,
         c->grip          ? 0.9
         : is_bordered(b) ? 0.45
                          : 0.3)
        ->states |= STATE_MULTILINE;
}

/* Does the frame reach two or more sides of the screen: a bar, a column, the ground itself? */
static bool is_margin(const struct view *v, struct rect r)
{
    return (r.x <= 0) + (r.y <= 0) + (r.x + r.width >= v->frame->width) +
               (r.y + r.height >= v->frame->height) >=
           2;
}

/* What was made of the frame in this one is a part of it. */
static void drop_inner(struct view *v, int index)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->source >= 0 && v->boxes->items[c->source].parent == index)
            c->role = ROLE_NONE;
    }
    make(v, ROLE_BUTTON, index, 0.6);
}

static bool holds_text(const struct view *v, struct rect r)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (rect_holds(r, rect_center(v->phrases[i].box)))
            return true;
    return false;
}

/* An icon that is a button stands in it: it is a panel, or a row of one. */
static bool holds_icon(const struct view *v, struct rect r)
{
    for (int i = 0; i < v->icon_count; i++)
        if (v->icons[i].taken && !v->icons[i].scrolls && rect_inside(v->icons[i].box, r))
            return true;
    return false;
}

static void judge_frame(struct view *v, int index)
{
    const struct box *b = &v->boxes->items[index];
    struct rect r = b->rect;
    struct contents c;
    if (r.width < HEIGHT_MIN || r.height < HEIGHT_MIN || r.height > AREA_HEIGHT_MAX ||
        is_margin(v, r) || contents_is_selection(v, index) || holds_icon(v, r))
        return;
    contents_read(v, index, &c);
    if (c.controls == 1 && !c.phrases && !c.marks && r.height <= 48 && r.width <= 3 * r.height &&
        !holds_text(v, r)) {
        drop_inner(v, index); /* a colour in its button */
        return;
    }
    if (c.marks || c.controls > 1 || (c.controls && r.height > LINE_HEIGHT_MAX))
        return; /* it holds controls: a panel */
    if (c.grip && !spans_parent(v, b) && r.height > LINE_HEIGHT_MAX / 2 && r.width >= 80)
        make(v, ROLE_TEXTBOX, index, 0.9)->states |= STATE_MULTILINE;
    else if (!c.phrases && rect_empty(c.drawn) && !c.opens && !c.spins && !c.icon)
        judge_empty(v, index);
    else if (!c.phrases)
        judge_drawing(v, index, &c);
    else if (c.rows > 1)
        judge_rows(v, index, &c);
    else if (r.height <= LINE_HEIGHT_MAX)
        judge_line(v, index, &c);
    else
        judge_rows(v, index, &c); /* one line at the top of an area */
    if (v->uses[index] > 0) {
        struct control *made = &v->controls[v->uses[index] - 1];
        made->sign = c.sign;
        made->states |= c.selected ? STATE_FOCUSED : 0;
    }
}

/* A calendar, a cross, an eye at the right end of a field is an icon of the field's. */
static bool is_icon(const struct view *v, const struct box *mark)
{
    if (mark->parent < 0 || (mark->kind != BOX_CHECK && mark->kind != BOX_RADIO))
        return false;
    const struct box *b = &v->boxes->items[mark->parent];
    struct rect in = b->inner;
    return b->rect.height <= 64 && in.width >= 3 * in.height && is_bordered(b) &&
           in.x + in.width - mark->rect.x - mark->rect.width <= in.height;
}

/* A square as large as a button, with something drawn in it, and no text behind it. */
static bool is_button_with_icon(const struct view *v, const struct box *b)
{
    struct rect r = b->rect, behind = {r.x + r.width, r.y, 2 * r.width, r.height};
    if (b->kind != BOX_CHECK || r.width < ICON_BUTTON || !b->on)
        return false;
    for (int i = 0; i < v->phrase_count; i++)
        if (!rect_empty(rect_common(behind, v->phrases[i].box)))
            return false;
    return true;
}

static void judge_mark(struct view *v, int index)
{
    static const enum role roles[] = {[BOX_CHECK] = ROLE_CHECKBOX,
                                      [BOX_RADIO] = ROLE_RADIO,
                                      [BOX_SWITCH] = ROLE_SWITCH,
                                      [BOX_SLIDER] = ROLE_SLIDER};
    const struct box *b = &v->boxes->items[index];
    if (is_icon(v, b)) {
        v->uses[index] = USE_ALONE;
        return;
    }
    for (int i = 0; i < v->boxes->count; i++) /* the buttons at the ends of a scroll bar */
        if (v->boxes->items[i].kind == BOX_FRAME &&
            (abuts_right(b->rect, v->boxes->items[i].rect) ||
             abuts_right(v->boxes->items[i].rect, b->rect) ||
             abuts_below(b->rect, v->boxes->items[i].rect) ||
             abuts_below(v->boxes->items[i].rect, b->rect)))
            return;
    if (is_button_with_icon(v, b)) {
        make(v, ROLE_BUTTON, index, 0.6);
        return;
    }
    struct control *c = make(v, roles[b->kind], index, 0.85);
    if (b->kind == BOX_SLIDER &&
        b->rect.width > b->rect.height) { /* it is caught beside its knob, too */
        c->box.y -= SLIDER_PAD;
        c->box.height += 2 * SLIDER_PAD;
    }
    if (b->mixed)
        c->states |= STATE_MIXED;
    else if (b->on)
        c->states |= STATE_CHECKED;
}

static bool same_style(const struct box *a, const struct box *b)
{
    return colour_distance(a->fill, b->fill) <= 8 && colour_distance(a->border, b->border) <= 8;
}

/* Is it filled as the field is, with a border that no other has: the field that has the focus? */
static bool is_ringed(const struct view *v, const struct box *b, const struct box *field)
{
    if (colour_distance(b->fill, field->fill) > 8 || !is_bordered(b) ||
        colour_saturation(b->border) < RING_SATURATION)
        return false;
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *other = &v->boxes->items[i];
        if (other != b && other->kind == BOX_FRAME && is_bordered(other) &&
            colour_distance(other->border, b->border) <= 8)
            return false;
    }
    return true;
}

/* Does its text begin where that of a field does? */
static bool begins_at_left(const struct view *v, const struct control *c)
{
    for (int i = 0; i < v->phrase_count; i++)
        if (v->phrases[i].frame == c->source)
            return v->phrases[i].box.x - c->box.x <= FIELD_PAD_MAX;
    return false;
}

/* What is like a certain field is a field; a button as wide as the fields, with a field's margin,
 * is a full one. */
static void follow_fields(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->source < 0) /* an icon has no box */
            continue;
        bool unsure = c->role == ROLE_TEXTBOX && c->sure < 0.5f &&
                      relief(v, &v->boxes->items[c->source]) <= 0;
        if (!unsure && c->role != ROLE_BUTTON)
            continue;
        bool followed = false;
        for (int j = 0; j < v->control_count; j++) {
            const struct control *field = &v->controls[j];
            if (i == j || !role_is_field(field->role) || field->sure < 0.7f || field->source < 0)
                continue;
            const struct box *own = &v->boxes->items[c->source];
            const struct box *its = &v->boxes->items[field->source];
            if (!same_style(own, its) && !(unsure && is_ringed(v, own, its)))
                continue;
            if (unsure && !(c->states & STATE_MULTILINE))
                c->sure = 0.75f;
            else if (unsure && !followed) {
                c->sure += 0.15f;
                followed = true;
            } else if (c->role == ROLE_BUTTON && field->role == ROLE_TEXTBOX &&
                       c->box.width >= 80 && abs(c->box.height - field->box.height) <= 2 &&
                       abs(c->box.x - field->box.x) <= 2 &&
                       abs(c->box.width - field->box.width) <= 2 && is_bordered(own) &&
                       begins_at_left(v, c)) {
                c->role = ROLE_TEXTBOX;
                c->sure = 0.6f;
            }
        }
    }
}

/* A field with the ring of the focus may be found twice: with its ring, and without. */
static void drop_rings(struct view *v)
{
    for (int i = 0; i < v->control_count; i++)
        for (int j = 0; j < v->control_count; j++) {
            struct control *c = &v->controls[i];
            const struct control *other = &v->controls[j];
            if (i != j && c->role == ROLE_TEXTBOX && other->role == ROLE_TEXTBOX &&
                rect_overlap(c->box, other->box) > 0.7 &&
                v->boxes->items[c->source].thickness > v->boxes->items[other->source].thickness)
                c->role = ROLE_NONE;
        }
}

/* Three and more texts in boxes side by side are the heads of columns. */
static void find_heads(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        struct rect row = c->box;
        int count = 1;
        for (int j = 0; c->role == ROLE_TEXTBOX && j < v->control_count; j++) {
            const struct control *other = &v->controls[j];
            bool text = other->role == ROLE_TEXTBOX || other->role == ROLE_COLUMNHEADER;
            if (!text || !(abuts_right(row, other->box) || abuts_right(other->box, row)))
                continue;
            row = rect_union(row, other->box);
            count++;
            j = -1;
        }
        for (int j = 0; count >= 3 && j < v->control_count; j++)
            if (v->controls[j].role == ROLE_TEXTBOX && rect_inside(v->controls[j].box, row))
                v->controls[j].role = ROLE_COLUMNHEADER;
    }
}

void controls_find(struct view *v)
{
    leave_cells(v);
    leave_signs(v);
    leave_focused_texts(v);
    for (int i = v->boxes->count - 1; i >= 0; i--) { /* what is inside before what is around it */
        if (v->uses[i] != 0)
            continue;
        if (v->boxes->items[i].kind == BOX_FRAME)
            judge_frame(v, i);
        else if (v->boxes->items[i].kind != BOX_RULE)
            judge_mark(v, i);
    }
    follow_fields(v);
    drop_rings(v);
    find_heads(v);
}

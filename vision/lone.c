/*
 * An icon that stands by itself is a button where buttons stand: near the end of a bar at the top,
 * beside another button, as the cross in the corner of what can be closed.
 */
#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>

#define SIDE_MIN    7 /* pixels; of an icon: the longer side */
#define SIDE_MAX    40
#define SIDE_USUAL  36 /* of a button */
#define OWN_GROUND  26 /* an icon as large as this is a button with its ground */
#define OFF_MAX     3  /* from the middle of a button to that of its icon */
#define FIELD_HIGH  56
#define PAD         8  /* from an icon to the side of its button */
#define CLEAR       14 /* no text stands nearer to it */
#define BAR_HIGH    80
#define BAR_WIDE    240
#define BAR_MIDDLE  44 /* from the top of a page to the middle of its bar, where it has no frame */
#define LEFT_END    48 /* from the left end of a bar to what opens its menu */
#define CORNER      44
#define PANEL_HIGH  80 /* what can be closed is as high, or painted */
#define BUTTON_LOW  18
#define BUTTON_HIGH 64
#define BUTTON_WIDE 300
#define BUTTON_GAP  28
#define TINT        12 /* the saturation of a message's ground */

/* Does text stand near it, to its left or right? */
static bool has_text_beside(const struct view *v, struct rect icon)
{
    struct rect around = {icon.x - CLEAR, icon.y, icon.width + 2 * CLEAR, icon.height};
    for (int i = 0; i < v->scene->word_count; i++)
        if (v->letters[i] && !rect_empty(rect_common(around, v->scene->words[i].box)))
            return true;
    return false;
}

/* The bar that it is in, at the top of the page or of a window; empty for none. */
static struct rect bar_of(const struct view *v, const struct icon *icon)
{
    struct rect screen = frame_rect(v->frame);
    for (int f = icon->frame; f >= 0; f = v->boxes->items[f].parent) {
        const struct box *b = &v->boxes->items[f];
        struct rect r = b->rect, in = b->parent < 0 ? screen : v->boxes->items[b->parent].rect;
        if (r.height <= BAR_HIGH && r.width >= BAR_WIDE && r.y - in.y <= BAR_MIDDLE)
            return r;
        if (rect_center(icon->box).y - r.y <= BAR_MIDDLE && r.width >= BAR_WIDE && r.y == 0)
            return (struct rect){r.x, r.y, r.width, 2 * (rect_center(icon->box).y - r.y)};
    }
    if (rect_center(icon->box).y > BAR_MIDDLE)
        return (struct rect){0};
    return (struct rect){0, 0, screen.width, 2 * rect_center(icon->box).y};
}

/* In the right half of a bar, or the strokes at its left end that stand for a menu. */
static bool is_in_bar(const struct view *v, const struct icon *icon)
{
    struct rect bar = bar_of(v, icon);
    if (rect_empty(bar))
        return false;
    bool left = icon->glyph == GLYPH_LINES && icon->box.x - bar.x <= LEFT_END;
    return left || rect_center(icon->box).x > bar.x + bar.width / 2;
}

/* The cross in the upper right corner of a panel, or at the end of a message. */
static bool is_closer(const struct view *v, const struct icon *icon)
{
    if (icon->glyph != GLYPH_CROSS || icon->frame < 0)
        return false;
    const struct box *b = &v->boxes->items[icon->frame];
    int right = rect_right(b->rect) - rect_right(icon->box), top = icon->box.y - b->rect.y;
    if (right > CORNER || b->rect.width < BAR_WIDE)
        return false;
    return b->rect.height > PANEL_HIGH ? top <= CORNER : colour_saturation(b->fill) >= TINT;
}

/* Has the frame a text in its middle, as a button has? */
static bool is_button(const struct view *v, const struct box *b)
{
    struct rect r = b->rect, text = {0};
    if (b->kind != BOX_FRAME || r.height < BUTTON_LOW || r.height > BUTTON_HIGH ||
        r.width > BUTTON_WIDE || r.width < r.height)
        return false;
    for (int i = 0; i < v->scene->word_count; i++)
        if (rect_inside(v->scene->words[i].box, r))
            text = rect_empty(text) ? v->scene->words[i].box
                                    : rect_union(text, v->scene->words[i].box);
    return !rect_empty(text) && abs(text.x - r.x - (rect_right(r) - rect_right(text))) <= 4 &&
           text.x - r.x >= 6;
}

/* Does it stand beside a button? */
static bool is_beside_button(const struct view *v, const struct icon *icon)
{
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        int before = r.x - rect_right(icon->box), behind = icon->box.x - rect_right(r);
        int gap = before > behind ? before : behind;
        if (gap >= 4 && gap <= BUTTON_GAP &&
            abs(rect_center(r).y - rect_center(icon->box).y) * 2 <= r.height &&
            is_button(v, &v->boxes->items[i]))
            return true;
    }
    return false;
}

/* Upright, under or over an arrow of a scroll bar: its thumb. */
static bool is_thumb(const struct view *v, const struct icon *icon)
{
    struct point at = rect_center(icon->box);
    for (int i = 0; i < v->icon_count && icon->box.height > icon->box.width; i++) {
        const struct icon *other = &v->icons[i];
        struct point p = rect_center(other->box);
        bool arrow = other->glyph == (p.y < at.y ? GLYPH_UP : GLYPH_DOWN);
        if (other != icon && other->frame == icon->frame && abs(p.x - at.x) <= OFF_MAX && arrow)
            return true;
    }
    return false;
}

/* The arrow of a combobox or a scroll bar, or what stands in a field. */
static bool is_part(const struct view *v, const struct icon *icon)
{
    if (icon->glyph == GLYPH_DOWN || icon->glyph == GLYPH_UP || icon->glyph == GLYPH_UP_DOWN)
        return true;
    if (icon->frame < 0)
        return false;
    if (is_thumb(v, icon))
        return true;
    struct rect r = v->boxes->items[icon->frame].rect;
    return r.height <= FIELD_HIGH && r.y > BAR_MIDDLE / 2;
}

/* As large as buttons are, but no nearer to the next icon than half the way. */
static struct rect box_of(const struct view *v, struct rect icon)
{
    int side = icon.width > icon.height ? icon.width : icon.height;
    int pad = side >= OWN_GROUND ? 0 : side < SIDE_USUAL - 2 * PAD ? (SIDE_USUAL - side) / 2 : PAD;
    for (int i = 0; i < v->icon_count; i++) {
        struct rect other = v->icons[i].box;
        int before = icon.x - rect_right(other), behind = other.x - rect_right(icon);
        int gap = before > behind ? before : behind;
        if (gap > 0 && gap < 2 * pad && abs(rect_center(other).y - rect_center(icon).y) < side)
            pad = gap / 2;
    }
    struct rect box = {rect_center(icon).x - side / 2, rect_center(icon).y - side / 2, side, side};
    return rect_common(rect_grow(box, pad), frame_rect(v->frame));
}

static bool is_cell(const struct view *v, int frame)
{
    struct rect r = v->boxes->items[frame].rect;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect other = v->boxes->items[i].rect;
        bool above = abs(other.y + other.height - r.y) <= 3,
             below = abs(r.y + r.height - other.y) <= 3;
        if (i != frame && abs(other.x - r.x) <= 2 && abs(other.width - r.width) <= 2 &&
            (above || below))
            return true;
    }
    return false;
}

/* In the middle of a frame of its own, without a text: what looks like a mark is drawn on a
 * button. */
static bool is_on_button(const struct view *v, const struct icon *icon)
{
    if (!icon->framed || !icon->blank)
        return false;
    struct rect r = v->boxes->items[icon->frame].rect;
    struct point at = rect_center(r), own = rect_center(icon->box);
    if (r.width > 2 * r.height || abs(at.x - own.x) > OFF_MAX || abs(at.y - own.y) > OFF_MAX ||
        is_cell(v, icon->frame))
        return false;
    for (int i = 0; i < v->scene->word_count; i++)
        if (v->letters[i] && rect_holds(r, rect_center(v->scene->words[i].box)))
            return false;
    return true;
}

static void leave_marks(struct view *v, struct rect icon)
{
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        if ((b->kind == BOX_CHECK || b->kind == BOX_RADIO) &&
            rect_inside(b->rect, rect_grow(icon, 1)))
            v->uses[i] = USE_ALONE;
    }
}

void lone_find(struct view *v)
{
    for (int i = 0; i < v->icon_count; i++)
        if (is_on_button(v, &v->icons[i]))
            leave_marks(v, v->icons[i].box);
    for (int i = 0; i < v->icon_count; i++) {
        struct icon *icon = &v->icons[i];
        struct rect r = icon->box;
        int side = r.width > r.height ? r.width : r.height;
        if (icon->taken || icon->framed || r.height < SIDE_MIN || side > SIDE_MAX ||
            is_part(v, icon) || has_text_beside(v, r) || !icon_is_clear(v, icon) ||
            !(is_in_bar(v, icon) || is_closer(v, icon) || is_beside_button(v, icon)))
            continue;
        view_add_control(v, ROLE_BUTTON, box_of(v, r), -1)->sure = 0.6f;
        icon_take(v, icon);
    }
}

/*
 * Windows that lie over another one: dialogs of programs that don't dim what these cover. A window
 * is known by its title bar, a text by itself on a plain strip with a sign to close it, and by its
 * border, which goes down from there on both sides to the same height.
 */
#include "vision/view.h"

#include "base/month.h"
#include "vision/colour.h"
#include "vision/dialogs.h"

#include <stdlib.h>
#include <string.h>

#define WINDOWS_MOST 16
#define WIDTH_MIN    120 /* pixels */
#define HEIGHT_MIN   60
#define PLAIN        8  /* colours along a strip differ by less */
#define BORDER_STEP  12 /* the border and what is in it differ by this */
#define ROUND        3  /* pixels of a border that a corner may take up */
#define LEVEL        8  /* pixels between the ends of both sides */
#define ICON_REACH   28 /* from the strip to the border, over the icon at its left ... */
#define SIGNS_REACH  90 /* ... or the signs at its right */
#define SIGN_REACH   26
#define SIGN_STEP    24
#define SIGN_WIDE    24
#define TITLE_MARGIN 16 /* over the title, at most */
#define FOOT         48 /* pixels */
#define COVER_LEAST  40 /* hundredths of it that lie over the other */
#define PART_MOST    60 /* hundredths of the screen */

struct window {
    struct rect box;
    int title; /* index of its phrase */
};

static int reach(const struct frame *f, int x, int y, int step)
{
    while (x + step >= 0 && x + step < f->width &&
           colour_distance(colour_at(f, x, y), colour_at(f, x + step, y)) < PLAIN)
        x += step;
    return x;
}

/* How far a border goes on from X, Y: a line of one colour, with another on its inner side. */
static int border_end(const struct frame *f, int x, int y, int inner, int step)
{
    uint32_t colour = colour_at(f, x, y);
    int end = y;
    for (int at = y; at >= 0 && at < f->height && abs(at - end) <= ROUND; at += step)
        if (colour_distance(colour_at(f, x, at), colour) < BORDER_STEP &&
            colour_distance(colour_at(f, x + inner, at), colour) >= BORDER_STEP)
            end = at;
    return end;
}

/* The nearest border beside the strip; -1: none. */
static int border_find(const struct frame *f, int x, int y, int step, int most)
{
    for (int i = 0; i <= most && x >= 0 && x < f->width; i++, x += step)
        if (border_end(f, x, y, -step, 1) - y >= HEIGHT_MIN)
            return x;
    return -1;
}

/* Is something drawn at the right end of the strip? */
static bool has_sign(const struct view *v, struct rect window, struct rect title)
{
    int changes = 0, end = rect_right(window) - 2, y = rect_center(title).y;
    for (int x = end - SIGN_REACH; x < end - 1; x++)
        changes +=
            colour_distance(colour_at(v->frame, x, y), colour_at(v->frame, x + 1, y)) >= SIGN_STEP;
    return changes >= 2 && end - SIGN_REACH > rect_right(title);
}

/* Beside it there are but the signs, which may have been read as words. */
static bool is_alone(const struct view *v, int phrase, struct rect window)
{
    struct rect title = v->phrases[phrase].box;
    struct rect strip = {window.x, window.y, window.width, title.y + title.height - window.y};
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        bool sign = r.width <= SIGN_WIDE || rect_right(window) - r.x <= SIGNS_REACH;
        if (i != phrase && !sign && rect_holds(strip, rect_center(r)))
            return false;
    }
    return true;
}

/* Does the strip end below the title, from side to side? */
static bool has_foot(const struct view *v, struct rect window, struct rect title)
{
    int bottom = title.y + title.height;
    for (int y = bottom - 1; y < bottom + TITLE_MARGIN; y++) {
        struct rect row = {window.x + ROUND, y, window.width - 2 * ROUND, 1};
        if (edges_count(v->edges, row) * 10 >= row.width * 9)
            return true;
    }
    return false;
}

/* From the plain strip at height Y that the title stands on. */
static bool read_window(const struct view *v, int phrase, int y, struct window *out)
{
    const struct frame *f = v->frame;
    struct rect title = v->phrases[phrase].box;
    int left = border_find(f, reach(f, title.x, y, -1), y, -1, ICON_REACH);
    int right = left < 0 ? -1 : border_find(f, reach(f, title.x, y, 1), y, 1, SIGNS_REACH);
    if (right < 0 || right - left < WIDTH_MIN)
        return false;
    int top = border_end(f, left, y, 1, -1), end = border_end(f, left, y, 1, 1);
    int other = border_end(f, right, y, -1, 1), bottom = end < other ? end : other;
    *out = (struct window){{left, top, right + 1 - left, bottom + 1 - top}, phrase};
    return abs(end - other) <= LEVEL && title.y > top && title.y - top <= TITLE_MARGIN &&
           has_sign(v, out->box, title) && has_foot(v, out->box, title) &&
           is_alone(v, phrase, out->box);
}

/* No head of a calendar. */
static bool is_title(struct view *v, const struct phrase *p)
{
    const char *text = view_text(v, p);
    return !month_of(text, strcspn(text, " "));
}

/* Is it written in a control that is more than a part of the strip? */
static bool is_in_control(const struct view *v, const struct phrase *p, struct rect window)
{
    if (p->control < 0 || p->label)
        return false;
    const struct control *c = &v->controls[p->control];
    return c->role != ROLE_NONE && c->role != ROLE_TAB && c->box.width * 10 < window.width * 9;
}

/* Some of the rows just over and under the title may be of the border. */
static bool find_window(const struct view *v, int phrase, struct window *out)
{
    struct rect title = v->phrases[phrase].box;
    bool found = false;
    for (int i = 0; i < 6 && !found; i++)
        found =
            read_window(v, phrase, i < 3 ? title.y - 2 - i : title.y + title.height - 2 + i, out);
    return found;
}

static long part(long area, struct rect of)
{
    return area * 100 / rect_area(of);
}

/* What is seen around it goes on behind it, and some of it beside it. */
static bool is_surrounded(const struct view *v, struct rect window)
{
    struct rect around = {0};
    bool beside = false;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect r = v->phrases[i].box;
        if (rect_holds(window, rect_center(r)))
            continue;
        around = rect_union(around, r);
        beside |= r.y > window.y && r.y + r.height < window.y + window.height;
    }
    return beside && part(rect_area(window), frame_rect(v->frame)) <= PART_MOST &&
           part(rect_area(rect_common(around, window)), window) >= COVER_LEAST;
}

static bool is_over(const struct window *windows, int count, struct rect window)
{
    for (int i = 0; i < count; i++) {
        struct rect other = windows[i].box;
        if (rect_area(other) > rect_area(window) &&
            part(rect_area(rect_common(other, window)), window) >= COVER_LEAST)
            return true;
    }
    return false;
}

/* The title is no tab and no button, and the buttons in a row along its foot are no tabs. */
static void clear_strips(struct view *v, const struct window *w)
{
    struct rect title = v->phrases[w->title].box, head = w->box, foot = w->box;
    head.height = title.y + title.height - head.y;
    foot.y += foot.height - FOOT;
    foot.height = FOOT;
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        bool strip = c->role == ROLE_BUTTON && c->box.width * 10 >= head.width * 9;
        if ((c->role == ROLE_TAB || strip) && rect_holds(head, rect_center(c->box)))
            c->role = ROLE_NONE;
        else if (c->role == ROLE_TAB && rect_holds(foot, rect_center(c->box)))
            c->role = ROLE_BUTTON;
    }
}

/* The last of them again, from another word on its strip: the longer one is its title. */
static bool is_known(const struct view *v, struct window *windows, int last)
{
    for (int i = 0; i < last; i++)
        if (rect_overlap(windows[i].box, windows[last].box) > 0.9) {
            if (v->phrases[windows[last].title].box.width > v->phrases[windows[i].title].box.width)
                windows[i] = windows[last];
            return true;
        }
    return false;
}

void windows_find(struct view *v)
{
    struct window windows[WINDOWS_MOST];
    int count = 0;
    for (int i = 0; i < v->phrase_count && count < WINDOWS_MOST; i++)
        if (is_title(v, &v->phrases[i]) && find_window(v, i, &windows[count]) &&
            !is_in_control(v, &v->phrases[i], windows[count].box) && !is_known(v, windows, count))
            count++;
    for (int i = 0; i < count; i++) {
        struct rect box = windows[i].box;
        if (!dialog_holds_control(v, box) ||
            (!is_over(windows, count, box) && !is_surrounded(v, box)))
            continue;
        clear_strips(v, &windows[i]);
        dialog_add(v, box, view_text(v, &v->phrases[windows[i].title]), 0);
    }
}

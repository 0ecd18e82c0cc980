#include "vision/tabs.h"

#include "vision/colour.h"
#include "vision/glyphs.h"

#include <stdlib.h>
#include <string.h>

#define TAB_MIN   16 /* pixels high */
#define TAB_MAX   48
#define TAB_WIDE  260
#define PAGE_MORE 16 /* a page is wider than its tabs by this at least */
#define PAGE_HIGH 60
#define TOUCH     3
#define PAD_MIN   4 /* from the side of a tab to its text */
#define PAD_MAX   44
#define PAD_SLACK 4
#define OPEN_SLACK                                                                                 \
    20 /* the open tab may have a wider pad: none is narrower than its toolkit allows */
#define PAD_USUAL 12
#define REST_WIDE 60 /* what is left of a strip beside its only tab */
#define PAGE_DOWN 5
#define MENU_GAP  24
#define STRIP_MAX 24

/* What the tabs that are not open lie on: one surface, or a part of one on each side of the open
 * tab. */
struct strip {
    struct rect ground;
    int items[STRIP_MAX]; /* phrases, left to right */
    struct rect boxes[STRIP_MAX];
    int count;
    int pad;
    bool closed; /* the last tab ends where the surface does */
};

struct rect tabs_stroke(const struct view *v, int x, int y)
{
    int left = x, right = x + 1;
    while (left > 0 && edges_at(v->edges, left - 1, y))
        left--;
    while (right < v->frame->width && edges_at(v->edges, right, y))
        right++;
    return (struct rect){left, y, right - left, 1};
}

/* The texts on a surface, in one line; none when they are no entries. */
static bool take_texts(const struct view *v, int box, struct strip *s)
{
    *s = (struct strip){.ground = v->boxes->items[box].rect};
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->frame != box)
            continue;
        if (p->label || s->count == STRIP_MAX ||
            abs(rect_center(p->box).y - rect_center(s->ground).y) > 6 ||
            (s->count && p->box.x < rect_right(v->phrases[s->items[s->count - 1]].box)))
            return false;
        s->items[s->count++] = i;
    }
    return s->count > 0;
}

/* Where each tab ends: as far from its text as it begins, and there the next one begins. */
static bool lay_out(const struct view *v, struct strip *s)
{
    int x = s->ground.x, even = 1;
    for (int i = 0; i < s->count; i++) {
        struct rect t = v->phrases[s->items[i]].box;
        int pad = t.x - x;
        if (i == 0)
            s->pad = pad;
        even += i > 0 && abs(pad - s->pad) <= PAD_SLACK;
        if (pad < PAD_MIN || pad > PAD_MAX || pad < s->pad - PAD_SLACK)
            return false;
        s->boxes[i] = (struct rect){x, s->ground.y, t.width + 2 * pad, s->ground.height};
        x = rect_right(s->boxes[i]);
    }
    s->closed = abs(x - rect_right(s->ground)) <= PAD_SLACK + s->count;
    return s->closed || (even == s->count && x < rect_right(s->ground));
}

/* The open tab beside the surface: a box of its own with its text in the middle; -1: none. */
static int find_boxed(const struct view *v, const struct strip *s, struct rect *tab)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->frame < 0 || abs(rect_center(p->box).y - rect_center(s->ground).y) > 6)
            continue;
        const struct box *b = &v->boxes->items[p->frame];
        struct rect r = b->rect;
        bool touches =
            abs(rect_right(r) - s->ground.x) <= TOUCH || abs(rect_right(s->ground) - r.x) <= TOUCH;
        if (touches && r.width <= TAB_WIDE && abs(r.y - s->ground.y) <= TOUCH &&
            abs(r.height - s->ground.height) <= 2 * TOUCH &&
            abs(2 * p->box.x + p->box.width - 2 * r.x - r.width) <= 2 * PAD_SLACK &&
            colour_distance(p->ground, v->phrases[s->items[0]].ground) >= COLOUR_STEP) {
            *tab = r;
            return i;
        }
    }
    return -1;
}

/* The open tab beside the surface when it is one with its page: only its text shows where it is. */
static int find_unboxed(const struct view *v, const struct strip *s, struct rect *tab)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        int before = s->ground.x - rect_right(p->box), behind = p->box.x - rect_right(s->ground);
        int pad = before > behind ? before : behind;
        if ((p->frame >= 0 && v->boxes->items[p->frame].rect.height < PAGE_HIGH) ||
            abs(rect_center(p->box).y - rect_center(s->ground).y) > 4 || pad < s->pad - PAD_SLACK ||
            pad > s->pad + OPEN_SLACK || pad < PAD_MIN ||
            colour_distance(p->ground, v->phrases[s->items[0]].ground) < COLOUR_STEP)
            continue;
        *tab = (struct rect){p->box.x - pad, s->ground.y, p->box.width + 2 * pad, s->ground.height};
        return i;
    }
    return -1;
}

/* All tabs: more of them may lie on the other side of the open one. */
static struct rect whole_strip(const struct view *v, struct rect tab, struct rect ground)
{
    struct rect tabs = rect_union(tab, ground);
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        bool touches = abs(rect_right(r) - tabs.x) <= TOUCH || abs(rect_right(tabs) - r.x) <= TOUCH;
        if (v->boxes->items[i].kind != BOX_FRAME || !touches || abs(r.y - ground.y) > TOUCH ||
            abs(r.height - ground.height) > TOUCH)
            continue;
        tabs = rect_union(tabs, r);
        i = -1;
    }
    return tabs;
}

static bool is_line(const struct view *v, int x, int y, int width)
{
    return edges_count(v->edges, (struct rect){x, y, width, 1}) * 10 >= width * 9;
}

/* Does a line along row Y of the surface run on beyond the tabs? */
static bool runs_beyond(const struct view *v, struct rect tabs, struct rect ground, int y)
{
    return is_line(v, ground.x + 2, y, ground.width - 4) &&
           (is_line(v, rect_right(tabs), y, PAGE_MORE) ||
            is_line(v, tabs.x - PAGE_MORE, y, PAGE_MORE));
}

/* Does the lower side of the surface run on beyond the tabs, and its upper side not: where a page
 * begins? An OPEN tab interrupts it. */
static bool is_on_line(const struct view *v, struct rect tabs, struct rect ground, struct rect open)
{
    int bottom = ground.y + ground.height;
    for (int y = ground.y - 2; y <= ground.y + 2; y++)
        if (runs_beyond(v, tabs, ground, y))
            return false;
    for (int y = bottom - 2; y <= bottom + 2; y++)
        if (runs_beyond(v, tabs, ground, y))
            return edges_count(v->edges, (struct rect){open.x + 3, y, open.width - 6, 1}) * 10 <=
                   open.width;
    return false;
}

/* Is there a surface right under the tabs, at least as wide? */
static bool is_on_surface(const struct view *v, struct rect tabs, struct rect ground)
{
    int bottom = ground.y + ground.height;
    for (int i = 0; i < v->boxes->count; i++) {
        struct rect r = v->boxes->items[i].rect;
        if (v->boxes->items[i].kind == BOX_FRAME && r.height >= PAGE_HIGH &&
            abs(r.y - bottom) <= TOUCH && r.x <= tabs.x + TOUCH &&
            rect_right(r) >= rect_right(tabs) - TOUCH)
            return true;
    }
    return false;
}

/* Does the open tab look more like what is below than the others do? */
static bool is_like_page(const struct view *v, const struct strip *s, struct rect tab, int open)
{
    uint32_t page = colour_at(v->frame, tab.x + tab.width / 2, tab.y + tab.height + PAGE_DOWN);
    int own = colour_distance(v->phrases[open].ground, page);
    return own < colour_distance(v->phrases[s->items[0]].ground, page);
}

/* Is the open tab's text the only one in a colour? */
static bool is_told_by_ink(const struct view *v, const struct strip *s, int open)
{
    for (int i = 0; i < s->count; i++)
        if (phrase_is_coloured(&v->phrases[s->items[i]]))
            return false;
    return s->count > 1 && !s->closed && phrase_is_coloured(&v->phrases[open]);
}

/* Are they a menu bar: by their words, or because a menu hangs from one that is open? */
static bool is_menu_bar(const struct view *v, const struct strip *s, struct rect tab, int open)
{
    int said = phrase_is_menu(v, &v->phrases[open]);
    for (int i = 0; i < s->count; i++)
        said += phrase_is_menu(v, &v->phrases[s->items[i]]);
    for (int i = 0; i < v->control_count && said < 2; i++) {
        struct rect r = v->controls[i].box;
        if (v->controls[i].role == ROLE_MENUITEM && r.y >= tab.y &&
            r.y - tab.y - tab.height <= MENU_GAP && r.x < rect_right(tab) && rect_right(r) > tab.x)
            return true;
    }
    return said >= 2;
}

static void make_tabs(struct view *v, const struct strip *s, int open, struct rect tab)
{
    for (int i = 0; i < s->count; i++)
        run_make(v, s->items[i], ROLE_TAB, s->boxes[i])->sure = 0.8f;
    int control = v->phrases[open].control;
    if (control < 0 || v->controls[control].role != ROLE_TAB) {
        struct control *c = run_make(v, open, ROLE_TAB, tab);
        c->sure = 0.8f;
        c->states |= STATE_SELECTED;
    }
    tabs_drop_page(v, tab);
}

/* Is one a number alone, as pages have them? */
static bool has_number(const struct view *v, const struct strip *s, int open)
{
    for (int i = -1; i < s->count; i++) {
        const struct phrase *p = &v->phrases[i < 0 ? open : s->items[i]];
        const char *text = v->scene->words[p->first].text;
        if (p->count == 1 && !text[strspn(text, "0123456789")])
            return true;
    }
    return false;
}

static bool is_strip(const struct view *v, const struct strip *s, struct rect tab, int open,
                     bool boxed)
{
    struct rect tabs = whole_strip(v, tab, s->ground), none = {0};
    bool page = is_on_line(v, tabs, s->ground, boxed ? none : tab) ||
                (boxed && !s->closed && is_on_surface(v, rect_union(tab, s->ground), s->ground));
    return is_like_page(v, s, tab, open) && (page || is_told_by_ink(v, s, open)) &&
           !is_menu_bar(v, s, tab, open) && !has_number(v, s, open);
}

/* Does the phrase end with the cross that closes a tab? It is read as a letter. */
static bool has_cross(const struct view *v, const struct phrase *p)
{
    const struct word *last = &v->scene->words[p->first + p->count - 1];
    return glyph_read(v->frame, last->box) == GLYPH_CROSS;
}

/* The text of the tab that ends where the empty rest of its strip begins; -1: none. */
static int find_closable(const struct view *v, struct rect rest)
{
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        int gap = rest.x - rect_right(p->box);
        if (abs(rect_center(p->box).y - rect_center(rest).y) > 6 || gap < PAD_MIN ||
            gap > PAD_MAX / 2 || !has_cross(v, p))
            continue;
        if (p->count > 1)
            return i;
        gap = i > 0 ? p->box.x - rect_right(v->phrases[i - 1].box) : -1;
        if (gap > 0 && gap < PAD_MAX &&
            abs(rect_center(v->phrases[i - 1].box).y - rect_center(p->box).y) <= 4)
            return i - 1;
    }
    return -1;
}

/* From the upright line before its text to the rest of the strip. */
static struct rect closable_box(const struct view *v, const struct phrase *p, struct rect rest)
{
    int left = p->box.x - 2, least = p->box.x - PAD_MAX;
    while (left > least &&
           edges_count(v->edges, (struct rect){left, p->box.y, 1, p->box.height}) * 10 <
               p->box.height * 9)
        left--;
    if (left == least)
        left = p->box.x - PAD_USUAL;
    return (struct rect){left + 1, rest.y, rest.x - left - 1, rest.height};
}

/* A single tab that can be closed, and the rest of its strip, which was taken for a field. */
static void find_single(struct view *v)
{
    for (int i = 0; i < v->control_count; i++) {
        struct rect rest = v->controls[i].box;
        if (v->controls[i].role != ROLE_TEXTBOX || v->controls[i].source < 0 ||
            rest.height < TAB_MIN || rest.height > TAB_MAX || rest.width < REST_WIDE)
            continue;
        int phrase = find_closable(v, rest);
        if (phrase < 0)
            continue;
        struct phrase text = v->phrases[phrase];
        text.count -= text.count > 1 && has_cross(v, &text);
        struct rect box = closable_box(v, &text, rest);
        if (text.control >= 0 && abs(rect_right(v->controls[text.control].box) - rest.x) <= TOUCH)
            box = v->controls[text.control].box;
        struct control *tab = run_make(v, phrase, ROLE_TAB, box);
        tab->sure = 0.8f;
        tab->states |= STATE_SELECTED;
        tab->name = tab->text = view_text(v, &text);
        v->controls[i].role = ROLE_NONE;
    }
}

void tabs_find(struct view *v)
{
    find_single(v);
    for (int i = 0; i < v->boxes->count; i++) {
        const struct box *b = &v->boxes->items[i];
        struct strip s;
        struct rect tab = {0};
        if (b->kind != BOX_FRAME || b->rect.height < TAB_MIN || b->rect.height > TAB_MAX ||
            !take_texts(v, i, &s) || !lay_out(v, &s))
            continue;
        int open = find_boxed(v, &s, &tab);
        bool boxed = open >= 0;
        if (!boxed && s.closed)
            open = find_unboxed(v, &s, &tab);
        if (open >= 0 && is_strip(v, &s, tab, open, boxed))
            make_tabs(v, &s, open, tab);
    }
}

/* The frame around an entry, or what looks like one: the open tab's runs out into its page. */
static struct rect tab_box(const struct view *v, int phrase, bool *framed)
{
    int control = v->phrases[phrase].control;
    *framed = control >= 0 && v->controls[control].role == ROLE_BUTTON &&
              v->controls[control].box.height <= TAB_MAX;
    return *framed ? v->controls[control].box : run_ground(v, phrase);
}

/* Does the lower side of one of the boxes run on beyond the row: the upper side of a page? */
static bool runs_on(const struct view *v, const struct rect *boxes, const bool *framed, int count)
{
    int left = boxes[0].x, right = boxes[count - 1].x + boxes[count - 1].width;
    for (int i = 0; i < count; i++)
        for (int up = 1; framed[i] && up <= 3; up++) {
            int y = boxes[i].y + boxes[i].height - up;
            struct rect stroke = tabs_stroke(v, boxes[i].x + boxes[i].width / 2, y);
            if (stroke.x + stroke.width >= right + PAGE_MORE || stroke.x <= left - PAGE_MORE)
                return true;
        }
    return false;
}

bool tabs_take_boxes(struct view *v, const struct run *run)
{
    struct rect boxes[RUN_MAX];
    bool framed[RUN_MAX], found = false;
    for (int i = 0; i < run->count; i++)
        boxes[i] = tab_box(v, run->items[i], &framed[i]);
    for (int from = 0, to; from < run->count; from = to) {
        int frames = framed[from], lowest = boxes[from].y + boxes[from].height;
        for (to = from + 1; to < run->count; to++) {
            int gap = boxes[to].x - boxes[to - 1].x - boxes[to - 1].width;
            if (rect_empty(boxes[to]) || gap < -4 || gap > 4 ||
                abs(boxes[to].y - boxes[to - 1].y) > 6)
                break;
            frames += framed[to];
            if (framed[to])
                lowest = boxes[to].y + boxes[to].height;
        }
        if (rect_empty(boxes[from]) || to - from < 2 || frames * 2 < to - from ||
            !runs_on(v, boxes + from, framed + from, to - from))
            continue;
        for (int i = from; i < to; i++) {
            boxes[i].height = lowest - boxes[i].y;
            run_make(v, run->items[i], ROLE_TAB, boxes[i])->states |=
                framed[i] ? 0 : STATE_SELECTED;
        }
        found = true;
    }
    return found;
}

void tabs_drop_page(struct view *v, struct rect tab)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->role == ROLE_TEXTBOX && c->states & STATE_MULTILINE && c->sure < 0.7f &&
            abs(c->box.y - tab.y - tab.height) <= 8 && c->box.x <= tab.x + 16 &&
            c->box.x + c->box.width >= tab.x + tab.width)
            c->role = ROLE_NONE;
    }
}

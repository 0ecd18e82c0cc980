/*
 * Lists in which several rows are lit, whatever box they were seen as: lines under each other in
 * even steps, on two grounds, of which the lit one fills its rows from side to side.
 */
#include "vision/view.h"

#include "vision/colour.h"

#include <stdlib.h>
#include <string.h>

#define RUN_MAX     64
#define STEP_MIN    14
#define STEP_MAX    48
#define STEP_SPREAD 5  /* pixels that two steps differ at most */
#define SAME_STEP   8  /* colours nearer than this are one ground */
#define LIT_STEP    32 /* stripes differ by less */
#define COLOUR_MORE 40 /* of saturation: the lit ground, whatever is around */
#define ALIGN_MAX   3  /* between the left ends of texts under each other */
#define SCROLL_BAR  20
#define SIDE_SLACK  3
#define OUTSIDE     30 /* pixels left of a text, beyond the list's border */

struct rows {
    int first, count;   /* of the run */
    int step;           /* from row to row */
    uint32_t lit;       /* the ground of those that are */
    struct rect across; /* the box of a lit one */
};

/* Texts that begin under each other. */
struct run {
    int items[RUN_MAX]; /* phrases, from top to bottom */
    int count;
};

static struct phrase *row_of(struct view *v, const struct run *run, int i)
{
    return &v->phrases[run->items[i]];
}

static int step_to(struct view *v, const struct run *run, int i)
{
    return rect_center(row_of(v, run, i)->box).y - rect_center(row_of(v, run, i - 1)->box).y;
}

static bool is_alike(uint32_t a, uint32_t b)
{
    return colour_distance(a, b) < SAME_STEP;
}

/* The ground of a row as a box; empty where none is seen. */
static struct rect ground_box(struct view *v, const struct phrase *p)
{
    const struct box *b = p->frame < 0 ? NULL : &v->boxes->items[p->frame];
    bool own = b && is_alike(b->fill, p->ground) && b->rect.x <= p->box.x &&
               b->rect.x + b->rect.width >= p->box.x + p->box.width;
    return own ? b->rect : (struct rect){0};
}

/* Is a row's ground known? Of one that the side of the list cuts it is not. */
static bool is_whole(struct view *v, const struct run *run, int row)
{
    const struct phrase *p = row_of(v, run, row);
    bool whole = !rect_empty(ground_box(v, p));
    for (int i = 0; i < run->count && !whole; i++)
        whole = i != row && is_alike(row_of(v, run, i)->ground, p->ground);
    return whole;
}

/* The rows from FIRST on that stand in even steps, but for their letters' tails. */
static void take_rows(struct view *v, const struct run *run, int first, struct rows *r)
{
    *r = (struct rows){.first = first, .count = 1};
    int all = 0, one = 0;
    bool whole = is_whole(v, run, first);
    for (int i = first + 1; i < run->count && whole; i++) {
        int step = step_to(v, run, i);
        one = r->count == 1 ? step : one;
        if (abs(step - one) > STEP_SPREAD || !is_whole(v, run, i))
            break;
        all += step;
        r->count++;
    }
    r->step = r->count > 1 ? all / (r->count - 1) : 0;
}

/* Are there two grounds, and which is lit: the coloured one, else what is less like the page? */
static bool take_grounds(struct view *v, const struct run *run, struct rows *r)
{
    uint32_t one = row_of(v, run, r->first)->ground, two = one;
    for (int i = r->first; i < r->first + r->count; i++) {
        uint32_t ground = row_of(v, run, i)->ground;
        if (is_alike(two, one))
            two = ground;
        if (!is_alike(ground, one) && !is_alike(ground, two))
            return false;
    }
    if (colour_distance(one, two) < LIT_STEP)
        return false;
    struct rect box = row_of(v, run, r->first)->box;
    uint32_t page = colour_at(v->frame, box.x - OUTSIDE, rect_center(box).y);
    int more = colour_saturation(two) - colour_saturation(one);
    bool second = abs(more) >= COLOUR_MORE
                      ? more > 0
                      : colour_distance(two, page) > colour_distance(one, page);
    r->lit = second ? two : one;
    r->across = (struct rect){0};
    for (int i = r->first; i < r->first + r->count && rect_empty(r->across); i++)
        if (is_alike(row_of(v, run, i)->ground, r->lit))
            r->across = ground_box(v, row_of(v, run, i));
    return !rect_empty(r->across);
}

/* The words of a text that stand in the row: an arrow of the scroll bar may have been read behind
 * them. */
static struct phrase inside(const struct view *v, const struct phrase *p, struct rect across)
{
    struct phrase q = *p;
    for (q.count = 0; q.count < p->count; q.count++) {
        struct rect word = v->scene->words[p->first + q.count].box;
        if (word.x < across.x || word.x + word.width > across.x + across.width)
            break;
    }
    return q;
}

/* Does nothing else stand in the row of a text: no table? */
static bool is_alone(struct view *v, const struct phrase *p, struct rect across)
{
    struct rect row = {across.x, p->box.y, across.width, p->box.height};
    for (int i = 0; i < v->phrase_count; i++)
        if (&v->phrases[i] != p && rect_holds(row, rect_center(v->phrases[i].box)))
            return false;
    return true;
}

/* Do the other rows lie on one ground with a border that goes around all, or on one above and one
 * below the lit one BETWEEN them? A side bar may have lines between its rows. */
static bool is_framed(struct view *v, const struct run *run, const struct rows *r, bool between)
{
    int frames[2] = {-1, -1}, count = 0;
    for (int i = r->first; i < r->first + r->count; i++) {
        const struct phrase *p = row_of(v, run, i);
        struct rect box = ground_box(v, p);
        if (is_alike(p->ground, r->lit) || (count && frames[count - 1] == p->frame))
            continue;
        if (count == 2 || rect_empty(box) || v->boxes->items[p->frame].thickness == 0 ||
            abs(box.x - r->across.x) > SIDE_SLACK ||
            box.width - r->across.width > SCROLL_BAR + SIDE_SLACK)
            return false;
        frames[count++] = p->frame;
    }
    bool whole = count == 1 && rect_holds(v->boxes->items[frames[0]].rect, rect_center(r->across));
    return whole || between;
}

/* Have the lit rows one width, and hold all texts? A single one may be a heading. */
static bool is_across(struct view *v, const struct run *run, struct rows *r)
{
    int lit = 0, last = r->first + r->count - 1;
    bool between = false;
    for (int i = r->first; i <= last; i++) {
        const struct phrase *p = row_of(v, run, i);
        struct rect box = ground_box(v, p);
        if (!inside(v, p, r->across).count || !is_alone(v, p, r->across))
            return false;
        if (!is_alike(p->ground, r->lit))
            continue;
        if (abs(box.x - r->across.x) > SIDE_SLACK ||
            abs(box.width - r->across.width) > SIDE_SLACK ||
            (box.height * 10 < r->step * 9 && i > r->first && i < last))
            return false;
        lit++;
        between = i > r->first && i < last;
    }
    return lit >= 2 || is_framed(v, run, r, between);
}

static void drop_pieces(struct view *v, struct rect list, int step)
{
    for (int i = 0; i < v->control_count; i++) {
        struct control *c = &v->controls[i];
        if (c->role != ROLE_OPTION && c->source >= 0 && rect_holds(list, rect_center(c->box)) &&
            c->box.height < 3 * step && c->box.width < 2 * list.width &&
            c->box.width * 2 > list.width)
            c->role = ROLE_NONE;
    }
}

/* What lists_find made there; NULL: nothing. */
static struct control *option_at(struct view *v, struct point at)
{
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role == ROLE_OPTION && rect_holds(v->controls[i].box, at))
            return &v->controls[i];
    return NULL;
}

/* Is less of a row seen than the others are high? Several lit rows have one GROUND. */
static bool is_cut(struct rect ground, struct rect row)
{
    if (ground.height * 2 < row.height * 3)
        return ground.height * 5 < row.height * 4;
    return !rect_inside(row, rect_grow(ground, row.height / 6));
}

static void make_options(struct view *v, const struct run *run, const struct rows *r)
{
    struct rect first = row_of(v, run, r->first)->box;
    struct rect list = {r->across.x, rect_center(first).y - r->step / 2, r->across.width,
                        r->step * r->count};
    drop_pieces(v, list, r->step);
    for (int i = r->first; i < r->first + r->count; i++) {
        struct phrase *p = row_of(v, run, i);
        struct rect box = {list.x, rect_center(p->box).y - r->step / 2, list.width, r->step};
        bool lit = is_alike(p->ground, r->lit);
        if (lit)
            v->uses[p->frame] = USE_ALONE;
        struct control *c = option_at(v, rect_center(p->box));
        if (lit && is_cut(ground_box(v, p), box)) { /* what it says is not known */
            if (c)
                c->role = ROLE_NONE;
            continue;
        }
        if (c) {
            c->states |= lit ? STATE_SELECTED : 0;
            continue;
        }
        c = view_add_control(v, ROLE_OPTION, box, -1);
        c->sure = 0.8f;
        struct phrase text = inside(v, p, r->across);
        c->name = c->text = view_text(v, &text);
        c->states |= lit ? STATE_SELECTED : 0;
    }
}

/* The nearest text under that of a phrase, if they begin there alike; -1: none. */
static int below(const struct view *v, int phrase)
{
    struct rect r = v->phrases[phrase].box;
    int best = -1, nearest = STEP_MAX + 1;
    for (int i = 0; i < v->phrase_count; i++) {
        struct rect other = v->phrases[i].box;
        int step = rect_center(other).y - rect_center(r).y;
        bool under = other.x < r.x + r.width && other.x + other.width > r.x;
        if (under && step >= STEP_MIN && step < nearest) {
            nearest = step;
            best = i;
        }
    }
    return best >= 0 && abs(v->phrases[best].box.x - r.x) <= ALIGN_MAX ? best : -1;
}

static void find_in(struct view *v, const struct run *run)
{
    struct rows r;
    for (int first = 0; first + 1 < run->count; first += r.count > 1 ? r.count - 1 : 1) {
        take_rows(v, run, first, &r);
        if (r.count >= 2 && take_grounds(v, run, &r) && is_across(v, run, &r))
            make_options(v, run, &r);
    }
}

/* A row that each of several lit ones made is one. */
static void drop_doubles(struct view *v)
{
    for (int i = 0; i < v->control_count; i++)
        for (int j = i + 1; v->controls[i].role == ROLE_OPTION && j < v->control_count; j++) {
            struct control *other = &v->controls[j];
            if (other->role != ROLE_OPTION || rect_overlap(v->controls[i].box, other->box) < 0.7)
                continue;
            v->controls[i].states |= other->states;
            other->role = ROLE_NONE;
        }
}

void chosen_find(struct view *v)
{
    size_t size = (size_t)v->phrase_count + 1;
    bool *taken = memset(arena_alloc(&v->scene->arena, size), 0, size);
    for (int i = 0; i < v->phrase_count; i++) {
        struct run run = {.count = 0};
        for (int at = i; at >= 0 && !taken[at] && run.count < RUN_MAX; at = below(v, at)) {
            taken[at] = true;
            run.items[run.count++] = at;
        }
        if (run.count >= 2)
            find_in(v, &run);
    }
    drop_doubles(v);
}

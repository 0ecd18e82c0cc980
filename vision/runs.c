#include "vision/runs.h"

#include <stdlib.h>

#define WORDS_MAX  4
#define GAP_MIN    5
#define STEP_MIN   16
#define PAD_MAX    72 /* from an entry's text to the side of its ground */
#define LABEL_GAP  16 /* from a label down to its field */
#define LABEL_NEAR 32 /* from a label to the field that follows it in the line */
#define HEIGHT_MAX 30

static bool is_label_of(const struct phrase *p, const struct control *c)
{
    struct rect t = p->box, b = c->box;
    bool mark = role_is_checkable(c->role);
    int below = b.y - t.y - t.height;
    if (mark)
        return abs(rect_center(b).y - rect_center(t).y) <= b.height && t.x > b.x &&
               t.x - b.x - b.width < 2 * b.height;
    if (c->states & STATE_MULTILINE && c->sure < 0.7f)
        return false; /* as likely the page that belongs to a tab */
    if (!role_is_field(c->role))
        return false;
    int right = b.x - t.x - t.width;
    bool before = right >= 0 && right <= LABEL_NEAR &&
                  abs(rect_center(b).y - rect_center(t).y) <= t.height / 2;
    bool above = below >= -2 && below <= LABEL_GAP && t.x >= b.x - 14 && t.x < b.x + b.width / 2;
    return before || above;
}

/* What an entry may have been taken for, by its ground alone. */
static bool is_plain(const struct view *v, const struct control *c)
{
    bool panel = c->role == ROLE_TEXTBOX && c->states & STATE_MULTILINE && c->sure < 0.5f;
    return panel || c->role == ROLE_BUTTON || c->role == ROLE_LINK || c->role == ROLE_NONE ||
           (c->role == ROLE_TEXTBOX && c->source >= 0 && v->boxes->items[c->source].thickness == 0);
}

/* In a row with words that menu bars say. */
static bool is_in_menu_bar(const struct view *v, const struct phrase *p)
{
    int said = 0;
    for (int i = 0; p->count <= 2 && i < v->phrase_count; i++)
        said += abs(rect_center(v->phrases[i].box).y - rect_center(p->box).y) <= 4 &&
                phrase_is_menu(v, &v->phrases[i]);
    return said >= 2;
}

static bool is_entry(const struct view *v, const struct phrase *p)
{
    if (p->count > WORDS_MAX || p->label || p->box.height > HEIGHT_MAX || p->box.height < 6)
        return false;
    if (p->control >= 0) {
        const struct control *c = &v->controls[p->control];
        return is_plain(v, c) &&
               (c->states & STATE_MULTILINE || c->box.height <= 4 * p->box.height + 24);
    }
    for (int i = 0; i < v->control_count; i++)
        if (v->controls[i].role != ROLE_NONE && is_label_of(p, &v->controls[i]))
            return is_in_menu_bar(v, p);
    return true;
}

/* How far the one is from the other, -1 when it does not follow it. */
typedef int distance_fn(struct rect from, struct rect to, int most);

static int distance_right(struct rect a, struct rect b, int most)
{
    int gap = b.x - a.x - a.width;
    return gap >= GAP_MIN && gap <= most && abs(rect_center(a).y - rect_center(b).y) <= 4 ? gap
                                                                                          : -1;
}

static int distance_below(struct rect a, struct rect b, int most)
{
    int step = rect_center(b).y - rect_center(a).y;
    return step >= STEP_MIN && step <= most && abs(a.x - b.x) <= 3 ? step : -1;
}

static int *chain(const struct view *v, distance_fn *distance, int most)
{
    size_t count = (size_t)v->phrase_count + 1;
    int *next = arena_alloc(&v->scene->arena, count * sizeof *next);
    bool *entry = arena_alloc(&v->scene->arena, count * sizeof *entry);
    for (int i = 0; i < v->phrase_count; i++)
        entry[i] = is_entry(v, &v->phrases[i]);
    for (int i = 0; i < v->phrase_count; i++) {
        int nearest = most + 1, best = -1;
        for (int j = 0; entry[i] && j < v->phrase_count; j++) {
            int d = distance(v->phrases[i].box, v->phrases[j].box, most);
            if (d >= 0 && d < nearest) {
                nearest = d;
                best = j;
            }
        }
        bool alike = best >= 0 && entry[best] &&
                     abs(v->phrases[i].box.height - v->phrases[best].box.height) <= 6;
        next[i] = alike ? best : -1;
    }
    return next;
}

int *runs_right(const struct view *v, int gap_max)
{
    return chain(v, distance_right, gap_max);
}

int *runs_below(const struct view *v, int step_max)
{
    return chain(v, distance_below, step_max);
}

bool run_take(const struct view *v, const int *next, int first, struct run *run)
{
    run->count = 0;
    for (int i = 0; i < v->phrase_count; i++)
        if (next[i] == first)
            return false;
    for (int i = first; i >= 0 && run->count < RUN_MAX; i = next[i])
        run->items[run->count++] = i;
    return run->count > 1;
}

/* How far from X, in direction D, an edge runs along the whole height of the text; -1: nowhere. */
static int side_of(const struct view *v, struct rect t, int x, int d)
{
    for (int i = 2; i <= PAD_MAX; i++) {
        int found = edges_count(v->edges, (struct rect){x + d * i, t.y, 1, t.height});
        if (found * 10 >= t.height * 9)
            return i;
        if (i >= 4 && found * 3 > t.height) /* a letter */
            return -1;
    }
    return -1;
}

static int lid_of(const struct view *v, struct rect t, int y, int d)
{
    for (int i = 2; i <= PAD_MAX / 2; i++)
        if (edges_count(v->edges, (struct rect){t.x, y + d * i, t.width, 1}) * 10 >= t.width * 9)
            return i;
    return -1;
}

struct rect run_ground(const struct view *v, int phrase)
{
    struct rect t = v->phrases[phrase].box;
    int left = side_of(v, t, t.x - 1, -1), right = side_of(v, t, t.x + t.width - 1, 1);
    int top = lid_of(v, t, t.y - 1, -1), bottom = lid_of(v, t, t.y + t.height - 1, 1);
    if (left < 0 || right < 0 || (top < 0 && bottom < 0) || abs(left - right) > 4 + t.height / 2)
        return (struct rect){0};
    int half = t.height / 2 + (top < 0 ? bottom : bottom < 0 ? top : (top + bottom) / 2);
    return (struct rect){t.x - left, rect_center(t).y - half, t.width + left + right, 2 * half};
}

struct control *run_make(struct view *v, int phrase, enum role role, struct rect box)
{
    struct phrase *p = &v->phrases[phrase];
    if (p->control >= 0)
        v->controls[p->control].role = ROLE_NONE;
    p->control = v->control_count;
    struct control *c = view_add_control(v, role, rect_common(box, frame_rect(v->frame)), -1);
    c->sure = 0.6f;
    return c;
}

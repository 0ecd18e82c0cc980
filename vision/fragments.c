#include "vision/fragments.h"

#include <stdlib.h>

#define HEIGHT_MAX    64
#define SURFACE_LEAST 4  /* times as high as the fragment */
#define LINE_SLACK    4  /* pixels that what is in line may be out of it */
#define ROW_REACH     12 /* pixels that the middles in one row may differ at most */

static int middle(const struct fragment *p)
{
    return p->box.y + p->box.height / 2;
}

bool fragment_in_row(const struct fragment *a, const struct fragment *b)
{
    int least = a->box.height < b->box.height ? a->box.height : b->box.height;
    int slack = least * 4 / 10;
    return abs(middle(a) - middle(b)) <= (slack < 4 ? 4 : slack > ROW_REACH ? ROW_REACH : slack);
}

bool fragment_in_line(const struct fragment *a, const struct fragment *b)
{
    int left = a->box.x - b->box.x, right = left + a->box.width - b->box.width;
    return abs(left) <= LINE_SLACK || abs(right) <= LINE_SLACK || abs(left + right) <= LINE_SLACK;
}

/* An entry of a list may be a row of a table: its texts count. */
static bool is_entry(enum role role)
{
    return role == ROLE_OPTION || role == ROLE_LISTITEM;
}

static int surface_of(const struct view *v, struct rect box, int frame)
{
    while (frame >= 0 && v->boxes->items[frame].rect.height < SURFACE_LEAST * box.height)
        frame = v->boxes->items[frame].parent;
    return frame;
}

static void add(const struct view *v, struct fragments *p, struct rect box, int phrase, int control)
{
    int frame = -1;
    if (phrase >= 0)
        frame = v->phrases[phrase].frame;
    else if (control >= 0 && v->controls[control].source >= 0)
        frame = v->boxes->items[v->controls[control].source].parent;
    p->items[p->count++] =
        (struct fragment){box, phrase, control, false, surface_of(v, box, frame), -1};
}

static void add_controls(const struct view *v, struct fragments *p, int *fragments)
{
    for (int i = 0; i < v->control_count; i++) {
        const struct control *c = &v->controls[i];
        fragments[i] = -1;
        if (c->role == ROLE_NONE || is_entry(c->role) || c->box.height > HEIGHT_MAX)
            continue;
        fragments[i] = p->count;
        add(v, p, c->box, -1, i);
    }
}

/* The label right of a mark is one fragment with it; any other is one of its own. */
static void add_owned(const struct view *v, struct fragments *p, int phrase, int at)
{
    const struct phrase *text = &v->phrases[phrase];
    struct fragment *fragment = &p->items[at];
    const struct control *c = &v->controls[text->control];
    if (text->label && !(role_is_checkable(c->role) && text->box.x > c->box.x)) {
        add(v, p, text->box, phrase, -1);
        p->items[p->count - 1].label = true;
        return;
    }
    if (text->label)
        fragment->box = rect_union(fragment->box, text->box);
    else if (c->source < 0) { /* made of words: stands where they do */
        fragment->box = fragment->phrase < 0 ? text->box : rect_union(fragment->box, text->box);
        fragment->surface = surface_of(v, text->box, text->frame);
    }
    if (fragment->phrase < 0)
        fragment->phrase = phrase;
}

static int compare_middle(const void *a, const void *b)
{
    const struct fragment *p = a, *q = b;
    int down = middle(p) - middle(q);
    return down ? down : p->box.x - q->box.x;
}

void fragments_find(struct view *v, struct fragments *p)
{
    struct arena *arena = &v->scene->arena;
    size_t most = (size_t)v->phrase_count + (size_t)v->control_count + 1;
    *p = (struct fragments){.items = arena_alloc(arena, most * sizeof *p->items)};
    int *of = arena_alloc(arena, ((size_t)v->control_count + 1) * sizeof *of);
    add_controls(v, p, of);
    for (int i = 0; i < v->phrase_count; i++) {
        int control = v->phrases[i].control;
        bool goes_on =
            i > 0 && control < 0 && v->phrases[i - 1].goes_on && v->phrases[i - 1].control < 0;
        if (goes_on && p->count && p->items[p->count - 1].control < 0)
            p->items[p->count - 1].box = rect_union(p->items[p->count - 1].box, v->phrases[i].box);
        else if (control < 0 || is_entry(v->controls[control].role))
            add(v, p, v->phrases[i].box, i, -1);
        else if (of[control] >= 0)
            add_owned(v, p, i, of[control]);
    }
    if (p->count)
        qsort(p->items, (size_t)p->count, sizeof *p->items, compare_middle);
}

int fragments_from(const struct fragments *p, int y)
{
    int from = 0, to = p->count;
    while (from < to) {
        int half = (from + to) / 2;
        if (middle(&p->items[half]) < y)
            from = half + 1;
        else
            to = half;
    }
    return from;
}

int fragment_right(const struct fragments *p, int i)
{
    const struct fragment *a = &p->items[i];
    int best = -1;
    for (int j = fragments_from(p, middle(a) - ROW_REACH);
         j < p->count && middle(&p->items[j]) <= middle(a) + ROW_REACH; j++) {
        const struct fragment *b = &p->items[j];
        if (j != i && b->box.x >= a->box.x + a->box.width && fragment_in_row(a, b) &&
            (best < 0 || b->box.x < p->items[best].box.x))
            best = j;
    }
    return best;
}

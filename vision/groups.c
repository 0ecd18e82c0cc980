#include "vision/view.h"

#include <stdlib.h>
#include <string.h>

#define LEGEND_ABOVE 44  /* pixels from a legend down to the first of its marks */
#define LEGEND_LEFT  260 /* from a legend to the mark on its right */

static bool in_row(struct rect a, struct rect b)
{
    int tall = a.height > b.height ? a.height : b.height;
    return abs(rect_center(a).y - rect_center(b).y) * 10 <= tall * 7;
}

/* A mark in a table has no label beside it: its column's head is what it says, its row's text what
 * it is about. */
static void read_table(struct view *v, struct control *c)
{
    int head = -1, row = -1;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        if (p->label || p->control >= 0)
            continue;
        if (in_row(p->box, c->box) && p->box.x + p->box.width <= c->box.x &&
            (row < 0 || p->box.x > v->phrases[row].box.x))
            row = i;
        if (p->box.y + p->box.height <= c->box.y && p->box.x < c->box.x + c->box.width + 4 &&
            p->box.x + p->box.width > c->box.x - 4 &&
            (head < 0 || p->box.y > v->phrases[head].box.y))
            head = i;
    }
    if (row < 0 || head < 0)
        return;
    c->group = view_text(v, &v->phrases[row]);
    c->name = view_join(v, c->group, view_text(v, &v->phrases[head]));
}

struct cluster {
    struct rect box; /* around its marks */
    int first;       /* the control that begins it */
    int count;
};

/* The marks of one kind that stand under or beside each other, from FIRST on. */
static struct cluster gather(const struct view *v, int first, bool *taken)
{
    struct cluster g = {.box = v->controls[first].box, .first = first, .count = 1};
    enum role role = v->controls[first].role;
    int size = g.box.height;
    taken[first] = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < v->control_count; i++) {
            struct rect r = v->controls[i].box;
            if (taken[i] || v->controls[i].role != role)
                continue;
            bool under = abs(r.x - g.box.x) <= 4 && r.y - g.box.y - g.box.height < 3 * size &&
                         g.box.y - r.y - r.height < 3 * size;
            bool beside = in_row(r, g.box) && g.count * r.height < 3 * g.box.width + 40 &&
                          r.x - g.box.x - g.box.width < 240 && g.box.x - r.x - r.width < 240;
            if (!under && !beside)
                continue;
            taken[i] = true;
            g.box = rect_union(g.box, r);
            g.count++;
            more = true;
        }
    }
    return g;
}

/* The nearest free phrase above the cluster, or left of its first row. */
static int find_legend(const struct view *v, const struct cluster *g)
{
    int best = -1, nearest = LEGEND_ABOVE + LEGEND_LEFT;
    for (int i = 0; i < v->phrase_count; i++) {
        const struct phrase *p = &v->phrases[i];
        int above = g->box.y - p->box.y - p->box.height, shift = p->box.x - g->box.x;
        int left = g->box.x - p->box.x - p->box.width;
        int distance = -1;
        if (p->label || p->control >= 0)
            continue;
        if (above >= -2 && above <= LEGEND_ABOVE && shift >= -40 && shift <= 30)
            distance = above;
        else if (left >= 0 && left <= LEGEND_LEFT && rect_center(p->box).y >= g->box.y - 4 &&
                 rect_center(p->box).y <= g->box.y + v->controls[g->first].box.height + 4)
            distance = LEGEND_ABOVE / 2 + left / 8;
        if (distance >= 0 && distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}

/* The legend that stands in the upper border of a frame around the cluster. */
static int find_caption(struct view *v, const struct cluster *g)
{
    int source = v->controls[g->first].source;
    for (int f = source < 0 ? -1 : v->boxes->items[source].parent; f >= 0;
         f = v->boxes->items[f].parent) {
        struct rect r = v->boxes->items[f].rect;
        for (int i = 0; i < v->phrase_count; i++) {
            struct phrase *p = &v->phrases[i];
            if (p->label || p->control >= 0 || abs(rect_center(p->box).y - r.y) > 6 ||
                p->box.x < r.x - 2 || p->box.x + p->box.width > r.x + r.width)
                continue;
            phrase_cut_border(v, p, r);
            return i;
        }
    }
    return -1;
}

void groups_find(struct view *v)
{
    bool *taken = arena_alloc(&v->scene->arena, (size_t)v->control_count + 1);
    memset(taken, 0, (size_t)v->control_count + 1);
    for (int i = 0; i < v->control_count; i++)
        if (role_is_checkable(v->controls[i].role) &&
            (v->controls[i].label < 0 || v->controls[i].group)) {
            if (v->controls[i].label < 0)
                read_table(v, &v->controls[i]);
            taken[i] = true;
        }
    for (int i = 0; i < v->control_count; i++) {
        if (taken[i] || !role_is_checkable(v->controls[i].role))
            continue;
        struct cluster g = gather(v, i, taken);
        int legend = g.count > 1 ? find_legend(v, &g) : -1;
        if (legend < 0)
            legend = find_caption(v, &g);
        if (legend < 0)
            continue;
        const char *text = view_text(v, &v->phrases[legend]);
        for (int j = 0; j < v->control_count; j++)
            if (v->controls[j].role == v->controls[i].role && !v->controls[j].group &&
                rect_inside(v->controls[j].box, g.box))
                v->controls[j].group = text;
    }
}

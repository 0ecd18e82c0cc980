/* Two fragments beside each other over two beside each other, in line, are of one table. */
#include "vision/sheet.h"

#define STEP_MAX    140 /* pixels from a row to the next one that is looked at */
#define GAP_MIN     10  /* between two columns */
#define CARDS_APART 4

static int root_of(struct fragments *p, int i)
{
    while (p->items[i].set != i)
        i = p->items[i].set = p->items[p->items[i].set].set;
    return i;
}

static void unite(struct fragments *p, int a, int b)
{
    a = root_of(p, a);
    b = root_of(p, b);
    p->items[a > b ? a : b].set = a > b ? b : a;
}

static bool is_apart(const struct fragment *left, const struct fragment *right)
{
    return right->box.x - left->box.x - left->box.width >= GAP_MIN;
}

/* A fragment in the row of I, to its right and in line with WITH; -1: none. */
static int find_beside(const struct fragments *p, int i, const struct fragment *with)
{
    const struct fragment *a = &p->items[i];
    for (int j = fragments_from(p, rect_center(a->box).y - a->box.height / 2);
         j < p->count &&
         rect_center(p->items[j].box).y <= rect_center(a->box).y + a->box.height / 2;
         j++) {
        const struct fragment *b = &p->items[j];
        if (b->box.x > a->box.x && fragment_in_line(b, with) && fragment_in_row(a, b) &&
            is_apart(a, b))
            return j;
    }
    return -1;
}

/* Do they stand on two surfaces that are apart: cards? Ruled columns touch. */
static bool are_cards(const struct view *v, const struct fragment *left,
                      const struct fragment *right)
{
    if (left->surface < 0 || right->surface < 0)
        return false;
    struct rect a = v->boxes->items[left->surface].rect;
    struct rect b = v->boxes->items[right->surface].rect;
    return b.x >= a.x + a.width + CARDS_APART;
}

void squares_find(const struct view *v, struct fragments *p)
{
    for (int i = 0; i < p->count; i++)
        p->items[i].set = i;
    for (int i = 0; i < p->count; i++) {
        const struct fragment *a = &p->items[i];
        int right = fragment_right(p, i), other = -1;
        if (right < 0 || !is_apart(a, &p->items[right]) || are_cards(v, a, &p->items[right]))
            continue;
        int bottom = a->box.y + a->box.height;
        for (int j = fragments_from(p, bottom);
             j < p->count && other < 0 && rect_center(p->items[j].box).y < bottom + STEP_MAX; j++) {
            if (!fragment_in_line(a, &p->items[j]) ||
                (other = find_beside(p, j, &p->items[right])) < 0)
                continue;
            unite(p, i, right);
            unite(p, i, j);
            unite(p, i, other);
        }
    }
    for (int i = 0; i < p->count; i++)
        p->items[i].set = root_of(p, i);
}

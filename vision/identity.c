#include "vision/identity.h"

#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define SAME_PLACE 3 /* pixels that a side may move, by a border that is lit */

struct known {
    int id;
    enum role role;
    struct rect box;
    uint64_t name; /* hash of label or text; 0: none */
    bool taken;    /* by an element of this frame */
};

struct identity {
    struct known *items, *next; /* owned: of the last frame, and room for this one's */
    int count, capacity, last_id;
};

struct identity *identity_create(void)
{
    return mem_zero(1, sizeof(struct identity));
}

void identity_destroy(struct identity *d)
{
    if (!d)
        return;
    free(d->items);
    free(d->next);
    free(d);
}

void identity_reset(struct identity *d)
{
    d->count = d->last_id = 0;
}

static struct known known_from(const struct element *e)
{
    const char *name = *e->label ? e->label : e->text;
    return (struct known){
        .role = e->role, .box = e->box, .name = *name ? XXH3_64bits(name, strlen(name)) : 0};
}

static bool is_in_place(const struct known *a, const struct known *b)
{
    return a->role == b->role && rect_inside(a->box, rect_grow(b->box, SAME_PLACE)) &&
           rect_inside(b->box, rect_grow(a->box, SAME_PLACE));
}

static long distance(struct rect a, struct rect b)
{
    struct point p = rect_center(a), q = rect_center(b);
    long across = p.x - q.x, down = p.y - q.y;
    return across * across + down * down;
}

/* The nearest of the frame before with the same role and name; -1 for none. */
static int find_by_name(const struct identity *d, const struct known *k)
{
    int best = -1;
    for (int i = 0; i < d->count; i++) {
        const struct known *old = &d->items[i];
        if (!old->taken && old->role == k->role && k->name && old->name == k->name &&
            (best < 0 || distance(old->box, k->box) < distance(d->items[best].box, k->box)))
            best = i;
    }
    return best;
}

/* The one of the frame before at the same place; -1 for none. */
static int find_in_place(const struct identity *d, const struct known *k)
{
    for (int i = 0; i < d->count; i++)
        if (!d->items[i].taken && is_in_place(&d->items[i], k))
            return i;
    return -1;
}

/* Gives the elements that FIND knows their old ids. */
static void assign(struct identity *d, int count,
                   int (*find)(const struct identity *d, const struct known *k))
{
    for (int i = 0; i < count; i++) {
        if (d->next[i].id)
            continue;
        int same = find(d, &d->next[i]);
        if (same < 0)
            continue;
        d->items[same].taken = true;
        d->next[i].id = d->items[same].id;
    }
}

void identity_assign(struct identity *d, struct scene *scene)
{
    int count = scene->element_count;
    if (count > d->capacity) {
        d->capacity = count * 2;
        d->items = mem_resize(d->items, (size_t)d->capacity * sizeof *d->items);
        d->next = mem_resize(d->next, (size_t)d->capacity * sizeof *d->next);
    }
    for (int i = 0; i < count; i++)
        d->next[i] = known_from(&scene->elements[i]);
    assign(d, count, find_by_name); /* first: what has scrolled stands where others stood */
    assign(d, count, find_in_place);
    for (int i = 0; i < count; i++) {
        if (!d->next[i].id)
            d->next[i].id = ++d->last_id;
        scene->elements[i].id = d->next[i].id;
    }
    struct known *old = d->items;
    d->items = d->next;
    d->next = old;
    d->count = count;
}

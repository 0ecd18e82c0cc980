#include "vision/identity.h"

#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define SAME_PLACE 3   /* pixels that a side may move, by a border that is lit */
#define GONE_MAX   512 /* elements that are remembered while they aren't seen */
#define ROW_WEIGHT 8   /* what stands in its row has moved with it, not what is above */
#define OTHER_PAGE 4   /* where less than this part of what has a name was there before */
#define SUPPORT    2   /* others that moved alike, where something moved both along and down */

struct known {
    int id; /* 0: not known yet */
    enum role role;
    struct rect box;
    uint64_t name;           /* hash of label or text; 0: none */
    bool taken;              /* by an element of this frame */
    bool single;             /* none other in its frame has its role and name */
    const struct known *was; /* of this frame's: the one that it was; NULL: none */
};

struct identity {
    /* Owned: of the last frame and, behind these, what is gone, the last first; room for the same
     * of this frame. */
    struct known *items, *next;
    struct known **old, **now; /* owned: those of both frames, by role and name */
    int count, gone, capacity, last_id;
};

/* All of one role and name, in both frames. */
struct kind {
    struct known **old, **now;
    int old_count, now_count;
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
    free(d->old);
    free(d->now);
    free(d);
}

void identity_reset(struct identity *d)
{
    d->count = d->gone = d->last_id = 0;
}

static struct known known_from(const struct element *e)
{
    const char *name = *e->label ? e->label : e->text;
    return (struct known){
        .role = e->role, .box = e->box, .name = *name ? XXH3_64bits(name, strlen(name)) : 0};
}

static bool is_at(struct rect a, struct rect b)
{
    return rect_inside(a, rect_grow(b, SAME_PLACE)) && rect_inside(b, rect_grow(a, SAME_PLACE));
}

static bool is_press(enum role role)
{
    return role == ROLE_BUTTON || role == ROLE_LINK || role == ROLE_TAB;
}

/* Typing may make a field for numbers of a text box; a button may be taken for a link. */
static bool is_kin(enum role a, enum role b)
{
    return a == b || (role_is_field(a) && role_is_field(b)) || (is_press(a) && is_press(b));
}

static int compare_kind(const struct known *a, const struct known *b)
{
    if (a->role != b->role)
        return (int)a->role - (int)b->role;
    return a->name < b->name ? -1 : a->name > b->name;
}

static int compare(const void *a, const void *b)
{
    const struct known *p = *(struct known *const *)a, *q = *(struct known *const *)b;
    int kind = compare_kind(p, q);
    return kind ? kind : p < q ? -1 : p > q;
}

static void sort(struct known *items, struct known **sorted, int count)
{
    for (int i = 0; i < count; i++)
        sorted[i] = &items[i];
    if (count)
        qsort(sorted, (size_t)count, sizeof(struct known *), compare);
}

static void mark_single(struct identity *d, int count)
{
    for (int i = 0; i < count; i++)
        d->now[i]->single = d->now[i]->name &&
                            (i == 0 || compare_kind(d->now[i - 1], d->now[i]) != 0) &&
                            (i + 1 == count || compare_kind(d->now[i + 1], d->now[i]) != 0);
}

/* The next kind that both frames have, from OLD and NOW on. */
static bool next_kind(const struct identity *d, int count, int *old, int *now, struct kind *k)
{
    while (*old < d->count && *now < count) {
        int order = compare_kind(d->old[*old], d->now[*now]);
        if (order) {
            *(order < 0 ? old : now) += 1;
            continue;
        }
        *k = (struct kind){.old = d->old + *old, .now = d->now + *now};
        while (*old < d->count && compare_kind(k->old[0], d->old[*old]) == 0)
            ++*old;
        while (*now < count && compare_kind(k->now[0], d->now[*now]) == 0)
            ++*now;
        k->old_count = (int)(d->old + *old - k->old);
        k->now_count = (int)(d->now + *now - k->now);
        return true;
    }
    return false;
}

static struct point moved(const struct known *now)
{
    struct point a = rect_center(now->was->box), b = rect_center(now->box);
    return (struct point){b.x - a.x, b.y - a.y};
}

static bool is_alike(struct point a, struct point b)
{
    return abs(a.x - b.x) <= SAME_PLACE && abs(a.y - b.y) <= SAME_PLACE;
}

static void pair(struct known *now, struct known *old)
{
    now->was = old;
    now->id = old->id;
    old->taken = true;
}

static void part(struct identity *d, struct known *now)
{
    for (int i = 0; i < d->count; i++)
        if (&d->items[i] == now->was)
            d->items[i].taken = false;
    now->was = NULL;
    now->id = 0;
}

/* What there is once in both frames is the same thing, wherever it has gone. Only, a field of a
 * dialog is not the page's field of that name: things scroll or make room along one axis, and a
 * window that is moved takes all with it. */
static void pair_single(struct identity *d, int count)
{
    struct kind k;
    for (int old = 0, now = 0; next_kind(d, count, &old, &now, &k);)
        if (k.old_count == 1 && k.now_count == 1 && k.now[0]->name)
            pair(k.now[0], k.old[0]);
    for (int i = 0; i < count; i++) {
        struct known *one = &d->next[i];
        if (!one->was)
            continue;
        struct point way = moved(one);
        int support = 0;
        if (abs(way.x) <= SAME_PLACE || abs(way.y) <= SAME_PLACE)
            continue;
        for (int j = 0; j < count && support < SUPPORT; j++)
            support += j != i && d->next[j].was && is_alike(way, moved(&d->next[j]));
        if (support < SUPPORT)
            part(d, one);
    }
}

/* How far it has moved, which is as far as what stands nearest to it, in its row before all; false
 * where that is new. */
static bool guess(const struct identity *d, int count, const struct known *one, struct point *way)
{
    const struct known *best = NULL;
    struct point at = rect_center(one->box);
    long least = 0;
    for (int i = 0; i < count; i++) {
        const struct known *other = &d->next[i];
        struct point p = rect_center(other->box);
        long distance = labs((long)p.x - at.x) + (long)ROW_WEIGHT * abs(p.y - at.y);
        if (other == one || (!other->was && !other->single) || (best && distance >= least))
            continue;
        least = distance;
        best = other;
    }
    bool known = best && best->was && best->was < d->items + d->count;
    *way = known ? moved(best) : (struct point){0};
    return known;
}

/* Where there are several alike, as the buttons in the rows of a list, they go with their rows. */
static void pair_several(struct identity *d, int count)
{
    struct kind k;
    for (int old = 0, now = 0; next_kind(d, count, &old, &now, &k);)
        for (int i = 0; i < k.now_count; i++) {
            struct point way;
            if (k.now[i]->was || !guess(d, count, k.now[i], &way))
                continue;
            struct rect before = k.now[i]->box;
            before.x -= way.x;
            before.y -= way.y;
            for (int j = 0; j < k.old_count && !k.now[i]->was; j++)
                if (!k.old[j]->taken && is_at(k.old[j]->box, before))
                    pair(k.now[i], k.old[j]);
        }
}

/* Is hardly any name the same: another page, another dialog? */
static bool is_other_page(const struct identity *d, int count)
{
    int named = 0, same = 0;
    for (int i = 0; i < count; i++) {
        named += d->next[i].name != 0;
        same += d->next[i].name != 0 && d->next[i].was;
    }
    return same * OTHER_PAGE < named;
}

/* What is left is what was in its place: its text has changed. */
static void pair_places(struct identity *d, int count)
{
    bool other = is_other_page(d, count);
    for (int i = 0; i < count; i++) {
        struct known *now = &d->next[i];
        for (int j = 0; j < d->count && !now->was; j++) {
            struct known *old = &d->items[j];
            bool differ = now->name && old->name && now->name != old->name;
            if (!old->taken && is_kin(old->role, now->role) && is_at(old->box, now->box) &&
                !(other && differ))
                pair(now, old);
        }
    }
}

/* What was covered or scrolled away, and is back where it was: of all, or only what is SINGLE. */
static void pair_gone(struct identity *d, int count, bool single)
{
    for (int i = 0; i < count; i++)
        for (int j = d->count; j < d->count + d->gone && !d->next[i].was; j++)
            if (!d->items[j].taken && (d->next[i].single || !single) &&
                compare_kind(&d->items[j], &d->next[i]) == 0 &&
                is_at(d->items[j].box, d->next[i].box))
                pair(&d->next[i], &d->items[j]);
}

/* This frame's become the last one's; what is not in it is remembered behind them. */
static void turn(struct identity *d, int count)
{
    int gone = 0;
    for (int i = 0; i < d->count + d->gone && gone < GONE_MAX; i++)
        if (!d->items[i].taken)
            d->next[count + gone++] = d->items[i];
    for (int i = 0; i < count; i++)
        d->next[i].was = NULL;
    struct known *items = d->items;
    d->items = d->next;
    d->next = items;
    d->count = count;
    d->gone = gone;
}

static void reserve(struct identity *d, int count)
{
    if (count + GONE_MAX <= d->capacity)
        return;
    d->capacity = count * 2 + GONE_MAX;
    size_t size = (size_t)d->capacity;
    d->items = mem_resize(d->items, size * sizeof *d->items);
    d->next = mem_resize(d->next, size * sizeof *d->next);
    d->old = mem_resize(d->old, size * sizeof(struct known *));
    d->now = mem_resize(d->now, size * sizeof(struct known *));
}

void identity_assign(struct identity *d, struct scene *scene)
{
    int count = scene->element_count;
    reserve(d, count);
    for (int i = 0; i < count; i++)
        d->next[i] = known_from(&scene->elements[i]);
    sort(d->items, d->old, d->count);
    sort(d->next, d->now, count);
    mark_single(d, count);
    pair_single(d, count);
    pair_gone(d, count, true);
    pair_several(d, count);
    pair_gone(d, count, false);
    pair_places(d, count);
    for (int i = 0; i < count; i++) {
        if (!d->next[i].id)
            d->next[i].id = ++d->last_id;
        scene->elements[i].id = d->next[i].id;
    }
    turn(d, count);
}

#include "vision/changes.h"

#include <string.h>

#define CHANGES_COLOR 0x00ffffffu

static bool rects_near(struct rect a, struct rect b)
{
    return !rect_empty(rect_common(rect_grow(a, CHANGES_GAP), b));
}

/* Adds R to the first rect that is near, or as a new one. */
static void changes_put(struct changes *c, struct rect r)
{
    int i = c->count;
    /* From the newest: rows come one after the other, so the neighbour above is most likely there.
     */
    while (i > 0 && !rects_near(c->rects[i - 1], r))
        i--;
    if (i > 0)
        c->rects[i - 1] = rect_union(c->rects[i - 1], r);
    else if (c->count < CHANGES_MAX)
        c->rects[c->count++] = r;
    else
        c->rects[CHANGES_MAX - 1] = rect_union(c->rects[CHANGES_MAX - 1], r);
}

/* Joins rects that have grown towards each other. */
static void changes_join(struct changes *c)
{
    for (int i = 0; i < c->count; i++) {
        for (int j = i + 1; j < c->count; j++) {
            if (!rects_near(c->rects[i], c->rects[j]))
                continue;
            c->rects[i] = rect_union(c->rects[i], c->rects[j]);
            c->rects[j] = c->rects[--c->count];
            j = i; /* the grown one may reach others now */
        }
    }
}

void changes_add(struct changes *c, struct rect r)
{
    changes_put(c, r);
    changes_join(c);
}

static void changes_row(struct changes *c, const uint32_t *old, const uint32_t *new, int width,
                        struct point at)
{
    int left = -1, last = -1; /* the run of changed pixels so far */
    for (int x = 0; x < width; x++) {
        if (!((old[x] ^ new[x]) & CHANGES_COLOR))
            continue;
        if (left >= 0 && x - last > CHANGES_GAP) {
            changes_put(c, (struct rect){at.x + left, at.y, last + 1 - left, 1});
            left = x;
        }
        if (left < 0)
            left = x;
        last = x;
    }
    if (left >= 0)
        changes_put(c, (struct rect){at.x + left, at.y, last + 1 - left, 1});
}

void changes_find(struct changes *c, const struct frame *frame, struct rect area,
                  const uint32_t *pixels, int stride)
{
    for (int y = 0; y < area.height; y++) {
        const uint32_t *old = frame->pixels + (size_t)(area.y + y) * (size_t)frame->stride + area.x;
        const uint32_t *new = pixels + (size_t)y *(size_t)stride;
        if (memcmp(old, new, (size_t)area.width * sizeof *old) != 0)
            changes_row(c, old, new, area.width, (struct point){area.x, area.y + y});
    }
    changes_join(c);
}

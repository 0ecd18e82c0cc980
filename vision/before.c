#include "vision/before.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define TILE_PIXELS ((size_t)BEFORE_TILE * BEFORE_TILE)

void before_finish(struct before *b)
{
    free(b->pixels);
    *b = (struct before){0};
}

static struct rect tile_rect(struct point tile, const struct frame *frame)
{
    struct rect r = {tile.x, tile.y, BEFORE_TILE, BEFORE_TILE};
    return rect_common(r, frame_rect(frame));
}

static bool tile_is_kept(const struct before *b, struct point tile)
{
    for (int i = 0; i < b->count; i++)
        if (b->tiles[i].x == tile.x && b->tiles[i].y == tile.y)
            return true;
    return false;
}

static void tile_keep(struct before *b, const struct frame *frame, struct point tile)
{
    struct rect r = tile_rect(tile, frame);
    if (rect_inside(r, b->lost) || tile_is_kept(b, tile))
        return;
    if (b->count == BEFORE_TILES) {
        b->lost = rect_union(b->lost, r);
        return;
    }
    if (!b->pixels)
        b->pixels = mem_resize(NULL, BEFORE_TILES * TILE_PIXELS * sizeof *b->pixels);
    uint32_t *to = b->pixels + (size_t)b->count * TILE_PIXELS;
    for (int y = 0; y < r.height; y++)
        memcpy(to + (size_t)y * BEFORE_TILE,
               frame->pixels + (size_t)(r.y + y) * (size_t)frame->stride + r.x,
               (size_t)r.width * sizeof *to);
    b->tiles[b->count++] = tile;
}

void before_keep(struct before *b, const struct frame *frame, struct rect r)
{
    for (int y = r.y - r.y % BEFORE_TILE; y < r.y + r.height; y += BEFORE_TILE)
        for (int x = r.x - r.x % BEFORE_TILE; x < r.x + r.width; x += BEFORE_TILE)
            tile_keep(b, frame, (struct point){x, y});
}

void before_lose(struct before *b, struct rect r)
{
    b->lost = rect_union(b->lost, r);
}

void before_forget(struct before *b)
{
    b->count = 0;
    b->lost = (struct rect){0};
}

struct rect before_compare(struct before *b, const struct frame *frame, struct changes *changes)
{
    struct rect changed = rect_common(b->lost, frame_rect(frame));
    if (!rect_empty(changed))
        changes_add(changes, changed);
    for (int i = 0; i < b->count; i++)
        changes_find(changes, frame, tile_rect(b->tiles[i], frame),
                     b->pixels + (size_t)i * TILE_PIXELS, BEFORE_TILE);
    for (int i = 0; i < changes->count; i++)
        changed = rect_union(changed, changes->rects[i]);
    before_forget(b);
    return changed;
}

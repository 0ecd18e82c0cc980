#include "base/frame.h"

#include "base/buf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_COLOR 0x00ffffffu

bool frame_may_be(int64_t width, int64_t height)
{
    return width > 0 && height > 0 && width <= FRAME_SIDE_MAX && height <= FRAME_SIDE_MAX &&
           width * height <= FRAME_PIXELS_MAX;
}

void frame_resize(struct frame *f, int width, int height)
{
    assert(frame_may_be(width, height));
    if ((size_t)width * (size_t)height > (size_t)f->stride * (size_t)f->height || !f->pixels)
        f->pixels = mem_resize(f->pixels, (size_t)width * (size_t)height * sizeof *f->pixels);
    f->width = f->stride = width;
    f->height = height;
}

void frame_copy(struct frame *to, const struct frame *from)
{
    frame_resize(to, from->width, from->height);
    for (int y = 0; y < from->height; y++)
        memcpy(to->pixels + (size_t)y * (size_t)to->stride,
               from->pixels + (size_t)y * (size_t)from->stride,
               (size_t)from->width * sizeof *to->pixels);
    to->serial = from->serial;
    to->time_ms = from->time_ms;
    to->changed = from->changed;
}

void frame_paint(struct frame *f, struct rect r, uint32_t colour)
{
    r = rect_common(r, frame_rect(f));
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            f->pixels[(size_t)y * (size_t)f->stride + (size_t)x] = colour;
}

void frame_finish(struct frame *f)
{
    free(f->pixels);
    *f = (struct frame){0};
}

struct rect frame_rect(const struct frame *f)
{
    return (struct rect){0, 0, f->width, f->height};
}

static bool row_differs(const uint32_t *a, const uint32_t *b, int width, int *left, int *right)
{
    if (memcmp(a, b, (size_t)width * sizeof *a) == 0)
        return false;
    int x = 0, end = width;
    while (x < end && !((a[x] ^ b[x]) & FRAME_COLOR))
        x++;
    while (end > x && !((a[end - 1] ^ b[end - 1]) & FRAME_COLOR))
        end--;
    *left = x;
    *right = end;
    return x < end;
}

struct rect frame_difference(const struct frame *a, const struct frame *b)
{
    if (a->width != b->width || a->height != b->height)
        return frame_rect(b);
    struct rect changed = {0};
    for (int y = 0; y < a->height; y++) {
        int left, right;
        if (row_differs(a->pixels + (size_t)y * (size_t)a->stride,
                        b->pixels + (size_t)y * (size_t)b->stride, a->width, &left, &right))
            changed = rect_union(changed, (struct rect){left, y, right - left, 1});
    }
    return changed;
}

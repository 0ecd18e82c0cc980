#include "vision/plane.h"

#include "base/buf.h"

#include <assert.h>
#include <stdlib.h>

void plane_resize(struct plane *p, int width, int height)
{
    assert(width > 0 && height > 0 && width <= FRAME_SIDE_MAX && height <= FRAME_SIDE_MAX);
    size_t size = (size_t)width * (size_t)height;
    if (size > p->capacity) {
        p->pixels = mem_resize(p->pixels, size);
        p->capacity = size;
    }
    p->width = width;
    p->height = height;
}

void plane_gray(struct plane *p, const struct frame *frame, struct band band)
{
    plane_resize(p, frame->width, frame->height);
    for (int y = band.top; y < band.bottom; y++) {
        const uint32_t *from = frame->pixels + (size_t)y * (size_t)frame->stride;
        uint8_t *to = p->pixels + (size_t)y * (size_t)p->width;
        uint32_t last = ~from[0];
        uint8_t gray = 0;
        for (int x = 0; x < frame->width; x++) { /* a screen is mostly plain: as the pixel before */
            uint32_t c = from[x];
            if (c != last)
                gray =
                    (uint8_t)(((c >> 16 & 255) * 77 + (c >> 8 & 255) * 150 + (c & 255) * 29) >> 8);
            to[x] = gray;
            last = c;
        }
    }
}

struct plane plane_rows(const struct plane *p, int top, int bottom)
{
    return (struct plane){.width = p->width,
                          .height = bottom - top,
                          .pixels = p->pixels + (size_t)top * (size_t)p->width};
}

void plane_finish(struct plane *p)
{
    free(p->pixels);
    *p = (struct plane){0};
}

/*
 * frame: the pixels of the screen at one moment. Refilled in place by whoever captures; readers
 * never change it.
 */
#ifndef BASE_FRAME_H
#define BASE_FRAME_H

#include "base/rect.h"

#include <stdbool.h>
#include <stdint.h>

/* A larger picture or screen is refused. */
#define FRAME_SIDE_MAX   16384     /* pixels */
#define FRAME_PIXELS_MAX (1 << 26) /* 8192x8192, or four screens of 8K; 256 MiB */

struct frame {
    int width, height;
    int stride;       /* pixels from one row to the next, >= width */
    uint32_t *pixels; /* owned; 0x00RRGGBB in native order, the top byte means nothing */
    uint64_t serial;  /* grows with every frame whose pixels differ from the one before */
    double time_ms;   /* clock_ms at capture */
    struct rect
        changed; /* what differs from the frame before; the whole for the first, empty for none */
};

/* Is that a size that a frame may have? */
bool frame_may_be(int64_t width, int64_t height);

/* Makes room for WIDTH x HEIGHT (stride = width), keeping the memory when it fits. The pixels are
 * undefined. */
void frame_resize(struct frame *f, int width, int height);
void frame_copy(struct frame *to, const struct frame *from);
/* Fills what of R is in the frame. */
void frame_paint(struct frame *f, struct rect r, uint32_t colour);
void frame_finish(struct frame *f); /* frees the pixels; {0} again */
struct rect frame_rect(const struct frame *f);

/* The smallest rect that holds every pixel that differs; the whole when the sizes differ. */
struct rect frame_difference(const struct frame *a, const struct frame *b);

#endif

/*
 * plane: one byte a pixel: the gray of a frame. Luma as in ITU-R BT.601 (77 R + 150 G + 29 B, /
 * 256).
 */
#ifndef VISION_PLANE_H
#define VISION_PLANE_H

#include "base/frame.h"
#include "vision/band.h"

#include <stddef.h>
#include <stdint.h>

struct plane {
    int width, height; /* rows stand without gap */
    uint8_t *pixels;   /* owned */
    size_t capacity;   /* bytes at `pixels` */
};

void plane_resize(struct plane *p, int width, int height); /* keeps the memory when it fits */
void plane_gray(struct plane *p, const struct frame *frame, struct band band); /* that band only */
struct plane plane_rows(const struct plane *p, int top, int bottom); /* borrows P's pixels */
void plane_finish(struct plane *p);

#endif

/*
 * pictures: frames that a test draws itself.
 */
#ifndef TESTS_PICTURES_H
#define TESTS_PICTURES_H

#include "base/frame.h"

static inline void fill(struct frame *f, struct rect r, uint32_t colour)
{
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            f->pixels[y * f->stride + x] = colour;
}

#endif

/*
 * framebuffer: the file that Xvfb -fbdir draws in (XWD: a big-endian header, colours, pixels),
 * mapped for reading.
 */
#ifndef VISION_FRAMEBUFFER_H
#define VISION_FRAMEBUFFER_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct framebuffer {
    void *memory; /* owned: the mapping; NULL when closed */
    size_t size_bytes;
    const uint8_t *pixels; /* borrowed from memory */
    int width, height;     /* pixels: the largest screen that it can hold */
    int stride_bytes;
};

/* ERR_DISPLAY when the file can't be read, is no such file, is cut, or has other pixels than 32
 * bits of 8-8-8. */
bool framebuffer_open(struct framebuffer *f, const char *path, struct err *e);
void framebuffer_close(struct framebuffer *f);

#endif

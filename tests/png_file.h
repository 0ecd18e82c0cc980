/* png_file: a frame as a picture's file, by libpng itself. */
#ifndef TESTS_PNG_FILE_H
#define TESTS_PNG_FILE_H

#include "base/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <png.h>

static inline void png_write(const char *path, const struct frame *f)
{
    struct frame opaque = {0};
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)f->width,
                       .height = (png_uint_32)f->height,
                       .format = PNG_FORMAT_BGRA};
    frame_copy(&opaque, f);
    for (int i = 0; i < f->width * f->height; i++)
        opaque.pixels[i] |= 0xff000000;
    assert_true(png_image_write_to_file(&image, path, 0, opaque.pixels, 0, NULL));
    frame_finish(&opaque);
}

#endif

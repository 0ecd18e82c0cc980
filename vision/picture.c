#include "vision/picture.h"

#include <errno.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The pixels were read as bytes B G R A; they become 0xAARRGGBB. */
static void picture_order(struct frame *f)
{
    for (size_t i = 0; i < (size_t)f->width * (size_t)f->height; i++) {
        uint8_t p[4];
        memcpy(p, &f->pixels[i], sizeof p);
        f->pixels[i] = (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
    }
}

/* Lays 0xAARRGGBB over white. */
static void picture_flatten(struct frame *f)
{
    for (size_t i = 0; i < (size_t)f->width * (size_t)f->height; i++) {
        uint32_t p = f->pixels[i], a = p >> 24, white = 255 * (255 - a) + 127;
        if (a == 255) { /* nearly always */
            f->pixels[i] = p & 0xffffff;
            continue;
        }
        f->pixels[i] = ((p >> 16 & 0xff) * a + white) / 255 << 16 |
                       ((p >> 8 & 0xff) * a + white) / 255 << 8 | ((p & 0xff) * a + white) / 255;
    }
}

static bool picture_decode(const char *path, FILE *file, png_image *image, struct frame *out,
                           struct err *e)
{
    if (!png_image_begin_read_from_stdio(image, file))
        return err_set(e, ERR_USAGE, "cannot read %s as a PNG: %s", path, image->message);
    if (!frame_may_be(image->width, image->height))
        return err_set(e, ERR_USAGE,
                       "%s is %ux%u; at most %d pixels on a side and %d in all can be read", path,
                       image->width, image->height, FRAME_SIDE_MAX, FRAME_PIXELS_MAX);
    image->format = PNG_FORMAT_BGRA;
    image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* 16 bits without a gamma are not linear light */
    int width = (int)image->width, height = (int)image->height;
    frame_resize(out, width, height);
    if (!png_image_finish_read(image, NULL, out->pixels, 0, NULL))
        return err_set(e, ERR_USAGE, "cannot read %s as a PNG: %s", path, image->message);
    picture_order(out);
    out->serial = 0; /* it follows none */
    out->changed = frame_rect(out);
    return true;
}

bool picture_read_alpha(const char *path, struct frame *out, struct err *e)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return err_set(e, ERR_USAGE, "cannot open %s: %s", path, strerror(errno));
    png_image image = {.version = PNG_IMAGE_VERSION};
    bool ok = picture_decode(path, file, &image, out, e);
    png_image_free(&image); /* a no-op after a failure */
    fclose(file);
    return ok;
}

bool picture_read(const char *path, struct frame *out, struct err *e)
{
    if (!picture_read_alpha(path, out, e))
        return false;
    picture_flatten(out);
    return true;
}

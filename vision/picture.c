#include "vision/picture.h"

#include <errno.h>
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The pixels were read as bytes B G R A; they become 0x00RRGGBB, where transparent over white. */
static void picture_flatten(uint32_t *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t p[4];
        memcpy(p, &pixels[i], sizeof p);
        uint32_t a = p[3], white = 255 * (255 - a) + 127;
        pixels[i] = (p[2] * a + white) / 255 << 16 | (p[1] * a + white) / 255 << 8 |
                    (p[0] * a + white) / 255;
    }
}

static bool picture_decode(const char *path, FILE *file, png_image *image, struct frame *out,
                           struct err *e)
{
    if (!png_image_begin_read_from_stdio(image, file))
        return err_set(e, ERR_USAGE, "cannot read %s as a PNG: %s", path, image->message);
    if (image->width > FRAME_SIDE_MAX || image->height > FRAME_SIDE_MAX)
        return err_set(e, ERR_USAGE, "%s is %ux%u; at most %dx%d can be read", path, image->width,
                       image->height, FRAME_SIDE_MAX, FRAME_SIDE_MAX);
    image->format = PNG_FORMAT_BGRA;
    image->flags |= PNG_IMAGE_FLAG_16BIT_sRGB; /* 16 bits without a gamma are not linear light */
    int width = (int)image->width, height = (int)image->height;
    frame_resize(out, width, height);
    if (!png_image_finish_read(image, NULL, out->pixels, 0, NULL))
        return err_set(e, ERR_USAGE, "cannot read %s as a PNG: %s", path, image->message);
    picture_flatten(out->pixels, (size_t)width * (size_t)height);
    out->serial = 0; /* it follows none */
    out->changed = frame_rect(out);
    return true;
}

bool picture_read(const char *path, struct frame *out, struct err *e)
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

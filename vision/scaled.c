#include "vision/scaled.h"

#include <leptonica/allheaders.h>
#include <string.h>

static void copy_rows(const struct frame *from, struct rect region, struct frame *to)
{
    for (int y = 0; y < region.height; y++)
        memcpy(to->pixels + (size_t)y * (size_t)to->stride,
               from->pixels + (size_t)(region.y + y) * (size_t)from->stride + region.x,
               (size_t)region.width * sizeof *to->pixels);
}

/* Leptonica has the red in the top byte. */
static PIX *pix_of(const struct frame *from, struct rect region)
{
    PIX *pix = pixCreate(region.width, region.height, 32);
    for (int y = 0; pix && y < region.height; y++) {
        const uint32_t *row =
            from->pixels + (size_t)(region.y + y) * (size_t)from->stride + region.x;
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < region.width; x++)
            line[x] = row[x] << 8;
    }
    return pix;
}

static void take_pix(PIX *pix, struct frame *to)
{
    int width = pixGetWidth(pix), height = pixGetHeight(pix);
    for (int y = 0; y < to->height; y++) {
        const l_uint32 *line =
            pixGetData(pix) + (size_t)(y < height ? y : height - 1) * (size_t)pixGetWpl(pix);
        for (int x = 0; x < to->width; x++)
            to->pixels[(size_t)y * (size_t)to->stride + (size_t)x] =
                line[x < width ? x : width - 1] >> 8;
    }
}

void scaled_frame(const struct frame *from, struct rect region, int width, int height,
                  struct frame *to)
{
    frame_resize(to, width, height);
    if (width == region.width && height == region.height) {
        copy_rows(from, region, to);
        return;
    }
    PIX *pix = pix_of(from, region);
    PIX *scaled = pix ? pixScaleGeneral(pix, (float)width / (float)region.width,
                                        (float)height / (float)region.height, 0, 0)
                      : NULL;
    if (scaled)
        take_pix(scaled, to);
    else /* no memory: black rather than what was there */
        memset(to->pixels, 0, (size_t)to->stride * (size_t)height * sizeof *to->pixels);
    pixDestroy(&scaled);
    pixDestroy(&pix);
}

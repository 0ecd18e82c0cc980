#include "vision/uprights.h"

#include "base/buf.h"
#include "vision/colour.h"

#include <stdlib.h>

#define CONTRAST   60 /* of a colour channel, between the two sides */
#define ALIKE      10 /* colours this near are one */
#define TOUCH_MAX  10 /* rows in which letters may touch the edge of a selection, */
#define FREE_LEAST 3  /* below so many in which none does */

bool pixel_is(const struct frame *f, int x, int y, uint32_t colour)
{
    return x >= 0 && y >= 0 && x < f->width && y < f->height &&
           colour_distance(f->pixels[(size_t)y * (size_t)f->stride + (size_t)x], colour) <= ALIKE;
}

/* An edge that is being followed down its column; top -1: none. */
struct open_edge {
    int top, touched; /* the last so many rows are of a letter's colours */
    uint32_t ink, ground;
};

/* Does the edge go on in row Y: as it was, or where letters touch it for a few rows? */
static bool goes_on(struct open_edge *edge, int y, uint32_t ink, uint32_t ground)
{
    bool same = ink == edge->ink && ground == edge->ground;
    if (same)
        edge->touched = 0;
    else if (y - edge->top >= FREE_LEAST && edge->touched < TOUCH_MAX &&
             colour_distance(ink, ground) >= CONTRAST)
        edge->touched++;
    else
        return false;
    return true;
}

void uprights_find(const struct frame *frame, struct band band, int height_min, int height_max,
                   void (*visit)(void *self, const struct upright *u), void *self)
{
    struct open_edge *edges = mem_alloc((size_t)frame->width * sizeof *edges);
    for (int x = 0; x < frame->width; x++)
        edges[x].top = -1;
    for (int y = band.top; y <= band.bottom; y++) {
        const uint32_t *row = frame->pixels + (size_t)y * (size_t)frame->stride;
        for (int x = 0; x + 1 < frame->width; x++) {
            struct open_edge *edge = &edges[x];
            uint32_t ink = y < band.bottom ? row[x] & 0xffffff : 0;
            uint32_t ground = y < band.bottom ? row[x + 1] & 0xffffff : 0;
            if (edge->top < 0 && ink == ground)
                continue;
            if (edge->top >= 0 && y < band.bottom && goes_on(edge, y, ink, ground))
                continue;
            int bottom = y - edge->touched, height = bottom - edge->top;
            if (edge->top >= 0 && height >= height_min && height <= height_max)
                visit(self, &(struct upright){x, edge->top, bottom, edge->ink, edge->ground});
            edge->top = -1;
            if (ink != ground && colour_distance(ink, ground) >= CONTRAST)
                *edge = (struct open_edge){y, 0, ink, ground};
        }
    }
    free(edges);
}

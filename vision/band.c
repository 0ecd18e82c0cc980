#include "vision/band.h"

#define CLEAR                                                                                      \
    8 /* pixels from an end within which what is found may be cut off, or lack a neighbour */

struct band band_whole(int height)
{
    return (struct band){0, height, height};
}

struct band band_around(struct rect r, int margin, int height)
{
    int top = r.y - margin, bottom = r.y + r.height + margin;
    return (struct band){top < 0 ? 0 : top, bottom > height ? height : bottom, height};
}

bool band_holds(struct band b, struct rect r)
{
    return (b.top == 0 || r.y >= b.top + CLEAR) &&
           (b.bottom == b.height || r.y + r.height <= b.bottom - CLEAR);
}

#include "vision/colour.h"

#include <stdlib.h>

int colour_distance(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

int colour_luma(uint32_t c)
{
    return (int)((77 * (c >> 16 & 255) + 150 * (c >> 8 & 255) + 29 * (c & 255)) >> 8);
}

int colour_saturation(uint32_t c)
{
    int most = 0, least = 255;
    for (int shift = 0; shift < 24; shift += 8) {
        int v = (int)(c >> shift & 255);
        most = v > most ? v : most;
        least = v < least ? v : least;
    }
    return most - least;
}

uint32_t colour_commonest(const uint32_t *colours, int count)
{
    int best = 0, best_votes = 0;
    for (int i = 0; i < count; i++) {
        int votes = 0;
        for (int j = 0; j < count; j++)
            votes += colour_distance(colours[i], colours[j]) < COLOUR_STEP;
        if (votes > best_votes) {
            best_votes = votes;
            best = i;
        }
    }
    return count ? colours[best] : 0;
}

uint32_t colour_at(const struct frame *f, int x, int y)
{
    x = x < 0 ? 0 : x >= f->width ? f->width - 1 : x;
    y = y < 0 ? 0 : y >= f->height ? f->height - 1 : y;
    return f->pixels[(size_t)y * (size_t)f->stride + (size_t)x] & 0xFFFFFF;
}

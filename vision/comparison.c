#include "vision/comparison.h"

#include "vision/colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RED    0xe00000
#define YELLOW 0xf0c000
#define BLUE   0xc0d0f0
#define SAME   3 /* neighbours of one colour make a surface */

/* Kotsarenko and Ramos, "Measuring perceived color difference using YIQ NTSC transmission color
 * space in mobile applications", 2010: the weights of brightness and the two of hue. */
double comparison_distance(uint32_t a, uint32_t b)
{
    double r = (double)(a >> 16 & 255) - (double)(b >> 16 & 255);
    double g = (double)(a >> 8 & 255) - (double)(b >> 8 & 255);
    double blue = (double)(a & 255) - (double)(b & 255);
    double y = 0.299 * r + 0.587 * g + 0.114 * blue;
    double i = 0.596 * r - 0.274 * g - 0.322 * blue;
    double q = 0.211 * r - 0.523 * g + 0.312 * blue;
    return 100 * sqrt((0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q) / (0.5053 * 255 * 255));
}

static uint32_t pixel(const struct frame *f, int x, int y)
{
    return f->pixels[(size_t)y * (size_t)f->stride + (size_t)x] & 0xffffff;
}

static bool inside(const struct frame *f, int x, int y)
{
    return x >= 0 && y >= 0 && x < f->width && y < f->height;
}

/* Does the pixel belong to a surface, of which there are neighbours in the same colour? Beyond the
 * picture's edge it goes on. */
static bool is_surface(const struct frame *f, int x, int y)
{
    int same = 0;
    for (int v = y - 1; v <= y + 1; v++)
        for (int u = x - 1; u <= x + 1; u++)
            same += (u != x || v != y) && (!inside(f, u, v) || pixel(f, u, v) == pixel(f, x, y));
    return same >= SAME;
}

/*
 * Is the pixel of F an edge that was drawn with colours in between? Then it lies between a darker
 * and a brighter neighbour, is no surface itself, and the one or the other is a surface in both
 * pictures. (After Vysniauskas, "Anti-aliased pixel and intensity slope detector", 2009.)
 */
static bool is_edge(const struct frame *f, const struct frame *other, int x, int y)
{
    int own = colour_luma(pixel(f, x, y)), least = 0, most = 0, same = 0;
    struct point dark = {x, y}, bright = {x, y};
    for (int v = y - 1; v <= y + 1; v++)
        for (int u = x - 1; u <= x + 1; u++) {
            if ((u == x && v == y) || !inside(f, u, v))
                continue;
            int step = colour_luma(pixel(f, u, v)) - own;
            same += step == 0;
            if (step < least) {
                least = step;
                dark = (struct point){u, v};
            } else if (step > most) {
                most = step;
                bright = (struct point){u, v};
            }
        }
    if (same >= SAME || !least || !most)
        return false;
    return (is_surface(f, dark.x, dark.y) && is_surface(other, dark.x, dark.y)) ||
           (is_surface(f, bright.x, bright.y) && is_surface(other, bright.x, bright.y));
}

static uint32_t pale(uint32_t c)
{
    uint32_t grey = 255u - (255u - (uint32_t)colour_luma(c)) / 4;
    return grey << 16 | grey << 8 | grey;
}

static bool is_masked(const struct rect *masks, int count, int x, int y)
{
    for (int i = 0; i < count; i++)
        if (x >= masks[i].x && x < masks[i].x + masks[i].width && y >= masks[i].y &&
            y < masks[i].y + masks[i].height)
            return true;
    return false;
}

static void draw(struct frame *drawn, int x, int y, uint32_t colour)
{
    if (drawn)
        drawn->pixels[(size_t)y * (size_t)drawn->stride + (size_t)x] = colour;
}

static void draw_ground(struct frame *drawn, const struct frame *actual, const struct rect *masks,
                        int mask_count)
{
    frame_copy(drawn, actual);
    for (int y = 0; y < drawn->height; y++)
        for (int x = 0; x < drawn->width; x++)
            draw(drawn, x, y, pale(pixel(actual, x, y)));
    for (int i = 0; i < mask_count; i++)
        frame_paint(drawn, masks[i], BLUE);
}

static void differ_add(struct comparison *out, int x, int y, double distance)
{
    struct rect at = {x, y, 1, 1};
    out->differing++;
    out->worst = distance > out->worst ? distance : out->worst;
    out->box = rect_empty(out->box) ? at : rect_union(out->box, at);
}

void comparison_make(const struct frame *expected, const struct frame *actual,
                     const struct rect *masks, int mask_count, double colour,
                     struct comparison *out, struct frame *drawn)
{
    *out = (struct comparison){0};
    if (drawn)
        draw_ground(drawn, actual, masks, mask_count);
    for (int y = 0; y < expected->height; y++)
        for (int x = 0; x < expected->width; x++) {
            uint32_t a = pixel(expected, x, y), b = pixel(actual, x, y);
            double distance = a == b ? 0 : comparison_distance(a, b);
            if (distance <= colour || is_masked(masks, mask_count, x, y))
                continue;
            bool edge = is_edge(expected, actual, x, y) && is_edge(actual, expected, x, y);
            if (!edge)
                differ_add(out, x, y, distance);
            draw(drawn, x, y, edge ? YELLOW : RED);
        }
}

#include "vision/switches.h"

#include "vision/colour.h"

#include <math.h>
#include <stdlib.h>

#define COLOUR_SAME  16 /* what differs by less is one surface */
#define CHANGES_MAX  12 /* along the middle of a switch, with a tick in its knob; text has more */
#define SAMPLE_COUNT 9
#define SKEW_SAME    2  /* pixels: a track as short as its knob is as wide as it is high, too */
#define COLOURED     40 /* more saturated by this: the track of a switch that is on, not its knob */

/* Between the ends of a track upper and lower side are straight; a shadow may lie under it. */
static bool has_straight_middle(const struct frame *f, struct rect r, uint32_t ground)
{
    int least[2] = {r.height, r.height}, most[2] = {0, 0};
    for (int x = r.x + r.width * 2 / 5; x <= r.x + r.width * 3 / 5; x++)
        for (int side = 0; side < 2; side++) {
            int gap = 0;
            while (gap < r.height &&
                   colour_distance(colour_at(f, x, side ? r.y + r.height - 1 - gap : r.y + gap),
                                   ground) < OUTLINE_STEP)
                gap++;
            least[side] = gap < least[side] ? gap : least[side];
            most[side] = gap > most[side] ? gap : most[side];
        }
    return most[0] - least[0] <= 1 && most[1] - least[1] <= 1 && most[0] * 3 <= r.height &&
           abs(most[0] - most[1]) <= 2;
}

/* Upper and lower half are mirror images, up to a pixel; letters are not. */
static bool is_upright(struct rect r, const struct outline *o)
{
    int odd = 0;
    for (int y = 0; y < r.height / 2; y++) {
        int across = r.height - 1 - y;
        odd += abs(o->left[y] - o->left[across]) > 1;
        odd += abs(o->right[y] - o->right[across]) > 1;
    }
    return odd <= 2;
}

/* One end of a switch: as wide as it is high, and half as much again to see whether its surface
 * goes on. */
static struct rect end_of(struct rect r, bool right)
{
    int width = r.height * 3 / 2 < r.width ? r.height * 3 / 2 : r.width;
    return (struct rect){right ? r.x + r.width - width : r.x, r.y, width, r.height};
}

/* The colour of most of what is around the middle of an end: a tick may be in a knob. */
static uint32_t end_colour(const struct frame *f, struct rect r, bool right)
{
    uint32_t colours[SAMPLE_COUNT];
    int half = r.height / 2, step = r.height / 5 > 1 ? r.height / 5 : 1;
    int x = right ? r.x + r.width - 1 - half : r.x + half, y = r.y + half;
    for (int i = 0; i < SAMPLE_COUNT; i++)
        colours[i] = colour_at(f, x + (i % 3 - 1) * step, y + (i / 3 - 1) * step);
    return colour_commonest(colours, SAMPLE_COUNT);
}

/* Around all in R that has the colour; how many pixels that is. */
static struct rect surface_in(const struct frame *f, struct rect r, uint32_t colour, int *pixels)
{
    struct rect all = {0};
    *pixels = 0;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            if (colour_distance(colour_at(f, x, y), colour) < COLOUR_SAME) {
                struct rect pixel = {x, y, 1, 1};
                all = rect_empty(all) ? pixel : rect_union(all, pixel);
                ++*pixels;
            }
    return all;
}

/* How unlike a knob the surface at an end is: its width against its height; a track goes on. */
static int end_skew(const struct frame *f, struct rect r, bool right, bool *square)
{
    int pixels, half = r.height / 2;
    int x = right ? r.x + r.width - 1 - half : r.x + half, y = r.y + half;
    struct rect knob = surface_in(f, end_of(r, right), end_colour(f, r, right), &pixels);
    *square = pixels * 20 >= rect_area(knob) * 19 && knob.height * 2 >= r.height;
    int whole = abs(outline_span(f, x, y, 1, 0) - outline_span(f, x, y, 0, 1));
    int skew = abs(knob.width - knob.height);
    bool ticked = colour_distance(colour_at(f, x, y), end_colour(f, r, right)) >= COLOUR_SAME;
    return ticked ? skew : whole;
}

static int changes_along(const struct frame *f, struct rect r)
{
    int changes = 0, y = r.y + r.height / 2;
    for (int x = r.x + 2; x < r.x + r.width - 2; x++)
        changes += colour_distance(colour_at(f, x, y), colour_at(f, x + 1, y)) >= COLOUR_SAME;
    return changes;
}

/* A knob in its track: two surfaces, of which one is a disc, or a square in a square track. */
static bool read_inset(const struct frame *f, const struct outline *o, struct box *box)
{
    struct rect r = box->rect;
    uint32_t left = end_colour(f, r, false), right = end_colour(f, r, true);
    bool round = o->outside >= 0.03 && o->left[0] >= 2 && o->right[0] >= 2, square[2];
    if (colour_distance(left, right) < COLOUR_SAME || !is_upright(r, o) ||
        !has_straight_middle(f, r, box->ground) || changes_along(f, r) > CHANGES_MAX)
        return false;
    int skew[2] = {end_skew(f, r, false, &square[0]), end_skew(f, r, true, &square[1])};
    int more_colour = colour_saturation(left) - colour_saturation(right);
    box->on = skew[1] < skew[0];
    if (abs(skew[1] - skew[0]) <= SKEW_SAME && abs(more_colour) >= COLOURED)
        box->on = more_colour > 0;
    box->fill = box->on ? left : right;
    bool plain = colour_distance(box->fill, box->ground) >= COLOUR_SAME;
    return skew[box->on] <= r.height / 4 && (round || (square[box->on] && plain));
}

/* Does the outer half of a disc as high as R end where a circle does? Its shadow may make its lower
 * side uncertain. */
static bool is_disc_end(struct rect r, const int *insets)
{
    double radius = r.height / 2.0;
    int odd = 0;
    for (int y = 2; y < r.height - 3; y++) {
        double up = y + 0.5 - radius, inset = radius - sqrt(fmax(0, radius * radius - up * up));
        odd += fabs(insets[y] - inset) > 2;
    }
    return odd * 8 <= r.height;
}

/* The rest of the rect is a bar of one height, in the middle. */
static bool is_bar(const struct frame *f, struct rect r, bool right, uint32_t ground)
{
    int from = right ? r.x + 3 : r.x + r.height,
        to = right ? r.x + r.width - r.height : r.x + r.width - 3;
    int least = r.height, most = 0;
    for (int x = from; x < to; x++) {
        int top = 0, bottom = 0;
        while (top < r.height && colour_distance(colour_at(f, x, r.y + top), ground) < COLOUR_SAME)
            top++;
        while (bottom < r.height - top &&
               colour_distance(colour_at(f, x, r.y + r.height - 1 - bottom), ground) < COLOUR_SAME)
            bottom++;
        int height = r.height - top - bottom;
        least = height < least ? height : least;
        most = height > most ? height : most;
        if (top < 2 || bottom < 2 || abs(top - bottom) > 4)
            return false;
    }
    return to - from >= 4 && most - least <= 4 && least * 3 >= r.height;
}

/* A disc at one end of a bar that is lower. */
static bool read_disc(const struct frame *f, const struct outline *o, struct box *box)
{
    struct rect r = box->rect;
    for (int right = 0; right < 2; right++) {
        int pixels;
        uint32_t colour = end_colour(f, r, right);
        struct rect knob = surface_in(f, end_of(r, right), colour, &pixels);
        if (!is_disc_end(r, right ? o->right : o->left) || !is_bar(f, r, right, box->ground) ||
            knob.height * 10 < r.height * 6 || abs(knob.width - knob.height) > 2)
            continue;
        box->on = right;
        box->fill = end_colour(f, r, !right);
        return colour_distance(box->fill, colour) >= COLOUR_SAME;
    }
    return false;
}

bool switch_read(const struct frame *f, const struct outline *o, struct box *box)
{
    return read_inset(f, o, box) || read_disc(f, o, box);
}

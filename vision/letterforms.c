#include "vision/letterforms.h"

#include "vision/colour.h"

#include <stdlib.h>

#define NEAR_ANY      2  /* pixels between letters, whatever their colour */
#define NEAR_SAME     4  /* where both have one colour */
#define COLOUR_SAME   40 /* of a channel; antialiasing takes something from thin strokes */
#define FRAME_REACH   5  /* pixels from a letter's ink to the frame that is made of it */
#define LETTER_SIDE   48 /* nothing larger is a letter */
#define COUNTER_SHARE 6  /* tenths of a letter's height that is open inside, at least */

/* The colour in R that is farthest from the ground. */
static uint32_t strongest(const struct frame *f, struct rect r, uint32_t ground)
{
    uint32_t best = ground;
    int most = 0;
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++) {
            int d = colour_distance(colour_at(f, x, y), ground);
            if (d > most) {
                most = d;
                best = colour_at(f, x, y);
            }
        }
    return best;
}

static bool same_colour(const struct frame *f, struct rect a, struct rect b)
{
    uint32_t ground = colour_at(f, a.x - 2, a.y - 2);
    return colour_distance(strongest(f, a, ground), strongest(f, b, ground)) < COLOUR_SAME;
}

/* Pixels from the side of one to the other's that faces it. */
static int gap_across(struct rect a, struct rect b)
{
    int right = b.x - a.x - a.width, left = a.x - b.x - b.width;
    return right > left ? right : left;
}

/* Are they beside each other, neither of them much higher or inside the other? */
static bool is_neighbour(struct rect r, struct rect other)
{
    int least = r.height < other.height ? r.height : other.height;
    int common = rect_common((struct rect){other.x, r.y, other.width, r.height}, other).height;
    return other.height < 2 * r.height && !rect_inside(other, r) && !rect_inside(r, other) &&
           common * 2 > least;
}

/* Has it four straight sides, as the frame around the text beside a focused mark has? */
static bool is_framed(const struct frame *f, struct rect r)
{
    uint32_t ground = colour_at(f, r.x - 1, r.y - 1);
    int along = 0, across = 0;
    if (r.width < 2 * r.height)
        return false;
    for (int x = r.x; x < r.x + r.width; x++)
        along += (colour_at(f, x, r.y) != ground) + (colour_at(f, x, r.y + r.height - 1) != ground);
    for (int y = r.y; y < r.y + r.height; y++)
        across += (colour_at(f, r.x, y) != ground) + (colour_at(f, r.x + r.width - 1, y) != ground);
    return along * 20 >= 2 * r.width * 19 && across * 10 >= 2 * r.height * 9;
}

bool letterforms_beside(const struct frame *f, const struct edges *edges, struct rect r)
{
    for (int i = 0; i < edges->inks.count; i++) {
        struct rect other = edges->inks.items[i];
        int gap = gap_across(r, other);
        if (gap <= NEAR_SAME && is_neighbour(r, other) &&
            (gap <= NEAR_ANY || same_colour(f, r, other)) && !is_framed(f, other))
            return true;
    }
    return false;
}

/* The ink that the frame is made of; NULL when there is none. */
static const struct rect *ink_of(const struct edges *edges, struct rect frame)
{
    for (int i = 0; i < edges->inks.count; i++) {
        const struct rect *ink = &edges->inks.items[i];
        if (rect_inside(*ink, frame) && rect_inside(frame, rect_grow(*ink, FRAME_REACH)))
            return ink;
    }
    return NULL;
}

/* Nothing but the ground is in the middle of a letter, and that nearly from its top to its foot;
 * a text or an icon is smaller beside its button. */
static bool has_counter(const struct frame *f, const struct edges *edges, struct rect letter)
{
    struct rect inside = {0};
    for (int i = 0; i < edges->inks.count; i++)
        if (rect_inside(edges->inks.items[i], rect_grow(letter, -1)))
            inside = rect_union(inside, edges->inks.items[i]);
    struct point middle = rect_center(inside);
    return inside.height * 10 >= letter.height * COUNTER_SHARE &&
           colour_distance(colour_at(f, middle.x, middle.y),
                           colour_at(f, letter.x - 1, letter.y - 1)) < COLOUR_SAME;
}

static bool on_one_line(struct rect a, struct rect b)
{
    int slack = 1 + a.height / 12;
    return abs(a.y + a.height - b.y - b.height) <= slack;
}

bool letterforms_frame(const struct frame *f, const struct edges *edges, struct rect r)
{
    const struct rect *ink = r.height <= LETTER_SIDE + FRAME_REACH ? ink_of(edges, r) : NULL;
    if (!ink || !has_counter(f, edges, *ink))
        return false;
    int near = ink->height / 6 > NEAR_ANY ? ink->height / 6 : NEAR_ANY;
    for (int i = 0; i < edges->inks.count; i++) {
        struct rect other = edges->inks.items[i];
        if (gap_across(*ink, other) <= near && is_neighbour(*ink, other) &&
            on_one_line(*ink, other) && same_colour(f, *ink, other))
            return true;
    }
    return false;
}

#include "vision/cuts.h"

#include <stdlib.h>
#include <string.h>

#define END_CUT_MAX  6 /* pixels that cutting a backdrop takes from the ends of a line */
#define SIDE_CUT_MAX 3 /* rows that cutting at a side takes from its letters */
#define SHADE_EQUAL  9 /* gray levels */
#define GROUND_SHARE                                                                               \
    3 /* a third of a row of letters is ground, at least; of a border, nothing is */

/* Text that touched the ends of its ground was cut there; what is missing is at most that. */
static struct rect ends_mended(struct rect box, const struct blobs *b)
{
    for (int i = 0; i < b->backdrop_count; i++) {
        struct rect back = b->backdrops[i];
        if (!rect_inside(box, rect_grow(back, 1)) || back.height > 2 * box.height + 4)
            continue;
        int left = box.x, right = box.x + box.width;
        left = left - back.x <= END_CUT_MAX ? back.x : left;
        right = back.x + back.width - right <= END_CUT_MAX ? back.x + back.width : right;
        return (struct rect){left, box.y, right - left, box.height};
    }
    return box;
}

static bool is_near_side(int y, struct rect box, struct rect r)
{
    bool beside = box.x < r.x + r.width && r.x < box.x + box.width;
    return beside && (abs(y - r.y) <= SIDE_CUT_MAX || abs(y - r.y - r.height) <= SIDE_CUT_MAX);
}

static bool is_cut_at(int y, struct rect box, const struct rect *sides, int count)
{
    for (int i = 0; i < count; i++)
        if (is_near_side(y, box, sides[i]))
            return true;
    return false;
}

static const uint8_t *row_of(const struct plane *gray, struct rect box, int y)
{
    return gray->pixels + (size_t)y * (size_t)gray->width + box.x;
}

/* The shade that most pixels of the box have. */
static int ground_of(const struct plane *gray, struct rect box)
{
    int counts[256] = {0}, most = 0;
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = 0; x < box.width; x++)
            counts[row_of(gray, box, y)[x]]++;
    for (int shade = 1; shade < 256; shade++)
        if (counts[shade] > counts[most])
            most = shade;
    return most;
}

/* Letters on their ground; neither ground alone nor a border. */
static bool has_letters(const struct plane *gray, struct rect box, int y, int ground)
{
    if (y < 0 || y >= gray->height)
        return false;
    const uint8_t *row = row_of(gray, box, y);
    int plain = 0;
    for (int x = 0; x < box.width; x++)
        plain += abs(row[x] - ground) <= SHADE_EQUAL;
    return plain < box.width && plain * GROUND_SHARE >= box.width;
}

struct rect cuts_mend(struct rect box, const struct plane *gray, const struct blobs *blobs,
                      const struct rect *barriers, int barrier_count)
{
    box = ends_mended(box, blobs);
    int bottom = box.y + box.height;
    bool above = is_cut_at(box.y, box, barriers, barrier_count) ||
                 is_cut_at(box.y, box, blobs->backdrops, blobs->backdrop_count);
    bool below = is_cut_at(bottom, box, barriers, barrier_count) ||
                 is_cut_at(bottom, box, blobs->backdrops, blobs->backdrop_count);
    if (!above && !below)
        return box;
    int ground = ground_of(gray, box), top = box.y;
    for (int i = 0; above && i < SIDE_CUT_MAX && has_letters(gray, box, top - 1, ground); i++)
        top--;
    for (int i = 0; below && i < SIDE_CUT_MAX && has_letters(gray, box, bottom, ground); i++)
        bottom++;
    return (struct rect){box.x, top, box.width, bottom - top};
}

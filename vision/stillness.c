#include "vision/stillness.h"

#include <stddef.h>

/* A text caret is a line as high as the text: 1 to 3 pixels wide in the toolkits that were looked
 * at. */
#define CARET_WIDTH_MAX  3
#define CARET_HEIGHT_MIN 6
#define CARET_HEIGHT_MAX 64

/* Longer than the transitions that programs make (100 to 500 ms), or these would be taken for
 * spinners and cut short. What is large is more often a page that is still being drawn. */
#define RESTLESS_SMALL_MS 800
#define RESTLESS_LARGE_MS 1500
#define RESTLESS_GROWING_MS                                                                        \
    1500                        /* a small thing that still grows: a block that runs along a bar   \
                                 */
#define RESTLESS_LARGE_PART 16  /* large: more than one part in 16 of the screen */
#define RESTLESS_CHANGES    8   /* at least, in that time */
#define RESTLESS_PAUSE_MS   250 /* a longer pause begins the count again */
#define RESTLESS_FORGET_MS  500 /* of rest that was watched */

#define STAGES_PART 4 /* what repaints more than one part in 4 of the screen may come in stages */

#define SPOT_NEAR 12 /* pixels: changes of one spinner */
#define SPOT_EDGE 3  /* pixels that a restless box may be off by: antialiasing */

static bool caret_shaped(struct rect r)
{
    return r.width <= CARET_WIDTH_MAX && r.height >= CARET_HEIGHT_MIN &&
           r.height <= CARET_HEIGHT_MAX && r.height >= 3 * r.width;
}

void stillness_begin(struct stillness *s, double now_ms, long screen_area)
{
    s->shift_ms = s->end_ms - now_ms;
    s->change_ms = s->end_ms;
    s->large = false;
    s->screen_area = screen_area;
}

static bool area_large(struct rect r, long screen_area)
{
    return rect_area(r) > screen_area / RESTLESS_LARGE_PART;
}

/* Does the change belong to the restless spot? What runs may run on a little. */
static bool spot_takes(const struct spot *spot, struct rect r, long screen_area)
{
    struct rect reach = rect_grow(spot->box, SPOT_EDGE);
    if (rect_inside(r, reach))
        return true;
    return 2 * rect_area(rect_common(r, reach)) >= rect_area(r) &&
           !area_large(rect_union(spot->box, r), screen_area);
}

/* A restless spot that R belongs to, or else one that R is near to and that is not known to be
 * restless. */
static struct spot *spot_for(struct stillness *s, struct rect r)
{
    struct spot *near = NULL;
    for (int i = 0; i < STILLNESS_SPOTS; i++) {
        struct spot *spot = &s->spots[i];
        if (rect_empty(spot->box))
            continue;
        if (spot->restless && spot_takes(spot, r, s->screen_area))
            return spot;
        if (!spot->restless && !rect_empty(rect_common(rect_grow(spot->box, SPOT_NEAR), r)))
            near = spot;
    }
    return near;
}

/* A free slot, or that of the spot that has not changed for the longest time. */
static struct spot *spot_new(struct stillness *s)
{
    struct spot *oldest = &s->spots[0];
    for (int i = 0; i < STILLNESS_SPOTS; i++) {
        if (rect_empty(s->spots[i].box))
            return &s->spots[i];
        if (s->spots[i].last_ms < oldest->last_ms)
            oldest = &s->spots[i];
    }
    return oldest;
}

static bool spot_is_restless(const struct spot *spot, double time_ms, long screen_area)
{
    bool large = area_large(spot->box, screen_area);
    if (!large && time_ms - spot->first_ms >= RESTLESS_GROWING_MS)
        return true;
    return spot->steady_changes >= RESTLESS_CHANGES &&
           time_ms - spot->steady_ms >= (large ? RESTLESS_LARGE_MS : RESTLESS_SMALL_MS);
}

static void spot_change(struct spot *spot, double time_ms, struct rect r)
{
    bool paused = time_ms - spot->last_ms > RESTLESS_PAUSE_MS;
    if (paused) {
        spot->box = r;
        spot->first_ms = time_ms;
    }
    if (paused || !rect_inside(r, spot->box)) {
        spot->box = rect_union(spot->box, r);
        spot->steady_ms = time_ms;
        spot->steady_changes = 0;
    }
    spot->steady_changes++;
}

bool stillness_change(struct stillness *s, double now_ms, struct rect rect)
{
    if (rect_empty(rect) || caret_shaped(rect))
        return false;
    double time_ms = now_ms + s->shift_ms;
    struct spot *spot = spot_for(s, rect);
    if (!spot) {
        spot = spot_new(s);
        *spot = (struct spot){
            .box = rect, .first_ms = time_ms, .last_ms = time_ms, .steady_ms = time_ms};
    }
    if (spot->restless) {
        spot->box = rect_union(spot->box, rect);
    } else {
        spot_change(spot, time_ms, rect);
        spot->restless = spot_is_restless(spot, time_ms, s->screen_area);
    }
    spot->last_ms = time_ms;
    if (spot->restless)
        return false;
    s->change_ms = time_ms;
    s->large = s->large || rect_area(rect) > s->screen_area / STAGES_PART;
    return true;
}

bool stillness_large(const struct stillness *s)
{
    return s->large;
}

double stillness_quiet_ms(const struct stillness *s, double now_ms)
{
    return now_ms + s->shift_ms - s->change_ms;
}

void stillness_end(struct stillness *s, double now_ms, bool still)
{
    s->end_ms = now_ms + s->shift_ms;
    for (int i = 0; i < STILLNESS_SPOTS; i++) {
        struct spot *spot = &s->spots[i];
        bool rests = s->end_ms - spot->last_ms > RESTLESS_FORGET_MS;
        if (rests || (still && !spot->restless))
            *spot = (struct spot){0};
    }
}

#include "vision/stillness.h"

#include <math.h>
#include <stddef.h>

/* A text caret is a line as high as the text: 1 to 3 pixels wide in the toolkits that were looked
 * at. */
#define CARET_WIDTH_MAX  3
#define CARET_HEIGHT_MIN 6
#define CARET_HEIGHT_MAX 64

/* Longer than the transitions that programs make (100 ms to a second), or these would be taken for
 * spinners and cut short. */
#define RESTLESS_MS         1500
#define RESTLESS_LARGE_PART 16  /* large: more than one part in 16 of the screen */
#define RESTLESS_CHANGES    8   /* at least, in that time */
#define RESTLESS_PAUSE_MS   250 /* a longer pause begins the count again */
#define RESTLESS_FORGET_MS  500 /* of rest that was watched */

#define SPOT_NEAR 12 /* pixels: changes of one spinner */
#define SPOT_EDGE 3  /* pixels that a restless box may be off by: antialiasing */
#define SPOT_LIKE 16 /* so many times as large, and it is another thing */

/* A spinner or a bar, of which only a piece may change at a time. */
#define COMPACT_AREA (128 * 128)
#define COMPACT_SIDE 32

#define BAR_LONG 2 /* a bar is at least so many times as long as it is high */

#define STAGES_PART 4 /* what repaints more than one part in 4 of the screen may come in stages */

/* An animation: so many changes, so near to each other; a page's stages are fewer, or further
 * apart. */
#define SMOOTH_CHANGES  6
#define SMOOTH_PAUSE_MS 60
#define PACE_CHANGES    3 /* fewer tell nothing about the next pause */
#define PACE_MARGIN     3 /* the next pause, as a multiple of the longest so far */

static bool caret_shaped(struct rect r)
{
    return r.width <= CARET_WIDTH_MAX && r.height >= CARET_HEIGHT_MIN &&
           r.height <= CARET_HEIGHT_MAX && r.height >= 3 * r.width;
}

void stillness_begin(struct stillness *s, double now_ms, double since_ms, long screen_area)
{
    s->shift_ms = s->end_ms - now_ms;
    s->screen_area = screen_area;
    s->beside = false;
    if (since_ms > s->since_ms) {
        s->answered = false;
        s->pace = (struct pace){0};
    }
    s->since_ms = since_ms;
}

/* ---- carets ---- */

enum thin { THIN_BLINKS, THIN_NEW, THIN_MOVES };

/* What is something that changed and is as thin as a caret? One that turns up at one place after
 * the other is no caret but an edge. */
static enum thin caret_look(struct stillness *s, double time_ms, struct rect r)
{
    struct caret_place *place = &s->carets[0];
    for (int i = 0; i < STILLNESS_CARETS; i++) {
        struct caret_place *other = &s->carets[i];
        bool fresh = !rect_empty(other->box) && time_ms - other->last_ms <= RESTLESS_PAUSE_MS;
        if (rect_inside(r, other->box)) {
            other->last_ms = time_ms;
            other->moves = other->moves && fresh;
            return other->moves ? THIN_MOVES : THIN_BLINKS;
        }
        if (fresh && !rect_empty(rect_common(rect_grow(other->box, SPOT_NEAR), r))) {
            *other = (struct caret_place){r, time_ms, true};
            return THIN_MOVES;
        }
        if (rect_empty(other->box) || other->last_ms < place->last_ms)
            place = other;
    }
    *place = (struct caret_place){r, time_ms, false};
    return THIN_NEW;
}

/* ---- what moves without end ---- */

static bool area_large(struct rect r, long screen_area)
{
    return rect_area(r) > screen_area / RESTLESS_LARGE_PART;
}

/* Does R lie on the lane along which the bar BOX fills? */
static bool in_lane(struct rect r, struct rect box)
{
    struct rect reach = rect_grow(box, SPOT_EDGE);
    if (rect_empty(rect_common(reach, r)))
        return false;
    if (box.width >= BAR_LONG * box.height)
        return r.y >= reach.y && r.y + r.height <= reach.y + reach.height;
    return box.height >= BAR_LONG * box.width && r.x >= reach.x &&
           r.x + r.width <= reach.x + reach.width;
}

/* Does the change belong to the restless spot? */
static bool spot_takes(const struct spot *spot, struct rect r, long screen_area)
{
    if (rect_inside(r, rect_grow(spot->box, SPOT_EDGE)))
        return true;
    return spot->grows && in_lane(r, spot->box) &&
           !area_large(rect_union(spot->box, r), screen_area);
}

static bool is_compact(struct rect r)
{
    return rect_area(r) <= COMPACT_AREA || r.width <= COMPACT_SIDE || r.height <= COMPACT_SIDE;
}

/* Can changes of these two places be of one thing? A spinner is no part of the page that was drawn
 * around it just before. */
static bool rects_alike(struct rect a, struct rect b)
{
    struct rect larger = rect_area(a) > rect_area(b) ? a : b;
    return is_compact(larger) ||
           rect_area(larger) <= SPOT_LIKE * (rect_area(a) + rect_area(b) - rect_area(larger));
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
        if (!spot->restless && !rect_empty(rect_common(rect_grow(spot->box, SPOT_NEAR), r)) &&
            rects_alike(spot->box, r))
            near = spot;
    }
    return near;
}

/* A free slot, or that of the spot that has not changed for the longest time. */
static struct spot *spot_new(struct stillness *s, double time_ms, struct rect r)
{
    struct spot *oldest = &s->spots[0];
    for (int i = 0; i < STILLNESS_SPOTS && !rect_empty(oldest->box); i++) {
        if (rect_empty(s->spots[i].box) || s->spots[i].last_ms < oldest->last_ms)
            oldest = &s->spots[i];
    }
    *oldest =
        (struct spot){.box = r, .first_ms = time_ms, .last_ms = time_ms, .steady_ms = time_ms};
    return oldest;
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
        spot->moved = (struct rect){0};
    } else {
        spot->moved = rect_union(spot->moved, r);
    }
    spot->steady_changes++;
}

/* What is large and grows is a page that is being drawn; what is small and grows all the time is a
 * block that runs along a bar, or the bar that fills. */
static void spot_judge(struct spot *spot, double time_ms, long screen_area)
{
    if (spot->steady_changes >= RESTLESS_CHANGES && time_ms - spot->steady_ms >= RESTLESS_MS) {
        spot->box = spot->moved; /* what was drawn around it is none of it */
        spot->restless = true;
    }
    if (!area_large(spot->box, screen_area) && time_ms - spot->first_ms >= RESTLESS_MS) {
        spot->grows = time_ms - spot->steady_ms < RESTLESS_MS;
        spot->restless = true;
    }
}

static bool spot_is_restless(struct stillness *s, double now_ms, struct rect r)
{
    double time_ms = now_ms + s->shift_ms;
    struct spot *spot = spot_for(s, r);
    if (!spot)
        spot = spot_new(s, time_ms, r);
    if (spot->restless) {
        spot->box = rect_union(spot->box, r);
    } else {
        spot_change(spot, time_ms, r);
        spot_judge(spot, time_ms, s->screen_area);
    }
    spot->last_ms = time_ms;
    return spot->restless;
}

/* ---- how long ---- */

static void pace_change(struct pace *pace, double pause_ms, bool large)
{
    if (pause_ms > RESTLESS_PAUSE_MS)
        *pace = (struct pace){0};
    if (pace->changes > 0)
        pace->longest_ms = fmax(pace->longest_ms, pause_ms);
    pace->changes += pace->changes == 0 || pause_ms > 0; /* what is seen at once is one */
    pace->large += large;
}

bool stillness_change(struct stillness *s, double now_ms, struct rect rect)
{
    if (rect_empty(rect))
        return false;
    enum thin thin = caret_shaped(rect) ? caret_look(s, now_ms + s->shift_ms, rect) : THIN_MOVES;
    s->answered = s->answered || thin == THIN_NEW;
    if (thin != THIN_MOVES)
        return false;
    if (spot_is_restless(s, now_ms, rect)) {
        s->beside = true;
        return false;
    }
    pace_change(&s->pace, now_ms - s->change_ms, rect_area(rect) > s->screen_area / STAGES_PART);
    s->change_ms = now_ms;
    s->answered = true;
    return true;
}

bool stillness_ignores(const struct stillness *s, struct rect rect)
{
    bool ignores = caret_shaped(rect);
    for (int i = 0; i < STILLNESS_SPOTS; i++)
        ignores =
            ignores || (s->spots[i].restless && spot_takes(&s->spots[i], rect, s->screen_area));
    return ignores;
}

double stillness_left_ms(const struct stillness *s, double now_ms)
{
    const struct pace *pace = &s->pace;
    double quiet = s->answered ? STILLNESS_QUIET_MS : STILLNESS_ANSWER_MS;
    bool smooth = pace->large >= SMOOTH_CHANGES && pace->longest_ms <= SMOOTH_PAUSE_MS;
    if (pace->changes >= PACE_CHANGES)
        quiet = fmax(quiet, fmin(PACE_MARGIN * pace->longest_ms, STILLNESS_PACE_MS));
    if (pace->large && !smooth)
        quiet = fmax(quiet, STILLNESS_LARGE_MS);
    return quiet - (now_ms - fmax(s->change_ms, s->since_ms));
}

bool stillness_beside(const struct stillness *s)
{
    return s->beside;
}

void stillness_end(struct stillness *s, double now_ms, bool still)
{
    s->end_ms = now_ms + s->shift_ms;
    if (still)
        s->pace = (struct pace){0};
    for (int i = 0; i < STILLNESS_SPOTS; i++) {
        struct spot *spot = &s->spots[i];
        bool rests = s->end_ms - spot->last_ms > RESTLESS_FORGET_MS;
        if (rests || (still && !spot->restless))
            *spot = (struct spot){0};
    }
}

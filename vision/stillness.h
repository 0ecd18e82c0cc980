/*
 * stillness: is the screen still? It is told of every change and judges which ones count. It knows
 * no X and no pixels, only rects and times (clock_ms).
 *
 * What does not count: a blinking caret, known by its shape and by staying where it is; and what
 * moves at one place without end (a spinner, a running bar, a bar that fills, a video), known by
 * watching: changes that follow each other fast, inside a box that no longer grows, or grows as a
 * bar does. A box that is known stays so until it was seen to rest, so that only the first wait
 * beside a spinner is a long one. Clocks and other things that change slowly need no rule: the
 * quiet time fits between two of their changes.
 *
 * How long nothing must change follows from what has changed so far: see stillness_left_ms.
 */
#ifndef VISION_STILLNESS_H
#define VISION_STILLNESS_H

#include "base/rect.h"

#include <stdbool.h>

#define STILLNESS_QUIET_MS 80
#define STILLNESS_ANSWER_MS                                                                        \
    150 /* until the first sign that a program has noticed what was done                           \
         */
#define STILLNESS_LARGE_MS 200
#define STILLNESS_PACE_MS  250 /* for a slow animation, at most */

#define STILLNESS_SPOTS  16
#define STILLNESS_CARETS 4

/* A place where something moves. Times in here run on a clock of its own that stands still between
 * two watches. */
struct spot {
    struct rect box;    /* of all its changes; empty when the slot is free */
    struct rect moved;  /* of those since the box grew */
    double last_ms;     /* its newest change */
    double first_ms;    /* since when it has moved without a pause */
    double steady_ms;   /* since when the box has not grown */
    int steady_changes; /* since then */
    bool restless;      /* moves without end: does not count */
    bool grows;         /* and its box grows meanwhile, as that of a bar that fills */
};

/* A place where something as thin as a caret has changed. */
struct caret_place {
    struct rect box;
    double last_ms;
    bool moves; /* and was elsewhere just before: the edge of something that slides or fills */
};

/* Changes that count and follow each other without a pause. */
struct pace {
    int changes, large; /* large: of much of the screen */
    double longest_ms;  /* between two of them */
};

struct stillness {
    struct spot spots[STILLNESS_SPOTS];
    struct caret_place carets[STILLNESS_CARETS];
    struct pace pace;
    long screen_area;
    double shift_ms;  /* from clock_ms to the spots' clock */
    double end_ms;    /* of the watch before, on the spots' clock */
    double since_ms;  /* when something was last done to the screen */
    double change_ms; /* the newest change that counts */
    bool answered;    /* something came of what was done */
    bool beside;      /* something restless moved in this watch */
};

/* Zero-initialised is valid. Begins to watch at NOW_MS; what was learned before is kept. SINCE_MS
 * is when something was last done to the screen: what came of it before NOW_MS has been told, or
 * nothing has come of it. */
void stillness_begin(struct stillness *s, double now_ms, double since_ms, long screen_area);

/* Something changed in RECT. Does it count? */
bool stillness_change(struct stillness *s, double now_ms, struct rect rect);

/* Is RECT as thin as a caret, or inside what is known to move without end? */
bool stillness_ignores(const struct stillness *s, struct rect rect);

/*
 * How much longer nothing may change that counts, for the screen to be still; 0 and less: it is.
 * That is STILLNESS_QUIET_MS after the last change, or
 * - STILLNESS_ANSWER_MS after something was done that nothing has come of yet: a busy program may
 *   not have noticed;
 * - STILLNESS_LARGE_MS when much of the screen was repainted at once: a new page or a window comes
 *   in stages, with pauses of up to 175 ms (seen in browsers). A transition, which repaints it many
 *   times in short order, ends when it ends;
 * - as much longer as the pauses of an animation are on a slow machine.
 */
double stillness_left_ms(const struct stillness *s, double now_ms);

/* Does something move in this watch that does not count, carets apart? */
bool stillness_beside(const struct stillness *s);

/*
 * The watch ends, and STILL says whether by stillness. Then whatever moved before was an answer to
 * what was done, and is forgotten; what is restless is forgotten once it was seen to rest.
 */
void stillness_end(struct stillness *s, double now_ms, bool still);

#endif

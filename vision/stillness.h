/*
 * stillness: is the screen still? It is told of every change and judges which ones count. It knows
 * no X and no pixels, only rects and times (clock_ms).
 *
 * What does not count: a blinking caret, known by its shape; and what moves at one place without
 * end (a spinner, a running bar, a video), known by watching: changes that follow each other fast,
 * inside a box that no longer grows. A box that is known stays so until it was seen to rest, so
 * that only the first wait beside a spinner is a long one. Things that blink slowly need no rule:
 * the quiet time fits between two blinks.
 */
#ifndef VISION_STILLNESS_H
#define VISION_STILLNESS_H

#include "base/rect.h"

#include <stdbool.h>

#define STILLNESS_SPOTS 16

/* Times in here run on a clock of its own that stands still between two watches. */
struct spot {
    struct rect box;    /* of all its changes; empty when the slot is free */
    double last_ms;     /* its newest change */
    double first_ms;    /* since when it has moved without a pause */
    double steady_ms;   /* since when the box has not grown */
    int steady_changes; /* since then */
    bool restless;      /* moves without end: does not count */
};

struct stillness {
    struct spot spots[STILLNESS_SPOTS];
    long screen_area;
    double shift_ms;  /* from clock_ms to the own clock */
    double end_ms;    /* of the watch before */
    double change_ms; /* the newest change that counts, or the beginning of the watch */
    bool large;       /* a change that counts was a large one, in this watch */
};

/* Zero-initialised is valid. Begins to watch at NOW_MS; what was learned before is kept. */
void stillness_begin(struct stillness *s, double now_ms, long screen_area);

/* Something changed in RECT. Does it count? */
bool stillness_change(struct stillness *s, double now_ms, struct rect rect);

/*
 * Has a change since the watch began repainted much of the screen? A new page or a window comes in
 * stages, with longer pauses between them than within the answer to a click: up to 175 ms were seen
 * in browsers.
 */
bool stillness_large(const struct stillness *s);

/* For how long has nothing changed that counts, since the watch began? */
double stillness_quiet_ms(const struct stillness *s, double now_ms);

/*
 * The watch ends, and STILL says whether by stillness. Then whatever moved before was an answer to
 * what was done, and is forgotten; what is restless is forgotten once it was seen to rest.
 */
void stillness_end(struct stillness *s, double now_ms, bool still);

#endif

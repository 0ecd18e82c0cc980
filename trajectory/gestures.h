/*
 * gestures: what a person's movements come to: presses and releases are clicks, double clicks and
 * drags, keys are texts with their corrections and chords, notches of the wheel are one scroll.
 *
 * Every event that is by hand belongs to exactly one gesture, with the way of the pointer to where
 * it was done, or is noise that has a name.
 */
#ifndef TRAJECTORY_GESTURES_H
#define TRAJECTORY_GESTURES_H

#include "base/action.h"
#include "trajectory/events.h"

/* What is still one gesture. */
struct gesture_limits {
    double double_click_ms; /* from press to press */
    int double_click_px;
    int drag_px;          /* moved at least so far between press and release */
    double type_gap_ms;   /* between two keys of one text, or of one key repeated */
    double scroll_gap_ms; /* between two notches */
    double rest_ms;       /* a pointer that rests so long has arrived */
};

extern const struct gesture_limits gesture_limits_default;

struct gesture {
    struct action action;
    char *text;      /* owned; the action's text points to it */
    int first, last; /* of the log's events, indices: from where the pointer began to move
                        to the last release */
    int pressed;     /* the first press */
    bool secret;     /* its text was not kept: the action's is GESTURE_SECRET */
};

#define GESTURE_SECRET "{{secret:?}}"

/* Events that belong to no gesture. */
struct gesture_noise {
    int first, last;
    const char *what; /* static: "hover", "modifier", "taken back", "release" */
};

struct gestures {
    struct gesture *items; /* owned */
    int count, capacity;
    struct gesture_noise *noise; /* owned */
    int noise_count, noise_capacity;
};

void gestures_take(const struct event_log *log, const struct gesture_limits *limits,
                   struct gestures *out);
void gestures_finish(struct gestures *g);

/*
 * The event before FROM that the pointer began to move at, to rest at last where it was at FROM,
 * not before END; FROM when it did not move.
 */
int gestures_way(const struct event_log *log, const struct gesture_limits *limits, int from,
                 int end);

#endif

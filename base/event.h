/*
 * event: one thing of a demonstration: what a person's hands did, in the order in which the server
 * had it, and what was noted beside it. The lines of events.jsonl (trajectory/events.h).
 */
#ifndef BASE_EVENT_H
#define BASE_EVENT_H

#include "base/rect.h"

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
    EVENT_MOTION,
    EVENT_BUTTON_DOWN, /* 4 to 7 are the wheel: up, down, left, right */
    EVENT_BUTTON_UP,
    EVENT_KEY_DOWN, /* again and again while a key repeats */
    EVENT_KEY_UP,
    EVENT_FRAME,  /* the screen rested, differently from the picture before */
    EVENT_PAUSE,  /* what is done from here on is not told */
    EVENT_RESUME, /* from here on it is again; keys and buttons may have changed meanwhile */
    EVENT_STOP,   /* the last one */
    EVENT_WINDOW, /* another window is active, or its title changed */
    EVENT_SECRET, /* a place that holds a secret became known */
    EVENT_KINDS
};

/* X's modifiers, as they stand in an event's state. */
enum {
    HELD_SHIFT = 1u << 0,
    HELD_CONTROL = 1u << 2,
    HELD_ALT = 1u << 3,
    HELD_SUPER = 1u << 6,
};
#define HELD_ANY (HELD_SHIFT | HELD_CONTROL | HELD_ALT | HELD_SUPER)

#define EVENT_KEYSYM_SIZE 32
#define EVENT_TEXT_SIZE   32
#define EVENT_WALL_SIZE   32

struct event {
    enum event_kind kind;
    long number;                /* from 1, without a hole */
    double mono_ms;             /* clock_ms: when it was heard; of a frame, when it was taken */
    char wall[EVENT_WALL_SIZE]; /* the same moment, as clock_wall */

    /* What hands did: */
    uint32_t server_ms;             /* the server's clock; it begins anew after 49 days */
    struct point at;                /* where the pointer was, pixels of the screen */
    unsigned state;                 /* X11's modifiers and buttons, just before it */
    unsigned code;                  /* of the key or button */
    char keysym[EVENT_KEYSYM_SIZE]; /* X11's name of it: "a", "Return"; "" for none */
    char text[EVENT_TEXT_SIZE];     /* UTF-8: what the key types; "" for nothing */
    bool secret;                    /* it is not told which key it was */

    /* What was noted: */
    bool still;       /* of a frame: the screen had come to rest */
    struct rect box;  /* of a secret */
    const char *note; /* a frame's file, why it paused or stopped, a window's title; NULL: none */
};

bool event_is_hands(enum event_kind kind); /* from EVENT_MOTION to EVENT_KEY_UP */
bool event_is_key(enum event_kind kind);
bool event_is_wheel(const struct event *e); /* one of the buttons 4 to 7 */

/* Are Ctrl, Alt or Super held, so that a key does something rather than writes? */
bool event_is_chord(const struct event *e);

const char *event_name(enum event_kind kind); /* "button down" */
const char *
event_note_name(enum event_kind kind); /* what its note is: "file", "why"; of hands NULL */
/* EVENT_KINDS when there is none of this name. */
enum event_kind event_from_name(const char *name);

#endif

#include "base/event.h"

#include <string.h>

static const char *const names[EVENT_KINDS] = {
    "motion", "button down", "button up", "key down", "key up", "frame",
    "pause",  "resume",      "stop",      "window",   "secret",
};

bool event_is_hands(enum event_kind kind)
{
    return kind <= EVENT_KEY_UP;
}

bool event_is_key(enum event_kind kind)
{
    return kind == EVENT_KEY_DOWN || kind == EVENT_KEY_UP;
}

bool event_is_wheel(const struct event *e)
{
    bool button = e->kind == EVENT_BUTTON_DOWN || e->kind == EVENT_BUTTON_UP;
    return button && e->code >= 4 && e->code <= 7;
}

bool event_is_chord(const struct event *e)
{
    return (e->state & HELD_ANY & ~HELD_SHIFT) != 0;
}

const char *event_name(enum event_kind kind)
{
    return names[kind];
}

const char *event_note_name(enum event_kind kind)
{
    static const char *const notes[EVENT_KINDS] = {
        [EVENT_FRAME] = "file", [EVENT_PAUSE] = "why",    [EVENT_RESUME] = "why",
        [EVENT_STOP] = "why",   [EVENT_WINDOW] = "title", [EVENT_SECRET] = "label",
    };
    return notes[kind];
}

enum event_kind event_from_name(const char *name)
{
    int kind = 0;
    while (kind < EVENT_KINDS && strcmp(names[kind], name) != 0)
        kind++;
    return (enum event_kind)kind;
}

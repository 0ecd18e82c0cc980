/*
 * watch: hem watches a person on a display and keeps what happened: every event of the hands
 * (trajectory/events.h), and a picture of the screen whenever it rested, differently from the
 * picture before. The picture of a screen that rested is taken then, never when somebody wants it:
 * so there is one from before the pointer began to move.
 *
 *   the ear's thread   hears an event, and has the scribe write it
 *   this thread        waits until the screen rests, and shows it to
 *   the gaze's thread  which reads it, paints over what is secret, and has the picture written
 */
#ifndef EMULATOR_WATCH_H
#define EMULATOR_WATCH_H

#include "base/err.h"
#include "emulator/desktop.h"
#include "emulator/secrecy.h"

#include <stdbool.h>

#define WATCH_PAUSE_KEY "Ctrl+Alt+P"
#define WATCH_STOP_KEY  "Ctrl+Alt+Q"

struct watch_status {
    long events, secret; /* of hands, and how many of them don't say which key it was */
    int unsure;          /* how often it could not be seen where keys went */
    int frames;
    double seconds;
    bool paused;
};

/* What somebody outside is told, on the thread of watch_run. SELF is handed to each. */
struct watch_hooks {
    void (*started)(void *self, struct desktop *desktop);
    void (*status)(void *self, const struct watch_status *status); /* several times a second */
    void *self;
};

struct watch_options {
    const char *directory; /* where the recording goes; without one yet */
    const char *display;   /* join this one; NULL: start a private one */
    char *const *program;  /* ends with NULL; NULL: none */
    int width, height;     /* of a private display */
    const char *language;  /* Tesseract's; NULL: English */
    const char *pause_key, *stop_key;
    struct secrecy_terms secret;
    struct watch_hooks hooks;
};

struct watch_report {
    struct watch_status status;
    const char *why; /* it ended: "hotkey", "signal", "program ended", "failed" */
    bool began;      /* there is a recording */
};

/* Watches until it is stopped by the hotkey or a signal, or the program ends. False: it could not
 * begin, or had to end; what was recorded until then is there. */
bool watch_run(const struct watch_options *options, struct watch_report *out, struct err *e);

#endif

/*
 * held: a note on the display of what the hands hold there, written before it is pressed, so that
 * what stays down when hem is killed is found and let go of by the next one.
 *
 * The note is a property of the root window and outlives the process. Beside it each hem has a
 * window of its own with the same number in it: that dies with the connection, however the process
 * ends, on whatever machine or in whatever container it was. A note without its window is a dead
 * one's. Used from one thread.
 */
#ifndef INPUT_HELD_H
#define INPUT_HELD_H

#include "base/err.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdint.h>

#define HELD_OWNERS_MAX   16  /* hems on one display */
#define HELD_BINDINGS_MAX 512 /* old and new ones of up to 256 keys */

/* A free key and what was bound to it. */
struct held_binding {
    uint32_t keycode, keysym;
};

/* What is down, or may be while an action is under way. */
struct held_note {
    uint32_t buttons; /* bit by button number */
    uint32_t keys[8]; /* bit by keycode */
    bool caps;        /* Caps Lock was on and has to be on again */
    struct held_binding bindings[HELD_BINDINGS_MAX];
    int binding_count;
};

/* Zero-initialised is closed and valid: changes of `note` then go nowhere. */
struct held {
    Display *display; /* borrowed; NULL: closed */
    Window window;
    Atom property;
    uint32_t number;
    struct held_note note; /* to be changed by those who press; held_write tells the display */
};

/*
 * Begins a note of our own, empty. For each note that a dead hem has left GIVE_BACK is called, with
 * the server to ourselves: nobody else has its requests served meanwhile. ERR_DISPLAY when too many
 * hems have their hands on the display, or when it is gone.
 */
bool held_open(struct held *h, Display *display,
               void (*give_back)(void *self, const struct held_note *note), void *self,
               struct err *e);
void held_close(struct held *h); /* of what is closed: nothing */

/* Puts the note on the display, before anything that is sent later on this connection. */
void held_write(struct held *h);

#endif

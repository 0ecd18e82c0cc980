/*
 * clipboard: lending a text to the CLIPBOARD and giving back what was there. The process that owns
 * it meanwhile (selection.h) ends with this one, however that ends. Used from one thread.
 */
#ifndef INPUT_CLIPBOARD_H
#define INPUT_CLIPBOARD_H

#include "base/err.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Zero-initialised is valid: nothing is lent. */
struct clipboard {
    pid_t process; /* 0: none */
    int in, out;   /* what it says, and what it is told */
};

/* Returns when TEXT can be pasted. ERR_IO, ERR_DISPLAY. */
bool clipboard_lend(struct clipboard *c, Display *display, const char *text, struct err *e);

/* Forgets whom it was given to so far: clipboard managers, say. */
void clipboard_forget(struct clipboard *c);

/* Waits until the program that WINDOW belongs to has got the text, at most TIMEOUT_MS or until a
 * stop is asked for. */
bool clipboard_wait_given(struct clipboard *c, Display *display, Window window, int timeout_ms);

/* What was there before is there again, as long as this process lives, or nothing. */
void clipboard_give_back(struct clipboard *c);

void clipboard_close(struct clipboard *c); /* lets go of it */

#endif

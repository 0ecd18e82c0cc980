/*
 * pace: typing as fast as the program takes it. The server takes keys far faster than any program
 * does; who never looks types on into a program that hangs, or into the window that comes up when
 * it is gone. So the program is waited for once in a while: it is never more than a few hundred
 * characters behind.
 */
#ifndef INPUT_PACE_H
#define INPUT_PACE_H

#include "base/err.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <sys/types.h>

/* Zero-initialised but for the display is valid. */
struct pace {
    Display *display; /* borrowed */
    Window window;    /* where the keys went when the text began ... */
    pid_t process;    /* ... and whose that is; 0: not known */
    long typed;       /* characters of this text */
    long behind;      /* keys sent since the program was last known to have taken all */
    bool moving;      /* a key among them may move the focus: Return, Tab */
    bool unknown;     /* it can neither be asked nor watched */
};

/* A text begins: it is for the window that has the focus now. */
void pace_begin(struct pace *p);

/* A key was sent. MOVES: the focus may go elsewhere by it. */
void pace_key(struct pace *p, bool moves);

/* Is it time for a pace_check? Costs nothing. */
bool pace_is_due(const struct pace *p);

/*
 * Waits until the program has taken all keys, as far as it can be told, and looks where the next
 * ones will go. ERR_TASK when it does not take them in time, or when the window is gone or has lost
 * the focus in the middle of a text (MORE is to come); ERR_STOPPED.
 */
bool pace_check(struct pace *p, bool more, struct err *e);

/*
 * The text is at its end: the same, and a program that has handed a long one on to others of its
 * family, as a browser does, is waited for until these rest, about as long as that takes in the
 * slowest.
 */
bool pace_finish(struct pace *p, struct err *e);

/* As pace_check, where all depends on it: a program that can only be watched, and is busy, is
 * waited for longer, and one that cannot even be watched is given time. */
bool pace_wait(struct pace *p, bool more, struct err *e);

#endif

/*
 * barrier: has the program taken the events that it was sent? The server's sync only says that they
 * are on their way. A window that knows _NET_WM_PING answers a ping in the order of its events;
 * most toolkits do, bare Xt programs don't.
 */
#ifndef INPUT_BARRIER_H
#define INPUT_BARRIER_H

#include <X11/Xlib.h>
#include <stdbool.h>

enum barrier {
    BARRIER_PASSED,  /* every event sent before was taken */
    BARRIER_UNKNOWN, /* the window with the focus can't be asked */
    BARRIER_TIMEOUT, /* no answer in time, or a stop was asked for */
};

/* Asks the window with the focus, waits at most TIMEOUT_MS. */
enum barrier barrier_wait(Display *display, int timeout_ms);

/* Waits MS, or until a stop is asked for (false). For what nothing can be asked about, and for
 * gestures of the hand. */
bool pause_ms(double ms);

#endif

/*
 * barrier: has the program taken the events that it was sent? The server's sync only says that they
 * are on their way.
 *
 * A window that knows _NET_WM_PING answers a ping in the order of its events; most toolkits do. Of
 * others (Tk, bare Xt) the process is watched until it sleeps. The windows are other people's and
 * may vanish at any time: the owner of the Display has an error handler that lives with BadWindow.
 */
#ifndef INPUT_BARRIER_H
#define INPUT_BARRIER_H

#include <X11/Xlib.h>

enum barrier {
    BARRIER_PASSED,  /* every event sent before was taken */
    BARRIER_UNKNOWN, /* the program can't be asked, and watching it told nothing */
    BARRIER_TIMEOUT, /* it has not answered in time, or does not even run; or a stop was asked for
                      */
};

/* The window that gets the keys; None when there is none. */
Window barrier_window(Display *display);

/* For the program that gets the keys. Waits at most ASK_MS for its answer, some times as long for
 * one that is busy; one that gives none is watched for at most WATCH_MS. */
enum barrier barrier_wait(Display *display, int ask_ms, int watch_ms);

#endif

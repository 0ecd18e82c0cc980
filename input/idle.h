/*
 * idle: has the program behind a window gone to sleep? One that has read all its events waits for
 * more; so one that sleeps and has not run for a while has none left. For programs that can't be
 * asked (barrier.h), on this machine only.
 */
#ifndef INPUT_IDLE_H
#define INPUT_IDLE_H

#include <X11/Xlib.h>
#include <stdbool.h>
#include <sys/types.h>

/* The process that owns the window, as the X server knows it; 0 when it can't tell or it is on
 * another machine. */
pid_t idle_process(Display *display, Window window);

/* False when it has ended. */
bool idle_is_running(pid_t process);

enum idle { IDLE_YES, IDLE_NO, IDLE_FROZEN, IDLE_UNKNOWN };

/* Do both windows belong to one process? UNKNOWN: the answer when the server can't tell. */
bool idle_same_process(Display *display, Window a, Window b, bool unknown);

/* Waits until the process sleeps, at most TIMEOUT_MS or until a stop is asked for (no). One that
 * ended is idle; one that is stopped then, by a signal or a debugger, is frozen. */
enum idle idle_wait(Display *display, pid_t process, int timeout_ms);

/* Waits until none of the process and all that descend from it now is at work most of the time, at
 * most TIMEOUT_MS or until a stop is asked for. False: one still is. */
bool idle_wait_family(pid_t process, int timeout_ms);

#endif

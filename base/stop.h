/*
 * stop: SIGINT, SIGTERM, SIGHUP and a file that comes to be ask for an orderly end. Whoever waits
 * or loops asks stop_requested() and returns with ERR_STOPPED, giving back what it holds on the
 * way. A second signal ends the program within STOP_GRACE_S whatever it does then, a third at once:
 * what is still held is for the next one to give back.
 */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <stdbool.h>

#define STOP_GRACE_S 2

void stop_install(void); /* once, from main */
bool stop_requested(void);
int stop_fd(void); /* becomes readable when a stop is asked for: for poll(); -1 if not installed */
void stop_request(void); /* as if a signal had come */

/* In a process that was just forked: from now on it is asked by itself, and what its parent was
 * asked before does not count. The files that are watched stay. */
void stop_forked(void);

/* What was asked for so far is done: from now on it is asked anew. A file that is there asks still.
 */
void stop_answered(void);

/*
 * From now on PATH asks for a stop as soon as something is there, or when it can't be told whether
 * there is: stop_requested() looks each time, and stop_fd() tells within STOP_LOOK_MS. May be
 * called for several; there is no way back.
 */
#define STOP_LOOK_MS 100
void stop_watch_file(const char *path);

/* Why it was asked for, for people: "interrupted", "stopped: /tmp/stop is there". */
const char *stop_reason(void);

#endif

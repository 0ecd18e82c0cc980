/*
 * viewer: a private display shown to VNC viewers on this machine by x11vnc, with a password of its
 * own.
 */
#ifndef COMMANDS_VIEWER_H
#define COMMANDS_VIEWER_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

/* Zero-initialised: not started. */
struct viewer {
    pid_t pid;
    int port; /* 0: not started */
    char password[9];
};

/* AUTHORITY: the file with the display's cookie. It ends with this process. ERR_PROGRAM: x11vnc is
 * not there, or does not start. */
bool viewer_start(struct viewer *v, const char *display, const char *authority, struct err *e);
void viewer_stop(struct viewer *v);

#endif

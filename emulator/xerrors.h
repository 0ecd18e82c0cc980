/*
 * xerrors: hem outlives what goes wrong on a display. Xlib's own answer to an error or to a lost
 * server is to end the process. Its handlers are process-wide, so they are set here and nowhere
 * else, while at least one display is watched, and then put back.
 */
#ifndef EMULATOR_XERRORS_H
#define EMULATOR_XERRORS_H

#include <X11/Xlib.h>
#include <stdbool.h>

/* From now on X errors are logged and ignored; that the server went away is noted in LOST, which
 * outlives the watch. */
void xerrors_watch(Display *display, bool *lost);

/* After the display was closed. */
void xerrors_unwatch(void);

#endif

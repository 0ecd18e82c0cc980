/*
 * program: the program that hem is to use: started on a display, watched until it shows a window,
 * and then whether it is still there.
 */
#ifndef EMULATOR_PROGRAM_H
#define EMULATOR_PROGRAM_H

#include "emulator/child.h"
#include "emulator/windows.h"

/* Where it runs. */
struct ground {
    Display *display;           /* borrowed */
    struct keeper *keeper;      /* borrowed */
    const bool *lost;           /* the display is gone */
    bool shared;                /* others show windows there, too */
    pid_t server, manager, bus; /* the desktop's own processes; 0: none */
};

/*
 * Waits until a window of the program is on the screen that was not there BEFORE. Whichever of its
 * processes shows it: a launcher may exit with 0 while a daemon of it goes on. ERR_PROGRAM when it
 * ends first or shows none in TIMEOUT_MS.
 */
bool program_wait_window(const struct child *program, const struct ground *g,
                         const struct windows *before, int timeout_ms, struct err *e);

/* Is it still there? ERR_PROGRAM with how it ended and its last lines. */
bool program_alive(const struct child *program, const struct ground *g, struct err *e);

#endif

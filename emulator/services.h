/*
 * services: the programs that make up a private desktop: X server, window manager and session bus.
 * Each is started and waited for until it really serves.
 */
#ifndef EMULATOR_SERVICES_H
#define EMULATOR_SERVICES_H

#include "emulator/child.h"
#include "emulator/environment.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <stddef.h>

struct services {
    struct keeper *keeper;   /* borrowed */
    const struct home *home; /* borrowed */
    struct environment
        *environment; /* borrowed: what programs will get; the bus's address is put in */
    struct child server, manager, bus;
};

/* Starts Xvfb with a screen of this size, its framebuffer in the home's `screen`. AUTHORITY: path
 * of the cookie file. Returns what services_number waits for, or -1. ERR_PROGRAM when it is
 * missing. */
int services_server(struct services *s, int width, int height, const char *authority,
                    struct err *e);

/* Waits until the server takes connections; its number ("5") into OUT. Closes PIPE. ERR_DISPLAY
 * with its last lines. */
bool services_number(struct services *s, int pipe, char *out, size_t size_bytes, struct err *e);

/* Starts the window manager (NULL: none) and the bus (if WITH_BUS) and waits until they serve.
 * LOST: the display is. */
bool services_complete(struct services *s, Display *display, const bool *lost, const char *manager,
                       bool with_bus, struct err *e);

void services_finish(struct services *s); /* forgets them; the keeper ends them */

#endif

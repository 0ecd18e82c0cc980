/*
 * settings: how the programs of a private desktop are configured, as files in its home: a plain
 * window manager, a bus that starts nothing that is not needed, toolkits without animations,
 * browsers that ask nothing at their first start.
 */
#ifndef EMULATOR_SETTINGS_H
#define EMULATOR_SETTINGS_H

#include "emulator/home.h"

#include <stdbool.h>

#define SETTINGS_OPENBOX    "openbox.xml" /* inside the home's root */
#define SETTINGS_BUS        "bus.xml"
#define SETTINGS_BUS_SOCKET "run/bus"

/* Writes them all. ERR_IO. */
bool settings_write(const struct home *h, struct err *e);

/* Writes, into bin/, programs that start the browsers of $PATH with sensible flags. ERR_IO. */
bool settings_write_browsers(const struct home *h, struct err *e);

/* When PROGRAM is a path to such a browser: the path of the program in bin/ instead. Owned by the
 * caller; NULL: it is none. A plain name needs no replacing: bin/ comes first in the PATH. */
char *settings_browser(const struct home *h, const char *program);

#endif

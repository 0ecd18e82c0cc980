/*
 * settings: how the programs of a private desktop are configured, as files in its home: a plain
 * window manager, a bus that starts nothing that is not needed, toolkits without animations.
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

#endif

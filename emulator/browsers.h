/*
 * browsers: they start without questions, bubbles and bars, and with all of the screen, however
 * they are called: by programs of ours in the home's bin/, which comes first in the PATH, and by
 * the settings in their fresh profiles.
 */
#ifndef EMULATOR_BROWSERS_H
#define EMULATOR_BROWSERS_H

#include "emulator/home.h"

#include <stdbool.h>

/* Writes bin/NAME for each browser of the Chromium family in $PATH; PROFILES: the settings of those
 * and of Firefox, too. ERR_IO. */
bool browsers_write(const struct home *h, bool profiles, struct err *e);

/* When PROGRAM is a path to such a browser: the path of the program in bin/ instead. Owned by the
 * caller; NULL: it is none. */
char *browsers_program(const struct home *h, const char *program);

#endif

/*
 * folder: where a test run leaves its results.
 */
#ifndef SUITE_FOLDER_H
#define SUITE_FOLDER_H

#include "base/err.h"

#include <stdbool.h>

/* Makes it, or removes what an earlier run left in it. ERR_USAGE when there is something else in
 * it; ERR_IO. */
bool folder_begin(const char *path, struct err *e);

#endif

/*
 * tree: a folder with all that is in it, once more.
 */
#ifndef SUITE_TREE_H
#define SUITE_TREE_H

#include "base/err.h"

#include <stdbool.h>

/* Makes TO (which is not there) of FROM: files are linked where that can be, else copied. Links in
 * it are left out. ERR_IO. */
bool tree_copy(const char *from, const char *to, struct err *e);

#endif

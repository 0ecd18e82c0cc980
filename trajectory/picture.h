/*
 * picture: a frame as a PNG file, fast rather than small (level 1, no filters: measured best for
 * desktops).
 */
#ifndef TRAJECTORY_PICTURE_H
#define TRAJECTORY_PICTURE_H

#include "base/err.h"
#include "base/frame.h"

/* Writes PATH by a rename, so that no reader sees half of it. ERR_IO with the path. */
bool picture_write(const char *path, const struct frame *frame, struct err *e);

#endif

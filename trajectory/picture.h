/*
 * picture: a frame as a PNG, fast rather than small (level 1, no filters: measured best for
 * desktops).
 */
#ifndef TRAJECTORY_PICTURE_H
#define TRAJECTORY_PICTURE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/frame.h"

/* Writes PATH by a rename, so that no reader sees half of it. ERR_IO with the path. */
bool picture_write(const char *path, const struct frame *frame, struct err *e);

/* Appends the same bytes to OUT. ERR_IO. */
bool picture_encode(const struct frame *frame, struct buf *out, struct err *e);

#endif

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

enum picture_effort {
    PICTURE_FAST,
    PICTURE_SMALL, /* some 60 % of the bytes for twice the time */
};

/* Appends the bytes of a PNG to OUT. ERR_IO. */
bool picture_encode(const struct frame *frame, enum picture_effort effort, struct buf *out,
                    struct err *e);

#endif

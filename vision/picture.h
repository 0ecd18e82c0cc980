/*
 * picture: reading a picture file into a frame. The only user of libpng in this room.
 */
#ifndef VISION_PICTURE_H
#define VISION_PICTURE_H

#include "base/err.h"
#include "base/frame.h"

/* Any PNG, transparency over white. ERR_USAGE with the path: missing, not a PNG, cut, larger than a
 * frame may be. Takes memory for its pixels alone. */
bool picture_read(const char *path, struct frame *out, struct err *e);

/* The same, but the pixels are 0xAARRGGBB: as they are in the file, with how opaque they are. */
bool picture_read_alpha(const char *path, struct frame *out, struct err *e);

#endif

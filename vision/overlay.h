/*
 * overlay: a picture of what was seen: the frame with each element's box, role and id drawn over
 * it.
 */
#ifndef VISION_OVERLAY_H
#define VISION_OVERLAY_H

#include "base/err.h"
#include "base/frame.h"
#include "base/scene.h"

/* Writes a PNG. ERR_IO with the path. */
bool overlay_write(const char *path, const struct frame *frame, const struct scene *scene,
                   struct err *e);

#endif

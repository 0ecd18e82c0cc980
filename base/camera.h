/*
 * camera: pictures of the newest frame for whoever decides by pictures, without what is secret. A
 * policy is lent one; emulator/ makes it.
 */
#ifndef BASE_CAMERA_H
#define BASE_CAMERA_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rect.h"

#include <stdbool.h>

struct camera {
    /* Puts REGION of the newest frame, scaled to WIDTH x HEIGHT, into OUT as a PNG. */
    bool (*picture)(void *self, struct rect region, int width, int height, struct buf *out,
                    struct err *e);
    /* Is what stands in this field a secret? */
    bool (*hides)(void *self, struct rect box);
    void *self; /* borrowed */
};

#endif

/*
 * lens: the camera (base/camera.h) that a policy is lent: pictures of the newest frame, with what
 * is secret painted over.
 */
#ifndef EMULATOR_LENS_H
#define EMULATOR_LENS_H

#include "base/camera.h"
#include "base/frame.h"
#include "emulator/masks.h"

/* Lives as long as what it points to. */
struct lens {
    const struct frame *frame; /* borrowed, as are the next two */
    const struct scene *scene; /* of that frame */
    struct masks *masks;
    struct frame copy, scaled; /* owned */
};

struct camera lens_camera(struct lens *l);
void lens_finish(struct lens *l);

#endif

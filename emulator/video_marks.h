/*
 * video_marks: the pointer and what it does, drawn over a picture for people: where it goes, which
 * button is pressed how often, how the wheel turns, what is dragged.
 */
#ifndef EMULATOR_VIDEO_MARKS_H
#define EMULATOR_VIDEO_MARKS_H

#include "base/frame.h"
#include "trajectory/timeline.h"

/* Draws over F what the pointer does SECONDS after T begins. Nothing before it was ever anywhere.
 */
void video_marks_draw(struct frame *f, const struct timeline *t, double seconds);

#endif

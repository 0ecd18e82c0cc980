/*
 * frames: pictures written to disk by a thread of its own, so that the loop does not wait for the
 * encoder.
 *
 * There is room for one picture: whoever puts the next one before the last is written waits for it.
 * So a whole emulator never holds more than one copy of the screen for its record.
 */
#ifndef TRAJECTORY_FRAMES_H
#define TRAJECTORY_FRAMES_H

#include "base/err.h"
#include "base/frame.h"

#include <stdbool.h>

struct frames;

struct frames *frames_start(struct err *e);

/* Copies FRAME, paints MASKS over the copy in one flat colour, and has it written to PATH. */
void frames_put(struct frames *f, const char *path, const struct frame *frame,
                const struct rect *masks, int mask_count);

/* False with ERR_IO when a picture could not be written since this was last asked. */
bool frames_check(struct frames *f, struct err *e);

/* Waits until all is written, ends the thread and frees, also on failure (as frames_check). Takes
 * NULL. */
bool frames_stop(struct frames *f, struct err *e);

#endif

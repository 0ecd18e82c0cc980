/*
 * blanks: the dashes that an empty time field shows, "--:-- --". They are too thin to be read as
 * text.
 */
#ifndef VISION_BLANKS_H
#define VISION_BLANKS_H

#include "base/frame.h"

/* What a field with nothing legible in BOX shows up to column END: "--:--", "--:-- --", or "" for
 * none. */
const char *blanks_read(const struct frame *frame, struct rect box, int end);

#endif

/*
 * beside: the JSON file that lies beside a picture and says what of it counts.
 */
#ifndef VISION_BESIDE_H
#define VISION_BESIDE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

/* main.json for main.png; owned by the caller. */
char *beside_path(const char *picture);

/* Appends what is in it; nothing when it is not there. ERR_USAGE with PATH. */
bool beside_read(const char *path, struct buf *out, struct err *e);

#endif

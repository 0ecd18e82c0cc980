/*
 * baseline: a picture of the whole screen that the screen must look like. The JSON beside it says
 * how much it may differ:
 *
 *   {"colour": 4, "pixels": 0, "area": [{"xpos": 10, "ypos": 20, "width": 90, "height": 30,
 *                                        "type": "exclude"}, ...]}
 *
 * `colour`: how far off a pixel's colour may be, in per cent of black to white
 * (vision/comparison.h); `pixels`: how many pixels may be farther off; what stands in `area` (as in
 * needles, but of type exclude only) does not count, and no caret does.
 */
#ifndef VISION_BASELINE_H
#define VISION_BASELINE_H

#include "base/buf.h"
#include "vision/comparison.h"

#include "base/err.h"

#define BASELINE_COLOUR    4
#define BASELINE_MASKS_MAX 64

struct baseline {
    struct frame picture; /* owned */
    double colour;
    int pixels;
    struct rect masks[BASELINE_MASKS_MAX]; /* the carets of the picture come last */
    int mask_count;
};

/* Does JSON, which lies beside a picture, make a baseline of it? */
bool baseline_is(const char *json);

/* PATH: of the picture. ERR_USAGE with the file's path. */
struct baseline *baseline_read(const char *path, struct err *e);
void baseline_destroy(struct baseline *b); /* takes NULL */

/* Does FRAME look like it? ERR_TASK: what is otherwise, and how much of it; of another size,
 * always. DRAWN: as in comparison_make, NULL for not; it stays empty for another size. */
bool baseline_compare(const struct baseline *b, const struct frame *frame, const char *name,
                      struct frame *drawn, struct err *e);

/* The JSON of a new baseline. */
void baseline_json(struct buf *out);

#endif

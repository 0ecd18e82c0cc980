/*
 * strip: the pixels of one line, made ready for reading: how much ink is in each, whatever the
 * colours of text and ground were.
 */
#ifndef VISION_STRIP_H
#define VISION_STRIP_H

#include "base/rect.h"
#include "vision/plane.h"

#include <stdbool.h>

/* A run of columns with ink, between columns without. */
struct strip_part {
    struct rect box; /* in the strip; tight */
    bool bullet;     /* a round dot that is no full stop: of a password, or of a list */
};

struct strip {
    struct rect place;        /* on the screen: the line and a little of what is around it */
    struct plane gray;        /* what is there; owned, as all that follows */
    struct plane ink;         /* 0 ground .. 255 text; what is outside the line is ground */
    struct strip_part *parts; /* from left to right */
    int part_count, part_capacity;
    struct rect box; /* of all ink in the strip; empty when there is none */
    float *rows;     /* room for rendering */
    int rows_capacity;
};

#define STRIP_HEIGHT_MAX 128
#define STRIP_INK_MIN    70 /* of 255: less is the fringe of antialiasing */

/* Copies what is at LINE, a box from lines_find. False, and nothing to read, when it is empty or
 * too large. */
bool strip_take(struct strip *s, const struct plane *gray, struct rect line);

/* Finds ink and parts in what was taken. */
void strip_prepare(struct strip *s);

/* Is there anything but bullets? */
bool strip_has_text(const struct strip *s);

/* Is a flat stroke at the bottom with nothing above it? */
bool strip_has_underscore(const struct strip *s);

/* How a strip is drawn for a reader: about INK pixels high, with MARGIN pixels of white at its left
 * and right; HEIGHT pixels high in all, the ink in the middle (0: as much white above and below as
 * beside). */
struct strip_drawing {
    int ink, margin, height;
};

/*
 * Draws the ink, bullets apart, dark on white. Returns the scale: x in the strip is at
 * (x - s->box.x) * scale + margin.
 */
double strip_render(struct strip *s, const struct strip_drawing *d, struct plane *out);

/* About how wide the drawing would be. */
int strip_width(const struct strip *s, const struct strip_drawing *d);

void strip_finish(struct strip *s);

#endif

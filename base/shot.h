/*
 * shot: the picture of the screen that a model is sent, as large as the model takes pictures
 * without scaling them itself, and the one way from the model's coordinates back to the screen.
 */
#ifndef BASE_SHOT_H
#define BASE_SHOT_H

#include "base/err.h"
#include "base/rect.h"

/* What a model's numbers count. */
enum shot_space {
    SHOT_PIXELS,   /* pixels of the picture */
    SHOT_THOUSAND, /* thousandths of its sides, 0..1000 */
    SHOT_UNIT,     /* 0..1 */
};

/* What pictures a model takes. Members that are 0 limit nothing. */
struct shot_rule {
    enum shot_space space;
    int side_max;                /* pixels; with a patch, of the side as whole patches */
    int patch, patches_max;      /* it sees squares of PATCH pixels, so many at most */
    int multiple;                /* both sides are multiples of it: Qwen's smart_resize ... */
    long pixels_min, pixels_max; /* ... between these */
};

struct shot {
    enum shot_space space;
    int width, height;               /* of the picture */
    int screen_width, screen_height; /* of what it shows */
};

/* The largest picture of a screen that RULE lets through; it keeps the shape, but for `multiple`.
 */
void shot_fit(const struct shot_rule *rule, int screen_width, int screen_height, struct shot *out);

/* Where on the screen a model's X and Y are. ERR_REPLY for a place that is not in the picture: such
 * a place is never moved to its edge. */
bool shot_point(const struct shot *s, double x, double y, struct point *out, struct err *e);

/* A place of the screen in the model's numbers: whole ones, of SHOT_UNIT with four decimals. */
void shot_numbers(const struct shot *s, struct point at, double *x, double *y);

#endif

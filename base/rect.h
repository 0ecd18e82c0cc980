/*
 * rect: places on the screen, in pixels. The origin is the top left; ranges are half open:
 * a rect holds x <= px < x + width and y <= py < y + height. A width or height <= 0 is empty.
 */
#ifndef BASE_RECT_H
#define BASE_RECT_H

#include <stdbool.h>

struct point {
    int x, y;
};

struct rect {
    int x, y, width, height;
};

bool rect_empty(struct rect r);
bool rect_holds(struct rect r, struct point p);
bool rect_inside(struct rect inner, struct rect outer); /* an empty inner is inside nothing */
struct rect rect_common(struct rect a,
                        struct rect b); /* the intersection; {0} when there is none */
struct rect rect_union(struct rect a,
                       struct rect b); /* the smallest that holds both; an empty one adds nothing */
struct rect rect_grow(struct rect r, int by); /* on every side; a negative BY shrinks */
struct point rect_center(struct rect r);
int rect_right(struct rect r); /* the first column behind it */
long rect_area(struct rect r);
double rect_overlap(struct rect a, struct rect b); /* intersection over union, 0..1 */

#endif

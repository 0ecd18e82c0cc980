#include "vision/relations.h"

#include <math.h>
#include <stdlib.h>

#define ASKEW 3.0 /* a pixel out of line counts as so many */
#define APART 4   /* pixels, at least, between what is not in line */
#define SIDE_REACH                                                                                 \
    1.0 /* of the anchor's height: what is farther above or below is not at its side */
#define ASIDE      10000 /* what is in line at the side is nearer than anything that is not */
#define LINE_SLACK 4     /* pixels that edges may overlap */

static bool holds_middle(int a, int a_size, int b, int b_size)
{
    int middle = b + b_size / 2;
    return middle >= a && middle < a + a_size;
}

/* How many pixels lie between two ranges; 0 when the middle of one is in the other, and at least
 * APART otherwise: cells that touch are beside each other. */
static int between(int a, int a_size, int b, int b_size)
{
    if (holds_middle(a, a_size, b, b_size) || holds_middle(b, b_size, a, a_size))
        return 0;
    int gap = a >= b ? a - (b + b_size) : b - (a + a_size);
    return gap > APART ? gap : APART;
}

static bool in_row(struct rect box, struct rect row, double *distance)
{
    struct point middle = rect_center(box);
    *distance = abs(middle.y - rect_center(row).y);
    return (middle.y >= row.y && middle.y < row.y + row.height) ||
           holds_middle(box.y, box.height, row.y, row.height);
}

/* Inside it, or what follows it as under a heading: below, and nearest first. */
static bool in_or_under(struct rect box, struct rect anchor, double *distance)
{
    *distance = 0;
    if (rect_inside(rect_grow(box, -2), anchor))
        return true;
    *distance = between(box.y, box.height, anchor.y, anchor.height) +
                between(box.x, box.width, anchor.x, anchor.width);
    return rect_center(box).y >= anchor.y;
}

bool relation_holds(enum relation relation, struct rect box, struct rect anchor, double *distance)
{
    int across = between(box.x, box.width, anchor.x, anchor.width);
    int down = between(box.y, box.height, anchor.y, anchor.height);
    struct point a = rect_center(anchor), b = rect_center(box);
    switch (relation) {
    case RELATION_NONE:
        *distance = 0;
        return true;
    case RELATION_IN_ROW:
        return in_row(box, anchor, distance);
    case RELATION_IN:
        return in_or_under(box, anchor, distance);
    case RELATION_LEFT_OF:
        *distance = across + (down ? ASIDE + down : 0);
        return down <= SIDE_REACH * anchor.height && b.x < a.x &&
               box.x + box.width <= anchor.x + LINE_SLACK;
    case RELATION_RIGHT_OF:
        *distance = across + (down ? ASIDE + down : 0);
        return down <= SIDE_REACH * anchor.height && b.x > a.x &&
               box.x >= anchor.x + anchor.width - LINE_SLACK;
    case RELATION_ABOVE:
        *distance = down + ASKEW * across;
        return b.y < a.y && box.y + box.height <= anchor.y + LINE_SLACK;
    case RELATION_BELOW:
        *distance = down + ASKEW * across;
        return b.y > a.y && box.y >= anchor.y + anchor.height - LINE_SLACK;
    case RELATION_NEAR:
        *distance = hypot(across, down);
        return true;
    }
    return false;
}

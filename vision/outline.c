#include "vision/outline.h"

#include "vision/colour.h"

#include <math.h>
#include <stdlib.h>

#define SMALL        16 /* where a pixel counts */
#define SURFACE_STEP 16 /* what differs by less is one surface */
#define SPAN_MAX     (3 * MARK_SIDE_MAX)

void outline_trace(const struct frame *f, struct rect r, uint32_t ground, struct outline *o)
{
    int total = 0, lean = 0;
    for (int y = 0; y < r.height; y++) {
        int left = 0, right = 0;
        while (left < r.width &&
               colour_distance(colour_at(f, r.x + left, r.y + y), ground) < OUTLINE_STEP)
            left++;
        while (right < r.width - left &&
               colour_distance(colour_at(f, r.x + r.width - 1 - right, r.y + y), ground) <
                   OUTLINE_STEP)
            right++;
        o->left[y] = left;
        o->right[y] = right;
        total += left + right;
        lean += left - right;
    }
    o->lean = (double)abs(lean) / (r.width * r.height);
    o->outside = (double)total / (r.width * r.height);
}

/* How many pixels the upper half differs from the lower one. */
static int unevenness(struct rect r, const struct outline *o)
{
    int odd = 0;
    for (int y = 0; y < r.height / 2; y++) {
        int across = r.height - 1 - y;
        odd += abs(o->left[y] - o->left[across]) + abs(o->right[y] - o->right[across]);
    }
    return odd;
}

bool outline_is_round(struct rect r, const struct outline *o)
{
    if (o->outside <= 0.115 || o->outside > 0.30)
        return false;
    if (r.height <= SMALL && unevenness(r, o) * 2 > r.height) /* a bell is as round, nearly */
        return false;
    double radius = r.height / 2.0;
    for (int y = 0; y < r.height; y++) {
        double up = y + 0.5 - radius;
        double inset = radius - sqrt(fmax(0, radius * radius - up * up));
        bool pole = y < 2 || y >= r.height - 2; /* where a row more or less changes much */
        double slack = pole ? radius : 1.7;
        if (fabs(o->left[y] - inset) > slack || fabs(o->right[y] - inset) > slack)
            return false;
    }
    return true;
}

int outline_span(const struct frame *f, int x, int y, int dx, int dy)
{
    uint32_t c = colour_at(f, x, y);
    int length = 1;
    for (int way = -1; way <= 1; way += 2)
        for (int i = way; abs(i) < SPAN_MAX &&
                          colour_distance(colour_at(f, x + dx * i, y + dy * i), c) < SURFACE_STEP;
             i += way)
            length++;
    return length;
}

#include "vision/outline.h"

#include "vision/colour.h"

#include <math.h>
#include <stdlib.h>

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

bool outline_is_round(struct rect r, const struct outline *o)
{
    if (o->outside <= 0.115 || o->outside > 0.30)
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

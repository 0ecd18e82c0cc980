#include "base/rect.h"

#include "base/ints.h"

bool rect_empty(struct rect r)
{
    return r.width <= 0 || r.height <= 0;
}

bool rect_holds(struct rect r, struct point p)
{
    return p.x >= r.x && p.x < r.x + r.width && p.y >= r.y && p.y < r.y + r.height;
}

bool rect_inside(struct rect inner, struct rect outer)
{
    return !rect_empty(inner) && inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

struct rect rect_common(struct rect a, struct rect b)
{
    int x = max_int(a.x, b.x), y = max_int(a.y, b.y);
    int right = min_int(a.x + a.width, b.x + b.width);
    int bottom = min_int(a.y + a.height, b.y + b.height);
    if (right <= x || bottom <= y)
        return (struct rect){0};
    return (struct rect){x, y, right - x, bottom - y};
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_empty(a))
        return b;
    if (rect_empty(b))
        return a;
    int x = min_int(a.x, b.x), y = min_int(a.y, b.y);
    int right = max_int(a.x + a.width, b.x + b.width);
    int bottom = max_int(a.y + a.height, b.y + b.height);
    return (struct rect){x, y, right - x, bottom - y};
}

struct rect rect_grow(struct rect r, int by)
{
    return (struct rect){r.x - by, r.y - by, r.width + 2 * by, r.height + 2 * by};
}

struct point rect_center(struct rect r)
{
    return (struct point){r.x + r.width / 2, r.y + r.height / 2};
}

int rect_right(struct rect r)
{
    return r.x + r.width;
}

long rect_area(struct rect r)
{
    return rect_empty(r) ? 0 : (long)r.width * r.height;
}

double rect_overlap(struct rect a, struct rect b)
{
    long both = rect_area(rect_common(a, b));
    long all = rect_area(a) + rect_area(b) - both;
    return all > 0 ? (double)both / (double)all : 0;
}

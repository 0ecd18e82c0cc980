#include "vision/damage.h"

#include "base/buf.h"

#include <X11/extensions/Xdamage.h>
#include <X11/extensions/Xfixes.h>
#include <stdlib.h>

struct damage {
    Display *display; /* borrowed */
    int event;        /* the number of our event */
    Damage damage;
    XserverRegion region;
    bool pending;
};

struct damage *damage_open(Display *display)
{
    int event, error, major = 1, minor = 1;
    if (!XDamageQueryExtension(display, &event, &error) ||
        !XDamageQueryVersion(display, &major, &minor) ||
        !XFixesQueryExtension(display, &error, &error))
        return NULL;
    major = 4; /* of XFixes: regions came with 2 */
    minor = 0;
    if (!XFixesQueryVersion(display, &major, &minor) || major < 2)
        return NULL;
    struct damage *d = mem_zero(1, sizeof *d);
    d->display = display;
    d->event = event + XDamageNotify;
    d->region = XFixesCreateRegion(display, NULL, 0);
    /* One event until it is taken: a program that draws fast cannot flood us. */
    d->damage = XDamageCreate(display, DefaultRootWindow(display), XDamageReportNonEmpty);
    d->pending = true;
    return d;
}

void damage_close(struct damage *d)
{
    if (!d)
        return;
    XDamageDestroy(d->display, d->damage);
    XFixesDestroyRegion(d->display, d->region);
    XSync(d->display, False);
    damage_pending(d); /* the last events */
    free(d);
}

bool damage_pending(struct damage *d)
{
    XEvent event;
    while (XCheckTypedEvent(d->display, d->event, &event))
        d->pending = true;
    return d->pending;
}

int damage_take(struct damage *d, struct rect rects[DAMAGE_RECTS_MAX])
{
    int count = 0;
    XRectangle bounds = {0};
    d->pending = false;
    XDamageSubtract(d->display, d->damage, None, d->region);
    XRectangle *drawn = XFixesFetchRegionAndBounds(d->display, d->region, &count, &bounds);
    if (!drawn)
        return 0;
    bool fits = count <= DAMAGE_RECTS_MAX;
    for (int i = 0; fits && i < count; i++)
        rects[i] = (struct rect){drawn[i].x, drawn[i].y, drawn[i].width, drawn[i].height};
    if (!fits)
        rects[0] = (struct rect){bounds.x, bounds.y, bounds.width, bounds.height};
    XFree(drawn);
    return fits ? count : 1;
}

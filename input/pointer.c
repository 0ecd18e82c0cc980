#include "input/pointer.h"

#include "base/clock.h"
#include "base/stop.h"
#include "input/barrier.h"
#include "input/pause.h"

#include <X11/extensions/XTest.h>
#include <math.h>
#include <stdlib.h>

/* The longest and farthest that a common toolkit takes for one double click. */
#define DOUBLE_CLICK_MS     500
#define DOUBLE_CLICK_PIXELS 8

/* Between the clicks of one gesture: two in the same millisecond are one to Chromium. */
#define CLICK_MS 5

/* Beyond the threshold at which a drag begins in any toolkit (GTK 8, Qt 10). */
#define DRAG_START     16
#define DRAG_STEP      12 /* pixels from one motion to the next ... */
#define DRAG_STEPS_MAX 40 /* ... and no more of them in one segment of the path */
#define DRAG_STEP_MS   4

/* The hand rests where a drag begins and ends: programs start it, and find its target, while it
 * does. */
#define DRAG_REST_MS 60
#define BARRIER_MS   300

struct point pointer_where(struct pointer *p)
{
    Window root, child;
    int x = 0, y = 0, in_x, in_y;
    unsigned mask;
    XQueryPointer(p->display, DefaultRootWindow(p->display), &root, &child, &x, &y, &in_x, &in_y,
                  &mask);
    return (struct point){x, y};
}

static void motion(struct pointer *p, struct point to)
{
    XTestFakeMotionEvent(p->display, DefaultScreen(p->display), to.x, to.y, CurrentTime);
}

void pointer_move(struct pointer *p, struct point to)
{
    motion(p, to);
    XSync(p->display, False);
}

void pointer_press(struct pointer *p, enum button button)
{
    if (p->down[button])
        return;
    p->down[button] = true;
    XTestFakeButtonEvent(p->display, button, True, CurrentTime);
    XSync(p->display, False);
}

void pointer_release(struct pointer *p, enum button button)
{
    if (!p->down[button])
        return;
    p->down[button] = false;
    XTestFakeButtonEvent(p->display, button, False, CurrentTime);
    XSync(p->display, False);
}

void pointer_up(struct pointer *p)
{
    for (int b = 1; b <= POINTER_BUTTON_MAX; b++)
        pointer_release(p, (enum button)b);
}

uint32_t pointer_down(const struct pointer *p)
{
    uint32_t buttons = 0;
    for (int b = 1; b <= POINTER_BUTTON_MAX; b++)
        buttons |= (uint32_t)p->down[b] << b;
    return buttons;
}

void pointer_give_back(struct pointer *p, uint32_t buttons)
{
    for (unsigned b = 1; b <= POINTER_BUTTON_MAX; b++) {
        if (buttons >> b & 1)
            XTestFakeButtonEvent(p->display, b, False, CurrentTime);
    }
}

/* Would a program take a click here and now for the second one of a double click? */
static double until_new_gesture_ms(const struct pointer *p, struct point at, enum button button)
{
    if (p->clicked_ms <= 0 || button != p->clicked_button ||
        abs(at.x - p->clicked_at.x) > DOUBLE_CLICK_PIXELS ||
        abs(at.y - p->clicked_at.y) > DOUBLE_CLICK_PIXELS)
        return 0;
    return p->clicked_ms + DOUBLE_CLICK_MS - clock_ms();
}

bool pointer_click(struct pointer *p, enum button button, int count, struct err *e)
{
    struct point at = pointer_where(p);
    double wait_ms = until_new_gesture_ms(p, at, button);
    if (wait_ms > 0 && !pause_ms(wait_ms))
        return err_set(e, ERR_STOPPED, "interrupted before a click");
    for (int i = 0; i < count; i++) {
        if (i > 0 && !pause_ms(CLICK_MS))
            return err_set(e, ERR_STOPPED, "interrupted in a double click");
        pointer_press(p, button);
        pointer_release(p, button);
    }
    p->clicked_at = at;
    p->clicked_ms = clock_ms();
    p->clicked_button = button;
    return true;
}

static struct point between(struct point a, struct point b, double part)
{
    return (struct point){a.x + (int)lround((b.x - a.x) * part),
                          a.y + (int)lround((b.y - a.y) * part)};
}

/* From A to B in steps of a hand, the end included. The first goes beyond the threshold at which
 * drags begin. */
static bool drag_segment(struct pointer *p, struct point a, struct point b, bool first)
{
    double length = hypot(b.x - a.x, b.y - a.y);
    double begun = first && length > DRAG_START ? DRAG_START / length : 0;
    int steps = (int)ceil(length * (1 - begun) / DRAG_STEP);
    steps = steps < 1 ? 1 : steps > DRAG_STEPS_MAX ? DRAG_STEPS_MAX : steps;
    if (begun > 0) {
        pointer_move(p, between(a, b, begun / 2));
        pointer_move(p, between(a, b, begun));
        barrier_wait(p->display, BARRIER_MS, BARRIER_MS);
    }
    for (int i = 1; i <= steps; i++) {
        pointer_move(p, between(a, b, begun + (1 - begun) * i / steps));
        if (!pause_ms(DRAG_STEP_MS))
            return false;
    }
    return true;
}

bool pointer_drag(struct pointer *p, enum button button, const struct point *path, int count,
                  struct err *e)
{
    pointer_move(p, path[0]);
    pointer_press(p, button);
    bool ok = pause_ms(DRAG_REST_MS);
    for (int i = 1; ok && i < count; i++)
        ok = drag_segment(p, path[i - 1], path[i], i == 1);
    ok = ok && pause_ms(DRAG_REST_MS);
    if (ok)
        barrier_wait(p->display, BARRIER_MS, BARRIER_MS);
    pointer_release(p, button);
    p->clicked_ms = 0;
    return ok || err_set(e, ERR_STOPPED, "interrupted in a drag");
}

bool pointer_scroll(struct pointer *p, int dx, int dy, struct err *e)
{
    int vertical = dy > 0 ? 5 : 4, horizontal = dx > 0 ? 7 : 6;
    for (int i = 0; i < abs(dx) + abs(dy); i++) {
        int wheel = i < abs(dy) ? vertical : horizontal;
        XTestFakeButtonEvent(p->display, (unsigned)wheel, True, CurrentTime);
        XTestFakeButtonEvent(p->display, (unsigned)wheel, False, CurrentTime);
        if (stop_requested()) {
            XSync(p->display, False);
            return err_set(e, ERR_STOPPED, "interrupted while scrolling");
        }
    }
    XSync(p->display, False);
    return true;
}

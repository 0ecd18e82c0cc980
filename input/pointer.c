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
#define DRAG_END_MS  30
#define DRAG_RESTS   3
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

/* Waits until no program takes a press here for the second one of a double click. WHAT is in hand.
 */
static bool gesture_begin(struct pointer *p, enum button button, const char *what, struct err *e)
{
    struct point at = pointer_where(p);
    bool again = p->pressed_ms > 0 && button == p->pressed_button &&
                 abs(at.x - p->pressed_at.x) <= DOUBLE_CLICK_PIXELS &&
                 abs(at.y - p->pressed_at.y) <= DOUBLE_CLICK_PIXELS;
    if (again && !pause_ms(p->pressed_ms + DOUBLE_CLICK_MS - clock_ms()))
        return err_set(e, ERR_STOPPED, "interrupted before a %s", what);
    p->pressed_at = at;
    p->pressed_button = button;
    return true;
}

bool pointer_click(struct pointer *p, enum button button, int count, struct err *e)
{
    if (!gesture_begin(p, button, "click", e))
        return false;
    for (int i = 0; i < count; i++) {
        if (i > 0 && !pause_ms(CLICK_MS))
            return err_set(e, ERR_STOPPED, "interrupted in a double click");
        pointer_press(p, button);
        pointer_release(p, button);
    }
    p->pressed_ms = clock_ms();
    return true;
}

static struct point between(struct point a, struct point b, double part)
{
    return (struct point){a.x + (int)lround((b.x - a.x) * part),
                          a.y + (int)lround((b.y - a.y) * part)};
}

/*
 * From A towards B beyond the threshold at which drags begin, even if B is nearer than that, to the
 * other side where the screen ends. BEGUN gets where that is. False: a stop.
 */
static bool drag_begin(struct pointer *p, struct point a, struct point b, struct point *begun)
{
    double length = hypot(b.x - a.x, b.y - a.y), part = length > 0 ? DRAG_START / length : 0;
    *begun = between(a, b, part);
    pointer_move(p, between(a, b, part / 2));
    pointer_move(p, *begun);
    struct point at = pointer_where(p);
    if (at.x != begun->x || at.y != begun->y) {
        *begun = between(a, b, -part);
        pointer_move(p, *begun);
    }
    barrier_wait(p->display, BARRIER_MS, BARRIER_MS);
    /* GTK looks at the pointer once a frame: it must be found out there. */
    return part <= 1 || pause_ms(DRAG_REST_MS);
}

/* From A to B in steps of a hand, the end included. */
static bool drag_on(struct pointer *p, struct point a, struct point b)
{
    int steps = (int)ceil(hypot(b.x - a.x, b.y - a.y) / DRAG_STEP);
    steps = steps < 1 ? 1 : steps > DRAG_STEPS_MAX ? DRAG_STEPS_MAX : steps;
    for (int i = 1; i <= steps; i++) {
        pointer_move(p, between(a, b, (double)i / steps));
        if (!pause_ms(DRAG_STEP_MS))
            return false;
    }
    return true;
}

/* The hand rests at the end, and says once more where it is: a program that was slow to begin the
 * drag, or that has only just entered the target, has not heard it yet. */
static bool drag_end(struct pointer *p, struct point at)
{
    for (int i = 0; i < DRAG_RESTS; i++) {
        if (!pause_ms(DRAG_END_MS))
            return false;
        pointer_move(p, at);
    }
    barrier_wait(p->display, BARRIER_MS, BARRIER_MS);
    return true;
}

bool pointer_drag(struct pointer *p, enum button button, const struct point *path, int count,
                  struct err *e)
{
    pointer_move(p, path[0]);
    if (!gesture_begin(p, button, "drag", e))
        return false;
    pointer_press(p, button);
    p->pressed_ms = clock_ms();
    bool ok = pause_ms(DRAG_REST_MS);
    struct point at = path[0];
    ok = ok && drag_begin(p, path[0], path[1], &at);
    for (int i = 1; ok && i < count; i++) {
        ok = drag_on(p, at, path[i]);
        at = path[i];
    }
    ok = ok && drag_end(p, at);
    pointer_release(p, button);
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

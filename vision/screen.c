#include "vision/screen.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/stop.h"
#include "vision/capture.h"
#include "vision/changes.h"
#include "vision/damage.h"
#include "vision/stillness.h"

#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Rectangle by rectangle a program may draw thousands a second; one look at what came together is
 * enough. It delays nothing, as the quiet time is much longer. */
#define LOOK_PAUSE_MS 4
#define LOOK_BLIND_MS 16 /* without XDamage: how often to look whether anything changed */
#define READS_MAX                                                                                  \
    4 /* where each read is a question to the server: more rects than that are read as one */

struct screen {
    Display *display; /* borrowed */
    Window root;
    bool selected;           /* we asked for the root window's ConfigureNotify */
    struct capture *capture; /* owned */
    struct damage *damage;   /* owned; NULL: the server has none */
    bool resized;
    struct frame shadow;   /* the pixels as they were at the last look */
    double look_ms;        /* when that was */
    struct rect dirty;     /* where shadow may differ from the frame that was given last */
    bool news;             /* a change that counts is not yet given */
    const uint32_t *given; /* the pixels of that frame; compared, not read */
    uint64_t serial;       /* and its serial */
    struct stillness stillness;
    bool still;
    double settle_ms, capture_ms;
};

/* ---- opening ---- */

struct screen *screen_open(Display *display, const char *framebuffer, struct err *e)
{
    struct capture *capture = capture_open(display, framebuffer, CAPTURE_FRAMEBUFFER, e);
    if (!capture)
        return NULL;
    struct screen *s = mem_zero(1, sizeof *s);
    s->display = display;
    s->root = DefaultRootWindow(display);
    s->capture = capture;
    s->damage = damage_open(display);
    s->resized = true; /* so that the first look makes room and sees everything */
    s->look_ms = -HUGE_VAL;
    XWindowAttributes root;
    if (XGetWindowAttributes(display, s->root, &root) &&
        !(root.your_event_mask & StructureNotifyMask)) {
        XSelectInput(display, s->root, root.your_event_mask | StructureNotifyMask);
        s->selected = true;
    }
    return s;
}

void screen_close(struct screen *s)
{
    if (!s)
        return;
    XWindowAttributes root;
    if (s->selected && XGetWindowAttributes(s->display, s->root, &root))
        XSelectInput(s->display, s->root, root.your_event_mask & ~StructureNotifyMask);
    damage_close(s->damage);
    capture_close(s->capture);
    frame_finish(&s->shadow);
    free(s);
}

const char *screen_method(const struct screen *s)
{
    static const char *const names[] = {"framebuffer", "shm", "getimage"};
    return names[capture_method(s->capture)];
}

bool screen_was_still(const struct screen *s)
{
    return s->still;
}

double screen_settle_ms(const struct screen *s)
{
    return s->settle_ms;
}

double screen_capture_ms(const struct screen *s)
{
    return s->capture_ms;
}

/* ---- looking ---- */

/* Takes the events that are ours. Is there anything to look at? */
static bool screen_events(struct screen *s)
{
    XEvent event;
    while (XCheckTypedWindowEvent(s->display, s->root, ConfigureNotify, &event))
        s->resized = true;
    /* These come unasked to every connection; somebody must take them, or the queue grows for ever.
     */
    while (XCheckTypedEvent(s->display, MappingNotify, &event))
        XRefreshKeyboardMapping(&event.xmapping);
    bool damaged = s->damage ? damage_pending(s->damage) : clock_ms() - s->look_ms >= LOOK_BLIND_MS;
    return damaged || s->resized;
}

static bool screen_resize(struct screen *s, struct err *e)
{
    if (!capture_resize(s->capture, e))
        return false;
    struct rect whole = capture_screen(s->capture);
    frame_resize(&s->shadow, whole.width, whole.height);
    memset(s->shadow.pixels, 0, (size_t)whole.width * (size_t)whole.height * sizeof(uint32_t));
    s->dirty = whole;
    s->given = NULL;
    s->resized = false;
    return true;
}

/* Compares the pixels in AREA with the shadow and brings that up to date. */
static bool screen_compare(struct screen *s, struct rect area, struct changes *changes)
{
    struct capture_view view;
    area = rect_common(area, capture_screen(s->capture));
    if (rect_empty(area))
        return true;
    if (!capture_read(s->capture, area, &view))
        return false;
    changes_take(changes, &s->shadow, area, view.pixels, view.stride);
    return true;
}

static bool screen_compare_damaged(struct screen *s, struct changes *changes)
{
    struct rect rects[DAMAGE_RECTS_MAX];
    int count = s->damage ? damage_take(s->damage, rects) : 1;
    if (!s->damage)
        rects[0] = capture_screen(s->capture);
    if (count > READS_MAX && capture_method(s->capture) != CAPTURE_FRAMEBUFFER) {
        for (int i = 1; i < count; i++)
            rects[0] = rect_union(rects[0], rects[i]);
        count = 1;
    }
    for (int i = 0; i < count; i++)
        if (!screen_compare(s, rects[i], changes))
            return false;
    return true;
}

/* Brings the shadow up to date with the screen. WATCHED: tells stillness of what changed. */
static bool screen_look(struct screen *s, bool watched, struct err *e)
{
    struct changes changes = {0};
    bool whole = s->resized;
    if (whole && !screen_resize(s, e))
        return false;
    bool ok = screen_compare_damaged(s, &changes);
    if (ok && whole)
        ok = screen_compare(s, capture_screen(s->capture), &changes);
    if (!ok) { /* it has become smaller, and the event is still on its way; or else the display is
                  gone */
        if (!screen_resize(s, e))
            return false;
        if (!screen_compare(s, capture_screen(s->capture), &changes))
            return err_set(e, ERR_DISPLAY, "the screen cannot be read any more");
    }
    s->look_ms = clock_ms();
    for (int i = 0; i < changes.count; i++) {
        s->dirty = rect_union(s->dirty, changes.rects[i]);
        if (watched && stillness_change(&s->stillness, s->look_ms, changes.rects[i]))
            s->news = true;
    }
    return true;
}

static bool display_gone(struct screen *s)
{
    struct pollfd fd = {ConnectionNumber(s->display), POLLIN, 0};
    return poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL);
}

/* Looks after the server has done all that we and others have sent it so far. */
static bool screen_look_now(struct screen *s, bool watched, struct err *e)
{
    /* Asked before, so that Xlib need not find out; and after, as the mapped pixels outlive the
     * server. */
    if (!display_gone(s))
        XSync(s->display, False);
    if (display_gone(s))
        return err_set(e, ERR_DISPLAY, "the display went away");
    return !screen_events(s) || screen_look(s, watched, e);
}

/* ---- giving ---- */

/* Brings FRAME up to date with the shadow. */
static void screen_give(struct screen *s, struct frame *frame)
{
    const struct frame *shadow = &s->shadow;
    struct rect whole = frame_rect(shadow), area = whole;
    struct changes changes = {0};
    if (frame->width != whole.width || frame->height != whole.height || !frame->pixels) {
        uint64_t serial = s->serial;
        frame_copy(frame, shadow);
        s->serial = serial;
        changes.rects[changes.count++] = whole;
    } else {
        bool known = frame->pixels == s->given && frame->serial == s->serial;
        if (known)
            area = s->dirty;
        if (!rect_empty(area))
            changes_take(&changes, frame, area,
                         shadow->pixels + (size_t)area.y * (size_t)shadow->stride + area.x,
                         shadow->stride);
    }
    frame->changed = (struct rect){0};
    for (int i = 0; i < changes.count; i++)
        frame->changed = rect_union(frame->changed, changes.rects[i]);
    s->serial += changes.count > 0;
    frame->serial = s->serial;
    frame->time_ms = s->look_ms;
    s->given = frame->pixels;
    s->dirty = (struct rect){0};
    s->news = false;
}

bool screen_capture(struct screen *s, struct frame *frame, struct err *e)
{
    double begin = clock_ms();
    if (!screen_look_now(s, false, e))
        return false;
    screen_give(s, frame);
    s->capture_ms = clock_ms() - begin;
    return true;
}

/* ---- waiting ---- */

enum wake { WAKE_TIME, WAKE_CHANGE, WAKE_STOP, WAKE_GONE };

/* Waits for events of the display (or, WITH_DISPLAY being false, only for a stop), at most until
 * UNTIL_MS. */
static bool wait_for_events(struct screen *s, bool with_display, double until_ms)
{
    double left_ms = until_ms - clock_ms();
    if (left_ms <= 0)
        return true;
    struct timespec left = {(time_t)(left_ms / 1e3), (long)(fmod(left_ms, 1e3) * 1e6)};
    struct pollfd fds[2] = {{stop_fd(), POLLIN, 0},
                            {with_display ? ConnectionNumber(s->display) : -1, POLLIN, 0}};
    ppoll(fds, 2, &left, NULL);
    return !(fds[1].revents & (POLLHUP | POLLERR | POLLNVAL));
}

static enum wake screen_wait(struct screen *s, double until_ms)
{
    for (;;) {
        if (stop_requested())
            return WAKE_STOP;
        double now = clock_ms(), next_look = s->look_ms + LOOK_PAUSE_MS;
        bool changed = screen_events(s);
        if (changed && now >= next_look)
            return WAKE_CHANGE;
        if (now >= until_ms)
            return WAKE_TIME;
        double until = until_ms;
        if (changed)
            until = fmin(until, next_look);
        else if (!s->damage)
            until = fmin(until, s->look_ms + LOOK_BLIND_MS);
        if (!wait_for_events(s, !changed, until))
            return WAKE_GONE;
    }
}

/* Waits until the next change or UNTIL_MS and looks. False for a stop or a failure. */
static bool screen_watch(struct screen *s, double until_ms, struct err *e)
{
    switch (screen_wait(s, until_ms)) {
    case WAKE_STOP:
        return err_set(e, ERR_STOPPED, "stopped");
    case WAKE_GONE:
        return err_set(e, ERR_DISPLAY, "the display went away");
    case WAKE_CHANGE:
        return screen_look(s, true, e);
    case WAKE_TIME:
        break;
    }
    return screen_look_now(s, true, e); /* there may be something that is still on its way */
}

static void screen_watch_begin(struct screen *s, double now_ms)
{
    stillness_begin(&s->stillness, now_ms, rect_area(capture_screen(s->capture)));
}

/* How much longer the screen must stay as it is to count as still; 0 and less: it is. */
static double screen_restless_ms(const struct screen *s, double now_ms)
{
    double quiet = stillness_large(&s->stillness) ? SCREEN_QUIET_LARGE_MS : SCREEN_QUIET_MS;
    return quiet - stillness_quiet_ms(&s->stillness, now_ms);
}

bool screen_settle(struct screen *s, int timeout_ms, struct frame *frame, struct err *e)
{
    double begin = clock_ms(), deadline = begin + (timeout_ms > 0 ? timeout_ms : 0), now = begin;
    bool ok = true;
    screen_watch_begin(s, begin);
    s->still = false;
    do {
        ok = screen_watch(s, fmin(deadline, now + screen_restless_ms(s, now)), e);
        now = clock_ms();
        s->still = screen_restless_ms(s, now) <= 0;
    } while (ok && !s->still && now < deadline);
    stillness_end(&s->stillness, now, s->still);
    s->settle_ms = now - begin;
    return ok && screen_capture(s, frame, e);
}

bool screen_wait_change(struct screen *s, int timeout_ms, bool *changed, struct err *e)
{
    double begin = clock_ms(), deadline = begin + (timeout_ms > 0 ? timeout_ms : 0);
    bool ok = true;
    screen_watch_begin(s, begin);
    ok = screen_look_now(s, true, e);
    while (ok && !s->news && clock_ms() < deadline)
        ok = screen_watch(s, deadline, e);
    stillness_end(&s->stillness, clock_ms(), false);
    *changed = s->news;
    return ok;
}

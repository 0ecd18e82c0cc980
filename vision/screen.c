#include "vision/screen.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/stop.h"
#include "vision/before.h"
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

#define GONE "the display went away"

struct screen {
    Display *display; /* borrowed */
    Window root;
    bool selected;           /* we asked for the root window's ConfigureNotify */
    struct capture *capture; /* owned */
    struct damage *damage;   /* owned; NULL: the server has none */
    bool resized;
    double look_ms;         /* when the pixels were last looked at */
    struct rect unread;     /* where something was drawn that the frame does not have yet */
    const uint32_t *given;  /* the pixels of the frame that was given last; compared, not read */
    uint64_t serial;        /* and its serial */
    struct before before;   /* what it held, where it was brought up to date since */
    struct changes changes; /* in which it differs from the one before */
    struct stillness stillness;
    enum settled settled;
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
    before_finish(&s->before);
    free(s);
}

const char *screen_method(const struct screen *s)
{
    static const char *const names[] = {"framebuffer", "shm", "getimage"};
    return names[capture_method(s->capture)];
}

enum settled screen_settled(const struct screen *s)
{
    return s->settled;
}

bool screen_was_still(const struct screen *s)
{
    return s->settled != SETTLED_DEADLINE;
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
    s->unread = capture_screen(s->capture);
    s->resized = false;
    return true;
}

static bool frame_fits(const struct screen *s, const struct frame *frame)
{
    struct rect whole = capture_screen(s->capture);
    return frame->pixels && frame->width == whole.width && frame->height == whole.height;
}

static bool frame_is_known(const struct screen *s, const struct frame *frame)
{
    return frame_fits(s, frame) && frame->pixels == s->given && frame->serial == s->serial;
}

/* From here on FRAME is the one to be brought up to date. */
static void screen_adopt(struct screen *s, struct frame *frame)
{
    if (frame_is_known(s, frame))
        return;
    struct rect whole = capture_screen(s->capture);
    before_forget(&s->before);
    if (!frame_fits(s, frame)) {
        frame_resize(frame, whole.width, whole.height);
        memset(frame->pixels, 0, (size_t)whole.width * (size_t)whole.height * sizeof(uint32_t));
        before_lose(&s->before, whole);
    }
    frame->serial = s->serial;
    s->given = frame->pixels;
    s->unread = whole;
}

/* Writes what is new in R to the frame. */
static void frame_update(struct screen *s, struct frame *frame, struct rect area, struct rect r,
                         const struct capture_view *view)
{
    before_keep(&s->before, frame, r);
    for (int y = r.y; y < r.y + r.height; y++)
        memcpy(frame->pixels + (size_t)y * (size_t)frame->stride + r.x,
               view->pixels + (size_t)(y - area.y) * (size_t)view->stride + (r.x - area.x),
               (size_t)r.width * sizeof(uint32_t));
}

/* Compares the pixels in AREA with FRAME, and brings UPDATE, the same frame or NULL, up to date. */
static bool screen_compare(struct screen *s, const struct frame *frame, struct rect area,
                           struct changes *changes, struct frame *update)
{
    struct capture_view view;
    struct changes found = {0};
    area = rect_common(area, capture_screen(s->capture));
    if (rect_empty(area))
        return true;
    if (!capture_read(s->capture, area, &view))
        return false;
    changes_find(&found, frame, area, view.pixels, view.stride);
    for (int i = 0; i < found.count; i++) {
        changes_add(changes, found.rects[i]);
        if (update)
            frame_update(s, update, area, found.rects[i], &view);
    }
    return true;
}

/* The same where something was drawn since the last time. */
static bool screen_compare_drawn(struct screen *s, const struct frame *frame,
                                 struct changes *changes, struct frame *update)
{
    struct rect rects[DAMAGE_RECTS_MAX + 1], all = s->unread, whole = capture_screen(s->capture);
    int count = s->damage ? damage_take(s->damage, rects) : 0;
    for (int i = 0; i < count; i++)
        all = rect_union(all, rects[i]);
    rects[count++] = s->damage ? s->unread : whole;
    if (count > READS_MAX && capture_method(s->capture) != CAPTURE_FRAMEBUFFER) {
        rects[0] = all;
        count = 1;
    }
    s->unread = s->damage ? all : whole;
    for (int i = 0; i < count; i++)
        if (!screen_compare(s, frame, rects[i], changes, update))
            return false;
    s->look_ms = clock_ms();
    if (update)
        s->unread = (struct rect){0};
    return true;
}

/* Brings FRAME up to date where something was drawn. WATCHED: tells stillness of what changed. */
static bool screen_look(struct screen *s, struct frame *frame, bool watched, struct err *e)
{
    struct changes changes = {0};
    bool drawn = screen_events(s);
    if (s->resized && !screen_resize(s, e))
        return false;
    screen_adopt(s, frame);
    if (!drawn && rect_empty(s->unread))
        return true;
    if (!screen_compare_drawn(s, frame, &changes, frame)) {
        /* it has become smaller, and the event is still on its way; or else the display is gone */
        if (!screen_resize(s, e))
            return false;
        screen_adopt(s, frame);
        if (!screen_compare_drawn(s, frame, &changes, frame))
            return err_set(e, ERR_DISPLAY, "the screen cannot be read any more");
    }
    for (int i = 0; watched && i < changes.count; i++)
        stillness_change(&s->stillness, s->look_ms, changes.rects[i]);
    return true;
}

/* Has something changed that counts, as against FRAME? When in doubt, it has. */
static bool screen_differs(struct screen *s, const struct frame *frame)
{
    struct changes changes = {0};
    bool drawn = screen_events(s), differs = s->resized || !frame_is_known(s, frame);
    if (differs || (!drawn && rect_empty(s->unread)))
        return differs;
    differs = !screen_compare_drawn(s, frame, &changes, NULL);
    for (int i = 0; i < changes.count; i++)
        differs |= stillness_change(&s->stillness, s->look_ms, changes.rects[i]);
    return differs;
}

static bool display_gone(struct screen *s)
{
    struct pollfd fd = {ConnectionNumber(s->display), POLLIN, 0};
    return poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL);
}

/* Waits until the server has done all that we and others have sent it so far. */
static bool screen_sync(struct screen *s, struct err *e)
{
    /* Asked before, so that Xlib need not find out; and after, as the mapped pixels outlive the
     * server. */
    if (!display_gone(s))
        XSync(s->display, False);
    return !display_gone(s) || err_set(e, ERR_DISPLAY, GONE);
}

/* ---- giving ---- */

static void screen_give(struct screen *s, struct frame *frame)
{
    s->changes.count = 0;
    frame->changed = before_compare(&s->before, frame, &s->changes);
    s->serial += !rect_empty(frame->changed);
    frame->serial = s->serial;
    frame->time_ms = clock_ms();
}

int screen_changes(const struct screen *s, struct rect out[SCREEN_CHANGES_MAX])
{
    int count = 0;
    for (int i = 0; i < s->changes.count && count < SCREEN_CHANGES_MAX; i++)
        if (!stillness_ignores(&s->stillness, s->changes.rects[i]))
            out[count++] = s->changes.rects[i];
    return count;
}

bool screen_capture(struct screen *s, struct frame *frame, struct err *e)
{
    double begin = clock_ms();
    if (!s->damage)
        s->unread = capture_screen(s->capture);
    if (!screen_sync(s, e) || !screen_look(s, frame, false, e))
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

/* Waits until the next change, or until UNTIL_MS and for what is then still on its way. False for a
 * stop or a failure. */
static bool screen_watch(struct screen *s, double until_ms, struct err *e)
{
    switch (screen_wait(s, until_ms)) {
    case WAKE_STOP:
        return err_set(e, ERR_STOPPED, "stopped");
    case WAKE_GONE:
        return err_set(e, ERR_DISPLAY, GONE);
    case WAKE_CHANGE:
        return true;
    case WAKE_TIME:
        break;
    }
    return screen_sync(s, e);
}

static void screen_watch_begin(struct screen *s, double since_ms)
{
    stillness_begin(&s->stillness, clock_ms(), since_ms, rect_area(capture_screen(s->capture)));
}

bool screen_settle_since(struct screen *s, double since_ms, int timeout_ms, struct frame *frame,
                         struct err *e)
{
    double begin = clock_ms(), deadline = begin + (timeout_ms > 0 ? timeout_ms : 0), now = begin;
    screen_watch_begin(s, since_ms);
    /* What was drawn meanwhile. This asks the server nothing, as a question costs memory in Xlib:
     * when all of the rest lies behind, there is nothing more to do. */
    bool ok = !display_gone(s) ? screen_look(s, frame, true, e) : err_set(e, ERR_DISPLAY, GONE);
    double left = stillness_left_ms(&s->stillness, now);
    while (ok && left > 0 && now < deadline) {
        ok = screen_watch(s, fmin(deadline, now + left), e) && screen_look(s, frame, true, e);
        now = clock_ms();
        left = stillness_left_ms(&s->stillness, now);
    }
    stillness_end(&s->stillness, now, left <= 0);
    s->settled = left > 0                          ? SETTLED_DEADLINE
                 : stillness_beside(&s->stillness) ? SETTLED_BESIDE
                                                   : SETTLED_STILL;
    s->settle_ms = now - begin;
    if (ok)
        screen_give(s, frame);
    s->capture_ms = clock_ms() - now;
    return ok;
}

bool screen_settle(struct screen *s, int timeout_ms, struct frame *frame, struct err *e)
{
    return screen_settle_since(s, clock_ms(), timeout_ms, frame, e);
}

bool screen_wait_change(struct screen *s, int timeout_ms, const struct frame *frame, bool *changed,
                        struct err *e)
{
    double deadline = clock_ms() + (timeout_ms > 0 ? timeout_ms : 0);
    screen_watch_begin(s, s->stillness.since_ms);
    bool ok = screen_sync(s, e);
    *changed = ok && screen_differs(s, frame);
    while (ok && !*changed && clock_ms() < deadline) {
        ok = screen_watch(s, deadline, e);
        *changed = ok && screen_differs(s, frame);
    }
    stillness_end(&s->stillness, clock_ms(), false);
    return ok;
}

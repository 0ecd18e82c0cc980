#include "input/pace.h"

#include "base/clock.h"
#include "base/stop.h"
#include "input/barrier.h"
#include "input/idle.h"
#include "input/pause.h"

#define STRETCH    256 /* keys between two looks */
#define ASK_MS     3000
#define WATCH_MS   250  /* where nothing depends on it */
#define SLOWEST_MS 5.0  /* a key, in the slowest program that is waited for */
#define FAMILY_MS  10.0 /* a key, in a browser on a busy machine */
#define LONGEST_MS 600e3
#define ENDING_MS  300 /* from the end of its windows to its own */
#define PAUSE_MS   2

/* What a program is given that can be neither asked nor watched, and for each key. */
#define UNKNOWN_MS   100
#define UNKNOWN_RATE 1.0

void pace_begin(struct pace *p)
{
    p->window = barrier_window(p->display);
    p->process = p->window != None ? idle_process(p->display, p->window) : 0;
    p->typed = 0;
    p->moving = false;
    p->unknown = false;
}

void pace_key(struct pace *p, bool moves)
{
    p->typed++;
    p->behind++;
    p->moving = p->moving || moves;
}

bool pace_is_due(const struct pace *p)
{
    return !p->unknown && p->behind >= STRETCH;
}

static double allowed_ms(const struct pace *p, double least_ms)
{
    double ms = least_ms + SLOWEST_MS * (double)p->behind;
    return ms < LONGEST_MS ? ms : LONGEST_MS;
}

static bool is_there(Display *display, Window window)
{
    XWindowAttributes attributes;
    return window != None && XGetWindowAttributes(display, window, &attributes) &&
           attributes.map_state == IsViewable;
}

/* A process that is killed loses its windows a moment before it is gone. */
static bool has_ended(const struct pace *p)
{
    struct deadline deadline = deadline_in(ENDING_MS);
    while (idle_is_running(p->process)) {
        if (is_there(p->display, p->window) || deadline_passed(deadline))
            return false;
        pause_ms(PAUSE_MS);
    }
    return true;
}

/* After a Return or a Tab another window may have the focus by right, but in the middle of a text
 * not if the program has ended. */
static bool may_have_moved(const struct pace *p, bool more)
{
    return p->moving && (!more || !p->process || !has_ended(p));
}

static bool check_focus(struct pace *p, bool more, struct err *e)
{
    Window now = barrier_window(p->display);
    /* A program may have several windows that take turns. */
    if (idle_same_process(p->display, p->window, now, false) || may_have_moved(p, more)) {
        p->window = now;
        p->process = now != None ? idle_process(p->display, now) : 0;
        p->moving = false;
        return true;
    }
    return err_set(e, ERR_TASK, "%s while it was typed into, after %ld characters",
                   is_there(p->display, p->window) ? "the window lost the focus to another one"
                                                   : "the window went away",
                   p->typed);
}

static bool wait_and_check(struct pace *p, double watch_ms, bool more, struct err *e)
{
    if (!p->behind)
        return true;
    long taken = p->typed > p->behind ? p->typed - p->behind : 0;
    enum barrier b = barrier_wait(p->display, (int)allowed_ms(p, ASK_MS), (int)watch_ms);
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "interrupted while typing");
    p->unknown = b == BARRIER_UNKNOWN;
    if (b == BARRIER_TIMEOUT) {
        p->behind = 0; /* who waits again would wait as long again, for nothing */
        return err_set(e, ERR_TASK,
                       "the program does not take what is typed, it hangs: %ld of %ld characters "
                       "have surely arrived",
                       taken, p->typed);
    }
    return check_focus(p, more, e);
}

bool pace_check(struct pace *p, bool more, struct err *e)
{
    if (!wait_and_check(p, allowed_ms(p, WATCH_MS), more, e))
        return false;
    if (!p->unknown)
        p->behind = 0;
    return true;
}

bool pace_finish(struct pace *p, struct err *e)
{
    if (!pace_check(p, false, e))
        return false;
    if (p->typed > STRETCH && p->process)
        idle_wait_family(p->process, (int)(WATCH_MS + FAMILY_MS * (double)p->typed));
    return !stop_requested() || err_set(e, ERR_STOPPED, "interrupted while typing");
}

bool pace_wait(struct pace *p, bool more, struct err *e)
{
    if (!wait_and_check(p, allowed_ms(p, ASK_MS), more, e))
        return false;
    if (p->unknown)
        pause_ms(UNKNOWN_MS + UNKNOWN_RATE * (double)p->behind);
    p->behind = 0;
    return !stop_requested() || err_set(e, ERR_STOPPED, "interrupted while typing");
}

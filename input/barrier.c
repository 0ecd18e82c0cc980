#include "input/barrier.h"

#include "base/clock.h"
#include "base/stop.h"
#include "input/idle.h"
#include "input/pause.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>

#define DEPTH_MAX 32 /* windows between the one with the focus and its top level */
#define ROUNDS    5  /* of waiting for one that is busy: it may just be slow, or the machine */
#define LOOK_MS   100

struct ping {
    Window root, window;
    Atom protocols, ping;
    long serial;
};

static bool window_answers(Display *display, Window window, Atom ping)
{
    Atom *protocols = NULL;
    int count = 0;
    bool found = false;
    if (XGetWMProtocols(display, window, &protocols, &count)) {
        for (int i = 0; i < count; i++)
            found = found || protocols[i] == ping;
        XFree(protocols);
    }
    return found;
}

Window barrier_window(Display *display)
{
    Window window = None, root = None, child = None;
    int revert, x, y, in_x, in_y;
    unsigned mask;
    XGetInputFocus(display, &window, &revert);
    if (window != PointerRoot)
        return window;
    window = DefaultRootWindow(display); /* no window manager: the one under the pointer */
    for (int i = 0; i < DEPTH_MAX; i++) {
        if (!XQueryPointer(display, window, &root, &child, &x, &y, &in_x, &in_y, &mask) || !child)
            return window;
        window = child;
    }
    return window;
}

/* WINDOW, or the one around it that answers pings; None when there is none. */
static Window answering_window(Display *display, Window window, Atom ping)
{
    Window root = None, parent = None, *children = NULL;
    unsigned count = 0;
    for (int i = 0; i < DEPTH_MAX && window != None; i++) {
        if (window_answers(display, window, ping))
            return window;
        if (!XQueryTree(display, window, &root, &parent, &children, &count))
            return None;
        if (children)
            XFree(children);
        window = parent == root ? None : parent;
    }
    return None;
}

static Bool is_answer(Display *display, XEvent *event, XPointer argument)
{
    (void)display;
    const struct ping *p = (const struct ping *)argument;
    return event->type == ClientMessage && event->xclient.message_type == p->protocols &&
           event->xclient.format == 32 && (Atom)event->xclient.data.l[0] == p->ping &&
           event->xclient.data.l[3] == p->serial;
}

static Bool is_end(Display *display, XEvent *event, XPointer argument)
{
    (void)display;
    return event->type == DestroyNotify && event->xdestroywindow.window == *(Window *)argument;
}

/* What comes only because we listen. */
static Bool is_noise(Display *display, XEvent *event, XPointer argument)
{
    (void)display;
    return event->xany.window == *(Window *)argument && event->type >= CreateNotify &&
           event->type <= CirculateNotify;
}

/* Adds MASK to what this connection hears of WINDOW. Returns what it heard before: others may be
 * listening, too. */
static long listen(Display *display, Window window, long mask)
{
    XWindowAttributes attributes;
    if (!XGetWindowAttributes(display, window, &attributes))
        return mask;
    if (~attributes.your_event_mask & mask)
        XSelectInput(display, window, attributes.your_event_mask | mask);
    return attributes.your_event_mask;
}

static void listen_no_more(Display *display, Window window, long mask, long before)
{
    XEvent event;
    if (!(~before & mask))
        return;
    XSelectInput(display, window, before);
    XSync(display, False);
    while (XCheckIfEvent(display, &event, is_noise, (XPointer)&window))
        ;
}

/* A window that is closed has no use for keys: PING then has no window. */
static enum barrier wait_answer(Display *display, struct ping *p, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    XEvent event;
    while (!XCheckIfEvent(display, &event, is_answer, (XPointer)p)) {
        if (XCheckIfEvent(display, &event, is_end, (XPointer)&p->window)) {
            p->window = None;
            return BARRIER_PASSED;
        }
        if (deadline_passed(deadline) ||
            !pause_until_readable(ConnectionNumber(display), deadline_left_ms(deadline)))
            return BARRIER_TIMEOUT;
    }
    return BARRIER_PASSED;
}

static void send_ping(Display *display, const struct ping *p)
{
    XEvent event = {.xclient = {.type = ClientMessage,
                                .window = p->window,
                                .message_type = p->protocols,
                                .format = 32}};
    event.xclient.data.l[0] = (long)p->ping;
    event.xclient.data.l[2] = (long)p->window;
    event.xclient.data.l[3] = p->serial;
    XSendEvent(display, p->window, False, NoEventMask, &event);
}

static bool is_busy(Display *display, Window window)
{
    pid_t process = stop_requested() ? 0 : idle_process(display, window);
    return process != 0 && idle_wait(display, process, LOOK_MS) == IDLE_NO;
}

static enum barrier ping_and_wait(Display *display, struct ping *p, int timeout_ms)
{
    /* The answer goes to the root window; Qt 5 sends it to those who hear of its structure. */
    long root_before = listen(display, p->root, SubstructureNotifyMask | StructureNotifyMask);
    long window_before = listen(display, p->window, StructureNotifyMask);
    XWindowAttributes attributes;
    if (!XGetWindowAttributes(display, p->window, &attributes)) /* it went before we listened */
        p->window = None;
    else
        send_ping(display, p);
    enum barrier result = p->window ? wait_answer(display, p, timeout_ms) : BARRIER_PASSED;
    for (int i = 1; i < ROUNDS && result == BARRIER_TIMEOUT && is_busy(display, p->window); i++)
        result = wait_answer(display, p, timeout_ms);
    if (p->window != None)
        listen_no_more(display, p->window, StructureNotifyMask, window_before);
    listen_no_more(display, p->root, SubstructureNotifyMask | StructureNotifyMask, root_before);
    return result;
}

static enum barrier watch_and_wait(Display *display, Window window, int timeout_ms)
{
    pid_t process = window != None ? idle_process(display, window) : 0;
    switch (process ? idle_wait(display, process, timeout_ms) : IDLE_UNKNOWN) {
    case IDLE_YES:
        return BARRIER_PASSED;
    case IDLE_FROZEN:
        return BARRIER_TIMEOUT;
    default: /* one that is busy all the time may have taken them none the less */
        return BARRIER_UNKNOWN;
    }
}

enum barrier barrier_wait(Display *display, int ask_ms, int watch_ms)
{
    static long serial;
    struct ping p = {.root = DefaultRootWindow(display),
                     .protocols = XInternAtom(display, "WM_PROTOCOLS", False),
                     .ping = XInternAtom(display, "_NET_WM_PING", False),
                     .serial = ++serial};
    Window window = barrier_window(display);
    p.window = answering_window(display, window, p.ping);
    if (p.window != None)
        return ping_and_wait(display, &p, ask_ms);
    return watch_and_wait(display, window, watch_ms);
}

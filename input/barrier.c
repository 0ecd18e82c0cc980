#include "input/barrier.h"

#include "base/clock.h"
#include "base/stop.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <poll.h>

#define DEPTH_MAX 32 /* windows between the one with the focus and its top level */

static long ping_serial;

struct ping {
    Window root;
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

/* The window with the focus, or the one around it that answers pings; None when there is none. */
static Window answering_window(Display *display, Atom ping)
{
    Window window = None, root = None, parent = None, *children = NULL;
    unsigned count = 0;
    int revert;
    XGetInputFocus(display, &window, &revert);
    for (int i = 0; i < DEPTH_MAX && window != None && window != PointerRoot; i++) {
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

/* Notifications of the root window's children, which come only because we listen for the answer. */
static Bool is_noise(Display *display, XEvent *event, XPointer argument)
{
    (void)display;
    const struct ping *p = (const struct ping *)argument;
    return event->xany.window == p->root && event->type >= CreateNotify &&
           event->type <= CirculateNotify;
}

static bool wait_readable(int fd, int timeout_ms)
{
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = stop_fd(), .events = POLLIN}};
    poll(fds, 2, timeout_ms); /* a negative descriptor is passed over */
    return !stop_requested();
}

static enum barrier wait_answer(Display *display, struct ping *p, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    XEvent event;
    while (!XCheckIfEvent(display, &event, is_answer, (XPointer)p)) {
        if (deadline_passed(deadline) ||
            !wait_readable(ConnectionNumber(display), deadline_left_ms(deadline)))
            return BARRIER_TIMEOUT;
    }
    return BARRIER_PASSED;
}

static enum barrier send_ping(Display *display, Window window, struct ping *p, int timeout_ms)
{
    XEvent event = {
        .xclient = {
            .type = ClientMessage, .window = window, .message_type = p->protocols, .format = 32}};
    event.xclient.data.l[0] = (long)p->ping;
    event.xclient.data.l[2] = (long)window;
    event.xclient.data.l[3] = p->serial;
    XSendEvent(display, window, False, NoEventMask, &event);
    return wait_answer(display, p, timeout_ms);
}

enum barrier barrier_wait(Display *display, int timeout_ms)
{
    struct ping p = {.root = DefaultRootWindow(display),
                     .protocols = XInternAtom(display, "WM_PROTOCOLS", False),
                     .ping = XInternAtom(display, "_NET_WM_PING", False),
                     .serial = ++ping_serial};
    XWindowAttributes attributes;
    Window window = answering_window(display, p.ping);
    if (window == None || !XGetWindowAttributes(display, p.root, &attributes))
        return BARRIER_UNKNOWN;

    /* The answer goes to the root window. Others on this connection may be listening there already.
     */
    long mask = attributes.your_event_mask;
    bool listening = mask & SubstructureNotifyMask;
    if (!listening)
        XSelectInput(display, p.root, mask | SubstructureNotifyMask);
    enum barrier result = send_ping(display, window, &p, timeout_ms);
    if (!listening) {
        XEvent event;
        XSelectInput(display, p.root, mask);
        XSync(display, False);
        while (XCheckIfEvent(display, &event, is_noise, (XPointer)&p))
            ;
    }
    return result;
}

bool pause_ms(double ms)
{
    struct deadline deadline = deadline_in(ms);
    while (!deadline_passed(deadline)) {
        if (!wait_readable(-1, deadline_left_ms(deadline)))
            return false;
    }
    return !stop_requested();
}

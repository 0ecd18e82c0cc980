#include "emulator/windows.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <string.h>

#define SEEN_SIDE_MIN                                                                              \
    10 /* pixels; programs keep windows of 1x1 up to 10x10 that nobody is to see */
#define CLIENT_DEPTH   3 /* how deep in its frame a client may lie */
#define TITLE_LONGS    256
#define WATCHED_EVENTS (SubstructureNotifyMask | PropertyChangeMask)

static bool window_seen(Display *display, Window window, int width, int height)
{
    XWindowAttributes w;
    return XGetWindowAttributes(display, window, &w) && w.map_state == IsViewable &&
           w.class == InputOutput && w.width > SEEN_SIDE_MIN && w.height > SEEN_SIDE_MIN &&
           w.x < width && w.y < height && w.x + w.width > 0 && w.y + w.height > 0;
}

void windows_list(Display *display, struct windows *out)
{
    Window root = DefaultRootWindow(display), ignored, *children = NULL;
    unsigned count = 0;
    XWindowAttributes screen;
    out->count = 0;
    if (!XGetWindowAttributes(display, root, &screen) ||
        !XQueryTree(display, root, &ignored, &ignored, &children, &count))
        return;
    for (unsigned i = 0; i < count && out->count < WINDOWS_MAX; i++)
        if (window_seen(display, children[i], screen.width, screen.height))
            out->items[out->count++] = children[i];
    if (children)
        XFree(children);
}

bool windows_hold(const struct windows *w, Window window)
{
    for (int i = 0; i < w->count; i++)
        if (w->items[i] == window)
            return true;
    return false;
}

/* A property of 32-bit values; their first one in OUT. */
static bool property_first(Display *display, Window window, const char *name, Atom type,
                           unsigned long *out)
{
    Atom property = XInternAtom(display, name, False), actual = None;
    int format = 0;
    unsigned long count = 0, left;
    unsigned char *data = NULL;
    if (XGetWindowProperty(display, window, property, 0, 1, False, type, &actual, &format, &count,
                           &left, &data) != Success)
        return false;
    bool ok = actual == type && format == 32 && count == 1;
    if (ok)
        memcpy(out, data, sizeof *out); /* Xlib gives 32-bit values as longs */
    if (data)
        XFree(data);
    return ok;
}

static pid_t process_below(Display *display, Window window, int depth)
{
    unsigned long pid = 0;
    if (property_first(display, window, "_NET_WM_PID", XA_CARDINAL, &pid))
        return (pid_t)pid;
    Window ignored, *children = NULL;
    unsigned count = 0;
    if (depth == 0 || !XQueryTree(display, window, &ignored, &ignored, &children, &count))
        return 0;
    pid_t found = 0;
    for (unsigned i = 0; i < count && i < WINDOWS_MAX && !found; i++)
        found = process_below(display, children[i], depth - 1);
    if (children)
        XFree(children);
    return found;
}

pid_t window_process(Display *display, Window window)
{
    return process_below(display, window, CLIENT_DEPTH);
}

/* A window that gets no frame, no focus and no place of its own choice. */
static Window probe_create(Display *display, Window root)
{
    XSizeHints size = {.flags = USPosition | USSize, .width = 1, .height = 1};
    XWMHints hints = {.flags = InputHint, .input = False};
    Atom kind = XInternAtom(display, "_NET_WM_WINDOW_TYPE_DOCK", False);
    Window probe = XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, 0, 0);
    XSetWMNormalHints(display, probe, &size);
    XSetWMHints(display, probe, &hints);
    XChangeProperty(display, probe, XInternAtom(display, "_NET_WM_WINDOW_TYPE", False), XA_ATOM, 32,
                    PropModeReplace, (unsigned char *)&kind, 1);
    return probe;
}

bool windows_managed(Display *display, Window *probe)
{
    Window root = DefaultRootWindow(display);
    XWindowAttributes w;
    if (!XGetWindowAttributes(display, root, &w) || !(w.all_event_masks & SubstructureRedirectMask))
        return false; /* nobody wants to manage; our window would be shown by the server itself */
    if (*probe == None)
        *probe = probe_create(display, root);
    if (!XGetWindowAttributes(display, *probe, &w) || w.map_state != IsViewable) {
        XMapWindow(display, *probe);
        XFlush(display);
        return false;
    }
    XDestroyWindow(display, *probe);
    XSync(display, False);
    *probe = None;
    return true;
}

long windows_watch(Display *display)
{
    Window root = DefaultRootWindow(display);
    XWindowAttributes w;
    if (!XGetWindowAttributes(display, root, &w))
        return 0;
    XSelectInput(display, root, w.your_event_mask | WATCHED_EVENTS);
    return WATCHED_EVENTS & ~w.your_event_mask;
}

void windows_unwatch(Display *display, long added)
{
    Window root = DefaultRootWindow(display);
    XWindowAttributes w;
    if (added && XGetWindowAttributes(display, root, &w))
        XSelectInput(display, root, w.your_event_mask & ~added);
    XSync(display, False);
    windows_events_drop(display);
}

static Bool event_watched(Display *display, XEvent *event, XPointer root)
{
    (void)display;
    if (event->xany.window != *(const Window *)(const void *)root)
        return False;
    switch (event->type) {
    case PropertyNotify:
    case CreateNotify:
    case DestroyNotify:
    case MapNotify:
    case UnmapNotify:
    case ReparentNotify:
    case GravityNotify:
    case CirculateNotify:
        return True;
    case ConfigureNotify: /* the root's own tells the eyes of another size */
        return event->xconfigure.window != event->xconfigure.event;
    default:
        return False;
    }
}

bool windows_events_drop(Display *display)
{
    XEvent event;
    Window root = DefaultRootWindow(display);
    bool any = false;
    while (XCheckIfEvent(display, &event, event_watched, (XPointer)&root))
        any = true;
    return any;
}

/* ---- titles ---- */

static void text_copy(char *out, size_t size_bytes, const char *text, size_t length)
{
    if (length >= size_bytes)
        length = size_bytes - 1;
    memcpy(out, text, length);
    out[length] = '\0';
    /* Not half a character at the end: back to its first byte, and that goes if the rest does not
     * follow. */
    size_t start = length;
    while (start > 0 && length - start < 4 && ((unsigned char)out[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char first = (unsigned char)out[start - 1];
    size_t needs = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first >= 0xc0 && length - (start - 1) < needs)
        out[start - 1] = '\0';
}

static bool title_modern(Display *display, Window window, char *out, size_t size_bytes)
{
    Atom property = XInternAtom(display, "_NET_WM_NAME", False);
    Atom utf8 = XInternAtom(display, "UTF8_STRING", False), actual = None;
    int format = 0;
    unsigned long count = 0, left;
    unsigned char *data = NULL;
    if (XGetWindowProperty(display, window, property, 0, TITLE_LONGS, False, utf8, &actual, &format,
                           &count, &left, &data) != Success)
        return false;
    bool ok = actual == utf8 && format == 8 && count > 0;
    if (ok)
        text_copy(out, size_bytes, (const char *)data, count);
    if (data)
        XFree(data);
    return ok;
}

static bool title_classic(Display *display, Window window, char *out, size_t size_bytes)
{
    XTextProperty text;
    char **list = NULL;
    int count = 0;
    if (!XGetWMName(display, window, &text))
        return false;
    bool ok = Xutf8TextPropertyToTextList(display, &text, &list, &count) >= Success && count > 0;
    if (ok)
        text_copy(out, size_bytes, list[0], strlen(list[0]));
    if (list)
        XFreeStringList(list);
    XFree(text.value);
    return ok && *out;
}

static bool title_of(Display *display, Window window, char *out, size_t size_bytes)
{
    return title_modern(display, window, out, size_bytes) ||
           title_classic(display, window, out, size_bytes);
}

/* The window at or below WINDOW that has a property of that name. */
static Window holder_below(Display *display, Window window, const char *name, Atom type, int depth,
                           unsigned long *value)
{
    if (property_first(display, window, name, type, value))
        return window;
    Window ignored, *children = NULL, found = None;
    unsigned count = 0;
    if (depth == 0 || !XQueryTree(display, window, &ignored, &ignored, &children, &count))
        return None;
    for (unsigned i = 0; i < count && i < WINDOWS_MAX && found == None; i++)
        found = holder_below(display, children[i], name, type, depth - 1, value);
    if (children)
        XFree(children);
    return found;
}

enum window_kind window_kind(Display *display, Window window)
{
    static const struct {
        const char *name;
        enum window_kind kind;
    } types[] = {{"_NET_WM_WINDOW_TYPE_DIALOG", WINDOW_DIALOG},
                 {"_NET_WM_WINDOW_TYPE_TOOLTIP", WINDOW_TOOLTIP},
                 {"_NET_WM_WINDOW_TYPE_MENU", WINDOW_MENU},
                 {"_NET_WM_WINDOW_TYPE_POPUP_MENU", WINDOW_MENU},
                 {"_NET_WM_WINDOW_TYPE_DROPDOWN_MENU", WINDOW_MENU},
                 {"_NET_WM_WINDOW_TYPE_COMBO", WINDOW_MENU}};
    unsigned long value = 0;
    if (holder_below(display, window, "_NET_WM_WINDOW_TYPE", XA_ATOM, CLIENT_DEPTH, &value) != None)
        for (size_t i = 0; i < sizeof types / sizeof *types; i++)
            if (value == XInternAtom(display, types[i].name, False))
                return types[i].kind;
    bool transient =
        holder_below(display, window, "WM_TRANSIENT_FOR", XA_WINDOW, CLIENT_DEPTH, &value) != None;
    return transient ? WINDOW_DIALOG : WINDOW_NORMAL;
}

void window_title(Display *display, Window window, char *out, size_t size_bytes)
{
    unsigned long ignored = 0;
    Window client = holder_below(display, window, "WM_STATE",
                                 XInternAtom(display, "WM_STATE", False), CLIENT_DEPTH, &ignored);
    out[0] = '\0';
    if (!title_of(display, client != None ? client : window, out, size_bytes))
        out[0] = '\0';
}

/* Without a window manager: the window with the focus, or the one around it that has a name. */
static Window focus_window(Display *display)
{
    Window window = None;
    int revert;
    XGetInputFocus(display, &window, &revert);
    return window == PointerRoot ? None : window;
}

void windows_active_title(Display *display, char *out, size_t size_bytes)
{
    Window root = DefaultRootWindow(display), parent, ignored, *children = NULL;
    unsigned long active = 0;
    unsigned count;
    if (size_bytes == 0)
        return;
    out[0] = '\0';
    if (!property_first(display, root, "_NET_ACTIVE_WINDOW", XA_WINDOW, &active))
        active = focus_window(display);
    for (int depth = 0; active && active != root && depth <= CLIENT_DEPTH; depth++) {
        if (title_of(display, active, out, size_bytes))
            return;
        if (!XQueryTree(display, active, &ignored, &parent, &children, &count))
            return;
        if (children)
            XFree(children);
        children = NULL;
        active = parent;
    }
}

void windows_title_at(Display *display, int x, int y, char *out, size_t size_bytes)
{
    Window root = DefaultRootWindow(display), window = root, child = None;
    int inner_x, inner_y;
    if (size_bytes == 0)
        return;
    out[0] = '\0';
    for (int depth = 0; depth <= CLIENT_DEPTH; depth++) {
        if (!XTranslateCoordinates(display, root, window, x, y, &inner_x, &inner_y, &child) ||
            child == None || title_of(display, child, out, size_bytes))
            return;
        window = child;
    }
}

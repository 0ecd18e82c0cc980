#include "input/selection.h"

#include "base/buf.h"
#include "base/clock.h"

#include <X11/Xatom.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEPT_MAX       24
#define KEPT_MAX_BYTES (16 << 20)
#define KEEP_MS        2000  /* for each kind of what is there, and ... */
#define KEEP_ALL_MS    5000  /* ... for all */
#define PIECE_BYTES    65536 /* of a request */

/* What is there of one kind. */
struct content {
    Atom target, type;
    int format;
    unsigned char *data; /* XFree */
    unsigned long items;
};

struct selection {
    Display *display;
    Window window;
    Atom clipboard, targets, property, incr;
    Atom texts[4]; /* the kinds of text that TEXT is given as; all are UTF-8 */
    Atom utf8;
    const char *text; /* NULL: what was there before */
    struct content kept[KEPT_MAX];
    int kept_count;
    size_t kept_bytes;
    int out;
};

/* ---- what was there ---- */

/* Asks the owner for one kind, and waits for the answer. False: it is not given, or not in time. */
static bool ask(struct selection *s, Atom target, struct deadline end)
{
    struct deadline deadline = deadline_in(KEEP_MS);
    XEvent event;
    XDeleteProperty(s->display, s->window, s->property);
    XConvertSelection(s->display, s->clipboard, target, s->property, s->window, CurrentTime);
    XSync(s->display, False);
    for (;;) {
        if (XCheckTypedWindowEvent(s->display, s->window, SelectionNotify, &event)) {
            if (event.xselection.target == target)
                return event.xselection.property != None;
            continue; /* an earlier one's, late */
        }
        if (deadline_passed(deadline) || deadline_passed(end))
            return false;
        struct pollfd fd = {.fd = ConnectionNumber(s->display), .events = POLLIN};
        poll(&fd, 1, deadline_left_ms(deadline));
    }
}

static bool get(struct selection *s, Atom target, struct deadline end, struct content *out)
{
    unsigned long left;
    *out = (struct content){.target = target};
    if (!ask(s, target, end) ||
        XGetWindowProperty(s->display, s->window, s->property, 0, KEPT_MAX_BYTES / 4, True,
                           AnyPropertyType, &out->type, &out->format, &out->items, &left,
                           &out->data) != Success)
        return false;
    size_t bytes = out->items * (size_t)(out->format / 8);
    if (out->data && out->type != s->incr && left == 0 && s->kept_bytes + bytes <= KEPT_MAX_BYTES) {
        s->kept_bytes += bytes;
        return true;
    }
    if (out->data)
        XFree(out->data);
    return false;
}

/* Is it about the selection, and no kind of what is in it? */
static bool is_about(struct selection *s, Atom target)
{
    static const char *const names[] = {"TARGETS",      "MULTIPLE",         "TIMESTAMP",
                                        "SAVE_TARGETS", "INSERT_SELECTION", "INSERT_PROPERTY",
                                        "DELETE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (target == XInternAtom(s->display, names[i], False))
            return true;
    return false;
}

static void keep(struct selection *s)
{
    struct deadline end = deadline_in(KEEP_ALL_MS);
    struct content targets;
    if (XGetSelectionOwner(s->display, s->clipboard) == None || !get(s, s->targets, end, &targets))
        return;
    const Atom *atoms = (const Atom *)(void *)targets.data;
    for (unsigned long i = 0; targets.format == 32 && i < targets.items && s->kept_count < KEPT_MAX;
         i++) {
        if (!is_about(s, atoms[i]) && get(s, atoms[i], end, &s->kept[s->kept_count]))
            s->kept_count++;
    }
    XFree(targets.data);
}

/* ---- giving ---- */

static void put(struct selection *s, Window window, Atom property, const struct content *c)
{
    size_t item = c->format == 32 ? sizeof(long) : (size_t)c->format / 8; /* as Xlib has them */
    unsigned long at = 0;
    do {
        unsigned long count = c->items - at < PIECE_BYTES ? c->items - at : PIECE_BYTES;
        XChangeProperty(s->display, window, property, c->type, c->format,
                        at ? PropModeAppend : PropModeReplace, c->data + at * item, (int)count);
        at += count;
    } while (at < c->items);
}

static bool put_targets(struct selection *s, Window window, Atom property)
{
    Atom atoms[KEPT_MAX + 1] = {s->targets};
    int count = 1;
    for (size_t i = 0; s->text && i < sizeof s->texts / sizeof *s->texts; i++)
        atoms[count++] = s->texts[i];
    for (int i = 0; !s->text && i < s->kept_count; i++)
        atoms[count++] = s->kept[i].target;
    XChangeProperty(s->display, window, property, XA_ATOM, 32, PropModeReplace,
                    (unsigned char *)atoms, count);
    return true;
}

static bool put_text(struct selection *s, Window window, Atom property, Atom target)
{
    for (size_t i = 0; i < sizeof s->texts / sizeof *s->texts; i++) {
        if (target != s->texts[i])
            continue;
        struct content c = {.type = i == 0 ? s->utf8 : target,
                            .format = 8,
                            .data = (unsigned char *)s->text,
                            .items = strlen(s->text)};
        put(s, window, property, &c);
        return true;
    }
    return false;
}

static bool put_kept(struct selection *s, Window window, Atom property, Atom target)
{
    for (int i = 0; i < s->kept_count; i++) {
        if (s->kept[i].target != target)
            continue;
        put(s, window, property, &s->kept[i]);
        return true;
    }
    return false;
}

static void say(struct selection *s, enum selection_word word, Window window)
{
    struct selection_message m = {word, window};
    if (write(s->out, &m, sizeof m) != (ssize_t)sizeof m)
        _exit(1); /* nobody is there any more */
}

static void answer(struct selection *s, const XSelectionRequestEvent *request)
{
    Atom property = request->property ? request->property : request->target; /* old programs */
    bool is_list = request->target == s->targets;
    bool ok = is_list   ? put_targets(s, request->requestor, property)
              : s->text ? put_text(s, request->requestor, property, request->target)
                        : put_kept(s, request->requestor, property, request->target);
    XEvent event = {.xselection = {.type = SelectionNotify,
                                   .requestor = request->requestor,
                                   .selection = request->selection,
                                   .target = request->target,
                                   .property = ok ? property : None,
                                   .time = request->time}};
    XSendEvent(s->display, request->requestor, False, NoEventMask, &event);
    XSync(s->display, False);
    if (ok && !is_list && s->text)
        say(s, SELECTION_GIVEN, request->requestor);
}

/* ---- the process ---- */

static int pass_over(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event; /* who asked may be gone */
    return 0;
}

static int end_at_once(Display *display)
{
    (void)display;
    _exit(0); /* not exit(): what the parent has to do at its end is not ours to do */
}

static void go_back(struct selection *s)
{
    s->text = NULL;
    if (s->kept_count == 0) {
        XSetSelectionOwner(s->display, s->clipboard, None, CurrentTime);
        XSync(s->display, False);
        _exit(0);
    }
    say(s, SELECTION_BACK, None);
}

static void handle_events(struct selection *s)
{
    while (XPending(s->display) > 0) {
        XEvent event;
        XNextEvent(s->display, &event);
        if (event.type == SelectionRequest && event.xselectionrequest.selection == s->clipboard)
            answer(s, &event.xselectionrequest);
        else if (event.type == SelectionClear && event.xselectionclear.selection == s->clipboard)
            _exit(0);
    }
}

static bool own(struct selection *s, const char *name)
{
    s->display = XOpenDisplay(name);
    if (!s->display)
        return false;
    s->window =
        XCreateSimpleWindow(s->display, DefaultRootWindow(s->display), -1, -1, 1, 1, 0, 0, 0);
    s->clipboard = XInternAtom(s->display, "CLIPBOARD", False);
    s->targets = XInternAtom(s->display, "TARGETS", False);
    s->property = XInternAtom(s->display, "HEM_CLIPBOARD", False);
    s->incr = XInternAtom(s->display, "INCR", False);
    s->utf8 = XInternAtom(s->display, "UTF8_STRING", False);
    s->texts[0] = XInternAtom(s->display, "TEXT", False);
    s->texts[1] = s->utf8;
    s->texts[2] = XInternAtom(s->display, "text/plain;charset=utf-8", False);
    s->texts[3] = XInternAtom(s->display, "text/plain", False);
    keep(s);
    XSetSelectionOwner(s->display, s->clipboard, s->window, CurrentTime);
    return XGetSelectionOwner(s->display, s->clipboard) == s->window;
}

void selection_serve(const char *name, const char *text, int in, int out)
{
    struct selection s = {.text = text, .out = out};
    char byte;
    XSetErrorHandler(pass_over);
    XSetIOErrorHandler(end_at_once);
    if (!own(&s, name))
        _exit(1);
    say(&s, SELECTION_OWNED, None);
    for (;;) {
        struct pollfd fds[] = {{.fd = ConnectionNumber(s.display), .events = POLLIN},
                               {.fd = in, .events = POLLIN}};
        handle_events(&s);
        if (poll(fds, 2, -1) > 0 && fds[1].revents) {
            if (read(in, &byte, 1) != 1)
                _exit(0);
            go_back(&s);
        }
    }
}

/*
 * recorder: a display of the test's own, and a program on it (a process of its own, as programs
 * are) that covers the screen, has the focus, and writes down what it gets. For tests of input/.
 */
#ifndef TESTS_RECORDER_H
#define TESTS_RECORDER_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "input/keymap.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SCREEN_WIDTH  640
#define SCREEN_HEIGHT 480

struct xserver {
    pid_t pid;
    char name[16];
};

struct recorder {
    pid_t pid;
    int pipe;     /* what it wrote down */
    Display *ask; /* to ask for it */
    Window window;
    bool slow;        /* takes a moment over each key, as a busy program does */
    bool answers;     /* knows _NET_WM_PING */
    struct buf text;  /* the characters of the keys pressed since the last recorder_read */
    struct buf log;   /* and all events: `+Control_L +s -s -Control_L`, `+1@5,6`, `m7,8` */
    double times[64]; /* of the first button presses, ms */
    int time_count;
};

static inline void moment(void) /* between two looks at a condition */
{
    struct timespec t = {0, 2000000};
    nanosleep(&t, NULL);
}

/* Forks; the child ends with this process, and has nothing on its standard output and error. */
static inline pid_t child_fork(void)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int null = open("/dev/null", O_RDWR);
        if (getppid() != parent || null < 0)
            _exit(126);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
    }
    return pid;
}

/* Waits until it ends by itself; after SECONDS it is killed, and false. */
static inline bool child_ends(pid_t pid, int seconds)
{
    struct deadline deadline = deadline_in(seconds * 1e3);
    while (waitpid(pid, NULL, WNOHANG) == 0) {
        if (deadline_passed(deadline)) {
            kill(pid, SIGKILL);
            waitpid(pid, NULL, 0);
            return false;
        }
        moment();
    }
    return true;
}

static inline void child_end(pid_t pid)
{
    if (pid > 0) {
        kill(pid, SIGTERM);
        waitpid(pid, NULL, 0);
    }
}

static inline bool xserver_start(struct xserver *x)
{
    int ends[2];
    char number[8] = "", fd[16], size[32];
    if (pipe(ends) != 0)
        return false;
    snprintf(fd, sizeof fd, "%d", ends[1]);
    snprintf(size, sizeof size, "%dx%dx24", SCREEN_WIDTH, SCREEN_HEIGHT);
    x->pid = child_fork();
    if (x->pid == 0) {
        execlp("Xvfb", "Xvfb", "-displayfd", fd, "-screen", "0", size, "-nolisten", "tcp",
               "-noreset", "-extension", "GLX", NULL);
        _exit(127);
    }
    close(ends[1]);
    size_t n = 0;
    while (n < sizeof number - 1 && read(ends[0], number + n, 1) == 1 && number[n] != '\n')
        n++;
    close(ends[0]);
    number[n] = '\0';
    if (n == 0)
        return false;
    snprintf(x->name, sizeof x->name, ":%s", number);
    setenv("DISPLAY", x->name, 1);
    unsetenv("XAUTHORITY");
    return true;
}

/* Runs a program to its end; its exit status. */
static inline int run(const char *program, ...)
{
    char *argv[16] = {(char *)program};
    va_list arguments;
    int status;
    va_start(arguments, program);
    for (int i = 1; i < 15 && (argv[i] = va_arg(arguments, char *)); i++)
        ;
    va_end(arguments);
    pid_t pid = child_fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* ---- the recording program ---- */

static inline void record_key(struct recorder *r, XKeyEvent *event)
{
    KeySym keysym;
    char bytes[32];
    int length = XLookupString(event, bytes, sizeof bytes, &keysym, NULL);
    const char *name = XKeysymToString(XLookupKeysym(event, 0));
    buf_addf(&r->log, "%c%s ", event->type == KeyPress ? '+' : '-', name ? name : "?");
    if (event->type != KeyPress)
        return;
    uint32_t character = keysym_character((uint32_t)keysym);
    if (keysym == XK_Return)
        buf_add(&r->text, "\n");
    else if (keysym == XK_Tab)
        buf_add(&r->text, "\t");
    else if (character >= ' ' && character != 127)
        utf8_put(character, &r->text);
    else if (length == 1 && bytes[0] >= ' ' && bytes[0] < 127) /* the number pad's */
        buf_add_char(&r->text, bytes[0]);
}

static inline void record_button(struct recorder *r, const XButtonEvent *event)
{
    buf_addf(&r->log, "%c", event->type == ButtonPress ? '+' : '-');
    if (event->state & ControlMask)
        buf_add(&r->log, "Ctrl+");
    if (event->state & ShiftMask)
        buf_add(&r->log, "Shift+");
    buf_addf(&r->log, "%u@%d,%d ", event->button, event->x, event->y);
    if (event->type == ButtonPress && r->time_count < 64)
        r->times[r->time_count++] = (double)event->time;
}

static inline void record_report(struct recorder *r)
{
    struct buf out = {0};
    buf_addf(&out, "%zu %zu %d\n", r->text.length, r->log.length, r->time_count);
    buf_add(&out, buf_text(&r->text));
    buf_add(&out, buf_text(&r->log));
    for (int i = 0; i < r->time_count; i++)
        buf_addf(&out, "%.0f ", r->times[i]);
    buf_addf(&out, "%c", '\0' + 1);
    for (size_t done = 0; done < out.length;) {
        ssize_t n = write(r->pipe, out.text + done, out.length - done);
        if (n <= 0)
            _exit(1);
        done += (size_t)n;
    }
    buf_finish(&out);
    buf_reset(&r->text);
    buf_reset(&r->log);
    r->time_count = 0;
}

static inline void record_message(struct recorder *r, Display *display, XEvent *event, Atom ping)
{
    if ((Atom)event->xclient.data.l[0] != ping) {
        record_report(r);
        return;
    }
    event->xclient.window = DefaultRootWindow(display);
    XSendEvent(display, event->xclient.window, False,
               SubstructureNotifyMask | SubstructureRedirectMask, event);
}

static inline void record_event(struct recorder *r, Display *display, XEvent *event, Atom ping)
{
    switch (event->type) {
    case KeyPress:
    case KeyRelease:
        if (r->slow)
            moment();
        record_key(r, &event->xkey);
        break;
    case ButtonPress:
    case ButtonRelease:
        record_button(r, &event->xbutton);
        break;
    case MotionNotify:
        buf_addf(&r->log, "m%d,%d ", event->xmotion.x, event->xmotion.y);
        break;
    case MappingNotify:
        XRefreshKeyboardMapping(&event->xmapping);
        break;
    case ClientMessage:
        record_message(r, display, event, ping);
        break;
    default:
        break;
    }
}

static inline void record(struct recorder *r)
{
    XEvent event;
    Display *display = XOpenDisplay(NULL);
    if (!display)
        _exit(1);
    XSetWindowAttributes attributes = {.override_redirect = True,
                                       .event_mask = KeyPressMask | KeyReleaseMask |
                                                     ButtonPressMask | ButtonReleaseMask |
                                                     PointerMotionMask | ExposureMask};
    Window window = XCreateWindow(display, DefaultRootWindow(display), 0, 0, SCREEN_WIDTH,
                                  SCREEN_HEIGHT, 0, CopyFromParent, InputOutput, CopyFromParent,
                                  CWOverrideRedirect | CWEventMask, &attributes);
    Atom ping = XInternAtom(display, "_NET_WM_PING", False);
    if (r->answers)
        XSetWMProtocols(display, window, &ping, 1);
    XMapRaised(display, window);
    do
        XNextEvent(display, &event);
    while (event.type != Expose);
    XSetInputFocus(display, window, RevertToPointerRoot, CurrentTime);
    XSync(display, False);
    if (write(r->pipe, &window, sizeof window) != (ssize_t)sizeof window)
        _exit(1);
    for (;;) {
        XNextEvent(display, &event);
        record_event(r, display, &event, ping);
    }
}

/* ---- what tests call ---- */

/* Set `slow` and `answers` before. */
static inline bool recorder_start(struct recorder *r)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    r->pid = child_fork();
    if (r->pid == 0) {
        close(ends[0]);
        r->pipe = ends[1];
        record(r);
    }
    close(ends[1]);
    r->pipe = ends[0];
    if (read(r->pipe, &r->window, sizeof r->window) != (ssize_t)sizeof r->window)
        return false;
    r->ask = XOpenDisplay(NULL);
    return r->ask != NULL;
}

/* What it got since the last time. It is asked in the order of its events, so that all that was
 * sent is in it. */
static inline bool recorder_read(struct recorder *r)
{
    XEvent event = {.xclient = {.type = ClientMessage, .window = r->window, .format = 32}};
    struct buf in = {0};
    char c;
    size_t text, log;
    int at = 0;
    event.xclient.message_type = XInternAtom(r->ask, "REPORT", False);
    XSendEvent(r->ask, r->window, False, NoEventMask, &event);
    XFlush(r->ask);
    while (read(r->pipe, &c, 1) == 1 && c != 1)
        buf_add_char(&in, c);
    buf_reset(&r->text);
    buf_reset(&r->log);
    bool ok = in.text &&
              sscanf(buf_text(&in), "%zu %zu %d%n", &text, &log, &r->time_count, &at) == 3 &&
              in.length >= (size_t)at + 1 + text + log;
    if (ok) {
        const char *rest = in.text + at + 1;
        buf_add_bytes(&r->text, rest, text);
        buf_add_bytes(&r->log, rest + text, log);
        rest += text + log;
        for (int i = 0; i < r->time_count; i++)
            r->times[i] = strtod(rest, (char **)&rest);
    }
    buf_finish(&in);
    return ok;
}

static inline void recorder_stop(struct recorder *r)
{
    child_end(r->pid);
    if (r->ask)
        XCloseDisplay(r->ask);
    close(r->pipe);
    buf_finish(&r->text);
    buf_finish(&r->log);
    *r = (struct recorder){0};
}

/* Is any key or button down on the server? */
static inline bool anything_held(Display *display)
{
    char keys[32];
    Window root, child;
    int x, y, in_x, in_y;
    unsigned mask = 0;
    XQueryKeymap(display, keys);
    for (int i = 0; i < 32; i++) {
        if (keys[i])
            return true;
    }
    XQueryPointer(display, DefaultRootWindow(display), &root, &child, &x, &y, &in_x, &in_y, &mask);
    return mask & (Button1Mask | Button2Mask | Button3Mask | ShiftMask | ControlMask | Mod1Mask);
}

/* Waits until something is; false: it never was. */
static inline bool soon_held(Display *display)
{
    struct deadline deadline = deadline_in(30e3);
    while (!anything_held(display) && !deadline_passed(deadline))
        moment();
    return anything_held(display);
}

static inline void terminate(int number)
{
    (void)number;
    raise(SIGTERM);
}

/* This process gets a SIGTERM in so many microseconds. After stop_install. */
static inline void terminate_in(int usec)
{
    struct itimerval soon = {.it_value = {.tv_usec = usec}};
    signal(SIGALRM, terminate);
    setitimer(ITIMER_REAL, &soon, NULL);
}

#endif

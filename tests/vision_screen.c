/* vision/screen: real pixels of a real Xvfb, drawn by a program of another connection or another
 * process. */
#include "base/clock.h"
#include "base/stop.h"
#include "tests/allocations.h"
#include "vision/capture.h"
#include "vision/screen.h"
#include "vision/stillness.h"

#include <X11/Xutil.h>
#include <dlfcn.h>
#include <math.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH  640
#define HEIGHT 480
#define TRIES  5 /* where a stalled machine may hide what is looked for, though not every time */

/* ---- servers ---- */

struct server {
    pid_t pid;
    char directory[64], framebuffer[96], name[32];
    Display *display;
};

static void server_exec(const char *directory, const char *screen, int pipe)
{
    char fd[16];
    snprintf(fd, sizeof fd, "%d", pipe);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (!freopen("/dev/null", "w", stderr))
        _exit(126);
    execlp("Xvfb", "Xvfb", "-displayfd", fd, "-screen", "0", screen, "-fbdir", directory,
           "-nolisten", "tcp", "-noreset", "-nocursor", "-extension", "GLX", NULL);
    _exit(127);
}

static void server_start(struct server *s, const char *screen)
{
    int ends[2];
    snprintf(s->directory, sizeof s->directory, "/tmp/hem-screen-XXXXXX");
    assert_non_null(mkdtemp(s->directory));
    snprintf(s->framebuffer, sizeof s->framebuffer, "%s/Xvfb_screen0", s->directory);
    assert_int_equal(pipe(ends), 0);
    s->pid = fork();
    if (s->pid == 0)
        server_exec(s->directory, screen, ends[1]);
    close(ends[1]);
    size_t n = 0;
    s->name[n++] = ':';
    while (n < sizeof s->name - 1 && read(ends[0], s->name + n, 1) == 1 && s->name[n] != '\n')
        n++;
    s->name[n] = '\0';
    close(ends[0]);
    s->display = XOpenDisplay(s->name);
    assert_non_null(s->display);
}

static void server_stop(struct server *s)
{
    if (s->display)
        XCloseDisplay(s->display);
    if (s->pid > 0) {
        kill(s->pid, SIGTERM);
        waitpid(s->pid, NULL, 0);
    }
    unlink(s->framebuffer);
    rmdir(s->directory);
    *s = (struct server){0};
}

static struct server server;

static int server_set_up(void **state)
{
    (void)state;
    server_start(&server, "640x480x24");
    return 0;
}

static int server_tear_down(void **state)
{
    (void)state;
    server_stop(&server);
    return 0;
}

/* ---- a program ---- */

struct painter {
    Display *display;
    Window window;
    GC gc;
};

/* A white window over the whole screen. */
static void painter_open(struct painter *p, const char *name)
{
    XSetWindowAttributes attributes = {.override_redirect = True, .background_pixel = 0xffffff};
    p->display = XOpenDisplay(name);
    p->window = XCreateWindow(p->display, DefaultRootWindow(p->display), 0, 0, WIDTH, HEIGHT, 0,
                              CopyFromParent, InputOutput, CopyFromParent,
                              CWOverrideRedirect | CWBackPixel, &attributes);
    p->gc = XCreateGC(p->display, p->window, 0, NULL);
    XMapWindow(p->display, p->window);
    XSync(p->display, False);
}

static void painter_close(struct painter *p)
{
    XFreeGC(p->display, p->gc);
    XCloseDisplay(p->display);
}

static void paint(struct painter *p, struct rect r, unsigned long color)
{
    XSetForeground(p->display, p->gc, color);
    XFillRectangle(p->display, p->window, p->gc, r.x, r.y, (unsigned)r.width, (unsigned)r.height);
    XSync(p->display, False);
}

/* Until the other connection has heard of it: the server need not tell all at the same moment. */
static void wait_until_told(Display *display)
{
    struct pollfd fd = {ConnectionNumber(display), POLLIN, 0};
    poll(&fd, 1, 10000);
}

/* What a painting process does: fills the rects in turn, TIMES times (0: for ever), in two colours,
 * PERIOD_MS apart. */
struct motion {
    int times, period_ms, count;
    struct rect rects[4];
};

static void motion_run(const struct motion *m, int started)
{
    struct painter p;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    painter_open(&p, server.name);
    if (write(started, "", 1) != 1)
        _exit(1);
    for (int i = 0; !m->times || i < m->times; i++) {
        paint(&p, m->rects[i % m->count], i / m->count % 2 ? 0xffffff : 0x204080);
        usleep((useconds_t)m->period_ms * 1000); /* the program's own pace */
    }
    paint(&p, (struct rect){0, 0, 8, 8}, 0x00aa00); /* done */
    for (;;)
        pause();
}

static pid_t motion_start(const struct motion *m)
{
    int ends[2];
    char byte;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0)
        motion_run(m, ends[1]);
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    close(ends[0]);
    return pid;
}

static void motion_stop(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void assert_rect(struct rect r, int x, int y, int width, int height)
{
    const struct rect expected = {x, y, width, height};
    if (memcmp(&r, &expected, sizeof r) != 0)
        fail_msg("%dx%d+%d+%d is not %dx%d+%d+%d", r.width, r.height, r.x, r.y, width, height, x,
                 y);
}

static uint32_t pixel(const struct frame *f, int x, int y)
{
    return f->pixels[y * f->stride + x] & 0xffffff;
}

/* ---- capture ---- */

static void test_three_ways(void **state)
{
    (void)state;
    static const enum capture_method methods[] = {CAPTURE_FRAMEBUFFER, CAPTURE_SHM,
                                                  CAPTURE_GETIMAGE};
    struct painter p;
    struct err e = {0};
    painter_open(&p, server.name);
    paint(&p, (struct rect){30, 40, 200, 150}, 0x123456);
    paint(&p, (struct rect){50, 60, 51, 7}, 0xfedcba);
    for (int i = 0; i < 3; i++) {
        struct capture_view view;
        struct capture *c = capture_open(server.display, server.framebuffer, methods[i], &e);
        assert_non_null(c);
        assert_int_equal(capture_method(c), methods[i]);
        assert_rect(capture_screen(c), 0, 0, WIDTH, HEIGHT);
        assert_true(capture_read(c, capture_screen(c), &view));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                struct point at = {x, y};
                uint32_t expected = rect_holds((struct rect){50, 60, 51, 7}, at)      ? 0xfedcba
                                    : rect_holds((struct rect){30, 40, 200, 150}, at) ? 0x123456
                                                                                      : 0xffffff;
                assert_int_equal(view.pixels[y * view.stride + x] & 0xffffff, expected);
            }
        }
        /* a part */
        assert_true(capture_read(c, (struct rect){100, 66, 3, 2}, &view));
        assert_int_equal(view.pixels[0] & 0xffffff, 0xfedcba);
        assert_int_equal(view.pixels[1] & 0xffffff, 0x123456);
        assert_int_equal(view.pixels[view.stride] & 0xffffff, 0x123456);
        /* the last pixel, and what lies outside */
        assert_true(capture_read(c, (struct rect){WIDTH - 1, HEIGHT - 1, 1, 1}, &view));
        assert_false(capture_read(c, (struct rect){WIDTH - 1, HEIGHT - 1, 2, 1}, &view));
        assert_false(capture_read(c, (struct rect){-1, 0, 2, 2}, &view));
        assert_false(capture_read(c, (struct rect){0, 0, 0, 0}, &view));
        capture_close(c);
    }
    painter_close(&p);
}

static void changed_and_serial(const char *framebuffer, const char *method)
{
    struct painter p;
    struct err e = {0};
    struct frame f = {0}, other = {0};
    painter_open(&p, server.name);
    struct screen *s = screen_open(server.display, framebuffer, &e);
    assert_non_null(s);
    assert_string_equal(screen_method(s), method);
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, 0, 0, WIDTH, HEIGHT);
    uint64_t serial = f.serial;
    /* nothing */
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, 0, 0, 0, 0);
    assert_int_equal(f.serial, serial);
    /* something, at the edges of the screen, too */
    paint(&p, (struct rect){100, 110, 20, 30}, 0x800000);
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, 100, 110, 20, 30);
    assert_true(f.serial > serial);
    paint(&p, (struct rect){WIDTH - 1, HEIGHT - 1, 1, 1}, 0x800000);
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, WIDTH - 1, HEIGHT - 1, 1, 1);
    /* drawn, but not changed; and changed, but back again */
    serial = f.serial;
    paint(&p, (struct rect){100, 110, 20, 30}, 0x800000);
    paint(&p, (struct rect){300, 300, 20, 30}, 0x800000);
    paint(&p, (struct rect){300, 300, 20, 30}, 0xffffff);
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, 0, 0, 0, 0);
    assert_int_equal(f.serial, serial);
    /* another frame gets everything, and the first is then brought up to date, too */
    paint(&p, (struct rect){10, 10, 5, 5}, 0x0000ff);
    assert_true(screen_capture(s, &other, &e));
    assert_rect(other.changed, 0, 0, WIDTH, HEIGHT);
    assert_true(screen_capture(s, &f, &e));
    assert_rect(f.changed, 10, 10, 5, 5);
    assert_memory_equal(f.pixels, other.pixels, WIDTH * HEIGHT * 4);
    assert_int_equal(pixel(&f, 12, 12), 0x0000ff);
    frame_finish(&f);
    frame_finish(&other);
    screen_close(s);
    painter_close(&p);
}

static void test_changed_and_serial(void **state)
{
    (void)state;
    changed_and_serial(server.framebuffer, "framebuffer");
    changed_and_serial(NULL, "shm");
}

/* The display is lent: what others asked for before is still asked for, and their events stay
 * theirs. */
static void test_leaves_the_connection_alone(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame f = {0};
    XWindowAttributes before, after;
    XEvent event;
    Window root = DefaultRootWindow(server.display);
    XSelectInput(server.display, root, PropertyChangeMask);
    XGetWindowAttributes(server.display, root, &before);
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    XStoreName(server.display, root, "a root window");
    assert_true(screen_settle(s, 1000, &f, &e));
    screen_close(s);
    assert_true(XCheckTypedWindowEvent(server.display, root, PropertyNotify, &event));
    XGetWindowAttributes(server.display, root, &after);
    assert_int_equal(after.your_event_mask, before.your_event_mask);
    assert_false(XPending(server.display));
    XSelectInput(server.display, root, NoEventMask);
    frame_finish(&f);
}

/* Nothing piles up in a run of hours. */
static void test_takes_what_comes_unasked(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame f = {0};
    struct painter p;
    KeySym symbol = 'a';
    painter_open(&p, server.name);
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    for (int i = 0; i < 50; i++) {
        XChangeKeyboardMapping(p.display, 248, 1, &symbol, 1);
        paint(&p, (struct rect){i, i, 20, 20}, (unsigned long)i);
    }
    assert_true(screen_settle(s, 1000, &f, &e));
    assert_int_equal(XPending(server.display), 0);
    screen_close(s);
    frame_finish(&f);
    painter_close(&p);
}

/* ---- stillness ---- */

static void test_settles_when_nothing_happens(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame f = {0};
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    assert_true(screen_settle(s, 10000, &f, &e));
    assert_true(screen_was_still(s));
    assert_int_equal(screen_settled(s), SETTLED_STILL);
    assert_true(screen_settle_ms(s) >= STILLNESS_ANSWER_MS);
    assert_int_equal(f.width, WIDTH);
    assert_true(screen_settle(s, 10000, &f, &e));
    assert_true(screen_was_still(s));
    assert_true(screen_settle_ms(s) >= STILLNESS_ANSWER_MS);
    assert_rect(f.changed, 0, 0, 0, 0);
    frame_finish(&f);
    screen_close(s);
}

/* Where nothing was done and nothing was drawn, there is nothing to wait for. */
static void test_returns_at_once(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame f = {0};
    struct painter p;
    double begin = clock_ms(), soonest = HUGE_VAL;
    painter_open(&p, server.name);
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    assert_true(screen_settle_since(s, begin, 10000, &f, &e));
    uint64_t serial = f.serial;
    long allocated = allocations;
    for (int i = 0; i < 50; i++) {
        assert_true(screen_settle_since(s, begin, 10000, &f, &e));
        assert_int_equal(screen_settled(s), SETTLED_STILL);
        soonest = fmin(soonest, screen_settle_ms(s) + screen_capture_ms(s));
    }
    assert_int_equal(f.serial, serial);
    assert_int_equal(allocations, allocated);
    assert_true(soonest < 5);
    /* what was drawn is waited for, whoever did it */
    paint(&p, (struct rect){100, 110, 20, 30}, 0x800000);
    wait_until_told(server.display);
    assert_true(allocations > allocated || !allocations); /* by Xlib: they are counted */
    assert_true(screen_settle_since(s, begin, 10000, &f, &e));
    assert_true(screen_settle_ms(s) > STILLNESS_QUIET_MS / 2.);
    assert_rect(f.changed, 100, 110, 20, 30);
    /* and so is what was done, though nothing was drawn */
    assert_true(screen_settle_since(s, clock_ms(), 10000, &f, &e));
    assert_true(screen_settle_ms(s) > STILLNESS_ANSWER_MS / 2.);
    painter_close(&p);
    screen_close(s);
    frame_finish(&f);
}

/* What has changed back while it was watched has not changed. */
static void test_changed_back(void **state)
{
    (void)state;
    const struct motion flash = {2, 30, 1, {{100, 100, 200, 50}}};
    struct err e = {0};
    struct frame f = {0};
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    pid_t pid = motion_start(&(struct motion){1, 0, 1, {{0, 0, 1, 1}}});
    assert_true(screen_settle(s, 20000, &f, &e));
    pid_t second = motion_start(&flash); /* white at last, as it was */
    assert_true(screen_settle(s, 20000, &f, &e));
    assert_rect(f.changed, 0, 0, 0, 0);
    motion_stop(second);
    motion_stop(pid);
    frame_finish(&f);
    screen_close(s);
}

/* Less time than it takes to see that nothing happens. */
static void test_deadline(void **state)
{
    (void)state;
    struct err e = {0};
    struct frame f = {0};
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    for (int ms = -1; ms <= STILLNESS_QUIET_MS / 2; ms += STILLNESS_QUIET_MS / 4) {
        bool still = true; /* so it is, if the machine stalls for so long */
        for (int i = 0; i < TRIES && still; i++) {
            assert_true(screen_settle(s, ms, &f, &e));
            still = screen_was_still(s);
            assert_int_equal(f.height, HEIGHT);
        }
        assert_false(still);
    }
    frame_finish(&f);
    screen_close(s);
}

/* Does a settle of TIMEOUT_MS beside this motion see stillness? FRAME gets what it saw. */
static bool settles_beside(struct screen *s, const struct motion *m, int timeout_ms,
                           struct frame *f)
{
    struct err e = {0};
    pid_t pid = motion_start(m);
    assert_true(screen_settle(s, timeout_ms, f, &e));
    bool still = screen_was_still(s);
    motion_stop(pid);
    return still;
}

static void test_does_not_wait_for_a_caret(void **state)
{
    (void)state;
    const struct motion caret = {0, 20, 1, {{100, 100, 1, 15}}};
    struct err e = {0};
    struct frame f = {0};
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    assert_true(settles_beside(s, &caret, 20000, &f));
    assert_true(screen_settle_ms(s) < 15000);
    frame_finish(&f);
    screen_close(s);
}

static void test_does_not_wait_for_a_spinner_for_ever(void **state)
{
    (void)state;
    const struct motion spinner = {
        0, 15, 4, {{300, 200, 10, 10}, {314, 200, 10, 10}, {314, 214, 10, 10}, {300, 214, 10, 10}}};
    struct err e = {0};
    struct frame f = {0};
    struct screen *s = screen_open(server.display, NULL, &e);
    pid_t pid = motion_start(&spinner);
    assert_true(screen_settle(s, 20000, &f, &e));
    assert_true(screen_was_still(s));
    assert_true(screen_settle(s, 20000, &f, &e));
    assert_int_equal(screen_settled(s), SETTLED_BESIDE);
    motion_stop(pid);
    frame_finish(&f);
    screen_close(s);
}

static void test_waits_while_something_happens(void **state)
{
    (void)state;
    /* a growing thing, so that it is no spinner */
    const struct motion moving = {
        0,
        10,
        4,
        {{0, 100, 100, 50}, {100, 100, 100, 50}, {200, 100, 100, 50}, {300, 100, 100, 50}}};
    struct err e = {0};
    struct frame f = {0};
    bool still = true;
    for (int i = 0; i < TRIES && still; i++) {
        struct screen *s = screen_open(server.display, server.framebuffer, &e);
        still = settles_beside(s, &moving, 300, &f);
        screen_close(s);
    }
    assert_false(still);
    frame_finish(&f);
}

static void test_sees_the_last_of_many_changes(void **state)
{
    (void)state;
    const struct motion transition = {15, 20, 1, {{50, 50, 300, 200}}};
    struct err e = {0};
    struct frame f = {0};
    bool seen = false;
    for (int i = 0; i < TRIES && !seen; i++) {
        struct screen *s = screen_open(server.display, server.framebuffer, &e);
        assert_true(settles_beside(s, &transition, 20000, &f));
        seen = pixel(&f, 4, 4) == 0x00aa00;
        screen_close(s);
    }
    assert_true(seen);
    frame_finish(&f);
}

/* ---- waiting for a change ---- */

static void test_wait_change(void **state)
{
    (void)state;
    const struct motion caret = {0, 10, 1, {{100, 100, 1, 15}}};
    const struct motion late = {1, 50, 1, {{0, 0, 1, 1}}};
    struct err e = {0};
    struct frame f = {0};
    bool changed = true;
    struct painter p;
    struct screen *s = screen_open(server.display, server.framebuffer, &e);
    painter_open(&p, server.name);
    assert_true(screen_capture(s, &f, &e));
    assert_true(screen_wait_change(s, 30, &f, &changed, &e));
    assert_false(changed);
    /* what has changed since the frame was given */
    paint(&p, (struct rect){200, 200, 40, 40}, 0x112233);
    assert_true(screen_wait_change(s, 0, &f, &changed, &e));
    assert_true(changed);
    assert_true(screen_wait_change(s, 0, &f, &changed, &e)); /* still not given */
    assert_true(changed);
    assert_true(screen_capture(s, &f, &e));
    assert_true(screen_wait_change(s, 0, &f, &changed, &e));
    assert_false(changed);
    painter_close(&p);
    /* a caret is no change; and one that comes later */
    pid_t pid = motion_start(&caret);
    assert_true(screen_settle(s, 20000, &f, &e));
    assert_true(screen_wait_change(s, 100, &f, &changed, &e));
    assert_false(changed);
    motion_stop(pid);
    pid = motion_start(&late);
    assert_true(screen_capture(s, &f, &e));
    assert_true(screen_wait_change(s, 20000, &f, &changed, &e));
    assert_true(changed);
    motion_stop(pid);
    frame_finish(&f);
    screen_close(s);
}

/* ---- when it ends ---- */

static void test_stop(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0) { /* a stop can't be taken back */
        struct err e = {0};
        struct frame f = {0};
        bool changed;
        stop_install();
        Display *display = XOpenDisplay(server.name);
        struct screen *s = screen_open(display, server.framebuffer, &e);
        stop_request();
        bool settled = screen_settle(s, 60000, &f, &e);
        bool waited = screen_wait_change(s, 60000, &f, &changed, &e);
        _exit(!settled && !waited && e.kind == ERR_STOPPED ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

static void lost_display(Display *display, void *lost)
{
    (void)display;
    *(bool *)lost = true;
}

static int ignore_io_error(Display *display)
{
    (void)display;
    return 0;
}

static void display_goes_away(bool with_framebuffer)
{
    struct server other;
    struct err e = {0};
    struct frame f = {0};
    bool lost = false, changed;
    server_start(&other, "640x480x24");
    XSetIOErrorHandler(ignore_io_error);
    XSetIOErrorExitHandler(other.display, lost_display, &lost);
    struct screen *s = screen_open(other.display, with_framebuffer ? other.framebuffer : NULL, &e);
    assert_true(screen_capture(s, &f, &e));
    kill(other.pid, SIGKILL);
    waitpid(other.pid, NULL, 0);
    other.pid = 0;
    assert_false(screen_settle(s, 60000, &f, &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    e.kind = ERR_NONE;
    assert_false(screen_wait_change(s, 60000, &f, &changed, &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    assert_false(screen_capture(s, &f, &e));
    screen_close(s);
    frame_finish(&f);
    char socket[64]; /* which a killed server leaves */
    snprintf(socket, sizeof socket, "/tmp/.X11-unix/X%s", other.name + 1);
    unlink(socket);
    server_stop(&other);
    XSetIOErrorHandler(NULL);
}

static void test_display_goes_away(void **state)
{
    (void)state;
    display_goes_away(true);
    display_goes_away(false);
}

static void test_other_depths(void **state)
{
    (void)state;
    struct server other;
    struct err e = {0};
    server_start(&other, "320x200x16");
    assert_null(screen_open(other.display, other.framebuffer, &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    assert_non_null(strstr(e.text, "depth 16"));
    assert_null(screen_open(other.display, NULL, &e));
    server_stop(&other);
}

/* The beginning of libXrandr's XRRScreenResources; that library is there with any desktop, its
 * header is not. */
struct resources {
    Time timestamp, config_timestamp;
    int crtc_count;
    XID *crtcs;
};

/* Turns the only output off, which leaves the size free, and sets the size. False when this machine
 * has no libXrandr. */
static bool resize(const char *name, int width, int height)
{
    struct resources *(*get)(Display *, Window);
    void (*set)(Display *, Window, int, int, int, int), (*release)(struct resources *);
    int (*configure)(Display *, void *, XID, Time, int, int, XID, unsigned short, XID *, int);
    void *library = dlopen("libXrandr.so.2", RTLD_NOW);
    if (!library)
        return false;
    *(void **)&get = dlsym(library, "XRRGetScreenResources");
    *(void **)&set = dlsym(library, "XRRSetScreenSize");
    *(void **)&release = dlsym(library, "XRRFreeScreenResources");
    *(void **)&configure = dlsym(library, "XRRSetCrtcConfig");
    Display *display = XOpenDisplay(name);
    Window root = DefaultRootWindow(display);
    struct resources *resources = get(display, root);
    configure(display, resources, resources->crtcs[0], CurrentTime, 0, 0, None, 1, NULL, 0);
    set(display, root, width, height, width / 4, height / 4);
    release(resources);
    XCloseDisplay(display);
    dlclose(library);
    return true;
}

static void test_resize(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        struct server other;
        struct err e = {0};
        struct frame f = {0};
        server_start(&other, "640x480x24");
        struct screen *s = screen_open(other.display, way ? other.framebuffer : NULL, &e);
        assert_true(screen_settle(s, 10000, &f, &e));
        if (!resize(other.name, 500, 300))
            skip();
        assert_true(screen_settle(s, 10000, &f, &e));
        assert_rect(frame_rect(&f), 0, 0, 500, 300);
        assert_rect(f.changed, 0, 0, 500, 300);
        resize(other.name, 600, 400);
        assert_true(screen_capture(s, &f, &e));
        assert_rect(frame_rect(&f), 0, 0, 600, 400);
        screen_close(s);
        frame_finish(&f);
        server_stop(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_ways),
        cmocka_unit_test(test_changed_and_serial),
        cmocka_unit_test(test_leaves_the_connection_alone),
        cmocka_unit_test(test_takes_what_comes_unasked),
        cmocka_unit_test(test_settles_when_nothing_happens),
        cmocka_unit_test(test_returns_at_once),
        cmocka_unit_test(test_changed_back),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_does_not_wait_for_a_caret),
        cmocka_unit_test(test_does_not_wait_for_a_spinner_for_ever),
        cmocka_unit_test(test_waits_while_something_happens),
        cmocka_unit_test(test_sees_the_last_of_many_changes),
        cmocka_unit_test(test_wait_change),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_display_goes_away),
        cmocka_unit_test(test_other_depths),
        cmocka_unit_test(test_resize),
    };
    return cmocka_run_group_tests(tests, server_set_up, server_tear_down);
}

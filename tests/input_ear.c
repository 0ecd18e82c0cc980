/* Listening to a real X server: every event, once, in order, with what is true of it. */
#include "input/ear.h"
#include "tests/person.h"
#include "tests/recorder.h"

#include <setjmp.h>
#include <stddef.h>

#include <cmocka.h>

#define HEARD_MAX 20000

static struct xserver server;
static Display *control, *data, *own;
static struct ear *ear;
static struct err error;

static struct event heard[HEARD_MAX]; /* the ear's thread's, until it is closed */
static int heard_count;

static void hear(void *self, const struct event *event)
{
    (void)self;
    if (heard_count < HEARD_MAX)
        heard[heard_count++] = *event;
}

static int open_server(void **state)
{
    (void)state;
    return xserver_start(&server) ? 0 : -1;
}

static int close_server(void **state)
{
    (void)state;
    child_end(server.pid);
    return 0;
}

static void outlive(Display *display, void *unused)
{
    (void)display;
    (void)unused;
}

static int say_nothing(Display *display)
{
    (void)display;
    return 0;
}

static Display *connection(void)
{
    Display *display = XOpenDisplay(NULL);
    XSetIOErrorHandler(say_nothing);
    if (display)
        XSetIOErrorExitHandler(display, outlive, NULL);
    return display;
}

static int listen_up(void **state)
{
    (void)state;
    heard_count = 0;
    error = (struct err){0};
    control = connection();
    data = connection();
    own = connection();
    ear = control && data && own ? ear_open(control, data, hear, NULL, &error) : NULL;
    return ear ? 0 : -1;
}

/* Everything that was done is heard by now. */
static void stop_listening(void)
{
    if (!ear_close(ear, &error))
        fail_msg("%s", error.text);
    ear = NULL;
}

static int listen_down(void **state)
{
    (void)state;
    ear_close(ear, NULL);
    if (server.pid) /* else Xlib would wait for ever */
        XCloseDisplay(data);
    XCloseDisplay(control);
    XCloseDisplay(own);
    return 0;
}

/* What was heard, as a person notes what it sends. */
static void tell(const struct event *event, struct buf *out)
{
    if (event->kind == EVENT_MOTION)
        buf_addf(out, "motion %d,%d\n", event->at.x, event->at.y);
    else
        buf_addf(out, "%s %u\n", event_name(event->kind), event->code);
}

static void tell_all(struct buf *out)
{
    for (int i = 0; i < heard_count; i++)
        tell(&heard[i], out);
}

static void file_read(const char *path, struct buf *out)
{
    char bytes[4096];
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buf_add_bytes(out, bytes, n);
    fclose(file);
}

static void test_a_person(void **state)
{
    (void)state;
    char path[] = "/tmp/hem-test-XXXXXX";
    struct buf sent = {0}, got = {0};
    close(mkstemp(path));
    pid_t person = person_start(NULL,
                                "to 100,100\nclick\nto 300,220\ndouble-click\ntype Hi, You!\n"
                                "press Ctrl+Shift+s\nwheel down 3\ndrag 200,90\nright-click\n",
                                path, 7);
    assert_int_equal(person_end(person), 0);
    stop_listening();
    file_read(path, &sent);
    unlink(path);
    tell_all(&got);
    assert_string_equal(buf_text(&got), buf_text(&sent));
    for (int i = 1; i < heard_count; i++) {
        assert_true(heard[i].mono_ms >= heard[i - 1].mono_ms);
        assert_true((int32_t)(heard[i].server_ms - heard[i - 1].server_ms) >= 0);
        assert_int_equal(strlen(heard[i].wall), strlen("2026-11-22T06:07:02.123Z"));
    }
    buf_finish(&sent);
    buf_finish(&got);
}

/* ---- a thousand a second ---- */

#define MANY     10000
#define MANY_HZ  1000
#define PER_TURN 10

/* What event I of many is: all kinds, never twice the same place. */
static void many_event(int i, struct event *out)
{
    static const unsigned keys[] = {38, 39, 40, 50, 65};
    int kind = i % 5, turn = i / 10;
    *out = (struct event){.kind = kind < 3      ? EVENT_MOTION
                                  : i % 10 == 3 ? EVENT_KEY_DOWN
                                  : i % 10 == 8 ? EVENT_KEY_UP
                                  : i % 10 == 4 ? EVENT_BUTTON_DOWN
                                                : EVENT_BUTTON_UP};
    out->code = kind == 3 ? keys[turn % 5] : kind == 4 ? 1 + (unsigned)turn % 7 : 0;
    out->at = (struct point){i % SCREEN_WIDTH, i * 7 % SCREEN_HEIGHT};
}

static void many_send(void)
{
    Display *display = XOpenDisplay(NULL);
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int i = 0; display && i < MANY; i++) {
        struct event e;
        many_event(i, &e);
        if (e.kind == EVENT_MOTION)
            XTestFakeMotionEvent(display, -1, e.at.x, e.at.y, 0);
        else if (event_is_key(e.kind))
            XTestFakeKeyEvent(display, e.code, e.kind == EVENT_KEY_DOWN, 0);
        else
            XTestFakeButtonEvent(display, e.code, e.kind == EVENT_BUTTON_DOWN, 0);
        if (i % PER_TURN != PER_TURN - 1)
            continue;
        XSync(display, False);
        next.tv_nsec += PER_TURN * (1000000000 / MANY_HZ);
        next.tv_sec += next.tv_nsec / 1000000000;
        next.tv_nsec %= 1000000000;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    _exit(display ? 0 : 1);
}

static void test_nothing_is_lost(void **state)
{
    (void)state;
    struct buf sent = {0}, got = {0};
    int status;
    pid_t pid = child_fork();
    if (pid == 0)
        many_send();
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    stop_listening();
    for (int i = 0; i < MANY; i++) {
        struct event e;
        many_event(i, &e);
        tell(&e, &sent);
    }
    tell_all(&got);
    assert_int_equal(heard_count, MANY);
    assert_true(strcmp(buf_text(&got), buf_text(&sent)) == 0);
    buf_finish(&sent);
    buf_finish(&got);
}

/* ---- what keys give ---- */

static void strike(const char *keysym, bool shift)
{
    unsigned code = XKeysymToKeycode(own, XStringToKeysym(keysym));
    unsigned shift_code = XKeysymToKeycode(own, XK_Shift_L);
    if (shift)
        XTestFakeKeyEvent(own, shift_code, True, 0);
    XTestFakeKeyEvent(own, code, True, 0);
    XTestFakeKeyEvent(own, code, False, 0);
    if (shift)
        XTestFakeKeyEvent(own, shift_code, False, 0);
    XSync(own, False);
}

/* `keysym:text` of all keys that went down, but for modifiers. */
static const char *typed(struct buf *out)
{
    for (int i = 0; i < heard_count; i++)
        if (heard[i].kind == EVENT_KEY_DOWN && !strstr(heard[i].keysym, "_L") &&
            !strstr(heard[i].keysym, "_Lock"))
            buf_addf(out, "%s:%s ", heard[i].keysym, heard[i].text);
    return buf_text(out);
}

static void test_keysyms_and_texts(void **state)
{
    (void)state;
    struct buf got = {0};
    strike("a", false);
    strike("a", true);
    strike("Caps_Lock", false);
    strike("a", false);
    strike("a", true);
    strike("1", false);
    strike("Caps_Lock", false);
    strike("Return", false);
    strike("KP_Add", false);
    strike("F5", false);
    XTestFakeKeyEvent(own, XKeysymToKeycode(own, XK_Control_L), True, 0);
    strike("s", false);
    XTestFakeKeyEvent(own, XKeysymToKeycode(own, XK_Control_L), False, 0);
    XSync(own, False);
    stop_listening();
    assert_string_equal(typed(&got), "a:a A:A A:A a:a 1:1 Return: KP_Add:+ F5: s: ");
    buf_finish(&got);
}

/* The layout is switched in the middle, as seen from the events. */
static void test_another_layout(void **state)
{
    (void)state;
    struct buf got = {0};
    unsigned code = XKeysymToKeycode(own, XK_bracketleft);
    strike("bracketleft", false);
    assert_int_equal(run("setxkbmap", "de", NULL), 0);
    XTestFakeKeyEvent(own, code, True, 0);
    XTestFakeKeyEvent(own, code, False, 0);
    XSync(own, False);
    stop_listening();
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
    assert_string_equal(typed(&got), "bracketleft:[ udiaeresis:ü ");
    buf_finish(&got);
}

/* Dead keys and letters; a click in between ends what was begun. */
static void test_composed(void **state)
{
    (void)state;
    struct buf got = {0};
    assert_int_equal(run("setxkbmap", "us", "intl", NULL), 0);
    strike("dead_acute", false);
    strike("e", false);
    strike("e", false);
    strike("dead_acute", false);
    XTestFakeButtonEvent(own, 1, True, 0);
    XTestFakeButtonEvent(own, 1, False, 0);
    strike("e", false);
    stop_listening();
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
    assert_string_equal(typed(&got), "dead_acute: e:é e:e dead_acute: e:e ");
    buf_finish(&got);
}

/* A window manager that looks at every click first holds the events back. */
static void test_what_is_held_back(void **state)
{
    (void)state;
    struct buf got = {0};
    unsigned shift = XKeysymToKeycode(own, XK_Shift_L), a = XKeysymToKeycode(own, XK_a);
    XGrabButton(control, Button1, AnyModifier, DefaultRootWindow(control), False, ButtonPressMask,
                GrabModeSync, GrabModeSync, None, None);
    XSync(control, False);
    XTestFakeMotionEvent(own, -1, 300, 200, 0);
    XTestFakeButtonEvent(own, 1, True, 0);
    XTestFakeMotionEvent(own, -1, 310, 210, 0);
    XTestFakeButtonEvent(own, 1, False, 0);
    XTestFakeKeyEvent(own, shift, True, 0);
    XTestFakeKeyEvent(own, a, True, 0);
    XTestFakeKeyEvent(own, a, False, 0);
    XTestFakeKeyEvent(own, shift, False, 0);
    XSync(own, False);
    XAllowEvents(control, ReplayPointer, CurrentTime);
    XAllowEvents(control, ReplayKeyboard, CurrentTime);
    XUngrabButton(control, Button1, AnyModifier, DefaultRootWindow(control));
    XSync(control, False);
    strike("a", false);
    stop_listening();
    assert_int_equal(heard_count, 10);
    for (int i = 0; i < heard_count; i++)
        buf_addf(&got, "%s@%d,%d/%x ", event_name(heard[i].kind), heard[i].at.x, heard[i].at.y,
                 heard[i].state);
    assert_string_equal(
        buf_text(&got),
        "motion@300,200/0 button down@300,200/0 motion@310,210/100 button up@310,210/100 "
        "key down@310,210/0 key down@310,210/1 key up@310,210/1 key up@310,210/1 "
        "key down@310,210/0 key up@310,210/0 ");
    buf_reset(&got);
    assert_string_equal(typed(&got), "A:A a:a ");
    buf_finish(&got);
}

static void test_a_display_that_goes(void **state)
{
    (void)state;
    struct deadline deadline = deadline_in(30e3);
    child_end(server.pid);
    server.pid = 0;
    while (!ear_is_deaf(ear) && !deadline_passed(deadline))
        moment();
    assert_true(ear_is_deaf(ear));
    assert_false(ear_close(ear, &error));
    ear = NULL;
    assert_int_equal(error.kind, ERR_DISPLAY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_person, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_lost, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_keysyms_and_texts, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_another_layout, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_composed, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_what_is_held_back, listen_up, listen_down),
        cmocka_unit_test_setup_teardown(test_a_display_that_goes, listen_up, listen_down),
    };
    return cmocka_run_group_tests(tests, open_server, close_server);
}

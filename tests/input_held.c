/* What is held goes up again, however the process that holds it ends: by itself, by a signal, or by
 * SIGKILL, after which the next one to have its hands on the display finds it. */
#include "input/input.h"

#include "base/stop.h"
#include "base/utf8.h"
#include "input/held.h"
#include "input/pause.h"
#include "tests/recorder.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct xserver server;
static struct recorder recorder;
static Display *display;
static struct err error;

static int open_all(void **state)
{
    (void)state;
    recorder = (struct recorder){.answers = true};
    return xserver_start(&server) && recorder_start(&recorder) && (display = XOpenDisplay(NULL))
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    XCloseDisplay(display);
    recorder_stop(&recorder);
    child_end(server.pid);
    return 0;
}

/* ---- other hems ---- */

/* A process of its own with its hands on the display, which does WORK. */
struct other {
    pid_t pid;
    int told; /* a byte comes when it holds all that it shall */
};

static void tell(int pipe)
{
    if (write(pipe, "", 1) != 1)
        _exit(2);
}

static struct other other_start(void (*work)(struct input *in, int pipe))
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct other o = {.pid = child_fork(), .told = ends[0]};
    if (o.pid == 0) {
        Display *own = XOpenDisplay(NULL);
        struct input *in = own ? input_open(own, NULL) : NULL;
        if (!in)
            _exit(2);
        stop_install();
        work(in, ends[1]);
        exit(1); /* in the middle of things, as after an error */
    }
    close(ends[1]);
    return o;
}

static void other_ready(const struct other *o)
{
    char byte;
    assert_int_equal(read(o->told, &byte, 1), 1);
}

static void other_kill(struct other *o, int signal)
{
    kill(o->pid, signal);
    waitpid(o->pid, NULL, 0);
    close(o->told);
}

static void perform(struct input *in, struct action a)
{
    if (!input_perform(in, &a, NULL))
        exit(3);
}

/* A modifier, a key and three buttons, until it is ended. */
static void hold_all(struct input *in, int pipe)
{
    static const enum button buttons[] = {BUTTON_LEFT, BUTTON_RIGHT, BUTTON_FORWARD};
    perform(in, (struct action){.kind = ACTION_MOVE, .has_at = true, .at = {300, 200}});
    perform(in, (struct action){.kind = ACTION_KEY_DOWN, .keys = "Ctrl+x"});
    for (int i = 0; i < 3; i++)
        perform(in, (struct action){.kind = ACTION_MOUSE_DOWN, .button = buttons[i]});
    tell(pipe);
    pause_ms(600e3);
}

static void hold_and_exit(struct input *in, int pipe)
{
    perform(in, (struct action){.kind = ACTION_KEY_DOWN, .keys = "Shift"});
    perform(in, (struct action){.kind = ACTION_MOUSE_DOWN, .button = BUTTON_LEFT});
    tell(pipe);
}

/* Keys that are held for a gesture only. */
static void hold_for_long(struct input *in, int pipe)
{
    tell(pipe);
    perform(in, (struct action){.kind = ACTION_HOLD, .keys = "Alt+Right", .ms = 300000});
}

/* Characters that the layout lacks, always others, so that the free keys are bound anew. */
static void type_on(struct input *in, int pipe)
{
    tell(pipe);
    for (uint32_t c = 0x4e00;; c += 50) {
        struct buf text = {0};
        for (uint32_t i = 0; i < 50; i++)
            utf8_put(c + i, &text);
        buf_add(&text, "A");
        perform(in, (struct action){.kind = ACTION_TYPE, .text = buf_text(&text)});
        buf_finish(&text);
    }
}

/* ---- what the server has ---- */

/* The first keysym of every key, as numbers. */
static char *keyboard(void)
{
    struct buf text = {0};
    XkbDescPtr map = XkbGetMap(display, XkbKeyTypesMask | XkbKeySymsMask, XkbUseCoreKbd);
    assert_non_null(map);
    for (int code = map->min_key_code; code <= map->max_key_code; code++)
        buf_addf(&text, "%d:%lx ", code,
                 XkbKeyNumGroups(map, code) ? XkbKeySymEntry(map, code, 0, 0) : 0);
    XkbFreeKeyboard(map, 0, True);
    return buf_take(&text);
}

static bool caps_locked(void)
{
    XkbStateRec s;
    XkbGetState(display, XkbUseCoreKbd, &s);
    return s.locked_mods & LockMask;
}

/* The next one to begin finds nothing in its way, and has given back what there was. */
static void next_start(void)
{
    struct input *in = input_open(display, &error);
    if (!in)
        fail_msg("%s", error.text);
    input_close(in);
}

/* The server may need a moment to see that a process which was killed is gone. */
static void next_start_releases(void)
{
    struct deadline deadline = deadline_in(30e3);
    do
        next_start();
    while (anything_held(display) && !deadline_passed(deadline));
    assert_false(anything_held(display));
}

/* ---- tests ---- */

static void test_killed(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct other o = other_start(hold_all);
        other_ready(&o);
        assert_true(recorder_read(&recorder));
        other_kill(&o, SIGKILL);
        assert_true(anything_held(display)); /* nobody else does it */
        next_start_releases();
        assert_true(recorder_read(&recorder));
        assert_string_equal(buf_text(&recorder.log), "-Ctrl+1@300,200 -Ctrl+3@300,200 "
                                                     "-Ctrl+9@300,200 -Control_L -x ");
    }
}

static void test_killed_in_a_gesture(void **state)
{
    (void)state;
    struct other o = other_start(hold_for_long);
    other_ready(&o);
    assert_true(soon_held(display));
    other_kill(&o, SIGKILL);
    assert_true(anything_held(display));
    next_start_releases();
}

static void test_killed_while_typing(void **state)
{
    (void)state;
    char *before = keyboard();
    int bound = 0;
    for (int i = 0; i < 40; i++) {
        bool caps = i % 2;
        XkbLockModifiers(display, XkbUseCoreKbd, LockMask, caps ? LockMask : 0);
        struct other o = other_start(type_on);
        other_ready(&o);
        assert_true(recorder_read(&recorder));
        for (int n = 0; n < i; n++) /* somewhere else each time */
            assert_true(recorder_read(&recorder));
        other_kill(&o, SIGKILL);
        char *left = keyboard();
        bound += strcmp(left, before) != 0;
        next_start();
        char *after = keyboard();
        assert_string_equal(after, before);
        assert_int_equal(caps_locked(), caps);
        XkbLockModifiers(display, XkbUseCoreKbd, LockMask, 0);
        assert_false(anything_held(display));
        free(left);
        free(after);
    }
    assert_true(bound > 10);
    free(before);
}

/* A layout that was loaded since is left alone. */
static void test_killed_and_another_layout(void **state)
{
    (void)state;
    struct other o = other_start(type_on);
    other_ready(&o);
    assert_true(recorder_read(&recorder));
    other_kill(&o, SIGKILL);
    assert_int_equal(run("setxkbmap", "de", NULL), 0);
    char *before = keyboard();
    next_start();
    char *after = keyboard();
    assert_string_equal(after, before);
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
    free(before);
    free(after);
}

/* What one that lives holds is its own, and so is what one that is killed beside it has left. */
static void test_others_that_live(void **state)
{
    (void)state;
    struct other lives = other_start(hold_all);
    other_ready(&lives);
    struct other dies = other_start(hold_for_long);
    other_ready(&dies);
    next_start();
    assert_true(anything_held(display));
    other_kill(&dies, SIGKILL);
    struct input *in = input_open(display, &error);
    assert_non_null(in);
    other_kill(&lives, SIGKILL);
    assert_true(anything_held(display));
    next_start_releases();
    input_close(in);
}

static void test_ended(void **state)
{
    (void)state;
    static const struct {
        void (*work)(struct input *in, int pipe);
        int signal; /* 0: by itself */
        int second; /* comes right after it; 0: none */
    } cases[] = {
        {hold_and_exit, 0, 0},      {hold_all, SIGTERM, 0},      {hold_all, SIGINT, 0},
        {hold_all, SIGHUP, 0},      {hold_for_long, SIGINT, 0},  {hold_for_long, SIGTERM, 0},
        {type_on, SIGTERM, 0},      {hold_all, SIGTERM, SIGINT}, {hold_for_long, SIGTERM, SIGINT},
        {type_on, SIGTERM, SIGINT},
    };
    char *before = keyboard();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct other o = other_start(cases[i].work);
        other_ready(&o);
        if (cases[i].work == hold_for_long)
            assert_true(soon_held(display));
        if (cases[i].second)
            kill(o.pid, cases[i].second);
        other_kill(&o, cases[i].signal);
        assert_false(anything_held(display));
        char *after = keyboard();
        assert_string_equal(after, before);
        free(after);
    }
    free(before);
}

/* What anybody may write there does no harm, and is no reason to stay away. */
static void test_notes_of_others(void **state)
{
    (void)state;
    static const int counts[] = {1, 11, 12, 13, 60, 3000};
    char *before = keyboard();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        long numbers[3000];
        for (int n = 0; n < 3000; n++)
            numbers[n] = n % 3 ? -1 : 250 + n;
        XChangeProperty(display, DefaultRootWindow(display),
                        XInternAtom(display, "_HEM_HELD_1", False), XA_CARDINAL, 32,
                        PropModeReplace, (unsigned char *)numbers, counts[i]);
        next_start();
        char *after = keyboard();
        assert_string_equal(after, before);
        free(after);
        XkbLockModifiers(display, XkbUseCoreKbd, LockMask, 0);
    }
    free(before);
}

static void test_too_many(void **state)
{
    (void)state;
    struct input *all[HELD_OWNERS_MAX];
    for (int i = 0; i < HELD_OWNERS_MAX; i++)
        assert_non_null(all[i] = input_open(display, &error));
    assert_null(input_open(display, &error));
    assert_int_equal(error.kind, ERR_DISPLAY);
    for (int i = 0; i < HELD_OWNERS_MAX; i++)
        input_close(all[i]);
    next_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_killed_in_a_gesture),
        cmocka_unit_test(test_killed_while_typing),
        cmocka_unit_test(test_killed_and_another_layout),
        cmocka_unit_test(test_others_that_live),
        cmocka_unit_test(test_ended),
        cmocka_unit_test(test_notes_of_others),
        cmocka_unit_test(test_too_many),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}

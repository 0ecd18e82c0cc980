/* emulator/desktop: real desktops with real programs, and nothing of them left behind. */
#include "base/buf.h"
#include "base/clock.h"
#include "emulator/descendants.h"
#include "emulator/desktop.h"

#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 20000 /* for a machine that has much to do; nothing waits for so long */
#define PROCESSES   64

/* ---- helpers ---- */

static struct desktop *start(void)
{
    struct desktop_options options = {.width = 800, .height = 600};
    struct err e = {0};
    struct desktop *d = desktop_start(&options, &e);
    if (!d)
        fail_msg("%s", e.text);
    return d;
}

/* Runs a shell command; what desktop_run says. */
static bool run(struct desktop *d, const char *command, struct err *e)
{
    char sh[] = "sh", c[] = "-c", *text = mem_text(command);
    char *argv[] = {sh, c, text, NULL};
    bool ok = desktop_run(d, argv, NULL, PATIENCE_MS, e);
    free(text);
    return ok;
}

static void run_well(struct desktop *d, const char *command)
{
    struct err e = {0};
    if (!run(d, command, &e))
        fail_msg("%s", e.text);
}

static void assert_within(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, text);
}

static char *file_text(const char *directory, const char *name)
{
    struct buf path = {0}, text = {0};
    char bytes[4096];
    buf_addf(&path, "%s%s%s", directory, *name ? "/" : "", name);
    int file = open(buf_text(&path), O_RDONLY);
    for (ssize_t n; file >= 0 && (n = read(file, bytes, sizeof bytes)) > 0;)
        buf_add_bytes(&text, bytes, (size_t)n);
    if (file >= 0)
        close(file);
    buf_finish(&path);
    return buf_take(&text);
}

static bool gone(pid_t pid)
{
    return kill(pid, 0) != 0 && errno == ESRCH;
}

/* All processes below this one, which are the desktops'. */
static int processes(struct process *out)
{
    return descendants_list(getpid(), out, PROCESSES);
}

static pid_t process_named(const char *name)
{
    struct process list[PROCESSES];
    int count = processes(list);
    for (int i = 0; i < count; i++) {
        char directory[32];
        snprintf(directory, sizeof directory, "/proc/%d", list[i].pid);
        char *comm = file_text(directory, "comm");
        comm[strcspn(comm, "\n")] = '\0';
        bool same = strcmp(comm, name) == 0;
        free(comm);
        if (same)
            return list[i].pid;
    }
    return 0;
}

/* Waits until the active window has this title. */
static void wait_title(struct desktop *d, const char *title)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    char now[256];
    do {
        desktop_window_title(d, now, sizeof now);
        poll(NULL, 0, 2);
    } while (strcmp(now, title) != 0 && !deadline_passed(deadline));
    assert_string_equal(now, title);
}

/* ---- start and stop ---- */

static void test_leaves_nothing(void **state)
{
    (void)state;
    struct process list[PROCESSES];
    struct desktop *d = start();
    run_well(d, "(setsid sleep 1000 &); xterm");
    char *home = mem_text(desktop_home(d)), *framebuffer = mem_text(desktop_framebuffer(d));
    char socket[64];
    snprintf(socket, sizeof socket, "/tmp/.X11-unix/X%s", desktop_name(d) + 1);
    int count = processes(list);
    assert_true(count >= 6); /* keeper, Xvfb, openbox, bus, sleep, xterm */
    assert_int_equal(access(framebuffer, R_OK), 0);
    assert_int_equal(access(socket, F_OK), 0);
    for (int i = 0; i < count; i++) /* Ctrl+C in the terminal is for us alone */
        assert_int_not_equal(getsid(list[i].pid), getsid(0));
    desktop_stop(d);
    for (int i = 0; i < count; i++)
        assert_true(gone(list[i].pid));
    assert_int_equal(processes(list), 0);
    assert_int_not_equal(access(home, F_OK), 0);
    assert_int_not_equal(access(framebuffer, F_OK), 0);
    assert_int_not_equal(access(socket, F_OK), 0);
    free(home);
    free(framebuffer);
    desktop_stop(NULL);
}

static void test_owner_is_killed(void **state)
{
    (void)state;
    struct {
        struct process list[PROCESSES];
        int count;
        char home[256];
    } told;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t owner = fork();
    if (owner == 0) {
        struct desktop *d = start();
        run_well(d, "(setsid sleep 1000 &); trap '' TERM; xterm; while :; do sleep 1000; done");
        memset(&told, 0, sizeof told);
        told.count = processes(told.list);
        snprintf(told.home, sizeof told.home, "%s", desktop_home(d));
        if (write(ends[1], &told, sizeof told) != sizeof told)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &told, sizeof told), sizeof told);
    close(ends[0]);
    assert_true(told.count >= 7);
    kill(owner, SIGKILL);
    waitpid(owner, NULL, 0);
    struct deadline deadline = deadline_in(PATIENCE_MS);
    for (int i = 0; i < told.count; i++) {
        while (!gone(told.list[i].pid) && !deadline_passed(deadline))
            poll(NULL, 0, 2);
        assert_true(gone(told.list[i].pid));
    }
    assert_int_not_equal(access(told.home, F_OK), 0);
}

static void test_two_at_once(void **state)
{
    (void)state;
    struct desktop *a = start(), *b = start();
    assert_string_not_equal(desktop_name(a), desktop_name(b));
    assert_string_not_equal(desktop_home(a), desktop_home(b));
    run_well(b, "exec xterm -T b");
    run_well(a, "exec xterm -T a");
    wait_title(a, "a");
    wait_title(b, "b");
    desktop_stop(a);
    wait_title(b, "b");
    desktop_stop(b);
}

static void test_without_manager_and_bus(void **state)
{
    (void)state;
    struct desktop_options options = {
        .width = 320, .height = 200, .window_manager = "none", .no_bus = true};
    struct err e = {0};
    struct desktop *d = desktop_start(&options, &e);
    assert_non_null(d);
    assert_int_equal(DisplayWidth(desktop_display(d), 0), 320);
    assert_int_equal(DisplayHeight(desktop_display(d), 0), 200);
    assert_int_equal(process_named("openbox"), 0);
    assert_int_equal(process_named("dbus-daemon"), 0);
    assert_true(desktop_alive(d, &e));
    run_well(d, "exec xterm -T plain");
    assert_true(desktop_alive(d, &e));
    desktop_stop(d);
}

/* ---- what programs get ---- */

static void test_environment(void **state)
{
    (void)state;
    setenv("WAYLAND_DISPLAY", "wayland-0", 1);
    setenv("XDG_CURRENT_DESKTOP", "GNOME", 1);
    setenv("GTK_MODULES", "gail", 1);
    setenv("HEM_TEST_KEPT", "kept", 1);
    struct desktop *d = start();
    struct err e = {0};
    char sh[] = "sh", c[] = "-c", extra[] = "EXTRA=two words", lang[] = "NO_AT_BRIDGE=0";
    char command[] =
        "env >$HOME/env; stat -c %a $HOME $XDG_RUNTIME_DIR >$HOME/modes; echo out; echo err >&2; "
        "test -S $XDG_RUNTIME_DIR/bus && echo bus >$HOME/bus; exec xterm";
    char *argv[] = {sh, c, command, NULL}, *more[] = {extra, lang, NULL};
    if (!desktop_run(d, argv, more, PATIENCE_MS, &e))
        fail_msg("%s", e.text);
    char *env = file_text(desktop_home(d), "env"), *modes = file_text(desktop_home(d), "modes");
    struct buf line = {0};
    buf_addf(&line, "\nHOME=%s\n", desktop_home(d));
    assert_within(env, buf_text(&line));
    buf_reset(&line);
    buf_addf(&line, "\nDISPLAY=%s\n", desktop_name(d));
    assert_within(env, buf_text(&line));
    buf_reset(&line);
    buf_addf(&line, "\nXAUTHORITY=%s\n", desktop_authority(d));
    assert_within(env, buf_text(&line));
    assert_within(env, "HEM_TEST_KEPT=kept\n");
    assert_within(env, "EXTRA=two words\n");
    assert_within(env, "NO_AT_BRIDGE=0\n"); /* the task's wins */
    assert_within(env, "LANG=");
    assert_null(strstr(env, "WAYLAND_DISPLAY"));
    assert_null(strstr(env, "XDG_CURRENT_DESKTOP"));
    assert_null(strstr(env, "GTK_MODULES"));
    assert_string_equal(modes, "700\n700\n");
    char *out = file_text(desktop_stdout_path(d), ""),
         *error = file_text(desktop_stderr_path(d), "");
    assert_string_equal(out, "out\n");
    assert_within(error, "err\n");
    char *bus = file_text(desktop_home(d), "bus");
    assert_string_equal(bus, "bus\n");
    assert_within(env, "DBUS_SESSION_BUS_ADDRESS=unix:path=");
    free(env);
    free(modes);
    free(out);
    free(error);
    free(bus);
    buf_finish(&line);
    desktop_stop(d);
}

static void test_working_directory(void **state)
{
    (void)state;
    struct desktop_options options = {.width = 320, .height = 200, .directory = "/usr/share"};
    struct err e = {0};
    struct desktop *d = desktop_start(&options, &e);
    assert_non_null(d);
    assert_false(run(d, "pwd >&2; exit 1", &e));
    assert_within(e.text, "/usr/share");
    desktop_stop(d);
}

/* A browser starts without questions, however it is called, and the user's own flags come after
 * ours. */
static void test_browser(void **state)
{
    (void)state;
    char directory[] = "/tmp/hem-desktop-XXXXXX", *old = mem_text(getenv("PATH"));
    struct buf program = {0}, path = {0};
    assert_non_null(mkdtemp(directory));
    buf_addf(&program, "%s/chromium", directory);
    int file = open(buf_text(&program), O_WRONLY | O_CREAT, 0755);
    static const char script[] = "#!/bin/sh\necho \"$@\" >>$HOME/arguments; exec xterm\n";
    assert_int_equal(write(file, script, sizeof script - 1), sizeof script - 1);
    close(file);
    buf_addf(&path, "%s:%s", directory, old);
    setenv("PATH", buf_text(&path), 1);
    setenv("CHROMIUM_FLAGS", "--mine", 1);
    struct desktop *d = start();
    struct err e = {0};
    char name[] = "chromium", page[] = "--app=file:///a b.html";
    char *by_name[] = {name, page, NULL}, *by_path[] = {program.text, page, NULL};
    assert_true(desktop_run(d, by_name, NULL, PATIENCE_MS, &e));
    assert_true(desktop_run(d, by_path, NULL, PATIENCE_MS, &e));
    run_well(d, "env chromium --third");
    char *arguments = file_text(desktop_home(d), "arguments"), *line = arguments;
    for (int i = 0; i < 3; i++) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        *end = '\0';
        assert_within(line, "--no-first-run");
        assert_within(line, i < 2 ? "--mine --start-maximized --app=file:///a b.html"
                                  : "--mine --start-maximized --third");
        assert_int_equal(strstr(line, "--no-sandbox") != NULL, geteuid() == 0);
        line = end + 1;
    }
    desktop_stop(d);
    unsetenv("CHROMIUM_FLAGS");
    setenv("PATH", old, 1);
    unlink(buf_text(&program));
    rmdir(directory);
    free(arguments);
    free(old);
    buf_finish(&program);
    buf_finish(&path);
}

/* ---- programs that do not come up ---- */

static void test_missing_program(void **state)
{
    (void)state;
    struct desktop *d = start();
    struct err e = {0};
    char name[] = "hem-no-such-program", path[] = "/no/such/program";
    char *by_name[] = {name, NULL}, *by_path[] = {path, NULL}, *none[] = {NULL};
    assert_false(desktop_run(d, by_name, NULL, PATIENCE_MS, &e));
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_within(e.text, "hem-no-such-program");
    assert_within(e.text, "No such file");
    assert_within(e.text, "package");
    assert_false(desktop_run(d, by_path, NULL, PATIENCE_MS, &e));
    assert_within(e.text, "/no/such/program");
    assert_false(desktop_run(d, none, NULL, PATIENCE_MS, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    desktop_stop(d);
}

static void test_early_ends(void **state)
{
    (void)state;
    static const struct {
        const char *command, *parts[3];
    } examples[] = {
        {"echo broken pieces >&2; exit 3", {"sh", "exited with status 3", "broken pieces"}},
        {"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo line $i >&2; done; exit 1",
         {"line 12", "line 5", "status 1"}},
        {"kill -SEGV $$", {"signal 11", "before it showed a window", ""}},
        {"exit 0", {"exited with status 0", "before it showed a window", ""}},
        {"(sleep 0.2; true) & exit 0", {"exited with status 0", "", ""}},
    };
    struct desktop *d = start();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct err e = {0};
        assert_false(run(d, examples[i].command, &e));
        assert_int_equal(e.kind, ERR_PROGRAM);
        for (int k = 0; k < 3; k++)
            assert_within(e.text, examples[i].parts[k]);
        assert_false(desktop_alive(d, &e));
    }
    desktop_stop(d);
}

static void test_no_window(void **state)
{
    (void)state;
    struct desktop *d = start();
    struct err e = {0};
    char name[] = "sleep", seconds[] = "1000";
    char *argv[] = {name, seconds, NULL};
    assert_false(desktop_run(d, argv, NULL, 50, &e));
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_within(e.text, "no window");
    desktop_stop(d);
}

/* A launcher that exits with 0 while something of it goes on and shows the window. */
static void test_launcher(void **state)
{
    (void)state;
    struct desktop *d = start();
    struct err e = {0};
    run_well(d, "(sleep 0.2; setsid xterm -T daemon) & exit 0");
    wait_title(d, "daemon");
    assert_true(desktop_alive(d, &e));
    kill(process_named("xterm"), SIGTERM);
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (desktop_alive(d, &e) && !deadline_passed(deadline))
        poll(NULL, 0, 2);
    assert_false(desktop_alive(d, &e));
    desktop_stop(d);
}

static void test_ends_later(void **state)
{
    (void)state;
    struct desktop *d = start();
    struct err e = {0};
    assert_true(desktop_alive(d, &e)); /* nothing was run, nothing has ended */
    run_well(d, "xterm; echo last words >&2; exit 7");
    assert_true(desktop_alive(d, &e));
    kill(process_named("xterm"), SIGTERM);
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (desktop_alive(d, &e) && !deadline_passed(deadline))
        poll(NULL, 0, 2);
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_within(e.text, "exited with status 7");
    assert_within(e.text, "last words");
    desktop_stop(d);
}

/* ---- desktops that do not come up ---- */

static void test_missing_parts(void **state)
{
    (void)state;
    static const struct {
        const char *present[3], *missing, *package;
    } examples[] = {
        {{NULL}, "Xvfb", "xvfb"},
        {{"Xvfb", NULL}, "openbox", "openbox"},
        {{"Xvfb", "openbox", NULL}, "dbus-daemon", "dbus-daemon"},
    };
    struct process list[PROCESSES];
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char directory[] = "/tmp/hem-desktop-XXXXXX", *old = mem_text(getenv("PATH"));
        struct err e = {0};
        struct desktop_options options = {.width = 320, .height = 200};
        assert_non_null(mkdtemp(directory));
        for (int k = 0; examples[i].present[k]; k++) {
            struct buf from = {0}, to = {0};
            buf_addf(&from, "/usr/bin/%s", examples[i].present[k]);
            buf_addf(&to, "%s/%s", directory, examples[i].present[k]);
            assert_int_equal(symlink(buf_text(&from), buf_text(&to)), 0);
            buf_finish(&from);
            buf_finish(&to);
        }
        setenv("PATH", directory, 1);
        struct desktop *d = desktop_start(&options, &e);
        setenv("PATH", old, 1);
        assert_null(d);
        assert_int_equal(e.kind, ERR_PROGRAM);
        assert_within(e.text, examples[i].missing);
        assert_within(e.text, examples[i].package);
        assert_int_equal(processes(list), 0);
        for (int k = 0; examples[i].present[k]; k++) {
            struct buf to = {0};
            buf_addf(&to, "%s/%s", directory, examples[i].present[k]);
            unlink(buf_text(&to));
            buf_finish(&to);
        }
        rmdir(directory);
        free(old);
    }
}

static void test_bad_options(void **state)
{
    (void)state;
    static const struct desktop_options sizes[] = {{.width = 0, .height = 100},
                                                   {.width = 100, .height = -1},
                                                   {.width = 100000, .height = 100}};
    struct err e = {0};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_null(desktop_start(&sizes[i], &e));
        assert_int_equal(e.kind, ERR_USAGE);
    }
    struct desktop_options manager = {.width = 100, .height = 100, .window_manager = "false"};
    assert_null(desktop_start(&manager, &e));
    assert_int_equal(e.kind, ERR_PROGRAM);
    assert_within(e.text, "false exited with status 1");
}

/* ---- the window manager ---- */

static void click(struct desktop *d, int x, int y)
{
    Display *display = desktop_display(d);
    XTestFakeMotionEvent(display, 0, x, y, CurrentTime);
    XTestFakeButtonEvent(display, 1, True, CurrentTime);
    XTestFakeButtonEvent(display, 1, False, CurrentTime);
    XSync(display, False);
}

/* New windows get the focus and lie on the screen; a click raises and focuses. */
static void test_focus(void **state)
{
    (void)state;
    struct desktop *d = start();
    run_well(d, "exec xterm -T first -geometry 40x10+0+0");
    wait_title(d, "first");
    run_well(d, "exec xterm -T second -geometry 40x10+400+300");
    wait_title(d, "second");
    click(d, 60, 60);
    wait_title(d, "first");
    click(d, 500, 400);
    wait_title(d, "second");
    desktop_stop(d);
}

/* A click reaches the program, the first one on a window that lies behind, too. */
static void test_click_reaches_the_program(void **state)
{
    (void)state;
    struct desktop *d = start();
    run_well(d, "echo 'wm geometry . 300x200+50+50; pack [button .b -text Go -command {wm title . "
                "clicked}] "
                "-fill both -expand 1' | exec wish -");
    run_well(d, "exec xterm -T front -geometry 20x5+500+400");
    wait_title(d, "front");
    click(d, 200, 150);
    wait_title(d, "clicked");
    desktop_stop(d);
}

static void test_titles(void **state)
{
    (void)state;
    struct desktop *d = start();
    char cut[8];
    run_well(d, "exec xterm -title 'Grüße €'");
    wait_title(d, "Grüße €");
    desktop_window_title(d, cut, sizeof cut);
    assert_string_equal(cut, "Grüße"); /* 7 bytes */
    desktop_window_title(d, cut, 4);
    assert_string_equal(cut, "Gr"); /* half a character is none */
    desktop_stop(d);
}

/* A window that asks for more than the screen gets what there is. */
static void test_large_window(void **state)
{
    (void)state;
    struct desktop *d = start();
    XWindowAttributes w;
    Window root, *windows = NULL, ignored;
    unsigned count;
    bool seen = false;
    run_well(d, "echo 'wm geometry . 3000x2000' | exec wish -");
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (!seen && !deadline_passed(deadline)) {
        XQueryTree(desktop_display(d), DefaultRootWindow(desktop_display(d)), &root, &ignored,
                   &windows, &count);
        for (unsigned i = 0; i < count; i++)
            seen |= XGetWindowAttributes(desktop_display(d), windows[i], &w) &&
                    w.map_state == IsViewable && w.width > 600 && w.x >= 0 && w.y >= 0 &&
                    w.x + w.width <= 800 && w.y + w.height <= 600;
        XFree(windows);
        poll(NULL, 0, 2);
    }
    assert_true(seen);
    desktop_stop(d);
}

/* ---- a display that is there ---- */

static void test_attach(void **state)
{
    (void)state;
    struct desktop *there = start();
    struct err e = {0};
    struct process before[PROCESSES], after[PROCESSES];
    XWindowAttributes root;
    run_well(there, "exec xterm -T theirs");
    wait_title(there, "theirs");
    int count = processes(before);
    setenv("XAUTHORITY", desktop_authority(there),
           1); /* as somebody who may use that display has it */
    struct desktop *d = desktop_attach(desktop_name(there), &e);
    assert_non_null(d);
    assert_string_equal(desktop_name(d), desktop_name(there));
    assert_null(desktop_home(d));
    assert_null(desktop_framebuffer(d));
    assert_null(desktop_authority(d));
    assert_null(desktop_stderr_path(d));
    assert_true(desktop_alive(d, &e));
    wait_title(d, "theirs");
    /* a program there is ours, and goes with us; their windows do not pass for its */
    assert_false(run(d, "exit 4", &e));
    assert_within(e.text, "exited with status 4");
    run_well(d, "test \"$HOME\" = \"$HEM_TEST_HOME\" && exec xterm -T ours");
    wait_title(d, "ours");
    assert_true(processes(after) > count);
    desktop_stop(d);
    wait_title(there, "theirs");
    assert_int_equal(processes(after), count);
    XGetWindowAttributes(desktop_display(there), DefaultRootWindow(desktop_display(there)), &root);
    assert_int_equal(root.your_event_mask, 0);
    desktop_stop(there);
    unsetenv("XAUTHORITY");
    assert_null(desktop_attach(":4711", &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    assert_within(e.text, ":4711");
    unsetenv("DISPLAY");
    assert_null(desktop_attach(NULL, &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
}

static void test_display_is_lost(void **state)
{
    (void)state;
    struct desktop *d = start();
    struct err e = {0};
    run_well(d, "exec xterm");
    assert_false(desktop_lost(d));
    kill(process_named("Xvfb"), SIGKILL);
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (!desktop_lost(d) && !deadline_passed(deadline))
        XSync(desktop_display(d), False);
    assert_true(desktop_lost(d));
    assert_false(desktop_alive(d, &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    assert_false(run(d, "exec xterm", &e));
    assert_int_equal(e.kind, ERR_DISPLAY);
    char title[8] = "x";
    desktop_window_title(d, title, sizeof title);
    assert_string_equal(title, "");
    char socket[64]; /* which a killed server leaves */
    snprintf(socket, sizeof socket, "/tmp/.X11-unix/X%s", desktop_name(d) + 1);
    unlink(socket);
    desktop_stop(d);
}

/* X errors are survived while there is a desktop, and the handlers of before are back afterwards.
 */
static int error_count;

static int count_error(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event;
    error_count++;
    return 0;
}

static void test_x_errors(void **state)
{
    (void)state;
    XErrorHandler old = XSetErrorHandler(count_error);
    struct desktop *d = start();
    XDestroyWindow(desktop_display(d), 0x7fffff);
    XSync(desktop_display(d), False);
    assert_int_equal(error_count, 0);
    desktop_stop(d);
    assert_ptr_equal(XSetErrorHandler(old), count_error);
}

static int set_up(void **state)
{
    (void)state;
    const char *home = getenv("HOME");
    setenv("HEM_TEST_HOME", home ? home : "", 1);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaves_nothing), cmocka_unit_test(test_owner_is_killed),
        cmocka_unit_test(test_two_at_once),    cmocka_unit_test(test_without_manager_and_bus),
        cmocka_unit_test(test_environment),    cmocka_unit_test(test_working_directory),
        cmocka_unit_test(test_browser),        cmocka_unit_test(test_missing_program),
        cmocka_unit_test(test_early_ends),     cmocka_unit_test(test_no_window),
        cmocka_unit_test(test_launcher),       cmocka_unit_test(test_ends_later),
        cmocka_unit_test(test_missing_parts),  cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_focus),          cmocka_unit_test(test_click_reaches_the_program),
        cmocka_unit_test(test_titles),         cmocka_unit_test(test_large_window),
        cmocka_unit_test(test_attach),         cmocka_unit_test(test_display_is_lost),
        cmocka_unit_test(test_x_errors),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}

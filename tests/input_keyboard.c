/* Typing on a real X server: what arrives at a window, and at real programs, is compared exactly.
 */
#include "input/input.h"

#include "base/stop.h"
#include "base/utf8.h"
#include "input/barrier.h"
#include "tests/recorder.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <locale.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static struct xserver server;
static struct err error;

struct fixture {
    struct recorder recorder;
    Display *display;
    struct input *in;
};

static struct fixture *open_fixture(bool answers, bool slow)
{
    static struct fixture f;
    f = (struct fixture){.recorder = {.answers = answers, .slow = slow}};
    assert_true(recorder_start(&f.recorder));
    f.display = XOpenDisplay(NULL);
    assert_non_null(f.display);
    error = (struct err){0};
    f.in = input_open(f.display, &error);
    assert_non_null(f.in);
    return &f;
}

static void close_fixture(struct fixture *f)
{
    input_close(f->in);
    assert_false(anything_held(f->display));
    XCloseDisplay(f->display);
    recorder_stop(&f->recorder);
}

static bool type(struct input *in, const char *text)
{
    struct action a = {.kind = ACTION_TYPE, .text = text};
    return input_perform(in, &a, &error);
}

static bool press(struct input *in, const char *keys, int repeat)
{
    struct action a = {.kind = ACTION_KEY, .repeat = repeat};
    snprintf(a.keys, sizeof a.keys, "%s", keys);
    return input_perform(in, &a, &error);
}

static void assert_types(struct fixture *f, const char *text)
{
    if (!type(f->in, text))
        fail_msg("typing \"%s\": %s", text, error.text);
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.text), text);
}

/* ---- texts ---- */

static const char *const texts[] = {
    "Ada",
    " !\"#$%&'()*+,-./0123456789:;<=>?@",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
    "two\nlines\tand a tab",
    "AbCdEfGhIjKlMnOpQrStUvWxYz aAaAaA",
    "ÀÉÎÕÜ àéîõü ß ÿ Ø ø Å å æ œ ñ ç « » ¡ ¿ § ° ± µ ¶ ½ £ ¥ €",
    "Žluťoučký kůň úpěl ďábelské ódy. Zażółć gęślą jaźń. İstanbul ığş",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "Съешь ещё этих мягких французских булок. Ґ Є І Ї",
    "日本語のテキスト 中文 한국어",
    "😀🎉👩‍💻 e\u0301 o\u0308",
    "“quotes” – dashes — … • ™ ≤ ≠ → ∑",
    "\u00a0x\u00a0",
    "עברית العربية हिन्दी ไทย",
};

static void test_texts(void **state)
{
    (void)state;
    static const char *const layouts[] = {"us", "de", "fr", "gb,ru", "us(intl)", "gr", "ch"};
    for (size_t l = 0; l < sizeof layouts / sizeof *layouts; l++) {
        assert_int_equal(run("setxkbmap", layouts[l], NULL), 0);
        struct fixture *f = open_fixture(true, false);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            assert_types(f, texts[i]);
        close_fixture(f);
    }
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
}

static void test_layout_changes_in_between(void **state)
{
    (void)state;
    struct fixture *f = open_fixture(true, false);
    assert_types(f, "yz&é@ ж");
    assert_int_equal(run("setxkbmap", "de", NULL), 0);
    assert_types(f, "yz&é@ ж");
    assert_int_equal(run("setxkbmap", "fr", NULL), 0);
    assert_types(f, "yz&é@ ж");
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
    close_fixture(f);
}

/* The characters of the layout that is not active are typed, too, and keys keep their names. */
static void test_second_group(void **state)
{
    (void)state;
    assert_int_equal(run("setxkbmap", "us,ru", NULL), 0);
    struct fixture *f = open_fixture(true, false);
    XkbLockGroup(f->display, XkbUseCoreKbd, 1);
    assert_types(f, "Hello, World! Привет? {é}");
    assert_true(press(f->in, "Ctrl+S", 1));
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.log), "+Control_L +s -s -Control_L ");
    XkbLockGroup(f->display, XkbUseCoreKbd, 0);
    assert_types(f, "Hello, World! Привет? {é}");
    close_fixture(f);
    assert_int_equal(run("setxkbmap", "us", NULL), 0);
}

static void test_caps_lock(void **state)
{
    (void)state;
    struct fixture *f = open_fixture(true, false);
    XkbStateRec keys;
    assert_true(press(f->in, "Caps_Lock", 1));
    XkbGetState(f->display, XkbUseCoreKbd, &keys);
    assert_true(keys.locked_mods & LockMask);
    assert_true(recorder_read(&f->recorder));
    assert_types(f, "Straße éÉ жЖ AaZz 19!");
    XkbGetState(f->display, XkbUseCoreKbd, &keys);
    assert_true(keys.locked_mods & LockMask);
    assert_true(press(f->in, "capslock", 1));
    XkbGetState(f->display, XkbUseCoreKbd, &keys);
    assert_false(keys.locked_mods & LockMask);
    close_fixture(f);
}

/* Far more different characters than there are free keys, so that these are bound anew while the
 * program is behind. */
static void type_many(bool answers)
{
    struct fixture *f = open_fixture(answers, true);
    struct buf text = {0};
    for (uint32_t c = 0x4E00; c < 0x4E00 + 200; c++)
        utf8_put(c, &text);
    assert_types(f, buf_text(&text));
    buf_finish(&text);
    close_fixture(f);
}

static void test_many_characters(void **state)
{
    (void)state;
    type_many(true);
}

static void test_many_characters_without_answer(void **state)
{
    (void)state;
    type_many(false);
}

/* What was typed last must arrive although the free keys are given back right after. */
static void test_close_at_once(void **state)
{
    (void)state;
    struct fixture *f = open_fixture(true, true);
    const char *text = "ЖÄÖÜ日本 and 日本";
    assert_true(type(f->in, text));
    input_close(f->in);
    f->in = NULL;
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.text), text);
    close_fixture(f);
}

static void test_mapping_is_given_back(void **state)
{
    (void)state;
    Display *display = XOpenDisplay(NULL);
    int low, high, before_width, after_width;
    XDisplayKeycodes(display, &low, &high);
    KeySym *before = XGetKeyboardMapping(display, (KeyCode)low, high - low + 1, &before_width);
    struct fixture *f = open_fixture(true, false);
    assert_types(f, "日本語 Ж ∑");
    close_fixture(f);
    KeySym *after = XGetKeyboardMapping(display, (KeyCode)low, high - low + 1, &after_width);
    assert_int_equal(before_width, after_width);
    assert_memory_equal(before, after,
                        (size_t)(high - low + 1) * (size_t)before_width * sizeof *before);
    XFree(before);
    XFree(after);
    XCloseDisplay(display);
}

static void test_bad_texts(void **state)
{
    (void)state;
    static const char *const bad[] = {"a\x1b[A", "\x07",    "half \xc3",
                                      "\xff",    "del\x7f", "\xed\xa0\x80"};
    struct fixture *f = open_fixture(true, false);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        error = (struct err){0};
        assert_false(type(f->in, bad[i]));
        assert_int_equal(error.kind, ERR_USAGE);
    }
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.log), "");
    assert_types(f, "");
    assert_types(f, "good");
    close_fixture(f);
}

/* ---- chords ---- */

static void test_chords(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int repeat;
        const char *log;
    } cases[] = {
        {"Return", 1, "+Return -Return "},
        {"Ctrl+S", 1, "+Control_L +s -s -Control_L "},
        {"CTRL+SHIFT+t", 1, "+Control_L +Shift_L +t -t -Shift_L -Control_L "},
        {"Down", 3, "+Down -Down +Down -Down +Down -Down "},
        {"Ctrl+z", 2, "+Control_L +z -z -Control_L +Control_L +z -z -Control_L "},
        {"ctrl+plus", 1, "+Control_L +Shift_L +equal -equal -Shift_L -Control_L "},
        {"Ctrl++", 1, "+Control_L +Shift_L +equal -equal -Shift_L -Control_L "},
        {"Ctrl+Shift++", 1, "+Control_L +Shift_L +equal -equal -Shift_L -Control_L "},
        {"shift+tab", 1, "+Shift_L +Tab -Tab -Shift_L "},
        {"A", 1, "+Shift_L +a -a -Shift_L "},
        {"?", 1, "+Shift_L +slash -slash -Shift_L "},
        {"alt+F4", 1, "+Alt_L +F4 -F4 -Alt_L "},
        {"cmd", 1, "+Super_L -Super_L "},
        {"page down", 1, "+Next -Next "},
        {"space", 1, "+space -space "},
        {"KP_Enter", 1, "+KP_Enter -KP_Enter "},
        {"Ctrl+é", 1, "+Control_L +eacute -eacute -Control_L "},
        {"F30", 1, "+F30 -F30 "},
    };
    struct fixture *f = open_fixture(true, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!press(f->in, cases[i].keys, cases[i].repeat))
            fail_msg("%s: %s", cases[i].keys, error.text);
        assert_true(recorder_read(&f->recorder));
        assert_string_equal(buf_text(&f->recorder.log), cases[i].log);
        assert_false(anything_held(f->display));
    }
    close_fixture(f);
}

static void test_number_pad(void **state)
{
    (void)state;
    struct fixture *f = open_fixture(true, false);
    assert_true(press(f->in, "KP_7", 1));
    assert_true(press(f->in, "Num_Lock", 1));
    assert_true(press(f->in, "KP_7", 1));
    assert_true(press(f->in, "1", 1));
    assert_true(press(f->in, "Num_Lock", 1));
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.text), "771");
    close_fixture(f);
}

static void test_bad_chords(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int repeat;
        const char *named;
    } cases[] = {
        {"Ctrl+Frobnicate", 1, "Frobnicate"},
        {"", 1, "no key"},
        {"Ctrl+", 1, "+"},
        {"Down", 0, "0"},
        {"Down", 101, "101"},
        {"Hyper+XF86Nonsense", 1, "XF86Nonsense"},
    };
    struct fixture *f = open_fixture(true, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error = (struct err){0};
        assert_false(press(f->in, cases[i].keys, cases[i].repeat));
        assert_int_equal(error.kind, ERR_USAGE);
        if (!strstr(error.text, cases[i].named))
            fail_msg("\"%s\" does not name %s", error.text, cases[i].named);
        assert_false(anything_held(f->display));
    }
    assert_true(recorder_read(&f->recorder));
    assert_string_equal(buf_text(&f->recorder.log), "");
    close_fixture(f);
}

/* ---- ends ---- */

/* In a process of its own: a stop in the middle of a long text. Its exit status says what went
 * wrong. */
static void stopped_typist(void)
{
    Display *display = XOpenDisplay(NULL);
    struct input *in = display ? input_open(display, &error) : NULL;
    if (!in)
        _exit(2);
    char *text = mem_alloc(2000001);
    for (int i = 0; i < 2000000; i++)
        text[i] = i & 1 ? 'A' : 'b';
    text[2000000] = '\0';
    stop_install();
    terminate_in(30000);
    bool ok = type(in, text);
    _exit(ok ? 3 : error.kind != ERR_STOPPED ? 4 : anything_held(display) ? 5 : 0);
}

static void test_stop(void **state)
{
    (void)state;
    int status;
    pid_t pid = child_fork();
    if (pid == 0)
        stopped_typist();
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    Display *display = XOpenDisplay(NULL);
    assert_false(anything_held(display));
    XCloseDisplay(display);
}

/* In a process of its own: an exit with things held, without a close. */
static void careless(void)
{
    Display *display = XOpenDisplay(NULL);
    struct input *in = display ? input_open(display, &error) : NULL;
    struct action down = {.kind = ACTION_MOUSE_DOWN, .button = BUTTON_LEFT};
    if (!in || !type(in, "Ж") || !input_perform(in, &down, &error) || !anything_held(display))
        _exit(2);
    exit(0);
}

static void test_exit_gives_back(void **state)
{
    (void)state;
    int status;
    pid_t pid = child_fork();
    if (pid == 0)
        careless();
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    Display *display = XOpenDisplay(NULL);
    assert_false(anything_held(display));
    XCloseDisplay(display);
}

static void go_on(Display *display, void *data)
{
    (void)display;
    (void)data; /* Xlib would end the process */
}

static int say_nothing(Display *display)
{
    (void)display;
    return 0;
}

static void test_display_goes_away(void **state)
{
    (void)state;
    struct xserver other = {0};
    struct action click = {.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 1};
    assert_true(xserver_start(&other));
    Display *display = XOpenDisplay(other.name);
    setenv("DISPLAY", server.name, 1);
    assert_non_null(display);
    XSetIOErrorExitHandler(display, go_on, NULL);
    XIOErrorHandler before = XSetIOErrorHandler(say_nothing);
    struct input *in = input_open(display, &error);
    assert_non_null(in);
    assert_true(type(in, "Ж"));
    child_end(other.pid);
    assert_false(type(in, "Ж and more"));
    assert_int_equal(error.kind, ERR_DISPLAY);
    error = (struct err){0};
    assert_false(input_perform(in, &click, &error));
    assert_int_equal(error.kind, ERR_DISPLAY);
    assert_false(input_release(in, &error));
    input_close(in);
    XCloseDisplay(display);
    XSetIOErrorHandler(before);
}

/* ---- real programs ---- */

static const char mixed[] =
    "Ada Lovelace <ada@example.org> ~[{}]\\|^` ÄÖÜß éàç €12,50 Ελλάς Привет 日本語";

static int ignore_errors(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event; /* a program's window may vanish while it is asked about */
    return 0;
}

/* The window that a property of the root window names; None for none. */
static Window root_window_property(Display *display, const char *name)
{
    Atom type_got = None;
    int format;
    unsigned long count = 0, left;
    unsigned char *data = NULL;
    Window window = None;
    XGetWindowProperty(display, DefaultRootWindow(display), XInternAtom(display, name, False), 0, 1,
                       False, XA_WINDOW, &type_got, &format, &count, &left, &data);
    if (data && count == 1)
        window = *(Window *)(void *)data;
    if (data)
        XFree(data);
    return window;
}

/* Does the active window, or one inside it, have the focus? */
static bool program_has_focus(Display *display)
{
    Window active = root_window_property(display, "_NET_ACTIVE_WINDOW");
    Window window, root, *children;
    unsigned count;
    int revert;
    XGetInputFocus(display, &window, &revert);
    while (active && window != None && window != PointerRoot && window != active) {
        if (!XQueryTree(display, window, &root, &window, &children, &count))
            return false;
        if (children)
            XFree(children);
    }
    return active && window == active;
}

static pid_t window_manager(Display *display)
{
    pid_t pid = child_fork();
    if (pid == 0) {
        execlp("openbox", "openbox", NULL);
        _exit(127);
    }
    while (!root_window_property(display, "_NET_SUPPORTING_WM_CHECK")) {
        assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
        moment();
    }
    return pid;
}

/* Starts ARGV, types into it, ends with Return (and Ctrl+D); what is in the file PATH then is
 * compared. */
static void type_into(const char *const argv[], const char *path, bool end_of_file)
{
    Display *display = XOpenDisplay(NULL);
    /* openbox leaves the last program's there. */
    XDeleteProperty(display, DefaultRootWindow(display),
                    XInternAtom(display, "_NET_ACTIVE_WINDOW", False));
    XSync(display, False);
    pid_t pid = child_fork();
    if (pid == 0) {
        if (!freopen(path, "w", stdout))
            _exit(126);
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    struct deadline deadline = deadline_in(20000);
    while (!program_has_focus(display)) {
        assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
        assert_false(deadline_passed(deadline));
        moment();
    }
    barrier_wait(display, 10000, 10000); /* it has started up */
    struct input *in = input_open(display, &error);
    assert_non_null(in);
    if (!type(in, mixed) || !press(in, "Return", 1) || (end_of_file && !press(in, "Ctrl+D", 1)))
        fail_msg("%s: %s", argv[0], error.text);
    input_close(in);
    bool ended = child_ends(pid, 20);
    XCloseDisplay(display);

    char line[1024] = "";
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    if (fgets(line, sizeof line, file))
        line[strcspn(line, "\n")] = '\0';
    fclose(file);
    if (!ended || strcmp(line, mixed) != 0)
        fail_msg("%s: \"%s\" came of \"%s\"", argv[0], line, mixed);
}

static void test_programs(void **state)
{
    (void)state;
    static const char *const layouts[] = {"us", "de", "fr"};
    char folder[] = "/tmp/hem-input-XXXXXX", path[64], shell[128];
    static char tcl[] = "fconfigure stdout -encoding utf-8; entry .e; pack .e; focus -force .e;"
                        "bind .e <Return> {puts [.e get]; exit}";
    char script[64];
    assert_non_null(mkdtemp(folder));
    setenv("HOME", folder, 1);
    snprintf(path, sizeof path, "%s/out", folder);
    snprintf(script, sizeof script, "%s/e.tcl", folder);
    snprintf(shell, sizeof shell, "stty -iexten; cat >%s/out", folder);
    FILE *file = fopen(script, "we");
    assert_non_null(file);
    fputs(tcl, file);
    fclose(file);

    const char *yad[] = {"yad", "--entry", "--text", "Name", NULL};
    const char *wish[] = {"wish", script, NULL};
    const char *xterm[] = {"xterm", "-u8", "-e", "sh", "-c", shell, NULL};
    Display *display = XOpenDisplay(NULL);
    pid_t wm = window_manager(display);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        assert_int_equal(run("setxkbmap", layouts[i], NULL), 0);
        type_into(yad, path, false);
        type_into(wish, path, false);
        type_into(xterm, path, true);
    }
    child_end(wm);
    XCloseDisplay(display);
    run("rm", "-rf", folder, NULL);
}

static int start(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("NO_AT_BRIDGE", "1", 1);
    XSetErrorHandler(ignore_errors);
    return xserver_start(&server) ? 0 : -1;
}

static int finish(void **state)
{
    (void)state;
    child_end(server.pid);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_layout_changes_in_between),
        cmocka_unit_test(test_second_group),
        cmocka_unit_test(test_caps_lock),
        cmocka_unit_test(test_many_characters),
        cmocka_unit_test(test_many_characters_without_answer),
        cmocka_unit_test(test_close_at_once),
        cmocka_unit_test(test_mapping_is_given_back),
        cmocka_unit_test(test_bad_texts),
        cmocka_unit_test(test_chords),
        cmocka_unit_test(test_number_pad),
        cmocka_unit_test(test_bad_chords),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_exit_gives_back),
        cmocka_unit_test(test_display_goes_away),
        cmocka_unit_test(test_programs),
    };
    return cmocka_run_group_tests(tests, start, finish);
}

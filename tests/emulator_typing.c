/* Typing into real programs of all toolkits, on several layouts: what they received is compared
 * exactly. TRIALS in the environment says how often each text is typed (1), PROGRAM into which one
 * only. */
#include "base/log.h"
#include "emulator/desktop.h"
#include "input/input.h"
#include "tests/typed.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASCII      2000
#define MIXED      500
#define START_MS   30000
#define ARRIVAL_MS 30000 /* without anything new: the machine may be busy */

static char folder[] = "/tmp/hem-typing-XXXXXX";
static struct err error;

static int trials(void)
{
    const char *text = getenv("TRIALS");
    return text ? (int)strtol(text, NULL, 10) : 1;
}

static void set_layout(struct desktop *d, const char *layout)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        setenv("DISPLAY", desktop_name(d), 1);
        setenv("XAUTHORITY", desktop_authority(d), 1);
        execlp("setxkbmap", "setxkbmap", layout, NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

static bool empty_field(struct input *in, const char *path)
{
    const struct action f5 = {.kind = ACTION_KEY, .keys = "F5", .repeat = 1};
    struct buf came = {0};
    bool ok = input_perform(in, &f5, &error) && typed_wait(path, "", ARRIVAL_MS, &came);
    buf_finish(&came);
    return ok;
}

/* Types TEXT as often as there are trials; how often it arrived exactly. */
static int type_exactly(struct input *in, const char *path, const char *text)
{
    const struct action type = {.kind = ACTION_TYPE, .text = text};
    struct buf came = {0}, why = {0};
    int exact = 0;
    for (int i = 0; i < trials(); i++) {
        if (!empty_field(in, path))
            fail_msg("the field is not emptied");
        if (!input_perform(in, &type, &error))
            print_message("    %s\n", error.text);
        if (typed_wait(path, text, ARRIVAL_MS, &came)) {
            exact++;
            continue;
        }
        buf_reset(&why);
        typed_difference(buf_text(&came), text, &why);
        print_message("    %d: %s\n", i + 1, buf_text(&why));
    }
    buf_finish(&came);
    buf_finish(&why);
    return exact;
}

/* True when all trials were exact. */
static bool type_into(const char *program, const char *layout)
{
    const struct desktop_options options = {.width = 1280, .height = 800};
    char path[PATH_MAX];
    struct buf ascii = {0}, mixed = {0}, came = {0};
    snprintf(path, sizeof path, "%s/%s", folder, program);
    char *argv[] = {"/usr/bin/python3", TYPED_LISTENER, (char *)program, path, NULL};
    unlink(path); /* another layout's */
    struct desktop *d = desktop_start(&options, &error);
    if (!d)
        fail_msg("%s", error.text);
    set_layout(d, layout);
    struct input *in = input_open(desktop_display(d), &error);
    if (!in || !desktop_run(d, argv, NULL, START_MS, &error))
        fail_msg("%s: %s", program, error.text);
    /* It has a field and the focus when a key arrives. */
    const struct action letter = {.kind = ACTION_KEY, .keys = "x", .repeat = 1};
    for (int i = 0; strcmp(buf_text(&came), "") == 0 && i < 100; i++) {
        assert_true(input_perform(in, &letter, &error));
        typed_wait(path, "x", 300, &came);
    }
    typed_ascii(&ascii, ASCII);
    typed_mixed(&mixed, MIXED);
    int exact = type_exactly(in, path, buf_text(&ascii));
    int exact_mixed = type_exactly(in, path, buf_text(&mixed));
    if (!desktop_alive(d, &error))
        print_message("    %s\n", error.text);
    print_message("%-8s %s: ASCII %d of %d, mixed %d of %d\n", program, layout, exact, trials(),
                  exact_mixed, trials());
    input_close(in);
    desktop_stop(d);
    buf_finish(&ascii);
    buf_finish(&mixed);
    buf_finish(&came);
    return exact == trials() && exact_mixed == trials();
}

static void type_into_all_layouts(const char *program)
{
    static const char *const layouts[] = {"us", "de", "fr"};
    const char *only = getenv("PROGRAM");
    bool ok = true;
    if (only && strcmp(only, program) != 0)
        skip();
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        ok = type_into(program, layouts[i]) && ok;
    assert_true(ok);
}

#define TEST_PROGRAM(name)                                                                         \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        type_into_all_layouts(#name);                                                              \
    }
TEST_PROGRAM(gtk3)
TEST_PROGRAM(gtk4)
TEST_PROGRAM(qt5)
TEST_PROGRAM(chromium)
TEST_PROGRAM(tk)
TEST_PROGRAM(xterm)

static int start(void **state)
{
    (void)state;
    log_init();
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("NO_AT_BRIDGE", "1", 1);
    return mkdtemp(folder) ? 0 : -1;
}

static int finish(void **state)
{
    (void)state;
    static const char *const programs[] = {"gtk3", "gtk4", "qt5", "chromium", "tk", "xterm"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, programs[i]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtk3),     cmocka_unit_test(test_gtk4), cmocka_unit_test(test_qt5),
        cmocka_unit_test(test_chromium), cmocka_unit_test(test_tk),   cmocka_unit_test(test_xterm),
    };
    return cmocka_run_group_tests(tests, start, finish);
}

/*
 * Drags that real toolkits begin, and take where they end: from the first pixel of the screen to
 * the last, and over a single pixel. The programs tell where each was dropped.
 */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define ROUNDS 2 /* right after another, from the same places */

static const char *const drags[][2] = {
    {"0,0", "639,479"}, {"0,479", "639,0"},     {"319,240", "320,240"},
    {"5,5", "600,400"}, {"310,100", "325,105"}, {"0,300", "639,300"},
};
#define DRAGS (sizeof drags / sizeof *drags)

static void task_write(const char *folder, const char *program)
{
    struct buf task = {0};
    buf_addf(&task, "program: %s\nscreen: 640x480\nsteps:\n  - wait for \"Card\" within 30 s\n",
             program);
    for (size_t i = 0; i < ROUNDS * DRAGS; i++)
        buf_addf(&task, "  - drag at %s to at %s\n", drags[i % DRAGS][0], drags[i % DRAGS][1]);
    write_file(folder, "drags.yaml", buf_text(&task));
    buf_finish(&task);
}

/* What was dropped, in its order. */
static void check_drops(const char *said)
{
    const char *at = said;
    for (size_t i = 0; i < ROUNDS * DRAGS; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "drop card at %s.", drags[i % DRAGS][1]);
        at = strstr(at, "drop ");
        if (!at || strncmp(at, wanted, strlen(wanted)) != 0) {
            fail_msg("drag %zu: no \"%s\" in its turn in:\n%s", i + 1, wanted, said);
            return;
        }
        at += strlen(wanted);
    }
    assert_null(strstr(at, "drop "));
}

static void drag_in(const char *program, const char *file)
{
    const char *folder = new_folder();
    struct buf text = {0}, task = {0}, out = {0};
    task_write(folder, program);
    buf_addf(&task, "%s/drags.yaml", folder);
    buf_addf(&out, "%s/out", folder);
    int status = hem(&text, "run", buf_text(&task), "--out", buf_text(&out), NULL);
    if (status != 0)
        fail_msg("%s: status %d\n%s", program, status, buf_text(&text));
    char *said = file_text(buf_text(&out), file);
    check_drops(said);
    free(said);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&out);
}

static char here[4096];

static void test_gtk(void **state)
{
    (void)state;
    struct buf program = {0};
    buf_addf(&program, "[/usr/bin/python3, \"%s/tests/drags/gtk.py\"]", here);
    drag_in(buf_text(&program), "program.out");
    buf_finish(&program);
}

static void test_qt(void **state)
{
    (void)state;
    struct buf program = {0};
    buf_addf(&program, "[/usr/bin/python3, \"%s/tests/drags/qt.py\"]", here);
    drag_in(buf_text(&program), "program.out");
    buf_finish(&program);
}

static void test_chromium(void **state)
{
    (void)state;
    struct buf program = {0};
    buf_addf(
        &program,
        "[chromium, --kiosk, --enable-logging=stderr, \"--app=file://%s/tests/drags/page.html\"]",
        here);
    drag_in(buf_text(&program), "program.err");
    buf_finish(&program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtk),
        cmocka_unit_test(test_qt),
        cmocka_unit_test(test_chromium),
    };
    if (!getcwd(here, sizeof here))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* `expect screen` in `hem test`: baselines that are missing, written, alike and not; needles;
 * waiting times. */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64], path[96], results[96];

#define CASE(text)                                                                                 \
    "program: [wish, \"{{here}}/window.tcl\", " text "]\nscreen: 320x200\nsteps:\n"                \
    "  - expect \"Name\"\n  - type \"Ada\"\n  - expect screen \"pictures/main\" within 0.3 s\n"

static const char window[] = "wm geometry . 300x150+0+0\n"
                             "label .m -text [lindex $argv 0]; label .l -text Name; entry .e\n"
                             "pack .m .l .e; focus .e\n";

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", new_folder());
    snprintf(path, sizeof path, "%s/case.yaml", folder);
    snprintf(results, sizeof results, "%s/results", folder);
    write_file(folder, "window.tcl", window);
    write_file(folder, "case.yaml", CASE("Apples"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

static void expect_run(const char *update, int status, const char *says)
{
    struct buf text = {0};
    int ended = hem(&text, "test", path, "--output", results, "--update", update, NULL);
    if (ended != status || !strstr(buf_text(&text), says))
        fail_msg("--update %s: status %d, no \"%s\" in:\n%s", update, ended, says, buf_text(&text));
    buf_finish(&text);
}

static void expect_picture(const char *name, bool there)
{
    char *bytes = file_text(folder, name);
    assert_int_equal(strncmp(bytes, "\x89PNG", 4) == 0, there);
    free(bytes);
}

static void test_update(void **state)
{
    (void)state;
    static const char kept[] = "results/cases/case/try-1/screens/pictures_main";
    char expected[128], actual[128], difference[128];
    snprintf(expected, sizeof expected, "%s-expected.png", kept);
    snprintf(actual, sizeof actual, "%s-actual.png", kept);
    snprintf(difference, sizeof difference, "%s-difference.png", kept);

    expect_run("none", 1, "there is no picture of the screen \"pictures/main\" yet");
    expect_picture(actual, true);
    expect_picture("pictures/main.png", false);
    expect_run("missing", 0, "wrote /tmp/");
    expect_picture("pictures/main.png", true);
    char *json = file_text(folder, "pictures/main.json");
    assert_string_equal(json, "{\"colour\": 4, \"pixels\": 0, \"area\": []}\n");
    free(json);
    expect_run("changed", 0, "1 passed");
    expect_picture(expected, true); /* it may be another one when somebody looks */
    expect_picture(actual, false);

    char *before = file_text(folder, "pictures/main.png");
    write_file(folder, "case.yaml", CASE("Pears"));
    expect_run("missing", 1, "pixels have another colour, at most 0 may");
    expect_picture(expected, true);
    expect_picture(actual, true);
    expect_picture(difference, true);
    char *lines = file_text(results, "results.jsonl");
    assert_non_null(strstr(lines, "\"pictures\":[{\"name\":\"pictures/main\",\"expected\":\"cases/"
                                  "case/try-1/screens/pictures_main-expected.png\",\"actual\":"));
    free(lines);

    write_file(folder, "pictures/main.json",
               "{\"colour\": 4, \"area\": [{\"type\": \"exclude\", \"xpos\": 0, \"ypos\": 0, "
               "\"width\": 320, \"height\": 60}]}");
    expect_run("none", 0, "1 passed");
    write_file(folder, "pictures/main.json", "{\"colour\": 4, \"area\": [], \"tags\": [\"x\"]}");
    expect_run("changed", 0, "wrote /tmp/");
    char *after = file_text(folder, "pictures/main.png");
    json = file_text(folder, "pictures/main.json");
    assert_string_not_equal(after + 100, before + 100);
    assert_non_null(strstr(json, "\"tags\"")); /* what a person wrote stays */
    expect_run("none", 0, "1 passed");
    expect_run("all", 0, "wrote /tmp/");
    free(json);
    free(before);
    free(after);
}

/* `hem run` makes no pictures: one that is missing is an error before anything starts. */
static void test_run_is_strict(void **state)
{
    (void)state;
    struct buf text = {0};
    assert_int_equal(hem(&text, "run", path, "--out", results, NULL), 2);
    assert_non_null(strstr(buf_text(&text), "case.yaml:6: cannot open"));
    buf_finish(&text);
}

/* Steps wait as long as --timeout-scale says. */
static void test_timeout_scale(void **state)
{
    (void)state;
    struct buf text = {0};
    write_file(folder, "window.tcl",
               "label .l -text Early; pack .l\n"
               "after 3000 {.l configure -text Late}\n");
    write_file(folder, "case.yaml",
               "program: [wish, \"{{here}}/window.tcl\"]\n"
               "timeout: 1\nsteps: [expect \"Late\" within 0.3 s]\n");
    int status = hem(&text, "test", path, "--output", results, "--timeout-scale", "30", NULL);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_update, setup, teardown),
        cmocka_unit_test_setup_teardown(test_run_is_strict, setup, teardown),
        cmocka_unit_test_setup_teardown(test_timeout_scale, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

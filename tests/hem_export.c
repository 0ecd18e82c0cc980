/*
 * hem export, whole: what hem did in a real program, exported to every format and checked with the
 * rules of the trainers' own loaders (tests/export/check.py).
 */
#include "tests/export_check.h"
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static char folder[64];

/* A real program, and steps of every kind that hands have. */
static int run_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/hem-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    struct buf text = {0};
    char *out = path_in(folder, "run");
    int status = hem(&text, "run", "tests/steps/verbs.yaml", "--out", out, NULL);
    if (status != 0)
        fail_msg("%s", buf_text(&text));
    free(out);
    buf_finish(&text);
    return 0;
}

static int run_remove(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* FOLDER/RUN to every format, checked. */
static void check_formats(const char *name)
{
    static const char *const formats[] = {"hem",        "llamafactory", "ms-swift", "qwen",
                                          "trl",        "ui-tars",      "opencua",  "osworld",
                                          "webdataset", "imagefolder"};
    char *run = path_in(folder, name);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct buf text = {0};
        char *out = path_in(folder, formats[i]);
        if (hem(&text, "export", run, "--format", formats[i], "--out", out, NULL) != 0)
            fail_msg("%s: %s", formats[i], buf_text(&text));
        export_check(folder, formats[i]);
        free(out);
        buf_finish(&text);
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char *out = path_in(folder, formats[i]);
        remove_folder(out);
        free(out);
    }
    free(run);
}

static void test_run(void **state)
{
    (void)state;
    check_formats("run");
}

static void copy(const char *from, const char *to)
{
    struct buf text = {0};
    char *path = path_in(folder, to);
    char *argv[] = {"cp", (char *)from, path, NULL};
    if (program_run(argv, &text) != 0)
        fail_msg("%s", buf_text(&text));
    free(path);
    buf_finish(&text);
}

/* What a person did before docs/form.png: a click, a drag by a way of its own, a key. */
static void test_demonstration(void **state)
{
    (void)state;
    struct buf text = {0};
    char *demo = path_in(folder, "demo"), *frames = path_in(folder, "demo/frames");
    assert_int_equal(mkdir(demo, 0700), 0);
    assert_int_equal(mkdir(frames, 0700), 0);
    copy("tests/export/events.jsonl", "demo/events.jsonl");
    copy("docs/form.png", "demo/frames/000001.png");
    if (hem(&text, "fold", demo, NULL) != 0)
        fail_msg("%s", buf_text(&text));
    check_formats("demo");
    buf_finish(&text);
    free(demo);
    free(frames);
}

/* What is asked for wrongly, and what is said. */
static void test_misused(void **state)
{
    (void)state;
    char *run = path_in(folder, "run"), *out = path_in(folder, "x");
    const struct {
        const char *option, *value, *said;
    } cases[] = {
        {"--format", "lamafactory", "did you mean llamafactory?"},
        {"--coords", "px", "llamafactory with --coords px would be misread"},
        {"--max-pixels", "many", "\"many\" is no number from 1"},
        {"--frobnicate", "1", "is not an option of it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = {0};
        assert_int_equal(hem(&text, "export", run, "--format", "llamafactory", "--out", out,
                             cases[i].option, cases[i].value, NULL),
                         2);
        assert_non_null(strstr(buf_text(&text), cases[i].said));
        assert_int_not_equal(access(out, F_OK), 0);
        buf_finish(&text);
    }
    free(run);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_run),
        cmocka_unit_test(test_demonstration),
        cmocka_unit_test(test_misused),
    };
    return cmocka_run_group_tests(tests, run_make, run_remove);
}

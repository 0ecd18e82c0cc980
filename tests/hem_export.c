/*
 * hem export, whole: what hem did in a real program, exported to every format and checked with the
 * rules of the trainers' own loaders (tests/export/check.py).
 */
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64];

static char *path_of(const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", folder, name);
    return buf_take(&path);
}

/* A real program, and steps of every kind that hands have. */
static int run_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/hem-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    struct buf text = {0};
    char *out = path_of("run");
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

static void check(const char *name)
{
    struct buf text = {0};
    char *path = path_of(name);
    char *argv[] = {"python3", "tests/export/check.py", path, NULL};
    int out;
    pid_t pid = program_start(argv, &out);
    int status = program_end(pid, out, &text);
    if (status != 0)
        fail_msg("%s: %s", name, buf_text(&text));
    free(path);
    buf_finish(&text);
}

static void test_formats(void **state)
{
    (void)state;
    static const struct {
        const char *format, *coords, *actions; /* NULL: the format's own; none without coords */
    } cases[] = {
        {"hem", NULL, NULL},
        {"hem", "unit", NULL},
        {"hem", "smart32", NULL},
        {"llamafactory", NULL, NULL},
        {"llamafactory", "unit", "opencua"},
        {"llamafactory", "thousand", "ui-tars"},
        {"qwen", NULL, NULL},
        {"qwen", "smart28", NULL},
        {"ui-tars", NULL, NULL},
        {"ui-tars", "thousand", NULL},
    };
    char *run = path_of("run");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = {0};
        char name[32];
        snprintf(name, sizeof name, "out-%zu", i);
        char *out = path_of(name);
        if (hem(&text, "export", run, "--format", cases[i].format, "--out", out,
                cases[i].coords ? "--coords" : NULL, cases[i].coords,
                cases[i].actions ? "--actions" : NULL, cases[i].actions, NULL) != 0)
            fail_msg("%s: %s", cases[i].format, buf_text(&text));
        check(name);
        free(out);
        buf_finish(&text);
    }
    free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
    };
    return cmocka_run_group_tests(tests, run_make, run_remove);
}

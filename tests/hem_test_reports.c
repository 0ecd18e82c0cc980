/* What `hem test` and `hem merge` report: TAP, JUnit's XML against a schema, the page, parts that
 * are joined. */
#include "tests/expect_text.h"
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[64];

#define YAD "program: [yad, --form, --field=Name, --button=OK:0]\n"

static const struct {
    const char *name, *text;
} FILES[] = {
    {"a.yaml", YAD "tags: [smoke, \"a & b\"]\nsteps: [click \"OK\"]\n"},
    {"b.yaml", YAD "data: [{x: \"<1>\"}, {x: Name}]\n"
                   "steps:\n  - expect \"{{x}}\" within 0.2 s\n"},
    {"c.yaml", "name: \"odd # \\\\ name\"\nprogram: [yad]\nskip: \"not \\\"yet\\\"\"\n"
               "steps: [click \"OK\"]\n"},
    {"d.yaml", "program: [hem-no-such-program]\nsteps: [click \"OK\"]\n"},
    /* Passes at its second try. */
    {"e.yaml", "program: [sh, -c, 'if [ -e {{here}}/tried ]; then L=Fine; else L=Other; fi;"
               " touch {{here}}/tried; exec yad --form --field=Name --button=$L:0']\n"
               "steps: [expect button \"Fine\" within 0.3 s]\n"},
    {"f.yaml", YAD "ignore_failure: yes\nsteps: [expect \"Absent\" within 0.2 s]\n"},
};

static int setup(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", new_folder());
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        write_file(folder, FILES[i].name, FILES[i].text);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

static char *results_path(const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/out/%s", folder, name);
    return buf_take(&path);
}

/* Runs them all, with options in front of the folder; out/NAME gets the results. */
static int run(struct buf *text, const char *name, const char *shard, const char *reporter)
{
    char *out = results_path(name);
    int status = shard ? hem(text, "test", folder, "-j", "2", "--retries", "1", "--output", out,
                             "--reporter", reporter, "--shard", shard, NULL)
                       : hem(text, "test", folder, "-j", "2", "--retries", "1", "--output", out,
                             "--reporter", reporter, NULL);
    free(out);
    return status;
}

static void expect_valid(const char *dir)
{
    struct buf path = {0}, said = {0};
    buf_addf(&path, "%s/junit.xml", dir);
    char *argv[] = {"xmllint", "--noout", "--schema", "tests/junit.xsd", path.text, NULL};
    int status = program_run(argv, &said);
    if (status != 0)
        fail_msg("%d: %s", status, buf_text(&said));
    buf_finish(&path);
    buf_finish(&said);
}

static void test_reports(void **state)
{
    (void)state;
    struct buf text = {0};
    int status = run(&text, "whole", NULL, "junit,tap,html");
    char *dir = results_path("whole");
    char *junit = file_text(dir, "junit.xml"), *page = file_text(dir, "report.html");
    if (status != 1)
        fail_msg("status %d\n%s", status, buf_text(&text));

    expect_text(buf_text(&text), "TAP version 14\n1..7\nok 1 - a\nnot ok 2 - b[row 1]\n  ---\n");
    expect_text(buf_text(&text), "\nok 4 - c/odd \\# \\\\ name # SKIP not \"yet\"\n");
    expect_text(buf_text(&text), "severity: \"error\"");
    expect_text(buf_text(&text), "ok 6 - e\n# flaky: passed at try 2\n");
    expect_text(buf_text(&text), "not ok 7 - f # TODO its failure does not count\n");

    expect_valid(dir);
    expect_text(junit, "<testsuites name=\"hem test\" tests=\"7\" failures=\"1\" errors=\"1\"");
    expect_text(junit, "<property name=\"tag\" value=\"a &amp; b\"/>");
    expect_text(junit, "expect &quot;&lt;1&gt;&quot;");
    expect_text(junit, "<flakyFailure message=\"there is no button");
    expect_text(junit, "<rerunFailure");
    expect_text(junit, "<error message=\"cannot start hem-no-such-program");
    expect_text(junit, "<rerunError");
    expect_text(junit, "<skipped message=\"not &quot;yet&quot;\"/>");
    expect_text(junit, "/out/whole/cases/b-row-1/try-2/frames/0");
    expect_text(page, "odd # ");
    free(junit);
    free(page);
    free(dir);
    buf_finish(&text);
}

/* Lines of results.jsonl without what is another in every run, sorted. */
static int line_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *outcomes_of(const char *name)
{
    char *dir = results_path(name), *text = file_text(dir, "results.jsonl"), *rest = text, *line;
    char *lines[64];
    int count = 0;
    struct buf all = {0};
    while ((line = strsep(&rest, "\n")) && *line && count < 64) {
        char *end = strstr(line, "\"seconds\":");
        if (end)
            *end = '\0';
        lines[count++] = line;
    }
    qsort(lines, (size_t)count, sizeof *lines, line_order);
    for (int i = 0; i < count; i++)
        buf_addf(&all, "%s\n", lines[i]);
    free(text);
    free(dir);
    return buf_take(&all);
}

/* The parts, each run by itself and joined, are the whole. */
static void test_shards(void **state)
{
    (void)state;
    static const char *const shards[] = {"1/3", "2/3", "3/3"};
    static const char *const names[] = {"one", "two", "three"};
    struct buf text = {0};
    char *dirs[3], *merged = results_path("merged"), *tried = results_path("../tried");
    run(&text, "whole", NULL, "list");
    unlink(tried);
    for (int i = 0; i < 3; i++) {
        run(&text, names[i], shards[i], "list");
        dirs[i] = results_path(names[i]);
    }
    hem(&text, "merge", dirs[0], dirs[1], "--output", merged, NULL);
    expect_text(buf_text(&text), "3/3: this part is missing");
    int status = hem(&text, "merge", dirs[0], dirs[1], dirs[2], "--output", merged, "--reporter",
                     "list,junit", NULL);
    if (status != 1)
        fail_msg("status %d\n%s", status, buf_text(&text));
    expect_text(buf_text(&text), "2 passed, 1 failed, 1 flaky, 1 skipped, 1 broken, 1 failed");
    expect_valid(merged);
    char *whole = outcomes_of("whole"), *joined = outcomes_of("merged");
    assert_string_equal(joined, whole);
    char *record = file_text(merged, "cases/e/try-2/episode.json");
    expect_text(record, "\"outcome\":\"done\"");
    free(record);
    free(whole);
    free(joined);

    /* A case that stands in two of them was tried again. */
    char *again = results_path("again");
    hem(&text, "merge", dirs[0], dirs[1], dirs[2], merged, "--output", again, NULL);
    expect_text(buf_text(&text), "2 passed, 1 failed, 1 flaky, 1 skipped, 1 broken, 1 failed");
    record = file_text(again, "cases/e/try-4/episode.json");
    expect_text(record, "\"outcome\":\"done\"");
    assert_int_equal(hem(&text, "merge", again, again, "--output", again, NULL), 2);
    assert_int_equal(hem(&text, "merge", folder, NULL), 2);
    free(record);
    free(again);
    for (int i = 0; i < 3; i++)
        free(dirs[i]);
    free(merged);
    free(tried);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reports, setup, teardown),
        cmocka_unit_test_setup_teardown(test_shards, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

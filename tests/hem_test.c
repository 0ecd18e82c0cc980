/* `hem test` as a user has it: cases in a folder, what comes of them, which are tried. */
#include "tests/expect_text.h"
#include "tests/programs.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

static char folder[64], results[128];

static const struct {
    const char *name, *text;
} FILES[] = {
    {"greeting.yaml", "program: [yad, --form, --field=Name, --button=OK:0]\n"
                      "tags: [smoke, form]\n"
                      "steps:\n"
                      "  - type \"Ada\" into \"Name\"\n"
                      "  - click \"OK\"\n"},
    {"sub/wrong.yaml", "name: wrong button\n"
                       "program: [yad, --form, --field=Name, --button=OK:0]\n"
                       "tags: [form]\n"
                       "steps:\n"
                       "  - type \"Ada\" into \"Name\"\n"
                       "  - expect button \"OKK\" within 300 ms\n"},
    {"skipped.yaml", "program: [yad]\nskip: not yet\nsteps: [click \"OK\"]\n"},
    {"missing.yaml", "program: [hem-no-such-program]\nsteps: [click \"OK\"]\n"},
    {"ends.yaml", "program: [sh, -c, exit 3]\nignore_failure: yes\nsteps: [click \"OK\"]\n"},
    {"a.skill.yaml", "program: [yad]\npolicy: skill\nsteps: [click \"OK\"]\n"},
    {"other.yaml", "jobs: {build: {needs: nothing}}\n"},
};

static int setup(void **state)
{
    (void)state;
    char sub[80];
    snprintf(folder, sizeof folder, "%s", new_folder());
    snprintf(sub, sizeof sub, "%s/sub", folder);
    snprintf(results, sizeof results, "%s/results", folder);
    if (mkdir(sub, 0700) != 0)
        return -1;
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

static void expect_no_text(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("\"%s\" in:\n%s", part, text);
}

static int count_of(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

/* The five things that may come of a case are told apart, and each try leaves its record. */
static void test_outcomes(void **state)
{
    (void)state;
    struct buf text = {0};
    int status = hem(&text, "test", folder, "-j", "2", "--retries", "1", "--output", results, NULL);
    char *lines = file_text(results, "results.jsonl"), *run = file_text(results, "run.json");
    if (status != 1)
        fail_msg("status %d\n%s", status, buf_text(&text));
    expect_text(buf_text(&text),
                "1 passed, 1 failed, 1 skipped, 1 broken, 1 failed without counting");
    expect_text(buf_text(&text), "sub/wrong.yaml:6");
    expect_text(buf_text(&text), "nearest");
    expect_text(buf_text(&text), "is its Debian package installed?");
    assert_int_equal(count_of(lines, "\n"), 8); /* three are tried again */
    expect_text(lines, "{\"case\":\"sub/wrong/wrong button\",");
    expect_text(lines, "\"step\":\"expect button \\\"OKK\\\" within");
    expect_text(lines,
                "\"tags\":[\"smoke\",\"form\"],\"try\":1,\"last\":true,\"outcome\":\"passed\"");
    expect_text(lines, "\"outcome\":\"skipped\",\"why\":\"not yet\"");
    expect_text(run, "{\"schema\":\"hem-test/1\",");
    expect_text(run, "\"workers\":2,\"selected\":5}");
    char *record = file_text(results, "cases/sub-wrong-wrong-button/try-2/episode.json");
    char *printed = file_text(results, "cases/greeting/try-1/program.out");
    expect_text(record, "\"outcome\":\"failed\"");
    expect_text(printed, "Ada");
    free(record);
    free(printed);
    free(lines);
    free(run);
    buf_finish(&text);
}

/* What is selected, by --list; the last one is NULL. */
static const struct {
    const char *options[4];
    const char *ids; /* parted by spaces */
} SELECTIONS[] = {
    {{NULL}, "ends greeting missing skipped sub/wrong/wrong_button"},
    {{"-g", "WRONG|^gree"}, "greeting sub/wrong/wrong_button"},
    {{"--tag", "form"}, "greeting sub/wrong/wrong_button"},
    {{"--tag", "form", "--tag", "!smoke"}, "sub/wrong/wrong_button"},
    {{"--shard", "1/2"}, "ends missing sub/wrong/wrong_button"},
    {{"--shard", "2/2"}, "greeting skipped"},
    {{"-g", "greet", "--repeat-each", "2"}, "greeting#1 greeting#2"},
};

static void test_selection(void **state)
{
    (void)state;
    struct buf text = {0}, ids = {0};
    for (size_t i = 0; i < sizeof SELECTIONS / sizeof *SELECTIONS; i++) {
        char *const *o = (char *const *)SELECTIONS[i].options;
        int status = hem(&text, "test", "--list", folder, o[0], o[1], o[2], o[3], NULL);
        if (status != 0)
            fail_msg("status %d\n%s", status, buf_text(&text));
        buf_reset(&ids);
        for (char *rest = text.text, *line; (line = strsep(&rest, "\n")) && *line;) {
            buf_addf(&ids, "%s%s", ids.length ? " " : "", strsep(&line, "\t"));
        }
        for (size_t k = 0; k < ids.length; k++)
            if (strncmp(ids.text + k, "wrong button", 12) == 0)
                ids.text[k + 5] = '_';
        assert_string_equal(buf_text(&ids), SELECTIONS[i].ids);
    }
    buf_finish(&ids);
    buf_finish(&text);
}

static void test_last_failed(void **state)
{
    (void)state;
    struct buf text = {0};
    hem(&text, "test", folder, "-g", "greet|wrong", "--output", results, NULL);
    int status = hem(&text, "test", folder, "--last-failed", "--output", results, NULL);
    assert_int_equal(status, 1);
    expect_text(buf_text(&text), "\n1 failed; results");
    expect_no_text(buf_text(&text), "greeting");
    buf_finish(&text);
}

/* What is wrong is said before anything starts. */
static const struct {
    const char *text, *says;
} BAD[] = {
    {"program: [yad]\nstep: []\n", "case.yaml:2: unknown key \"step\"; did you mean \"steps\"?"},
    {"program: [yad]\nsteps:\n  - clik \"OK\"\n", "case.yaml:3:"},
    {"program: [yad]\nsteps: []\n", "nothing to do"},
    {"program: [yad]\nretries: many\nsteps: [click \"OK\"]\n", "case.yaml:2: retries must be"},
    {"program: [yad]\nignore_failure: 2\nsteps: [click \"OK\"]\n",
     "case.yaml:2: ignore_failure must be yes or no"},
    {"program: [yad]\nsteps:\n  - include \"press.steps\" with buton \"x\"\n",
     "case.yaml:3: press.steps has no {{buton}}"},
    {"program: [yad]\nsteps:\n  - include \"press.steps\"\n",
     "press.steps:2: there is no value called \"button\""},
    {"program: [yad]\nsteps:\n  - include \"no.steps\"\n", "case.yaml:3: "},
    {"program: [yad]\nsteps:\n  - include \"self.steps\"\n", "self.steps:1: files that include"},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\nfiles: {../a: b}\n", "case.yaml:3: \"../a\""},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\nfiles: {a: {from: no}}\n", "case.yaml:3: cannot"},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\ndata: no.csv\n", "case.yaml:3: "},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\ndata: []\n", "case.yaml:3: data has no row"},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\ndata: [{a: b}, {c: d}]\n",
     "case.yaml:3: the first row has no \"c\""},
    {"program: [yad]\nsteps: [click \"{{a}}\"]\ndata: [{b: c}]\n",
     "case.yaml:2: the row has no column \"a\""},
    {"program: [yad]\nsteps: [click \"OK\"]\nafter: [clik \"OK\"]\n", "case.yaml:3:"},
};

static void test_bad_files(void **state)
{
    (void)state;
    struct buf text = {0}, path = {0};
    const char *own = new_folder();
    buf_addf(&path, "%s/case.yaml", own);
    write_file(own, "press.steps", "\nclick \"{{button}}\"\n");
    write_file(own, "self.steps", "include \"self.steps\"\n");
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        write_file(own, "case.yaml", BAD[i].text);
        int status = hem(&text, "test", buf_text(&path), "--output", results, NULL);
        if (status != 2)
            fail_msg("status %d\n%s", status, buf_text(&text));
        expect_text(buf_text(&text), BAD[i].says);
    }
    assert_int_not_equal(access(results, F_OK), 0);
    assert_int_equal(hem(&text, "test", folder, "-g", "no such case", NULL), 5);
    assert_int_equal(hem(&text, "test", folder, "-g", "greet", "--output", own, NULL), 2);
    expect_text(buf_text(&text), "is not empty");
    remove_folder(own);
    buf_finish(&path);
    buf_finish(&text);
}

/* What a case may say: rows, files, step files with texts for their holes, steps before and after.
 */
static const struct {
    const char *name, *text;
} WHOLE[] = {
    {"fill.steps", "# a name\ntype \"{{who}}\" into \"Name\"\n\n"
                   "include \"press.steps\" with button \"{{which}}\"\n"},
    {"press.steps", "expect button \"{{button}}\" within 0.3 s\nclick \"{{button}}\"\n"},
    {"people.csv", "user,button\nGrace,OK\n\"Ada \"\"the\"\" first\",Send\n"},
    {"whole.yaml", "program: [sh, -c, 'cat \"$HOME/in/hello.txt\" \"$HOME/copy\";"
                   " yad --form --field=Name --button=OK:0']\n"
                   "data: people.csv\n"
                   "files:\n"
                   "  in/hello.txt: \"Hello {{user}}\\n\"\n"
                   "  copy: {from: press.steps}\n"
                   "before:\n"
                   "  - wait for \"Name\"\n"
                   "steps:\n"
                   "  - include \"fill.steps\" with who \"{{user}}\", which \"{{button}}\"\n"
                   "after:\n"
                   "  - press Return\n"},
};

static void test_whole_case(void **state)
{
    (void)state;
    struct buf text = {0}, path = {0};
    const char *own = new_folder();
    for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++)
        write_file(own, WHOLE[i].name, WHOLE[i].text);
    buf_addf(&path, "%s/whole.yaml", own);
    int status = hem(&text, "test", buf_text(&path), "--output", results, NULL);
    char *lines = file_text(results, "results.jsonl");
    char *first = file_text(results, "cases/whole-row-1/try-1/program.out");
    char *second = file_text(results, "cases/whole-row-2/try-1/program.out");
    if (status != 1)
        fail_msg("status %d\n%s", status, buf_text(&text));
    expect_text(buf_text(&text), "passed   whole[row 1]");
    expect_text(buf_text(&text), "failed   whole[row 2]");
    expect_text(buf_text(&text), "press.steps:1\n   expect button \"Send\"");
    expect_text(lines, "\"row\":2,");
    assert_string_equal(first, "Hello Grace\nexpect button \"{{button}}\" within 0.3 s\n"
                               "click \"{{button}}\"\nGrace|\n");
    expect_text(second, "Ada \"the\" first|\n"); /* the step after has ended the program */
    free(lines);
    free(first);
    free(second);
    remove_folder(own);
    buf_finish(&path);
    buf_finish(&text);
}

/* A run that takes too long ends, and says what was not done. */
static void test_global_timeout(void **state)
{
    (void)state;
    struct buf text = {0}, path = {0};
    write_file(folder, "slow.yaml", "program: [yad]\nsteps: [wait for \"Godot\" within 1 min]\n");
    buf_addf(&path, "%s/slow.yaml", folder);
    int status =
        hem(&text, "test", buf_text(&path), "--global-timeout", "1", "--output", results, NULL);
    if (status != 4)
        fail_msg("status %d\n%s", status, buf_text(&text));
    expect_text(buf_text(&text), "1 not done");
    buf_finish(&path);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_outcomes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_selection, setup, teardown),
        cmocka_unit_test_setup_teardown(test_last_failed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bad_files, setup, teardown),
        cmocka_unit_test_setup_teardown(test_whole_case, setup, teardown),
        cmocka_unit_test_setup_teardown(test_global_timeout, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

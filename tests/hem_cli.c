/* What hem says to bad input, how it ends, what it leaves behind when it is killed, and tables. */
#include "base/clock.h"
#include "tests/processes.h"
#include "tests/programs.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

static void pause_ms(int ms) /* between two looks at a condition */
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
    nanosleep(&t, NULL);
}

/* Task files that must be refused, with what must be said. */
static const struct {
    const char *text, *said;
} bad_tasks[] = {
    {"program: [xterm]\nstesp: [click \"OK\"]\n", "t.yaml:2: unknown key"},
    {"program: [xterm]\nstesp: [click \"OK\"]\n", "steps"},
    {"program: [xterm]\nsteps:\n  - click \"OK\"\n  - clik \"OK\"\n", "t.yaml:4: "},
    {"program: [xterm]\nsteps:\n  - click \"OK\"\n  - clik \"OK\"\n", "click"},
    {"program: [xterm]\nfields: Ada\n", "t.yaml:2: "},
    {"program: [xterm]\nfields: {Name: Ada\n", "t.yaml:"},
    {"program: [xterm]\nname: a\xff b\nfields: {Name: Ada}\n", "t.yaml:2: "},
    {"program: [xterm]\nfields: {Name: \"{{nme}}\"}\n", "nme"},
    {"program: [xterm]\ngoal: Frobnicate the knob.\n", "Frobnicate"},
    {"program: [xterm]\n", "nothing to do"},
    {"fields: {Name: Ada}\n", "program"},
    {"- just\n- a list\n", "t.yaml:1: "},
    {"program: [xterm]\nfields: {Name: Ada}\nsecrets: {PIN: env:HEM_TEST_UNSET}\n",
     "HEM_TEST_UNSET"},
};

static bool exists(const char *folder, const char *name)
{
    struct buf path = {0};
    struct stat there;
    buf_addf(&path, "%s/%s", folder, name);
    bool is = stat(buf_text(&path), &there) == 0;
    buf_finish(&path);
    return is;
}

static void refused(const char *folder, const char *said)
{
    struct buf text = {0}, task = {0}, out = {0};
    buf_addf(&task, "%s/t.yaml", folder);
    buf_addf(&out, "%s/out", folder);
    int status = hem(&text, "run", buf_text(&task), "--out", buf_text(&out), NULL);
    if (status != 2 || !strstr(buf_text(&text), said))
        fail_msg("status %d, and no \"%s\" in:\n%s", status, said, buf_text(&text));
    assert_false(exists(folder, "out"));
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&out);
}

static void test_bad_tasks(void **state)
{
    (void)state;
    const char *folder = new_folder();
    for (size_t i = 0; i < sizeof bad_tasks / sizeof *bad_tasks; i++) {
        write_file(folder, "t.yaml", bad_tasks[i].text);
        refused(folder, bad_tasks[i].said);
    }
    remove_folder(folder);
}

static void test_files_that_are_none(void **state)
{
    (void)state;
    const char *folder = new_folder();
    refused(folder, "t.yaml"); /* missing */
    struct buf path = {0};
    buf_addf(&path, "%s/t.yaml", folder);
    FILE *f = fopen(buf_text(&path), "we");
    assert_non_null(f);
    assert_int_equal(ftruncate(fileno(f), 100 << 20), 0);
    fclose(f);
    refused(folder, "t.yaml"); /* 100 MB */
    unlink(buf_text(&path));
    assert_int_equal(mkdir(buf_text(&path), 0700), 0);
    refused(folder, "t.yaml"); /* a folder */
    buf_finish(&path);
    remove_folder(folder);
}

static void test_usage(void **state)
{
    (void)state;
    struct buf text = {0};
    assert_int_equal(hem(&text, "--version", NULL), 0);
    assert_non_null(strstr(buf_text(&text), "hem 0."));
    assert_int_equal(hem(&text, "--help", NULL), 0);
    assert_int_equal(hem(&text, "help", "run", NULL), 0);
    assert_non_null(strstr(buf_text(&text), "--rows"));
    assert_int_equal(hem(&text, NULL), 2);
    assert_int_equal(hem(&text, "rnu", NULL), 2);
    assert_non_null(strstr(buf_text(&text), "run"));
    assert_int_equal(hem(&text, "run", NULL), 2);
    assert_int_equal(hem(&text, "run", "--frobnicate", NULL), 2);
    assert_int_equal(hem(&text, "run", "a.yaml", "b.yaml", NULL), 2);
    assert_int_equal(hem(&text, "do", "--display", ":0", "clik \"OK\"", NULL), 2);
    assert_non_null(strstr(buf_text(&text), "click"));
    assert_int_equal(hem(&text, "do", "--display", ":987", "click \"OK\"", NULL), 3);
    assert_int_equal(hem(&text, "see", "--image", "tests/data/none.png", NULL), 2);
    assert_int_equal(hem(&text, "see", "--image", "Makefile", NULL), 2);
    buf_finish(&text);
}

static void test_programs_that_fail(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf text = {0}, task = {0}, out = {0};
    buf_addf(&task, "%s/t.yaml", folder);
    buf_addf(&out, "%s/1", folder);
    write_file(folder, "t.yaml", "program: [no-such-program]\nsteps: [click \"OK\"]\n");
    assert_int_equal(hem(&text, "run", buf_text(&task), "--out", buf_text(&out), NULL), 3);
    assert_non_null(strstr(buf_text(&text), "no-such-program"));
    write_file(folder, "t.yaml",
               "program: [sh, -c, \"echo it hurts >&2; exit 7\"]\nsteps: [click \"OK\"]\n");
    buf_reset(&out);
    buf_addf(&out, "%s/2", folder);
    assert_int_equal(hem(&text, "run", buf_text(&task), "--out", buf_text(&out), NULL), 3);
    assert_non_null(strstr(buf_text(&text), "it hurts"));
    assert_non_null(strstr(buf_text(&text), "7"));
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&out);
    remove_folder(folder);
}

static void test_sigkill_leaves_nothing(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf text = {0}, task = {0};
    pid_t pids[256];
    int out, alive = 1;
    write_file(folder, "t.yaml",
               "program: [sh, -c, \"setsid xterm & xterm\"]\nsteps: [wait 1 s, wait 60 s]\n");
    buf_addf(&task, "%s/t.yaml", folder);
    char *argv[] = {(char *)hem_path(), "run", task.text, "--out", (char *)folder, NULL};
    pid_t pid = program_start(argv, &out);
    struct deadline limit = deadline_in(20000);
    for (char *turns = NULL; !turns || !strchr(turns, '\n'); pause_ms(20)) {
        free(turns);
        turns = file_text(folder, "trajectory.jsonl");
        if (deadline_passed(limit) || strchr(turns, '\n')) {
            free(turns);
            break;
        }
    }
    int count = descendants(pid, pids, 0, 256);
    assert_true(count >= 5); /* hem, its keeper, Xvfb, the window manager, the program */
    kill(pid, SIGKILL);
    limit = deadline_in(2000);
    for (; alive && !deadline_passed(limit); pause_ms(20)) {
        alive = 0;
        for (int i = 0; i < count; i++)
            alive += is_alive(pids[i]);
    }
    assert_int_equal(alive, 0);
    assert_int_equal(program_end(pid, out, &text), 128 + SIGKILL);
    char *turns = file_text(folder, "trajectory.jsonl");
    *strchr(turns, '\n') = '\0';
    cJSON *turn = cJSON_Parse(turns);
    assert_non_null(turn);
    cJSON_Delete(turn);
    free(turns);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
}

static const char guest_task[] = "program: [wish, \"%s/book.tcl\", \"%s/book.txt\"]\n"
                                 "screen: 640x480\n"
                                 "fields: {Name: \"{{name}}\", City: \"{{city}}\"}\n"
                                 "submit: Sign\n"
                                 "expect: [\"Thank you, {{name}}\"]\n";

/* The task, its program and its table in FOLDER; paths of task, table and run folder. */
static void guest_book(const char *folder, struct buf *task, struct buf *rows, struct buf *out)
{
    char text[1024];
    char *program = file_text("tests/data", "book.tcl");
    write_file(folder, "book.tcl", program);
    free(program);
    snprintf(text, sizeof text, guest_task, folder, folder);
    write_file(folder, "t.yaml", text);
    write_file(folder, "rows.csv",
               "name,city\nAda,London\n\"Hopper, Grace\",New York\nEmmy,Erlangen\n");
    buf_addf(task, "%s/t.yaml", folder);
    buf_addf(rows, "%s/rows.csv", folder);
    buf_addf(out, "%s/run", folder);
}

static void test_rows(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf text = {0}, task = {0}, rows = {0}, out = {0};
    guest_book(folder, &task, &rows, &out);
    int status = hem(&text, "run", task.text, "--rows", rows.text, "--out", out.text, NULL);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    char *book = file_text(folder, "book.txt");
    assert_string_equal(book, "Ada;London\nHopper, Grace;New York\nEmmy;Erlangen\n");
    free(book);
    char *results = file_text(out.text, "results.csv");
    assert_non_null(strstr(results, "row,outcome,failure,error,seconds"));
    assert_non_null(strstr(results, "\n"));
    free(results);
    assert_int_equal(hem(&text, "run", task.text, "--rows", rows.text, "--out", out.text, NULL), 5);
    write_file(folder, "rows.csv", "name,town\nAda,London\n");
    assert_int_equal(hem(&text, "run", task.text, "--rows", rows.text, "--out", out.text, NULL), 2);
    assert_non_null(strstr(buf_text(&text), "city"));
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&rows);
    buf_finish(&out);
}

/* Killed after the first row is in the book: the rest is done later, and nothing twice. */
static void test_rows_go_on(void **state)
{
    (void)state;
    const char *folder = new_folder();
    struct buf text = {0}, task = {0}, rows = {0}, out = {0};
    int pipe_end;
    guest_book(folder, &task, &rows, &out);
    char *argv[] = {(char *)hem_path(), "run",   task.text, "--rows",
                    rows.text,          "--out", out.text,  NULL};
    pid_t pid = program_start(argv, &pipe_end);
    struct deadline limit = deadline_in(30000);
    while (!exists(folder, "book.txt") && !deadline_passed(limit))
        pause_ms(5);
    kill(pid, SIGKILL);
    program_end(pid, pipe_end, &text);
    int status = hem(&text, "run", task.text, "--rows", rows.text, "--out", out.text, NULL);
    char *book = file_text(folder, "book.txt");
    if (status > 1 || strcmp(book, "Ada;London\nHopper, Grace;New York\nEmmy;Erlangen\n") != 0)
        fail_msg("status %d\n%s\n%s", status, buf_text(&text), book);
    free(book);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&rows);
    buf_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bad_tasks),
                                       cmocka_unit_test(test_files_that_are_none),
                                       cmocka_unit_test(test_usage),
                                       cmocka_unit_test(test_programs_that_fail),
                                       cmocka_unit_test(test_sigkill_leaves_nothing),
                                       cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_rows_go_on)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

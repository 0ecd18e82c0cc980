/* hem batch: many emulators at once, and what becomes of the rows when something is killed. */
#include "base/clock.h"
#include "tests/processes.h"
#include "tests/programs.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#define ROWS        8
#define PIDS_MAX    512
#define PATIENCE_MS 60000
#define GONE_MS     10000

static const char *const names[ROWS] = {"Ada",  "Emmy",     "Grace", "Marie",
                                        "Lise", "Rosalind", "Hedy",  "Barbara"};

static void pause_ms(int ms) /* between two looks at a condition */
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

/* A batch of ROWS people who sign a guest book, which keeps each who did in book.txt. */
struct batch {
    const char *folder;
    struct buf task, rows, run, text;
};

static void batch_make(struct batch *b, const char *more)
{
    struct buf task = {0}, rows = {0};
    char *program = file_text("tests/data", "book.tcl");
    *b = (struct batch){.folder = new_folder()};
    write_file(b->folder, "book.tcl", program);
    free(program);
    buf_addf(&task,
             "program: [wish, \"%s/book.tcl\", \"%s/book.txt\"]\nscreen: 640x480\n"
             "fields: {Name: \"{{name}}\", City: \"{{city}}\"}\nsubmit: Sign\n"
             "expect: [\"Thank you, {{name}}\"]\nlimits: {seconds: 60}\n%s",
             b->folder, b->folder, more);
    buf_add(&rows, "name,city\n");
    for (int i = 0; i < ROWS; i++)
        buf_addf(&rows, "%s,London\n", names[i]);
    write_file(b->folder, "t.yaml", buf_text(&task));
    write_file(b->folder, "rows.csv", buf_text(&rows));
    buf_addf(&b->task, "%s/t.yaml", b->folder);
    buf_addf(&b->rows, "%s/rows.csv", b->folder);
    buf_addf(&b->run, "%s/run", b->folder);
    buf_finish(&task);
    buf_finish(&rows);
}

static void batch_drop(struct batch *b)
{
    remove_folder(b->folder);
    buf_finish(&b->task);
    buf_finish(&b->rows);
    buf_finish(&b->run);
    buf_finish(&b->text);
}

static int batch_do(struct batch *b)
{
    return hem(&b->text, "batch", b->task.text, "--rows", b->rows.text, "--run", b->run.text, "-j",
               "3", NULL);
}

static pid_t batch_start(struct batch *b, int *out)
{
    char *argv[] = {(char *)hem_path(), "batch", b->task.text, "--rows", b->rows.text, "--run",
                    b->run.text,        "-j",    "3",          NULL};
    return program_start(argv, out);
}

/* How often LINE begins a line of TEXT. */
static int count_lines(const char *text, const char *line)
{
    int count = 0;
    for (const char *at = text; at && *at; at = strchr(at, '\n'), at += at != NULL)
        count += strncmp(at, line, strlen(line)) == 0;
    return count;
}

static int signatures(const struct batch *b)
{
    char *book = file_text(b->folder, "book.txt");
    int count = count_lines(book, "");
    free(book);
    return count;
}

/* What results.csv says of each row against the book: done is in it once, unknown at most once.
 * Returns how many are unknown. */
static int book_check(const struct batch *b)
{
    char *book = file_text(b->folder, "book.txt"), *results = file_text(b->run.text, "results.csv");
    int unknown = 0;
    for (int i = 1; i <= ROWS; i++) {
        char name[32], done[32], may[32];
        snprintf(name, sizeof name, "%s;", names[i - 1]);
        snprintf(done, sizeof done, "%d,done,", i);
        snprintf(may, sizeof may, "%d,unknown,", i);
        int signed_times = count_lines(book, name);
        bool is_unknown = count_lines(results, may) == 1;
        if ((!is_unknown && count_lines(results, done) != 1) || signed_times > 1 ||
            (!is_unknown && signed_times != 1))
            fail_msg("row %d stands %d times in the book\n%s\n%s\n%s", i, signed_times, book,
                     results, buf_text(&b->text));
        unknown += is_unknown;
    }
    free(book);
    free(results);
    return unknown;
}

/* ---- nothing is left ---- */

/* A lock of one of these processes in /tmp. */
static bool has_lock(const pid_t *pids, int count)
{
    bool found = false;
    DIR *place = opendir("/tmp");
    for (const struct dirent *d; place && (d = readdir(place));) {
        if (strncmp(d->d_name, ".X", 2) != 0 || !strstr(d->d_name, "-lock"))
            continue;
        char *text = file_text("/tmp", d->d_name);
        for (int i = 0; i < count; i++)
            found = found || atoi(text) == pids[i];
        free(text);
    }
    if (place)
        closedir(place);
    return found;
}

static void gone_check(const pid_t *pids, int count)
{
    struct deadline limit = deadline_in(GONE_MS);
    int alive = 1;
    while (alive && !deadline_passed(limit)) {
        alive = 0;
        for (int i = 0; i < count; i++)
            alive += is_alive(pids[i]);
        pause_ms(20);
    }
    if (alive)
        fail_msg("%d processes are left", alive);
    assert_false(has_lock(pids, count));
}

/* ---- the tests ---- */

static void test_all(void **state)
{
    (void)state;
    struct batch b;
    batch_make(&b, "");
    int status = batch_do(&b);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&b.text));
    assert_int_equal(book_check(&b), 0);
    assert_int_equal(batch_do(&b), 5);
    assert_int_equal(signatures(&b), ROWS);
    assert_int_equal(hem(&b.text, "batch", "status", b.run.text, "--json", NULL), 0);
    assert_non_null(strstr(buf_text(&b.text), "\"done\":8,\"failed\":0,\"unknown\":0"));
    assert_int_equal(hem(&b.text, "batch", "results", b.run.text, "--json", NULL), 0);
    assert_int_equal(count_lines(buf_text(&b.text), "{\"row\":"), ROWS);
    batch_drop(&b);
}

/* What the program refuses has failed, is not tried again by itself, and keeps no other row from
 * being done. */
static void test_refused(void **state)
{
    (void)state;
    struct batch b;
    batch_make(&b, "");
    char *program = file_text(b.folder, "book.tcl");
    struct buf other = {0};
    buf_addf(&other,
             "%s\nproc sign {} {\n if {[.name get] eq \"Grace\"} {\n"
             "  .status configure -text \"Name is not known\"\n  return }\n"
             " set file [open [lindex $::argv 0] a]\n puts $file \"[.name get];\"\n"
             " close $file\n .status configure -text \"Thank you, [.name get].\"\n}\n",
             program);
    write_file(b.folder, "book.tcl", buf_text(&other));
    assert_int_equal(batch_do(&b), 1);
    char *results = file_text(b.run.text, "results.csv");
    assert_int_equal(count_lines(results, "3,failed,business,"), 1);
    assert_non_null(strstr(results, "/row-000003/frames/")); /* its last picture */
    free(results);
    assert_int_equal(signatures(&b), ROWS - 1);
    /* It was sent, so only who says so does it again. */
    assert_int_equal(hem(&b.text, "batch", "retry", b.run.text, "-j", "2", NULL), 5);
    write_file(b.folder, "book.tcl", program);
    assert_int_equal(hem(&b.text, "batch", "retry", b.run.text, "--sent", "-j", "2", NULL), 0);
    assert_int_equal(book_check(&b), 0);
    free(program);
    buf_finish(&other);
    batch_drop(&b);
}

/* A program that can't be had is nobody's row's fault: the batch ends early, and can go on. */
static void test_program_missing(void **state)
{
    (void)state;
    struct batch b;
    batch_make(&b, "environment: {PATH: /nowhere}\n");
    assert_int_equal(batch_do(&b), 3);
    assert_non_null(strstr(buf_text(&b.text), "rows broke, one after the other"));
    assert_non_null(strstr(buf_text(&b.text), "wish"));
    batch_drop(&b);
}

/* An emulator that uses too much is ended; the others are not its fault, but here all do. */
static void test_memory(void **state)
{
    (void)state;
    struct batch b;
    batch_make(&b, "");
    assert_int_equal(hem(&b.text, "batch", b.task.text, "--rows", b.rows.text, "--run", b.run.text,
                         "-j", "1", "--memory", "1", "--tries", "1", NULL),
                     3);
    assert_non_null(strstr(buf_text(&b.text), "it used"));
    assert_int_equal(signatures(&b), 0);
    batch_drop(&b);
}

/* Kills, when SIGNED people stand in the book, a process of that name; "": the supervisor. */
struct killing {
    int signed_before;
    const char *victim;
};

static pid_t victim_find(pid_t hem, const char *name, pid_t *pids, int *count)
{
    char its[32];
    *count = descendants(hem, pids, 0, PIDS_MAX);
    if (!*name)
        return hem;
    for (int i = 1; i < *count; i++) {
        process_name(pids[i], its);
        if (strncmp(its, name, strlen(name)) == 0 && is_alive(pids[i]))
            return pids[i];
    }
    return 0;
}

static void killing_do(const struct killing *k)
{
    struct batch b;
    pid_t pids[PIDS_MAX], victim = 0;
    int out, count = 0;
    batch_make(&b, "");
    pid_t pid = batch_start(&b, &out);
    struct deadline limit = deadline_in(PATIENCE_MS);
    while (!victim && !deadline_passed(limit)) {
        if (signatures(&b) >= k->signed_before)
            victim = victim_find(pid, k->victim, pids, &count);
        pause_ms(2);
    }
    assert_true(victim > 0);
    kill(victim, SIGKILL);
    int status = program_end(pid, out, &b.text);
    if (!*k->victim) {
        assert_int_equal(status, 128 + SIGKILL);
        gone_check(pids, count);
        status = batch_do(&b);
    }
    int unknown = book_check(&b);
    if (status != (unknown ? 1 : 0) && status != 5)
        fail_msg("status %d, %d unknown\n%s", status, unknown, buf_text(&b.text));
    gone_check(pids, count);
    batch_drop(&b);
}

static void test_killed(void **state)
{
    (void)state;
    static const struct killing killings[] = {
        {0, ""},     {1, ""},    {4, ""}, {0, "hem-emulator"}, {2, "hem-emulator"},
        {1, "Xvfb"}, {3, "wish"}};
    for (size_t i = 0; i < sizeof killings / sizeof *killings; i++)
        killing_do(&killings[i]);
}

/* What may be repeated is, so that all are done; some may stand in the book twice. */
static void test_repeatable(void **state)
{
    (void)state;
    struct batch b;
    pid_t pids[PIDS_MAX];
    int out, count;
    batch_make(&b, "repeatable: yes\n");
    pid_t pid = batch_start(&b, &out);
    struct deadline limit = deadline_in(PATIENCE_MS);
    while (signatures(&b) < 1 && !deadline_passed(limit))
        pause_ms(1);
    count = descendants(pid, pids, 0, PIDS_MAX);
    kill(pid, SIGKILL);
    program_end(pid, out, &b.text);
    gone_check(pids, count);
    int status = batch_do(&b);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&b.text));
    char *results = file_text(b.run.text, "results.csv");
    for (int i = 1; i <= ROWS; i++) {
        char done[32];
        snprintf(done, sizeof done, "%d,done,", i);
        assert_int_equal(count_lines(results, done), 1);
    }
    free(results);
    batch_drop(&b);
}

/* Interrupted, it ends what was begun in order, and the same command goes on. */
static void test_interrupted(void **state)
{
    (void)state;
    struct batch b;
    pid_t pids[PIDS_MAX];
    int out, count;
    batch_make(&b, "");
    pid_t pid = batch_start(&b, &out);
    struct deadline limit = deadline_in(PATIENCE_MS);
    while (signatures(&b) < 1 && !deadline_passed(limit))
        pause_ms(2);
    count = descendants(pid, pids, 0, PIDS_MAX);
    kill(pid, SIGINT);
    assert_int_equal(program_end(pid, out, &b.text), 130);
    for (int i = 0; i < count; i++)
        assert_false(is_alive(pids[i])); /* by then, not some time later */
    assert_true(signatures(&b) < ROWS);
    int status = batch_do(&b);
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&b.text));
    assert_int_equal(book_check(&b), 0);
    batch_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all),
                                       cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_program_missing),
                                       cmocka_unit_test(test_memory),
                                       cmocka_unit_test(test_killed),
                                       cmocka_unit_test(test_repeatable),
                                       cmocka_unit_test(test_interrupted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* ledger: what the next hem finds after the last one ended, was killed, or still runs. */
#include "emulator/ledger.h"
#include "emulator/results.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TASK  "/etc/hostname" /* any file; only its name counts */
#define TABLE "/etc/passwd"

#define HEADER "row,outcome,failure,error,seconds,tries,record,picture"

static char directory[64]; /* a new one for each test; the ledger makes it */
static char root[] = "/tmp/hem-ledger-XXXXXX";

static struct data row_data(int number)
{
    struct data d = {0};
    char text[32];
    snprintf(text, sizeof text, "person %d", number);
    data_add(&d, "name", text);
    return d;
}

static struct ledger *ledger_must_open(void)
{
    struct err e = {0};
    struct ledger *l = ledger_open(directory, TASK, TABLE, &e);
    if (!l)
        fail_msg("%s", e.text);
    return l;
}

static enum row_state state_of(struct ledger *l, int number)
{
    struct err e = {0};
    enum row_state state = ROW_WAITING;
    struct data d = row_data(number);
    if (!ledger_state(l, number, &d, &state, &e))
        fail_msg("%s", e.text);
    data_finish(&d);
    return state;
}

static bool row_end(struct ledger *l, int number, enum row_state state, const char *error,
                    double seconds, const struct data *values, struct err *e)
{
    const struct row_end end = {.state = state,
                                .failure = state == ROW_FAILED ? FAILURE_BUSINESS : FAILURE_NONE,
                                .error = error,
                                .seconds = seconds,
                                .values = values};
    return ledger_end(l, number, &end, e);
}

/* Takes row NUMBER from waiting to STATE, the way a run does. */
static void row_bring(struct ledger *l, int number, enum row_state state)
{
    struct err e = {0};
    struct data d = row_data(number);
    bool ok = state == ROW_WAITING || ledger_begin(l, number, &d, "record", &e);
    if (ok && state >= ROW_SUBMITTING)
        ok = ledger_submitting(l, number, &e);
    if (ok && state >= ROW_DONE)
        ok = row_end(l, number, state, state == ROW_DONE ? NULL : "why", 1.5, NULL, &e);
    data_finish(&d);
    if (!ok)
        fail_msg("%s", e.text);
}

static char *file_read(const char *path)
{
    struct buf text = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int c; (c = getc(file)) != EOF;)
        buf_add_char(&text, (char)c);
    fclose(file);
    return buf_take(&text);
}

static void test_life(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    for (enum row_state s = ROW_WAITING; s <= ROW_UNKNOWN; s++) {
        row_bring(l, (int)s + 1, s);
        assert_int_equal(state_of(l, (int)s + 1), s);
    }
    struct ledger_counts counts;
    assert_true(ledger_count(l, &counts, NULL));
    assert_int_equal(counts.waiting, 0); /* a row that never began is not in the ledger */
    assert_int_equal(counts.running, 2);
    assert_int_equal(counts.done, 1);
    assert_int_equal(counts.failed, 1);
    assert_int_equal(counts.unknown, 1);
    ledger_close(l);
    ledger_close(NULL);
}

/* What may follow what: a row that was or may have been sent is never begun again. */
static void test_order(void **state)
{
    (void)state;
    static const bool may_begin[] = {true, true, false, false, true, false};
    static const bool may_submit[] = {false, true, true, false, false, false};
    struct ledger *l = ledger_must_open();
    for (enum row_state s = ROW_WAITING; s <= ROW_UNKNOWN; s++) {
        struct err e = {0};
        struct data d = row_data((int)s + 1);
        row_bring(l, (int)s + 1, s);
        row_bring(l, (int)s + 11, s);
        assert_int_equal(ledger_begin(l, (int)s + 1, &d, NULL, &e), may_begin[s]);
        assert_int_equal(e.kind, may_begin[s] ? ERR_NONE : ERR_USAGE);
        assert_int_equal(ledger_submitting(l, (int)s + 11, NULL), may_submit[s]);
        assert_int_equal(state_of(l, (int)s + 11), may_submit[s] ? ROW_SUBMITTING : s);
        data_finish(&d);
    }
    ledger_close(l);
}

/* A stopped run gives its row back; but not one that may have been sent. */
static void test_give_back(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    row_bring(l, 1, ROW_RUNNING);
    row_bring(l, 2, ROW_SUBMITTING);
    for (int number = 1; number <= 2; number++)
        assert_true(row_end(l, number, ROW_WAITING, "stopped", 0.1, NULL, NULL));
    assert_int_equal(state_of(l, 1), ROW_WAITING);
    assert_int_equal(state_of(l, 2), ROW_UNKNOWN);
    ledger_close(l);
}

static void test_changed_table(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    for (enum row_state s = ROW_RUNNING; s <= ROW_UNKNOWN; s++)
        row_bring(l, (int)s, s);
    ledger_close(l);
    l = ledger_must_open();
    static const bool refused[] = {false, false, true, true, true, true};
    for (int number = ROW_RUNNING; number <= ROW_UNKNOWN; number++) {
        struct err e = {0};
        enum row_state s;
        struct data other = row_data(99);
        assert_int_equal(ledger_state(l, number, &other, &s, &e), !refused[number]);
        if (refused[number]) {
            assert_int_equal(e.kind, ERR_USAGE);
            assert_non_null(strstr(e.text, "other data"));
        }
        data_finish(&other);
    }
    /* The same cells under other names, and cut elsewhere, are other data, too. */
    struct data renamed = {0}, cut = {0};
    enum row_state s;
    data_add(&renamed, "Name", "person 3");
    data_add(&cut, "nameperson", " 3");
    assert_false(ledger_state(l, 3, &renamed, &s, NULL));
    assert_false(ledger_state(l, 3, &cut, &s, NULL));
    data_finish(&renamed);
    data_finish(&cut);
    ledger_close(l);
}

static void test_other_owner(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    ledger_close(l);
    static const char *const others[][2] = {{TABLE, TABLE}, {TASK, TASK}};
    for (int i = 0; i < 2; i++) {
        struct err e = {0};
        assert_null(ledger_open(directory, others[i][0], others[i][1], &e));
        assert_int_equal(e.kind, ERR_USAGE);
        assert_non_null(strstr(e.text, i == 0 ? TASK : TABLE));
    }
    /* The same files by other names are the same. */
    assert_int_equal(chdir("/etc"), 0);
    l = ledger_open(directory, "hostname", "../etc/./passwd", NULL);
    assert_non_null(l);
    ledger_close(l);
}

static void test_bad_files(void **state)
{
    (void)state;
    struct err e = {0};
    char path[128];
    assert_null(ledger_open("/proc/no/such", TASK, TABLE, &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_int_equal(mkdir(directory, 0777), 0);
    snprintf(path, sizeof path, "%s/rows.db", directory);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 300; i++)
        fputs("this is a shopping list\n", file);
    fclose(file);
    assert_null(ledger_open(directory, TASK, TABLE, &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_non_null(strstr(e.text, path));
    char *text = file_read(path);
    assert_int_equal(strlen(text), 300 * 24); /* and it is left alone */
    free(text);
}

static void test_csv(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    struct data values = {0}, more = {0};
    char path[128], part[160], wanted[1024];
    snprintf(path, sizeof path, "%s/results.csv", directory);
    snprintf(part, sizeof part, "%s.part", path);
    assert_true(results_write(l, directory, RESULTS_CSV, path, NULL));
    char *text = file_read(path);
    assert_string_equal(text, HEADER "\n");
    free(text);

    data_add(&values, "Total", "1,50");
    data_add(&values, "Note, \"long\"", "two\nlines and \"quotes\"");
    data_add(&more, "Date", "é");
    data_add(&more, "Total", "7");
    data_add(&more, "Total", "8"); /* read again: the last counts */
    row_bring(l, 12, ROW_RUNNING);
    assert_true(row_end(l, 12, ROW_DONE, NULL, 2.25, &values, NULL));
    row_bring(l, 3, ROW_RUNNING);
    assert_true(row_end(l, 3, ROW_DONE, NULL, 0, &more, NULL));
    row_bring(l, 4, ROW_FAILED);
    row_bring(l, 5, ROW_RUNNING); /* not ended: not in it */
    assert_true(results_write(l, directory, RESULTS_CSV, path, NULL));
    text = file_read(path);
    snprintf(wanted, sizeof wanted,
             HEADER ",\"Total\",\"Note, \"\"long\"\"\",\"Date\"\n"
                    "3,done,,\"\",0.000,1,\"%s/record\",\"\",\"8\",\"\",\"é\"\n"
                    "4,failed,business,\"why\",1.500,1,\"%s/record\",\"\",\"\",\"\",\"\"\n"
                    "12,done,,\"\",2.250,1,\"%s/record\",\"\",\"1,50\","
                    "\"two\nlines and \"\"quotes\"\"\",\"\"\n",
             directory, directory, directory);
    assert_string_equal(text, wanted);
    free(text);
    assert_int_not_equal(access(part, F_OK), 0);
    struct err e = {0};
    assert_false(results_write(l, directory, RESULTS_CSV, "/proc/no/results.csv", &e));
    assert_int_equal(e.kind, ERR_IO);
    data_finish(&values);
    data_finish(&more);
    ledger_close(l);
}

/* A row that failed and is begun again forgets what was read and why it failed. */
static void test_again(void **state)
{
    (void)state;
    struct ledger *l = ledger_must_open();
    struct data values = {0}, d = row_data(1);
    char path[128], wanted[256];
    snprintf(path, sizeof path, "%s/results.csv", directory);
    data_add(&values, "Total", "5");
    row_bring(l, 1, ROW_RUNNING);
    assert_true(row_end(l, 1, ROW_FAILED, "no such field", 1, &values, NULL));
    assert_true(ledger_begin(l, 1, &d, "record-2", NULL));
    assert_true(row_end(l, 1, ROW_DONE, NULL, 2, NULL, NULL));
    assert_true(results_write(l, directory, RESULTS_CSV, path, NULL));
    char *text = file_read(path);
    snprintf(wanted, sizeof wanted, HEADER "\n1,done,,\"\",2.000,2,\"%s/record-2\",\"\"\n",
             directory);
    assert_string_equal(text, wanted);
    free(text);
    data_finish(&values);
    data_finish(&d);
    ledger_close(l);
}

/* Who is released waits; what was sent only when that is said. */
static void test_release(void **state)
{
    (void)state;
    static const struct {
        enum release which;
        bool waits[3]; /* failed and never sent, failed, unknown */
    } cases[] = {{RELEASE_UNSENT, {true, false, false}},
                 {RELEASE_UNKNOWN, {false, false, true}},
                 {RELEASE_ALL, {true, true, true}}};
    struct ledger *l = ledger_must_open();
    for (int i = 0; i < 3; i++) {
        int at = 10 * i, count;
        row_bring(l, at + 1, ROW_RUNNING);
        assert_true(row_end(l, at + 1, ROW_FAILED, "why", 1, NULL, NULL));
        row_bring(l, at + 2, ROW_FAILED);
        row_bring(l, at + 3, ROW_UNKNOWN);
        row_bring(l, at + 4, ROW_DONE);
        assert_true(ledger_release(l, at + 4, RELEASE_ALL, &count, NULL));
        assert_int_equal(count, 0);
        for (int k = 0; k < 3; k++) {
            assert_true(ledger_release(l, at + k + 1, cases[i].which, &count, NULL));
            assert_int_equal(count, cases[i].waits[k]);
            assert_int_equal(state_of(l, at + k + 1) == ROW_WAITING, cases[i].waits[k]);
        }
    }
    ledger_close(l);
}

/* In a child: does what is told, says so, and waits to be killed. */
static pid_t child_hold(enum row_state state)
{
    int ends[2];
    char said;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct ledger *l = ledger_open(directory, TASK, TABLE, NULL);
        row_bring(l, 1, state);
        said = 'x';
        if (write(ends[1], &said, 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &said, 1), 1);
    close(ends[0]);
    return child;
}

static void child_kill(pid_t child)
{
    int status;
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* Somebody who looks sees what is there, while another process works on it. */
static void test_look(void **state)
{
    (void)state;
    struct err e = {0};
    struct ledger_counts counts;
    char *task, *table;
    assert_null(ledger_look(directory, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    pid_t child = child_hold(ROW_RUNNING);
    struct ledger *l = ledger_look(directory, NULL);
    assert_non_null(l);
    assert_true(ledger_count(l, &counts, NULL));
    assert_int_equal(counts.running, 1);
    assert_true(ledger_owner(l, &task, &table, NULL));
    assert_string_equal(task, TASK);
    assert_string_equal(table, TABLE);
    free(task);
    free(table);
    ledger_close(l);
    child_kill(child);
}

static void test_killed_in_each_state(void **state)
{
    (void)state;
    static const enum row_state then[] = {ROW_WAITING, ROW_WAITING, ROW_UNKNOWN,
                                          ROW_DONE,    ROW_FAILED,  ROW_UNKNOWN};
    char base[64];
    memcpy(base, directory, sizeof base);
    for (enum row_state s = ROW_WAITING; s <= ROW_UNKNOWN; s++) {
        snprintf(directory, sizeof directory, "%.50s/%d", base, (int)s);
        child_kill(child_hold(s));
        struct ledger *l = ledger_must_open();
        assert_int_equal(state_of(l, 1), then[s]);
        ledger_close(l);
    }
}

static void test_one_at_a_time(void **state)
{
    (void)state;
    pid_t child = child_hold(ROW_RUNNING);
    struct err e = {0};
    assert_null(ledger_open(directory, TASK, TABLE, &e));
    assert_int_equal(e.kind, ERR_BUSY);
    assert_non_null(strstr(e.text, "another hem"));
    child_kill(child);
    struct ledger *l = ledger_must_open();
    assert_int_equal(state_of(l, 1), ROW_WAITING);
    ledger_close(l);
}

/* A process that hem has started does not keep the lock when hem is killed. */
static void test_lock_not_inherited(void **state)
{
    (void)state;
    int ends[2], stay[2];
    pid_t grandchild = 0;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe(stay), 0);
    pid_t child = fork();
    if (child == 0) {
        struct ledger *l = ledger_open(directory, TASK, TABLE, NULL);
        grandchild = fork();
        if (grandchild == 0) {
            close(stay[1]);
            char said;
            _exit(read(stay[0], &said, 1) != 0); /* lives until the test lets go */
        }
        if (l && write(ends[1], &grandchild, sizeof grandchild) == sizeof grandchild)
            for (;;)
                pause();
        _exit(1);
    }
    assert_int_equal(read(ends[0], &grandchild, sizeof grandchild), sizeof grandchild);
    child_kill(child);
    assert_int_equal(kill(grandchild, 0), 0);
    ledger_close(ledger_must_open());
    for (int i = 0; i < 2; i++) {
        close(ends[i]);
        close(stay[i]);
    }
}

/* Goes through rows as fast as it can and says each state once it is on disk. */
static void child_work(int said)
{
    struct ledger *l = ledger_open(directory, TASK, TABLE, NULL);
    assert_non_null(l);
    for (int number = 1;; number++) {
        for (enum row_state s = ROW_RUNNING; s <= ROW_DONE; s++) {
            struct data d = row_data(number);
            bool ok = s == ROW_RUNNING      ? ledger_begin(l, number, &d, NULL, NULL)
                      : s == ROW_SUBMITTING ? ledger_submitting(l, number, NULL)
                                            : row_end(l, number, s, NULL, 1, &d, NULL);
            data_finish(&d);
            char c = (char)s;
            if (!ok || write(said, &c, 1) != 1)
                _exit(1);
        }
    }
    _exit(1);
}

/*
 * Killed in the middle of its work, wherever that is: the ledger opens, and whatever was said to be
 * on disk is there. The state that was being written when the kill came may be there or not.
 */
static void test_killed_at_any_time(void **state)
{
    (void)state;
    char base[64];
    memcpy(base, directory, sizeof base);
    for (int kill_after = 0; kill_after < 24; kill_after++) {
        snprintf(directory, sizeof directory, "%.50s/%d", base, kill_after);
        int ends[2], count = 0;
        char said;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0)
            child_work(ends[1]);
        close(ends[1]);
        while (count < kill_after && read(ends[0], &said, 1) == 1)
            count++;
        child_kill(child);
        while (read(ends[0], &said, 1) == 1)
            count++;
        close(ends[0]);
        struct ledger *l = ledger_must_open();
        for (int number = 1; number <= count / 3; number++)
            assert_int_equal(state_of(l, number), ROW_DONE);
        enum row_state last = state_of(l, count / 3 + 1);
        if (count % 3 == 2)
            assert_true(last == ROW_UNKNOWN || last == ROW_DONE);
        else if (count % 3 == 1)
            assert_true(last == ROW_WAITING || last == ROW_UNKNOWN);
        else
            assert_int_equal(last, ROW_WAITING);
        ledger_close(l);
    }
}

static int directory_next(void **state)
{
    (void)state;
    static int number;
    snprintf(directory, sizeof directory, "%s/new/%d", root, ++number);
    return 0;
}

static int file_remove(const char *path, const struct stat *s, int kind, struct FTW *at)
{
    (void)s;
    (void)kind;
    (void)at;
    return remove(path);
}

static int root_make(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int root_remove(void **state)
{
    (void)state;
    return nftw(root, file_remove, 16, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_life, directory_next),
        cmocka_unit_test_setup(test_order, directory_next),
        cmocka_unit_test_setup(test_give_back, directory_next),
        cmocka_unit_test_setup(test_changed_table, directory_next),
        cmocka_unit_test_setup(test_other_owner, directory_next),
        cmocka_unit_test_setup(test_bad_files, directory_next),
        cmocka_unit_test_setup(test_csv, directory_next),
        cmocka_unit_test_setup(test_again, directory_next),
        cmocka_unit_test_setup(test_release, directory_next),
        cmocka_unit_test_setup(test_look, directory_next),
        cmocka_unit_test_setup(test_killed_in_each_state, directory_next),
        cmocka_unit_test_setup(test_one_at_a_time, directory_next),
        cmocka_unit_test_setup(test_lock_not_inherited, directory_next),
        cmocka_unit_test_setup(test_killed_at_any_time, directory_next),
    };
    return cmocka_run_group_tests(tests, root_make, root_remove);
}

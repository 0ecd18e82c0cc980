/* A run that is divided among the machines of a fleet: on a real Slurm, where a node and the
 * controller are killed, and as two attempts at one chunk at the same time: every row has one
 * result, and none is sent twice. HEM_FLEET_ROWS: with so many rows. */
#include "tests/cluster.h"
#include "tests/programs.h"

#include <sys/stat.h>

#define ROWS_MAX    2000
#define PATIENCE_MS 200000

static const char *const given[] = {"Ada",  "Emmy",  "Grace",   "Marie", "Lise",
                                    "Hedy", "Clara", "Barbara", "Karen", "Julia"};
static const char *const family[] = {"Miller", "Baker",  "Carter", "Turner", "Fisher",
                                     "Walker", "Hunter", "Porter", "Cooper", "Mason"};

static int rows; /* of the run */

/* A task in the cluster's folder, whose guest book says who was sent. */
static void task_make(int count, const char *more)
{
    struct buf task = {0}, table = {0};
    char *program = file_text("tests/data", "book.tcl");
    rows = count;
    write_file(cluster_root, "book.tcl", program);
    free(program);
    buf_addf(&task,
             "program: [wish, \"%s/book.tcl\", \"%s/book.txt\"]\nscreen: 640x480\n"
             "fields: {Name: \"{{given}} {{family}}\", City: \"{{city}}\"}\nsubmit: Sign\n"
             "expect: [\"Thank you, {{given}} {{family}}\"]\nlimits: {seconds: 120}\n%s",
             cluster_root, cluster_root, more);
    buf_add(&table, "given,family,city\n");
    for (int i = 0; i < rows; i++)
        buf_addf(&table, "%s,%s,%d\n", given[i % 10], family[i / 10 % 10], i + 1);
    write_file(cluster_root, "t.yaml", buf_text(&task));
    write_file(cluster_root, "rows.csv", buf_text(&table));
    write_file(cluster_root, "book.txt", "");
    buf_finish(&task);
    buf_finish(&table);
}

/* Plans the run for ENGINE, in chunks of SIZE rows, of which EMULATORS do a chunk's. */
static void run_start(const char *engine, const char *size, const char *emulators, struct buf *said)
{
    char *task = path_in(cluster_root, "t.yaml"), *table = path_in(cluster_root, "rows.csv"),
         *run = path_in(cluster_root, "run");
    int status = hem(said, "batch", task, "--rows", table, "--run", run, "--engine", engine,
                     "--chunk", size, "-j", emulators, NULL);
    if (status != 0)
        fail_msg("status %d: %s", status, buf_text(said));
    free(task);
    free(table);
    free(run);
}

static int run_do(const char *what, const char *option, struct buf *said)
{
    char *run = path_in(cluster_root, "run");
    buf_reset(said);
    int status = hem(said, "batch", what, run, option, NULL);
    free(run);
    return status;
}

/* A number of the status as JSON. */
static int status_number(const char *text, const char *name)
{
    struct buf key = {0};
    buf_addf(&key, "\"%s\":", name);
    const char *at = strstr(text, buf_text(&key));
    int number = at ? atoi(at + key.length) : -1;
    buf_finish(&key);
    return number;
}

/* Until DONE rows have a place, or, DONE 0, until Slurm has nothing of it any more. */
static void run_await(int done)
{
    struct buf said = {0};
    struct deadline until = deadline_in(PATIENCE_MS);
    for (;;) {
        int status = run_do("status", "--json", &said);
        const char *text = buf_text(&said);
        int placed = rows - status_number(text, "waiting");
        const char *engine = strstr(text, "\"engine\"");
        bool idle = status == 0 && engine && status_number(engine, "running") == 0 &&
                    status_number(engine, "waiting") == 0 && status_number(engine, "ending") == 0;
        if (done ? status_number(text, "done") >= done : idle && placed == rows)
            break;
        if (deadline_passed(until)) {
            shell("squeue --array; sinfo -N -l", &said);
            fail_msg("%s", buf_text(&said));
        }
        poll(NULL, 0, 200);
    }
    buf_finish(&said);
}

/* How often LINE is the end of a line of TEXT. */
static int count_ends(const char *text, const char *end)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, end)); at += strlen(end))
        count++;
    return count;
}

/* Every row has one result. What is done was sent once, what is unknown at most once. Returns how
 * many are unknown. */
static int results_check(void)
{
    struct buf said = {0};
    char *book = file_text(cluster_root, "book.txt");
    int unknown = 0, lines = 0;
    assert_int_equal(run_do("results", NULL, &said), 0);
    for (const char *p = buf_text(&said); *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, rows + 1);
    for (int i = 1; i <= rows; i++) {
        char sent[16], done[24], may[24];
        snprintf(sent, sizeof sent, ";%d\n", i);
        snprintf(done, sizeof done, "\n%d,done,", i);
        snprintf(may, sizeof may, "\n%d,unknown,", i);
        int times = count_ends(book, sent);
        bool is_done = count_ends(buf_text(&said), done) == 1;
        bool is_unknown = count_ends(buf_text(&said), may) == 1;
        if (is_done == is_unknown || times > 1 || (is_done && times != 1))
            fail_msg("row %d was sent %d times\n%s", i, times, buf_text(&said));
        unknown += is_unknown;
    }
    free(book);
    buf_finish(&said);
    return unknown;
}

/* The node that runs a chunk. */
static void busy_node(char out[16])
{
    struct buf said = {0};
    struct deadline until = deadline_in(PATIENCE_MS);
    do {
        buf_reset(&said);
        shell("squeue --noheader --array --states=RUNNING -o %N | sort | tail -n 1", &said);
        snprintf(out, 16, "%.*s", (int)strcspn(buf_text(&said), "\n"), buf_text(&said));
    } while (!*out && !deadline_passed(until));
    assert_true(*out);
    buf_finish(&said);
}

static int rows_wanted(int usual)
{
    const char *more = getenv("HEM_FLEET_ROWS");
    int count = more ? atoi(more) : usual;
    return count > 0 && count <= ROWS_MAX ? count : usual;
}

static void test_node_lost(void **state)
{
    (void)state;
    struct buf said = {0}, lose = {0};
    char node[16];
    task_make(rows_wanted(200), "");
    run_start("slurm", "5", "2", &said);
    assert_non_null(strstr(buf_text(&said), "chunks, up to 5 rows each, submitted as hem-"));
    run_await(rows / 5);
    busy_node(node);
    buf_addf(&lose, "lose %s", node);
    assert_true(cluster_do(buf_text(&lose)));
    run_await(0);
    print_message("%d rows, %s lost: %d unknown\n", rows, node, results_check());
    assert_int_equal(run_do("retry", NULL, &said), 5); /* nothing is missing */
    buf_finish(&said);
    buf_finish(&lose);
}

static void test_controller_lost(void **state)
{
    (void)state;
    struct buf said = {0};
    task_make(rows_wanted(60), "");
    run_start("slurm", "20", "1", &said);
    run_await(rows / 5);
    assert_true(cluster_do("crash"));
    assert_int_equal(run_do("status", NULL, &said), 3);
    assert_non_null(strstr(buf_text(&said), " done, "));
    assert_non_null(strstr(buf_text(&said), "squeue failed"));
    assert_true(cluster_do("recover"));
    run_await(0);
    print_message("%d rows, controller lost: %d unknown\n", rows, results_check());
    buf_finish(&said);
}

/* What was cancelled is done by the same command again, and by retry; nothing while it still runs.
 */
static void test_cancelled(void **state)
{
    (void)state;
    struct buf said = {0};
    task_make(30, "");
    run_start("slurm", "10", "1", &said);
    run_await(1);
    assert_int_equal(run_do("retry", NULL, &said), 3);
    assert_non_null(strstr(buf_text(&said), "Slurm still works on it"));
    assert_int_equal(shell("scancel -u \"$(id -un)\"", NULL), 0);
    shell("until [ -z \"$(squeue -h)\" ]; do sleep 0.1; done", NULL);
    buf_reset(&said);
    run_start("slurm", "10", "1", &said);
    run_await(0);
    results_check();
    buf_finish(&said);
}

/* ---- without an engine ---- */

/* Two at one chunk at once, as when a node was given up that still works. */
static void test_two_attempts(void **state)
{
    (void)state;
    struct buf said = {0}, first = {0}, second = {0};
    char *run = path_in(cluster_root, "run");
    char *argv[] = {(char *)hem_path(), "chunk", run, "0", NULL};
    int out[2];
    task_make(8, "");
    run_start("kubernetes", "8", "2", &said);
    assert_non_null(strstr(buf_text(&said), "kubectl apply -f"));
    pid_t a = program_start(argv, &out[0]), b = program_start(argv, &out[1]);
    assert_int_equal(program_end(a, out[0], &first), 0);
    assert_int_equal(program_end(b, out[1], &second), 0);
    assert_int_equal(results_check(), 0);
    buf_reset(&first);
    assert_int_equal(hem(&first, "chunk", run, "0", NULL), 0); /* nothing is left to do */
    assert_string_equal(buf_text(&first), "");
    assert_int_equal(hem(&first, "chunk", run, "1", NULL), 2);
    assert_non_null(strstr(buf_text(&first), "none is called 1"));
    free(run);
    buf_finish(&said);
    buf_finish(&first);
    buf_finish(&second);
}

/* A chunk whose program can't be started wants to be done elsewhere, and publishes nothing wrong.
 */
static void test_bad_node(void **state)
{
    (void)state;
    struct buf said = {0};
    char *run = path_in(cluster_root, "run");
    task_make(4, "");
    run_start("kubernetes", "4", "2", &said);
    buf_reset(&said);
    char *rows_folder = path_in(cluster_root, "run/rows"), *aside = path_in(cluster_root, "aside");
    assert_int_equal(rename(rows_folder, aside), 0);
    write_file(cluster_root, "run/rows", ""); /* the shared folder is not what it was */
    assert_int_equal(hem(&said, "chunk", run, "0", NULL), 75);
    unlink(rows_folder);
    assert_int_equal(rename(aside, rows_folder), 0);
    assert_int_equal(hem(&said, "chunk", run, "0", NULL), 0);
    assert_int_equal(results_check(), 0);
    free(run);
    free(rows_folder);
    free(aside);
    buf_finish(&said);
}

/* A row that was being sent when its attempt went away is left alone until a person says otherwise.
 */
static void test_unknown(void **state)
{
    (void)state;
    struct buf said = {0};
    char *run = path_in(cluster_root, "run");
    task_make(3, "");
    run_start("kubernetes", "3", "2", &said);
    buf_reset(&said);
    char *shelf = path_in(cluster_root, "run/rows/0000");
    assert_int_equal(mkdir(shelf, 0777), 0);
    free(shelf);
    write_file(
        cluster_root, "run/rows/0000/000002",
        "sending "
        "n7-1-0c0ffee0\n{\"row\":2,\"outcome\":\"unknown\",\"error\":\"gone\",\"values\":{}}\n");
    assert_int_equal(hem(&said, "chunk", run, "0", NULL), 0);
    assert_int_equal(results_check(), 1);
    assert_int_equal(run_do("retry", NULL, &said), 5);
    assert_int_equal(results_check(), 1);
    buf_reset(&said);
    assert_int_equal(hem(&said, "batch", "retry", run, "2", "--sent", NULL), 0);
    assert_non_null(strstr(buf_text(&said), "retry    1 rows"));
    assert_int_equal(hem(&said, "chunk", run, "0", NULL), 0);
    assert_int_equal(results_check(), 0);
    assert_int_equal(run_do("retry", "x", &said), 2);
    free(run);
    buf_finish(&said);
}

/* A run goes on with the table that it was planned for only. */
static void test_other_table(void **state)
{
    (void)state;
    struct buf said = {0};
    char *run = path_in(cluster_root, "run"), *task = path_in(cluster_root, "t.yaml"),
         *table = path_in(cluster_root, "rows.csv");
    task_make(3, "");
    run_start("kubernetes", "3", "2", &said);
    write_file(cluster_root, "rows.csv", "given,family,city\nAda,Miller,9\n");
    buf_reset(&said);
    assert_int_equal(
        hem(&said, "batch", task, "--rows", table, "--run", run, "--engine", "kubernetes", NULL),
        2);
    assert_non_null(strstr(buf_text(&said), "is not the table that the run was planned for"));
    free(run);
    free(task);
    free(table);
    buf_finish(&said);
}

static int folder_make(void **state)
{
    (void)state;
    strcpy(cluster_root + strlen(cluster_root) - 6, "XXXXXX");
    return mkdtemp(cluster_root) ? 0 : -1;
}

static int folder_remove(void **state)
{
    (void)state;
    int left = cluster_processes();
    cluster_root_remove();
    return left ? -1 : 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_node_lost, cluster_start, cluster_stop),
        cmocka_unit_test_setup_teardown(test_controller_lost, cluster_start, cluster_stop),
        cmocka_unit_test_setup_teardown(test_cancelled, cluster_start, cluster_stop),
        cmocka_unit_test_setup_teardown(test_two_attempts, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_bad_node, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_unknown, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(test_other_table, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

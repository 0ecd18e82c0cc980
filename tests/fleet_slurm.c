/* slurm: arrays on a real cluster: each is submitted once, each task does its chunk, what asks for
 * it is done again, and what the cluster does not answer or refuses is said. */
#include "fleet/slurm.h"

#include "tests/cluster.h"

#include <sys/stat.h>

#define WAIT_MS 60000

/* A hem that writes down what it was asked; chunk 12 breaks the first time. */
static const char hem[] =
    "#!/bin/sh\n"
    "echo \"$*\" >>\"$2/asked\"\n"
    "[ \"$3\" != 12 ] || [ -e \"$2/again\" ] || { touch \"$2/again\"; exit 75; }\n"
    "[ \"$3\" -lt 90 ] || sleep 60\n";

static struct buf script, log_file;

static void file_write(const char *name, const char *text, struct buf *path)
{
    buf_reset(path);
    buf_addf(path, "%s/%s", cluster_root, name);
    FILE *file = fopen(buf_text(path), "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(buf_text(path), 0755), 0);
}

static int begin(void **state)
{
    struct buf text = {0}, program = {0};
    struct err e = {0};
    if (cluster_start(state) != 0)
        return -1;
    file_write("it's hem", hem, &program);
    assert_true(slurm_script(buf_text(&program), cluster_root, &text, &e));
    file_write("script", buf_text(&text), &script);
    buf_addf(&log_file, "%s/log/task-%%a", cluster_root);
    buf_finish(&text);
    buf_finish(&program);
    return 0;
}

static int end(void **state)
{
    buf_finish(&script);
    buf_finish(&log_file);
    return cluster_stop(state);
}

static struct slurm_array array_of(const char *name, const char *indexes, int offset)
{
    return (struct slurm_array){.name = name,
                                .script = buf_text(&script),
                                .log = buf_text(&log_file),
                                .indexes = indexes,
                                .offset = offset};
}

/* Until no task of NAMES runs or waits any more; RESTARTED: the most that were seen. */
static void await(const char *names, int *restarted)
{
    struct err e = {0};
    struct slurm_view v;
    struct deadline until = deadline_in(WAIT_MS);
    *restarted = 0;
    do {
        if (!slurm_view(names, &v, &e))
            fail_msg("%s", e.text);
        *restarted = v.restarted > *restarted ? v.restarted : *restarted;
        poll(NULL, 0, 100);
    } while (v.running + v.pending + v.ending > 0 && !deadline_passed(until));
    if (v.running + v.pending + v.ending > 0) {
        struct buf how = {0};
        shell("squeue --array; sinfo -N -l; sinfo -R", &how);
        fail_msg("%s", buf_text(&how));
    }
}

/* What the program was asked, sorted: the chunks' numbers. */
static void asked(struct buf *out)
{
    struct buf command = {0};
    buf_addf(&command, "cut -d' ' -f3 %s/asked | sort -n | paste -sd,", cluster_root);
    shell(buf_text(&command), out);
    buf_finish(&command);
}

static void test_limits(void **state)
{
    (void)state;
    struct err e = {0};
    struct slurm_limits limits;
    assert_true(slurm_limits(&limits, &e));
    assert_int_equal(limits.array, 1001);
    assert_int_equal(limits.jobs, 10000);
}

/* Without a controller nothing can be known, and nothing is submitted twice when it is back. */
static void test_controller_away(void **state)
{
    (void)state;
    struct err e = {0};
    int restarted;
    struct slurm_view v;
    struct slurm_limits limits;
    struct buf out = {0};
    char job[SLURM_JOB_SIZE];
    struct slurm_array a = array_of("hem-test-5", "0-1", 60);
    assert_true(cluster_do("crash"));
    assert_false(slurm_limits(&limits, &e));
    assert_false(slurm_view("hem-test-5", &v, &e));
    assert_false(slurm_submit(&a, job, &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_non_null(strstr(e.text, "squeue failed"));
    assert_true(cluster_do("recover"));
    e = (struct err){0};
    if (!slurm_submit(&a, job, &e))
        fail_msg("%s", e.text);
    await("hem-test-5", &restarted);
    asked(&out);
    assert_string_equal(buf_text(&out), "60,61\n");
    buf_finish(&out);
}

static void test_submit(void **state)
{
    (void)state;
    struct err e = {0};
    int restarted;
    struct buf out = {0};
    char first[SLURM_JOB_SIZE], again[SLURM_JOB_SIZE];
    struct slurm_array a = array_of("hem-test-1", "0-3,5", 10), b = array_of("hem-test-2", "0", 40);
    if (!slurm_submit(&a, first, &e) || !slurm_submit(&a, again, &e))
        fail_msg("%s", e.text);
    assert_string_equal(first, again); /* it was there already */
    assert_true(slurm_submit(&b, again, &e));
    assert_string_not_equal(first, again);
    await("hem-test-1,hem-test-2", &restarted);
    assert_int_equal(restarted, 1);
    asked(&out);
    assert_string_equal(buf_text(&out), "10,11,12,12,13,15,40,60,61\n");
    assert_true(slurm_submit(&a, again, &e)); /* nor is it done again when it has ended */
    assert_string_equal(first, again);
    buf_finish(&out);
}

/* The answer of sbatch is lost, as when a busy controller takes too long: it is not submitted
 * twice. */
static void test_answer_lost(void **state)
{
    (void)state;
    static const char mute[] =
        "#!/bin/sh\n"
        "echo called >>\"$0.calls\"\n"
        "PATH=${PATH#*:} sbatch \"$@\" >/dev/null\n"
        "echo 'sbatch: error: Batch job submission failed: Socket timed out' >&2\n"
        "exit 1\n";
    struct err e = {0};
    struct buf path = {0}, program = {0}, out = {0};
    int restarted;
    char job[SLURM_JOB_SIZE], *was = mem_text(getenv("PATH"));
    struct slurm_array a = array_of("hem-test-6", "0-1", 70);
    file_write("sbatch", mute, &program);
    buf_addf(&path, "%s:%s", cluster_root, was);
    setenv("PATH", buf_text(&path), 1);
    bool submitted = slurm_submit(&a, job, &e);
    setenv("PATH", was, 1);
    if (!submitted)
        fail_msg("%s", e.text);
    assert_true(*job);
    await("hem-test-6", &restarted);
    asked(&out);
    assert_non_null(strstr(buf_text(&out), ",70,71\n"));
    buf_reset(&out);
    buf_add(&program, ".calls");
    buf_reset(&path);
    buf_addf(&path, "grep -c called %s", buf_text(&program));
    shell(buf_text(&path), &out);
    assert_string_equal(buf_text(&out), "1\n");
    free(was);
    buf_finish(&path);
    buf_finish(&program);
    buf_finish(&out);
}

static void test_refused(void **state)
{
    (void)state;
    struct err e = {0};
    char job[SLURM_JOB_SIZE];
    struct slurm_array a = array_of("hem-test-3", "5000", 0);
    assert_false(slurm_submit(&a, job, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, "Invalid job array specification"));
}

static void test_cancel(void **state)
{
    (void)state;
    struct err e = {0};
    struct slurm_view v = {0};
    int restarted;
    char job[SLURM_JOB_SIZE];
    struct slurm_array a = array_of("hem-test-4", "0-7", 90);
    struct deadline until = deadline_in(WAIT_MS);
    assert_true(slurm_submit(&a, job, &e));
    while (v.running == 0 && !deadline_passed(until)) {
        assert_true(slurm_view("hem-test-4", &v, &e));
        poll(NULL, 0, 100);
    }
    assert_int_equal(v.running + v.pending, 8);
    assert_int_equal(shell("scancel --name hem-test-4", NULL), 0);
    await("hem-test-4", &restarted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),  cmocka_unit_test(test_controller_away),
        cmocka_unit_test(test_submit),  cmocka_unit_test(test_answer_lost),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_cancel),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

/* kubernetes: would an API server take the manifest? By Kubernetes' own schema, from npm, and by
 * the rules between fields that no schema has; and does that check tell a bad manifest? */
#include "fleet/kubernetes.h"

#include "emulator/home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define NO_REGISTRY 3 /* of tests/kubernetes/install */

static char root[] = "/tmp/hem-kubernetes-XXXXXX";

static const struct kubernetes_job usual = {.name = "hem-orders-0c1d",
                                            .image = "registry.example/hem:0.1.0",
                                            .run = "/data/runs/orders",
                                            .task_folder = "/data/tasks/orders",
                                            .chunks = 500,
                                            .emulators = 50,
                                            .emulator_mb = 300};

static const struct change {
    const char *from, *to; /* in the usual manifest */
    const char *why;       /* part of what is said */
} changes[] = {
    {"", "", "ok"},
    {"completions: 500", "completions: 500.5", "integer"},
    {"completionMode: Indexed", "completionMode: Numbered", "completionMode"},
    {"completions: 500", "completion: 500", "spec.completion is no field"},
    {"parallelism: 500", "parallelism: 100001", "parallelism must be at most"},
    {"  completions: 500\n", "", "Indexed needs completions"},
    {"completionMode: Indexed\n", "completionMode: NonIndexed\n", "backoffLimitPerIndex needs"},
    {"  backoffLimitPerIndex: 6\n", "", "maxFailedIndexes needs"},
    {"maxFailedIndexes: 500", "maxFailedIndexes: 501", "maxFailedIndexes is too large"},
    {"restartPolicy: Never", "restartPolicy: Always", "restartPolicy must be"},
    {"restartPolicy: Never", "restartPolicy: OnFailure", "needs restartPolicy Never"},
    {"podReplacementPolicy: Failed", "podReplacementPolicy: TerminatingOrFailed",
     "needs podReplacementPolicy"},
    {"values: [2, 3, 4]", "values: [3, 2, 4]", "in order"},
    {"values: [75]", "values: [0, 75]", "exit code 0"},
    {"containerName: chunk, operator: In, values: [75]",
     "containerName: hem, operator: In, values: [75]", "names no container"},
    {"operator: In, values: [75]", "operator: Is, values: [75]", "operator"},
    {"{name: memory, mountPath", "{name: shm, mountPath", "no volume is called shm"},
    {"effect: NoExecute, tolerationSeconds: 30}\n        - {key: node.kubernetes.io/not-ready",
     "effect: NoSchedule, tolerationSeconds: 30}\n        - {key: node.kubernetes.io/not-ready",
     "needs NoExecute"},
    {"tolerationSeconds: 30", "tolerationSecond: 30", "tolerationSecond is no field"},
    {"name: \"hem-orders-0c1d\"", "name: \"Orders\"", "no name of a Job"},
};
#define CHANGES (sizeof changes / sizeof changes[0])

/* Runs COMMAND through the shell; what it says goes into OUT. Returns its status. */
static int shell(const char *command, struct buf *out)
{
    char part[4096];
    size_t got;
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    while ((got = fread(part, 1, sizeof part, pipe)) > 0)
        buf_add_bytes(out, part, got);
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void file_write(int number, const char *text)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%02d.yaml", root, number);
    FILE *file = fopen(buf_text(&path), "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    buf_finish(&path);
}

static void changed_write(int number, const char *manifest, const struct change *c)
{
    struct buf text = {0};
    const char *at = strstr(manifest, c->from);
    if (!at)
        fail_msg("the manifest has no \"%s\"", c->from);
    buf_add_bytes(&text, manifest, (size_t)(at - manifest));
    buf_add(&text, c->to);
    buf_add(&text, at + strlen(c->from));
    file_write(number, buf_text(&text));
    buf_finish(&text);
}

/* The folder of the check, with what it needs. False: npm's registry can't be reached. */
static bool check_install(struct buf *folder)
{
    struct buf command = {0}, said = {0};
    const char *build = getenv("HEM_BUILD");
    buf_addf(folder, "%s/kubernetes", build ? build : "build");
    buf_addf(&command, "sh tests/kubernetes/install \"$PWD/%s\" 2>&1", buf_text(folder));
    int status = shell(buf_text(&command), &said);
    if (status != 0 && status != NO_REGISTRY)
        fail_msg("%s", buf_text(&said));
    buf_finish(&command);
    buf_finish(&said);
    return status == 0;
}

/* Each line of SAID is about one file. */
static void said_compare(char *said, int lines, const char *(*expected)(int line))
{
    for (int i = 0; i < lines; i++) {
        char *end = said + strcspn(said, "\n");
        if (!*end)
            fail_msg("nothing is said of manifest %d", i);
        *end = '\0';
        if (strcmp(expected(i), "ok") == 0 ? strcmp(said, "ok") != 0 : !strstr(said, expected(i)))
            fail_msg("manifest %d: \"%s\", expected \"%s\"", i, said, expected(i));
        said = end + 1;
    }
}

static const char *expected_of(int line)
{
    return line < (int)CHANGES ? changes[line].why : "ok";
}

static void test_manifest(void **state)
{
    (void)state;
    struct err e = {0};
    struct buf folder = {0}, text = {0}, command = {0}, said = {0};
    struct kubernetes_job large = usual;
    large.chunks = 100000;
    large.run = "/data/a \"run\" of Søren's \\ 1";
    if (!check_install(&folder)) {
        buf_finish(&folder);
        puts("SKIPPED: the manifest for Kubernetes was NOT checked: npm's registry can't be "
             "reached");
        skip();
    }
    assert_true(kubernetes_manifest(&usual, &text, &e));
    for (size_t i = 0; i < CHANGES; i++)
        changed_write((int)i, buf_text(&text), &changes[i]);
    buf_reset(&text);
    assert_true(kubernetes_manifest(&large, &text, &e));
    file_write((int)CHANGES, buf_text(&text));
    buf_addf(&command, "node %s/check.mjs %s/*.yaml 2>&1", buf_text(&folder), root);
    assert_int_equal(shell(buf_text(&command), &said), 0);
    said_compare(said.text, (int)CHANGES + 1, expected_of);
    buf_finish(&folder);
    buf_finish(&text);
    buf_finish(&command);
    buf_finish(&said);
}

static void test_limits(void **state)
{
    (void)state;
    struct err e = {0};
    struct buf text = {0};
    struct kubernetes_job job = usual;
    job.chunks = 100001;
    assert_false(kubernetes_manifest(&job, &text, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    job = usual;
    job.pods = 7;
    assert_true(kubernetes_manifest(&job, &text, &e));
    assert_non_null(strstr(text.text, "parallelism: 7\n"));
    assert_null(strstr(text.text, "{{"));
    buf_finish(&text);
}

static void test_containerfile(void **state)
{
    (void)state;
    struct err e = {0};
    struct buf text = {0};
    assert_true(kubernetes_containerfile(&usual, &text, &e));
    assert_non_null(strstr(text.text, "-t registry.example/hem:0.1.0 TASK\n"));
    assert_non_null(strstr(text.text, "COPY [\".\", \"/data/tasks/orders\"]\n"));
    assert_null(strstr(text.text, "{{"));
    buf_finish(&text);
}

static int root_make(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int root_remove(void **state)
{
    (void)state;
    directory_remove(root);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_manifest, root_make, root_remove),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_containerfile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

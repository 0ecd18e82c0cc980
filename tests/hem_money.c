/* What asking a model costs, whose key it is, and the limits, in whole runs with a scripted server.
 */
#include "tests/model_server.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define KEY  "sk-test-0123456789abcdef"
#define TASK "tests/model/shop.yaml"

/* The order, then the word that it is done; USAGE is JSON. */
#define ANSWER(tool, arguments, usage)                                                             \
    "{\"body\":{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","  \
    "\"function\":{\"name\":\"" tool "\",\"arguments\":\"" arguments "\"}}]}}],\"usage\":" usage   \
    "}}"
#define ORDER                                                                                      \
    "{\\\"steps\\\":[\\\"type \\\\\\\"Ada\\\\\\\" into \\\\\\\"Name\\\\\\\"\\\","                  \
    "\\\"click button \\\\\\\"Place order\\\\\\\"\\\"]}"
#define ROW(usage)                                                                                 \
    ANSWER("steps", ORDER, usage)                                                                  \
    "," ANSWER("finish", "{\\\"success\\\":true,\\\"message\\\":\\\"done\\\"}", usage)
#define TOKENS "{\"prompt_tokens\":1000,\"completion_tokens\":10}"

static char folder[64];

static int prepare(void **state)
{
    (void)state;
    char path[96];
    snprintf(folder, sizeof folder, "%s", new_folder());
    snprintf(path, sizeof path, "%s/prices.json", folder);
    setenv("HEM_PRICES", path, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    unsetenv("HEM_API_KEY");
    unsetenv("ANTHROPIC_API_KEY");
    write_file(folder, "prices.json",
               "{\"models\": {\"chat/test\": {\"input\": 1, \"output\": 5}}}");
    write_file(folder, "rows.csv", "n\n1\n2\n");
    return 0;
}

static int clear(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* One run with a server: its status, and how often the server was asked. */
struct run {
    struct buf text;
    char *log;
    int status, asked;
};

/* OUT: the folder of its record. The options end with NULL. */
static void play(struct run *r, const struct model_server *server, const char *out,
                 const char *const options[])
{
    char record[96];
    int before = model_server_asked(server);
    struct buf policy = {0};
    snprintf(record, sizeof record, "%s/%s", folder, out);
    buf_addf(&policy, "model:chat/test@%s", model_server_url(server, "/v1"));
    r->status = hem(&r->text, "run", TASK, "--policy", buf_text(&policy), "--out", record,
                    options[0], options[0] ? options[1] : NULL, options[0] ? options[2] : NULL,
                    options[0] && options[2] ? options[3] : NULL, NULL);
    r->asked = model_server_asked(server) - before;
    r->log = model_server_log(server);
    buf_finish(&policy);
}

static void expect(struct run *r, int status, int asked, const char *said)
{
    if (r->status != status || r->asked != asked || !strstr(buf_text(&r->text), said))
        fail_msg("status %d, asked %d times, and \"%s\" is meant:\n%s", r->status, r->asked, said,
                 buf_text(&r->text));
    buf_finish(&r->text);
    free(r->log);
    *r = (struct run){0};
}

static void test_what_it_cost_is_told(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0};
    model_server_start(&server, "[" ROW(TOKENS) "]");
    play(&r, &server, "told", (const char *const[]){NULL});
    expect(&r, 0, 2,
           "model    asked 2 times: 2000 tokens read anew, 0 from its cache, 20 written; $0.0021");
    char *record = file_text(folder, "told/episode.json");
    assert_non_null(strstr(record, "\"model\":{\"calls\":2,\"input\":2000,\"cached\":0,"
                                   "\"cache_written\":0,\"output\":20,\"dollars\":0.0021"));
    free(record);
    model_server_end(&server);
}

static void test_no_call_beyond_the_limit(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0};
    model_server_start(&server, "[" ROW(TOKENS) "]");
    play(&r, &server, "limit", (const char *const[]){"--limit", "dollars=0.0001", NULL});
    expect(&r, 4, 0, "the task's limit of $0.0001 (limits: dollars): $0 is spent");
    model_server_end(&server);
}

/* A server that does not say what it used is taken to have used all that it could. */
static void test_silent_servers_are_paid_in_full(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0};
    model_server_start(&server, "[" ROW("{}") "]");
    play(&r, &server, "silent", (const char *const[]){"--limit", "dollars=0.05", NULL});
    expect(&r, 4, 1, "the task's limit of $0.05 (limits: dollars): $0.0");
    model_server_end(&server);
}

/* So is a call whose answer was cut off: it is not made again where that could go beyond the limit.
 */
static void test_lost_answers_are_paid_in_full(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0};
    model_server_start(&server, "[{\"body\": {\"choices\": []}, \"cut\": 5, \"times\": 9}]");
    play(&r, &server, "lost", (const char *const[]){"--limit", "dollars=0.05", NULL});
    expect(&r, 4, 1, "the task's limit of $0.05 (limits: dollars): $0.0");
    model_server_end(&server);
}

/* The run's money ends with the first row: the second waits for more. */
static void test_the_limit_of_a_run(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0};
    char rows[96];
    snprintf(rows, sizeof rows, "%s/rows.csv", folder);
    model_server_start(&server, "[" ROW("{\"cost\":0.25}") "," ROW("{\"cost\":0.25}") "]");
    play(&r, &server, "rows",
         (const char *const[]){"--rows", rows, "--limit", "run_dollars=0.5", NULL});
    expect(&r, 4, 2, "the run's limit of $0.5 (limits: run_dollars): $0.5 is spent");
    play(&r, &server, "rows",
         (const char *const[]){"--rows", rows, "--limit", "run_dollars=0.6", NULL});
    expect(&r, 0, 2, "2 done, 0 failed, 0 unknown");
    model_server_end(&server);
}

static void test_the_key_goes_to_the_server_only(void **state)
{
    (void)state;
    struct model_server server;
    struct run r = {0}, grep = {0};
    char record[96];
    snprintf(record, sizeof record, "%s/key", folder);
    setenv("HEM_API_KEY", KEY, 1);
    setenv("HEM_LOG", "debug", 1);
    model_server_start(&server, "[" ROW(TOKENS) "]");
    play(&r, &server, "key", (const char *const[]){NULL});
    unsetenv("HEM_API_KEY");
    unsetenv("HEM_LOG");
    assert_non_null(strstr(r.log, "\"authorization\": \"Bearer " KEY "\""));
    assert_null(strstr(buf_text(&r.text), KEY));
    char *argv[] = {"grep", "-r", "-l", "-a", KEY, record, NULL};
    grep.status = program_run(argv, &grep.text);
    expect(&grep, 1, 0, "");
    expect(&r, 0, 2, "asked 2 times");
    model_server_end(&server);
}

static const struct {
    const char *policy, *key, *said;
} refused[] = {
    {"model:anthropic/claude-opus-5-5", NULL, "set the environment variable ANTHROPIC_API_KEY"},
    {"model:anthropic/claude-opus-5-7", KEY, "what anthropic/claude-opus-5-7 costs is not known"},
    {"model:anthropic/claude-opus-5-5@http://example.com", KEY, "unencrypted"},
    {"model:anthropic/claude-opus-5-5@https://me@example.com", KEY, "is not the address"},
};

/* All of it before anything is started. */
static void test_refused_before_it_begins(void **state)
{
    (void)state;
    struct buf text = {0};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i].key) {
            setenv("ANTHROPIC_API_KEY", refused[i].key, 1);
            setenv("HEM_API_KEY", refused[i].key, 1);
        }
        int status =
            hem(&text, "run", TASK, "--policy", refused[i].policy, "--out", "/nowhere/x", NULL);
        if (status != 2 || !strstr(buf_text(&text), refused[i].said) ||
            strstr(buf_text(&text), KEY))
            fail_msg("%s: status %d: %s", refused[i].policy, status, buf_text(&text));
    }
    unsetenv("ANTHROPIC_API_KEY");
    unsetenv("HEM_API_KEY");
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_it_cost_is_told),
        cmocka_unit_test(test_no_call_beyond_the_limit),
        cmocka_unit_test(test_silent_servers_are_paid_in_full),
        cmocka_unit_test(test_lost_answers_are_paid_in_full),
        cmocka_unit_test(test_the_limit_of_a_run),
        cmocka_unit_test(test_the_key_goes_to_the_server_only),
        cmocka_unit_test(test_refused_before_it_begins),
    };
    return cmocka_run_group_tests(tests, prepare, clear);
}

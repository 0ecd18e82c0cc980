/* A request on its good and bad days, against a scripted server. */
#include "policy/endpoint.h"

#include "base/stop.h"
#include "policy/http.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/model_server.h"

#define KEY "sk-test-0123456789abcdef"

static const char *const headers[] = {"Authorization: Bearer " KEY, "anthropic-version: 2023-06-01",
                                      NULL};

struct outcome {
    bool posted;
    struct endpoint_answer answer;
    struct err e;
    int asked;
};

static void outcome_finish(struct outcome *o)
{
    endpoint_answer_finish(&o->answer);
    *o = (struct outcome){0};
}

/* One request to a server that plays SCRIPT. */
static void ask(const char *script, double timeout_ms, double within_ms, struct outcome *out)
{
    struct model_server server;
    model_server_start(&server, script);
    struct endpoint_options options = {.url = model_server_url(&server, "/v1/messages"),
                                       .headers = headers,
                                       .timeout_ms = timeout_ms,
                                       .stall_ms = 500,
                                       .backoff_ms = 1};
    struct endpoint *p = endpoint_create(&options);
    *out = (struct outcome){0};
    out->posted = endpoint_post(p, "{\"n\":1}", deadline_in(within_ms), &out->answer, &out->e);
    if (out->posted && out->answer.status >= 400)
        endpoint_refused(p, &out->answer, &out->e);
    out->asked = model_server_asked(&server);
    endpoint_destroy(p);
    model_server_end(&server);
    assert_null(strstr(out->e.text, KEY));
}

#define GOOD  "{\"body\":{\"ok\":1}}"
#define ERROR "\"body\":{\"error\":{\"type\":\"t\",\"message\":\"No.\"}}"

static const struct {
    const char *script;
    int status;        /* 0: no final answer */
    int asked;         /* how often */
    double timeout_ms; /* of one try; 0: the default */
    enum err_kind kind;
    const char *said;
} days[] = {
    {"[" GOOD "]", 200, 1, 0, ERR_NONE, ""},
    {"[{\"chunked\":true,\"body\":{\"ok\":1}}]", 200, 1, 0, ERR_NONE, ""},
    {"[{\"drip\":1,\"body\":{\"ok\":1}}]", 200, 1, 0, ERR_NONE, ""},
    {"[{\"status\":429,\"headers\":{\"retry-after\":\"0.01\"}," ERROR "}," GOOD "]", 200, 2, 0,
     ERR_NONE, ""},
    {"[{\"status\":429,\"headers\":{\"retry-after-ms\":\"5\"}," ERROR ",\"times\":3}," GOOD "]",
     200, 4, 0, ERR_NONE, ""},
    {"[{\"status\":429," ERROR "},{\"status\":500," ERROR "},{\"status\":529," ERROR "}," GOOD "]",
     200, 4, 0, ERR_NONE, ""},
    {"[{\"status\":503,\"body\":\"<html>\",\"times\":99}]", 0, 7, 0, ERR_IO,
     "127.0.0.1: 503 (asked 7 times)"},
    {"[{\"cut\":-1},{\"body\":{\"ok\":1},\"cut\":3}," GOOD "]", 200, 3, 0, ERR_NONE, ""},
    {"[{\"cut\":-1,\"times\":99}]", 0, 7, 0, ERR_IO, "127.0.0.1: "},
    {"[{\"body\":{\"ok\":1},\"stall\":3}," GOOD "]", 200, 2, 0, ERR_NONE, ""},
    {"[{\"stall\":-1,\"times\":99}]", 0, 2, 300, ERR_IO,
     "127.0.0.1: no whole reply within the time it may take (asked 2 times)"},
    {"[{\"drip\":50,\"body\":{\"ok\":1},\"times\":99}]", 0, 2, 300, ERR_IO,
     "127.0.0.1: no whole reply within the time it may take (asked 2 times)"},
    {"[{\"bytes\":50000000}]", 0, 1, 0, ERR_REPLY, "127.0.0.1: a reply of more than 16 MiB"},
    {"[{\"bytes\":50000000,\"chunked\":true}]", 0, 1, 0, ERR_REPLY,
     "127.0.0.1: a reply of more than 16 MiB"},
    {"[{\"body\":{\"error\":{\"code\":502,\"message\":\"No.\"}}}," GOOD "]", 200, 2, 0, ERR_NONE,
     ""},
    {"[{\"body\":{\"error\":{\"code\":400,\"message\":\"No.\"}}}]", 400, 1, 0, ERR_REPLY,
     "127.0.0.1: 400: No."},
    {"[{\"body\":\"{\\\"ok\\\":\"}," GOOD "]", 200, 2, 0, ERR_NONE, ""},
    {"[{\"body\":\"{\\\"ok\\\":\",\"times\":99}]", 0, 3, 0, ERR_IO,
     "127.0.0.1: a reply that is not JSON (6 bytes, status 200) (asked 3 times)"},
    {"[{\"status\":400," ERROR "}]", 400, 1, 0, ERR_REPLY, "127.0.0.1: 400 t: No."},
    {"[{\"status\":404," ERROR "}]", 404, 1, 0, ERR_USAGE, "127.0.0.1: 404 t: No."},
    {"[{\"status\":401,\"body\":{\"error\":\"the key " KEY " is not known\"}}]", 0, 1, 0, ERR_IO,
     "127.0.0.1: 401: the key ************************ is not known"},
    {"[{\"status\":400,\"body\":{\"error\":\"the key " KEY " is not known\"}}]", 400, 1, 0,
     ERR_REPLY, "127.0.0.1: 400: the key ************************ is not known"},
    {"[{\"status\":429,\"body\":{\"error\":{\"code\":\"insufficient_quota\"}}}]", 0, 1, 0, ERR_IO,
     "127.0.0.1: 429 insufficient_quota"},
    {"[{\"status\":307,\"headers\":{\"location\":\"/elsewhere\"}}]", 0, 1, 0, ERR_IO,
     "127.0.0.1: 307: it says to ask elsewhere"},
};

static void test_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct outcome o;
        ask(days[i].script, days[i].timeout_ms, -1, &o);
        bool as_said = *days[i].said ? strstr(o.e.text, days[i].said) == o.e.text : !*o.e.text;
        if (o.posted != (days[i].status > 0) || o.answer.status != days[i].status ||
            o.asked != days[i].asked || o.e.kind != days[i].kind || !as_said)
            fail_msg("%s: posted %d, status %d, asked %d times, kind %d: %s", days[i].script,
                     o.posted, o.answer.status, o.asked, o.e.kind, o.e.text);
        if (o.answer.status == 200) {
            assert_string_equal(buf_text(&o.answer.body), "{\"ok\": 1}");
            assert_int_equal(o.answer.tries, o.asked);
        }
        assert_null(strstr(buf_text(&o.answer.body), KEY));
        outcome_finish(&o);
    }
}

static void test_the_deadline_ends_it(void **state)
{
    (void)state;
    struct outcome o;
    ask("[{\"stall\":-1}]", 0, 300, &o);
    assert_false(o.posted);
    assert_int_equal(o.e.kind, ERR_LIMIT);
    assert_string_equal(o.e.text, "127.0.0.1: no whole reply within the time it may take");
    /* what the provider asks for is longer than there is time: nobody waits in vain */
    ask("[{\"status\":429,\"headers\":{\"retry-after\":\"3600\"}}]", 0, 60000, &o);
    assert_int_equal(o.e.kind, ERR_LIMIT);
    assert_string_equal(o.e.text, "127.0.0.1: 429; asking again in 3600.0 s is past the time that "
                                  "is left");
    outcome_finish(&o);
}

static void request_check(const char *line, const char *body)
{
    static const struct {
        const char *name, *value;
    } expected[] = {{"authorization", "Bearer " KEY},
                    {"anthropic-version", "2023-06-01"},
                    {"content-type", "application/json"}};
    cJSON *request = cJSON_Parse(line), *posted = cJSON_Parse(body);
    const cJSON *sent = cJSON_GetObjectItem(request, "headers");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(sent, expected[i].name)),
                            expected[i].value);
    assert_null(cJSON_GetObjectItem(sent, "expect"));
    assert_int_equal(cJSON_GetObjectItem(request, "connection")->valueint, 1);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(request, "method")), "POST");
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(request, "path")), "/v1/messages");
    assert_true(cJSON_Compare(cJSON_GetObjectItem(request, "body"), posted, true));
    cJSON_Delete(request);
    cJSON_Delete(posted);
}

/* What arrives is what was posted, over one connection. */
static void test_requests(void **state)
{
    (void)state;
    struct model_server server;
    struct endpoint_answer answer = {0};
    struct err e = {0};
    model_server_start(&server, "[{\"body\":{\"ok\":1},\"times\":3}]");
    struct endpoint_options options = {.url = model_server_url(&server, "/v1/messages"),
                                       .headers = headers};
    struct endpoint *p = endpoint_create(&options);
    struct buf large = {0}; /* a screenshot: above the size at which curl likes to be asked first */
    buf_add(&large, "{\"image\":\"");
    for (int i = 0; i < 3 << 20; i++)
        buf_add_char(&large, (char)('a' + i % 26));
    buf_add(&large, "\"}");
    assert_true(endpoint_post(p, "{\"n\":\"\xc3\xa9\"}", deadline_in(-1), &answer, &e));
    assert_true(endpoint_post(p, buf_text(&large), deadline_in(-1), &answer, &e));
    assert_true(endpoint_post(p, "{}", deadline_in(-1), &answer, &e));
    char *log = model_server_log(&server), *rest = log;
    for (int i = 0; i < 3; i++)
        request_check(strsep(&rest, "\n"), i == 0   ? "{\"n\":\"\xc3\xa9\"}"
                                           : i == 1 ? buf_text(&large)
                                                    : "{}");
    free(log);
    buf_finish(&large);
    endpoint_answer_finish(&answer);
    endpoint_destroy(p);
    model_server_end(&server);
}

static const struct {
    const char *url;
    enum err_kind kind;
    const char *said;
} nowhere[] = {
    {"http://127.0.0.1:1/v1", ERR_IO, "(asked 3 times)"}, /* nobody listens */
    {"http://nosuch.invalid/v1", ERR_IO, "nosuch.invalid: "},
    {"file:///etc/passwd", ERR_USAGE, ""},
    {"gopher://127.0.0.1/", ERR_USAGE, ""},
    {"http://", ERR_USAGE, ""},
};

static void test_nobody_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        struct endpoint_options options = {.url = nowhere[i].url, .backoff_ms = 1};
        struct endpoint *p = endpoint_create(&options);
        struct endpoint_answer answer = {0};
        struct err e = {0};
        assert_false(endpoint_post(p, "{}", deadline_in(-1), &answer, &e));
        if (e.kind != nowhere[i].kind || !strstr(e.text, nowhere[i].said))
            fail_msg("%s: kind %d: %s", nowhere[i].url, e.kind, e.text);
        endpoint_destroy(p);
    }
}

/* A key does not go to whom nobody vouches for. */
static void test_certificates(void **state)
{
    (void)state;
    struct model_server server;
    struct endpoint_answer answer = {0};
    struct err e = {0};
    struct buf text = {0};
    char folder[64], pem[96], url[64];
    snprintf(folder, sizeof folder, "%s", new_folder());
    snprintf(pem, sizeof pem, "%s/both.pem", folder);
    char *argv[] = {"openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=DNS:localhost",
                    "-keyout",
                    pem,
                    "-out",
                    pem,
                    NULL};
    assert_int_equal(program_run(argv, &text), 0);
    model_server_start_with(&server, "[" GOOD "]", pem);
    snprintf(url, sizeof url, "https://localhost:%d/v1", server.port);
    struct endpoint_options options = {.url = url, .headers = headers, .backoff_ms = 1};
    struct endpoint *p = endpoint_create(&options);
    assert_false(endpoint_post(p, "{}", deadline_in(-1), &answer, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, "certificate"));
    assert_null(strstr(e.text, "asked"));
    assert_int_equal(model_server_asked(&server), 0);
    setenv("SSL_CERT_FILE", pem, 1);
    assert_true(endpoint_post(p, "{}", deadline_in(-1), &answer, &e));
    unsetenv("SSL_CERT_FILE");
    assert_int_equal(model_server_asked(&server), 1);
    endpoint_answer_finish(&answer);
    endpoint_destroy(p);
    model_server_end(&server);
    remove_folder(folder);
    buf_finish(&text);
}

/* The user's proxy is for what is outside. */
static void test_no_proxy_for_a_local_model(void **state)
{
    (void)state;
    struct outcome o;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    ask("[" GOOD "]", 0, -1, &o);
    unsetenv("http_proxy");
    assert_true(o.posted);
    outcome_finish(&o);
}

static const struct model_server *stopped_server;

static void *stop_when_asked(void *unused)
{
    (void)unused;
    while (model_server_asked(stopped_server) == 0)
        usleep(1000);
    stop_request();
    return NULL;
}

/* In a process of its own, as a stop can't be taken back. */
static void stopped_while(const char *script)
{
    struct model_server server;
    model_server_start(&server, script);
    pid_t pid = fork();
    if (pid == 0) {
        struct endpoint_options options = {.url = model_server_url(&server, "/"),
                                           .backoff_ms = 1000000};
        struct endpoint *p = endpoint_create(&options);
        struct endpoint_answer answer = {0};
        struct err e = {0};
        pthread_t thread;
        stop_install();
        stopped_server = &server;
        pthread_create(&thread, NULL, stop_when_asked, NULL);
        bool posted = endpoint_post(p, "{}", deadline_in(-1), &answer, &e);
        pthread_join(thread, NULL);
        endpoint_destroy(p);
        _exit(!posted && e.kind == ERR_STOPPED ? 0 : 1);
    }
    int status;
    waitpid(pid, &status, 0);
    model_server_end(&server);
    assert_int_equal(status, 0);
}

static void test_a_stop_ends_it(void **state)
{
    (void)state;
    stopped_while("[{\"stall\":-1}]"); /* while the model thinks */
    stopped_while("[{\"status\":429,\"headers\":{\"retry-after\":\"3600\"}}]"); /* while waiting */
    stopped_while("[{\"drip\":20,\"bytes\":1000000}]"); /* while it answers */
}

static void test_a_stalled_reply_is_cut(void **state)
{
    (void)state;
    struct model_server server;
    struct http_answer answer = {0};
    struct http *h = http_create();
    model_server_start(&server,
                       "[{\"body\":{\"ok\":1},\"stall\":3},{\"body\":{\"ok\":1},\"stall\":0}]");
    struct http_request request = {.url = model_server_url(&server, "/"),
                                   .body = "{}",
                                   .body_bytes = 2,
                                   .stall_ms = 50,
                                   .deadline = deadline_in(-1)};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(http_post(h, &request, &answer), HTTP_CUT);
        assert_string_equal(answer.why, "the connection stalled");
        assert_int_equal(answer.status, 0);
        assert_int_equal(answer.body.length, 0);
    }
    http_answer_finish(&answer);
    http_destroy(h);
    model_server_end(&server);
}

static void test_headers(void **state)
{
    (void)state;
    char value[12];
    const char *lines = "retry-after-ms: 5\nRetry-After:  a longer value \nempty:\n";
    assert_true(http_header(lines, "retry-after", value, sizeof value));
    assert_string_equal(value, "a longer va");
    assert_true(http_header(lines, "EMPTY", value, sizeof value));
    assert_string_equal(value, "");
    assert_false(http_header(lines, "after", value, sizeof value));
    assert_false(http_header("", "after", value, sizeof value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),           cmocka_unit_test(test_the_deadline_ends_it),
        cmocka_unit_test(test_requests),       cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_certificates),   cmocka_unit_test(test_no_proxy_for_a_local_model),
        cmocka_unit_test(test_a_stop_ends_it), cmocka_unit_test(test_a_stalled_reply_is_cut),
        cmocka_unit_test(test_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

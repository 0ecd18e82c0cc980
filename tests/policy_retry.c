/* What an answer of a provider means: taken, asked for again, or given up. */
#include "policy/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW 1445412420 /* Wed, 21 Oct 2015 07:27:00 GMT */

#define ANTHROPIC(type) "{\"type\":\"error\",\"error\":{\"type\":\"" type "\",\"message\":\"No.\"}}"
#define OPENAI(type, code)                                                                         \
    "{\"error\":{\"message\":\"No.\",\"type\":\"" type "\",\"param\":null,\"code\":" code "}}"

static const struct {
    int status;
    const char *headers, *body;
    enum retry_verdict verdict;
    int judged;   /* the status that comes out; 0: STATUS */
    double after; /* ms; -1: not said */
    const char *said;
} answers[] = {
    /* successes */
    {200, "", "{\"content\":[]}", RETRY_TAKE, 0, -1, ""},
    {201, "", "{\"error\":null,\"status\":\"completed\"}", RETRY_TAKE, 0, -1, ""},
    {200, "retry-after: 5\n", "{\"choices\":[{\"message\":{}}]}", RETRY_TAKE, 0, -1, ""},
    /* successes that are none */
    {200, "", "{\"error\":{\"code\":502,\"message\":\"No.\"}}", RETRY_AGAIN, 502, -1, "502: No."},
    {200, "", "{\"error\":{\"code\":400,\"message\":\"No.\"}}", RETRY_TAKE, 400, -1, "400: No."},
    {200, "", "{\"error\":{\"code\":402,\"message\":\"No.\"}}", RETRY_NEVER, 402, -1, "402: No."},
    {200, "", "{\"choices\":[{\"error\":{\"code\":429,\"message\":\"No.\"}}]}", RETRY_AGAIN, 429,
     -1, "429: No."},
    {200, "", ANTHROPIC("overloaded_error"), RETRY_AGAIN, 529, -1, "529 overloaded_error: No."},
    {200, "", ANTHROPIC("invalid_request_error"), RETRY_TAKE, 400, -1,
     "400 invalid_request_error: No."},
    {200, "", "{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"No.\"}}",
     RETRY_AGAIN, 500, -1, "500 server_error: No."},
    {200, "", "{\"status\":\"failed\",\"error\":{\"code\":\"invalid_image\",\"message\":\"No.\"}}",
     RETRY_TAKE, 400, -1, "400 invalid_image: No."},
    {200, "", "{\"error\":\"model is loading\"}", RETRY_TAKE, 400, -1, "400: model is loading"},
    {200, "", "{\"content\":[{\"type\":\"te", RETRY_AGAIN, 0, -1,
     "a reply that is not JSON (23 bytes, status 200)"},
    {200, "", "", RETRY_AGAIN, 0, -1, "a reply that is not JSON (0 bytes, status 200)"},
    {200, "", "<html>log in</html>", RETRY_AGAIN, 0, -1,
     "a reply that is not JSON (19 bytes, status 200)"},
    /* what passes */
    {408, "", "", RETRY_AGAIN, 0, -1, "408"},
    {409, "", "{}", RETRY_AGAIN, 0, -1, "409"},
    {429, "", ANTHROPIC("rate_limit_error"), RETRY_AGAIN, 0, -1, "429 rate_limit_error: No."},
    {429, "", OPENAI("requests", "\"rate_limit_exceeded\""), RETRY_AGAIN, 0, -1,
     "429 rate_limit_exceeded: No."},
    {500, "", ANTHROPIC("api_error"), RETRY_AGAIN, 0, -1, "500 api_error: No."},
    {502, "", "<html>Bad gateway</html>", RETRY_AGAIN, 0, -1, "502"},
    {503, "", "no model is loaded\x1b[2J", RETRY_AGAIN, 0, -1, "503: no model is loaded [2J"},
    {503, "", "{\"error\":{\"code\":503,\"message\":\"No.\",\"type\":\"unavailable_error\"}}",
     RETRY_AGAIN, 0, -1, "503 unavailable_error: No."},
    {529, "", ANTHROPIC("overloaded_error"), RETRY_AGAIN, 0, -1, "529 overloaded_error: No."},
    /* when to ask again */
    {429, "retry-after: 2\n", "{}", RETRY_AGAIN, 0, 2000, "429"},
    {429, "Retry-After:  1.5 \n", "{}", RETRY_AGAIN, 0, 1500, "429"},
    {429, "retry-after: 9\nretry-after-ms: 250\n", "{}", RETRY_AGAIN, 0, 250, "429"},
    {429, "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\n", "{}", RETRY_AGAIN, 0, 60000, "429"},
    {429, "retry-after: Wed, 21 Oct 2015 07:26:00 GMT\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {429, "retry-after: -1\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {429, "retry-after: 0\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {429, "retry-after: soon\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {429, "retry-after: nan\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {429, "retry-after: 1e300\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    {503, "x-ratelimit-reset-requests: 6m0s\n", "{}", RETRY_AGAIN, 0, -1, "503"},
    {429, "",
     "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"No.\",\"details\":["
     "{\"@type\":\"type.googleapis.com/google.rpc.Help\"},"
     "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"12.5s\"}]}}",
     RETRY_AGAIN, 0, 12500, "429 RESOURCE_EXHAUSTED: No."},
    {429, "",
     "[{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"No.\",\"details\":["
     "{\"retryDelay\":\"3s\"}]}}]",
     RETRY_AGAIN, 0, 3000, "429 RESOURCE_EXHAUSTED: No."},
    {429, "", "{\"error\":{\"details\":[{\"retryDelay\":\"12\"}]}}", RETRY_AGAIN, 0, -1, "429"},
    /* what the server itself says of asking again */
    {400, "x-should-retry: true\n", "{}", RETRY_AGAIN, 0, -1, "400"},
    {500, "x-should-retry: false\n", "{}", RETRY_NEVER, 0, -1, "500"},
    {400, "x-should-retry: false\n", "{}", RETRY_TAKE, 0, -1, "400"},
    {429, "x-should-retry: perhaps\n", "{}", RETRY_AGAIN, 0, -1, "429"},
    /* what does not pass */
    {429, "", OPENAI("insufficient_quota", "\"insufficient_quota\""), RETRY_NEVER, 0, -1,
     "429 insufficient_quota: No."},
    {429, "retry-after: 1\nx-should-retry: true\n",
     OPENAI("insufficient_quota", "\"credit_balance_exhausted\""), RETRY_NEVER, 0, -1,
     "429 credit_balance_exhausted: No."},
    {429, "",
     "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"No.\","
     "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}",
     RETRY_NEVER, 0, -1, "429 enforced_spend_limit_reached: No."},
    {401, "x-should-retry: true\n", ANTHROPIC("authentication_error"), RETRY_NEVER, 0, -1,
     "401 authentication_error: No."},
    {402, "", "{\"error\":{\"code\":402,\"message\":\"No.\"}}", RETRY_NEVER, 0, -1, "402: No."},
    {403, "", ANTHROPIC("permission_error"), RETRY_NEVER, 0, -1, "403 permission_error: No."},
    {301, "location: https://elsewhere.example/v1\n", "", RETRY_NEVER, 0, -1,
     "301: it says to ask elsewhere, which is not followed; give the address "
     "https://elsewhere.example/v1 itself if that is meant"},
    {304, "", "", RETRY_NEVER, 0, -1, "304"},
    /* what the maker of the request may mend */
    {400, "", ANTHROPIC("invalid_request_error"), RETRY_TAKE, 0, -1,
     "400 invalid_request_error: No."},
    {404, "", "{\"detail\":\"Not Found\"}", RETRY_TAKE, 0, -1, "404: Not Found"},
    {404, "", OPENAI("invalid_request_error", "\"model_not_found\""), RETRY_TAKE, 0, -1,
     "404 model_not_found: No."},
    {413, "", ANTHROPIC("request_too_large"), RETRY_TAKE, 0, -1, "413 request_too_large: No."},
    {422, "", "{\"object\":\"error\",\"message\":\"No\\ngood\\u001b[0m.\",\"code\":422}",
     RETRY_TAKE, 0, -1, "422: No good [0m."},
    {400, "", "{\"error\":{\"message\":\"caf\\u00e9 \\u009b1m\"}}", RETRY_TAKE, 0, -1,
     "400: caf\xc3\xa9  1m"},
};

static void test_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct retry_judgement j;
        int judged = answers[i].judged ? answers[i].judged : answers[i].status;
        retry_judge(answers[i].status, answers[i].headers, answers[i].body, strlen(answers[i].body),
                    NOW, &j);
        if (j.verdict != answers[i].verdict || j.status != judged ||
            j.after_ms != answers[i].after || strcmp(j.text, answers[i].said) != 0)
            fail_msg("%d %s%s: verdict %d, status %d, after %g, \"%s\"", answers[i].status,
                     answers[i].headers, answers[i].body, j.verdict, j.status, j.after_ms, j.text);
    }
}

static void test_long_and_broken_messages_are_cut(void **state)
{
    (void)state;
    char body[4096] = "{\"error\":{\"type\":\"";
    struct retry_judgement j;
    memset(body + strlen(body), 't', 500);
    strcat(body, "\",\"message\":\"");
    memset(body + strlen(body), 'm', 2000);
    strcat(body, "\"}}");
    retry_judge(500, "", body, strlen(body), NOW, &j);
    assert_int_equal(strlen(j.text), strlen("500 ") + 60 + strlen(": ") + 400);
    retry_judge(500, "", "\xff\xfe\x01 bad", 7, NOW, &j);
    assert_string_equal(j.text, "500:   bad");
}

static void test_backoff(void **state)
{
    (void)state;
    static const double waits[] = {500, 1000, 2000, 4000, 8000, 8000};
    for (int n = 0; n < 6; n++) {
        assert_true(retry_backoff_ms(500, n, 0) == waits[n]);
        assert_true(retry_backoff_ms(500, n, 1) == waits[n] * 0.75);
    }
    assert_true(retry_backoff_ms(500, 5000, 0) == 8000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_long_and_broken_messages_are_cut),
        cmocka_unit_test(test_backoff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What models cost, and the limits that hold before a call is made. */
#include "policy/prices.h"
#include "policy/wallet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <sys/stat.h>

#include "tests/programs.h"

static const char *folder;

static int folder_make(void **state)
{
    (void)state;
    folder = new_folder();
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HEM_PRICES");
    return 0;
}

static int folder_remove(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

/* The user's own table, where HEM_PRICES says; NULL: none. */
static void user_table(const char *text)
{
    struct buf path = {0};
    if (text)
        write_file(folder, "p.json", text);
    buf_addf(&path, "%s/p.json", folder);
    if (text)
        setenv("HEM_PRICES", buf_text(&path), 1);
    else
        unsetenv("HEM_PRICES");
    buf_finish(&path);
}

#define USERS                                                                                      \
    "[{\"date\": \"2026-11-26\", \"models\": {"                                                    \
    "\"chat/small\": {\"input\": 1, \"output\": 2},"                                               \
    "\"chat/small-plus\": {\"input\": 3, \"output\": 4, \"cached\": 0.5},"                         \
    "\"chat/big*\": {\"input\": 5, \"output\": 6},"                                                \
    "\"chat/big-2*\": {\"input\": 7, \"output\": 8}}},"                                            \
    "{\"models\": {\"anthropic/claude-opus-5-5\": {\"input\": 9, \"output\": 10}}}]"

static const struct {
    const char *table, *provider, *name;
    bool local;
    double input, output; /* negative: refused */
    const char *said;
} finds[] = {
    {NULL, "anthropic", "claude-opus-5-5", false, 4, 20, NULL},
    {NULL, "anthropic", "claude-opus-5-5-20260922", false, 4, 20, NULL},
    {NULL, "anthropic", "claude-opus-5", false, 5, 25, NULL},
    {NULL, "openai", "gpt-5.6-sol-2026-07-09", false, 5, 30, NULL},
    {NULL, "gemini", "gemini-3.5-flash-latest", false, 1.5, 9, NULL},
    /* another model with a longer name is not the same one */
    {NULL, "anthropic", "claude-opus-5-7", false, -1, 0,
     "{\"models\": {\"anthropic/claude-opus-5-7\": {\"input\": 1, \"output\": 5}}}"},
    {NULL, "openai", "gpt-5.4-pro", false, -1, 0, "what openai/gpt-5.4-pro costs is not known"},
    {NULL, "openai", "claude-opus-5-5", false, -1, 0, "not known"},
    {NULL, "openai", "gpt", false, -1, 0, "not known"},
    {NULL, "chat", "qwen3-vl", false, -1, 0, "~/.config/hem/prices.json"},
    {NULL, "chat", "qwen3-vl", true, 0, 0, NULL},
    {NULL, "anthropic", "claude-opus-5-5", true, 0, 0, NULL},
    /* the user's own goes first */
    {USERS, "anthropic", "claude-opus-5-5", false, 9, 10, NULL},
    {USERS, "anthropic", "claude-opus-5", false, 5, 25, NULL},
    {USERS, "chat", "small", false, 1, 2, NULL},
    {USERS, "chat", "small", true, 1, 2, NULL},
    {USERS, "chat", "small-plus", false, 3, 4, NULL},
    {USERS, "chat", "small@20261126", false, 1, 2, NULL},
    {USERS, "chat", "big", false, 5, 6, NULL},
    {USERS, "chat", "big-1", false, 5, 6, NULL},
    {USERS, "chat", "big-20", false, 7, 8, NULL},
    {"{\"models\": {\"chat/m\": {\"input\": 1, \"output\": 2}}}", "chat", "m", false, 1, 2, NULL},
    /* files that are none */
    {"", "chat", "m", false, -1, 0, "p.json is not JSON"},
    {"{\"models\": {", "chat", "m", false, -1, 0, "p.json is not JSON"},
    {"{\"model\": {}}", "chat", "m", false, -1, 0, "{\"models\": {\"PROVIDER/NAME\""},
    {"3", "chat", "m", false, -1, 0, "is meant, or a list of such"},
    {"{\"models\": {\"chat/m\": {\"input\": 1}}}", "chat", "m", false, -1, 0,
     "p.json: \"chat/m\": input and output are needed"},
    {"{\"models\": {\"chat/m\": {\"input\": \"1\", \"output\": 2}}}", "chat", "m", false, -1, 0,
     "input and output are needed"},
    {"{\"models\": {\"chat/m\": {\"input\": -1, \"output\": 2}}}", "chat", "m", false, -1, 0,
     "input and output are needed"},
    {"{\"models\": {\"chat/m\": {\"input\": 1e999, \"output\": 2}}}", "chat", "m", false, -1, 0,
     "input and output are needed"},
    {"{\"models\": {\"chat/m\": {\"input\": 1, \"output\": 2, \"cached\": \"no\"}}}", "chat", "m",
     false, -1, 0, "input and output are needed"},
    {"{\"models\": {\"chat/m\": {\"input\": 1, \"output\": 2, \"above\": {\"tokens\": 5}}}}",
     "chat", "m", false, -1, 0, "above needs tokens, input and output"},
    {"{\"models\": {\"chat/m\": 3}}", "chat", "m", false, -1, 0, "input and output are needed"},
};

static void test_finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
        struct price p;
        struct err e = {0};
        user_table(finds[i].table);
        bool found = prices_find(finds[i].provider, finds[i].name, finds[i].local, &p, &e);
        if (found != (finds[i].input >= 0) ||
            (found && (p.rates.input != finds[i].input || p.rates.output != finds[i].output)) ||
            (finds[i].said && !strstr(e.text, finds[i].said)))
            fail_msg("%zu: %s/%s: %d, input %g, output %g: %s", i, finds[i].provider, finds[i].name,
                     found, p.rates.input, p.rates.output, e.text);
        if (!found)
            assert_int_equal(e.kind, ERR_USAGE);
    }
    user_table(NULL);
}

static void test_where_the_users_table_is(void **state)
{
    (void)state;
    struct price p;
    struct err e = {0};
    struct buf path = {0};
    setenv("HEM_PRICES", "/nowhere/prices.json", 1);
    assert_false(prices_find("chat", "m", false, &p, &e));
    assert_string_equal(e.text, "/nowhere/prices.json: No such file or directory");
    unsetenv("HEM_PRICES");
    buf_addf(&path, "%s/.config", folder);
    mkdir(buf_text(&path), 0700);
    buf_add(&path, "/hem");
    mkdir(buf_text(&path), 0700);
    write_file(buf_text(&path), "prices.json",
               "{\"models\": {\"chat/m\": {\"input\": 1, \"output\": 2}}}");
    assert_true(prices_find("chat", "m", false, &p, &e));
    setenv("XDG_CONFIG_HOME", "/nowhere", 1);
    assert_false(prices_find("chat", "m", false, &p, &e));
    unsetenv("XDG_CONFIG_HOME");
    buf_finish(&path);
}

static void is_about(double value, double expected)
{
    if (fabs(value - expected) > 1e-9)
        fail_msg("%.12g instead of %.12g", value, expected);
}

static const struct price tiered = {{1, 0.1, 1.25, 5}, 1000, {2, 0.2, 2.5, 10}};

static void test_costs(void **state)
{
    (void)state;
    struct usage u = {.input = 100, .cached = 500, .cache_written = 400, .output = 50, -1};
    is_about(prices_cost(&tiered, &u), (100 + 50 + 500 + 250) / 1e6);
    u.cached = 501; /* more than 1000 in all: everything at the other rates */
    is_about(prices_cost(&tiered, &u), (200 + 100.2 + 1000 + 500) / 1e6);
    u.dollars = 0.5;
    is_about(prices_cost(&tiered, &u), 0.5);
    u.dollars = 0;
    is_about(prices_cost(&tiered, &u), 0);
    is_about(prices_most(&tiered, 1000, 10), (1250 + 50) / 1e6);
    is_about(prices_most(&tiered, 1001, 10), (2502.5 + 100) / 1e6);
}

static const struct price dollar = {{1e6, 1e6, 1e6, 1e6}, 0, {0, 0, 0, 0}}; /* a dollar a token */

static void test_limits_hold_before_a_call(void **state)
{
    (void)state;
    struct err e = {0};
    struct usage u = {.input = 2, .output = 1, .dollars = -1}, sum;
    int calls;
    struct wallet *w = wallet_create(&dollar, 8, NULL);
    assert_true(wallet_allows(w, 4, 4, &e));
    assert_false(wallet_allows(w, 5, 4, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    assert_string_equal(e.text, "the task's limit of $8 (limits: dollars): $0 is spent, and asking "
                                "the model once more may cost $9");
    wallet_pay(w, &u);
    wallet_pay(w, &u);
    assert_true(wallet_allows(w, 1, 1, &e));
    assert_false(wallet_allows(w, 2, 1, &e));
    wallet_spent(w, &sum, &calls);
    assert_int_equal(calls, 2);
    assert_int_equal(sum.input, 4);
    assert_int_equal(sum.output, 2);
    is_about(sum.dollars, 6);
    wallet_destroy(w);
}

static void test_a_run_is_all_rows(void **state)
{
    (void)state;
    struct err e = {0};
    struct budget run = {.dollars = 10};
    struct usage u = {.output = 4, .dollars = -1};
    for (int row = 0; row < 2; row++) {
        struct wallet *w = wallet_create(&dollar, 5, &run);
        assert_true(wallet_allows(w, 0, 4, &e));
        wallet_pay(w, &u);
        wallet_destroy(w);
    }
    is_about(run.spent, 8);
    struct wallet *w = wallet_create(&dollar, 5, &run);
    assert_true(wallet_allows(w, 0, 2, &e));
    assert_false(wallet_allows(w, 0, 3, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    assert_string_equal(e.text, "the run's limit of $10 (limits: run_dollars): $8 is spent, and "
                                "asking the model once more may cost $3");
    run.dollars = -1;
    assert_true(wallet_allows(w, 0, 5, &e));
    wallet_destroy(w);
}

static void test_a_free_model_needs_no_dollars(void **state)
{
    (void)state;
    struct price free_of_charge = {0};
    struct usage u = {.input = 1000000, .output = 1000, .dollars = -1};
    struct budget run = {.dollars = 0};
    struct err e = {0};
    struct wallet *w = wallet_create(&free_of_charge, 0, &run);
    wallet_pay(w, &u);
    assert_true(wallet_allows(w, 1000000, 1000, &e));
    wallet_destroy(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finds),
        cmocka_unit_test(test_where_the_users_table_is),
        cmocka_unit_test(test_costs),
        cmocka_unit_test(test_limits_hold_before_a_call),
        cmocka_unit_test(test_a_run_is_all_rows),
        cmocka_unit_test(test_a_free_model_needs_no_dollars),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

/* Names and values, holes that they fill, secrets that are taken out again. */
#include "base/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void fill_examples(struct data *d, struct data *secrets)
{
    data_add(d, "name", "Ada");
    data_add(d, "First name", "Ada Augusta");
    data_add(d, "loop", "{{name}} {{secret:pin}}");
    data_add(d, "empty", "");
    data_add(d, "Größe", "ß");
    data_add(secrets, "pin", "1234");
    data_add(secrets, "password", "1234567");
    data_add(secrets, "short", "ab");
    data_add(secrets, "none", "");
}

static const struct {
    const char *text;
    const char *plain;  /* without secrets; NULL: an error */
    const char *secret; /* with */
    const char *holds;  /* the error */
} rows[] = {
    {"", "", "", NULL},
    {"no hole", "no hole", "no hole", NULL},
    {"{{name}}", "Ada", "Ada", NULL},
    {"a{{name}}{{name}}z", "aAdaAdaz", "aAdaAdaz", NULL},
    {"{{ First name }}", "Ada Augusta", "Ada Augusta", NULL},
    {"[{{empty}}]", "[]", "[]", NULL},
    {"{{Größe}}", "ß", "ß", NULL},
    {"{ {name} }", "{ {name} }", "{ {name} }", NULL},
    {"}} {{name}} }", "}} Ada }", "}} Ada }", NULL},
    {"{{secret:pin}}!", "{{secret:pin}}!", "1234!", NULL},
    {"{{ secret: pin }}", "{{ secret: pin }}", "1234", NULL},
    {"{{loop}}", "{{name}} {{secret:pin}}", "{{name}} {{secret:pin}}", NULL}, /* only once */
    {"{{nam}}", NULL, NULL, "did you mean \"name\""},
    {"{{Name}}", NULL, NULL, "did you mean \"name\""},
    {"{{price}}", NULL, NULL, "\"price\""},
    {"{{}}", NULL, NULL, "\"\""},
    {"x{{name", NULL, NULL, "not closed"},
    {"{{name}} {{oops}}", NULL, NULL, "\"oops\""},
    {"{{secret:pan}}", "{{secret:pan}}", NULL, "secret called \"pan\""},
};

static void check_fill(const struct data *d, const struct data *secrets, size_t i, const char *want)
{
    struct buf out = {0};
    struct err e = {0};
    buf_add(&out, ">");
    bool filled = data_fill(d, secrets, rows[i].text, &out, &e);
    assert_int_equal(filled, want != NULL);
    assert_int_equal(out.text[0], '>'); /* appended, and taken back when it failed */
    assert_string_equal(out.text + 1, want ? want : "");
    if (!want) {
        assert_int_equal(e.kind, ERR_USAGE);
        if (!strstr(e.text, rows[i].holds))
            fail_msg("%s: no %s in: %s", rows[i].text, rows[i].holds, e.text);
    } else {
        assert_int_equal(e.kind, ERR_NONE);
    }
    buf_finish(&out);
}

static void test_fill(void **state)
{
    (void)state;
    struct data d = {0}, secrets = {0};
    fill_examples(&d, &secrets);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_fill(&d, NULL, i, rows[i].plain);
        check_fill(&d, &secrets, i, rows[i].secret);
    }
    data_finish(&d);
    data_finish(&secrets);
    struct err e = {0};
    struct buf out = {0};
    assert_false(data_fill(&d, NULL, "{{x}}", &out, &e)); /* no names at all */
    buf_finish(&out);
}

/* What was read fills its own holes only, and can't bring others in. */
static void test_fill_read(void **state)
{
    (void)state;
    static const char *const fills[][2] = {
        {"plain", "plain"},
        {"{{read:total}}", "12.50"},
        {"a {{ read: total }} {{total}} {{secret:pin}} b", "a 12.50 {{total}} {{secret:pin}} b"},
        {"{{read:total}}{{read:total}}", "12.5012.50"},
        {"{{read:sum}}", NULL},
        {"{{read:trap}}", NULL},
    };
    struct data read = {0};
    struct buf out = {0};
    data_add(&read, "total", "12.50");
    data_add(&read, "trap", "x {{secret:pin}}");
    for (size_t i = 0; i < COUNT(fills); i++) {
        struct err e = {0};
        buf_reset(&out);
        assert_int_equal(data_fill_read(&read, fills[i][0], &out, &e), fills[i][1] != NULL);
        if (fills[i][1])
            assert_string_equal(buf_text(&out), fills[i][1]);
        else
            assert_int_equal(e.kind, ERR_TASK);
    }
    buf_finish(&out);
    data_finish(&read);
    assert_true(data_has_read("a {{ read:total}}"));
    assert_false(data_has_read("{{total}} {{read:x"));
}

static void test_has_secret(void **state)
{
    (void)state;
    assert_true(data_has_secret("a {{secret:pin}}"));
    assert_true(data_has_secret("{{name}} {{ secret:pin }}"));
    assert_false(data_has_secret("{{name}} secret:pin"));
    assert_false(data_has_secret("{{secret:pin"));
    assert_false(data_has_secret(""));
}

static void test_redact(void **state)
{
    (void)state;
    static const char *const redacted[][2] = {
        {"", ""},
        {"nothing here", "nothing here"},
        {"1234", "{{secret:pin}}"},
        {"1234567", "{{secret:password}}"}, /* the longest */
        {"12345678", "{{secret:password}}8"},
        {"x1234x1234", "x{{secret:pin}}x{{secret:pin}}"},
        {"ab and 123", "ab and 123"}, /* too short to be told from any text */
        {"12312345", "123{{secret:pin}}5"},
    };
    struct data d = {0}, secrets = {0};
    struct buf out = {0};
    fill_examples(&d, &secrets);
    for (size_t i = 0; i < COUNT(redacted); i++) {
        buf_reset(&out);
        data_redact(&secrets, redacted[i][0], &out);
        assert_string_equal(buf_text(&out), redacted[i][1]);
    }
    buf_reset(&out);
    data_redact(NULL, "1234", &out);
    assert_string_equal(buf_text(&out), "1234");
    buf_finish(&out);
    data_finish(&d);
    data_finish(&secrets);
}

static void test_names(void **state)
{
    (void)state;
    struct data d = {0}, copy;
    assert_null(data_get(&d, "a"));
    for (int i = 0; i < 50; i++)
        data_add(&d, i % 2 ? "box" : "a", i % 2 ? "b" : "1");
    assert_int_equal(d.count, 50);
    assert_string_equal(data_get(&d, "a"), "1");
    assert_null(data_get(&d, "A"));
    assert_null(data_get(&d, "bo"));
    data_set(&d, "box", "first");
    data_set(&d, "new", "n");
    data_set(&d, "new", data_get(&d, "new")); /* its own value */
    data_add(&d, "nothing", NULL);
    assert_int_equal(d.count, 52);
    assert_string_equal(data_get(&d, "box"), "first");
    assert_string_equal(d.items[3].value, "b"); /* only the first of that name */
    assert_string_equal(data_get(&d, "new"), "n");
    assert_string_equal(data_get(&d, "nothing"), "");
    data_copy(&copy, &d);
    data_finish(&d);
    assert_int_equal(d.count, 0);
    assert_int_equal(copy.count, 52);
    assert_string_equal(copy.items[0].name, "a");
    assert_string_equal(data_get(&copy, "box"), "first");
    data_finish(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill),       cmocka_unit_test(test_fill_read),
        cmocka_unit_test(test_has_secret), cmocka_unit_test(test_redact),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "policy/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_patterns(void **state)
{
    (void)state;
    static const char *const patterns[] = {"mm/dd/yyyy", "dd.mm.yyyy",          "yyyy-mm-dd",
                                           "tt.mm.jjjj", "DD/MM/YYYY",          "--:-- --",
                                           "hh:mm",      "mm/dd/yyyy, --:-- --"};
    static const char *const others[] = {"",  "Ada", "12/10/1815", "mm",   "Yes",
                                         "-", "/",   "----------", "Tommy"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (!date_is_pattern(patterns[i]))
            fail_msg("\"%s\" is a pattern", patterns[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (date_is_pattern(others[i]))
            fail_msg("\"%s\" is no pattern", others[i]);
}

static void test_into_pattern(void **state)
{
    (void)state;
    static const struct {
        const char *value, *pattern, *typed;
    } cases[] = {
        {"1815-12-10", "mm/dd/yyyy", "12/10/1815"},
        {"1815-12-10", "dd.mm.yyyy", "10.12.1815"},
        {"1815-12-10", "tt.mm.jjjj", "10.12.1815"},
        {"1815-12-10", "yyyy-mm-dd", "1815-12-10"},
        {"2024-02-09", "dd/mm/yy", "09/02/24"},
        {"14:05", "--:-- --", "02:05 PM"},
        {"00:30", "--:-- --", "12:30 AM"},
        {"12:00", "--:-- --", "12:00 PM"},
        {"14:05", "hh:mm", "14:05"},
        {"14:05", "--:--", "14:05"},
        {"2024-02-09T14:05", "mm/dd/yyyy, --:-- --", "02/09/2024, 02:05 PM"},
        {"tomorrow", "mm/dd/yyyy", "tomorrow"},
        {"12/10/1815", "mm/dd/yyyy", "12/10/1815"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf typed = {0};
        date_to_pattern(cases[i].value, cases[i].pattern, &typed);
        assert_string_equal(buf_text(&typed), cases[i].typed);
        buf_finish(&typed);
    }
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *shown, *pattern, *keys;
    } cases[] = {
        {"12/10/1815", "mm/dd/yyyy", "12/10/1815"},
        {"02:05 PM", "--:-- --", "02:05PM"},
        {"02/09/2024, 02:05 PM", "mm/dd/yyyy, --:-- --", "02/09/2024\t02:05PM"},
        {"10 12 1815", "dd mm yyyy", "10 12 1815"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf keys = {0};
        date_to_keys(cases[i].shown, cases[i].pattern, &keys);
        assert_string_equal(buf_text(&keys), cases[i].keys);
        buf_finish(&keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_patterns),
                                       cmocka_unit_test(test_into_pattern),
                                       cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

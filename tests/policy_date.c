#include "policy/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
        {"5:03 PM", "--:-- --", "05:03 PM"},
        {"12:26 AM", "--:--", "00:26"},
        {"9:15 a.m.", "hh:mm", "09:15"},
        {"December 24, 2025", "mm/dd/yyyy", "12/24/2025"},
        {"24 Dec 2025", "yyyy-mm-dd", "2025-12-24"},
        {"1 May 2025 5:03pm", "mm/dd/yyyy, --:-- --", "05/01/2025, 05:03 PM"},
        {"Decimal 24, 2025", "mm/dd/yyyy", "Decimal 24, 2025"},
        {"13:00 PM", "--:-- --", "13:00 PM"},
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

static void test_read(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int year, month, day; /* 0: it is none */
    } cases[] = {
        {"2025-12-24", 2025, 12, 24},  {"December 24, 2025", 2025, 12, 24},
        {"24 dec 2025", 2025, 12, 24}, {"12/24/2025", 2025, 12, 24},
        {"24/12/2025", 2025, 12, 24},  {"10/02/2016", 2016, 10, 2},
        {"13/13/2025", 0, 0, 0},       {"02/30/2025", 0, 0, 0},
        {"12/24/25", 0, 0, 0},         {"12/24/2025 5 pm", 0, 0, 0},
        {"tomorrow", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int year = 0, month = 0, day = 0;
        bool is = date_read(cases[i].value, &year, &month, &day);
        if (is != (cases[i].year > 0) ||
            (is && (year != cases[i].year || month != cases[i].month || day != cases[i].day)))
            fail_msg("%s: %d-%d-%d", cases[i].value, year, month, day);
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

/* What a shown date or time is made of, and what is set first so that it becomes another. */
static void test_groups(void **state)
{
    (void)state;
    static const struct {
        const char *shown, *value, *typed; /* TYPED NULL: it is no date; "": nothing is wrong */
    } cases[] = {
        {"1 May 2026", "2027-02-03", "2027"},
        {"1 May 2027", "2027-02-03", "Feb"},
        {"1 Feb 2027", "2027-02-03", "3"},
        {"3 Feb 2027", "2027-02-03", ""},
        {"3 January 2027", "2027-02-03", "February"},
        {"05/17/2026", "2026-05-18", "18"},
        {"05/07/2026", "2026-05-18", "18"},
        {"07.05.2026", "2026-05-18", "18"},
        {"2026-05-07", "2026-05-18", "18"},
        {"08:00:00", "14:00", "14"},
        {"02:00 AM", "14:00", "PM"},
        {"1 May 2026 12:00:00", "2026-05-01T12:30", "30"},
        {"24 20 2026", "2026-05-01", NULL},
        {"1 May", "2026-05-01", NULL},
        {"Ada", "2026-05-01", NULL},
        {"12345", "2026-05-01", NULL},
        {"", "2026-05-01", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date_group groups[DATE_GROUPS_MAX];
        struct buf typed = {0};
        int count = date_groups(cases[i].shown, groups);
        const struct date_group *wrong =
            date_first_wrong(cases[i].shown, groups, count, cases[i].value);
        if (wrong)
            date_group_text(cases[i].shown, groups, count, wrong, cases[i].value, &typed);
        if ((count != 0) != (cases[i].typed != NULL) ||
            (count && strcmp(buf_text(&typed), cases[i].typed) != 0))
            fail_msg("\"%s\" to \"%s\": %d parts, \"%s\"", cases[i].shown, cases[i].value, count,
                     buf_text(&typed));
        buf_finish(&typed);
    }
}

static void test_shows(void **state)
{
    (void)state;
    static const struct {
        const char *shown;
        bool same; /* as 2026-05-17 */
    } cases[] = {
        {"2026-05-17", true},
        {"17.05.2026", true},
        {"5/17/26", true},
        {"17 May 2026", true},
        {"Sunday, 17 May 2026", true},
        {"Sun, May 17", true},
        {"May 17th, 2026", true},
        {"17 May '26", true},
        {"Sun,\n17 May", true},
        {"iSunday, 17 May 2026", true},
        {"Someday 17 May 2026", false},
        {"2026-05-18", false},
        {"17 June 2026", false},
        {"17 May 2027", false},
        {"26 May 2026", false},
        {"17 May 17", false},
        {"May 2026", false},
        {"26 May", false},
        {"17", false},
        {"17/2026", false},
        {"17 May - 18 May", false},
        {"Pick a date", false},
        {"", false},
        {"17:05:2026", false},
        {"17 May May", false},
        {"20260517", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (date_shows(cases[i].shown, "2026-05-17") != cases[i].same)
            fail_msg("\"%s\"", cases[i].shown);
    assert_false(date_shows("2026-02-30", "2026-02-30"));
    assert_false(date_shows("2026-05-17", "2026-05-17 12:00"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_patterns),     cmocka_unit_test(test_groups),
        cmocka_unit_test(test_into_pattern), cmocka_unit_test(test_read),
        cmocka_unit_test(test_keys),         cmocka_unit_test(test_shows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "policy/reading.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_shows(void **state)
{
    (void)state;
    static const struct {
        const char *read, *meant, *pattern;
        bool shows;
    } cases[] = {
        {"Ada Lovelace", "Ada Lovelace", NULL, true},
        {"Ada Lovelaci", "Ada Lovelace", NULL, false},
        {"1,000.00", "1000", NULL, true},
        {"10", "100", NULL, false},
        {"09", "9", NULL, true},
        {"012.50", "12.50", NULL, false},
        {"007", "007", NULL, true},
        {"350", "3.50", NULL, false},
        {"(555) 123-4567", "5551234567", NULL, true},
        {"(555) 123-4568", "5551234567", NULL, false},
        {"12/10/1815", "1815-12-10", "mm/dd/yyyy", true},
        {"12/10/\n1815", "1815-12-10", "mm/dd/yyyy", true},
        {"10/12/1815", "1815-12-10", "mm/dd/yyyy", false},
        {"G\u00e9ttingen", "G\u00f6ttingen", NULL, true},
        {"Gattingen", "Gottingen", NULL, false},
        {"Hattingen", "G\u00f6ttingen", NULL, false},
        {"", "Ada", NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (reading_shows(cases[i].read, cases[i].meant, cases[i].pattern) != cases[i].shows)
            fail_msg("\"%s\" for \"%s\"", cases[i].read, cases[i].meant);
}

static void test_shows_part(void **state)
{
    (void)state;
    const char *meant = "The quick brown fox jumps over the lazy dog";
    assert_true(reading_shows_part("jumps over the lazy dog", meant));
    assert_true(reading_shows_part("rumps over the lazy dog", meant)); /* the first letter is cut */
    assert_true(reading_shows_part("The quick brown fo", meant));
    assert_false(reading_shows_part("quack brown fox", meant));
    assert_false(reading_shows_part("dog", meant));
}

static void test_hidden(void **state)
{
    (void)state;
    assert_true(reading_is_hidden("\u2022\u2022\u2022\u2022"));
    assert_true(reading_is_hidden("*****"));
    assert_true(reading_is_hidden("eeeee"));
    assert_false(reading_is_hidden("secret"));
    assert_false(reading_is_hidden(""));
}

static void test_beside_and_inside(void **state)
{
    (void)state;
    struct scene s = {0};
    struct buf text = {0};
    scene_reset(&s, 600, 400);
    scene_line(&s, 20, 20, "Total:");
    scene_line(&s, 120, 20, "12.50 EUR");
    scene_line(&s, 20, 60, "Name");
    scene_line(&s, 20, 80, "Ada");
    assert_true(reading_beside(&s, s.words[0].box, &text));
    assert_string_equal(buf_text(&text), "12.50 EUR");
    buf_reset(&text);
    assert_true(reading_beside(&s, s.words[3].box, &text));
    assert_string_equal(buf_text(&text), "Ada");
    buf_reset(&text);
    reading_inside(&s, (struct rect){0, 50, 200, 60}, &text);
    assert_string_equal(buf_text(&text), "Name\nAda");
    buf_finish(&text);
    scene_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shows), cmocka_unit_test(test_shows_part),
        cmocka_unit_test(test_hidden), cmocka_unit_test(test_beside_and_inside)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

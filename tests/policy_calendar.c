#include "base/month.h"
#include "policy/calendar.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define LEFT 100
#define TOP  100
#define WIDE 40
#define HIGH 24

struct sheet {
    int year, month, first; /* the weekday that weeks begin with; 0 is Sunday */
    bool others;            /* the days of the months before and after are shown */
    bool weeks;             /* the numbers of weeks stand at the left */
    int unread;             /* a day that was not read */
    const char *title;      /* "<20 May 120 ..." see title_draw */
};

static void put(struct scene *s, int x, int y, const char *text)
{
    scene_line(s, x - (int)strlen(text) * SCENE_LETTER / 2, y, text);
}

static void number(struct scene *s, int x, int y, int n)
{
    char text[16];
    snprintf(text, sizeof text, "%d", n);
    put(s, x, y, text);
}

static void days_draw(struct scene *s, const struct sheet *sheet, int x)
{
    int skip = (month_weekday(sheet->year, sheet->month) - sheet->first + 7) % 7;
    int days = month_days(sheet->year, sheet->month);
    for (int cell = 0; cell < 42; cell++) {
        int day = cell - skip + 1, shown = day < 1 ? 31 + day : day > days ? day - days : day;
        int row = TOP + cell / 7 * HIGH;
        if (day == sheet->unread || (shown != day && !sheet->others))
            continue;
        if (sheet->weeks && cell % 7 == 0)
            number(s, x - WIDE, row, 14 + cell / 7);
        number(s, x + cell % 7 * WIDE, row, shown);
    }
}

/* Words of the title from X on, 50 pixels apart from each other's middles. */
static void title_draw(struct scene *s, const char *title, int x)
{
    for (int i = 0; *title; i++) {
        size_t n = strcspn(title, " ");
        char word[32];
        snprintf(word, sizeof word, "%.*s", (int)n, title);
        put(s, x + 50 * i, TOP - 2 * HIGH, word);
        title += n + strspn(title + n, " ");
    }
}

static void sheet_draw(struct scene *s, const struct sheet *sheet, int x)
{
    static const char *const names[] = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
    title_draw(s, sheet->title, x);
    for (int i = 0; i < 7; i++)
        put(s, x + i * WIDE, TOP - HIGH, names[(sheet->first + i) % 7]);
    days_draw(s, sheet, x);
}

static int read_all(struct scene *s, struct calendar calendars[CALENDARS_MAX])
{
    return calendars_read(s, (struct rect){0, 0, s->width, s->height}, calendars);
}

static void test_months(void **state)
{
    (void)state;
    static const struct sheet sheets[] = {
        {2026, 5, 0, false, false, 0, "< May > < 2026 >"},
        {2026, 5, 1, true, true, 0, "< May, 2026 >"},
        {2026, 5, 1, true, false, 17, "May 2026 < >"},
        {2026, 2, 0, true, false, 0, "< February 2026 >"}, /* four rows and no more */
        {2024, 2, 1, true, true, 29, "< Feb 2024 >"},
        {2026, 8, 6, true, false, 0, "< 2026 August >"},
        {1815, 12, 1, false, false, 0, "< December 1815 >"},
        {2026, 5, 1, true, false, 0, "< 05/2026 >"},
        {2027, 1, 1, true, true, 0, "<< < January 2027 > >>"},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct scene s = {0};
        struct calendar c[CALENDARS_MAX];
        scene_reset(&s, 800, 400);
        sheet_draw(&s, &sheets[i], LEFT);
        int count = read_all(&s, c);
        if (count != 1 || c[0].year != sheets[i].year || c[0].month != sheets[i].month)
            fail_msg("%s: %d calendars", sheets[i].title, count);
        int skip = (month_weekday(c[0].year, c[0].month) - sheets[i].first + 7) % 7;
        for (int day = 1; day <= 31; day++) {
            struct point at = {LEFT + (day - 1 + skip) % 7 * WIDE,
                               TOP + 8 + (day - 1 + skip) / 7 * HIGH};
            bool there = day <= month_days(c[0].year, c[0].month);
            if (rect_holds(c[0].days[day - 1], at) != there)
                fail_msg("%s: day %d", sheets[i].title, day);
        }
        scene_finish(&s);
    }
}

/* Which of the signs in the title is which arrow: by its place among its words, -1 for none. */
static void test_arrows(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        int at[CALENDAR_ARROWS];
    } cases[] = {
        {"< May 2026 >", {0, 3, -1, -1}},     {"< May > < 2026 >", {0, 2, 3, 5}},
        {"<< < May 2026 > >>", {1, 4, 0, 5}}, {"May 2026 < >", {2, 3, -1, -1}},
        {"< > May 2026", {0, 1, -1, -1}},     {"May 2026 >", {-1, 2, -1, -1}},
        {"< 2026 > < May >", {3, 5, 0, 2}},   {"May 2026", {-1, -1, -1, -1}},
        {"< May 2026", {0, -1, -1, -1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sheet sheet = {2026, 5, 1, true, false, 0, cases[i].title};
        struct scene s = {0};
        struct calendar c[CALENDARS_MAX];
        scene_reset(&s, 800, 400);
        sheet_draw(&s, &sheet, LEFT);
        assert_int_equal(read_all(&s, c), 1);
        for (int k = 0; k < CALENDAR_ARROWS; k++) {
            int at =
                rect_empty(c[0].arrows[k]) ? -1 : (rect_center(c[0].arrows[k]).x - LEFT + 25) / 50;
            if (at != cases[i].at[k])
                fail_msg("%s: arrow %d is at %d", cases[i].title, k, at);
        }
        scene_finish(&s);
    }
}

/* Months beside each other; and arrows that are buttons without a text. */
static void test_two(void **state)
{
    (void)state;
    struct sheet may = {2026, 5, 1, true, false, 0, "May 2026"};
    struct sheet june = {2026, 6, 1, true, false, 0, "June 2026"};
    struct scene s = {0};
    struct calendar c[CALENDARS_MAX];
    scene_reset(&s, 800, 400);
    sheet_draw(&s, &june, LEFT + 8 * WIDE);
    sheet_draw(&s, &may, LEFT);
    scene_button(&s, (struct rect){LEFT - 50, TOP - 2 * HIGH, 20, 20}, "");
    scene_button(&s, (struct rect){LEFT + 14 * WIDE, TOP - 2 * HIGH, 20, 20}, "");
    assert_int_equal(read_all(&s, c), 2);
    assert_int_equal(c[0].month, 5);
    assert_int_equal(c[1].month, 6);
    assert_false(rect_empty(c[0].arrows[CALENDAR_BACK]));
    assert_false(rect_empty(c[1].arrows[CALENDAR_ON]));
    scene_finish(&s);
}

/* A title that can't be that of these days, and numbers that are no days. */
static void test_others(void **state)
{
    (void)state;
    static const struct sheet sheets[] = {
        {2026, 5, 1, true, false, 0, "< June 2026 >"}, {2026, 5, 1, true, false, 0, "< May 2025 >"},
        {2026, 5, 3, true, false, 0, "< May 2026 >"},  {2026, 5, 1, true, false, 0, "< May >"},
        {2026, 5, 1, true, false, 0, "< 2026 >"},      {2026, 3, 0, true, false, 0, "< Feb 2026 >"},
    };
    struct scene s = {0};
    struct calendar c[CALENDARS_MAX];
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        scene_reset(&s, 800, 400);
        sheet_draw(&s, &sheets[i], LEFT);
        if (read_all(&s, c) != 0)
            fail_msg("%s for %d/%d", sheets[i].title, sheets[i].month, sheets[i].year);
    }
    scene_reset(&s, 800, 400);
    title_draw(&s, "May 2026", LEFT);
    for (int i = 0; i < 42; i++)
        number(&s, LEFT + i % 7 * WIDE, TOP + i / 7 * HIGH, 1 + i * 5 % 31);
    assert_int_equal(read_all(&s, c), 0);
    scene_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_months), cmocka_unit_test(test_arrows),
                                       cmocka_unit_test(test_two), cmocka_unit_test(test_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* vision/stillness: which changes keep a wait going. Times are made up, so nothing here depends on
 * the machine. */
#include "vision/stillness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SCREEN_AREA (1280L * 800)
#define FRAME_MS    16 /* between two pictures of an animation */

/* How a thing changes: rects in turn, one every PERIOD_MS, from FIRST_MS to LAST_MS. */
struct motion {
    double first_ms, last_ms, period_ms;
    int count;
    struct rect rects[4];
};

/*
 * Watches as vision/screen does: something is done at BEGIN_MS, and what follows is watched until
 * it is still, at most TIMEOUT_MS. Returns when it ended, after the beginning.
 */
static double watch(struct stillness *s, const struct motion *motions, int count, double begin_ms,
                    double timeout_ms, bool *still)
{
    double now = begin_ms;
    *still = false;
    stillness_begin(s, begin_ms, begin_ms, SCREEN_AREA);
    for (; now - begin_ms < timeout_ms; now++) {
        for (int i = 0; i < count; i++) {
            const struct motion *m = &motions[i];
            double since = now - m->first_ms;
            long number = (long)(since / m->period_ms);
            if (since >= 0 && now <= m->last_ms && since == (double)number * m->period_ms)
                stillness_change(s, now, m->rects[number % m->count]);
        }
        *still = stillness_left_ms(s, now) <= 0;
        if (*still)
            break;
    }
    stillness_end(s, now, *still);
    return now - begin_ms;
}

static const struct example {
    const char *name;
    struct motion motion;
    bool still;
    double earliest_ms, latest_ms; /* in a wait of 5 s */
} examples[] = {
    {"nothing changes", {9000, 9000, 1, 1, {{0}}}, true, 150, 150},
    {"one change", {10, 10, 1, 1, {{5, 5, 100, 30}}}, true, 90, 90},
    {"a busy program's answer", {140, 140, 1, 1, {{5, 5, 100, 30}}}, true, 220, 220},
    {"a change as it becomes still", {10, 89, 79, 1, {{5, 5, 100, 30}}}, true, 169, 169},
    {"a transition of 300 ms", {0, 300, FRAME_MS, 1, {{0, 0, 600, 400}}}, true, 368, 380},
    {"a transition of a second", {0, 1000, FRAME_MS, 1, {{0, 0, 600, 400}}}, true, 1068, 1080},
    {"a small one of 500 ms", {0, 500, FRAME_MS, 1, {{0, 0, 40, 40}}}, true, 568, 580},
    {"a small one of a second", {0, 1000, FRAME_MS, 1, {{0, 0, 40, 40}}}, true, 1068, 1080},
    {"one of the whole screen", {0, 304, FRAME_MS, 1, {{0, 0, 1280, 800}}}, true, 384, 384},
    {"a slow one", {0, 600, 75, 1, {{0, 0, 300, 200}}}, true, 825, 825},
    {"a slow one of the whole", {0, 600, 75, 1, {{0, 0, 1280, 800}}}, true, 800, 830},
    {"a caret that blinks too fast", {0, 9000, 20, 1, {{50, 50, 1, 15}}}, true, 80, 80},
    {"a caret of 2 pixels", {0, 9000, 20, 1, {{50, 50, 2, 20}}}, true, 80, 80},
    {"an edge that slides",
     {0, 300, 20, 4, {{50, 50, 2, 20}, {52, 50, 2, 20}, {54, 50, 2, 20}, {56, 50, 2, 20}}},
     true,
     380,
     380},
    {"one that slides pixel by pixel",
     {0, 300, 20, 4, {{50, 50, 1, 20}, {51, 50, 1, 20}, {51, 50, 1, 20}, {52, 50, 1, 20}}},
     true,
     380,
     380},
    {"a small square is no caret", {0, 300, 20, 1, {{50, 50, 3, 3}}}, true, 380, 380},
    {"a letter is no caret", {0, 300, 20, 1, {{50, 50, 6, 15}}}, true, 380, 380},
    {"a spinner", {0, 9000, FRAME_MS, 1, {{600, 300, 32, 32}}}, true, 1500, 1660},
    {"one that turns piece by piece",
     {0,
      9000,
      FRAME_MS,
      4,
      {{600, 300, 10, 10}, {622, 300, 10, 10}, {622, 322, 10, 10}, {600, 322, 10, 10}}},
     true,
     1500,
     1800},
    {"a page in one go", {10, 10, 1, 1, {{0, 20, 1280, 780}}}, true, 210, 210},
    {"a page in stages", {10, 310, 150, 1, {{0, 20, 1280, 780}}}, true, 560, 560},
    {"a video", {0, 9000, FRAME_MS, 1, {{0, 0, 1280, 720}}}, true, 1500, 1700},
    {"a clock", {160, 9000, 1000, 1, {{1200, 0, 60, 15}}}, true, 150, 150},
    {"a block that blinks", {30, 9000, 600, 1, {{10, 10, 9, 18}}}, true, 110, 110},
};

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        struct stillness s = {0};
        bool still;
        struct motion motion = example->motion;
        motion.first_ms += 1000;
        motion.last_ms += 1000;
        double ms = watch(&s, &motion, 1, 1000, 5000, &still);
        if (still != example->still || ms < example->earliest_ms || ms > example->latest_ms)
            fail_msg("%s: %s after %g ms", example->name, still ? "still" : "not still", ms);
    }
}

/* What is large and grows all the time is a page that is being drawn, however long that takes. */
static void test_growing(void **state)
{
    (void)state;
    struct stillness s = {0};
    stillness_begin(&s, 0, 0, SCREEN_AREA);
    for (int i = 0; i < 300; i++)
        assert_true(stillness_change(&s, i * FRAME_MS, (struct rect){100, 100, 800, 100 + 2 * i}));
}

/* A block runs along a bar, to and fro, and takes three seconds each way: it is not waited for that
 * long. */
static void test_running_bar(void **state)
{
    (void)state;
    struct stillness s = {0};
    double counted_ms = 0;
    stillness_begin(&s, 0, 0, SCREEN_AREA);
    for (int i = 0; i < 1000; i++) {
        int step = i % 376, x = step < 188 ? step : 376 - step;
        if (stillness_change(&s, i * FRAME_MS, (struct rect){100 + 2 * x, 100, 60, 4}))
            counted_ms = i * FRAME_MS;
    }
    assert_true(counted_ms > 1400 && counted_ms < 1600);
}

/* A bar fills, two pixels every 25 ms, and further while nobody looks. What appears above it and
 * behind it counts. */
static void test_filling_bar(void **state)
{
    (void)state;
    struct stillness s = {0};
    double now = 0, counted_ms = 0;
    int filled = 100;
    stillness_begin(&s, now, now, SCREEN_AREA);
    for (int i = 0; i < 120; i++, now += 25, filled += 2)
        if (stillness_change(&s, now, (struct rect){filled, 300, 2, 20}))
            counted_ms = now;
    assert_true(counted_ms > 1400 && counted_ms < 1650);
    assert_true(stillness_beside(&s));
    stillness_end(&s, now, true);
    for (int i = 0; i < 5; i++, now += 1000, filled += 80) {
        stillness_begin(&s, now, now, SCREEN_AREA);
        assert_false(stillness_change(&s, now, (struct rect){filled, 300, 80, 20}));
        stillness_end(&s, now + 80, true);
    }
    stillness_begin(&s, now, now, SCREEN_AREA);
    assert_true(stillness_change(&s, now, (struct rect){200, 270, 60, 25}));
    assert_true(stillness_change(&s, now, (struct rect){200, 280, 60, 30}));
    assert_true(stillness_change(&s, now, (struct rect){filled + 5, 300, 60, 16}));
}

/* Only the first wait beside a spinner is a long one, and what happens elsewhere still counts. */
static void test_spinner_is_remembered(void **state)
{
    (void)state;
    struct stillness s = {0};
    bool still;
    struct motion both[] = {
        {0, 90000, FRAME_MS, 1, {{600, 300, 32, 32}}},
        {20200, 20200, 1, 1, {{100, 100, 200, 30}}},
    };
    assert_true(watch(&s, both, 2, 0, 5000, &still) > 1400);
    assert_true(still);
    assert_int_equal((int)watch(&s, both, 2, 2000, 5000, &still), STILLNESS_ANSWER_MS);
    assert_true(stillness_beside(&s));
    /* much later: a model has thought meanwhile */
    assert_int_equal((int)watch(&s, both, 2, 16000, 5000, &still), STILLNESS_ANSWER_MS);
    assert_int_equal((int)watch(&s, both, 2, 20160, 5000, &still), 40 + STILLNESS_QUIET_MS);
    /* beside the spinner, and over it */
    stillness_begin(&s, 30000, 30000, SCREEN_AREA);
    assert_false(stillness_change(&s, 30001, (struct rect){600, 300, 32, 32}));
    assert_true(stillness_change(&s, 30002, (struct rect){640, 300, 60, 32}));
    assert_true(stillness_change(&s, 30002, (struct rect){600, 300, 44, 32})); /* joined with it */
    assert_true(stillness_change(&s, 30003, (struct rect){500, 250, 300, 200}));
}

/* One that has gone is forgotten: what appears at its place counts again. */
static void test_spinner_is_forgotten(void **state)
{
    (void)state;
    struct stillness s = {0};
    bool still;
    struct motion spinner = {0, 2000, FRAME_MS, 1, {{600, 300, 32, 32}}};
    watch(&s, &spinner, 1, 0, 5000, &still);
    assert_true(still);
    for (int i = 0; i < 12; i++)
        watch(&s, &spinner, 1, 3000 + 200 * i, 5000, &still);
    stillness_begin(&s, 9000, 9000, SCREEN_AREA);
    assert_true(stillness_change(&s, 9001, (struct rect){600, 300, 32, 32}));
}

/* It turns in a page, or in a panel, that was drawn just before: what else appears there counts. */
static void test_spinner_on_a_new_page(void **state)
{
    (void)state;
    static const struct rect grounds[] = {{0, 20, 1280, 780}, {400, 200, 320, 200}};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        struct stillness s = {0};
        struct rect ground = grounds[i], spinner = {600, 300, 32, 32};
        stillness_begin(&s, 0, 0, SCREEN_AREA);
        for (int ms = 0; ms < 100; ms += 20)
            stillness_change(&s, ms, ground);
        bool counts = true;
        for (int ms = 100; ms < 2000; ms += FRAME_MS)
            counts = stillness_change(&s, ms, spinner);
        assert_false(counts);
        assert_true(stillness_change(&s, 2000, (struct rect){420, 210, 100, 20}));
    }
}

/* Typing changes one field again and again, each time as an answer: that is no spinner. */
static void test_typing_is_no_spinner(void **state)
{
    (void)state;
    struct stillness s = {0};
    for (int i = 0; i < 50; i++) {
        double now = 100 * i;
        stillness_begin(&s, now, now, SCREEN_AREA);
        assert_true(stillness_change(&s, now + 5, (struct rect){100, 100, 300, 24}));
        stillness_end(&s, now + 90, true);
    }
}

/* A wait that is too short to learn a spinner leaves something for the next. */
static void test_learning_goes_on(void **state)
{
    (void)state;
    struct stillness s = {0};
    bool still = false;
    struct motion spinner = {0, 90000, FRAME_MS, 1, {{600, 300, 32, 32}}};
    int waits = 0;
    while (!still && waits < 20)
        watch(&s, &spinner, 1, 1600 * waits++, 300, &still);
    assert_true(still);
    assert_in_range(waits, 2, 7);
}

/* When nothing was done since, a screen that rested is still at once; and when something was, the
 * answer is waited for anew. */
static void test_rest_that_lies_behind(void **state)
{
    (void)state;
    struct stillness s = {0};
    bool still;
    struct motion one = {30, 30, 1, 1, {{5, 5, 100, 30}}};
    watch(&s, &one, 1, 10, 5000, &still);
    stillness_begin(&s, 1000, 10, SCREEN_AREA);
    assert_true(stillness_left_ms(&s, 1000) <= 0);
    assert_true(stillness_change(&s, 1001, (struct rect){5, 5, 100, 30}));
    assert_true(stillness_left_ms(&s, 1001) == STILLNESS_QUIET_MS);
    stillness_end(&s, 1100, true);
    stillness_begin(&s, 2000, 1990, SCREEN_AREA);
    assert_true(stillness_left_ms(&s, 2000) == STILLNESS_ANSWER_MS - 10);
}

/* More moving things than there is memory for do no harm. */
static void test_many_places(void **state)
{
    (void)state;
    struct stillness s = {0};
    stillness_begin(&s, 0, 0, SCREEN_AREA);
    for (int i = 0; i < 1000; i++)
        assert_true(
            stillness_change(&s, i, (struct rect){(i * 97) % 1200, (i * 61) % 700, 20, 20}));
    assert_false(stillness_change(&s, 1000, (struct rect){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_growing),
        cmocka_unit_test(test_running_bar),
        cmocka_unit_test(test_filling_bar),
        cmocka_unit_test(test_rest_that_lies_behind),
        cmocka_unit_test(test_spinner_is_remembered),
        cmocka_unit_test(test_spinner_is_forgotten),
        cmocka_unit_test(test_spinner_on_a_new_page),
        cmocka_unit_test(test_typing_is_no_spinner),
        cmocka_unit_test(test_learning_goes_on),
        cmocka_unit_test(test_many_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* vision/stillness: which changes keep a wait going. Times are made up, so nothing here depends on
 * the machine. */
#include "vision/stillness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define SCREEN_AREA (1280L * 800)
#define QUIET_MS    80
#define LARGE_MS    200 /* after a change of much of the screen */
#define FRAME_MS    16  /* between two pictures of an animation */

/* How a thing changes: rects in turn, one every PERIOD_MS, from FIRST_MS to LAST_MS. */
struct motion {
    double first_ms, last_ms, period_ms;
    int count;
    struct rect rects[4];
};

/*
 * Watches as vision/screen does: from BEGIN_MS until QUIET_MS without a change that counts, at most
 * TIMEOUT_MS. Returns when it ended, after the beginning.
 */
static double watch(struct stillness *s, const struct motion *motions, int count, double begin_ms,
                    double timeout_ms, bool *still)
{
    double now = begin_ms;
    *still = false;
    stillness_begin(s, begin_ms, SCREEN_AREA);
    for (; now - begin_ms < timeout_ms; now++) {
        for (int i = 0; i < count; i++) {
            const struct motion *m = &motions[i];
            double since = now - m->first_ms;
            long number = (long)(since / m->period_ms);
            if (since >= 0 && now <= m->last_ms && since == (double)number * m->period_ms)
                stillness_change(s, now, m->rects[number % m->count]);
        }
        *still = stillness_quiet_ms(s, now) >= (stillness_large(s) ? LARGE_MS : QUIET_MS);
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
    {"nothing changes", {9000, 9000, 1, 1, {{0}}}, true, 80, 80},
    {"one change", {10, 10, 1, 1, {{5, 5, 100, 30}}}, true, 90, 90},
    {"a change as it becomes still", {79, 79, 1, 1, {{5, 5, 100, 30}}}, true, 159, 159},
    {"a transition of 300 ms", {0, 300, FRAME_MS, 1, {{0, 0, 600, 400}}}, true, 368, 380},
    {"a transition of 700 ms", {0, 700, FRAME_MS, 1, {{0, 0, 600, 400}}}, true, 768, 780},
    {"a small one of 500 ms", {0, 500, FRAME_MS, 1, {{0, 0, 40, 40}}}, true, 568, 580},
    {"a caret that blinks too fast", {0, 9000, 20, 1, {{50, 50, 1, 15}}}, true, 80, 80},
    {"a caret of 2 pixels", {0, 9000, 20, 1, {{50, 50, 2, 20}}}, true, 80, 80},
    {"a small square is no caret", {0, 300, 20, 1, {{50, 50, 3, 3}}}, true, 380, 380},
    {"a letter is no caret", {0, 300, 20, 1, {{50, 50, 6, 15}}}, true, 380, 380},
    {"a spinner", {0, 9000, FRAME_MS, 1, {{600, 300, 32, 32}}}, true, 800, 960},
    {"one that turns piece by piece",
     {0,
      9000,
      FRAME_MS,
      4,
      {{600, 300, 10, 10}, {622, 300, 10, 10}, {622, 322, 10, 10}, {600, 322, 10, 10}}},
     true,
     800,
     1100},
    {"a page in one go", {10, 10, 1, 1, {{0, 20, 1280, 780}}}, true, 210, 210},
    {"a page in stages", {10, 310, 150, 1, {{0, 20, 1280, 780}}}, true, 510, 510},
    {"a video", {0, 9000, FRAME_MS, 1, {{0, 0, 1280, 720}}}, true, 1500, 1700},
    {"a clock", {0, 9000, 1000, 1, {{1200, 0, 60, 15}}}, true, 80, 80},
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
    stillness_begin(&s, 0, SCREEN_AREA);
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
    stillness_begin(&s, 0, SCREEN_AREA);
    for (int i = 0; i < 1000; i++) {
        int step = i % 376, x = step < 188 ? step : 376 - step;
        if (stillness_change(&s, i * FRAME_MS, (struct rect){100 + 2 * x, 100, 60, 4}))
            counted_ms = i * FRAME_MS;
    }
    assert_true(counted_ms > 800 && counted_ms < 1600);
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
    assert_true(watch(&s, both, 2, 0, 5000, &still) > 700);
    assert_true(still);
    assert_int_equal((int)watch(&s, both, 2, 1600, 5000, &still), QUIET_MS);
    /* much later: a model has thought meanwhile */
    assert_int_equal((int)watch(&s, both, 2, 16000, 5000, &still), QUIET_MS);
    assert_int_equal((int)watch(&s, both, 2, 20160, 5000, &still), 40 + QUIET_MS);
    /* beside the spinner, and over it */
    stillness_begin(&s, 30000, SCREEN_AREA);
    assert_false(stillness_change(&s, 30001, (struct rect){600, 300, 32, 32}));
    assert_true(stillness_change(&s, 30002, (struct rect){640, 300, 60, 32}));
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
    stillness_begin(&s, 9000, SCREEN_AREA);
    assert_true(stillness_change(&s, 9001, (struct rect){600, 300, 32, 32}));
}

/* Typing changes one field again and again, each time as an answer: that is no spinner. */
static void test_typing_is_no_spinner(void **state)
{
    (void)state;
    struct stillness s = {0};
    for (int i = 0; i < 50; i++) {
        double now = 100 * i;
        stillness_begin(&s, now, SCREEN_AREA);
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
    assert_in_range(waits, 2, 5);
}

/* More moving things than there is memory for do no harm. */
static void test_many_places(void **state)
{
    (void)state;
    struct stillness s = {0};
    stillness_begin(&s, 0, SCREEN_AREA);
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
        cmocka_unit_test(test_spinner_is_remembered),
        cmocka_unit_test(test_spinner_is_forgotten),
        cmocka_unit_test(test_typing_is_no_spinner),
        cmocka_unit_test(test_learning_goes_on),
        cmocka_unit_test(test_many_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* How large a picture a model gets, and where on the screen its numbers are. */
#include "base/shot.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define CLAUDE                                                                                     \
    {                                                                                              \
        .side_max = 1568, .patch = 28, .patches_max = 1568                                         \
    }
#define CLAUDE_HIGH                                                                                \
    {                                                                                              \
        .side_max = 2576, .patch = 28, .patches_max = 4784                                         \
    }
#define QWEN25                                                                                     \
    {                                                                                              \
        .multiple = 28, .pixels_min = 56 * 56, .pixels_max = 16384L * 28 * 28                      \
    }
#define QWEN3                                                                                      \
    {                                                                                              \
        .multiple = 32, .pixels_min = 64 * 64, .pixels_max = 16384L * 32 * 32                      \
    }

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        struct shot_rule rule;
        int screen[2], picture[2];
    } cases[] = {
        {CLAUDE, {1280, 800}, {1280, 800}},
        {CLAUDE, {1366, 768}, {1366, 768}},
        {CLAUDE, {1920, 1080}, {1456, 819}},
        {CLAUDE_HIGH, {1920, 1080}, {1920, 1080}},
        {CLAUDE_HIGH, {2560, 1440}, {2560, 1440}},
        {CLAUDE_HIGH, {3840, 2160}, {2576, 1449}},
        {QWEN25, {1920, 1080}, {1932, 1092}},
        {QWEN25, {1366, 768}, {1372, 756}},
        {QWEN25, {1280, 800}, {1288, 812}},
        {QWEN25, {126, 126}, {112, 112}},
        {QWEN3, {1920, 1080}, {1920, 1088}},
        {QWEN3, {1366, 768}, {1376, 768}},
        {QWEN3, {1280, 800}, {1280, 800}},
        {{0}, {5000, 3}, {5000, 3}},
        {{.side_max = 100}, {800, 1280}, {62, 100}},
        {{.pixels_max = 10000}, {1000, 1000}, {100, 100}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct shot s;
        shot_fit(&cases[i].rule, cases[i].screen[0], cases[i].screen[1], &s);
        if (s.width != cases[i].picture[0] || s.height != cases[i].picture[1])
            fail_msg("case %zu: %dx%d", i, s.width, s.height);
    }
}

static struct shot shot(enum shot_space space, int width, int height)
{
    return (struct shot){space, width, height, 1920, 1080};
}

static void test_points(void **state)
{
    (void)state;
    const struct {
        struct shot shot;
        double x, y;
        struct point at; /* negative: it is no place */
    } cases[] = {
        {shot(SHOT_PIXELS, 1920, 1080), 0, 0, {0, 0}},
        {shot(SHOT_PIXELS, 1920, 1080), 1919, 1079, {1919, 1079}},
        {shot(SHOT_PIXELS, 1920, 1080), 640.7, 360.2, {640, 360}},
        {shot(SHOT_PIXELS, 1920, 1080), 1920, 0, {-1, -1}},
        {shot(SHOT_PIXELS, 1920, 1080), 0, -1, {-1, -1}},
        {shot(SHOT_PIXELS, 1920, 1080), INFINITY, 0, {-1, -1}},
        {shot(SHOT_PIXELS, 1920, 1080), 0, NAN, {-1, -1}},
        {shot(SHOT_PIXELS, 960, 540), 0, 0, {1, 1}},
        {shot(SHOT_PIXELS, 960, 540), 959, 539, {1919, 1079}},
        {shot(SHOT_THOUSAND, 960, 540), 500, 500, {960, 540}},
        {shot(SHOT_THOUSAND, 960, 540), 1000, 1000, {1919, 1079}},
        {shot(SHOT_THOUSAND, 960, 540), 1001, 0, {-1, -1}},
        {shot(SHOT_UNIT, 960, 540), 0.25, 1, {480, 1079}},
        {shot(SHOT_UNIT, 960, 540), 480, 1, {-1, -1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct point at = {-1, -1};
        struct err e = {0};
        bool fine = shot_point(&cases[i].shot, cases[i].x, cases[i].y, &at, &e);
        if (fine != (cases[i].at.x >= 0) || at.x != cases[i].at.x || at.y != cases[i].at.y)
            fail_msg("case %zu: %d,%d %s", i, at.x, at.y, e.text);
        assert_int_equal(e.kind, fine ? ERR_NONE : ERR_REPLY);
    }
}

/* What is told to a model and comes back from it is the same place, as nearly as its numbers tell
 * places apart. */
static void test_there_and_back(void **state)
{
    (void)state;
    const struct shot shots[] = {shot(SHOT_PIXELS, 1920, 1080), shot(SHOT_PIXELS, 1456, 819),
                                 shot(SHOT_PIXELS, 1932, 1092), shot(SHOT_THOUSAND, 1920, 1080),
                                 shot(SHOT_UNIT, 1920, 1080)};
    for (size_t i = 0; i < sizeof shots / sizeof *shots; i++)
        for (struct point at = {0, 0}; at.x < 1920; at.x += 7, at.y = at.x % 1080) {
            double x, y;
            struct point back;
            struct err e;
            shot_numbers(&shots[i], at, &x, &y);
            assert_true(shot_point(&shots[i], x, y, &back, &e));
            assert_in_range(abs(back.x - at.x), 0, i == 0 ? 0 : 2);
            assert_in_range(abs(back.y - at.y), 0, i == 0 ? 0 : 2);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_points),
        cmocka_unit_test(test_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

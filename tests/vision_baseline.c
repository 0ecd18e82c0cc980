/* Baselines: what counts as another screen, and what does not. */
#include "vision/baseline.h"

#include "tests/png_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WIDTH  64
#define HEIGHT 48
#define GROUND 0xffffff

static struct baseline expected;
static struct frame actual;

static void put(struct frame *f, int x, int y, uint32_t colour)
{
    f->pixels[y * f->stride + x] = colour;
}

/* A dark box at X, whose upright sides are drawn with colours in between: LEFT and RIGHT. */
static void draw(struct frame *f, int x, uint32_t left, uint32_t right)
{
    frame_resize(f, WIDTH, HEIGHT);
    frame_paint(f, frame_rect(f), GROUND);
    frame_paint(f, (struct rect){x, 10, 20, 20}, 0x203040);
    frame_paint(f, (struct rect){x - 1, 10, 1, 20}, left);
    frame_paint(f, (struct rect){x + 20, 10, 1, 20}, right);
}

static int setup(void **state)
{
    (void)state;
    draw(&expected.picture, 20, 0x808890, 0xb0b0b0);
    draw(&actual, 20, 0x808890, 0xb0b0b0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    frame_finish(&expected.picture);
    frame_finish(&actual);
    expected = (struct baseline){0};
    return 0;
}

static bool compare(double colour, int pixels, struct err *e)
{
    expected.colour = colour;
    expected.pixels = pixels;
    *e = (struct err){0};
    return baseline_compare(&expected, &actual, "main", NULL, e);
}

static void test_colour_and_pixels(void **state)
{
    (void)state;
    struct err e;
    assert_true(compare(0, 0, &e));
    for (int i = 0; i < 3; i++)
        put(&actual, 5 + i, 40, 0xf8f8f8); /* 2.7 % off */
    assert_false(compare(2, 0, &e));
    assert_int_equal(e.kind, ERR_TASK);
    assert_non_null(strstr(e.text, "3 pixels have another colour, at most 0 may; all are within "
                                   "5,40 (3x1), and the worst is 3 % off (2 % may be)"));
    assert_true(compare(4, 0, &e));
    assert_true(compare(2, 3, &e));
    assert_false(compare(2, 2, &e));
}

/* The eye sees another brightness sooner than another hue. */
static void test_distance(void **state)
{
    (void)state;
    assert_true(comparison_distance(0, 0xffffff) > 99.9 &&
                comparison_distance(0, 0xffffff) < 100.1);
    assert_true(comparison_distance(0x808080, 0x808080) == 0);
    assert_true(comparison_distance(0xff0000, 0x00ff00) > 30);
    assert_true(comparison_distance(0x808080, 0x909090) > comparison_distance(0x808080, 0x808090));
}

/* Other colours in between at the same edges are nothing; the same box elsewhere is. */
static void test_antialiasing(void **state)
{
    (void)state;
    struct err e;
    draw(&actual, 20, 0x585f68, 0xd8d8d8);
    assert_true(compare(4, 0, &e));
    draw(&actual, 21, 0x808890, 0xb0b0b0);
    assert_false(compare(4, 0, &e));
    draw(&actual, 20, GROUND, 0x203040);
    assert_false(compare(4, 0, &e));
}

static void test_masks_and_drawing(void **state)
{
    (void)state;
    struct err e;
    struct frame drawn = {0};
    frame_paint(&actual, (struct rect){2, 2, 6, 6}, 0xff0000);
    assert_false(compare(4, 0, &e));
    baseline_compare(&expected, &actual, "main", &drawn, NULL);
    assert_int_equal(drawn.width, WIDTH);
    assert_int_equal(drawn.pixels[4 * drawn.stride + 4], 0xe00000);
    assert_int_not_equal(drawn.pixels[20 * drawn.stride + 30], 0xe00000);
    expected.masks[expected.mask_count++] = (struct rect){2, 2, 6, 6};
    assert_true(compare(4, 0, &e));
    frame_finish(&drawn);
}

/* A caret that is there, or is not, is no other screen. */
static void test_caret(void **state)
{
    (void)state;
    struct err e;
    frame_paint(&actual, (struct rect){50, 12, 1, 16}, 0x000000);
    assert_true(compare(4, 0, &e));
    frame_paint(&actual, (struct rect){50, 12, 12, 16}, 0x000000);
    assert_false(compare(4, 0, &e));
}

static void test_size(void **state)
{
    (void)state;
    struct err e;
    frame_resize(&actual, WIDTH - 1, HEIGHT);
    assert_false(compare(100, 1000000, &e));
    assert_non_null(strstr(e.text, "it has 63x48 pixels, and the picture 64x48"));
}

static const struct {
    const char *json, *wrong; /* "": no baseline; NULL: fine */
} JSONS[] = {
    {"{\"colour\": 7.5, \"pixels\": 12, \"area\": [{\"xpos\": 1, \"ypos\": 2, \"width\": 3, "
     "\"height\": 4, \"type\": \"exclude\"}]}",
     NULL},
    {"{\"area\": [{\"xpos\": 1, \"ypos\": 2, \"width\": 3, \"height\": 4, \"type\": \"match\"}]}",
     ""},
    {"{\"colour\": \"7\"}", "colour is a number from 0 to 100"},
    {"{\"colour\": 101}", "colour is a number from 0 to 100"},
    {"{\"pixels\": -1}", "pixels one from 0"},
    {"{\"pixels\": 1, \"area\": [{\"type\": \"match\"}]}", "area 1 needs the type exclude"},
    {"{\"pixels\": 1, \"area\": [{\"type\": \"exclude\", \"xpos\": 1}]}", "area 1 needs"},
};

static void test_json(void **state)
{
    (void)state;
    char dir[] = "/tmp/hem-baseline-XXXXXX", path[64], beside[64];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/main.png", dir);
    snprintf(beside, sizeof beside, "%s/main.json", dir);
    png_write(path, &expected.picture);
    for (size_t i = 0; i < sizeof JSONS / sizeof *JSONS; i++) {
        struct err e = {0};
        FILE *file = fopen(beside, "we");
        assert_non_null(file);
        fputs(JSONS[i].json, file);
        assert_int_equal(fclose(file), 0);
        bool none = JSONS[i].wrong && !*JSONS[i].wrong;
        assert_int_equal(baseline_is(JSONS[i].json), !none);
        if (none)
            continue;
        struct baseline *b = baseline_read(path, &e);
        if (JSONS[i].wrong)
            assert_non_null(strstr(e.text, JSONS[i].wrong));
        assert_int_equal(b != NULL, JSONS[i].wrong == NULL);
        if (b) {
            assert_int_equal(b->pixels, 12);
            assert_int_equal(b->masks[0].height, 4);
            assert_true(baseline_compare(b, &expected.picture, "main", NULL, &e));
        }
        baseline_destroy(b);
    }
    unlink(path);
    unlink(beside);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_colour_and_pixels, setup, teardown),
        cmocka_unit_test_setup_teardown(test_distance, setup, teardown),
        cmocka_unit_test_setup_teardown(test_antialiasing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_masks_and_drawing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_caret, setup, teardown),
        cmocka_unit_test_setup_teardown(test_size, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

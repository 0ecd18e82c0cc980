/*
 * Pictures that no screen shows: next to nothing, noise, patterns. They are read in the end, and
 * what is not there is not seen. How long it takes is not asserted, but the test program has a
 * limit: with anything that grows as the square of what is on a picture, they would not end.
 */
#include "vision/edges.h"
#include "vision/lines.h"
#include "vision/plane.h"
#include "vision/vision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct vision *eyes;
static struct frame frame;
static struct scene scene;

static int start(void **state)
{
    (void)state;
    struct err e = {0};
    eyes = vision_create(NULL, &e);
    if (!eyes)
        print_error("%s\n", e.text);
    return eyes ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    vision_destroy(eyes);
    frame_finish(&frame);
    scene_finish(&scene);
    return 0;
}

static uint32_t drawn(void)
{
    static uint32_t seed = 1;
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

#define WHITE 0xFFFFFFu

static uint32_t white(int x, int y)
{
    (void)x, (void)y;
    return WHITE;
}

static uint32_t noise(int x, int y)
{
    (void)x, (void)y;
    return drawn();
}

static uint32_t black_or_white(int x, int y)
{
    (void)x, (void)y;
    return drawn() & 1 ? WHITE : 0;
}

static uint32_t dots(int x, int y)
{
    (void)x, (void)y;
    return drawn() % 16 ? WHITE : 0;
}

static uint32_t stripes_across(int x, int y)
{
    (void)x;
    return y / 8 % 2 ? WHITE : 0;
}

static uint32_t stripes_down(int x, int y)
{
    (void)y;
    return x / 3 % 2 ? WHITE : 0;
}

static uint32_t checkers_small(int x, int y)
{
    return (x ^ y) & 1 ? WHITE : 0;
}

static uint32_t checkers(int x, int y)
{
    return (x / 8 ^ y / 8) & 1 ? WHITE : 0;
}

static uint32_t squares(int x, int y)
{
    return x % 12 < 6 && y % 12 < 6 ? 0 : WHITE;
}

static uint32_t rings(int x, int y)
{
    int column = x % 14, row = y % 14;
    bool side = column == 0 || row == 0 || column == 11 || row == 11;
    return side && column < 12 && row < 12 ? 0 : WHITE;
}

static void paint(int width, int height, uint32_t (*shade)(int x, int y))
{
    frame_resize(&frame, width, height);
    frame.changed = frame_rect(&frame);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            frame.pixels[(size_t)y * (size_t)frame.stride + (size_t)x] = shade(x, y);
}

static void look(void)
{
    struct err e = {0};
    if (!vision_read(eyes, &frame, &scene, &e))
        fail_msg("%s", e.text);
    assert_int_equal(scene.width, frame.width);
    assert_int_equal(scene.height, frame.height);
}

/* On a screen, on its narrowest and on its flattest. */
static void test_nothing_is_there(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},     {2, 1},     {1, 2},      {3, 3},       {1, 16384},
                                   {16384, 1}, {7, 16384}, {16384, 64}, {4096, 4096}, {1, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        paint(sizes[i][0], sizes[i][1], white);
        look();
        assert_int_equal(scene.word_count, 0);
        assert_int_equal(scene.element_count, 0);
    }
}

/* At most that many words and elements are taken for some. */
static void test_noise_and_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t (*shade)(int x, int y);
        int words_max, elements_max;
    } cases[] = {
        {"noise", noise, 0, 0},
        {"black or white", black_or_white, 10, 0},
        {"dots", dots, 100, 10},
        {"stripes across", stripes_across, 0, 10},
        {"stripes down", stripes_down, 0, 0},
        {"small checkers", checkers_small, 0, 0},
        {"checkers", checkers, 0, 0},
        {"squares", squares, 134, 10},
        {"rings", rings, 300, 300},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        paint(1280, 800, cases[i].shade);
        look();
        if (scene.word_count > cases[i].words_max || scene.element_count > cases[i].elements_max)
            fail_msg("%s: %d words, %d elements", cases[i].name, scene.word_count,
                     scene.element_count);
    }
}

/* What is made of noise stays within its bounds. */
static void test_bounds(void **state)
{
    (void)state;
    struct edges edges = {0};
    paint(1280, 800, dots);
    edges_find(&edges, &frame, band_whole(frame.height));
    assert_true(edges.crowded);
    assert_in_range(edges.inks.count, 1, 1280 * 800 / EDGES_INK_PIXELS + 1);
    paint(1280, 800, checkers);
    edges_find(&edges, &frame, band_whole(frame.height));
    assert_false(edges.crowded);
    assert_in_range(edges.flats.count, 1, 1280 * 800 / EDGES_FLAT_PIXELS + 1);
    edges_finish(&edges);
}

/* Of the lines that are too many the larger ones are kept. */
static void test_too_many_lines(void **state)
{
    (void)state;
    struct plane gray = {0};
    struct lines lines = {0};
    plane_resize(&gray, 4096, 4096);
    memset(gray.pixels, 255, 4096 * 4096);
    for (int y = 0; y + 16 < 4096; y += 16) /* a line of dashes; every eighth of taller ones */
        for (int x = 0; x < 4096; x++)
            for (int row = 0; row < (y % 128 ? 6 : 9) && x % 12 < 6; row++)
                gray.pixels[(size_t)(y + row) * 4096 + (size_t)x] = 0;
    lines_find(&lines, &gray, band_whole(4096), NULL, 0);
    int length = 0, tall = 0;
    for (int i = 0; i < lines.count; i++) {
        length += 1 + lines.boxes[i].width / lines.boxes[i].height;
        tall += lines.boxes[i].height > 6;
    }
    assert_in_range(length, LINES_LENGTH_MAX * 9 / 10, LINES_LENGTH_MAX + LINE_WIDTH_MAX);
    assert_true(tall >= 4096 / 128);
    lines_finish(&lines);
    plane_finish(&gray);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_there),
        cmocka_unit_test(test_noise_and_patterns),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_too_many_lines),
    };
    return cmocka_run_group_tests(tests, start, end);
}

/*
 * Where lines are: letters drawn here as strokes, so that every pixel is known, and one picture of
 * a real page, as it is and inverted.
 */
#include "base/buf.h"
#include "vision/lines.h"
#include "vision/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH  640
#define HEIGHT 240
#define STROKE 2

struct drawing {
    struct plane gray;
    struct lines lines;
    uint8_t ink;
};

static int start(void **state)
{
    struct drawing *d = mem_zero(1, sizeof *d);
    *state = d;
    return 0;
}

static int end(void **state)
{
    struct drawing *d = *state;
    plane_finish(&d->gray);
    lines_finish(&d->lines);
    free(d);
    return 0;
}

static void clear(struct drawing *d, uint8_t ground, uint8_t ink)
{
    plane_resize(&d->gray, WIDTH, HEIGHT);
    memset(d->gray.pixels, ground, (size_t)WIDTH * HEIGHT);
    d->ink = ink;
}

static void fill(struct drawing *d, struct rect r, uint8_t level)
{
    for (int y = r.y; y < r.y + r.height; y++)
        memset(d->gray.pixels + (size_t)y * (size_t)d->gray.width + r.x, level, (size_t)r.width);
}

static void frame(struct drawing *d, struct rect r, uint8_t level)
{
    fill(d, (struct rect){r.x, r.y, r.width, 1}, level);
    fill(d, (struct rect){r.x, r.y + r.height - 1, r.width, 1}, level);
    fill(d, (struct rect){r.x, r.y, 1, r.height}, level);
    fill(d, (struct rect){r.x + r.width - 1, r.y, 1, r.height}, level);
}

/*
 * Letters of a font of SIZE pixels: h and n are half an em wide and two pixels apart, i has a dot,
 * p goes below, a dot and a dash are what they are, a space is a third of an em. The y is that of
 * the line they stand on. Returns where the next letter would be.
 */
static int write(struct drawing *d, int x, int y, int size, const char *text)
{
    int high = size * 3 / 4, low = size / 2, wide = size / 2;
    for (; *text; text++) {
        int top = *text == 'h' ? high : low;
        int bottom = *text == 'p' ? size / 4 : 0;
        if (*text == ' ') {
            x += size / 3;
            continue;
        }
        if (*text == '.' || *text == '-') {
            int length = *text == '.' ? STROKE : wide / 2;
            fill(d, (struct rect){x, y - (*text == '.' ? STROKE : low / 2), length, STROKE},
                 d->ink);
            x += length + 2;
            continue;
        }
        fill(d, (struct rect){x, y - top, STROKE, top + bottom}, d->ink);
        if (*text == 'i') {
            fill(d, (struct rect){x, y - high, STROKE, STROKE}, d->ink);
            x += STROKE + 2;
            continue;
        }
        fill(d, (struct rect){x + wide - STROKE, y - low, STROKE, low}, d->ink);
        fill(d, (struct rect){x, y - low, wide, STROKE}, d->ink);
        x += wide + 2;
    }
    return x;
}

static void find(struct drawing *d, const struct rect *barriers, int count)
{
    lines_find(&d->lines, &d->gray, band_whole(d->gray.height), barriers, count);
    lines_sort(&d->lines);
}

static void assert_line(const struct drawing *d, int i, int x, int y, int width, int height)
{
    assert_true(i < d->lines.count);
    struct rect r = d->lines.boxes[i];
    if (r.x != x || r.y != y || r.width != width || r.height != height)
        fail_msg("line %d is %d,%d %dx%d, not %d,%d %dx%d", i, r.x, r.y, r.width, r.height, x, y,
                 width, height);
}

static void a_line_is_tight_around_its_ink(void **state)
{
    struct drawing *d = *state;
    static const int sizes[] = {10, 12, 16, 24, 40};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int size = sizes[i], high = size * 3 / 4;
        clear(d, 255, 0);
        int right = write(d, 20, 100, size, "hin pnh. nin-n") - 2;
        find(d, NULL, 0);
        assert_int_equal(d->lines.count, 1);
        assert_line(d, 0, 20, 100 - high, right - 20, high + size / 4);
    }
}

static void colours_do_not_matter(void **state)
{
    struct drawing *d = *state;
    static const uint8_t colours[][2] = {{255, 0}, {0, 255}, {255, 215}, {40, 80}, {128, 255}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        clear(d, colours[i][0], colours[i][1]);
        int right = write(d, 20, 60, 16, "hnp nin") - 2;
        find(d, NULL, 0);
        assert_int_equal(d->lines.count, 1);
        assert_line(d, 0, 20, 48, right - 20, 16);
    }
}

static void what_is_far_apart_is_not_one_line(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    int a = write(d, 20, 60, 14, "hnp nih");
    int b = write(d, a + 18, 60, 14, "hnp");
    write(d, b + 60, 60, 14, "nhh");
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 3);
    assert_true(d->lines.boxes[1].x == a + 18);
    assert_true(d->lines.boxes[2].x == b + 60);
}

static void rows_are_not_one_line_however_near(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    for (int i = 0; i < 8; i++)
        write(d, 20, 20 + i * 16, 14, "hinp pnip nihp");
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 8);
    for (int i = 0; i < 8; i++)
        assert_int_equal(d->lines.boxes[i].y, 20 + i * 16 - 10);
}

static void lines_are_in_reading_order(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    write(d, 400, 40, 14, "nn");
    write(d, 20, 40, 14, "hp");
    write(d, 200, 41, 14, "pnp");
    write(d, 20, 90, 14, "hh");
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 4);
    int x[] = {20, 200, 400, 20};
    for (int i = 0; i < 4; i++)
        assert_int_equal(d->lines.boxes[i].x, x[i]);
}

static void no_line_crosses_a_barrier(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    int right = write(d, 20, 60, 14, "hnnh");
    write(d, right + 3, 60, 14, "nhhn");
    struct rect button = {12, 40, right - 12, 30};
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 1);
    find(d, &button, 1);
    assert_int_equal(d->lines.count, 2);
    assert_true(rect_inside(d->lines.boxes[0], button));
    assert_true(rect_empty(rect_common(d->lines.boxes[1], button)));
}

static void frames_and_rules_are_no_lines(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    frame(d, (struct rect){10, 10, 200, 34}, 0);    /* a field */
    frame(d, (struct rect){230, 10, 50, 26}, 120);  /* a button */
    frame(d, (struct rect){10, 60, 300, 150}, 200); /* a group */
    fill(d, (struct rect){10, 52, 500, 1}, 0);      /* a separator */
    fill(d, (struct rect){400, 10, 1, 200}, 0);
    fill(d, (struct rect){520, 20, 1, 17}, 0); /* a caret in an empty field */
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 0);
    int right = write(d, 20, 32, 14, "hnp nn") - 2;
    write(d, 240, 30, 14, "hhn");
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 2);
    assert_line(d, 0, 20, 22, right - 20, 13);
}

/* A table: rules all around, descenders touching them. */
/* As GTK draws it around what has the focus: the dots of one side touch those of the next, or
 * not. */
static void a_dotted_frame_is_no_line(void **state)
{
    struct drawing *d = *state;
    static const uint8_t dots[] = {187, 203, 246};
    for (int corners = 0; corners < 4; corners++) {
        clear(d, 248, 40);
        int right = write(d, 30, 60, 14, "hnp nih") - 2;
        for (int x = 0; x < 160; x++) {
            bool corner = x < 4 || x >= 156;
            if (!corner || corners & 1)
                d->gray.pixels[(40 * WIDTH) + 20 + x] = dots[x % 3];
            if (!corner || corners & 2)
                d->gray.pixels[(69 * WIDTH) + 20 + x] = dots[x % 3];
        }
        for (int y = 1; y < 29; y++)
            d->gray.pixels[((40 + y) * WIDTH) + 20] = d->gray.pixels[((40 + y) * WIDTH) + 179] =
                dots[y % 3];
        find(d, NULL, 0);
        bool found = false;
        for (int i = 0; i < d->lines.count; i++)
            found = found || (d->lines.boxes[i].x == 30 && rect_right(d->lines.boxes[i]) == right);
        if (!found)
            fail_msg("corners %d", corners);
    }
}

static void cells_are_found_among_their_rules(void **state)
{
    struct drawing *d = *state;
    clear(d, 255, 0);
    for (int y = 10; y <= 130; y += 20)
        fill(d, (struct rect){10, y, 481, 1}, 150);
    for (int x = 10; x <= 490; x += 120)
        fill(d, (struct rect){x, 10, 1, 121}, 150);
    for (int y = 10; y < 130; y += 20)
        for (int x = 10; x < 490; x += 120)
            write(d, x + 8, y + 16, 16, "hnp nn");
    find(d, NULL, 0);
    assert_int_equal(d->lines.count, 24);
    for (int i = 0; i < 24; i++) {
        assert_int_equal(d->lines.boxes[i].x, 18 + i % 4 * 120);
        assert_in_range(d->lines.boxes[i].height, 12, 18);
    }
}

static void a_very_long_line_is_cut_between_words(void **state)
{
    struct drawing *d = *state;
    plane_resize(&d->gray, FRAME_SIDE_MAX, 40);
    memset(d->gray.pixels, 255, (size_t)FRAME_SIDE_MAX * 40);
    d->ink = 0;
    for (int x = 10; x < FRAME_SIDE_MAX - 100;)
        x = write(d, x, 24, 16, "hnp nin ");
    find(d, NULL, 0);
    assert_true(d->lines.count >= FRAME_SIDE_MAX / LINE_WIDTH_MAX);
    for (int i = 0; i < d->lines.count; i++)
        assert_true(d->lines.boxes[i].width <= LINE_WIDTH_MAX);
}

/* Every line of the page is where it is when the page is inverted. */
static void a_page_reads_the_same_inverted(void **state)
{
    struct drawing *d = *state;
    struct frame page = {0};
    struct lines light = {0};
    struct err e = {0};
    assert_true(picture_read("tests/data/text/web.png", &page, &e));
    plane_gray(&d->gray, &page, band_whole(page.height));
    lines_find(&light, &d->gray, band_whole(d->gray.height), NULL, 0);
    lines_sort(&light);
    for (size_t i = 0; i < (size_t)page.width * (size_t)page.height; i++)
        d->gray.pixels[i] = (uint8_t)(255 - d->gray.pixels[i]);
    find(d, NULL, 0);
    assert_true(light.count > 40);
    assert_int_equal(light.count, d->lines.count);
    assert_memory_equal(light.boxes, d->lines.boxes, (size_t)light.count * sizeof *light.boxes);
    lines_finish(&light);
    frame_finish(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_tight_around_its_ink),
        cmocka_unit_test(colours_do_not_matter),
        cmocka_unit_test(what_is_far_apart_is_not_one_line),
        cmocka_unit_test(rows_are_not_one_line_however_near),
        cmocka_unit_test(lines_are_in_reading_order),
        cmocka_unit_test(no_line_crosses_a_barrier),
        cmocka_unit_test(frames_and_rules_are_no_lines),
        cmocka_unit_test(a_dotted_frame_is_no_line),
        cmocka_unit_test(cells_are_found_among_their_rules),
        cmocka_unit_test(a_very_long_line_is_cut_between_words),
        cmocka_unit_test(a_page_reads_the_same_inverted),
    };
    return cmocka_run_group_tests(tests, start, end);
}

/* vision/changes: which pixels differ, as separate rects. */
#include "base/buf.h"
#include "vision/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  200
#define HEIGHT 120

/* What is painted onto a black frame, and the rects that must come out, in any order. */
static const struct example {
    const char *name;
    int painted_count, expected_count;
    struct rect painted[4], expected[4];
} examples[] = {
    {"nothing", 0, 0, {{0}}, {{0}}},
    {"one pixel", 1, 1, {{7, 9, 1, 1}}, {{7, 9, 1, 1}}},
    {"the whole", 1, 1, {{0, 0, WIDTH, HEIGHT}}, {{0, 0, WIDTH, HEIGHT}}},
    {"two beside each other, far",
     2,
     2,
     {{10, 10, 5, 20}, {80, 10, 5, 20}},
     {{10, 10, 5, 20}, {80, 10, 5, 20}}},
    {"two above each other, far",
     2,
     2,
     {{10, 10, 5, 20}, {10, 60, 5, 20}},
     {{10, 10, 5, 20}, {10, 60, 5, 20}}},
    {"two letters of a word", 2, 1, {{10, 10, 6, 12}, {19, 10, 6, 12}}, {{10, 10, 15, 12}}},
    {"a frame is one thing",
     4,
     1,
     {{20, 20, 100, 1}, {20, 79, 100, 1}, {20, 20, 1, 60}, {119, 20, 1, 60}},
     {{20, 20, 100, 60}}},
    {"two that a third joins",
     3,
     1,
     {{10, 10, 4, 4}, {40, 10, 4, 4}, {14, 20, 26, 4}},
     {{10, 10, 34, 14}}},
    {"a caret and a spinner",
     2,
     2,
     {{30, 30, 1, 15}, {150, 80, 24, 24}},
     {{30, 30, 1, 15}, {150, 80, 24, 24}}},
};

static void paint(struct frame *f, struct rect r, uint32_t color)
{
    for (int y = r.y; y < r.y + r.height; y++)
        for (int x = r.x; x < r.x + r.width; x++)
            f->pixels[y * f->stride + x] = color;
}

static void frames_make(struct frame *old, struct frame *new)
{
    frame_resize(old, WIDTH, HEIGHT);
    frame_resize(new, WIDTH, HEIGHT);
    memset(old->pixels, 0, WIDTH * HEIGHT * 4);
    memset(new->pixels, 0, WIDTH * HEIGHT * 4);
}

static bool holds(const struct changes *c, struct rect r)
{
    for (int i = 0; i < c->count; i++)
        if (memcmp(&c->rects[i], &r, sizeof r) == 0)
            return true;
    return false;
}

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        struct frame old = {0}, new = {0};
        struct changes changes = {0};
        frames_make(&old, &new);
        for (int k = 0; k < example->painted_count; k++)
            paint(&new, example->painted[k], 0x00ff8040);
        changes_find(&changes, &old, frame_rect(&old), new.pixels, new.stride);
        if (changes.count != example->expected_count)
            fail_msg("%s: %d changes", example->name, changes.count);
        for (int k = 0; k < example->expected_count; k++)
            if (!holds(&changes, example->expected[k]))
                fail_msg("%s: rect %d is missing", example->name, k);
        frame_finish(&old);
        frame_finish(&new);
    }
}

/* Only what lies in the area is looked at. */
static void test_area(void **state)
{
    (void)state;
    struct frame old = {0}, new = {0};
    struct changes changes = {0};
    struct rect area = {40, 30, 50, 40};
    frames_make(&old, &new);
    paint(&new, frame_rect(&new), 0x00ffffff);
    changes_find(&changes, &old, area, new.pixels + area.y *new.stride + area.x, new.stride);
    assert_int_equal(changes.count, 1);
    assert_memory_equal(&changes.rects[0], &area, sizeof area);
    frame_finish(&old);
    frame_finish(&new);
}

static void test_top_byte_means_nothing(void **state)
{
    (void)state;
    struct frame old = {0}, new = {0};
    struct changes changes = {0};
    frames_make(&old, &new);
    paint(&new, frame_rect(&new), 0xff000000);
    changes_find(&changes, &old, frame_rect(&old), new.pixels, new.stride);
    assert_int_equal(changes.count, 0);
    frame_finish(&old);
    frame_finish(&new);
}

/* More separate places than there is room for: they are joined, and none is lost. */
static void test_many(void **state)
{
    (void)state;
    struct frame old = {0}, new = {0};
    struct changes changes = {0};
    struct rect all = {0}, expected = {0, 0, 181, 101};
    frames_make(&old, &new);
    for (int y = 0; y < HEIGHT; y += 20)
        for (int x = 0; x < WIDTH; x += 20)
            paint(&new, (struct rect){x, y, 1, 1}, 0x00112233);
    changes_find(&changes, &old, frame_rect(&old), new.pixels, new.stride);
    assert_in_range(changes.count, 1, CHANGES_MAX);
    for (int i = 0; i < changes.count; i++)
        all = rect_union(all, changes.rects[i]);
    assert_memory_equal(&all, &expected, sizeof all);
    frame_finish(&old);
    frame_finish(&new);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_area),
        cmocka_unit_test(test_top_byte_means_nothing),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

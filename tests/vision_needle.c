/* Pictures with openQA's JSON beside them: which area is clicked and where, what is to be seen on a
 * screen, and what is said of bad ones. */
#include "vision/gallery.h"
#include "vision/needle.h"

#include "base/buf.h"
#include "tests/pictures.h"
#include "tests/png_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#define WIDTH  300
#define HEIGHT 200
#define GROUND 0xf0f0f0u

static char folder[] = "/tmp/hem-needle-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    return unlink("main.png") | unlink("main.json") | rmdir(folder);
}

static void json_write(const char *text)
{
    FILE *file = fopen("main.json", "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

/* 20 by 20: a framed box with a bar in it. */
static void draw(struct frame *f, int x, int y, uint32_t colour)
{
    fill(f, (struct rect){x + 2, y + 2, 16, 16}, 0x333333);
    fill(f, (struct rect){x + 4, y + 4, 12, 12}, GROUND);
    fill(f, (struct rect){x + 6, y + 8, 8, 3}, colour);
}

#define RED   0xc01c28u
#define BLUE  0x1a5fb4u
#define GREEN 0x26a269u

/* A blue box at the left, a red one at the right, and a clock that never shows the same. */
static void screen_draw(struct frame *f, uint32_t clock)
{
    frame_resize(f, WIDTH, HEIGHT);
    fill(f, frame_rect(f), GROUND);
    draw(f, 20, 30, BLUE);
    draw(f, 200, 130, RED);
    fill(f, (struct rect){28, 33, 4, 4}, clock);
}

static const char areas[] =
    "{\"tags\": [\"main\"], \"area\": ["
    "{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20, \"type\": \"match\"},"
    "{\"xpos\": 28, \"ypos\": 33, \"width\": 4, \"height\": 4, \"type\": \"exclude\"},"
    "{\"xpos\": 0, \"ypos\": 0, \"width\": 9, \"height\": 9, \"type\": \"ocr\"},"
    "{\"xpos\": 200, \"ypos\": 130, \"width\": 20, \"height\": 20, \"type\": \"match\","
    " \"match\": \"98\", \"margin\": 10%s}]}"; /* openQA has numbers that are texts, too */

static void needle_write(const char *more)
{
    struct frame f = {0};
    char text[1024];
    screen_draw(&f, 0x000000);
    png_write("main.png", &f);
    snprintf(text, sizeof text, areas, more);
    json_write(text);
    frame_finish(&f);
}

static void test_read(void **state)
{
    (void)state;
    struct err e = {0};
    needle_write("");
    struct needle *n = needle_read("main.png", &e);
    assert_non_null(n);
    assert_int_equal(n->count, 2);
    assert_true(n->areas[0].least == 0.96 && n->areas[0].margin == 50);
    assert_true(n->areas[1].least == 0.98 && n->areas[1].margin == 10);
    assert_int_equal(n->areas[0].template->counted, 400 - 16);
    assert_true(n->clicked == 1 && n->click.x == 10 && n->click.y == 10);
    needle_destroy(n);
}

static const struct {
    const char *json, *said;
} bads[] = {
    {"", "cannot read main.json"},
    {"{", "main.json is not a needle"},
    {"{\"areas\": []}", "main.json is not a needle"},
    {"{\"area\": []}", "main.json has no area of type match"},
    {"{\"area\": [{\"xpos\": 1, \"ypos\": 1, \"width\": 2, \"height\": 2, \"type\": \"ocr\"}]}",
     "no area of type match"},
    {"{\"area\": [7]}", "area 1 needs xpos, ypos, width and height"},
    {"{\"area\": [{\"xpos\": 1, \"ypos\": 1, \"width\": 2}]}", "area 1 needs xpos"},
    {"{\"area\": [{\"xpos\": 1e99, \"ypos\": 1, \"width\": 2, \"height\": 2}]}",
     "area 1 needs xpos"},
    {"{\"area\": [{\"xpos\": 290, \"ypos\": 1, \"width\": 20, \"height\": 20}]}",
     "area 1 is not inside the picture"},
    {"{\"area\": [{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20, \"type\": "
     "\"mach\"}]}",
     "area 1 has no type of match"},
    {"{\"area\": [{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20, \"match\": 101}]}",
     "area 1 needs a match of 1 to 100"},
    {"{\"area\": [{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20, \"match\": \"96 "
     "%\"}]}",
     "area 1 needs a match of 1 to 100"},
    {"{\"area\": [{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20, \"margin\": -1}]}",
     "area 1 needs a match of 1 to 100 and a margin"},
    {"{\"area\": [{\"xpos\": 20, \"ypos\": 30, \"width\": 20, \"height\": 20,"
     " \"click_point\": {\"xpos\": 20, \"ypos\": 0}}]}",
     "area 1 needs a click_point in it"},
    {"{\"area\": [{\"xpos\": 60, \"ypos\": 60, \"width\": 20, \"height\": 20}]}",
     "main.json: area 1 has no detail"},
};

static void test_bad(void **state)
{
    (void)state;
    int wrong = 0;
    needle_write("");
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct err e = {0};
        json_write(bads[i].json);
        struct needle *n = needle_read("main.png", &e);
        if (!n && e.kind == ERR_USAGE && strstr(e.text, bads[i].said))
            continue;
        print_error("%s: %s\n", bads[i].json, e.text);
        wrong++;
        needle_destroy(n);
    }
    assert_int_equal(wrong, 0);
}

/* Two of them: the one about where it was is it; elsewhere both are. */
static void test_click(void **state)
{
    (void)state;
    struct frame f = {0};
    struct err e = {0};
    struct point click;
    needle_write(", \"click_point\": {\"xpos\": 3, \"ypos\": 5}");
    struct gallery *g = gallery_create(folder, &f);
    assert_null(gallery_find(g, "main.png", SIGHTINGS_BEST, &click, &e)); /* no screen yet */
    screen_draw(&f, 0);
    draw(&f, 60, 60, RED);
    const struct sightings *s = gallery_find(g, "main.png", SIGHTINGS_BEST, &click, &e);
    assert_non_null(s);
    assert_true(s->count == 1 && s->items[0].box.x == 200 && s->items[0].box.y == 130);
    assert_true(click.x == 3 && click.y == 5);
    s = gallery_find(g, "main.png", SIGHTINGS_ALL, &click, &e);
    assert_int_equal(s->count, 2);
    screen_draw(&f, 0);
    fill(&f, (struct rect){200, 130, 20, 20}, GROUND);
    draw(&f, 206, 127, RED); /* moved by less than the margin */
    s = gallery_find(g, "main.png", SIGHTINGS_BEST, &click, &e);
    assert_true(s->count == 1 && s->items[0].box.x == 206 && s->items[0].box.y == 127);
    fill(&f, (struct rect){200, 120, 30, 40}, GROUND);
    draw(&f, 100, 150, RED); /* by more */
    s = gallery_find(g, "main.png", SIGHTINGS_BEST, &click, &e);
    assert_true(s->count == 1 && s->items[0].box.x == 100 && s->items[0].box.y == 150);
    gallery_destroy(g);
    frame_finish(&f);
}

static void test_compare(void **state)
{
    (void)state;
    struct frame f = {0};
    struct err e = {0};
    struct rect box = {0};
    needle_write("");
    struct gallery *g = gallery_create(folder, &f);
    screen_draw(&f, 0xff00ff); /* another time on the clock, which is excluded */
    assert_true(gallery_compare(g, "main", &box, &e));
    assert_true(gallery_compare(g, "main.png", &box, &e));
    assert_int_equal(box.x, 20);
    draw(&f, 200, 130, GREEN);
    assert_false(gallery_compare(g, "main", &box, &e));
    assert_int_equal(e.kind, ERR_TASK);
    assert_non_null(strstr(e.text, "the area at 200,130 (20x20) is found at 200,130 at best"));
    assert_non_null(strstr(e.text, "0.98 is needed"));
    screen_draw(&f, 0);
    fill(&f, (struct rect){200, 130, 20, 20}, GROUND);
    draw(&f, 212, 130, RED); /* further than its margin */
    assert_false(gallery_compare(g, "main", &box, &e));
    frame_resize(&f, 40, 40);
    fill(&f, frame_rect(&f), GROUND);
    assert_false(gallery_compare(g, "main", &box, &e));
    assert_non_null(strstr(e.text, "too small"));
    gallery_destroy(g);
    frame_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_click),
        cmocka_unit_test(test_compare),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}

/*
 * What has no text: drawings in a row are the buttons of a tool bar, and alone they are buttons in
 * some places; a bell is no radio, nor is an i in a disc. Drawn here, pixel by pixel.
 */
#include "tests/pictures.h"
#include "vision/vision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define GROUND 0xf0f0f0u
#define INK    0x303030u
#define ROWS   16

static const char *const bell[ROWS] = {
    "    .##.",     "  .######.",   " .##....##.",  " ##.    .##",  ".##      ##.", ".##      ##.",
    ".##      ##.", ".##      ##.", ".##      ##.", "############", " ....##....",  "     ##"};
static const char *const save[ROWS] = {"##############", "##   ##   ### ", "##   ##   ####",
                                       "##   ##   ####", "##        ####", "##############",
                                       "##############", "####      ####", "####      ####",
                                       "####      ####", "####      ####", "##############"};
static const char *const back[ROWS] = {
    "      ##",         "     ###", "    ###", "   ###",   "  ##############", " ###############",
    "  ##############", "   ###",   "    ###", "     ###", "      ##"};
static const char *const find[ROWS] = {"   ######",     "  ##    ##",     " ##      ##",
                                       " ##      ##",   " ##      ##",    " ##      ##",
                                       "  ##    ##",    "   ########",    "         ###",
                                       "          ###", "           ###", "            ##"};

static const char *const cross[ROWS] = {"##        ##", " ##      ##", "  ##    ##", "   ##  ##",
                                        "    ####",     "    ####",    "   ##  ##",  "  ##    ##",
                                        " ##      ##",  "##        ##"};
static const char *const lines[ROWS] = {"############", "############", "", "",
                                        "############", "############", "", "",
                                        "############", "############"};

static struct vision *vision;

static int start(void **state)
{
    (void)state;
    struct err e = {0};
    vision = vision_create(NULL, &e);
    if (!vision)
        print_error("%s\n", e.text);
    return vision ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    vision_destroy(vision);
    return 0;
}

static void draw(struct frame *f, int x, int y, const char *const *rows)
{
    for (int i = 0; i < ROWS && rows[i]; i++)
        for (int j = 0; rows[i][j]; j++)
            if (rows[i][j] != ' ')
                f->pixels[(y + i) * f->stride + x + j] = rows[i][j] == '#' ? INK : 0x909090;
}

static void disc(struct frame *f, int x, int y, double radius, uint32_t colour)
{
    for (int i = 0; i < f->height; i++)
        for (int j = 0; j < f->width; j++)
            if ((j + 0.5 - x) * (j + 0.5 - x) + (i + 0.5 - y) * (i + 0.5 - y) <= radius * radius)
                f->pixels[i * f->stride + j] = colour;
}

static void begin(struct frame *f)
{
    frame_resize(f, 480, 200);
    fill(f, frame_rect(f), GROUND);
}

/* How many elements of a role are seen; the boxes of the first of them. */
static int look(struct frame *f, enum role role, struct rect *boxes, int most)
{
    struct scene scene = {0};
    struct err e = {0};
    int count = 0;
    if (!vision_read(vision, f, &scene, &e))
        fail_msg("%s", e.text);
    for (int i = 0; i < scene.element_count; i++)
        if (scene.elements[i].role == role && count++ < most)
            boxes[count - 1] = scene.elements[i].box;
    scene_finish(&scene);
    return count;
}

static void test_tool_bar(void **state)
{
    (void)state;
    static const char *const *const icons[] = {back, save, find, bell, back};
    struct frame f = {0};
    struct rect boxes[8];
    begin(&f);
    for (int i = 0; i < 5; i++)
        draw(&f, 40 + 32 * i, 30, icons[i]);
    assert_int_equal(look(&f, ROLE_BUTTON, boxes, 8), 5);
    for (int i = 0; i < 5; i++) { /* each holds its icon, and none overlaps the next */
        assert_true(rect_holds(boxes[i], (struct point){40 + 32 * i + 6, 36}));
        assert_true(boxes[i].width >= 20 && boxes[i].width <= 36);
        assert_true(i == 0 || rect_empty(rect_common(boxes[i - 1], boxes[i])));
    }
    assert_int_equal(look(&f, ROLE_RADIO, boxes, 8), 0);
    assert_int_equal(look(&f, ROLE_CHECKBOX, boxes, 8), 0);
    frame_finish(&f);
}

/* What is in a row without being drawings alone is no tool bar: radios are radios. */
static void test_radios(void **state)
{
    (void)state;
    struct frame f = {0};
    begin(&f);
    for (int i = 0; i < 4; i++) {
        disc(&f, 60 + 40 * i, 60, 8, 0x767676);
        disc(&f, 60 + 40 * i, 60, 6.8, 0xffffff);
        if (i == 1)
            disc(&f, 60 + 40 * i, 60, 4, 0x1a73e8);
    }
    assert_int_equal(look(&f, ROLE_BUTTON, NULL, 0), 0);
    assert_int_equal(look(&f, ROLE_RADIO, NULL, 0), 4);
    frame_finish(&f);
}

/* Pictures have no tool bars: their grounds are never plain. */
static void test_photograph(void **state)
{
    (void)state;
    static const char *const *const icons[] = {back, find, bell, cross, lines};
    struct frame f = {0};
    uint32_t noise = 1;
    for (int noisy = 0; noisy < 2; noisy++) {
        begin(&f);
        for (int i = 0; noisy && i < f.stride * f.height; i++)
            f.pixels[i] -= ((noise = noise * 1664525 + 1013904223) >> 24) % 12 * 0x010101;
        for (int i = 0; i < 5; i++)
            draw(&f, 40 + 32 * i, 30, icons[i]);
        assert_int_equal(look(&f, ROLE_BUTTON, NULL, 0), noisy ? 0 : 5);
    }
    frame_finish(&f);
}

static void test_no_marks(void **state)
{
    (void)state;
    struct frame f = {0};
    begin(&f);
    draw(&f, 60, 40, bell);
    disc(&f, 200, 60, 10, INK);
    fill(&f, (struct rect){199, 54, 2, 2}, GROUND);
    fill(&f, (struct rect){199, 58, 2, 7}, GROUND);
    assert_int_equal(look(&f, ROLE_RADIO, NULL, 0), 0);
    assert_int_equal(look(&f, ROLE_CHECKBOX, NULL, 0), 0);
    frame_finish(&f);
}

static void frame(struct frame *f, struct rect r)
{
    fill(f, r, 0xa0a0a0);
    fill(f, rect_grow(r, -1), 0xfafafa);
}

/* What stands apart in the row of a tool bar is a button, too; its sign is three dots here. */
static void test_companion(void **state)
{
    (void)state;
    static const char *const dots[ROWS] = {"###", "###", "###", "",    "###", "###",
                                           "###", "",    "###", "###", "###"};
    struct frame f = {0};
    struct rect boxes[8];
    begin(&f);
    frame(&f, (struct rect){20, 20, 440, 160});
    draw(&f, 40, 40, back);
    draw(&f, 72, 40, save);
    draw(&f, 104, 40, find);
    draw(&f, 420, 40, dots);
    assert_int_equal(look(&f, ROLE_BUTTON, boxes, 8), 4);
    assert_true(rect_holds(boxes[3], (struct point){421, 45}));
    frame_finish(&f);
}

/* A square drawing in the middle of a button is no checkbox, nor is a button with a drawing. */
static void test_framed(void **state)
{
    (void)state;
    struct frame f = {0};
    begin(&f);
    frame(&f, (struct rect){40, 40, 34, 34});
    fill(&f, (struct rect){51, 51, 12, 12}, INK);
    fill(&f, (struct rect){53, 53, 8, 8}, 0xfafafa);
    assert_int_equal(look(&f, ROLE_CHECKBOX, NULL, 0), 0);
    assert_int_equal(look(&f, ROLE_BUTTON, NULL, 0), 1);
    frame_finish(&f);
}

static const struct rect panel = {300, 60, 400, 240};

/* Alone, an icon is a button at the end of the bar at the top and as the cross of a panel. */
static void draw_page(struct frame *f)
{
    frame_resize(f, 1000, 400);
    fill(f, frame_rect(f), 0xffffff);
    fill(f, (struct rect){0, 0, 1000, 48}, GROUND);
    draw(f, 900, 18, bell);
    draw(f, 950, 19, lines);
    fill(f, panel, GROUND);
    draw(f, panel.x + panel.width - 30, panel.y + 16, cross);
}

static void test_alone(void **state)
{
    (void)state;
    static const struct point at[] = {{906, 24}, {956, 24}, {676, 81}};
    struct frame f = {0};
    struct rect boxes[8];
    draw_page(&f);
    assert_int_equal(look(&f, ROLE_BUTTON, boxes, 8), 3);
    for (int i = 0; i < 3; i++) {
        assert_true(rect_holds(boxes[i], at[i]));
        assert_true(boxes[i].width >= 24 && boxes[i].width <= 40);
    }
    frame_finish(&f);
}

/* The same drawings are no buttons in the middle of a page, or where a panel ends otherwise. */
static void test_elsewhere(void **state)
{
    (void)state;
    struct frame f = {0};
    frame_resize(&f, 1000, 400);
    fill(&f, frame_rect(&f), 0xffffff);
    fill(&f, panel, GROUND);
    draw(&f, panel.x + 200, panel.y + 120, cross);
    draw(&f, 100, 200, bell);
    assert_int_equal(look(&f, ROLE_BUTTON, NULL, 0), 0);
    frame_finish(&f);
}

/* Stars that rate are all the same. */
static void test_rating(void **state)
{
    (void)state;
    struct frame f = {0};
    begin(&f);
    for (int i = 0; i < 5; i++)
        draw(&f, 40 + 24 * i, 90, bell);
    assert_int_equal(look(&f, ROLE_BUTTON, NULL, 0), 0);
    frame_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tool_bar),   cmocka_unit_test(test_radios),
        cmocka_unit_test(test_photograph), cmocka_unit_test(test_no_marks),
        cmocka_unit_test(test_companion),  cmocka_unit_test(test_framed),
        cmocka_unit_test(test_alone),      cmocka_unit_test(test_elsewhere),
        cmocka_unit_test(test_rating),
    };
    return cmocka_run_group_tests(tests, start, end);
}

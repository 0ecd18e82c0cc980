/* Pictures looked for on drawn screens: where they are, how similar, and which are others. */
#include "vision/sightings.h"

#include "base/buf.h"
#include "tests/pictures.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#define SIDE   20 /* of an icon */
#define GROUND 0xf0f0f0u
#define INK    0x2e3436u

/* An icon as strokes between points, in pixels of 20 by 20. */
struct icon {
    const char *name;
    float strokes[4][4];
    int count;
};

static const struct icon icons[] = {
    {"plus", {{10, 4, 10, 16}, {4, 10, 16, 10}}, 2},
    {"cross", {{5.8F, 5.8F, 14.2F, 14.2F}, {14.2F, 5.8F, 5.8F, 14.2F}}, 2},
    {"minus", {{4, 10, 16, 10}}, 1},
    {"left", {{13, 4, 7, 10}, {7, 10, 13, 16}}, 2},
    {"right", {{7, 4, 13, 10}, {13, 10, 7, 16}}, 2},
    {"up", {{4, 13, 10, 7}, {10, 7, 16, 13}}, 2},
    {"down", {{4, 7, 10, 13}, {10, 13, 16, 7}}, 2},
    {"arrow left", {{16, 10, 4, 10}, {9, 5, 4, 10}, {4, 10, 9, 15}}, 3},
    {"arrow right", {{4, 10, 16, 10}, {11, 5, 16, 10}, {16, 10, 11, 15}}, 3},
    {"box", {{5, 5, 15, 5}, {15, 5, 15, 15}, {15, 15, 5, 15}, {5, 15, 5, 5}}, 4},
    {"menu", {{4, 6, 16, 6}, {4, 10, 16, 10}, {4, 14, 16, 14}}, 3},
    {"list", {{4, 6, 16, 6}, {4, 10, 16, 10}, {4, 14, 11, 14}}, 3},
    {"tick", {{4, 10, 8, 14}, {8, 14, 16, 5}}, 2},
    {"seven", {{5, 4, 15, 4}, {15, 4, 9, 16}}, 2},
    {"tee", {{4, 4, 16, 4}, {10, 4, 10, 16}}, 2},
};

#define ICON_COUNT ((int)(sizeof icons / sizeof *icons))

struct paint {
    uint32_t ink, ground;
    float dx, dy;  /* of the strokes */
    float opacity; /* of the ink */
};

static const struct paint plain = {INK, GROUND, 0, 0, 1};

static float stroke_distance(const float s[4], float x, float y)
{
    float vx = s[2] - s[0], vy = s[3] - s[1];
    float along = ((x - s[0]) * vx + (y - s[1]) * vy) / (vx * vx + vy * vy);
    along = fminf(fmaxf(along, 0), 1);
    return hypotf(x - s[0] - along * vx, y - s[1] - along * vy);
}

/* How much of the pixel strokes 2 pixels wide cover. */
static float coverage(const struct icon *icon, const struct paint *p, int px, int py)
{
    int inside = 0;
    for (int i = 0; i < 16; i++) {
        int column = i % 4, row = i / 4;
        float x = (float)px + ((float)column + 0.5F) / 4 - p->dx;
        float y = (float)py + ((float)row + 0.5F) / 4 - p->dy;
        float nearest = 100;
        for (int k = 0; k < icon->count; k++)
            nearest = fminf(nearest, stroke_distance(icon->strokes[k], x, y));
        inside += nearest <= 1;
    }
    return (float)inside / 16;
}

static uint32_t mixed(uint32_t ink, uint32_t ground, float share)
{
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        float a = (float)(ink >> shift & 0xff), b = (float)(ground >> shift & 0xff);
        out |= (uint32_t)lroundf(b + share * (a - b)) << shift;
    }
    return out;
}

static void draw(struct frame *f, struct point at, const struct icon *icon, struct paint p)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            f->pixels[(at.y + y) * f->stride + at.x + x] =
                mixed(p.ink, p.ground, p.opacity * coverage(icon, &p, x, y));
}

static void frame_plain(struct frame *f, int width, int height, uint32_t colour)
{
    frame_resize(f, width, height);
    fill(f, frame_rect(f), colour);
}

/* PIXELS are 0xAARRGGBB. */
static struct template *template_of(uint32_t *pixels, int width, int height, struct err *e)
{
    struct frame f = {.width = width, .height = height, .stride = width, .pixels = pixels};
    return template_cut(&f, frame_rect(&f), "it", e);
}

static struct template *template_of_icon(const struct icon *icon)
{
    struct frame f = {0};
    struct err e = {0};
    frame_plain(&f, SIDE, SIDE, 0);
    draw(&f, (struct point){0, 0}, icon, plain);
    for (int i = 0; i < SIDE * SIDE; i++)
        f.pixels[i] |= 0xff000000;
    struct template *t = template_of(f.pixels, SIDE, SIDE, &e);
    assert_non_null(t);
    frame_finish(&f);
    return t;
}

static void look(struct sightings *s, const struct template *t, const struct frame *f)
{
    sightings_find(s, t, f, frame_rect(f), TEMPLATE_ALIKE, SIGHTINGS_ALL);
}

/* Every icon is found where it is as it is painted so, or nowhere; no icon is taken for another. */
static void check_paint(const char *what, struct paint paint, bool alike)
{
    struct sightings *s = mem_alloc(sizeof *s);
    struct frame f = {0};
    int wrong = 0;
    for (int i = 0; i < ICON_COUNT; i++) {
        struct template *t = template_of_icon(&icons[i]);
        for (int k = 0; k < ICON_COUNT; k++) {
            frame_plain(&f, 90, 70, paint.ground);
            draw(&f, (struct point){33, 21}, &icons[k], paint);
            look(s, t, &f);
            bool want = alike && i == k;
            bool seen = s->count == 1 && abs(s->items[0].box.x - 33) <= 1 &&
                        abs(s->items[0].box.y - 21) <= 1;
            if (want ? seen : !s->count)
                continue;
            print_error("%s: %s in %s: %d, best %.3f at %d,%d\n", what, icons[i].name,
                        icons[k].name, s->count, s->best.similarity, s->best.box.x, s->best.box.y);
            wrong++;
        }
        template_destroy(t);
    }
    frame_finish(&f);
    free(s);
    assert_int_equal(wrong, 0);
}

static void test_icons(void **state)
{
    (void)state;
    check_paint("as it is", plain, true);
    check_paint("half a pixel away", (struct paint){INK, GROUND, 0.5F, 0.5F, 1}, true);
    check_paint("a quarter right", (struct paint){INK, GROUND, 0.25F, 0, 1}, true);
    check_paint("on white", (struct paint){INK, 0xffffff, 0, 0, 1}, true);
    check_paint("on a darker ground", (struct paint){INK, 0xe2e4e8, 0.3F, 0.7F, 1}, true);
    check_paint("a slightly other ink", (struct paint){0x1c2024, GROUND, 0, 0, 1}, true);
    check_paint("greyed", (struct paint){INK, GROUND, 0, 0, 0.5F}, false);
    check_paint("a little greyed", (struct paint){INK, GROUND, 0.5F, 0.5F, 0.65F}, false);
    check_paint("red", (struct paint){0xc01c28, GROUND, 0, 0, 1}, false);
    check_paint("white on dark", (struct paint){0xffffff, 0x303030, 0, 0, 1}, false);
}

/* Two that are equally good are two, best first; an exact one alone where only the best is wanted.
 */
static void test_several(void **state)
{
    (void)state;
    struct sightings *s = mem_alloc(sizeof *s);
    struct frame f = {0};
    struct template *t = template_of_icon(&icons[0]);
    frame_plain(&f, 200, 100, GROUND);
    draw(&f, (struct point){150, 10}, &icons[0], (struct paint){INK, GROUND, 0.5F, 0, 1});
    draw(&f, (struct point){20, 40}, &icons[0], plain);
    draw(&f, (struct point){80, 70}, &icons[0], plain);
    draw(&f, (struct point){20, 70}, &icons[1], plain);
    look(s, t, &f);
    assert_int_equal(s->count, 3);
    assert_true(s->items[0].similarity == 1 && s->items[1].similarity == 1);
    assert_int_equal(s->items[0].box.x, 20);
    assert_int_equal(s->items[1].box.x, 80);
    assert_true(s->items[2].similarity < 1 && s->items[2].box.y == 10);
    sightings_find(s, t, &f, frame_rect(&f), TEMPLATE_ALIKE, SIGHTINGS_BEST);
    assert_int_equal(s->count, 2);
    sightings_find(s, t, &f, (struct rect){60, 50, 140, 50}, TEMPLATE_ALIKE, SIGHTINGS_BEST);
    assert_int_equal(s->count, 1);
    assert_int_equal(s->items[0].box.x, 80);
    template_destroy(t);
    frame_finish(&f);
    free(s);
}

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* A place that is not the screen's size, a noisy screen, and the edges of it: nothing is seen that
 * isn't there, what is there is. */
static void test_noise_and_edges(void **state)
{
    (void)state;
    struct sightings *s = mem_alloc(sizeof *s);
    struct frame f = {0};
    struct template *t = template_of_icon(&icons[7]);
    static const struct point corners[] = {{0, 0}, {300, 0}, {0, 180}, {300, 180}};
    uint32_t seed = 1;
    frame_plain(&f, 320, 200, GROUND);
    for (int i = 0; i < 320 * 200; i++)
        f.pixels[i] = random_next(&seed);
    look(s, t, &f);
    assert_int_equal(s->count, 0);
    assert_true(s->best.similarity >= 0 && s->best.similarity < 0.9);
    for (int i = 0; i < 4; i++)
        draw(&f, corners[i], &icons[7], plain);
    look(s, t, &f);
    assert_int_equal(s->count, 4);
    frame_plain(&f, SIDE - 1, 300, GROUND);
    look(s, t, &f);
    assert_int_equal(s->count, 0);
    assert_true(rect_empty(s->best.box));
    frame_plain(&f, SIDE, SIDE, GROUND);
    draw(&f, (struct point){0, 0}, &icons[7], (struct paint){INK, GROUND, 0.2F, 0.2F, 1});
    look(s, t, &f);
    assert_int_equal(s->count, 1);
    template_destroy(t);
    frame_finish(&f);
    free(s);
}

/* What is transparent in the picture may be anything on the screen. */
static void test_transparent(void **state)
{
    (void)state;
    uint32_t pixels[SIDE * SIDE] = {0};
    struct sightings *s = mem_alloc(sizeof *s);
    struct frame f = {0};
    struct err e = {0};
    for (int y = 4; y < 16; y++)
        for (int x = 4; x < 16; x++)
            pixels[y * SIDE + x] = x + y < 20 ? 0xff3584e4 : 0xff1a5fb4;
    struct template *t = template_of(pixels, SIDE, SIDE, &e);
    assert_non_null(t);
    frame_plain(&f, 100, 100, 0x404040);
    for (int i = 0; i < 100 * 100; i += 3)
        f.pixels[i] = 0xe0a030;
    for (int i = 0; i < SIDE * SIDE; i++)
        if (pixels[i])
            f.pixels[(50 + i / SIDE) * 100 + 30 + i % SIDE] = pixels[i] & 0xffffff;
    look(s, t, &f);
    assert_int_equal(s->count, 1);
    assert_true(s->items[0].similarity == 1);
    assert_true(s->items[0].box.x == 30 && s->items[0].box.y == 50);
    template_destroy(t);
    frame_finish(&f);
    free(s);
}

static void test_refused(void **state)
{
    (void)state;
    uint32_t flat[100], clear[100] = {0};
    struct err e = {0};
    for (int i = 0; i < 100; i++)
        flat[i] = 0xff336699 + (i % 3 == 0);
    assert_null(template_of(flat, 10, 10, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    assert_non_null(strstr(e.text, "no detail"));
    assert_null(template_of(clear, 10, 10, &e));
    assert_non_null(strstr(e.text, "pixels that count"));
    uint32_t *large = mem_zero(8193 * 1025, sizeof *large);
    assert_null(template_of(large, 8193, 1025, &e));
    assert_non_null(strstr(e.text, "larger than any screen"));
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_icons),           cmocka_unit_test(test_several),
        cmocka_unit_test(test_noise_and_edges), cmocka_unit_test(test_transparent),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

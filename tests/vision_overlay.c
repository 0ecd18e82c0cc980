#include "vision/overlay.h"
#include "vision/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A gray frame with one button at the very corner and one larger than the frame. */
static void make(struct frame *frame, struct scene *scene)
{
    frame_resize(frame, 120, 60);
    for (int i = 0; i < 120 * 60; i++)
        frame->pixels[i] = 0x808080;
    scene_reset(scene, 120, 60);
    struct element *e = scene_add_element(scene);
    e->role = ROLE_BUTTON;
    e->box = (struct rect){30, 30, 40, 20};
    e = scene_add_element(scene);
    e->role = ROLE_TEXTBOX;
    e->box = (struct rect){-5, -5, 200, 100};
}

static void test_draws_boxes(void **state)
{
    (void)state;
    char path[] = "/tmp/overlay-XXXXXX";
    struct frame frame = {0}, drawn = {0};
    struct scene scene = {0};
    struct err e = {0};
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    make(&frame, &scene);
    assert_true(overlay_write(path, &frame, &scene, &e));
    assert_true(picture_read(path, &drawn, &e));
    assert_int_equal(drawn.width, 120);
    assert_int_equal(drawn.height, 60);
    assert_int_not_equal(drawn.pixels[40 * drawn.stride + 30] & 0xFFFFFF, 0x808080); /* its side */
    assert_int_equal(drawn.pixels[40 * drawn.stride + 50] & 0xFFFFFF, 0x808080); /* its middle */
    assert_int_equal(frame.pixels[40 * frame.stride + 30], 0x808080);            /* the frame */
    unlink(path);
    frame_finish(&frame);
    frame_finish(&drawn);
    scene_finish(&scene);
}

static void test_names_what_it_cannot_write(void **state)
{
    (void)state;
    struct frame frame = {0};
    struct scene scene = {0};
    struct err e = {0};
    make(&frame, &scene);
    assert_false(overlay_write("/nonexistent/overlay.png", &frame, &scene, &e));
    assert_int_equal(e.kind, ERR_IO);
    assert_non_null(strstr(e.text, "/nonexistent/overlay.png"));
    frame_finish(&frame);
    scene_finish(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draws_boxes),
        cmocka_unit_test(test_names_what_it_cannot_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

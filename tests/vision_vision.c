/*
 * Reading what has changed: words and elements of a real picture are painted over and put back, as
 * typing, dialogs and lit borders do, and each time what is read of the change alone must be what
 * is read of the whole. And what stays the same keeps its id.
 */
#include "vision/vision.h"
#include "base/buf.h"
#include "tests/allocations.h"
#include "vision/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct eyes {
    struct vision *part, *whole; /* one reads changes, one always everything */
    struct frame frame;
    struct scene seen, all;
    struct buf seen_text, all_text;
    uint64_t serial;
};

static struct eyes eyes;

static int start(void **state)
{
    (void)state;
    struct err e = {0};
    eyes.part = vision_create(NULL, &e);
    eyes.whole = vision_create(NULL, &e);
    if (!eyes.whole)
        print_error("%s\n", e.text);
    return eyes.whole ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    vision_destroy(eyes.part);
    vision_destroy(eyes.whole);
    frame_finish(&eyes.frame);
    scene_finish(&eyes.seen);
    scene_finish(&eyes.all);
    buf_finish(&eyes.seen_text);
    buf_finish(&eyes.all_text);
    return 0;
}

static void tell(const struct scene *s, struct buf *out)
{
    buf_reset(out);
    for (int i = 0; i < s->word_count; i++) {
        const struct word *w = &s->words[i];
        buf_addf(out, "%s at %d,%d\n", w->text, w->box.x, w->box.y);
    }
    for (int i = 0; i < s->element_count; i++) {
        const struct element *e = &s->elements[i];
        buf_addf(out, "%s at %d,%d %dx%d \"%s\" \"%s\" \"%s\" \"%s\" %x\n", role_name(e->role),
                 e->box.x, e->box.y, e->box.width, e->box.height, e->text, e->label,
                 e->value ? e->value : "(none)", e->group, e->states);
    }
}

/* Reads the frame, of which CHANGED differs from what was read last. */
static void look(struct rect changed)
{
    struct err e = {0};
    eyes.frame.serial = ++eyes.serial;
    eyes.frame.changed = changed;
    if (!vision_read(eyes.part, &eyes.frame, &eyes.seen, &e))
        fail_msg("%s", e.text);
}

static void open_picture(const char *name)
{
    char path[128];
    struct err e = {0};
    snprintf(path, sizeof path, "tests/data/elements/%s.png", name);
    if (!picture_read(path, &eyes.frame, &e))
        fail_msg("%s", e.text);
    eyes.serial += 10; /* it does not follow the picture before */
    look(frame_rect(&eyes.frame));
}

static bool is_read_alike(void)
{
    struct err e = {0};
    eyes.frame.serial = 0;
    if (!vision_read(eyes.whole, &eyes.frame, &eyes.all, &e))
        fail_msg("%s", e.text);
    tell(&eyes.seen, &eyes.seen_text);
    tell(&eyes.all, &eyes.all_text);
    return strcmp(buf_text(&eyes.seen_text), buf_text(&eyes.all_text)) == 0;
}

/* Swaps the pixels of R with KEPT. */
static void swap(struct rect r, uint32_t *kept)
{
    for (int y = 0; y < r.height; y++) {
        uint32_t *row = eyes.frame.pixels + (r.y + y) * eyes.frame.stride + r.x;
        for (int x = 0; x < r.width; x++, row++, kept++) {
            uint32_t pixel = *row;
            *row = *kept;
            *kept = pixel;
        }
    }
}

/* Paints R over with the colour of its corner, reads, puts it back, and reads again. */
static void check_change(struct rect r)
{
    r = rect_common(r, frame_rect(&eyes.frame));
    uint32_t ground = eyes.frame.pixels[r.y * eyes.frame.stride + r.x];
    uint32_t *kept = mem_alloc((size_t)rect_area(r) * sizeof *kept);
    for (long i = 0; i < rect_area(r); i++)
        kept[i] = ground;
    for (int i = 0; i < 2; i++) {
        swap(r, kept);
        look(r);
        if (!is_read_alike())
            fail_msg("after a change at %d,%d %dx%d:\n%s\nand all of it is\n%s", r.x, r.y, r.width,
                     r.height, buf_text(&eyes.seen_text), buf_text(&eyes.all_text));
    }
    free(kept);
}

static void check_picture(const char *name)
{
    open_picture(name);
    struct rect places[64];
    int count = 0;
    for (int i = 0; i < eyes.seen.word_count && count < 32; i += 2)
        places[count++] = eyes.seen.words[i].box;
    for (int i = 0; i < eyes.seen.element_count && count < 64; i++)
        places[count++] = rect_grow(eyes.seen.elements[i].box, i % 4);
    assert_true(count > 8);
    for (int i = 0; i < count; i++)
        check_change(places[i]);
}

static void test_a_change_is_read_as_the_whole_is(void **state)
{
    (void)state;
    check_picture("web");
    check_picture("gtk");
    check_picture("plain");
    check_picture("floating");
}

static void test_nothing_changed(void **state)
{
    (void)state;
    open_picture("web");
    struct err e = {0};
    const struct element *elements = eyes.seen.elements;
    int count = eyes.seen.element_count;
    assert_true(count > 0);
    memset(eyes.frame.pixels, 0, 64); /* would be seen if it were looked at */
    long allocated = allocations;
    assert_true(vision_read(eyes.part, &eyes.frame, &eyes.seen, &e));
    assert_int_equal(allocations, allocated);
    assert_ptr_equal(eyes.seen.elements, elements);
    assert_int_equal(eyes.seen.element_count, count);
    /* Another scene has to be filled all the same. */
    struct scene other = {0};
    assert_true(vision_read(eyes.part, &eyes.frame, &other, &e));
    assert_int_equal(other.element_count, count);
    assert_true(allocations > allocated || !allocations); /* they are counted */
    scene_finish(&other);
}

/* A frame that does not follow the one before is read whole, whatever it says of its change. */
static void test_a_frame_missed(void **state)
{
    (void)state;
    open_picture("web");
    assert_true(eyes.seen.element_count > 0);
    memset(eyes.frame.pixels, 255,
           (size_t)eyes.frame.stride * (size_t)eyes.frame.height * sizeof *eyes.frame.pixels);
    eyes.serial++;
    look((struct rect){0, 0, 1, 1});
    assert_int_equal(eyes.seen.element_count, 0);
    assert_int_equal(eyes.seen.word_count, 0);
}

/* The first frame of another screen may have any serial. */
static void test_another_screen(void **state)
{
    (void)state;
    for (uint64_t next = 0; next < 2; next++) {
        open_picture("web");
        vision_forget(eyes.part);
        memset(eyes.frame.pixels, 255,
               (size_t)eyes.frame.stride * (size_t)eyes.frame.height * sizeof *eyes.frame.pixels);
        eyes.serial -= next;
        look((struct rect){0, 0, 1, 1});
        assert_int_equal(eyes.seen.element_count, 0);
        assert_int_equal(eyes.seen.word_count, 0);
    }
}

static const struct element *find_labelled(enum role role, const char *label)
{
    for (int i = 0; i < eyes.seen.element_count; i++)
        if (eyes.seen.elements[i].role == role && strcmp(eyes.seen.elements[i].label, label) == 0)
            return &eyes.seen.elements[i];
    fail_msg("there is no %s \"%s\"", role_name(role), label);
    return NULL;
}

/* The picture as it is after a scroll, DOWN pixels further up. */
static void scroll(int down)
{
    struct frame *f = &eyes.frame;
    size_t row = (size_t)f->stride * sizeof *f->pixels;
    memmove(f->pixels, f->pixels + (size_t)down * (size_t)f->stride,
            (size_t)(f->height - down) * row);
    for (int y = f->height - down; y < f->height; y++)
        memcpy(f->pixels + (size_t)y * (size_t)f->stride,
               f->pixels + (size_t)(f->height - down - 1) * (size_t)f->stride, row);
}

static void test_identity(void **state)
{
    (void)state;
    open_picture("web");
    int count = eyes.seen.element_count, named = 0, kept = 0;
    struct element *before = mem_alloc((size_t)count * sizeof *before);
    char **labels = mem_alloc((size_t)count * sizeof *labels);
    for (int i = 0; i < count; i++) {
        before[i] = eyes.seen.elements[i];
        labels[i] = mem_text(before[i].label);
    }
    scroll(30);
    look(frame_rect(&eyes.frame));
    for (int i = 0; i < count; i++) {
        if (!*labels[i] || before[i].box.y < 60)
            continue;
        const struct element *now = find_labelled(before[i].role, labels[i]);
        kept += now->id == before[i].id;
        named++;
    }
    assert_true(named > count / 3);
    assert_int_equal(kept, named);
    for (int i = 0; i < eyes.seen.element_count; i++) /* and no two share an id */
        assert_ptr_equal(scene_element(&eyes.seen, eyes.seen.elements[i].id),
                         &eyes.seen.elements[i]);
    for (int i = 0; i < count; i++)
        free(labels[i]);
    free(labels);
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_is_read_as_the_whole_is),
        cmocka_unit_test(test_nothing_changed),
        cmocka_unit_test(test_a_frame_missed),
        cmocka_unit_test(test_another_screen),
        cmocka_unit_test(test_identity),
    };
    return cmocka_run_group_tests(tests, start, end);
}

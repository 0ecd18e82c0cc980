/*
 * What is made of pixels: pictures of forms in tests/data/elements with what they show beside them,
 * and marks drawn here. A label may be misread by a letter; role, state and value may not.
 */
#include "base/alike.h"
#include "base/buf.h"
#include "tests/pictures.h"
#include "vision/boxes.h"
#include "vision/find.h"
#include "vision/glyphs.h"
#include "vision/picture.h"
#include "vision/vision.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 5 /* role, label, value, states, group */

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

static unsigned states_of(char *names)
{
    unsigned states = 0;
    for (char *save, *name = strtok_r(names, ",", &save); name; name = strtok_r(NULL, ",", &save)) {
        assert_int_not_equal(state_from_name(name), 0);
        states |= state_from_name(name);
    }
    return states;
}

static bool is_same(const struct element *e, char *const want[FIELDS], unsigned states)
{
    const unsigned told =
        STATE_CHECKED | STATE_MIXED | STATE_REQUIRED | STATE_MULTILINE | STATE_DISABLED;
    if (strcmp(role_name(e->role), want[0]) != 0 || alike_score(e->label, want[1]) < 0.8)
        return false;
    if ((e->states & told) != (states & told) || (states & ~e->states & STATE_FOCUSED))
        return false;
    if (*want[4] && alike_score(e->group, want[4]) < 0.8)
        return false;
    if (strcmp(want[2], "-") == 0 || strcmp(want[0], "slider") == 0)
        return e->value == NULL;
    /* a password's dots and selected text may be read as anything */
    return e->value && (!*want[2] || alike_score(e->value, want[2]) >= 0.8);
}

/* Each line of NAME.txt is one element of NAME.png, and there are few others. */
static void check_picture(const char *name)
{
    char path[128], line[256];
    struct frame frame = {0};
    struct scene scene = {0};
    struct err e = {0};
    int wanted = 0, missing = 0;
    bool cells = false;
    snprintf(path, sizeof path, "tests/data/elements/%s.png", name);
    if (!picture_read(path, &frame, &e) || !vision_read(vision, &frame, &scene, &e))
        fail_msg("%s", e.text);
    snprintf(path, sizeof path, "tests/data/elements/%s.txt", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *want[FIELDS], *rest = line;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#')
            continue;
        for (int i = 0; i < FIELDS; i++)
            assert_non_null(want[i] = strsep(&rest, "|"));
        cells |= role_is_cell(role_from_name(want[0]));
        unsigned states = states_of(want[3]);
        bool found = false;
        for (int i = 0; i < scene.element_count; i++)
            found |= is_same(&scene.elements[i], want, states);
        if (!found)
            print_error("%s: %s \"%s\" is not seen so\n", path, want[0], want[1]);
        wanted++;
        missing += !found;
    }
    fclose(file);
    assert_int_equal(missing, 0);
    int told = 0; /* texts of tables aside that the list leaves out */
    for (int i = 0; i < scene.element_count; i++)
        told += cells || !role_is_cell(scene.elements[i].role);
    assert_true(told <= wanted + wanted / 4 + 1);
    for (int i = 0; i < scene.element_count; i++) {
        assert_int_equal(scene.elements[i].id, i + 1);
        assert_true(rect_inside(scene.elements[i].box, rect_grow(frame_rect(&frame), 4)));
    }
    scene_finish(&scene);
    frame_finish(&frame);
}

static void test_web(void **state)
{
    (void)state;
    check_picture("web");
}

static void test_scaled(void **state)
{
    (void)state;
    check_picture("scaled");
}

static void test_floating(void **state)
{
    (void)state;
    check_picture("floating");
}

static void test_gtk(void **state)
{
    (void)state;
    check_picture("gtk");
}

static void test_plain(void **state)
{
    (void)state;
    check_picture("plain");
}

static void test_panes(void **state)
{
    (void)state;
    check_picture("panes");
}

static void test_prompts(void **state)
{
    (void)state;
    check_picture("prompts");
}

static void test_heads(void **state)
{
    (void)state;
    check_picture("heads");
}

static void test_editor(void **state)
{
    (void)state;
    check_picture("editor");
}

static void test_notebook(void **state)
{
    (void)state;
    check_picture("notebook");
}

static void test_sections(void **state)
{
    (void)state;
    check_picture("sections");
}

static void test_tiles(void **state)
{
    (void)state;
    check_picture("tiles");
}

static void test_dialog(void **state)
{
    (void)state;
    check_picture("dialog");
}

static void dialogs_lie_over_windows(void **state)
{
    (void)state;
    check_picture("windows");
    check_picture("message");
}

static void half_checked_boxes_are_mixed(void **state)
{
    (void)state;
    check_picture("mixed");
}

static void test_scrollbars(void **state)
{
    (void)state;
    check_picture("scrollbars");
}

static void test_focus(void **state)
{
    (void)state;
    check_picture("focus");
}

static void test_popup(void **state)
{
    (void)state;
    check_picture("popup");
}

static void test_chosen(void **state)
{
    (void)state;
    check_picture("chosen");
}

static void test_survey(void **state)
{
    (void)state;
    check_picture("survey");
}

static void ring_of_the_focus_is_no_dot(void **state)
{
    (void)state;
    check_picture("ring");
}

static void test_table(void **state)
{
    (void)state;
    check_picture("table");
}

static void test_progress(void **state)
{
    (void)state;
    check_picture("progress");
}

static void test_list(void **state)
{
    (void)state;
    check_picture("list");
}

/* What is told by where it is: in a row of a table, whose cells may have two lines, or under a
 * heading. */
static const struct {
    const char *picture, *target;
    struct point at;
} places[] = {
    {"table", "button \"Delete\" in row \"Ada Lovelace\"", {690, 80}},
    {"table", "button \"Delete\" in row \"charles@example.org\"", {690, 142}},
    {"table", "button \"Edit\" in row \"Grace\"", {630, 204}},
    {"table", "cell right of \"notes.txt\"", {230, 325}},
    {"table", "cell below columnheader \"Modified\"", {390, 293}},
    {"sections", "field \"Country\" in \"Billing address\"", {100, 130}},
    {"sections", "field \"Country\" in \"Shipping address\"", {400, 130}},
    {"sections", "field \"Shipping address Street\"", {400, 75}},
    {"sections", "field \"Phone\" in \"Sender\"", {400, 220}},
    {"sections", "\"Name\" in \"Receiver\"", {100, 330}},
    {"sections", "field \"City\" in \"Work\"", {400, 460}},
    {"sections", "field \"City\" in \"Billing address\"", {-1, -1}}, /* there is none */
    {"dialog", "button \"Cancel\" in dialog \"New customer\"", {330, 325}},
    {"dialog", "\"Save\" in dialog", {250, 325}},
    {"dialog", "field \"Name\" in \"New customer\"", {300, 225}},
    {"dialog", "field \"Name\" in \"Customers\"", {100, 115}},
    {"dialog", "\"New customer\"", {290, 175}},
    {"windows", "button \"Cancel\" in \"Save changes?\"", {310, 305}},
    {"windows", "\"OK\" in dialog", {480, 305}},
    {"message", "field \"Name\" in \"New customer\"", {330, 176}},
    {"message", "\"Cancel\" in dialog \"New customer\"", {360, 240}},
    {"scrollbars", "last scrollbar", {200, 633}},
    {"progress", "progressbar \"Stripes\"", {300, 783}},
    {"progress", "2nd progress bar \"Finished\"", {300, 944}},
    {"progress", "progressbar \"Town\"", {-1, -1}},
};

static void check_place(size_t i)
{
    char path[128];
    struct frame frame = {0};
    struct scene scene = {0};
    struct target target;
    struct match match;
    struct err e = {0};
    snprintf(path, sizeof path, "tests/data/elements/%s.png", places[i].picture);
    if (!picture_read(path, &frame, &e) || !vision_read(vision, &frame, &scene, &e) ||
        !target_parse(places[i].target, &target, &e))
        fail_msg("%s", e.text);
    enum found found = find_target(NULL, &scene, &target, &match, &e);
    enum found want = places[i].at.x < 0 ? FOUND_NONE : FOUND_ONE;
    if (found != want)
        fail_msg("%s: %s", places[i].target, e.text);
    if (found == FOUND_ONE && !rect_holds(match.box, places[i].at))
        fail_msg("%s: found at %d,%d", places[i].target, match.box.x, match.box.y);
    target_finish(&target);
    scene_finish(&scene);
    frame_finish(&frame);
}

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        check_place(i);
}

static void disc(struct frame *f, double cx, double cy, double radius, uint32_t colour)
{
    for (int y = 0; y < f->height; y++)
        for (int x = 0; x < f->width; x++)
            if ((x + 0.5 - cx) * (x + 0.5 - cx) + (y + 0.5 - cy) * (y + 0.5 - cy) <=
                radius * radius)
                f->pixels[y * f->stride + x] = colour;
}

struct mark_case {
    enum box_kind kind;
    bool on, dark;
};

static void draw_mark(struct frame *f, struct mark_case c)
{
    uint32_t ground = c.dark ? 0x202124 : 0xffffff, line = c.dark ? 0x9aa0a6 : 0x767676;
    uint32_t accent = 0x1a73e8;
    fill(f, frame_rect(f), ground);
    if (c.kind == BOX_CHECK) {
        fill(f, (struct rect){40, 40, 16, 16}, c.on ? accent : line);
        if (!c.on)
            fill(f, (struct rect){41, 41, 14, 14}, ground);
        for (int i = 0; c.on && i < 7; i++) /* a tick */
            fill(f, (struct rect){44 + i, i < 3 ? 47 + i : 52 - i, 2, 2}, 0xffffff);
    } else if (c.kind == BOX_RADIO) {
        disc(f, 48, 48, 8, c.on ? accent : line);
        disc(f, 48, 48, 6.8, ground);
        if (c.on)
            disc(f, 48, 48, 4, accent);
    } else {
        uint32_t track = c.on ? accent : 0x80868b;
        fill(f, (struct rect){50, 40, 20, 20}, track);
        disc(f, 50, 50, 10, track);
        disc(f, 70, 50, 10, track);
        disc(f, c.on ? 70 : 50, 50, 8, 0xffffff);
    }
}

static void test_marks(void **state)
{
    (void)state;
    static const enum box_kind kinds[] = {BOX_CHECK, BOX_RADIO, BOX_SWITCH};
    struct frame frame = {0};
    struct edges edges = {0};
    struct boxes boxes = {0};
    frame_resize(&frame, 160, 120);
    for (int i = 0; i < 12; i++) {
        struct mark_case c = {kinds[i / 4], i % 2, i / 2 % 2};
        draw_mark(&frame, c);
        edges_find(&edges, &frame, band_whole(frame.height));
        boxes_find(&boxes, &frame, &edges);
        int marks = 0;
        for (int j = 0; j < boxes.count; j++) {
            if (boxes.items[j].kind == BOX_FRAME)
                continue;
            marks++;
            assert_int_equal(boxes.items[j].kind, c.kind);
            assert_int_equal(boxes.items[j].on, c.on);
        }
        assert_int_equal(marks, 1);
    }
    boxes_finish(&boxes);
    edges_finish(&edges);
    frame_finish(&frame);
}

static void test_glyphs(void **state)
{
    (void)state;
    struct frame f = {0};
    frame_resize(&f, 40, 40);
    fill(&f, frame_rect(&f), 0xf0f0f0);
    for (int i = 0; i < 5; i++)
        fill(&f, (struct rect){10 + i, 10 + i, 10 - 2 * i, 1}, 0x303030);
    assert_int_equal(glyph_read(&f, (struct rect){10, 10, 10, 5}), GLYPH_DOWN);
    fill(&f, frame_rect(&f), 0xf0f0f0);
    fill(&f, (struct rect){10, 16, 13, 1}, 0x303030);
    assert_int_equal(glyph_read(&f, (struct rect){10, 16, 13, 1}), GLYPH_MINUS);
    fill(&f, (struct rect){16, 10, 1, 13}, 0x303030);
    assert_int_equal(glyph_read(&f, (struct rect){10, 10, 13, 13}), GLYPH_PLUS);
    fill(&f, (struct rect){10, 10, 13, 13}, 0x303030);
    assert_int_equal(glyph_read(&f, (struct rect){10, 10, 13, 13}), GLYPH_OTHER);
    frame_finish(&f);
}

/* Frames without anything, with noise everywhere, and of one pixel are no trouble. */
static void test_odd_frames(void **state)
{
    (void)state;
    static const struct rect sizes[] = {{0, 0, 1, 1}, {0, 0, 3, 200}, {0, 0, 320, 200}};
    struct frame frame = {0};
    struct edges edges = {0};
    struct boxes boxes = {0};
    uint32_t noise = 1;
    for (int i = 0; i < 6; i++) {
        frame_resize(&frame, sizes[i / 2].width, sizes[i / 2].height);
        for (int p = 0; p < frame.stride * frame.height; p++)
            frame.pixels[p] = i % 2 ? (noise = noise * 1664525 + 1013904223) >> 8 : 0;
        edges_find(&edges, &frame, band_whole(frame.height));
        boxes_find(&boxes, &frame, &edges);
        if (i % 2 == 0)
            assert_int_equal(boxes.count, 0);
    }
    boxes_finish(&boxes);
    edges_finish(&edges);
    frame_finish(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_glyphs),
        cmocka_unit_test(test_odd_frames),
        cmocka_unit_test(test_web),
        cmocka_unit_test(test_floating),
        cmocka_unit_test(test_gtk),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_prompts),
        cmocka_unit_test(test_survey),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_panes),
        cmocka_unit_test(test_notebook),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_editor),
        cmocka_unit_test(test_tiles),
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_dialog),
        cmocka_unit_test(dialogs_lie_over_windows),
        cmocka_unit_test(half_checked_boxes_are_mixed),
        cmocka_unit_test(test_scrollbars),
        cmocka_unit_test(test_scaled),
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_popup),
        cmocka_unit_test(ring_of_the_focus_is_no_dot),
        cmocka_unit_test(test_chosen),
    };
    return cmocka_run_group_tests(tests, start, end);
}

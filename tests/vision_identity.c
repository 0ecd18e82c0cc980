/*
 * Stories of frames. Each line is an element: what it is in truth, its role, its box, its label.
 * Whatever is the same in truth must have the same id in every frame that shows it, and nothing
 * else that id.
 */
#include "vision/identity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THINGS_MAX 64

struct thing {
    char name[16];
    int id;
};

struct story {
    struct thing things[THINGS_MAX];
    int count;
};

static struct thing *thing_named(struct story *s, const char *name)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->things[i].name, name) == 0)
            return &s->things[i];
    assert_true(s->count < THINGS_MAX);
    struct thing *t = &s->things[s->count++];
    snprintf(t->name, sizeof t->name, "%s", name);
    return t;
}

/* One frame, its elements in reading order as everywhere. */
static void show(struct story *s, struct identity *d, const char *frame)
{
    struct scene scene = {0};
    char names[THINGS_MAX][16], role[16], label[32];
    scene_reset(&scene, 1280, 800);
    for (const char *line = frame; *line; line += strcspn(line, "\n") + 1) {
        struct element *e = scene_add_element(&scene);
        label[0] = '\0';
        int read =
            sscanf(line, "%15s %15s %d,%d %dx%d%*[ ]%31[^\n]", names[scene.element_count - 1], role,
                   &e->box.x, &e->box.y, &e->box.width, &e->box.height, label);
        assert_true(read >= 6);
        e->role = role_from_name(role);
        assert_int_not_equal(e->role, ROLE_NONE);
        e->label = arena_text(&scene.arena, label);
    }
    identity_assign(d, &scene);
    for (int i = 0; i < scene.element_count; i++) {
        struct thing *t = thing_named(s, names[i]);
        if (t->id && t->id != scene.elements[i].id)
            fail_msg("%s was #%d and is #%d in\n%s", t->name, t->id, scene.elements[i].id, frame);
        t->id = scene.elements[i].id;
        for (int j = 0; j < s->count; j++)
            if (&s->things[j] != t && s->things[j].id == t->id)
                fail_msg("#%d is %s and was %s in\n%s", t->id, t->name, s->things[j].name, frame);
    }
    scene_finish(&scene);
}

static void tell(const char *const *frames)
{
    struct story story = {0};
    struct identity *d = identity_create();
    for (; *frames; frames++)
        show(&story, d, *frames);
    identity_destroy(d);
}

/* A prompt goes, a number makes a field for numbers, a combobox without a label shows its value. */
static void test_filling_in(void **state)
{
    (void)state;
    tell((const char *const[]){"name textbox 40,40 200x28 First name\n"
                               "mail textbox 40,80 200x28 Email\n"
                               "count textbox 40,120 200x28 Guests\n"
                               "sort combobox 40,160 200x28 Any state\n"
                               "more button 40,200 90x30 Follow\n",
                               "name textbox 39,39 202x30\n"
                               "mail textbox 40,80 200x28 Email\n"
                               "count spinbutton 40,120 200x28 Guests\n"
                               "sort combobox 40,160 200x28 Open\n"
                               "more button 40,200 91x30 Following\n",
                               NULL});
}

#define ROW_OF(name, y)                                                                            \
    name "-check checkbox 10," #y " 16x20\n" name " cell 40," #y " 200x20 " name "\n" name         \
         "-del button 400," #y " 60x20 Delete\n"

/* A list scrolls by a row, so that every button stands where another stood, and back. */
static void test_scrolling_a_list(void **state)
{
    (void)state;
    tell((const char *const[]){
        "head columnheader 40,60 200x20 Name\n" ROW_OF("Ada", 100) ROW_OF("Bob", 140)
            ROW_OF("Cyd", 180) ROW_OF("Dee", 220) "save button 40,300 80x30 Save\n",
        "head columnheader 40,60 200x20 Name\n" ROW_OF("Bob", 100) ROW_OF("Cyd", 140)
            ROW_OF("Dee", 180) ROW_OF("Eve", 220) "save button 40,300 80x30 Save\n",
        "head columnheader 40,60 200x20 Name\n" ROW_OF("Ada", 100) ROW_OF("Bob", 140)
            ROW_OF("Cyd", 180) ROW_OF("Dee", 220) "save button 40,300 80x30 Save\n",
        NULL});
}

/* A row is taken out: those below move up. */
static void test_deleting_a_row(void **state)
{
    (void)state;
    tell((const char *const[]){ROW_OF("Ada", 100) ROW_OF("Bob", 140) ROW_OF("Cyd", 180)
                                   ROW_OF("Dee", 220),
                               ROW_OF("Ada", 100) ROW_OF("Cyd", 140) ROW_OF("Dee", 180), NULL});
}

#define PAGE_UNCOVERED                                                                             \
    "menu link 40,10 50x20 Home\nnew button 40,50 60x30 New\nlast link 40,700 50x20 Help\n"
#define PAGE_COVERED                                                                               \
    "name textbox 500,300 200x28 Name\nmail textbox 500,340 200x28 Email\n"                        \
    "ok button 500,400 60x30 OK\n"
#define PAGE PAGE_UNCOVERED PAGE_COVERED

/* A dialog covers some of the page, has a field and a button of the same names, and goes again. */
static void test_dialog_over_the_rest(void **state)
{
    (void)state;
    tell((const char *const[]){PAGE,
                               PAGE_UNCOVERED "dialog-name textbox 560,320 240x32 Name\n"
                                              "dialog-ok button 640,380 80x32 OK\n",
                               PAGE, NULL});
}

static void test_window_that_is_moved(void **state)
{
    (void)state;
    tell((const char *const[]){"menu link 900,10 50x20 Home\nname textbox 100,100 200x28 Name\n"
                               "mail textbox 100,140 200x28 Email\nok button 100,200 60x30 OK\n"
                               "no button 180,200 60x30\n",
                               "menu link 900,10 50x20 Home\nname textbox 160,145 200x28 Name\n"
                               "mail textbox 160,185 200x28 Email\nok button 160,245 60x30 OK\n"
                               "no button 240,245 60x30\n",
                               NULL});
}

/* What stands in the same place on the next page is another thing. */
static void test_next_page(void **state)
{
    (void)state;
    tell((const char *const[]){"a textbox 100,100 200x28 Name\nb textbox 100,140 200x28 Email\n"
                               "c textbox 100,180 200x28 Phone\nnext button 100,220 60x30 Next\n",
                               "d textbox 100,100 200x28 Street\ne textbox 100,140 200x28 City\n"
                               "f textbox 100,180 200x28 Country\ng textbox 100,220 200x28 Code\n"
                               "next button 100,260 60x30 Next\n",
                               NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filling_in),           cmocka_unit_test(test_scrolling_a_list),
        cmocka_unit_test(test_deleting_a_row),       cmocka_unit_test(test_dialog_over_the_rest),
        cmocka_unit_test(test_window_that_is_moved), cmocka_unit_test(test_next_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

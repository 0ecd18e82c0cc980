/*
 * The form policy against a page that is modelled in a few lines: it has controls with labels,
 * scrolls, takes clicks and text. Real programs are filled in by tests/hem_forms.c; here are the
 * cases that must end in a refusal.
 */
#include "base/alike.h"
#include "policy/policy.h"
#include "tests/scenes.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define PAGE_WIDTH 600
#define VIEW       400 /* pixels of the page that are seen at once */
#define ROW        60
#define NOTCH      50

struct item {
    enum role role;
    const char *label, *group;
    unsigned states;
    int page;
    char value[64];
    bool shown; /* its placeholder or value was changed */
};

struct page {
    struct item items[16];
    int count, now, scrolled, focus, submitted, clicks;
    int height; /* of everything */
    struct scene scene;
};

static struct rect item_box(const struct page *p, int i)
{
    int row = 0;
    for (int k = 0; k < i; k++)
        row += p->items[k].page == p->now;
    int y = 20 + row * ROW - p->scrolled;
    if (p->items[i].role == ROLE_CHECKBOX || p->items[i].role == ROLE_RADIO)
        return (struct rect){200, y, 16, 16};
    return (struct rect){200, y, 240, 30};
}

static void look(struct page *p, struct rect changed)
{
    struct scene *s = &p->scene;
    scene_reset(s, PAGE_WIDTH, VIEW);
    s->changed = changed;
    for (int i = 0; i < p->count; i++) {
        struct item *it = &p->items[i];
        struct rect box = item_box(p, i);
        if (it->page != p->now || box.y < 0 || box.y + box.height > VIEW)
            continue;
        if (it->role == ROLE_BUTTON) {
            scene_button(s, box, it->label);
            continue;
        }
        bool is_check = it->role == ROLE_CHECKBOX || it->role == ROLE_RADIO;
        struct element *e = scene_control(s, it->role, box, it->label, is_check ? NULL : it->value);
        e->group = it->group ? it->group : "";
        e->states = it->states;
    }
}

/* The finder of the tests: the element whose label is the text. */
static enum found find_label(void *self, const struct scene *scene, const struct target *t,
                             struct match *out, struct err *e)
{
    (void)self;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *el = &scene->elements[i];
        if (t->role != ROLE_NONE && el->role != t->role)
            continue;
        if (alike_equal(el->label, t->text)) {
            *out = (struct match){el, el->box, el->label, 1, false};
            return FOUND_ONE;
        }
    }
    err_set(e, ERR_TASK, "no \"%s\"", t->text);
    return FOUND_NONE;
}

static void click(struct page *p, struct point at)
{
    p->clicks++;
    for (int i = 0; i < p->count; i++) {
        struct item *it = &p->items[i];
        if (it->page != p->now || !rect_holds(item_box(p, i), at))
            continue;
        p->focus = i;
        if (it->role == ROLE_CHECKBOX)
            it->states ^= STATE_CHECKED;
        if (it->role == ROLE_RADIO) {
            for (int k = 0; k < p->count; k++)
                if (p->items[k].role == ROLE_RADIO && strcmp(p->items[k].group, it->group) == 0)
                    p->items[k].states &= ~(unsigned)STATE_CHECKED;
            it->states |= STATE_CHECKED;
        }
        if (it->role == ROLE_BUTTON && strcmp(it->label, "Next") == 0) {
            p->now++;
            p->scrolled = 0;
        } else if (it->role == ROLE_BUTTON)
            p->submitted++;
        return;
    }
}

static void perform(struct page *p, const struct action *a)
{
    struct rect all = {0, 0, PAGE_WIDTH, VIEW};
    int before = p->scrolled, page = p->now;
    switch (a->kind) {
    case ACTION_CLICK:
        click(p, a->at);
        break;
    case ACTION_TYPE:
        snprintf(p->items[p->focus].value, sizeof p->items[p->focus].value, "%s", a->text);
        break;
    case ACTION_SCROLL:
        p->scrolled += a->dy * NOTCH;
        if (p->scrolled > p->height - VIEW)
            p->scrolled = p->height - VIEW;
        if (p->scrolled < 0)
            p->scrolled = 0;
        break;
    case ACTION_WAIT:
        poll(NULL, 0, a->ms < 20 ? a->ms : 20);
        break;
    default:
        break;
    }
    look(p, p->scrolled != before || p->now != page ? all : (struct rect){0});
}

/* Runs the policy on the page until it is done or fails; returns whether it is done. */
static bool run(struct page *p, const struct data *fields, const char *submit, struct err *e)
{
    static const struct data none;
    struct policy_context context = {.finder = {find_label, NULL}, .secrets = &none};
    struct form_task task = {fields, submit, NULL, 0};
    struct policy *policy = form_create(&context, &task);
    static struct history history;
    struct action action = {0};
    bool going = true;
    int rows = 0;
    for (int i = 0; i < p->count; i++)
        rows += p->items[i].page == 0;
    p->height = rows * ROW + 40 > VIEW ? rows * ROW + 40 : VIEW;
    look(p, (struct rect){0, 0, PAGE_WIDTH, VIEW});
    for (int turn = 0; going && turn < 1000 && action.kind != ACTION_DONE; turn++) {
        going = policy_decide(policy, &p->scene, &history, &action, e);
        if (going)
            perform(p, &action);
    }
    policy_destroy(policy);
    scene_finish(&p->scene);
    return going && action.kind == ACTION_DONE;
}

static void test_fills_scrolls_and_sends(void **state)
{
    (void)state;
    struct page p = {.count = 11,
                     .items = {{ROLE_TEXTBOX, "First name", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "Last name", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "E-mail address *", NULL, 0, 0, "", false},
                               {ROLE_RADIO, "Post", "Contact by", 0, 0, "", false},
                               {ROLE_RADIO, "Telephone", "Contact by", 0, 0, "", false},
                               {ROLE_CHECKBOX, "I agree to the terms", NULL, 0, 0, "", false},
                               {ROLE_CHECKBOX, "Newsletter", NULL, STATE_CHECKED, 0, "", false},
                               {ROLE_TEXTBOX, "City", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "Postcode", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "Remarks", NULL, 0, 0, "", false},
                               {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    struct data d = {0};
    struct err e = {0};
    data_add(&d, "Zip code", "SW1A");
    data_add(&d, "Email", "ada@example.org");
    data_add(&d, "Contact by", "Telephone");
    data_add(&d, "I agree", "yes");
    data_add(&d, "Newsletter", "no");
    data_add(&d, "Surname", "Lovelace");
    data_add(&d, "first_name", "Ada");
    if (!run(&p, &d, "Send", &e))
        fail_msg("%s", e.text);
    assert_string_equal(p.items[0].value, "Ada");
    assert_string_equal(p.items[1].value, "Lovelace");
    assert_string_equal(p.items[2].value, "ada@example.org");
    assert_false(p.items[3].states & STATE_CHECKED);
    assert_true(p.items[4].states & STATE_CHECKED);
    assert_true(p.items[5].states & STATE_CHECKED);
    assert_false(p.items[6].states & STATE_CHECKED);
    assert_string_equal(p.items[7].value, "");
    assert_string_equal(p.items[8].value, "SW1A");
    assert_int_equal(p.submitted, 1);
    data_finish(&d);
}

static void test_turns_pages(void **state)
{
    (void)state;
    struct page p = {.count = 4,
                     .items = {{ROLE_TEXTBOX, "Name", NULL, 0, 0, "", false},
                               {ROLE_BUTTON, "Next", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "City", NULL, 0, 1, "", false},
                               {ROLE_BUTTON, "Finish", NULL, 0, 1, "", false}}};
    struct data d = {0};
    struct err e = {0};
    data_add(&d, "Name", "Ada");
    data_add(&d, "City", "London");
    if (!run(&p, &d, "Finish", &e))
        fail_msg("%s", e.text);
    assert_string_equal(p.items[2].value, "London");
    assert_int_equal(p.submitted, 1);
    data_finish(&d);
}

/* What must not be sent: each with what is said of it. */
static void refused(struct page *p, const char *name, const char *said)
{
    struct data d = {0};
    struct err e = {0};
    data_add(&d, name, "Ada");
    assert_false(run(p, &d, "Send", &e));
    assert_int_equal(p->submitted, 0);
    if (!strstr(e.text, said))
        fail_msg("\"%s\" does not say \"%s\"", e.text, said);
    data_finish(&d);
}

static void test_a_datum_without_a_field(void **state)
{
    (void)state;
    struct page p = {.count = 2,
                     .items = {{ROLE_TEXTBOX, "Name", NULL, 0, 0, "", false},
                               {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    refused(&p, "Shoe size", "\"Shoe size\": no field");
    assert_string_equal(p.items[0].value, "");
}

static void test_two_fields_alike(void **state)
{
    (void)state;
    struct page p = {.count = 3,
                     .items = {{ROLE_TEXTBOX, "Name", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "Name", NULL, 0, 0, "", false},
                               {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    refused(&p, "Name", "several fields");
    assert_string_equal(p.items[0].value, "");
    assert_string_equal(p.items[1].value, "");
}

static void test_a_required_field_left_empty(void **state)
{
    (void)state;
    struct page p = {.count = 3,
                     .items = {{ROLE_TEXTBOX, "Name", NULL, 0, 0, "", false},
                               {ROLE_TEXTBOX, "Tax number", NULL, STATE_REQUIRED, 0, "", false},
                               {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    refused(&p, "Name", "required field \"Tax number\"");
}

static void test_groups_tell_fields_apart(void **state)
{
    (void)state;
    struct page p = {.count = 3,
                     .items = {{ROLE_TEXTBOX, "City", "Shipping address", 0, 0, "", false},
                               {ROLE_TEXTBOX, "City", "Billing address", 0, 0, "", false},
                               {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    struct data d = {0};
    struct err e = {0};
    data_add(&d, "Billing city", "Paris");
    data_add(&d, "Shipping city", "Rome");
    if (!run(&p, &d, "Send", &e))
        fail_msg("%s", e.text);
    assert_string_equal(p.items[0].value, "Rome");
    assert_string_equal(p.items[1].value, "Paris");
    data_finish(&d);
}

/* The eyes say of a mark in rows and columns what it is about and what it says. */
static void test_questions_in_rows(void **state)
{
    (void)state;
    struct page p = {
        .count = 5,
        .items = {
            {ROLE_RADIO, "The room was clean Agree", "The room was clean", 0, 0, "", false},
            {ROLE_RADIO, "The room was clean Disagree", "The room was clean", 0, 0, "", false},
            {ROLE_RADIO, "I felt safe Agree", "I felt safe", 0, 0, "", false},
            {ROLE_RADIO, "I felt safe Disagree", "I felt safe", 0, 0, "", false},
            {ROLE_BUTTON, "Send", NULL, 0, 0, "", false}}};
    struct data d = {0};
    struct err e = {0};
    data_add(&d, "I felt safe", "Agree");
    data_add(&d, "The room was clean", "Disagree");
    if (!run(&p, &d, "Send", &e))
        fail_msg("%s", e.text);
    for (int i = 0; i < 4; i++)
        assert_int_equal(!!(p.items[i].states & STATE_CHECKED), i == 1 || i == 2);
    data_finish(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fills_scrolls_and_sends),
                                       cmocka_unit_test(test_turns_pages),
                                       cmocka_unit_test(test_a_datum_without_a_field),
                                       cmocka_unit_test(test_two_fields_alike),
                                       cmocka_unit_test(test_a_required_field_left_empty),
                                       cmocka_unit_test(test_groups_tell_fields_apart),
                                       cmocka_unit_test(test_questions_in_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

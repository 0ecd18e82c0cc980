#include "policy/guard.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *ask[] = {"Pay", "Delete", NULL};
static char *deny[] = {"Close account", NULL};
static char *windows[] = {"Bank", NULL};
static const struct guard guard = {ask, deny, NULL, windows};

static struct scene *shop(void)
{
    static struct scene s;
    scene_reset(&s, 800, 600);
    scene_button(&s, (struct rect){100, 100, 80, 30}, "Pay now");
    scene_button(&s, (struct rect){100, 200, 160, 30}, "Close account");
    scene_button(&s, (struct rect){100, 300, 80, 30}, "Payload");
    scene_button(&s, (struct rect){100, 400, 80, 30}, "Back");
    scene_line(&s, 400, 400, "Delete everything"); /* words that are no element */
    return &s;
}

static enum verdict click(struct scene *s, int x, int y)
{
    char why[GUARD_WHY_SIZE];
    struct action a = {
        .kind = ACTION_CLICK, .has_at = true, .at = {x, y}, .button = BUTTON_LEFT, .count = 1};
    return guard_judge(&guard, NULL, &a, s, why);
}

static void test_what_is_under_the_click(void **state)
{
    (void)state;
    struct scene *s = shop();
    assert_int_equal(click(s, 120, 110), VERDICT_ASK);
    assert_int_equal(click(s, 120, 210), VERDICT_DENY);
    assert_int_equal(click(s, 120, 310), VERDICT_ALLOW); /* whole words only */
    assert_int_equal(click(s, 120, 410), VERDICT_ALLOW);
    assert_int_equal(click(s, 420, 408), VERDICT_ASK);
    scene_finish(s);
}

static void test_what_the_step_names(void **state)
{
    (void)state;
    struct scene *s = shop();
    struct step step;
    char why[GUARD_WHY_SIZE];
    assert_true(step_parse("click \"Close account\"", &step, NULL));
    struct action a = {
        .kind = ACTION_CLICK, .has_at = true, .at = {5, 5}, .button = BUTTON_LEFT, .count = 1};
    assert_int_equal(guard_judge(&guard, &step, &a, s, why), VERDICT_DENY);
    assert_non_null(strstr(why, "Close account"));
    a.kind = ACTION_MOVE;
    assert_int_equal(guard_judge(&guard, &step, &a, s, why), VERDICT_ALLOW);
    step_finish(&step);
    scene_finish(s);
}

static void test_keys_go_to_the_focus(void **state)
{
    (void)state;
    struct scene *s = shop();
    char why[GUARD_WHY_SIZE];
    struct action a = {.kind = ACTION_KEY, .keys = "Return", .repeat = 1};
    assert_int_equal(guard_judge(&guard, NULL, &a, s, why), VERDICT_ALLOW);
    s->elements[1].states = STATE_FOCUSED;
    assert_int_equal(guard_judge(&guard, NULL, &a, s, why), VERDICT_DENY);
    scene_finish(s);
}

static void test_windows(void **state)
{
    (void)state;
    struct scene *s = shop();
    s->window = "My Bank - Chromium";
    assert_int_equal(click(s, 120, 410), VERDICT_DENY);
    s->window = "Banksy";
    assert_int_equal(click(s, 120, 410), VERDICT_ALLOW);
    scene_finish(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_under_the_click), cmocka_unit_test(test_what_the_step_names),
        cmocka_unit_test(test_keys_go_to_the_focus), cmocka_unit_test(test_windows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

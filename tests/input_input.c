/* Keys that are kept down from one action to the next, held for a time, and the wheel in pixels, as
 * a window sees them. */
#include "base/clock.h"
#include "tests/hands.h"

/* Each test begins and ends with nothing held and an empty record. */
static int at_rest(void **state)
{
    (void)state;
    struct action a = {.kind = ACTION_MOVE, .has_at = true, .at = {300, 200}};
    return input_release(in, &error) && input_perform(in, &a, &error) && recorder_read(&recorder) &&
                   !anything_held(display)
               ? 0
               : -1;
}

static void keys(enum action_kind kind, const char *chord)
{
    struct action a = {.kind = kind, .repeat = 1};
    snprintf(a.keys, sizeof a.keys, "%s", chord);
    perform(a);
}

static void assert_events(const char *wanted)
{
    assert_true(recorder_read(&recorder));
    assert_string_equal(buf_text(&recorder.log), wanted);
}

static void test_a_kept_key_outlasts_actions(void **state)
{
    (void)state;
    keys(ACTION_KEY_DOWN, "ctrl");
    assert_true(anything_held(display));
    perform((struct action){.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 1});
    keys(ACTION_KEY, "s");
    keys(ACTION_KEY_UP, "CONTROL");
    assert_events("+Control_L +Ctrl+1@300,200 -Ctrl+1@300,200 +s -s -Control_L ");
    assert_false(anything_held(display));
}

/* What an action holds besides goes up with it, and what is kept already is not pressed again. */
static void test_kept_and_held_together(void **state)
{
    (void)state;
    keys(ACTION_KEY_DOWN, "Shift");
    perform((struct action){
        .kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 1, .keys = "Ctrl+Shift"});
    keys(ACTION_KEY, "Shift+Home");
    assert_events("+Shift_L +Control_L +Ctrl+Shift+1@300,200 -Ctrl+Shift+1@300,200 -Control_L "
                  "+Home -Home ");
    perform((struct action){.kind = ACTION_TYPE, .text = "AB"}); /* Shift is there */
    assert_true(recorder_read(&recorder));
    assert_string_equal(buf_text(&recorder.text), "AB");
    assert_true(anything_held(display));
    keys(ACTION_KEY_UP, "Shift");
    assert_events("-Shift_L ");
}

static void test_several_keys_in_any_order(void **state)
{
    (void)state;
    keys(ACTION_KEY_DOWN, "Ctrl+Alt");
    keys(ACTION_KEY_DOWN, "x");
    keys(ACTION_KEY_UP, "Alt");
    keys(ACTION_KEY_UP, "Left"); /* was not down */
    keys(ACTION_KEY_UP, "Ctrl+x");
    assert_events("+Control_L +Alt_L +x -Alt_L -x -Control_L ");
    assert_false(anything_held(display));
}

static void test_release_lets_go_of_kept_keys(void **state)
{
    (void)state;
    keys(ACTION_KEY_DOWN, "Ctrl+Shift");
    assert_true(input_release(in, &error));
    assert_false(anything_held(display));
    assert_events("+Control_L +Shift_L -Shift_L -Control_L ");
}

static void test_too_many_keys(void **state)
{
    (void)state;
    bool ok = true;
    for (char c = 'a'; c <= 'z' && ok; c++) {
        struct action a = {.kind = ACTION_KEY_DOWN, .keys = {c}};
        ok = input_perform(in, &a, &error);
    }
    assert_false(ok);
    assert_int_equal(error.kind, ERR_USAGE);
}

static void test_hold_for_a_time(void **state)
{
    (void)state;
    double begun = clock_ms();
    perform((struct action){.kind = ACTION_HOLD, .keys = "Shift+Right", .ms = 120});
    assert_true(clock_ms() - begun >= 120);
    assert_false(anything_held(display));
    assert_events("+Shift_L +Right -Right -Shift_L ");
}

/* To the nearest notch, but never to none. */
static void test_scroll_in_pixels(void **state)
{
    (void)state;
    static const struct {
        int dx, dy;
        const char *log;
    } cases[] = {
        {0, 2 * ACTION_NOTCH, "+5@300,200 -5@300,200 +5@300,200 -5@300,200 "},
        {0, -ACTION_NOTCH - 10, "+4@300,200 -4@300,200 "},
        {1, 0, "+7@300,200 -7@300,200 "},
        {-ACTION_NOTCH, 0, "+6@300,200 -6@300,200 "},
        {0, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        perform((struct action){
            .kind = ACTION_SCROLL, .dx = cases[i].dx, .dy = cases[i].dy, .in_pixels = true});
        assert_events(cases[i].log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_kept_key_outlasts_actions, at_rest),
        cmocka_unit_test_setup(test_kept_and_held_together, at_rest),
        cmocka_unit_test_setup(test_several_keys_in_any_order, at_rest),
        cmocka_unit_test_setup(test_release_lets_go_of_kept_keys, at_rest),
        cmocka_unit_test_setup(test_too_many_keys, at_rest),
        cmocka_unit_test_setup(test_hold_for_a_time, at_rest),
        cmocka_unit_test_setup(test_scroll_in_pixels, at_rest),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}

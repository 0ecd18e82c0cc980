#include "base/action.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_names(void **state)
{
    (void)state;
    for (int kind = 0; kind < ACTION_KIND_COUNT; kind++)
        assert_non_null(action_name((enum action_kind)kind));
    assert_string_equal(action_name(ACTION_MOUSE_DOWN), "mouse_down");
    assert_string_equal(action_name((enum action_kind)99), "unknown");
}

static void test_print(void **state)
{
    (void)state;
    const struct {
        struct action action;
        const char *line;
    } cases[] = {
        {{.kind = ACTION_CLICK,
          .has_at = true,
          .at = {412, 300},
          .button = BUTTON_LEFT,
          .count = 1},
         "click left at 412,300"},
        {{.kind = ACTION_CLICK, .button = BUTTON_RIGHT, .count = 2, .keys = "Ctrl"},
         "double-click right holding Ctrl"},
        {{.kind = ACTION_CLICK, .button = BUTTON_LEFT, .count = 3}, "triple-click left"},
        {{.kind = ACTION_MOVE, .has_at = true, .at = {0, 7}}, "move at 0,7"},
        {{.kind = ACTION_MOUSE_UP, .button = BUTTON_MIDDLE}, "mouse_up middle"},
        {{.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path = {{1, 2}, {3, 4}}, .path_count = 2},
         "drag left from 1,2 to 3,4"},
        {{.kind = ACTION_SCROLL, .has_at = true, .at = {5, 6}, .dy = -3, .dx = 1},
         "scroll up 3 right 1 at 5,6"},
        {{.kind = ACTION_TYPE, .text = "say \"hi\"\n\tAda\x07"},
         "type \"say \\\"hi\\\"\\n\\tAda\\x07\""},
        {{.kind = ACTION_TYPE, .text = "hunter2", .shown = "{{secret:Password}}"},
         "type \"{{secret:Password}}\""},
        {{.kind = ACTION_TYPE}, "type \"\""},
        {{.kind = ACTION_KEY, .keys = "Ctrl+S", .repeat = 1}, "key Ctrl+S"},
        {{.kind = ACTION_KEY, .keys = "Down", .repeat = 3}, "key Down 3 times"},
        {{.kind = ACTION_KEY_DOWN, .keys = "Shift"}, "key_down Shift"},
        {{.kind = ACTION_KEY_UP, .keys = "Shift"}, "key_up Shift"},
        {{.kind = ACTION_HOLD, .keys = "Right", .ms = 1500}, "hold_key Right for 1500 ms"},
        {{.kind = ACTION_SCROLL, .dx = -300, .in_pixels = true}, "scroll left 300 pixels"},
        {{.kind = ACTION_ZOOM, .region = {1, 2, 30, 40}, .text = "part"},
         "zoom 1,2 30x40 as \"part\""},
        {{.kind = ACTION_CURSOR, .has_at = true, .at = {0, 799}}, "cursor_position at 0,799"},
        {{.kind = ACTION_WAIT, .ms = 200}, "wait 200 ms"},
        {{.kind = ACTION_DONE}, "done"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf line = {0};
        action_print(&cases[i].action, &line);
        assert_string_equal(buf_text(&line), cases[i].line);
        buf_finish(&line);
    }
}

/* Each is read back to the same line. */
static void test_parse(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "click left at 412,300",
        "double-click right holding Ctrl",
        "triple-click middle at 0,0 holding Ctrl+Shift",
        "click back",
        "move at 0,7",
        "move at 16383,9 holding Alt",
        "mouse_down left at 5,6",
        "mouse_up forward",
        "drag left from 0,0 to 3,4",
        "drag middle from 1,2 to 3,4 to 5,6 to 1279,799 holding Shift",
        "scroll down 3",
        "scroll up 3 right 1 at 5,6",
        "scroll left 300 pixels at 1,1 holding Ctrl",
        "type \"say \\\"hi\\\"\\n\\tAda\"",
        "key Ctrl+S",
        "key Down 3 times",
        "key \"Page Down\"",
        "key_down Shift",
        "key_up Shift",
        "hold_key Right for 1500 ms",
        "wait 200 ms",
        "screenshot as \"after\"",
        "zoom 1,2 30x40 as \"part\"",
        "cursor_position",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct action a;
        char *text;
        struct err e = {0};
        struct buf line = {0};
        if (action_parse(lines[i], &a, &text, &e) != ACTION_PARSED)
            fail_msg("%s: %s", lines[i], e.text);
        action_print(&a, &line);
        assert_string_equal(buf_text(&line), lines[i]);
        free(text);
        buf_finish(&line);
    }
}

static void test_parse_errors(void **state)
{
    (void)state;
    static const struct {
        const char *line, *error;
    } cases[] = {
        {"", "no action"},
        {"clickleft", "no action"},
        {"press Tab", "no action"},
        {"\xff", "UTF-8"},
        {"click", "left, middle"},
        {"click wheel at 1,2", "left, middle"},
        {"click left at 1", "comma"},
        {"click left at -1,2", "number"},
        {"click left at 1,2 3", "end of the action"},
        {"click left holding Frob", "Frob"},
        {"move", "at X,Y"},
        {"drag left from 1,2", "to X,Y"},
        {"drag left to 1,2", "from X,Y"},
        {"scroll", "down"},
        {"scroll down", "number"},
        {"scroll down 0", "number"},
        {"type Ada", "quotes"},
        {"key", "keys"},
        {"key Tab 101 times", "number"},
        {"key Tab 3", "times"},
        {"hold_key Right", "for"},
        {"hold_key Right for 10 min", "more than"},
        {"wait 2", "ms"},
        {"zoom 1,2 30", "WIDTHxHEIGHT"},
        {"zoom 1,2 0x4", "number"},
        {"screenshot as after", "quotes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct action a;
        char *text = "untouched";
        struct err e = {0};
        assert_int_not_equal(action_parse(cases[i].line, &a, &text, &e), ACTION_PARSED);
        assert_null(text);
        assert_int_equal(e.kind, ERR_USAGE);
        if (!strstr(e.text, cases[i].error))
            fail_msg("%s: no \"%s\" in: %s", cases[i].line, cases[i].error, e.text);
    }
    struct buf line = {0};
    buf_add(&line, "drag left from 0,0");
    for (int i = 0; i < ACTION_PATH_MAX; i++)
        buf_add(&line, " to 1,1");
    struct action a;
    char *text;
    struct err e = {0};
    assert_int_equal(action_parse(buf_text(&line), &a, &text, &e), ACTION_BAD);
    buf_finish(&line);
}

/* The same key in the dialects of X11, OpenAI, DOM and Gemini, UI-TARS, pyautogui and people. */
static void test_key_names(void **state)
{
    (void)state;
    static const struct {
        const char *canonical, *names;
    } cases[] = {
        {"Return", "Return return enter ENTER Enter"},
        {"Escape", "Escape esc ESC escape"},
        {"BackSpace", "BackSpace backspace BACKSPACE"},
        {"Delete", "Delete del DEL"},
        {"Page_Up", "Page_Up pageup PAGEUP pgup Prior PageUp page_up"},
        {"Page_Down", "Page_Down pagedown pgdn PageDown"},
        {"Up", "Up arrowup ARROWUP ArrowUp up"},
        {"Left", "Left arrowleft ARROWLEFT left"},
        {"Control_L", "ctrl control CTRL Control Control_L ctrlleft"},
        {"Control_R", "Control_R ctrlright"},
        {"Alt_L", "alt option OPTION Alt_L altleft"},
        {"ISO_Level3_Shift", "AltGr altgraph ISO_Level3_Shift"},
        {"Super_L", "super meta cmd command win META Super_L winleft Meta"},
        {"Shift_L", "shift SHIFT Shift_L shiftleft"},
        {"space", "space SPACE spacebar"},
        {"Tab", "tab TAB Tab"},
        {"F1", "F1 f1"},
        {"F35", "f35"},
        {"KP_7", "KP_7 num7 numpad7 NUMPAD7"},
        {"KP_Enter", "KP_Enter numpadenter"},
        {"Print", "printscreen prtsc Print"},
        {"Caps_Lock", "capslock Caps_Lock CAPSLOCK"},
        {"plus", "plus"},
        {"asciitilde", "tilde asciitilde"},
        {"XF86AudioRaiseVolume", "volumeup XF86AudioRaiseVolume"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char names[128], *rest = names, *name;
        snprintf(names, sizeof names, "%s", cases[i].names);
        while ((name = strsep(&rest, " "))) {
            const char *got = key_canonical(name);
            if (!got || strcmp(got, cases[i].canonical) != 0)
                fail_msg("%s gives %s, not %s", name, got ? got : "nothing", cases[i].canonical);
        }
    }
}

static void test_single_characters(void **state)
{
    (void)state;
    static const char *const same[] = {"a", "A", "1", "+", "-", "é", "日", "😀", "U20AC"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(key_canonical(same[i]), same[i]);
    assert_string_equal(key_canonical(" "), "space");
    assert_string_equal(key_canonical("\n"), "Return");
}

static void test_unknown_keys(void **state)
{
    (void)state;
    static const char *const unknown[] = {"",
                                          "Frobnicate",
                                          "F36",
                                          "F0",
                                          "KP_",
                                          "XF86",
                                          "XF86 Play",
                                          "ab",
                                          "\xff",
                                          "\x01",
                                          "Save",
                                          "Next",
                                          "OK",
                                          "Add",
                                          "ctrl alt",
                                          "return enter",
                                          "a-name-that-is-much-too-long-to-be-a-key"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        if (key_canonical(unknown[i]))
            fail_msg("\"%s\" was taken for a key", unknown[i]);
    }
}

static void test_chords(void **state)
{
    (void)state;
    static const struct {
        const char *chord, *keys;
    } cases[] = {
        {"Return", "Return"},
        {"Ctrl+S", "Control_L S"},
        {"ctrl+shift+t", "Control_L Shift_L t"},
        {"Ctrl++", "Control_L +"},
        {"Ctrl+-", "Control_L -"},
        {"Ctrl--", "Control_L -"},
        {"Ctrl+plus", "Control_L plus"},
        {"Alt-F4", "Alt_L F4"},
        {"ctrl c", "Control_L c"},
        {"ctrl alt delete", "Control_L Alt_L Delete"},
        {"Ctrl + Page Down", "Control_L Page_Down"},
        {"page-down", "Page_Down"},
        {"+", "+"},
        {"-", "-"},
        {" ", "space"},
        {"Ctrl+ ", "Control_L space"},
        {"CTRL+ALT+é", "Control_L Alt_L é"},
        {" Enter ", "Return"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char keys[8][KEY_NAME_SIZE], bad[KEY_NAME_SIZE] = "";
        int count = keys_split(cases[i].chord, keys, 8, bad);
        struct buf got = {0};
        for (int k = 0; k < count; k++)
            buf_addf(&got, "%s%s", k ? " " : "", keys[k]);
        if (strcmp(buf_text(&got), cases[i].keys) != 0)
            fail_msg("\"%s\" gives \"%s\" (bad: \"%s\")", cases[i].chord, buf_text(&got), bad);
        buf_finish(&got);
    }
}

static void test_bad_chords(void **state)
{
    (void)state;
    static const struct {
        const char *chord, *bad;
    } cases[] = {
        {"", ""},
        {"Ctrl+Frobnicate", "Frobnicate"},
        {"Frob Nicate+A", "Frob Nicate"},
        {"Ctrl+", "+"},
        {"a+b+c+d", "c"},
        {"Ctrl+日本日本日本日本日本日本日本日本日本", "日本日本日本日本日本"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char keys[2][KEY_NAME_SIZE], bad[KEY_NAME_SIZE] = "untouched";
        assert_int_equal(keys_split(cases[i].chord, keys, 2, bad), 0);
        assert_string_equal(bad, cases[i].bad);
        assert_int_equal(keys_split(cases[i].chord, keys, 2, NULL), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),        cmocka_unit_test(test_print),
        cmocka_unit_test(test_parse),        cmocka_unit_test(test_parse_errors),
        cmocka_unit_test(test_key_names),    cmocka_unit_test(test_single_characters),
        cmocka_unit_test(test_unknown_keys), cmocka_unit_test(test_chords),
        cmocka_unit_test(test_bad_chords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

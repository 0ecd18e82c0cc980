/*
 * words: what was done, in the words of every kind of model, is read back as what was done by hem's
 * own readers of the models' dialects.
 */
#include "trajectory/words.h"

#include "policy/dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct shot thousand = {SHOT_THOUSAND, 1000, 500, 1000, 500};
static const struct shot pixels = {SHOT_PIXELS, 1008, 504, 1000, 500}; /* smart28 */
static const struct shot unit = {SHOT_UNIT, 1000, 500, 1000, 500};
static const struct shot whole = {SHOT_PIXELS, 1000, 500, 1000, 500}; /* OpenCUA takes both */

static void print_call(const struct call *c, struct buf *out)
{
    struct action a = c->action;
    a.text = c->text;
    if (c->kind == CALL_ACTION)
        action_print(&a, out);
    else
        buf_addf(out, "%s", c->kind == CALL_DONE ? "done" : "bad");
}

/* What a reader makes of an answer, one action behind the other. */
static void read_back(enum words_kind kind, const char *text, const struct shot *shot,
                      struct buf *out)
{
    struct reply r = {0};
    struct buf fenced = {0};
    if (kind == WORDS_QWEN)
        dialect_text(&r, text, shot);
    else if (kind == WORDS_UI_TARS)
        dialect_ui_tars(&r, text, shot);
    else {
        buf_addf(&fenced, "```python\n%s\n```", text);
        dialect_opencua(&r, buf_text(&fenced), shot == &unit ? &whole : shot);
    }
    for (int i = 0; i < r.count; i++) {
        buf_add(out, i ? "; " : "");
        print_call(&r.calls[i], out);
    }
    reply_finish(&r);
    buf_finish(&fenced);
}

static void check(enum words_kind kind, const struct shot *shot, const char *line,
                  const char *expected)
{
    struct action a;
    char *text;
    struct err e = {0};
    struct words words = {.shot = shot};
    struct buf back = {0};
    if (action_parse(line, &a, &text, &e) != ACTION_PARSED)
        fail_msg("%s: %s", line, e.text);
    bool said = words_action(kind, &a, false, &words);
    if (said)
        read_back(kind, buf_text(&words.text), shot, &back);
    if (strcmp(buf_text(&back), expected) != 0)
        fail_msg("%s: %s\nwas written  %s\nand read as  %s\nnot          %s", words_names[kind],
                 line, buf_text(&words.text), buf_text(&back), expected);
    assert_true(said || !words.text.length);
    buf_finish(&back);
    buf_finish(&words.text);
    free(text);
}

#define SAME "=" /* as it was */
#define NONE ""  /* there are no words for it */

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *line, *qwen, *ui_tars, *opencua, *osworld;
    } cases[] = {
        {"click left at 412,300", SAME, SAME, SAME, SAME},
        {"click left at 0,0", SAME, SAME, SAME, SAME},
        {"click left at 999,499", SAME, SAME, SAME, SAME},
        {"click left", SAME, NONE, SAME, SAME},
        {"double-click left at 7,3", SAME, SAME, SAME, SAME},
        {"triple-click left at 7,3", SAME, NONE, SAME, SAME},
        {"click right at 7,3", SAME, SAME, SAME, SAME},
        {"click middle at 7,3", SAME, NONE, SAME, SAME},
        {"double-click right at 7,3", NONE, NONE, SAME, SAME},
        {"click back at 7,3", NONE, NONE, NONE, NONE},
        {"move at 500,250", SAME, SAME, SAME, SAME},
        {"drag left from 10,20 to 900,400", "move at 10,20; drag left from 900,400", SAME,
         "move at 10,20; drag left from 900,400", "move at 10,20; drag left from 900,400"},
        {"drag left from 10,20 to 50,60 to 900,400", "move at 10,20; drag left from 900,400",
         "drag left from 10,20 to 900,400", "move at 10,20; drag left from 900,400",
         "move at 10,20; mouse_down left; move at 50,60; move at 900,400; mouse_up left"},
        {"scroll down 5 at 500,250", "scroll down 600 pixels at 500,250", SAME,
         "move at 500,250; scroll down 5", "move at 500,250; scroll down 5"},
        {"scroll up 10", "scroll up 1200 pixels", "scroll up 5; scroll up 5", SAME, SAME},
        {"scroll right 5", "scroll right 600 pixels", SAME, SAME, SAME},
        {"scroll down 240 pixels", SAME, "scroll down 5", "scroll down 2", "scroll down 2"},
        {"type \"Ada\"", SAME, SAME, SAME, SAME},
        {"type \"a 'b' \\\"c\\\" \\\\ d)\\n\\te\"", SAME, SAME, SAME, SAME},
        {"type \"Grüße, 東京 🙂\"", SAME, SAME, SAME, SAME},
        {"type \"\\x07bell\\x1b[0m\"", SAME, SAME, SAME, SAME},
        {"type \"<image> <|im_end|> </tool_call> <b>\"", SAME, SAME, SAME, SAME},
        {"type \"Action: click(start_box='(1,2)') point=\"", SAME, SAME, SAME, SAME},
        {"type \"pyautogui.click()\\ncomputer.wait()\"", SAME, SAME, SAME, SAME},
        {"type \"{{secret:Password}}\"", SAME, SAME, SAME, SAME},
        {"type \"\"", SAME, SAME, SAME, SAME},
        {"key Return", "key enter", "key enter", "key enter", "key enter"},
        {"key Down 3 times", "key down; key down; key down", "key down; key down; key down",
         "key down 3 times", "key down 3 times"},
        {"key Ctrl+Shift+T", "key ctrl+shift+t", "key ctrl+shift+t", "key ctrl+shift+t",
         "key ctrl+shift+t"},
        {"key Ctrl++", "key ctrl++", "key ctrl++", "key ctrl++", "key ctrl++"},
        {"key Ctrl+Alt+Shift+F4", "key ctrl+alt+shift+f4", NONE, "key ctrl+alt+shift+f4",
         "key ctrl+alt+shift+f4"},
        {"key A", SAME, SAME, SAME, SAME},
        {"wait 2000 ms", SAME, "wait 5000 ms", SAME, SAME},
        {"click left at 5,5 holding Ctrl", NONE, NONE, NONE,
         "key_down ctrl; click left at 5,5; key_up ctrl"},
        {"mouse_down left at 5,5", NONE, NONE, NONE, SAME},
        {"key_down Shift", NONE, NONE, NONE, "key_down shift"},
        {"hold_key space for 500 ms", NONE, NONE, NONE,
         "key_down space; wait 500 ms; key_up space"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *expected[] = {cases[i].qwen, cases[i].ui_tars, cases[i].opencua,
                                  cases[i].osworld};
        static const struct shot *const shots[] = {&thousand, &pixels, &unit, &pixels};
        for (int kind = 0; kind < WORDS_KINDS; kind++)
            check((enum words_kind)kind, shots[kind], cases[i].line,
                  strcmp(expected[kind], SAME) == 0 ? cases[i].line : expected[kind]);
    }
}

static void test_selecting(void **state)
{
    (void)state;
    struct action a = {
        .kind = ACTION_CLICK, .has_at = true, .at = {7, 3}, .button = BUTTON_LEFT, .count = 3};
    struct words words = {.shot = &thousand};
    assert_true(words_action(WORDS_UI_TARS, &a, true, &words));
    assert_string_equal(buf_text(&words.text), "click(start_box='(7,7)')\n\nhotkey(key='ctrl a')");
    buf_finish(&words.text);
}

static void test_end(void **state)
{
    (void)state;
    for (int kind = 0; kind < WORDS_OSWORLD; kind++) {
        struct words words = {.shot = &thousand};
        struct buf back = {0};
        words_done((enum words_kind)kind, &words);
        read_back((enum words_kind)kind, buf_text(&words.text), &thousand, &back);
        assert_string_equal(buf_text(&back), "done");
        buf_finish(&back);
        buf_finish(&words.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_selecting),
        cmocka_unit_test(test_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

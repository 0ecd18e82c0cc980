/* What models write as text becomes these calls, and nothing else. */
#include "policy/dialect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A picture of the screen's own size, but for the space. */
static const struct shot pixels = {SHOT_PIXELS, 1000, 500, 1000, 500};
static const struct shot thousandths = {SHOT_THOUSAND, 1000, 500, 1000, 500};

static const char *const kinds[] = {"",     "steps",    "look", "zoom", "cursor",
                                    "done", "gives up", "asks", "bad"};

static void print(struct reply *r, struct buf *out)
{
    for (int i = 0; i < r->count; i++) {
        struct call *c = &r->calls[i];
        buf_add(out, i ? "; " : "");
        if (c->kind == CALL_ACTION) {
            c->action.text = c->text;
            action_print(&c->action, out);
        } else {
            buf_addf(out, "%s %s", kinds[c->kind], c->text ? c->text : "");
        }
    }
}

struct example {
    const char *text, *calls;
};

typedef void dialect(struct reply *r, const char *text, const struct shot *shot);

static void check(dialect *read, const struct shot *shot, const struct example *examples)
{
    for (; examples->text; examples++) {
        struct reply r = {0};
        struct buf calls = {0};
        read(&r, examples->text, shot);
        print(&r, &calls);
        if (strcmp(buf_text(&calls), examples->calls) != 0)
            fail_msg("%s\ngave  %s\nnot   %s", examples->text, buf_text(&calls), examples->calls);
        buf_finish(&calls);
        reply_finish(&r);
    }
}

static void test_ui_tars(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Thought: I see it.\nAction: click(start_box='(10,20)')", "click left at 10,20"},
        {"Action: click(start_box='<|box_start|>(10,20)<|box_end|>')", "click left at 10,20"},
        {"Action: click(start_box='[10,20,30,40]')", "click left at 20,30"},
        {"Action: click(point='<point>10 20</point>')", "click left at 10,20"},
        {"Action: click(start_box='<bbox>10 20 30 40</bbox>')", "click left at 20,30"},
        {"Action\xEF\xBC\x9A left_double(start_box=\"(1,2)\")", "double-click left at 1,2"},
        {"right_single(start_box='(1,2)')", "click right at 1,2"},
        {"Action: click(start_box='')", "click left"},
        {"Action: click(start_box='(1000,2)')",
         "bad 1000,2 is outside the picture: x is 0 to 999, y is 0 to 499"},
        {"Action: drag(start_box='(1,2)', end_box='(3,4)')", "drag left from 1,2 to 3,4"},
        {"Action: hotkey(key='ctrl c')", "key ctrl+c"},
        {"Action: hotkey(key='frobnicate')", "bad there is no key \"frobnicate\""},
        {"Action: type(content='It\\'s (a), \"b\", it's c\\n')",
         "type \"It's (a), \\\"b\\\", it's c\\n\""},
        {"Action: scroll(start_box='(1,2)', direction='up')", "scroll up 5 at 1,2"},
        {"Action: click(start_box='(1,2)')\n\ntype(content='a')", "click left at 1,2; type \"a\""},
        {"Action: wait()", "wait 5000 ms"},
        {"Action: finished(content='Saved.')", "done Saved."},
        {"Action: finished()", "done "},
        {"Action: call_user()", "asks the model wants to be helped"},
        {"Action: os.system('rm -rf /')", "bad there is no such action"},
        {"Action: click(start_box=__import__('os').system('x'))",
         "bad nan,nan is outside the picture: x is 0 to 999, y is 0 to 499"},
        {"I would click(", ""},
        {"", ""},
        {"<think>x</think><seed:tool_call><function=click><parameter=point><point>1 2</point>"
         "</parameter></function><function=type><parameter=content>a b</parameter></function>"
         "</seed:tool_call>",
         "click left at 1,2; type \"a b\""},
        {NULL, NULL},
    };
    check(dialect_ui_tars, &pixels, examples);
}

static void test_opencua(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Thought\n```python\npyautogui.click(x=10, y=20)\n```", "click left at 10,20"},
        {"```code\npyautogui.click(10, 20, clicks=2)\n```", "double-click left at 10,20"},
        {"```\npyautogui.rightClick(x=0.5, y=0.5)\n```", "click right at 500,250"},
        {"```python\npyautogui.moveTo(1, 2)\npyautogui.write(message='a b')\n```",
         "move at 1,2; type \"a b\""},
        {"```python\npyautogui.hotkey(keys=['ctrl', 'c'])\n```", "key ctrl+c"},
        {"```python\npyautogui.hotkey('ctrl', 'shift', 't')\n```", "key ctrl+shift+t"},
        {"```python\npyautogui.press(keys=['tab'], presses=3)\n```", "key tab 3 times"},
        {"```python\npyautogui.press('enter')\n```", "key enter"},
        {"```python\npyautogui.scroll(-3)\n```", "scroll down 3"},
        {"```python\ncomputer.triple_click(x=1, y=2)\n```", "triple-click left at 1,2"},
        {"```python\ncomputer.terminate(status='success')\n```", "done success"},
        {"```python\ncomputer.terminate(status='failure')\n```", "gives up failure"},
        {"```python\nimport pyautogui\n# now\npyautogui.click(x=1, y=2)\n```", "click left at 1,2"},
        {"```python\nimport os; os.system('x')\n```", ""},
        {"```python\nos.system('x')\npyautogui.click(x=1, y=2)\n```",
         "bad only pyautogui and computer are known; click left at 1,2"},
        {"```python\nfor i in range(3):\n    pyautogui.click(x=1, y=2)\n```",
         "bad this is no call of pyautogui or computer"},
        {"pyautogui.click(x=1, y=2)", ""},
        {NULL, NULL},
    };
    check(dialect_opencua, &pixels, examples);
}

static void test_text(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Well.\n```steps\nclick \"Save\"\n\n  press Ctrl+S\n```\nThat is it.",
         "steps click \"Save\"\n  press Ctrl+S"},
        {"DONE: it is saved", "done it is saved"},
        {"GIVE UP: no such file", "gives up no such file"},
        {"ASK: which one?", "asks which one?"},
        {"I am DONE: no", ""},
        {"<tool_call>{\"name\": \"steps\", \"arguments\": {\"steps\": [\"click \\\"a\\\"\"]}}"
         "</tool_call>",
         "steps click \"a\""},
        {"<tool_call>{\"name\": \"finish\", \"arguments\": {\"success\": true, \"message\": "
         "\"ok\"}}",
         "done ok"},
        {"<tool_call>\n{\"name\": \"computer_use\", \"arguments\": {\"action\": \"left_click\", "
         "\"coordinate\": [500, 1000]}}\n</tool_call>",
         "click left at 500,499"},
        {"<tool_call><function=computer_use><parameter=action>left_click</parameter>"
         "<parameter=coordinate>[10, 20]</parameter></function></tool_call>",
         "click left at 10,10"},
        {"<tool_call>{\"name\": \"rm\", \"arguments\": {}}</tool_call>",
         "bad there is no tool \"rm\""},
        {"<tool_call>nonsense</tool_call>", "bad there is no tool \"\""},
        {NULL, NULL},
    };
    check(dialect_text, &thousandths, examples);
}

static void read_qwen(struct reply *r, const char *text, const struct shot *shot)
{
    dialect_call(r, "c1", "computer_use", text, shot);
}

static void test_qwen(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"{\"action\":\"left_click\",\"coordinate\":[500,500]}", "click left at 500,250"},
        {"{\"action\":\"left_click\",\"coordinate\":\"[500, 500]\"}", "click left at 500,250"},
        {"{\"action\":\"left_click\",\"coordinate\":[500,500]", "click left at 500,250"},
        {"{\"action\":\"left_click\"}", "click left"},
        {"{\"action\":\"left_click\",\"coordinate\":[1E999,0]}",
         "bad inf,0 is outside the picture: x is 0 to 1000, y is 0 to 1000"},
        {"{\"action\":\"left_click\",\"coordinate\":[-1,0]}",
         "bad -1,0 is outside the picture: x is 0 to 1000, y is 0 to 1000"},
        {"{\"action\":\"key\",\"keys\":[\"ctrl\",\"s\"]}", "key ctrl+s"},
        {"{\"action\":\"key\",\"keys\":[\"ctrl\",7]}", "bad there is no key \"+\""},
        {"{\"action\":\"type\",\"text\":\"\xC3\xA9\"}", "type \"\xC3\xA9\""},
        {"{\"action\":\"type\"}", "bad which text is to be typed?"},
        {"{\"action\":\"scroll\",\"pixels\":-360,\"coordinate\":[0,0]}",
         "scroll down 360 pixels at 0,0"},
        {"{\"action\":\"wait\",\"time\":2}", "wait 2000 ms"},
        {"{\"action\":\"wait\",\"time\":1e300}", "bad it is done for 0 to 300 seconds"},
        {"{\"action\":\"terminate\",\"status\":\"success\"}", "done success"},
        {"{\"action\":\"answer\",\"text\":\"42\"}", "done 42"},
        {"{\"action\":\"frob\"}", "bad there is no such action"},
        {"[1,2", "bad the arguments are not a JSON object"},
        {"", "bad the arguments are not a JSON object"},
        {NULL, NULL},
    };
    check(read_qwen, &thousandths, examples);
}

static void read_json(struct reply *r, const char *text, const struct shot *shot)
{
    struct err e = {0};
    (void)shot;
    if (!dialect_json(r, text, &e))
        call_spoil(reply_add(r, CALL_BAD, NULL, NULL), "%s", e.text);
}

static void test_json(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"{\"thought\":\"x\",\"steps\":[\"click \\\"a\\\"\",\"press Tab\"],\"end\":\"no\","
         "\"message\":\"\"}",
         "steps click \"a\"\npress Tab"},
        {"```json\n{\"steps\":[],\"end\":\"success\",\"message\":\"ok\"}\n```", "done ok"},
        {"{\"steps\":[\"press Tab\"],\"end\":\"success\",\"message\":\"ok\"}",
         "steps press Tab; done ok"},
        {"{\"steps\":[7],\"end\":\"no\"}", "bad `steps` must be a list of texts, one step each"},
        {"{\"steps\":[\"press", "bad the answer holds no JSON object"},
        {"{\"foo\":{}}", "bad the answer is not of the form that was asked for"},
        {NULL, NULL},
    };
    check(read_json, &pixels, examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ui_tars), cmocka_unit_test(test_opencua), cmocka_unit_test(test_text),
        cmocka_unit_test(test_qwen),    cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

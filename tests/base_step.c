/* The step language: what is understood, what is refused and how, and that every line reads back to
 * its step. */
#include "base/step.h"

#include "base/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof(a)[0]))

/* A line as written, and its canonical form; NULL: it is canonical. */
static const char *const lines[][2] = {
    {"click \"Save\"", NULL},
    {"CLICK  \t \"Save\" ", "click \"Save\""},
    {"click\"Save\"", "click \"Save\""},
    {"double-click \"Save\"", NULL},
    {"Double Click \"Save\"", "double-click \"Save\""},
    {"triple click \"Save\"", "triple-click \"Save\""},
    {"right-click \"Save\"", NULL},
    {"middle-click at 0,0", NULL},
    {"hover #12", NULL},
    {"hover # 12", "hover #12"},
    {"click at 412 , 300", "click at 412,300"},
    {"click image \"logo.png\"", NULL},
    {"click 2nd image \"logo.png\" near \"Total\"", NULL},
    {"type \"Ada\" into \"First name\"", NULL},
    {"type \"Ada\" in \"First name\"", "type \"Ada\" into \"First name\""},
    {"type \"Ada\"", NULL},
    {"type \"\"", NULL},
    {"type “Ada” into “First name”", "type \"Ada\" into \"First name\""},
    {"type „Ada“", "type \"Ada\""},
    {"type “say \"hi\"”", "type \"say \\\"hi\\\"\""},
    {"type \"“curly”\"", NULL},
    {"type \"a \\\"b\\\" c\\\\d\\ne\\tf\"", NULL},
    {"type \"{{secret:Password}}\" into field \"Password\"", NULL},
    {"clear \"Search\"", NULL},
    {"set \"Country\" to \"France\"", NULL},
    {"set 2nd combobox to \"France\"", NULL},
    {"choose \"France\"", NULL},
    {"choose \"France\" in \"Country\" in \"Billing address\"", NULL},
    {"choose \"France\" from dropdown \"Country\"", "choose \"France\" in combobox \"Country\""},
    {"check \"I agree\"", NULL},
    {"check check box \"I agree\"", "check checkbox \"I agree\""},
    {"uncheck box \"Newsletter\"", "uncheck field \"Newsletter\""},
    {"press Ctrl+S", NULL},
    {"press ctrl++", NULL},
    {"press \"Enter\"", "press Enter"},
    {"press \"", "press \"\\\"\""},
    {"press Down 3 times", NULL},
    {"press Down 1 time", "press Down"},
    {"press {{key}}", NULL},
    {"scroll down", NULL},
    {"scroll up 3", NULL},
    {"scroll left 10 in \"Results\"", NULL},
    {"scroll right in last cell", NULL},
    {"scroll to \"Terms\"", "scroll down to \"Terms\""},
    {"scroll up to button \"Send\" in \"Results\"", NULL},
    {"drag \"card A\" to \"Done\"", NULL},
    {"drag \"a\" in row \"b\" onto at 3,4", "drag \"a\" in row \"b\" to at 3,4"},
    {"wait 2 s", NULL},
    {"wait 2.50 seconds", "wait 2.5 s"},
    {"wait 500 ms", "wait 0.5 s"},
    {"wait 50ms", "wait 50 ms"},
    {"wait 1234 ms", "wait 1.234 s"},
    {"wait 1 min", "wait 60 s"},
    {"wait 0 s", NULL},
    {"wait for \"Ready\"", NULL},
    {"wait for no \"Loading\" within 1.5 min", "wait for no \"Loading\" within 90 s"},
    {"expect \"Saved\"", NULL},
    {"expect no \"Error\" within 250 ms", "expect no \"Error\" within 0.25 s"},
    {"expect \"Name\" is \"Ada\"", NULL},
    {"expect \"Name\" is \"Ada\" within 2 s", NULL},
    {"expect \"I agree\" checked", NULL},
    {"expect \"I agree\" is not checked", "expect \"I agree\" not checked"},
    {"expect \"I agree\" unchecked", "expect \"I agree\" not checked"},
    {"expect button \"Send\" is enabled within 3 s",
     "expect button \"Send\" not disabled within 3 s"},
    {"expect screen \"main\" within 10 s", NULL},
    {"read \"Total\" as total", NULL},
    {"copy \"A\" to field \"B\"", NULL},
    {"expand", NULL},
    {"expand all", NULL},
    {"expand \"Advanced\"", NULL},
    {"expand to link \"Terms\" in \"Legal\"", NULL},
    {"read cell right of \"Total\" as \"grand total\"", NULL},
    {"screenshot", NULL},
    {"screenshot as after", "screenshot as \"after\""},
    {"click button \"Save\"", NULL},
    {"click second Button \"Delete\"", "click 2nd button \"Delete\""},
    {"click 1st \"Delete\"", NULL},
    {"click 11th link", NULL},
    {"click 22nd link", NULL},
    {"click last radio button \"Yes\"", "click last radio \"Yes\""},
    {"click icon \"Bin\"", "click picture \"Bin\""},
    {"click text field \"Name\"", "click textbox \"Name\""},
    {"click \"Delete\" in row \"Ada\"", NULL},
    {"click \"x\" left of \"a\" right of \"b\" above \"c\" below \"d\"", NULL},
    {"click checkbox next to \"Ada\"", "click checkbox near \"Ada\""},
    {"click checkbox under 3rd \"Ada\"", "click checkbox below 3rd \"Ada\""},
    {"click \"Ünïcödé 日本語 🙂\"", NULL},
};

static char *reprinted(const char *line)
{
    struct step step;
    struct err e = {0};
    struct buf out = {0};
    if (!step_parse(line, &step, &e))
        fail_msg("%s: %s", line, e.text);
    step_print(&step, &out);
    step_finish(&step);
    return buf_take(&out);
}

static void test_lines(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT(lines); i++) {
        const char *want = lines[i][1] ? lines[i][1] : lines[i][0];
        char *once = reprinted(lines[i][0]);
        char *twice = reprinted(once);
        assert_string_equal(once, want);
        assert_string_equal(twice, want);
        free(once);
        free(twice);
    }
}

static const struct {
    const char *line;
    const char *column; /* where */
    const char *told;   /* and what must be said */
} errors[] = {
    {"", "column 1: ", "empty"},
    {"   ", "column 4: ", "empty"},
    {"clik \"Save\"", "column 1: ", "did you mean click?"},
    {"dubble-click \"Save\"", "column 1: ", "did you mean double-click?"},
    {"select \"France\" in \"Country\"", "column 1: ", "did you mean choose?"},
    {"frobnicate the gizmo", "column 1: ", "docs/tasks.md"},
    {"click", "column 6: ", "found the end of the line"},
    {"click Save", "column 7: ", "found \"Save\"; texts stand in double quotes"},
    {"click 'Save'", "column 7: ", "texts stand in double quotes"},
    {"click \"Save", "column 7: ", "never closed"},
    {"click “Save\"", "column 7: ", "never closed"},
    {"click \"\"", "column 9: ", "empty"},
    {"click \"Save\" now", "column 14: ", "expected the end of the step, found \"now\""},
    {"click button Save", "column 14: ", "found \"Save\""},
    {"click \"Säve\" now", "column 14: ", "found \"now\""},
    {"click \"a\\d\"", "column 9: ", "unknown escape \\d"},
    {"click \"a\\", "column 9: ", "unknown escape"},
    {"click 2nd", "column 10: ", "expected a text"},
    {"click 2th \"a\"", "column 7: ", "expected a target"},
    {"click 0th \"a\"", "column 7: ", "expected a target"},
    {"click at 3", "column 11: ", "comma"},
    {"click at 3,99999", "column 12: ", "from 0 to 16384"},
    {"click at -3,5", "column 10: ", "expected a number"},
    {"click #0", "column 8: ", "expected a number"},
    {"click #99999999999999999999", "column 8: ", "expected a number"},
    {"click at 3,4 in row \"Ada\"", "column 14: ", "needs no further description"},
    {"click \"a\" in row", "column 17: ", "expected a target"},
    {"click \"a\" in \"b\" in \"c\" in \"d\" in \"e\" in \"f\"",
     "column 42: ", "more than 4 relations"},
    {"type Ada into \"Name\"", "column 6: ", "expected the text to type in double quotes"},
    {"type \"Ada\" onto \"Name\"", "column 12: ", "found \"onto\""},
    {"set \"Country\" \"France\"", "column 15: ", "expected to and the value"},
    {"set \"Country\" to", "column 17: ", "expected the value"},
    {"press", "column 6: ", "expected keys"},
    {"press Ctrl+Foo", "column 7: ", "unknown key \"Foo\""},
    {"press \"\"", "column 7: ", "expected keys"},
    {"press Down 0 times", "column 12: ", "from 1 to 100"},
    {"press Down 3", "column 13: ", "expected times"},
    {"press Page Down", "column 7: ", "Page_Down"},
    {"scroll", "column 7: ", "up, down, left, right or to"},
    {"scroll down 2000", "column 13: ", "from 1 to 1000"},
    {"drag \"a\"", "column 9: ", "second target"},
    {"wait 2", "column 7: ", "s, ms or min"},
    {"wait a while", "column 6: ", "expected a time"},
    {"wait 1.0005 s", "column 6: ", "expected a time"},
    {"wait 1.5 ms", "column 6: ", "whole milliseconds"},
    {"wait 2 days", "column 8: ", "s, ms or min"},
    {"wait 90000 s", "column 6: ", "at most a day"},
    {"wait 99999999999999999999 s", "column 6: ", "expected a time"},
    {"wait for", "column 9: ", "expected a target"},
    {"wait for \"a\" within 0 s", "column 24: ", "more than 0 s"},
    {"expect", "column 7: ", "expected a target"},
    {"expect no \"a\" is \"b\"", "column 15: ", "found \"is\""},
    {"expect \"a\" is happy", "column 15: ", "checked"},
    {"expect \"a\" is not \"b\"", "column 19: ", "checked"},
    {"expect \"a\" not \"b\"", "column 16: ", "checked"},
    {"read \"Total\"", "column 13: ", "as and a name"},
    {"read \"Total\" as", "column 16: ", "expected a name"},
    {"screenshot as \"\"", "column 17: ", "expected a name"},
    {"screenshot \"a\"", "column 12: ", "expected the end"},
    {"type \"\xff\"", "column 7: ", "not UTF-8"},
};

static void test_errors(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT(errors); i++) {
        struct step step = {.count = 77};
        struct err e = {0};
        if (step_parse(errors[i].line, &step, &e))
            fail_msg("%s: understood", errors[i].line);
        assert_int_equal(e.kind, ERR_USAGE);
        assert_int_equal(step.count, 77); /* untouched */
        if (strncmp(e.text, errors[i].column, strlen(errors[i].column)) != 0 ||
            !strstr(e.text, errors[i].told))
            fail_msg("%s: %s", errors[i].line, e.text);
    }
}

static void test_long_lines(void **state)
{
    (void)state;
    struct buf line = {0};
    struct step step;
    struct err e = {0};
    buf_add(&line, "type \"");
    while (line.length < SCAN_LINE_MAX - 1)
        buf_add_char(&line, 'a');
    buf_add_char(&line, '"');
    assert_true(step_parse(buf_text(&line), &step, &e));
    step_finish(&step);
    buf_add_char(&line, ' ');
    assert_false(step_parse(buf_text(&line), &step, &e));
    assert_int_equal(e.kind, ERR_USAGE);
    buf_finish(&line);
}

static void test_targets(void **state)
{
    (void)state;
    struct target t, copy;
    struct err e = {0};
    struct buf out = {0};
    assert_true(target_parse("second button \"Delete\" in row \"Ada\" in field \"x\"", &t, &e));
    target_print(&t, &out);
    assert_string_equal(buf_text(&out), "2nd button \"Delete\" in row \"Ada\" in field \"x\"");
    assert_int_equal(t.of->relation, RELATION_IN);
    assert_true(t.of->of->field);
    target_copy(&copy, &t);
    assert_true(target_equal(&copy, &t));
    assert_ptr_not_equal(copy.of->of->text, t.of->of->text);
    copy.of->of->text[0] = 'y';
    assert_false(target_equal(&copy, &t));
    target_finish(&copy);
    target_finish(&t);
    assert_ptr_equal(t.of, NULL);
    assert_false(target_parse("\"Delete\" or so", &t, &e));
    assert_non_null(strstr(e.text, "column 10: "));
    buf_finish(&out);
}

/* A small generator of its own, so that a failure repeats everywhere. */
static uint32_t seed;

static int dice(int sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)sides);
}

static char *random_text(bool may_be_empty)
{
    static const char *const pieces[] = {"a",  "Z",  "0",    " ",    "\"",   "\\",       "\n", "\t",
                                         "\r", "“",  "”",    "„",    "'",    "n",        ",",  ".",
                                         "to", "in", "is",   "#",    "at",   "{{",       "}}", "é",
                                         "ß",  "日", "🙂", "\x01", "\x7f", "e\xcc\x81"};
    struct buf b = {0};
    int n = dice(12) + !may_be_empty;
    for (int i = 0; i < n; i++)
        buf_add(&b, pieces[dice(COUNT(pieces))]);
    return buf_take(&b);
}

static void random_core(struct target *t)
{
    t->kind = (enum target_kind)(1 + dice(4));
    if (t->kind == TARGET_AT) {
        t->at = (struct point){dice(5000), dice(5000)};
    } else if (t->kind == TARGET_ID) {
        t->id = 1 + dice(1000);
    } else {
        t->ordinal = dice(3) ? 0 : dice(150) - 1;
        if (t->kind == TARGET_TEXT && dice(2))
            t->role = (enum role)dice(ROLE_COUNT);
        t->field = t->kind == TARGET_TEXT && !t->role && dice(2);
        if (dice(4) || !(t->role || t->field))
            t->text = random_text(false);
    }
}

static void random_target(struct target *t)
{
    random_core(t);
    for (int depth = 0; depth < TARGET_DEPTH_MAX && dice(2); depth++, t = t->of) {
        if (t->kind == TARGET_AT || t->kind == TARGET_ID)
            return;
        t->relation = (enum relation)(1 + dice(RELATION_NEAR));
        t->of = mem_zero(1, sizeof *t->of);
        random_core(t->of);
    }
}

static char *random_keys(void)
{
    static const char *const chords[] = {"Enter", "Ctrl+S",  "Ctrl+Shift+T", "\"", "Ctrl++",
                                         "F5",    "{{key}}", "{{the key}}",  "\\", "é"};
    return mem_text(chords[dice(COUNT(chords))]);
}

static void random_step(struct step *s)
{
    s->verb = (enum step_verb)dice(STEP_VERB_COUNT);
    bool expects = s->verb >= STEP_WAIT_FOR && s->verb <= STEP_EXPECT_SCREEN;
    bool may_lack_target = s->verb == STEP_TYPE || s->verb == STEP_CHOOSE || s->verb == STEP_SCROLL;
    bool no_target = s->verb == STEP_PRESS || s->verb == STEP_WAIT ||
                     s->verb == STEP_EXPECT_SCREEN || s->verb == STEP_SCREENSHOT;
    if (!no_target && !(may_lack_target && dice(2)))
        random_target(&s->target);
    if (s->verb == STEP_DRAG || s->verb == STEP_COPY)
        random_target(&s->second);
    if (s->verb == STEP_TYPE || s->verb == STEP_SET || s->verb == STEP_CHOOSE ||
        s->verb == STEP_EXPECT_VALUE || s->verb == STEP_EXPECT_SCREEN)
        s->text = random_text(true);
    if (s->verb == STEP_PRESS) {
        s->text = random_keys();
        s->count = 1 + dice(100);
    }
    if (s->verb == STEP_SCROLL) {
        s->direction = (enum direction)dice(4);
        s->count = dice(1001);
    }
    if (s->verb == STEP_WAIT || (expects && dice(2)))
        s->seconds = (1 + dice(100000)) / (dice(2) ? 1000.0 : 2.0);
    if (s->verb == STEP_EXPECT_STATE)
        s->state = 1u << dice(STATE_BITS);
    if (expects && s->verb != STEP_EXPECT_SCREEN && s->verb != STEP_EXPECT_VALUE)
        s->negated = dice(2);
    if (s->verb == STEP_READ || (s->verb == STEP_SCREENSHOT && dice(2)))
        s->name = random_text(false);
}

static void test_every_step_reads_back(void **state)
{
    (void)state;
    struct buf line = {0}, again = {0};
    for (int i = 0; i < 20000; i++) {
        struct step step = {0}, read, copy;
        struct err e = {0};
        seed = (uint32_t)i * 2654435761u;
        random_step(&step);
        buf_reset(&line);
        buf_reset(&again);
        step_print(&step, &line);
        if (strchr(buf_text(&line), '\n') || !step_parse(buf_text(&line), &read, &e))
            fail_msg("%d: %s: %s", i, buf_text(&line), e.text);
        step_print(&read, &again);
        assert_string_equal(buf_text(&again), buf_text(&line));
        if (!step_equal(&step, &read))
            fail_msg("%d: %s: reads back to another step", i, buf_text(&line));
        step_copy(&copy, &step);
        assert_true(step_equal(&copy, &read));
        step_finish(&copy);
        step_finish(&read);
        step_finish(&step);
    }
    buf_finish(&line);
    buf_finish(&again);
}

/* Lines that were hit by something: understood or not, nothing breaks, and what is understood reads
 * back. */
static void test_damaged_lines(void **state)
{
    (void)state;
    char line[256];
    for (int i = 0; i < 20000; i++) {
        struct step step;
        struct err e = {0};
        seed = (uint32_t)i * 2246822519u;
        snprintf(line, sizeof line, "%s", lines[dice(COUNT(lines))][0]);
        for (int hits = 1 + dice(4); hits > 0; hits--) {
            size_t at = (size_t)dice((int)strlen(line) + 1);
            if (dice(2))
                line[at] = line[at] ? (char)(1 + dice(255)) : '\0';
            else if (line[at])
                memmove(line + at, line + at + 1, strlen(line + at)); /* with its end */
        }
        if (!step_parse(line, &step, &e)) {
            assert_int_equal(e.kind, ERR_USAGE);
            continue;
        }
        struct buf out = {0};
        step_print(&step, &out);
        step_finish(&step);
        char *again = reprinted(buf_text(&out));
        assert_string_equal(again, buf_text(&out));
        free(again);
        buf_finish(&out);
    }
}

static void test_equal_sees_every_member(void **state)
{
    (void)state;
    static const char *const different[] = {
        "type \"a\" into \"b\"",
        "type \"a\"",
        "type \"a\" into \"c\"",
        "type \"b\" into \"b\"",
        "type \"a\" into field \"b\"",
        "type \"a\" into textbox \"b\"",
        "type \"a\" into 2nd \"b\"",
        "type \"a\" into \"b\" in \"c\"",
        "type \"a\" into \"b\" in \"d\"",
        "type \"a\" into \"b\" below \"c\"",
        "press a",
        "press a 2 times",
        "scroll up",
        "scroll down",
        "wait 1 s",
        "wait 1001 ms",
        "wait for \"b\"",
        "wait for no \"b\"",
        "expect \"b\" checked",
        "expect \"b\" focused",
        "read \"b\" as c",
        "read \"b\" as d",
        "drag \"b\" to \"c\"",
        "drag \"b\" to \"d\"",
        "click at 1,2",
        "click at 1,3",
        "click #1",
        "click #2",
    };
    struct err e;
    for (int i = 0; i < COUNT(different); i++) {
        for (int j = 0; j < COUNT(different); j++) {
            struct step a, b;
            assert_true(step_parse(different[i], &a, &e) && step_parse(different[j], &b, &e));
            if (step_equal(&a, &b) != (i == j))
                fail_msg("%s / %s", different[i], different[j]);
            step_finish(&a);
            step_finish(&b);
        }
    }
}

/* Every line inside a ```steps fence of the reference is a step. */
static void test_reference(void **state)
{
    (void)state;
    char line[1024];
    bool inside = false;
    int steps = 0;
    FILE *f = fopen("docs/tasks.md", "re");
    if (!f)
        fail_msg("docs/tasks.md is not there; run the tests in the root of the source");
    for (int number = 1; f && fgets(line, sizeof line, f); number++) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "```", 3) == 0) {
            inside = !inside && strcmp(line, "```steps") == 0;
        } else if (inside) {
            struct step step;
            struct err e;
            if (!step_parse(line, &step, &e))
                fail_msg("docs/tasks.md:%d: %s", number, e.text);
            step_finish(&step);
            steps++;
        }
    }
    fclose(f);
    assert_true(steps >= STEP_VERB_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_every_step_reads_back),
        cmocka_unit_test(test_damaged_lines),
        cmocka_unit_test(test_equal_sees_every_member),
        cmocka_unit_test(test_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Plain instructions: what they mean and what is refused (tests/data/literal.txt), and that nothing
 * breaks the reader. */
#include "policy/literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES    "tests/data/literal.txt"
#define COUNT(a) ((int)(sizeof(a) / sizeof(a)[0]))

/* The steps as lines, or "! " and the error. */
static char *literal_lines(const char *instruction)
{
    struct literal l;
    struct err e = {0};
    struct buf out = {0};
    if (!literal_parse(instruction, &l, &e)) {
        assert_int_equal(e.kind, ERR_USAGE);
        buf_addf(&out, "! %s\n", e.text);
        return buf_take(&out);
    }
    assert_true(l.count > 0);
    for (int i = 0; i < l.count; i++) {
        step_print(&l.steps[i], &out);
        buf_add_char(&out, '\n');
    }
    literal_finish(&l);
    return buf_take(&out);
}

/* WANT: lines of steps, or "! " and a part of the error, which must say that nothing was done. */
static void case_check(int line, const char *instruction, const char *want)
{
    char *got = literal_lines(instruction);
    bool refused = strncmp(want, "! ", 2) == 0;
    char *reason = refused ? mem_text_n(want + 2, strlen(want) - 3) : NULL;
    bool fine = refused ? *got == '!' && strstr(got, reason) && strstr(got, "Nothing was done")
                        : strcmp(got, want) == 0;
    if (!fine)
        fail_msg("%s:%d: %s\nmeans\n%sbut was taken for\n%s", CASES, line, instruction, want, got);
    free(reason);
    free(got);
}

static void test_cases(void **state)
{
    (void)state;
    char line[1024];
    int cases = 0, number = 0, first = 0;
    struct buf instruction = {0}, want = {0};
    FILE *f = fopen(CASES, "re");
    if (!f)
        fail_msg("%s is not there; run the tests in the root of the source", CASES);
    for (bool more = true; more;) {
        more = f && fgets(line, sizeof line, f);
        number++;
        bool text = more && *line != '\n' && *line != '#';
        if (text && strncmp(line, "    ", 4) == 0) {
            buf_add(&want, line + 4);
        } else if (text) {
            first = first ? first : number;
            buf_add(&instruction, line);
        } else if (instruction.text && want.length > 0) {
            instruction.text[instruction.length - 1] = '\0'; /* without its last line end */
            case_check(first, instruction.text, buf_text(&want));
            buf_reset(&instruction);
            buf_reset(&want);
            first = 0;
            cases++;
        }
    }
    fclose(f);
    buf_finish(&instruction);
    buf_finish(&want);
    assert_true(cases > 300);
}

/* The table of docs/tasks.md: | instruction | `step` `step` | */
static void test_reference(void **state)
{
    (void)state;
    char line[1024];
    bool inside = false;
    int rows = 0;
    FILE *f = fopen("docs/tasks.md", "re");
    if (!f)
        fail_msg("docs/tasks.md is not there; run the tests in the root of the source");
    while (f && fgets(line, sizeof line, f)) {
        if (strncmp(line, "## ", 3) == 0)
            inside = strcmp(line, "## Plain instructions\n") == 0;
        char *second = inside && strncmp(line, "| ", 2) == 0 ? strstr(line, " | `") : NULL;
        if (!second)
            continue;
        struct buf want = {0};
        *second = '\0';
        for (char *step = strtok(second + 3, "`"); step; step = strtok(NULL, "`"))
            if (*step != ' ')
                buf_addf(&want, "%s\n", step);
        char *got = literal_lines(line + 2);
        assert_string_equal(got, buf_text(&want));
        free(got);
        buf_finish(&want);
        rows++;
    }
    fclose(f);
    assert_true(rows >= 5);
}

static void test_bounds(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "click a and ",           "x",  "type a into b. ", "below ", "a, ", "\"a\" ",
        "select a from b or c, ", "{{", "press Tab, "};
    for (int i = 0; i < COUNT(repeated); i++) {
        struct buf text = {0};
        buf_add(&text, "Type ");
        while (text.length < LITERAL_BYTES_MAX - 32)
            buf_add(&text, repeated[i]);
        char *got = literal_lines(buf_text(&text));
        assert_true(*got != '\0');
        free(got);
        while (text.length <= LITERAL_BYTES_MAX)
            buf_add_char(&text, ' ');
        got = literal_lines(buf_text(&text));
        assert_non_null(strstr(got, "longer than"));
        free(got);
        buf_finish(&text);
    }
    char *got = literal_lines("Click \xff");
    assert_non_null(strstr(got, "UTF-8"));
    free(got);
}

static uint32_t seed;

static int dice(int sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)sides);
}

/* Words in any order: whatever comes of them, each step reads back from its line. */
static void test_any_words(void **state)
{
    (void)state;
    static const char *const words[] = {
        "click",   "type", "press",    "select",      "check",   "set",   "fill",   "in",
        "into",    "the",  "Save",     "\"Save as\"", "Name",    "field", "button", "row",
        "of",      "and",  "then",     ",",           ".",       ";",     "\n",     "last",
        "second",  "one",  "it",       "below",       "next",    "to",    "as",     "for",
        "from",    "with", "twice",    "3",           "times",   "Enter", "Ctrl+S", "scroll",
        "down",    "drag", "wait",     "until",       "appears", "make",  "sure",   "is",
        "checked", "that", "(",        ")",           ">",       ":",     "both",   "boxes",
        "find",    "by",   "clicking", "2.",          "“x”",     "'y'",   "don't",  "é",
        "{{a b}}", "!",    "Mr.",      "\"",          "“"};
    int understood = 0;
    for (int i = 0; i < 4000; i++) {
        struct buf text = {0};
        struct literal l;
        struct err e;
        seed = (uint32_t)i * 2654435761u;
        for (int n = 1 + dice(i % 50 ? 12 : 150); n > 0; n--)
            buf_addf(&text, "%s%s", words[dice(COUNT(words))], dice(10) ? " " : "");
        bool parsed = literal_parse(buf_text(&text), &l, &e);
        for (int k = 0; parsed && k < l.count; k++) {
            struct buf line = {0};
            struct step read;
            step_print(&l.steps[k], &line);
            if (!step_parse(buf_text(&line), &read, &e))
                fail_msg("%s\nmeans %s: %s", buf_text(&text), buf_text(&line), e.text);
            assert_true(step_equal(&read, &l.steps[k]));
            step_finish(&read);
            buf_finish(&line);
        }
        if (parsed)
            literal_finish(&l);
        understood += parsed;
        buf_finish(&text);
    }
    assert_true(understood > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_reference),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_any_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

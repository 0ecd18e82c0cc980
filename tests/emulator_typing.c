/* Typing into real programs of all toolkits, on several layouts: what they received is compared
 * exactly. TRIALS in the environment says how often each text is typed (1), PROGRAM into which one
 * only. */
#include "base/log.h"
#include "tests/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASCII 2000
#define MIXED 500

static struct err error;

static int trials(void)
{
    const char *text = getenv("TRIALS");
    return text ? (int)strtol(text, NULL, 10) : 1;
}

/* Types TEXT as often as there are trials; how often it arrived exactly. */
static int type_exactly(struct field *f, const char *text)
{
    struct buf why = {0};
    int exact = 0;
    for (int i = 0; i < trials(); i++) {
        if (!field_empty(f, &error))
            fail_msg("the field is not emptied: %s", error.text);
        if (!field_type(f, text, &error))
            print_message("    %s\n", error.text);
        if (field_has(f, text)) {
            exact++;
            continue;
        }
        buf_reset(&why);
        typed_difference(buf_text(&f->came), text, &why);
        print_message("    %d: %s\n", i + 1, buf_text(&why));
    }
    buf_finish(&why);
    return exact;
}

/* True when all trials were exact. */
static bool type_into(const char *program, const char *layout)
{
    struct buf ascii = {0}, mixed = {0};
    struct field f;
    if (!field_open(&f, program, layout, folder, &error))
        fail_msg("%s: %s", program, error.text);
    typed_ascii(&ascii, ASCII);
    typed_mixed(&mixed, MIXED);
    int exact = type_exactly(&f, buf_text(&ascii));
    int exact_mixed = type_exactly(&f, buf_text(&mixed));
    print_message("%-8s %s: ASCII %d of %d, mixed %d of %d\n", program, layout, exact, trials(),
                  exact_mixed, trials());
    field_close(&f);
    buf_finish(&ascii);
    buf_finish(&mixed);
    return exact == trials() && exact_mixed == trials();
}

static void type_into_all_layouts(const char *program)
{
    static const char *const layouts[] = {"us", "de", "fr"};
    const char *only = getenv("PROGRAM");
    bool ok = true;
    if (only && strcmp(only, program) != 0)
        skip();
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        ok = type_into(program, layouts[i]) && ok;
    assert_true(ok);
}

#define TEST_PROGRAM(name)                                                                         \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        type_into_all_layouts(#name);                                                              \
    }
TEST_PROGRAM(gtk3)
TEST_PROGRAM(gtk4)
TEST_PROGRAM(qt5)
TEST_PROGRAM(chromium)
TEST_PROGRAM(tk)
TEST_PROGRAM(xterm)

/* A program that ends in the middle of a text: that is told. */
static void end_in_the_middle(const char *program, const char *end, const char *told)
{
    struct field f;
    struct buf text = {0};
    if (!field_open_ending(&f, program, end, "us", folder, &error))
        fail_msg("%s: %s", program, error.text);
    typed_ascii(&text, 10 * ASCII);
    error = (struct err){0};
    assert_false(field_type(&f, buf_text(&text), &error));
    if (error.kind != ERR_TASK || !strstr(error.text, told))
        fail_msg("%s: %s", program, error.text);
    print_message("    %s: %s\n", program, error.text);
    buf_finish(&text);
    field_close(&f);
}

static void test_frozen(void **state)
{
    (void)state;
    end_in_the_middle("gtk3", "freeze", "hangs");
    end_in_the_middle("qt5", "freeze", "hangs");
    end_in_the_middle("xterm", "freeze", "hangs");
}

static void test_dead(void **state)
{
    (void)state;
    end_in_the_middle("gtk3", "die", "went away");
    end_in_the_middle("qt5", "die", "went away");
    end_in_the_middle("xterm", "die", "went away");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtk3),     cmocka_unit_test(test_gtk4), cmocka_unit_test(test_qt5),
        cmocka_unit_test(test_chromium), cmocka_unit_test(test_tk),   cmocka_unit_test(test_xterm),
        cmocka_unit_test(test_frozen),   cmocka_unit_test(test_dead),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_drop);
}

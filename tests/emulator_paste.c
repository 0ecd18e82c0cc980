/* Pasting into real programs, where it is allowed: what they received is compared exactly, and what
 * the selections have afterwards. */
#include "tests/field.h"

#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LENGTH 20000

static struct err error;

static void open_field(struct field *f, const char *program, const char *paste)
{
    if (!field_open(f, program, "us", folder, &error) || !input_allow_paste(f->in, paste, &error))
        fail_msg("%s: %s", program, error.text);
}

static void assert_types(struct field *f, const char *text)
{
    struct buf why = {0};
    if (!field_type(f, text, &error))
        fail_msg("%s", error.text);
    if (!field_has(f, text)) {
        typed_difference(buf_text(&f->came), text, &why);
        fail_msg("%s", buf_text(&why));
    }
}

/* What a selection has; "" for nothing. Static. */
static const char *selection(struct field *f, char *name)
{
    static struct buf text;
    char path[64];
    char *argv[] = {"xclip", "-selection", name, "-o", NULL};
    snprintf(path, sizeof path, "%s/selection", folder);
    field_run(f, argv, "", path);
    typed_read(path, &text);
    unlink(path);
    return buf_text(&text);
}

/* The xclip that keeps it may not own it yet when the one that started it ends. */
static void select_text(struct field *f, char *name, const char *text)
{
    char *argv[] = {"xclip", "-selection", name, "-i", NULL};
    struct deadline deadline = deadline_in(FIELD_ARRIVAL_MS);
    assert_int_equal(field_run(f, argv, text, NULL), 0);
    while (strcmp(selection(f, name), text) != 0 && !deadline_passed(deadline))
        ;
    assert_string_equal(selection(f, name), text);
}

/* Long texts arrive, of all characters; what was in the selections is there again. */
static void paste_into(const char *program)
{
    struct field f;
    struct buf text = {0};
    open_field(&f, program, "Ctrl+V");
    typed_ascii(&text, LENGTH);
    typed_mixed(&text, LENGTH);
    assert_types(&f, buf_text(&text));
    assert_string_equal(selection(&f, "clipboard"), "");
    select_text(&f, "clipboard", "what was there: é");
    select_text(&f, "primary", "what is selected");
    for (int i = 0; i < 3; i++) {
        assert_true(field_empty(&f, &error));
        assert_types(&f, buf_text(&text));
        assert_string_equal(selection(&f, "clipboard"), "what was there: é");
    }
    assert_string_equal(selection(&f, "primary"), "what is selected");
    buf_finish(&text);
    field_close(&f);
}

#define TEST_PROGRAM(name)                                                                         \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        paste_into(#name);                                                                         \
    }
TEST_PROGRAM(gtk3)
TEST_PROGRAM(gtk4)
TEST_PROGRAM(qt5)
TEST_PROGRAM(chromium)
TEST_PROGRAM(tk)

/* A program that takes no paste gets its text by keys. */
static void test_no_paste(void **state)
{
    (void)state;
    struct field f;
    struct buf text = {0};
    open_field(&f, "gtk3", "F12");
    select_text(&f, "clipboard", "what was there");
    typed_ascii(&text, 300);
    assert_types(&f, buf_text(&text));
    assert_string_equal(selection(&f, "clipboard"), "what was there");
    buf_finish(&text);
    field_close(&f);
}

static Window owner(struct field *f)
{
    Display *display = desktop_display(f->desktop);
    return XGetSelectionOwner(display, XInternAtom(display, "CLIPBOARD", False));
}

/* Nothing goes through the clipboard that is not allowed to: not without leave, no short text that
 * the layout has, and no secret. */
static void test_clipboard_is_not_touched(void **state)
{
    (void)state;
    struct field f;
    struct buf text = {0};
    open_field(&f, "gtk3", NULL);
    select_text(&f, "clipboard", "what was there");
    Window before = owner(&f);
    typed_ascii(&text, 300);
    assert_types(&f, buf_text(&text));
    assert_true(input_allow_paste(f.in, "Ctrl+V", &error));
    assert_true(field_empty(&f, &error));
    assert_types(&f, "short");
    const struct action secret = {
        .kind = ACTION_TYPE, .text = buf_text(&text), .shown = "{{secret:Key}}"};
    assert_true(field_empty(&f, &error));
    assert_true(input_perform(f.in, &secret, &error));
    assert_true(field_has(&f, buf_text(&text)));
    assert_int_equal(owner(&f), before);
    buf_finish(&text);
    field_close(&f);
}

static void test_bad_keys(void **state)
{
    (void)state;
    struct field f;
    open_field(&f, "xterm", NULL);
    error = (struct err){0};
    assert_false(input_allow_paste(f.in, "Ctrl+Frobnicate", &error));
    assert_int_equal(error.kind, ERR_USAGE);
    field_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gtk3),     cmocka_unit_test(test_gtk4),
        cmocka_unit_test(test_qt5),      cmocka_unit_test(test_chromium),
        cmocka_unit_test(test_tk),       cmocka_unit_test(test_no_paste),
        cmocka_unit_test(test_bad_keys), cmocka_unit_test(test_clipboard_is_not_touched),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_drop);
}

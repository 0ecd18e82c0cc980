/* Targets as people write them, on scenes built by hand: which element, which words, or why not. */
#include "vision/find.h"

#include "base/buf.h"
#include "tests/scenes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct row {
    const char *target;
    const char *want; /* `button "Save" 40,300`, `none`, or `many 2` */
};

static struct rect box(int x, int y, int width, int height)
{
    return (struct rect){x, y, width, height};
}

/* A field with its label at the left. */
static struct element *field(struct scene *s, enum role role, int y, const char *label,
                             const char *value)
{
    scene_line(s, 40, y + 6, label);
    return scene_control(s, role, box(200, y, 240, 28), label, value);
}

/* A mark with its label at the right. */
static struct element *mark(struct scene *s, enum role role, int x, int y, const char *label,
                            const char *group)
{
    struct element *e = scene_control(s, role, box(x, y, 16, 16), label, NULL);
    scene_line(s, x + 24, y, label);
    e->group = arena_text(&s->arena, group);
    return e;
}

static void scene_of_form(struct scene *s)
{
    scene_reset(s, 1280, 800);
    scene_line(s, 40, 10, "Save your details");
    field(s, ROLE_TEXTBOX, 40, "First name", "Ada");
    field(s, ROLE_TEXTBOX, 80, "Last name", "");
    field(s, ROLE_TEXTBOX, 120, "Email address *", "");
    field(s, ROLE_TEXTBOX, 160, "Password", "");
    field(s, ROLE_TEXTBOX, 200, "Confirm password", "");
    field(s, ROLE_COMBOBOX, 240, "Country", "France");
    mark(s, ROLE_CHECKBOX, 40, 290, "I agree to the terms", "");
    mark(s, ROLE_CHECKBOX, 40, 320, "Newsletter", "");
    scene_line(s, 40, 350, "Delivery");
    mark(s, ROLE_RADIO, 40, 370, "Yes", "Delivery");
    mark(s, ROLE_RADIO, 140, 370, "No", "Delivery");
    scene_line(s, 40, 400, "Insurance");
    mark(s, ROLE_RADIO, 40, 420, "Yes", "Insurance");
    mark(s, ROLE_RADIO, 140, 420, "No", "Insurance");
    scene_button(s, box(40, 460, 80, 30), "Save");
    scene_button(s, box(140, 460, 90, 30), "Save as");
    scene_button(s, box(250, 460, 80, 30), "Cance1");
    scene_control(s, ROLE_LINK, box(40, 500, 130, 16), "Forgot password?", NULL);
    scene_line(s, 40, 500, "Forgot password?");
}

static const struct row form_rows[] = {
    /* elements by label and text; the whole beats a part, an element its words */
    {"\"First name\"", "textbox \"First name\" 200,40"},
    {"\"first NAME:\"", "textbox \"First name\" 200,40"},
    {"field \"First name\"", "textbox \"First name\" 200,40"},
    {"\"Email\"", "textbox \"Email address *\" 200,120"},
    {"\"E-mail address\"", "textbox \"Email address *\" 200,120"},
    {"\"Password\"", "textbox \"Password\" 200,160"},
    {"\"Confirm password\"", "textbox \"Confirm password\" 200,200"},
    {"\"Save\"", "button \"Save\" 40,460"},
    {"\"Save as\"", "button \"Save as\" 140,460"},
    {"\"Save as...\"", "button \"Save as\" 140,460"},
    {"\"Cancel\"", "button \"Cance1\" 250,460"},
    {"\"Save your details\"", "text \"Save your details\" 40,10"},
    {"\"your details\"", "text \"your details\" 80,10"},
    {"\"I agree\"", "checkbox \"I agree to the terms\" 40,290"},
    {"checkbox \"Newsletter\"", "checkbox \"Newsletter\" 40,320"},
    {"field \"Newsletter\"", "checkbox \"Newsletter\" 40,320"},
    {"\"France\"", "combobox \"Country\" 200,240"},
    {"\"Forgot password\"", "link \"Forgot password?\" 40,500"},
    {"text \"Delivery\"", "text \"Delivery\" 40,350"},
    /* another word for a field counts when it is said to be one */
    {"field \"Surname\"", "textbox \"Last name\" 200,80"},
    {"\"Surname\"", "none"},
    /* what is not there */
    {"\"Exit\"", "none"},
    {"\"Sav\"", "none"},
    {"\"Delete\"", "none"},
    {"field \"Name\"", "many 2"},
    {"field \"Phone\"", "none"},
    {"textbox \"Newsletter\"", "none"},
    {"combobox \"First\"", "none"},
    {"slider \"Volume\"", "none"},
    /* kin: what eyes and people don't keep apart, when there is nothing better */
    {"button \"Forgot password?\"", "link \"Forgot password?\" 40,500"},
    {"switch \"Newsletter\"", "checkbox \"Newsletter\" 40,320"},
    {"button \"Delivery\"", "text \"Delivery\" 40,350"},
    {"button \"Newsletter\"", "none"},
    /* two of a kind, and how to choose */
    {"\"Yes\"", "many 2"},
    {"radio \"Yes\"", "many 2"},
    {"1st \"Yes\"", "radio \"Yes\" 40,370"},
    {"2nd \"Yes\"", "radio \"Yes\" 40,420"},
    {"last radio \"No\"", "radio \"No\" 140,420"},
    {"3rd \"Yes\"", "none"},
    {"\"Yes\" in \"Insurance\"", "radio \"Yes\" 40,420"},
    {"\"No\" in \"Delivery\"", "radio \"No\" 140,370"},
    {"\"Yes\" below \"Insurance\"", "radio \"Yes\" 40,420"},
    {"\"No\" right of 2nd \"Yes\"", "radio \"No\" 140,420"},
    {"\"Insurance: Yes\"", "radio \"Yes\" 40,420"},
    {"2nd textbox", "textbox \"Last name\" 200,80"},
    {"textbox below \"First name\"", "textbox \"Last name\" 200,80"},
    {"textbox right of \"Password\"", "textbox \"Password\" 200,160"},
    {"button left of \"Save as\"", "button \"Save\" 40,460"},
    {"button right of \"Save as\"", "button \"Cance1\" 250,460"},
    {"button above \"Country\"", "none"},
    {"\"Save\" near \"Cancel\"", "button \"Save\" 40,460"},
    {"\"Save\" left of \"Newsletter\"", "none"},
    {"\"Save\" right of \"No such thing\"", "none"},
    /* by place and by number */
    {"at 210,50", "textbox \"First name\" 210,50"},
    {"at 1000,700", "text \"\" 1000,700"},
    {"at 1280,700", "none"},
    {"#1", "textbox \"First name\" 200,40"},
    {"#99", "none"},
};

static void scene_of_table(struct scene *s)
{
    static const char *const names[] = {"Ada", "Bob", "Eve"};
    scene_reset(s, 1280, 800);
    scene_line(s, 40, 10, "Members");
    scene_line(s, 40, 40, "Name");
    scene_line(s, 200, 40, "Action");
    for (int i = 0; i < 3; i++) {
        int y = 70 + 30 * i;
        scene_line(s, 40, y + 5, names[i]);
        if (i != 1) /* Bob can't be deleted */
            scene_button(s, box(200, y, 80, 26), "Delete");
        scene_button(s, box(300, y, 80, 26), i == 1 ? "Edlt" : "Edit");
        scene_control(s, ROLE_CHECKBOX, box(400, y + 5, 16, 16), "", NULL);
    }
    scene_line(s, 40, 200, "Ada has been invited. Bob was deleted.");
    scene_line(s, 40, 240, "Total: 45");
    scene_line(s, 40, 260, "Total due 3");
    scene_line(s, 40, 300, "copy paste copy");
    struct element *page = scene_control(s, ROLE_TEXTBOX, box(600, 300, 400, 200), "", NULL);
    page->states = STATE_MULTILINE;
    page->value = "hello big world";
    scene_line(s, 606, 310, "hello big world");
}

static const struct row table_rows[] = {
    {"\"Delete\"", "many 2"},
    {"\"Delete\" in row \"Ada\"", "button \"Delete\" 200,70"},
    {"\"Delete\" in row \"Eve\"", "button \"Delete\" 200,130"},
    {"\"Delete\" in row \"Bob\"", "none"},
    {"checkbox in row \"Eve\"", "checkbox \"\" 400,135"},
    {"2nd button \"Delete\"", "button \"Delete\" 200,130"},
    {"2nd \"Edit\"", "button \"Edlt\" 300,100"},
    {"\"Edit\" in row \"Bob\"", "button \"Edlt\" 300,100"},
    {"button right of \"Bob\"", "button \"Edlt\" 300,100"},
    {"\"Ada\"", "text \"Ada\" 40,75"},
    {"\"Total\"", "text \"Total:\" 40,240"},
    {"\"Total due\"", "text \"Total due\" 40,260"},
    {"\"Bob was deleted\"", "text \"Bob was deleted.\" 216,200"},
    {"\"Bob\" right of \"invited\"", "text \"Bob\" 216,200"},
    {"\"Bob\" left of \"invited\"", "none"},
    {"1st \"copy\"", "text \"copy\" 40,300"},
    {"2nd \"copy\"", "text \"copy\" 128,300"},
    {"\"copy\"", "many 2"},
    {"\"world\"", "text \"world\" 686,310"},
    {"\"Total 46\"", "none"},
    {"checkbox", "many 3"},
};

static void scene_of_survey(struct scene *s)
{
    static const char *const questions[] = {"The room was clean", "I felt safe"};
    static const char *const answers[] = {"Disagree", "Agree"};
    scene_reset(s, 1280, 800);
    scene_line(s, 300, 40, answers[0]);
    scene_line(s, 400, 40, answers[1]);
    for (int i = 0; i < 4; i++) {
        struct buf label = {0};
        const char *question = questions[i / 2];
        buf_addf(&label, "%s %s", question, answers[i % 2]);
        if (i % 2 == 0)
            scene_line(s, 40, 70 + i * 20, question);
        scene_control(s, ROLE_RADIO, box(310 + i % 2 * 100, 70 + i / 2 * 40, 16, 16),
                      buf_text(&label), NULL)
            ->group = question;
        buf_finish(&label);
    }
}

static const struct row survey_rows[] = {
    {"\"The room was clean Agree\"", "radio \"The room was clean Agree\" 410,70"},
    {"radio \"Agree\" in row \"I felt safe\"", "radio \"I felt safe Agree\" 410,110"},
    {"\"Agree\" in \"I felt safe\"", "radio \"I felt safe Agree\" 410,110"},
    {"radio \"Disagree\" in \"The room was clean\"",
     "radio \"The room was clean Disagree\" 310,70"},
    {"radio \"Agree\"", "many 2"},
    {"radio \"I felt safe\"", "many 2"},
};

/* Cells that touch; in Alan's row the button was not seen. */
static void scene_of_cells(struct scene *s)
{
    static const char *const names[] = {"Grace", "Alan", "Ada"};
    scene_reset(s, 1280, 800);
    for (int i = 0; i < 3; i++) {
        scene_line(s, 50, 108 + i * 30, names[i]);
        scene_control(s, ROLE_CELL, box(40, 100 + i * 30, 200, 30), names[i], NULL);
        scene_control(s, ROLE_CELL, box(240, 100 + i * 30, 80, 30), i == 1 ? "" : "Delete", NULL);
        if (i != 1)
            scene_control(s, ROLE_BUTTON, box(250, 104 + i * 30, 60, 22), "Delete", NULL);
    }
}

static const struct row cell_rows[] = {
    {"button \"Delete\" in row \"Grace\"", "button \"Delete\" 250,104"},
    {"button \"Delete\" in row \"Ada\"", "button \"Delete\" 250,164"},
    {"button \"Delete\" in row \"Alan\"", "none"},
};

static void scene_of_text(struct scene *s)
{
    scene_reset(s, 1280, 800);
    scene_line(s, 100, 100, "Thank you, Ada. We have received your message and");
    scene_line(s, 100, 120, "will answer within two working days. Your order");
    scene_line(s, 100, 140, "number is 10248.");
    scene_line(s, 700, 120, "Other news of the day");
    scene_line(s, 100, 200, "Login");
    scene_line(s, 100, 230, "@ Settings");
    scene_line(s, 100, 260, "Not saved");
}

static const struct row text_rows[] = {
    {"\"Thank you, Ada\"", "text \"Thank you, Ada.\" 100,100"},
    {"\"thank you Ada.\"", "text \"Thank you, Ada.\" 100,100"},
    {"\"We have received your message\"", "text \"We have received your message\" 228,100"},
    {"\"your message and will answer\"", "text \"your message and will answer\" 100,100"},
    {"\"Your order number is 10248\"", "text \"Your order number is 10248.\" 100,120"},
    {"\"Your order number is 10249\"", "none"},
    {"\"message and Other news\"", "none"},
    {"\"Thank you, Bob\"", "none"},
    {"\"Settings\"", "text \"Settings\" 116,230"},
    {"\"Log in\"", "text \"Login\" 100,200"},
    {"\"Logout\"", "none"},
    {"\"ogin\"", "none"},
};

/* What was found, in the words of the table. */
static void describe(const struct scene *s, const char *text, struct buf *out, struct err *e)
{
    struct target target;
    struct match m = {0};
    assert_true(target_parse(text, &target, e));
    enum found found = find_target(NULL, s, &target, &m, e);
    if (found == FOUND_NONE)
        buf_add(out, "none");
    else if (found == FOUND_AMBIGUOUS)
        buf_addf(out, "many %.1s", e->text);
    else
        buf_addf(out, "%s \"%s\" %d,%d", m.element ? role_name(m.element->role) : "text",
                 m.element ? m.element->label
                 : m.text  ? m.text
                           : "",
                 m.box.x, m.box.y);
    if (found == FOUND_ONE) {
        assert_true(m.score > 0 && m.score <= 1);
        assert_non_null(m.text);
        assert_false(rect_empty(m.box));
        assert_int_equal(e->kind, ERR_NONE);
    } else {
        assert_true(e->kind == ERR_TASK && e->text[0]);
    }
    target_finish(&target);
}

static void check_rows(void (*fill)(struct scene *), const struct row *rows, size_t count)
{
    struct scene s = {0};
    struct buf got = {0};
    int wrong = 0;
    fill(&s);
    for (size_t i = 0; i < count; i++) {
        struct err e = {0};
        buf_reset(&got);
        describe(&s, rows[i].target, &got, &e);
        if (strcmp(buf_text(&got), rows[i].want) != 0) {
            print_error("%s: wanted %s, got %s (%s)\n", rows[i].target, rows[i].want,
                        buf_text(&got), e.text);
            wrong++;
        }
    }
    buf_finish(&got);
    scene_finish(&s);
    assert_int_equal(wrong, 0);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void test_form(void **state)
{
    (void)state;
    check_rows(scene_of_form, form_rows, COUNT(form_rows));
}

static void test_table(void **state)
{
    (void)state;
    check_rows(scene_of_table, table_rows, COUNT(table_rows));
}

static void test_survey(void **state)
{
    (void)state;
    check_rows(scene_of_survey, survey_rows, COUNT(survey_rows));
}

static void test_cells(void **state)
{
    (void)state;
    check_rows(scene_of_cells, cell_rows, COUNT(cell_rows));
}

static void test_text(void **state)
{
    (void)state;
    check_rows(scene_of_text, text_rows, COUNT(text_rows));
}

/* The words of an error, which must hold these. */
static const struct {
    void (*fill)(struct scene *);
    const char *target;
    const char *holds[3];
} error_rows[] = {
    {scene_of_form,
     "button \"Sve\"",
     {"button \"Sve\"", "nearest", "button \"Save\" at 40,460 (80x30)"}},
    {scene_of_form, "\"Exit\"", {"there is no \"Exit\"", "on the screen"}},
    {scene_of_form, "field \"Phone\"", {"there is no field \"Phone\""}},
    {scene_of_form, "button \"Newsletter\"", {"checkbox \"Newsletter\" at 40,320 (16x16)"}},
    {scene_of_form, "3rd \"Yes\"", {"there is no 3rd \"Yes\"", "only 2"}},
    {scene_of_form, "\"Save\" left of \"Newsletter\"", {"elsewhere", "button \"Save\" at 40,460"}},
    {scene_of_form, "\"Save\" right of \"Nonsense\"", {"there is no \"Nonsense\""}},
    {scene_of_form, "at 5000,1", {"5000,1 is outside", "1280x800"}},
    {scene_of_form, "#99", {"#99"}},
    {scene_of_table,
     "\"Delete\"",
     {"button \"Delete\" at 200,70 (80x26)", "button \"Delete\" at 200,130 (80x26)",
      "2nd \"Delete\""}},
    {scene_of_table, "\"Delete\" in row \"Bob\"", {"in row \"Bob\"", "elsewhere"}},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(error_rows); i++) {
        struct scene s = {0};
        struct buf got = {0};
        struct err e = {0};
        error_rows[i].fill(&s);
        describe(&s, error_rows[i].target, &got, &e);
        for (int k = 0; k < 3 && error_rows[i].holds[k]; k++)
            if (!strstr(e.text, error_rows[i].holds[k]))
                fail_msg("%s: no %s in: %s", error_rows[i].target, error_rows[i].holds[k], e.text);
        buf_finish(&got);
        scene_finish(&s);
    }
}

static void test_nothing_to_see(void **state)
{
    (void)state;
    struct scene s = {0};
    struct err e = {0};
    struct buf got = {0};
    scene_reset(&s, 640, 480);
    describe(&s, "\"Save\"", &got, &e);
    assert_non_null(strstr(e.text, "no text at all"));
    buf_finish(&got);
    scene_finish(&s);
}

static void test_no_screen(void **state)
{
    (void)state;
    struct scene s = {0};
    struct match m;
    struct err e = {0};
    struct target none = {0}, image = {.kind = TARGET_IMAGE, .text = (char *)"logo.png"};
    scene_reset(&s, 640, 480);
    assert_int_equal(find_target(NULL, &s, &image, &m, &e), FOUND_NONE);
    assert_int_equal(e.kind, ERR_USAGE);
    assert_int_equal(find_target(NULL, &s, &none, &m, &e), FOUND_NONE);
    assert_int_equal(find_target(NULL, &s, &none, &m, NULL), FOUND_NONE); /* nobody asks why */
    scene_finish(&s);
}

/* An open list: its option is meant, not the box that already shows the same. */
static void test_option_and_value(void **state)
{
    (void)state;
    struct scene s = {0};
    struct buf got = {0};
    struct err e = {0};
    scene_of_form(&s);
    scene_control(&s, ROLE_OPTION, box(200, 270, 240, 20), "France", NULL)->text = "France";
    scene_line(&s, 206, 272, "France");
    describe(&s, "\"France\"", &got, &e);
    assert_string_equal(buf_text(&got), "option \"France\" 200,270");
    buf_finish(&got);
    scene_finish(&s);
}

/* A link inside its table cell is one thing. */
static void test_nested(void **state)
{
    (void)state;
    struct scene s = {0};
    struct buf got = {0};
    struct err e = {0};
    scene_reset(&s, 640, 480);
    scene_control(&s, ROLE_CELL, box(10, 10, 200, 40), "Invoice", NULL)->text = "Invoice";
    scene_control(&s, ROLE_LINK, box(20, 20, 60, 16), "Invoice", NULL)->text = "Invoice";
    scene_line(&s, 20, 20, "Invoice");
    describe(&s, "\"Invoice\"", &got, &e);
    assert_string_equal(buf_text(&got), "link \"Invoice\" 20,20");
    buf_finish(&got);
    scene_finish(&s);
}

/* A long screen and a long target: bounded work, no crash. */
static void test_large(void **state)
{
    (void)state;
    struct scene s = {0};
    struct match m;
    struct err e = {0};
    struct buf text = {0};
    scene_reset(&s, 1920, 1080);
    for (int y = 0; y < 1080; y += 18)
        scene_line(&s, 10, y, "the quick brown fox jumps over the lazy dog and runs away again");
    for (int i = 0; i < 400; i++)
        buf_add(&text, "the quick brown cat ");
    struct target target = {.kind = TARGET_TEXT, .text = buf_take(&text)};
    assert_int_equal(find_target(NULL, &s, &target, &m, &e), FOUND_NONE);
    target_finish(&target);
    struct target fox = {.kind = TARGET_TEXT, .text = (char *)"brown fox", .ordinal = 60};
    assert_int_equal(find_target(NULL, &s, &fox, &m, &e), FOUND_ONE);
    assert_int_equal(m.box.y, 59 * 18);
    scene_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_survey),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_nothing_to_see),
        cmocka_unit_test(test_no_screen),
        cmocka_unit_test(test_option_and_value),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * The form policy on real programs: Chromium pages in unlike styles, GTK and Tk forms. What arrived
 * is taken from the program itself: the page's console (received.js), what a native program
 * printed.
 */
#include "tests/programs.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What the page received: [1:1:INFO:CONSOLE(1)] "received: {...}", source: ... */
static char *received(const char *folder)
{
    const char *before = "\"received: ", *behind = "\", source:";
    char *output = file_text(folder, "program.err"), *begin = strstr(output, before);
    char *end = begin ? strstr(begin, behind) : NULL;
    begin = begin ? begin + strlen(before) : NULL;
    char *json = end ? mem_text_n(begin, (size_t)(end - begin)) : mem_text("");
    free(output);
    return json;
}

static void page(const char *name)
{
    struct buf text = {0}, task = {0}, expected = {0};
    const char *folder = new_folder();
    buf_addf(&task, "tests/forms/%s.yaml", name);
    buf_addf(&expected, "%s.json", name);
    int status = hem(&text, "run", buf_text(&task), "--out", folder, NULL);
    char *arrived = received(folder), *wanted = file_text("tests/forms", buf_text(&expected));
    cJSON *got = cJSON_Parse(arrived), *meant = cJSON_Parse(wanted);
    if (status != 0 || !cJSON_Compare(got, meant, true))
        fail_msg("%s: status %d\n%s\nreceived: %s\nmeant:    %s", name, status, buf_text(&text),
                 arrived, wanted);
    cJSON_Delete(got);
    cJSON_Delete(meant);
    free(arrived);
    free(wanted);
    remove_folder(folder);
    buf_finish(&text);
    buf_finish(&task);
    buf_finish(&expected);
}

static void native(const char *task, const char *const *printed)
{
    struct buf text = {0};
    const char *folder = new_folder();
    int status = hem(&text, "run", task, "--out", folder, NULL);
    char *output = file_text(folder, "program.out");
    for (; status == 0 && *printed; printed++)
        if (!strstr(output, *printed))
            fail_msg("%s did not print \"%s\" but:\n%s", task, *printed, output);
    if (status != 0)
        fail_msg("%s: status %d\n%s", task, status, buf_text(&text));
    free(output);
    remove_folder(folder);
    buf_finish(&text);
}

#define PAGE(name)                                                                                 \
    static void test_##name(void **state)                                                          \
    {                                                                                              \
        (void)state;                                                                               \
        page(#name);                                                                               \
    }
PAGE(dark)
PAGE(floating)
PAGE(plain)
PAGE(survey)
PAGE(table)
PAGE(units)
PAGE(wizard)

static void test_yad(void **state)
{
    (void)state;
    native("examples/native/yad.yaml",
           (const char *const[]){
               "Sketch of the Analytical Engine\nL. F. Menabrea\n1842\nFrench\nTRUE\n", NULL});
}

/* The PIN is a secret: what the program prints of it must not be kept. */
static void test_zenity(void **state)
{
    (void)state;
    native("examples/native/zenity.yaml",
           (const char *const[]){"Grace|Hopper|7 Cobol Lane|{{secret:PIN}}|Harbour", NULL});
}

static void test_tk(void **state)
{
    (void)state;
    native("examples/native/tk.yaml", (const char *const[]){"Ada Lovelace", "Rowing boat", NULL});
}

static void test_registration(void **state)
{
    (void)state;
    struct buf text = {0};
    const char *folder = new_folder();
    int status =
        hem(&text, "run", "examples/registration/registration.yaml", "--out", folder, NULL);
    char *record = file_text(folder, "trajectory.jsonl"),
         *secret = file_text("examples/registration", "password.txt");
    secret[strcspn(secret, "\n")] = '\0';
    if (status != 0)
        fail_msg("status %d\n%s", status, buf_text(&text));
    assert_null(strstr(record, secret));
    assert_null(strstr(buf_text(&text), secret));
    free(record);
    free(secret);
    remove_folder(folder);
    buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registration), cmocka_unit_test(test_dark),
        cmocka_unit_test(test_floating),     cmocka_unit_test(test_plain),
        cmocka_unit_test(test_table),        cmocka_unit_test(test_units),
        cmocka_unit_test(test_wizard),       cmocka_unit_test(test_yad),
        cmocka_unit_test(test_zenity),       cmocka_unit_test(test_tk),
        cmocka_unit_test(test_survey)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

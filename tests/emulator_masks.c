/* What of a screen may be told to others when a task has secrets. */
#include "emulator/masks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *line;
    bool allowed;
} lines[] = {
    {"", true},
    {"First name", true},
    {"correct horse battery", false},
    {"Your phrase: correct horse battery.", false},
    {"c0rrect horse battery", false}, /* misread */
    {"a horse", true},
    {"42", true}, /* too short to be told from other numbers */
};

static void lines_like_secrets_are_not_told(void **state)
{
    (void)state;
    struct data secrets = {0};
    data_add(&secrets, "Phrase", "correct horse battery");
    data_add(&secrets, "Age", "42");
    struct masks m = {.secrets = &secrets};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (masks_allow(&m, lines[i].line) != lines[i].allowed)
            fail_msg("\"%s\" is %s", lines[i].line, lines[i].allowed ? "not told" : "told");
    masks_typed(&m, NULL, (struct rect){0});
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_false(masks_allow(&m, lines[i].line));
    masks_finish(&m);
    data_finish(&secrets);
}

static void without_secrets_all_is_told(void **state)
{
    (void)state;
    struct masks m = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_true(masks_allow(&m, lines[i].line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_like_secrets_are_not_told),
        cmocka_unit_test(without_secrets_all_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

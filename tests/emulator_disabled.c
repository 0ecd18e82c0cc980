/* What is disabled is waited for, and then told as disabled. */
#include "tests/trials.h"

static void test_disabled_in_chromium(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Insurance\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Save\"", OUTCOME_FAILED, "button \"Save\" is disabled", NULL},
        {"check \"Insurance\"", OUTCOME_FAILED, "checkbox \"Insurance\" is disabled", NULL},
        {"choose \"Large\" in \"Size\"", OUTCOME_FAILED, "is disabled", NULL},
        {"type \"x\" into \"Code\"", OUTCOME_FAILED, "textbox \"Code\" is disabled", NULL},
        {"set \"Code\" to \"x\"", OUTCOME_FAILED, "textbox \"Code\" is disabled", NULL},
        {"click \"Open\"", OUTCOME_DONE, NULL, NULL},
        {"expect \"Opened\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Prepare\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Send\"", OUTCOME_DONE, NULL, NULL}, /* it is enabled a moment later */
        {"expect \"Sent off\"", OUTCOME_DONE, NULL, NULL},
        {"check \"Gift wrap\"", OUTCOME_DONE, NULL, NULL},
        {"choose \"Medium\" in \"Size\"", OUTCOME_DONE, NULL, NULL},
        {"type \"Ada\" into \"Name\"", OUTCOME_DONE, NULL, NULL}};
    TRIALS_RUN("chromium", "disabled", NULL, trials);
}

static void test_disabled_in_gtk(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Insurance\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Save\"", OUTCOME_FAILED, "button \"Save\" is disabled", NULL},
        {"check \"Insurance\"", OUTCOME_FAILED, "checkbox \"Insurance\" is disabled", NULL},
        {"click \"Prepare\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Send\"", OUTCOME_DONE, NULL, NULL},
        {"expect \"Sent off\"", OUTCOME_DONE, NULL, NULL},
        {"check \"Gift wrap\"", OUTCOME_DONE, NULL, NULL}};
    TRIALS_RUN("gtk", "disabled", NULL, trials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disabled_in_chromium),
        cmocka_unit_test(test_disabled_in_gtk),
    };
    log_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What covers a target is named, and closed when the task says so. */
#include "tests/trials.h"

static void test_covers_in_chromium(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Print\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Send\"", OUTCOME_FAILED, "dialog \"We use cookies\" may cover it", NULL},
        {"click \"Accept all\" in dialog", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Send\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Show tips\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Print\"", OUTCOME_FAILED, "dialog \"Tip of the day\" covers it", NULL},
        {"set \"Name\" to \"Ada\"", OUTCOME_FAILED, "dialog \"Tip of the day\" covers it", NULL},
        {"click \"Close\" in dialog \"Tip of the day\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"set \"Name\" to \"Ada\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED}};
    TRIALS_RUN("chromium", "covers", NULL, trials);
}

static void test_close_in_chromium(void **state)
{
    (void)state;
    static const char *const close[] = {"button \"Reject all\"",
                                        "\"Close\" in dialog \"Tip of the day\"", NULL};
    static const struct trial trials[] = {
        {"click \"Show tips\"", OUTCOME_DONE, NULL, NULL},
        {"expect \"Reject all\"", OUTCOME_DONE, NULL, NULL}, /* it covers nothing yet */
        {"set \"Name\" to \"Ada\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Send\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"expect \"Sent off\"", OUTCOME_DONE, NULL, NULL}};
    TRIALS_RUN("chromium", "covers", close, trials);
}

static void test_covers_in_gtk(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Later\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Send\"", OUTCOME_FAILED, "window \"Update available\" may cover it", NULL},
        {"click \"Later\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Send\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"hover \"Help\"", OUTCOME_DONE, NULL, NULL},
        {"wait for \"Opens the manual\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Chapter one\"", OUTCOME_FAILED, "tooltip \"Opens the manual", NULL}};
    TRIALS_RUN("gtk", "covers", NULL, trials);
}

static void test_close_in_gtk(void **state)
{
    (void)state;
    static const char *const close[] = {"button \"Later\"", NULL};
    static const struct trial trials[] = {{"wait for \"Later\"", OUTCOME_DONE, NULL, NULL},
                                          {"click \"Send\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
                                          {"expect \"Sent off\"", OUTCOME_DONE, NULL, NULL}};
    TRIALS_RUN("gtk", "covers", close, trials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_covers_in_chromium),
        cmocka_unit_test(test_close_in_chromium),
        cmocka_unit_test(test_covers_in_gtk),
        cmocka_unit_test(test_close_in_gtk),
    };
    log_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What came of an action: confirmed, or no effect seen, on real programs. */
#include "tests/trials.h"

static void test_effects_in_chromium(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Newsletter\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Idle\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"click \"Nowhere\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"click \"Greet\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Greet\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN}, /* it says so already */
        {"click \"Bold\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"type \"Ada\" into \"Name\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click at 700,500", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"click \"Idle\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN}, /* but a field loses its ring */
        {"click \"Deaf\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"type \"Grace\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"press x", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"click \"Secret\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"type \"Grace\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN}, /* bullets are not the text */
        {"check \"Newsletter\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"press Tab", OUTCOME_DONE, NULL, EFFECT_CONFIRMED}};
    TRIALS_RUN("chromium", "effects", NULL, trials);
}

static void test_effects_in_gtk(void **state)
{
    (void)state;
    static const struct trial trials[] = {
        {"wait for \"Newsletter\"", OUTCOME_DONE, NULL, NULL},
        {"click \"Idle\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN},
        {"click \"Greet\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Bold\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"type \"Ada\" into \"Name\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"type \" Lovelace\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
        {"click \"Idle\"", OUTCOME_DONE, NULL, NULL}, /* it gets a ring, as keys were used */
        {"type \"Grace\"", OUTCOME_DONE, NULL, EFFECT_NONE_SEEN}, /* a button has the focus */
        {"check \"Newsletter\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED}};
    TRIALS_RUN("gtk", "effects", NULL, trials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects_in_chromium),
        cmocka_unit_test(test_effects_in_gtk),
    };
    log_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

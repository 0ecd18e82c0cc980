/* What came of a step, on real programs: what can't be done is told as what it is. */
#include "base/log.h"
#include "emulator/emulator.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A step and what must be told of it. */
struct trial {
    const char *step;
    enum outcome outcome;
    const char *error;  /* a part of it; NULL: none */
    const char *effect; /* of its last action; NULL: whatever it is */
};

static struct emulator *place_open(const char *program, const char *argument, struct task *task)
{
    static struct emulator_options options;
    struct err e = {0};
    char here[PATH_MAX];
    struct buf page = {0};
    bool browser = strcmp(program, "chromium") == 0;
    if (!getcwd(here, sizeof here))
        abort();
    buf_addf(&page, browser ? "--app=file://%s/tests/delivery/%s.html" : "%s/tests/delivery/%s.py",
             here, browser ? argument : program);
    char *gtk[] = {"/usr/bin/python3", page.text, (char *)argument, NULL};
    char *chromium[] = {"chromium", page.text, NULL};
    task_from_goal("", browser ? chromium : gtk, task);
    options = (struct emulator_options){.task = task};
    struct emulator *em = emulator_open(&options, &e);
    buf_finish(&page);
    if (!em)
        fail_msg("%s", e.text);
    return em;
}

static void texts_take(struct texts *t, const char *const items[])
{
    int count = 0;
    while (items && items[count])
        count++;
    t->items = mem_zero((size_t)count + 1, sizeof *t->items);
    for (; t->count < count; t->count++)
        t->items[t->count] = mem_text(items[t->count]);
}

static void step_do(struct emulator *em, const char *step, const char *const close[],
                    struct emulator_report *report)
{
    struct task task;
    task_from_goal("", NULL, &task);
    free(task.policy);
    task.policy = mem_text("script");
    texts_take(&task.steps, (const char *const[]){step, NULL});
    texts_take(&task.close, close);
    emulator_do(em, &task, report);
    task_finish(&task);
}

/* Of the last thing that the hands have done; NULL: none was done, or nobody looked. */
static const char *last_effect(const struct history *history)
{
    const struct history_turn *turn;
    for (int back = 0; (turn = history_last(history, back)); back++)
        if (turn->acted)
            return turn->effect;
    return NULL;
}

/* CLOSE: what may be clicked to get a cover away; NULL: nothing. */
static void trials_run(const char *program, const char *argument, const char *const close[],
                       const struct trial *trials, size_t count)
{
    struct task task;
    struct buf problems = {0};
    struct emulator *em = place_open(program, argument, &task);
    for (size_t i = 0; i < count; i++) {
        const struct trial *t = &trials[i];
        struct emulator_report r;
        step_do(em, t->step, close, &r);
        const char *effect = last_effect(emulator_history(em));
        if (r.outcome != t->outcome || (t->error && !strstr(r.err.text, t->error)) ||
            (t->effect && (!effect || strcmp(effect, t->effect) != 0)))
            buf_addf(&problems, "%s: %s: %s, %s: %s\n", program, t->step, outcome_name(r.outcome),
                     effect ? effect : "nothing done", r.err.text);
        emulator_report_finish(&r);
    }
    emulator_close(em);
    task_finish(&task);
    if (problems.length)
        fail_msg("%s", buf_text(&problems));
    buf_finish(&problems);
}

#define TRIALS_RUN(program, argument, close, trials)                                               \
    trials_run(program, argument, close, trials, sizeof(trials) / sizeof *(trials))

/* ---- what is disabled ---- */

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

/* ---- what came of it ---- */

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

/* ---- what covers it ---- */

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
    static const struct trial trials[] = {{"click \"Send\"", OUTCOME_DONE, NULL, EFFECT_CONFIRMED},
                                          {"expect \"Sent off\"", OUTCOME_DONE, NULL, NULL}};
    TRIALS_RUN("gtk", "covers", close, trials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disabled_in_chromium), cmocka_unit_test(test_disabled_in_gtk),
        cmocka_unit_test(test_effects_in_chromium),  cmocka_unit_test(test_effects_in_gtk),
        cmocka_unit_test(test_covers_in_chromium),   cmocka_unit_test(test_close_in_chromium),
        cmocka_unit_test(test_covers_in_gtk),        cmocka_unit_test(test_close_in_gtk),
    };
    log_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

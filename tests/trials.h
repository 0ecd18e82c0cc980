/*
 * trials: steps that are done one after the other on one program, and what must be told of each.
 * For tests that link all rooms; the programs are in tests/delivery.
 */
#ifndef TESTS_TRIALS_H
#define TESTS_TRIALS_H

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

static inline struct emulator *place_open(const char *program, const char *argument,
                                          struct task *task)
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

static inline void texts_take(struct texts *t, const char *const items[])
{
    int count = 0;
    if (!items)
        return;
    while (items[count])
        count++;
    t->items = mem_zero((size_t)count + 1, sizeof *t->items);
    for (; t->count < count; t->count++)
        t->items[t->count] = mem_text(items[t->count]);
}

static inline void step_do(struct emulator *em, const char *step, const char *const close[],
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
static inline const char *last_effect(const struct history *history)
{
    const struct history_turn *turn;
    for (int back = 0; (turn = history_last(history, back)); back++)
        if (turn->acted)
            return turn->effect;
    return NULL;
}

/* CLOSE: what may be clicked to get a cover away; NULL: nothing. */
static inline void trials_run(const char *program, const char *argument, const char *const close[],
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

#endif

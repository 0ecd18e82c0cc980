/*
 * skill: the steps of an earlier run, found again by sight. Before each step it sees to it that the
 * screen is what the skill expects: that the target is there, is what it was, and is the only one,
 * that nothing lies over it, and that the form does not ask for more than the skill knows. If it is
 * not, nothing is done, and the error says what was expected and what was seen.
 */
#ifndef POLICY_SKILL_H
#define POLICY_SKILL_H

#include "policy/decider.h"

/* All borrowed for the policy's life. */
struct skill_task {
    const struct step *steps; /* with their data filled in */
    int step_count;
    const struct data *known;  /* names of fields that the skill knows though no step names them */
    const struct step *expect; /* what must be seen afterwards */
    int expect_count;
    const char *submit;      /* the button that sends the data; NULL: the last that is pressed */
    const double *pauses_ms; /* before each step, since the one before it was begun; NULL: none */
};

struct decider skill_decider(const struct policy_context *context, const struct skill_task *task);

#endif

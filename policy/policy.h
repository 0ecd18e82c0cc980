/*
 * policy: what decides. Every use of hem is one policy in the loop: form, script, literal, model.
 *
 * A policy says steps; the stepper turns each into actions, looking again after every one. Policies
 * know neither the eyes nor the hands: a target is found through the finder that emulator/ lends.
 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "base/action.h"
#include "base/data.h"
#include "base/err.h"
#include "base/find.h"
#include "base/history.h"
#include "base/scene.h"
#include "base/step.h"

struct policy;

/* What every policy gets; borrowed for the policy's life. */
struct policy_context {
    struct finder finder;
    const struct data *secrets; /* names and values of {{secret:name}} */

    /* Told about every step that ended, in order: FAILED is NULL, or why it could not be done. May
     * be NULL. */
    void (*step_ended)(void *self, const struct step *step, const struct err *failed);
    /* What lies over a window, for people: `window "Update"`, several parted by commas; nothing
     * when nothing does. May be NULL. */
    void (*name_covers)(void *self, const struct scene *scene, struct buf *out);
    /* The screen NAME was expected, and is like it (UNLIKE NULL) or, when time is up, is not. True:
     * that does not count. May be NULL. */
    bool (*screen_ended)(void *self, const char *name, const struct err *unlike);
    void *self; /* borrowed; handed to the three above */

    double patience; /* all times that a step waits are so much longer; 0: as they are */

    /* What may be clicked to get away what covers the target of a step: `click` steps. */
    const struct step *close;
    int close_count;
};

/* What a form needs; all borrowed for the policy's life. */
struct form_task {
    const struct data *fields; /* names and values, the values may hold {{secret:name}} */
    const char *submit;        /* the button that sends it; NULL: fill in only */
    const struct step *expect; /* what must be seen afterwards */
    int expect_count;
};

/* The built-in policies. Each returns an owned policy and never fails. */
struct policy *form_create(const struct policy_context *context, const struct form_task *task);

/* STEPS (borrowed) one after the other, then EXPECT. A step that clicks SUBMIT (NULL: any click or
 * Return) commits. */
struct policy *script_create(const struct policy_context *context, const struct step *steps,
                             int step_count, const struct step *expect, int expect_count,
                             const char *submit);

/*
 * The next action on this scene. ACTION_DONE when there is nothing more to do. False: ERR_TASK with
 * what could not be done and what was seen instead, or ERR_REPLY. OUT's strings are valid until the
 * next decide.
 */
bool policy_decide(struct policy *p, const struct scene *scene, const struct history *history,
                   struct action *out, struct err *e);

/* The step that the last action belongs to; NULL before the first, and for an action that is no
 * step's. */
const struct step *policy_step(const struct policy *p);

/* Where that step's target is on the scene that was decided on; false when it has no place. */
bool policy_place(const struct policy *p, struct rect *out);

/* What the field should show of what was typed last, as it writes it; NULL when that is not known.
 * Valid until the next decide. */
const char *policy_shown(const struct policy *p);

const struct data *policy_values(const struct policy *p); /* what `read` steps read */

/* What a person should know though nothing failed ("Notes: read back as ..., could not be sure");
 * "" for nothing. */
const char *policy_notes(const struct policy *p);

/* Who has decided so far: "form", "skill, form". */
const char *policy_who(const struct policy *p);

void policy_destroy(struct policy *p); /* takes NULL */

#endif

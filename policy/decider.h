/*
 * decider: what one kind of policy has to say; policy.c does the rest (stepping, reading, notes).
 */
#ifndef POLICY_DECIDER_H
#define POLICY_DECIDER_H

#include "policy/policy.h"

enum next {
    NEXT_STEP,   /* a step was given */
    NEXT_ACTION, /* an action was given, which is no step's */
    NEXT_LOOK,   /* look again after something has changed */
    NEXT_DONE,   /* nothing more to do */
    NEXT_FAILED, /* the error says why */
};

/* A step with what the decider knows beyond its text. */
struct plan {
    struct step step;  /* owned by who receives the plan */
    struct rect place; /* where the decider saw the target, empty: the finder shall find it */
    bool again;   /* it was tried before: what is there must be cleared, even if nothing is read */
    bool lines;   /* PLACE is a box whose lines are there to be chosen */
    bool adds;    /* what is chosen in it already stays chosen */
    bool commits; /* may send the data away */
    bool sends;   /* does, as far as is known: nobody may begin again after it */
    char *note;   /* owned; what a person should know, with its line end; NULL: nothing */
    struct action action; /* for NEXT_ACTION; its strings are the decider's */
    const char *check;    /* what a person has to confirm first, whatever the guard says; the
                             decider's; NULL: nothing */
};

struct decider {
    const char *name; /* "form" */
    bool anywhere;    /* it can go on from where another has stopped */
    /* The next step on this scene. HISTORY tells what was done. OUT is filled for NEXT_STEP and
     * NEXT_ACTION only. */
    enum next (*next)(void *self, const struct scene *scene, const struct history *history,
                      struct plan *out, struct err *e);
    /* The last step could not be done, for the reason in E. True: the decider knows how to go on.
     * NULL: never. */
    bool (*failed)(void *self, const struct step *step, struct err *e);
    /* It said that it can't go on, and others have done something since: can it now? NULL: never.
     */
    bool (*back)(void *self, const struct scene *scene, const struct history *history);
    /* Who has decided so far: "skill, form"; NULL: its name says it. */
    const char *(*who)(void *self);
    void (*destroy)(void *self);
    void *self; /* owned */
};

/* Takes DECIDER over. */
struct policy *policy_create(const struct policy_context *context, struct decider decider);

/* The deciders of form_create and script_create. */
struct decider form_decider(const struct policy_context *context, const struct form_task *task);
/* NAME: "script", or "literal". */
struct decider script_decider(const char *name, const struct step *steps, int step_count,
                              const struct step *expect, int expect_count, const char *submit);

/* May this step send data away? A click on SUBMIT (NULL: any click or Return) may. */
bool step_commits(const struct step *step, const char *submit);

#endif

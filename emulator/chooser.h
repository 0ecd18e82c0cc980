/*
 * chooser: from a task to the policy that does it.
 */
#ifndef EMULATOR_CHOOSER_H
#define EMULATOR_CHOOSER_H

#include "emulator/task.h"
#include "policy/model.h"
#include "policy/policy.h"
#include "vision/gallery.h"

/* What a policy of a task needs while it works. */
struct chooser {
    struct data fields; /* owned: the task's, and those that take a secret */
    struct step *steps; /* owned */
    int step_count;
    struct step *expect; /* owned */
    int expect_count;
    struct step *close; /* owned */
    int close_count;
    struct step *skill; /* owned; the steps of a skill, which go first */
    int skill_count;
    double *pauses_ms; /* owned; before each of them; NULL: none */
    bool has_skill;
    struct data known;       /* owned; what the skill knows that no step of it names */
    const char *policy;      /* "form", "script", "literal", "model", or "skill" alone */
    struct model_name model; /* owned; with a model also the next three */
    struct buf key;          /* for its server; "" for none */
    struct price price;
    struct wallet *wallet;    /* owned; while its policy lives */
    bool helped;              /* it goes on when the policy can't */
    char note[ERR_TEXT_SIZE]; /* why a skill that is there is not used; "" for nothing */
};

/* What a model is lent while it works. */
struct chooser_lent {
    struct camera camera;
    const struct deadline *deadline; /* borrowed */
    struct budget *run;              /* borrowed; NULL: there is no limit but the task's */
    bool (*answer)(void *self, const char *question, struct buf *out);
    void *self;
};

/* Decides which policy and parses its steps. ERR_USAGE: nothing to do, more than one thing to do, a
 * policy that is not built yet, an instruction that is not understood. */
bool chooser_prepare(struct chooser *c, const struct task *task, struct err *e);

/* Reads the pictures of all its steps. ERR_USAGE, with file and line where those are known. */
bool chooser_pictures(const struct chooser *c, const struct task *task, struct gallery *gallery,
                      struct err *e);

/* For people and records: the policy, "auto" when a skill goes before it. */
const char *chooser_name(const struct chooser *c);

struct policy *chooser_policy(struct chooser *c, const struct task *task,
                              const struct policy_context *context,
                              const struct chooser_lent *lent);
void chooser_finish(struct chooser *c);

#endif

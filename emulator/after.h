/*
 * after: the steps that are done when a task has ended, however it did.
 */
#ifndef EMULATOR_AFTER_H
#define EMULATOR_AFTER_H

#include "emulator/task.h"
#include "policy/policy.h"
#include "vision/gallery.h"

struct after {
    struct step *steps; /* owned */
    int count;
};

/* Reads the steps of TASK (filled in), and their pictures. ERR_USAGE. */
bool after_prepare(struct after *a, const struct task *task, struct gallery *gallery,
                   struct err *e);

/* The policy that does them. */
struct policy *after_policy(const struct after *a, const struct policy_context *context);

/* Joins what went wrong in them, LATE, to what went wrong before: the first thing counts. */
void after_blame(const struct err *late, struct err *e);

void after_finish(struct after *a);

#endif

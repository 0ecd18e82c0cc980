/*
 * replay: a trajectory done again: by sight, as a task whose steps are those that were recorded; or
 * blindly, action for action at the same pixels and times.
 */
#ifndef EMULATOR_REPLAY_H
#define EMULATOR_REPLAY_H

#include "emulator/emulator.h"
#include "trajectory/read.h"

struct replay_options {
    const char *dir;   /* of the trajectory */
    char **program;    /* started instead of the recorded one; ends with NULL; NULL: none */
    const char *until; /* the last step: its number, or a part of its line; NULL: all */
    double speed;      /* 1: with the pauses that were recorded, 2: half as long; 0: none */
    const char *model; /* PROVIDER/NAME, which goes on where sight can't; NULL: none */
    const char *const *secrets; /* NAME=env:VARIABLE or NAME=file:PATH */
    int secret_count;
};

/*
 * The task that does R again, filled in. Guard, secrets, and what closes things come from the file
 * of the task that was recorded, where it is still there. ERR_TASK: something was done that can't
 * be done again by sight; ERR_USAGE: there is no such step, or a secret is missing.
 */
bool replay_task(const struct recording *r, const struct replay_options *o, struct task *out,
                 struct err *e);

/* The same without the steps: the place and the secrets, for a blind replay. */
bool replay_place(const struct recording *r, const struct replay_options *o, struct task *out,
                  struct err *e);

/* The turns up to that step: index of the first that is not done any more. UNTIL NULL: OUT stays as
 * it is. */
bool replay_end(const struct recording *r, const char *until, int *out, struct err *e);

/*
 * Does the recorded actions in the place that EM is in, each at its pixels and not before its time.
 * Nobody looks, and no guard is asked. ERR_USAGE: the screen has another size. OUT says how it
 * went.
 */
void replay_blindly(struct emulator *em, const struct recording *r, const struct replay_options *o,
                    struct emulator_report *out);

#endif

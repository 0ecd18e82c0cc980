/*
 * learn: from recorded episodes to a skill: a task file whose steps are those that were done, with
 * {{holes}} for the data. What it is read as, see docs/tasks.md.
 */
#ifndef EMULATOR_LEARN_H
#define EMULATOR_LEARN_H

#include "base/buf.h"
#include "base/err.h"

struct learn_options {
    const char *const *dirs; /* the trajectories */
    int count;
    const char *out;  /* the file; NULL: beside the task's file (skill_beside), or task.yaml in the
                         folder of the first, where there is none */
    const char *rows; /* a table that demonstrations were of; NULL: none is known */
};

struct learned {
    char *path; /* owned; of the file */
    int steps, holes;
};

/*
 * Learns from the trajectories (several: of one task, with different data) and writes a task file.
 * ERR_TASK: an episode that is not done, or, unless a person did it, that no expectation was met
 * in; something was done that no step says; a value that stands for two things; episodes that did
 * different things. ERR_USAGE: no trajectory, or its task's file or the table can't be read.
 */
bool learn_skill(const struct learn_options *o, struct learned *learned, struct err *e);
void learned_finish(struct learned *l);

/* Where the skill of a task file is looked for: NAME.skill.yaml beside it; owned by the caller. */
char *skill_beside(const char *task_path);

#endif

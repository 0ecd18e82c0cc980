/*
 * skill_file: a learned skill, filled in with the data of a task that is to be done with it.
 */
#ifndef EMULATOR_SKILL_FILE_H
#define EMULATOR_SKILL_FILE_H

#include "emulator/task.h"

/*
 * Reads the skill at PATH and fills it in from TASK, which is filled in itself. False with
 * ERR_USAGE when it can't be read or does not fit: it needs a datum that the task has not, the task
 * has one that it knows nothing of, or one that it was learned for another value of.
 */
bool skill_load(const char *path, const struct task *task, struct task *out, struct err *e);

/* Does SKILL hold for the values of the task, of which it takes none from the data? */
bool skill_holds(const struct task *skill, const struct data *names, struct err *e);

#endif

/*
 * layout: the files of a task, put into the HOME of its program before that starts.
 */
#ifndef EMULATOR_LAYOUT_H
#define EMULATOR_LAYOUT_H

#include "emulator/desktop.h"
#include "emulator/task.h"

/* Of a task that is filled in. ERR_IO; ERR_USAGE on a display that was attached. */
bool layout_write(struct desktop *d, const struct task *task, struct err *e);

#endif

/*
 * learn_parts: what the files behind learn.h share. Nobody else includes it.
 */
#ifndef EMULATOR_LEARN_PARTS_H
#define EMULATOR_LEARN_PARTS_H

#include "emulator/slots.h"
#include "trajectory/lesson.h"

/* What is learned from: the lessons of the episodes, side by side. */
struct learning {
    struct recording recordings[SLOTS_EPISODES_MAX]; /* owned */
    struct lesson lessons[SLOTS_EPISODES_MAX];       /* owned */
    int count;
    struct slots slots;
    const char *task; /* path of its file; borrowed; "": demonstrations have none */
};

/* What stands after the last thing done are the task's own expectations, which it keeps. */
int learn_steps_count(const struct lesson *l);

/* Gives each episode the row of the table CSV_PATH that its texts are of, as its data. ERR_TASK: no
 * row is. */
bool learn_rows(struct learning *l, const char *csv_path, struct err *e);

/* The task's file with the steps in the place of what was to be done (learn_write.c); read again
 * before it takes the place of what is at PATH. */
bool learn_write(const struct learning *l, const char *path, struct err *e);

#endif

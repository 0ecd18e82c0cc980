/*
 * descendants: the processes that have come from one process, wherever they went: other groups and
 * sessions, and (when it is a subreaper) children of children that have ended. As /proc shows them
 * at one moment.
 */
#ifndef EMULATOR_DESCENDANTS_H
#define EMULATOR_DESCENDANTS_H

#include <sys/types.h>

struct process {
    pid_t pid, parent;
    char state; /* as in proc(5); 'Z': has ended, not yet reaped */
};

/* Fills OUT with at most MAX of them, parents before children; returns how many. ROOT itself is not
 * among them. */
int descendants_list(pid_t root, struct process *out, int max);

#endif

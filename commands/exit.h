/*
 * exit: the statuses with which every command ends.
 */
#ifndef COMMANDS_EXIT_H
#define COMMANDS_EXIT_H

#include "base/err.h"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_TASK = 1,        /* the task or case failed */
    EXIT_USAGE = 2,       /* usage or a bad file */
    EXIT_ENVIRONMENT = 3, /* display, program, disk */
    EXIT_LIMIT = 4,       /* time, turns, dollars */
    EXIT_NOTHING = 5,     /* nothing to do */
    EXIT_STOPPED = 130,   /* interrupted */
};

int exit_status(const struct err *e); /* for what went wrong; EXIT_DONE for no error */

/* Prints "hem: TEXT" to standard error and returns the status. */
int exit_with(const struct err *e);

#endif

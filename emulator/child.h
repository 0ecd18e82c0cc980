/*
 * child: a program that was started through the keeper, and the files that it writes its output to.
 */
#ifndef EMULATOR_CHILD_H
#define EMULATOR_CHILD_H

#include "base/err.h"
#include "emulator/home.h"
#include "emulator/keeper.h"

#include <stdbool.h>

/* Zero-initialised: not started. */
struct child {
    pid_t pid;        /* 0: not started */
    char *name;       /* owned: as it was called */
    char *out_path;   /* owned: its standard output; NULL: goes where its standard error goes */
    char *error_path; /* owned: its standard error */
};

struct child_start {
    const char *const *argv;
    char *const *environment; /* all of it */
    const char *directory;    /* NULL: ours */
    const char *log;          /* NAME: writes to log/NAME in the home */
    bool separate;            /* standard output to log/NAME.out */
    const char
        *package; /* Debian's, to be named when the program is missing; NULL: it is not known */
    int passed;   /* as in keeper.h */
    int death_signal;
    bool last;
};

/* ERR_PROGRAM (with the package, when the program is missing) or ERR_IO. C is not finished first.
 */
bool child_start(struct child *c, struct keeper *k, const struct home *h,
                 const struct child_start *what, struct err *e);

/* Has it ended? False for one that was not started. */
bool child_ended(const struct child *c, struct keeper *k, int *status);

/* "NAME exited with status 3 WHEN:" and the last lines of its standard error. Returns false. */
bool child_ended_err(const struct child *c, int status, const char *when, enum err_kind kind,
                     struct err *e);

void child_finish(struct child *c);

#endif

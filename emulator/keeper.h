/*
 * keeper: a small process of ours between hem and all that hem starts, so that nothing is left
 * behind, however hem ends.
 *
 * What it starts are its descendants for ever: it is a subreaper, so daemons that leave their
 * parent come back to it. When hem closes it or dies (even by SIGKILL) it ends them all: SIGTERM,
 * after a moment SIGKILL, again and again until none is left; last the one that was started as
 * `last`, and what an X server that was killed leaves behind. Then it removes the directories and
 * exits. When the keeper itself is killed, what it started directly gets its death signal from the
 * kernel.
 *
 * It has a session of its own, and so has everything it starts: Ctrl+C in the terminal reaches hem
 * only. It is a fork of hem, so fork it before the process has grown. Used from one thread.
 */
#ifndef EMULATOR_KEEPER_H
#define EMULATOR_KEEPER_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

#define KEEPER_DIRECTORIES_MAX 2

struct keeper;

/* DIRECTORIES: absolute paths that the keeper removes in the end, with all that is in them; NULL
 * for none. */
struct keeper *keeper_create(const char *const directories[KEEPER_DIRECTORIES_MAX], struct err *e);

/* Returns when everything has ended and the directories are removed. Takes NULL. */
void keeper_destroy(struct keeper *k);

struct keeper_start {
    const char *const *argv;  /* ends with NULL; looked for in the PATH of `environment` */
    char *const *environment; /* all of it; ends with NULL */
    const char *directory;    /* NULL: ours */
    int out, error;   /* descriptors, stay the caller's; -1: /dev/null. Input is always /dev/null */
    int passed;       /* one more, which becomes the child's descriptor 3; -1: none */
    int death_signal; /* what it gets when the keeper is killed */
    bool last;        /* ended after all others, by SIGTERM: a display */
};

/* Returns when the program runs (its exec has succeeded). ERR_PROGRAM with its name and why not;
 * errno says it, too (ENOENT: there is no such program). */
bool keeper_start(struct keeper *k, const struct keeper_start *what, pid_t *pid, struct err *e);

/* Has a process that keeper_start started ended? With its wait status. Does not wait. */
bool keeper_ended(struct keeper *k, pid_t pid, int *status);

int keeper_fd(const struct keeper *k); /* readable when a process may have ended: for poll() */
pid_t keeper_pid(const struct keeper *k);

#endif

/*
 * runner: all cases of a run, several at a time, each try in a process and on a display of its own.
 */
#ifndef SUITE_RUNNER_H
#define SUITE_RUNNER_H

#include "emulator/screens.h"
#include "suite/cases.h"
#include "trajectory/results.h"

enum keep { KEEP_ON, KEEP_OFF, KEEP_ON_FAILURE, KEEP_FIRST_RETRY };

#define WORKERS_MAX 64

struct run_order {
    const struct cases *cases; /* borrowed */
    const char *directory;     /* where results and records go; it is there */
    int workers;
    int retries;                 /* of a case that does not say itself */
    int max_failures;            /* so many cases that do not pass end the run; 0: it goes on */
    double timeout_scale;        /* 1: as the cases say */
    double global_seconds;       /* 0: no limit */
    enum keep trace;             /* the records of tries */
    enum screens_update screens; /* which baselines are written */
    void (*tried)(void *self, const struct result *r); /* told of each try; may be NULL */
    void *self;
};

enum run_end {
    RUN_COMPLETE,
    RUN_FAILURES, /* max_failures */
    RUN_TIMEOUT,
    RUN_STOPPED,
    RUN_BROKEN, /* ERR_IO: it can't go on */
};

/*
 * Tries them all, in their order. Each try is a line of results.jsonl as soon as it has ended, and
 * stands in ALL. What is under way when the run is ended early is broken off, and leaves no line.
 */
enum run_end run_cases(const struct run_order *order, struct results *all, struct err *e);

#endif

/*
 * results: what a test run has left in its folder: results.jsonl, one line a try (result.h), and
 * run.json. Every report is made from these alone.
 */
#ifndef TRAJECTORY_RESULTS_H
#define TRAJECTORY_RESULTS_H

#include "trajectory/result.h"

#define RESULTS_FILE     "results.jsonl"
#define RESULTS_RUN_FILE "run.json"

/* run.json: the run as a whole. */
struct run_facts {
    char *hem, *host, *started, *ended; /* owned; ended NULL: it was broken off, or goes on */
    char *stopped;                      /* owned; why not all cases were tried; NULL: all were */
    char **command;                     /* owned, each owned */
    int command_count;
    int shard[2]; /* 1 of 4; 0 of 0: not divided */
    int workers;
    int selected; /* so many cases were to be tried */
};

/* What came of a case, all its tries together. */
enum case_verdict {
    CASE_PASSED,
    CASE_FAILED,
    CASE_FLAKY, /* passed in the end, but not at once */
    CASE_SKIPPED,
    CASE_BROKEN,
};
#define CASE_COUNT 5

struct result_case {
    const struct result **tries; /* in order; owned, each borrowed from the results */
    int count;
    enum case_verdict verdict;
};

struct results {
    struct run_facts run;
    struct result *items; /* owned; in the order of their ends */
    int count;
    struct result_case *cases; /* owned; in the order of their ids; valid after results_group */
    int case_count;
};

/* Reads a run's folder; a last line that is cut is left out. ERR_USAGE when it is none, or a line
 * is no result: with file and line. */
bool results_read(const char *dir, struct results *out, struct err *e);

/* Takes R's content over. */
void results_add(struct results *all, struct result *r);

/* Sorts the tries into cases. */
void results_group(struct results *all);

/* The last try of a case. */
const struct result *result_case_last(const struct result_case *c);

/* How many cases came out so; those that failed or are broken without counting are in IGNORED. */
struct result_counts {
    int by[CASE_COUNT];
    int ignored;
};
void results_count(const struct results *all, struct result_counts *out);
const char *case_verdict_name(enum case_verdict verdict); /* "passed", "flaky" ... */

/* ERR_USAGE when there is no run.json of a test run. */
bool run_facts_read(const char *dir, struct run_facts *out, struct err *e);

/* Writes run.json, as a whole. ERR_IO. */
bool run_facts_write(const char *dir, const struct run_facts *run, struct err *e);
void run_facts_copy(struct run_facts *to, const struct run_facts *from);
void run_facts_finish(struct run_facts *run);

void results_finish(struct results *all);

#endif

/*
 * result: one try of a regression case, a line of a test run's results.jsonl. The format is
 * described in docs/architecture.md.
 */
#ifndef TRAJECTORY_RESULT_H
#define TRAJECTORY_RESULT_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

enum result_outcome {
    RESULT_PASSED,
    RESULT_FAILED,  /* the program does not do what the case says */
    RESULT_SKIPPED, /* the case says so */
    RESULT_BROKEN,  /* the environment: no display, no program, a disk that is full */
};

/* A comparison of pictures that failed, or whose baseline was written. Paths as below. */
struct result_picture {
    char *name;                           /* owned */
    char *expected, *actual, *difference; /* owned; NULL: there is none */
};

struct result {
    char *id;        /* owned; "form/contact[row 2]": unique in a run */
    char *file;      /* owned; as it was named on the command line */
    char *name;      /* owned; the case's */
    int row, repeat; /* from 1; 0: none */
    char **tags;     /* owned, each owned */
    int tag_count;   /* ... */
    int try;         /* from 1 */
    bool last;       /* there is no other try after it */
    bool ignored;    /* it does not count when it fails: ignore_failure */
    enum result_outcome outcome;
    char *why;    /* owned; NULL: nothing to say */
    char *step;   /* owned; the one that failed; NULL: none */
    char *source; /* owned; the file that the step stands in, where it is not the case's; NULL */
    int line;     /* where the step stands; 0: unknown */
    double seconds;
    char *started; /* owned; wall clock, UTC */

    /* Owned, each relative to the run's folder; NULL: there is none. */
    char *trajectory, *output, *video; /* output: what the program wrote */
    struct result_picture *pictures;   /* owned */
    int picture_count;
};

const char *result_outcome_name(enum result_outcome outcome); /* "passed" */

/* Adds the line, with its end. */
void result_print(const struct result *r, struct buf *out);

/* Reads a line. Members that it does not know are passed over; ERR_USAGE when it is no result. */
bool result_parse(const char *line, struct result *out, struct err *e);

void result_tag_add(struct result *r, const char *tag);
struct result_picture *result_picture_add(struct result *r, const char *name);
void result_finish(struct result *r);

#endif

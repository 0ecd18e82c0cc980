/*
 * reporters: what tells people and machines how a test run went. All that they know is in the
 * results, so that `hem merge` makes the same reports of a run that is over.
 */
#ifndef SUITE_REPORTERS_H
#define SUITE_REPORTERS_H

#include "trajectory/results.h"

#include <stdio.h>

struct reporter {
    const char *name;
    const char *file; /* in the run's folder, that it writes; NULL: it prints only */
    bool prints;      /* on standard output, unless another one before it does */
    /* As soon as a try has ended; NULL: it waits for the end. */
    void (*tried)(const struct result *r, FILE *out);
    /* The run is over, and ALL of it is grouped. DIR is its folder. NULL: nothing is left to say.
     */
    void (*finish)(const char *dir, const struct results *all, FILE *out);
};

extern const struct reporter reporters[]; /* ends with a NULL name */

#define REPORTERS_MAX 8

struct reporting {
    const struct reporter *chosen[REPORTERS_MAX];
    int count;
};

/* NAMES: parted by commas. ERR_USAGE for one that there is not. */
bool reporting_choose(const char *names, struct reporting *out, struct err *e);

void reporting_tried(const struct reporting *r, const struct result *result);

/* ERR_IO when a file can't be written. */
bool reporting_finish(const struct reporting *r, const char *dir, const struct results *all,
                      struct err *e);

/* The reporters (report_*.c). */
void report_list_tried(const struct result *r, FILE *out);
void report_list_finish(const char *dir, const struct results *all, FILE *out);
void report_tap_finish(const char *dir, const struct results *all, FILE *out);
void report_junit_finish(const char *dir, const struct results *all, FILE *out);
void report_html_finish(const char *dir, const struct results *all, FILE *out);
void report_jsonl_tried(const struct result *r, FILE *out);

#endif

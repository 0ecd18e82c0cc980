/*
 * results: what became of the rows of a run, for other programs: as CSV (row, outcome, failure,
 * error, seconds, tries, record, picture, then one column for each value that was read) or as JSON
 * lines with the same names, the values in "values".
 *
 * record is the folder of the row's trajectory, picture (of rows that failed or are unknown) the
 * last that was taken in it, both as paths that begin with the ledger's own folder.
 */
#ifndef EMULATOR_RESULTS_H
#define EMULATOR_RESULTS_H

#include "emulator/ledger.h"

#include <stdio.h>

enum results_format { RESULTS_CSV, RESULTS_JSON };

/* Where the rows come from: EACH is as ledger_each, NAMES as ledger_names; NULL: in the order of
 * the rows, for which EACH is asked once more. */
struct results_source {
    bool (*each)(void *from, bool (*take)(void *self, const struct ledger_row *row, struct err *e),
                 void *self, struct err *e);
    bool (*names)(void *from, struct data *out, struct err *e);
    void *from;
    const char *dir; /* that the rows' directories are seen from; "": they are absolute */
};

/* What can't be written is ERR_IO. */
bool results_print(const struct results_source *source, enum results_format format, FILE *out,
                   struct err *e);

/* Of a ledger, whose directory is DIR. */
struct results_source results_of_ledger(struct ledger *l, const char *dir);

/* The same into a file, by a rename: a reader never sees half of it. */
bool results_write(struct ledger *l, const char *dir, enum results_format format, const char *path,
                   struct err *e);

/* One row as a line of JSON, without the newline; DIR "" or ends with '/'. */
void results_row_json(const struct ledger_row *row, const char *dir, struct buf *out);

#endif

/*
 * ledger: what became of each row of a table, kept in SQLite so that a run that was broken off goes
 * on where it was and no row is submitted twice.
 *
 * A row is waiting until it is begun, and running until it is ended. Before an action that may send
 * its data away it is marked submitting, durably (fsync). A row that is found running was broken
 * off before that, so it is done again; one that is found submitting is `unknown`: nobody can say
 * whether it arrived, so it is not done again.
 */
#ifndef EMULATOR_LEDGER_H
#define EMULATOR_LEDGER_H

#include "base/data.h"
#include "base/err.h"

enum row_state { ROW_WAITING, ROW_RUNNING, ROW_SUBMITTING, ROW_DONE, ROW_FAILED, ROW_UNKNOWN };

struct ledger;

/*
 * Opens or makes DIR/rows.db for this task and table; what was running is waiting again, what was
 * submitting is unknown. ERR_USAGE when the ledger there belongs to another task or table (says
 * which); ERR_IO for the disk or when another hem is working on it.
 */
struct ledger *ledger_open(const char *dir, const char *task_path, const char *csv_path,
                           struct err *e);
void ledger_close(struct ledger *l); /* takes NULL */

/* The state of row NUMBER. CONTENT (the row's cells) is compared with what was stored: ERR_USAGE
 * when the table was changed since ("row 3 was done with other data"). A row that waits was never
 * sent, so it may have been corrected. */
bool ledger_state(struct ledger *l, int number, const struct data *content, enum row_state *out,
                  struct err *e);

/* Each is on disk when it returns. Begun may be what waits, runs or failed; ERR_USAGE for what was
 * or may have been sent. Submitting may be said again. A row is ended as done, failed or unknown,
 * with what was read (VALUES, may be NULL), or given back as waiting, which becomes unknown when it
 * was submitting. */
bool ledger_begin(struct ledger *l, int number, const struct data *content, struct err *e);
bool ledger_submitting(struct ledger *l, int number, struct err *e);
bool ledger_end(struct ledger *l, int number, enum row_state state, const char *error,
                double seconds, const struct data *values, struct err *e);

/* Writes all ended rows as CSV (row,outcome,error,seconds, then one column for each value that was
 * read), by a rename: a reader never sees half a file. */
bool ledger_write_csv(struct ledger *l, const char *path, struct err *e);

/* Of the rows that were ever begun. Submitting counts as running. */
struct ledger_counts {
    int waiting, running, done, failed, unknown;
};
bool ledger_count(struct ledger *l, struct ledger_counts *out, struct err *e);

const char *row_state_name(enum row_state state); /* "done" */

#endif

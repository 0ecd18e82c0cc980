/*
 * ledger: what became of each row of a table, kept in SQLite so that a run that was broken off goes
 * on where it was and no row is submitted twice.
 *
 * A row is waiting until it is begun, and running until it is ended. Before an action that may send
 * its data away it is marked submitting, durably (fsync). A row that is found running was broken
 * off before that, so it is done again; one that is found submitting is `unknown`: nobody can say
 * whether it arrived, so it is not done again unless somebody releases it.
 */
#ifndef EMULATOR_LEDGER_H
#define EMULATOR_LEDGER_H

#include "base/data.h"
#include "base/err.h"

enum row_state { ROW_WAITING, ROW_RUNNING, ROW_SUBMITTING, ROW_DONE, ROW_FAILED, ROW_UNKNOWN };

/* Whose fault it is that a row failed: of what it was done with (the program, the machine, a
 * limit), or of the row itself in a program that works. */
enum row_failure { FAILURE_NONE, FAILURE_APPLICATION, FAILURE_BUSINESS };

struct ledger;

/*
 * Opens or makes DIR/rows.db for this task and table; what was running is waiting again, what was
 * submitting is unknown. ERR_USAGE when the ledger there belongs to another task or table (says
 * which); ERR_BUSY when another hem is working on it; ERR_IO for the disk.
 */
struct ledger *ledger_open(const char *dir, const char *task_path, const char *csv_path,
                           struct err *e);

/* For looking only, while another process may be working on it. ERR_USAGE when there is none. */
struct ledger *ledger_look(const char *dir, struct err *e);
void ledger_close(struct ledger *l); /* takes NULL */

/* The files that it belongs to, as ledger_open was given them, but absolute; owned by the caller.
 */
bool ledger_owner(struct ledger *l, char **task_path, char **csv_path, struct err *e);

/* The state of row NUMBER. CONTENT (the row's cells) is compared with what was stored: ERR_USAGE
 * when the table was changed since ("row 3 was done with other data"). A row that waits was never
 * sent, so it may have been corrected. */
bool ledger_state(struct ledger *l, int number, const struct data *content, enum row_state *out,
                  struct err *e);

/* How a row ended. */
struct row_end {
    enum row_state state; /* done, failed or unknown; waiting: given back */
    enum row_failure failure;
    const char *error; /* NULL: none */
    double seconds;
    const struct data *values; /* what was read; NULL: nothing */
};

/* Each is on disk when it returns. Begun may be what waits, runs or failed; ERR_USAGE for what was
 * or may have been sent. DIRECTORY: of its record, seen from the ledger's; NULL: none. Submitting
 * may be said again. What is given back becomes unknown when it was submitting. */
bool ledger_begin(struct ledger *l, int number, const struct data *content, const char *directory,
                  struct err *e);
bool ledger_submitting(struct ledger *l, int number, struct err *e);
bool ledger_end(struct ledger *l, int number, const struct row_end *end, struct err *e);

/* Lets rows wait again that have ended: which of them? NUMBER 0: all such; COUNT: how many. */
enum release {
    RELEASE_UNSENT,  /* failed before anything of them may have been sent */
    RELEASE_UNKNOWN, /* unknown */
    RELEASE_ALL,     /* failed or unknown, sent or not */
};
bool ledger_release(struct ledger *l, int number, enum release which, int *count, struct err *e);

/* Of the rows that were ever begun. Submitting counts as running. */
struct ledger_counts {
    int waiting, running, done, failed, unknown;
};
bool ledger_count(struct ledger *l, struct ledger_counts *out, struct err *e);

/* A row that has ended. Texts are "" for none, and borrowed until the next one. */
struct ledger_row {
    int number, tries;
    bool sent; /* or may have been */
    enum row_state state;
    enum row_failure failure;
    double seconds;
    const char *error, *directory; /* the directory as ledger_begin was told */
    const struct data *values;     /* what was read */
};

/* Hands all ended rows to TAKE, by their numbers, until it says false. */
bool ledger_each(struct ledger *l,
                 bool (*take)(void *self, const struct ledger_row *row, struct err *e), void *self,
                 struct err *e);

/* The names of all values that were read, in the order in which they first were; OUT's values are
 * "". */
bool ledger_names(struct ledger *l, struct data *out, struct err *e);

const char *row_state_name(enum row_state state);       /* "done" */
const char *row_failure_name(enum row_failure failure); /* "application"; "" for none */

#endif

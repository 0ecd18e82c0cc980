/*
 * queue: the rows of a table that are still to be done, in their order, and the ledger of what
 * became of each. Memory does not grow with the table.
 */
#ifndef FLEET_QUEUE_H
#define FLEET_QUEUE_H

#include "emulator/ledger.h"
#include "emulator/task.h"

struct queue;
struct job;

/* Who keeps the books of what becomes of the rows, where that is not the run's ledger. */
struct queue_books {
    bool (*waits)(void *self, const struct job *job, bool *out, struct err *e);
    /* GO false: another is sending it, or has; it must not be sent. */
    bool (*submitting)(void *self, const struct job *job, bool *go, struct err *e);
    bool (*end)(void *self, const struct job *job, const struct row_end *end, struct err *e);
    void *self;
};

struct queue_options {
    const char *table;               /* CSV or JSON lines */
    const char *directory;           /* of the run: the ledger and the records */
    int first, count;                /* of the table's rows, from 1; COUNT 0: to the end */
    bool repeatable;                 /* what was broken off while it was being sent waits again */
    const struct queue_books *books; /* borrowed; NULL: the ledger in the directory */
};

/* One row that is to be done. */
struct job {
    int number;      /* of the row, from 1 */
    int tries;       /* in this run, this one included */
    struct data row; /* its cells */
    char *directory; /* owned; where its record goes; made by queue_begin */
    bool submitted;  /* it may have been sent */
};

/* How many rows TABLE has, which is read to its row LAST (0: the end) and must be right till there
 * and have the columns that the task needs; a pipe is not read: 0. -1: an error. */
int queue_table_rows(const struct task *task, const char *table, int last, struct err *e);

/* Reads the whole table once, so that a bad row in it is told before the first one is done (a pipe
 * is read but once, and how many rows it has is not known). ERR_USAGE, ERR_BUSY, ERR_IO. */
struct queue *queue_open(const struct task *task, const struct queue_options *options,
                         struct err *e);
void queue_close(struct queue *q); /* takes NULL */

/* The next row that waits into OUT, which is to be finished by queue_end or job_finish. 1; 0: none
 * is left; -1: an error. */
int queue_next(struct queue *q, struct job *out, struct err *e);

/* As the ledger's. Begin says where the record goes; GO whether the row may be sent. */
bool queue_begin(struct queue *q, struct job *job, struct err *e);
bool queue_submitting(struct queue *q, struct job *job, bool *go, struct err *e);

/* Takes JOB over. AGAIN: it is tried once more, soon, whatever END says. */
bool queue_end(struct queue *q, struct job *job, const struct row_end *end, bool again,
               struct err *e);
void job_finish(struct job *job);

/* How the table stands, all runs taken together. TOTAL 0: not known (a pipe). */
struct queue_counts {
    int total, waiting, running, done, failed, unknown;
};
struct queue_counts queue_counts(const struct queue *q);

struct ledger *queue_ledger(struct queue *q); /* borrowed; NULL where others keep the books */

#endif

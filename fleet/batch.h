/*
 * batch: many emulators at once on this machine, doing the rows of a queue. This process
 * supervises: it alone writes the ledger, and each emulator is a process of its own (pilot.h)
 * whose end, by whatever it was, touches no other.
 *
 * A row whose emulator, program or display broke is tried again, up to `tries` times, unless it may
 * have been sent: then it is unknown. A row that a working program refuses has failed. When row
 * after row breaks and none succeeds, the batch ends, and the rest waits.
 */
#ifndef FLEET_BATCH_H
#define FLEET_BATCH_H

#include "emulator/emulator.h"
#include "fleet/queue.h"

#define BATCH_EMULATORS_MAX 1000
#define BATCH_TRIES         3

/* A row that has ended for good, or is tried again. Valid during the call. */
struct batch_row {
    const struct job *job;
    const struct row_end *end;
    const struct emulator_report *report;
    bool again;
};

/* How the batch is doing. */
struct batch_progress {
    struct queue_counts rows;
    int emulators, busy;            /* processes, and those of them that have a row */
    int allowed;                    /* how many there may be now */
    double rows_a_minute;           /* lately */
    double seconds_left;            /* at that rate; negative: not known */
    double memory_mb;               /* PSS of all emulators and their programs, as last measured */
    double emulator_mb, program_mb; /* of one, on average: without its program, and the program */
    double cpu_seconds_a_row;       /* on average; 0: not known */
    const char *last_error;         /* "" for none */
};

struct batch_hooks {
    void (*row_ended)(void *self, const struct batch_row *row);
    void (*progress)(void *self, const struct batch_progress *progress); /* about once a second */
    /* Must the next row wait for the one that runs, as it teaches how to do it? NULL: no. */
    bool (*one_at_a_time)(void *self);
    void *self;
};

struct batch_options {
    const struct task *task; /* with its holes */
    struct queue *queue;     /* borrowed */
    int emulators;           /* at once; 0: as many as fit */
    int tries;               /* of a row; 0: BATCH_TRIES */
    double memory_mb;        /* that one emulator may use with its program; 0: no limit */
    bool keep_failed;        /* the records of rows that are done are removed */
    struct batch_hooks hooks;
};

/* Does what waits. True when nothing waits any more; else E says why it ended: ERR_STOPPED,
 * ERR_IO, ERR_LIMIT (the run's money), or what broke row after row. Nothing that was started is
 * left when it returns. */
bool batch_run(const struct batch_options *options, struct err *e);

#endif

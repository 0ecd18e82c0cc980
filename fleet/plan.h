/*
 * plan: how the rows of a run are divided among the machines of a fleet: RUN/plan.json, and
 * RUN/rows.csv (or .jsonl), the table as it was when the run was planned. All machines see RUN at
 * the same path. Chunk C, from 0, is the rows C * size + 1 to (C + 1) * size.
 *
 * What becomes of the rows stands in RUN/rows (published.h), their records in RUN/chunks.
 */
#ifndef FLEET_PLAN_H
#define FLEET_PLAN_H

#include "base/buf.h"
#include "base/err.h"

#define PLAN_CHUNK_ROWS        100 /* rows in a chunk, where nothing is said */
#define PLAN_EMULATORS_PER_CPU 2   /* they wait most of their time */

/* Zero-initialised is empty. Texts are owned. */
struct plan {
    char *id;     /* "hem-0c1d2e3f": of no other run */
    char *engine; /* "slurm", "kubernetes" */
    char *task;   /* its file, absolute */
    char *table;  /* absolute: in RUN */
    int rows, size, chunks;
    int emulators; /* at once in a chunk; 0: as many as fit */
    int tries;     /* of a row; 0: as batch.h */
    double memory_mb;
    bool keep_failed;
    int arrays; /* that were submitted; they are called ID-1 to ID-ARRAYS */
};

bool plan_is_for(const struct plan *p, const char *engine);

/* Is RUN planned? */
bool plan_is_there(const char *run);

/*
 * Makes RUN, which must be absolute, with a copy of the table SOURCE, and fills in ID, TABLE and
 * CHUNKS of P, of which the rest is given; SIZE 0 becomes what is usual, or more, so that there are
 * at most CHUNKS_MAX. ERR_USAGE when SIZE makes more.
 */
bool plan_make(const char *run, struct plan *p, const char *source, int chunks_max, struct err *e);

/* ERR_USAGE when TASK or what is in SOURCE is not what RUN was planned for. */
bool plan_check(const struct plan *p, const char *task, const char *source, struct err *e);

bool plan_read(const char *run, struct plan *p, struct err *e);
bool plan_write(const char *run, const struct plan *p, struct err *e); /* by a rename */
void plan_finish(struct plan *p);

/* Writes the file NAME of RUN, by a rename; it is on disk then. */
bool plan_file_write(const char *run, const char *name, const struct buf *text, struct err *e);

/* "RUN/rows": of what is published. Owned by the caller. */
char *plan_rows(const char *run);

#endif

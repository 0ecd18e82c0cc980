/*
 * tool: a program of the system that is asked something (sbatch, squeue): what it says, within a
 * time.
 */
#ifndef FLEET_TOOL_H
#define FLEET_TOOL_H

#include "base/buf.h"
#include "base/err.h"

enum tool_end {
    TOOL_DONE,    /* status 0 */
    TOOL_REFUSED, /* any other end: `said` is why */
    TOOL_LATE,    /* it was ended since it took too long: what it was to do may be done or not */
    TOOL_MISSING, /* there is no such program, or it can't be started */
};

struct tool_answer {
    enum tool_end end;
    struct buf out, said; /* its standard output; its standard error */
};

/* Runs ARGV (ends with NULL) with nothing to read. OUT is to be finished. */
void tool_ask(const char *const argv[], double timeout_ms, struct tool_answer *out);
void tool_answer_finish(struct tool_answer *a);

/* NAME and what became of it, as an ERR_IO. Returns false. */
bool tool_err(const char *name, const struct tool_answer *a, struct err *e);

#endif

/*
 * merge: the results of several runs, such as the parts of one (--shard), as those of one run.
 */
#ifndef SUITE_MERGE_H
#define SUITE_MERGE_H

#include "trajectory/results.h"

/*
 * Reads the results of the runs in DIRS, and puts them into OUT, a new or empty folder or that of
 * an earlier run: lines, run.json, and hard links (else copies) of all that they name. A case that
 * stands in several has tried again: its tries are counted on. ERR_USAGE, ERR_IO.
 */
bool merge_runs(char *const *dirs, int count, const char *out, struct results *all, struct err *e);

#endif

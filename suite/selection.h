/*
 * selection: which of the cases are tried.
 */
#ifndef SUITE_SELECTION_H
#define SUITE_SELECTION_H

#include "suite/cases.h"
#include "trajectory/results.h"

#define SELECTION_TAGS_MAX 16

struct selection {
    const char *pattern; /* an extended regular expression that the id holds, in any case; NULL */
    const char *tags[SELECTION_TAGS_MAX]; /* it has one of them; "!slow": not that one */
    int tag_count;
    const struct results *failed; /* only those that did not pass there; NULL: all */
    int shard, shards;            /* part 1 of 4; 0: not divided */
    int repeat;                   /* each so often; 0: once */
};

/*
 * Adds what is selected to OUT, in the order of ALL. Parts are the same everywhere, and as large as
 * one another, give or take a case. ERR_USAGE for a pattern that is none.
 */
bool selection_take(const struct selection *s, const struct cases *all, struct cases *out,
                    struct err *e);

#endif

/*
 * shown: what a page is about: the tries of a test run, from its results.jsonl, or episodes.
 */
#ifndef PAGE_SHOWN_H
#define PAGE_SHOWN_H

#include "trajectory/result.h"

struct shown_try {
    char *line; /* owned; JSON: the line of results.jsonl, or the like made of an episode */
    /* Its paths lie in DIR (NULL: there is none); of an episode it has only these. */
    struct result result;
    bool went_wrong;
};

struct shown {
    struct shown_try *tries; /* owned; in the order of the run */
    int count;
    bool test; /* else episodes */
    char *run; /* owned; JSON of run.json; NULL: none */
};

/* ERR_USAGE: nothing is there, or it can't be read. A path that leads out of DIR counts as none. */
bool shown_read(const char *dir, struct shown *out, struct err *e);
void shown_finish(struct shown *s);

#endif

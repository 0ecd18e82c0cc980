/*
 * shown: what a page is about: the tries of a test run, from its results.jsonl, or episodes.
 */
#ifndef PAGE_SHOWN_H
#define PAGE_SHOWN_H

#include "base/err.h"

#include <stdbool.h>

/* An expectation that is a picture. Paths are relative to the folder of the run; "" for none. */
struct compared {
    char *name, *expected, *actual, *difference; /* owned */
};

struct shown_try {
    char *line;       /* owned; JSON: the line of results.jsonl, or the like made of an episode */
    char *trajectory; /* owned; the folder, relative; "" for none, "." for the run's own */
    char *output;     /* owned; a file with what the program wrote; "" for none */
    char *video;      /* owned; "" for none */
    struct compared *compared; /* owned */
    int compared_count;
    bool went_wrong;
};

struct shown {
    struct shown_try *tries; /* owned; in the order of the run */
    int count;
    bool test; /* else episodes */
    char *run; /* owned; JSON of run.json; NULL: none */
};

/* ERR_USAGE: nothing is there. A path that leads out of DIR counts as none. */
bool shown_read(const char *dir, struct shown *out, struct err *e);
void shown_finish(struct shown *s);

#endif

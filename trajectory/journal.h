/*
 * journal: a new file that lines are appended to, each with one write: whatever kills us, whole
 * lines are left and at most a last one that is cut.
 */
#ifndef TRAJECTORY_JOURNAL_H
#define TRAJECTORY_JOURNAL_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct journal {
    char *path;       /* owned */
    int fd;           /* -1: not open */
    off_t size_bytes; /* of its whole lines */
};

/* ERR_USAGE when there is such a file already: of two runs into one directory, one is told. */
bool journal_open(struct journal *j, const char *path, struct err *e);

/* LINE ends with a newline. ERR_IO: it was taken back as a whole. */
bool journal_append(struct journal *j, const struct buf *line, struct err *e);

bool journal_close(struct journal *j,
                   struct err *e);    /* what is written stays, after a power cut, too */
void journal_drop(struct journal *j); /* closes, and removes the file */

#endif

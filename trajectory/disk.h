/*
 * disk: files and directories of a trajectory, written so that a reader never sees half of one.
 */
#ifndef TRAJECTORY_DISK_H
#define TRAJECTORY_DISK_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Makes PATH and what is missing of its parents; one that is there is fine. ERR_IO with the path.
 */
bool disk_make_directories(const char *path, struct err *e);

/* DIRECTORY/NAME, owned by the caller. */
char *disk_path(const char *directory, const char *name);

#define DISK_READ_BYTES ((size_t)16 << 20) /* more is no JSON of hem's */

/* Appends all of a file of at most so many bytes. ERR_USAGE: it is not there or is larger; ERR_IO.
 * E's text does not name it. */
bool disk_read(const char *path, size_t max_bytes, struct buf *out, struct err *e);

/* Makes TO, which is not there, with what FROM holds. ERR_IO with both. */
bool disk_copy(const char *from, const char *to, struct err *e);

/* The same of a plain FROM: a hard link where that can be, else a copy. */
bool disk_link(const char *from, const char *to, struct err *e);

enum line { LINE_WHOLE, LINE_CUT, LINE_NONE, LINE_FAILED };

/* The next line without its end. LINE_CUT: the file ends before the line does. LINE_FAILED: ERR_IO,
 * or ERR_USAGE for one that is far too long. */
enum line disk_line(FILE *file, struct buf *out, struct err *e);

/* A file beside PATH that is to become PATH. */
struct draft {
    char *path;      /* owned */
    char *part_path; /* owned */
    FILE *file;      /* owned */
};

bool draft_open(struct draft *d, const char *path, struct err *e);

/* Puts what was written in PATH's place and frees; DURABLE: it is there after a power cut, too.
 * ERR_IO: PATH is as it was before. */
bool draft_commit(struct draft *d, bool durable, struct err *e);

/* Frees, and leaves PATH as it was. */
void draft_drop(struct draft *d);

/* All three in one: TEXT as PATH. */
bool disk_write(const char *path, const struct buf *text, bool durable, struct err *e);

#endif

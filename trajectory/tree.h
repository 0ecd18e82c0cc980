/*
 * tree: a folder that appears as a whole or not at all: it is made beside its place, and put there
 * by a rename when everything is in it.
 */
#ifndef TRAJECTORY_TREE_H
#define TRAJECTORY_TREE_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

struct tree {
    char *place; /* owned; where it is to be */
    char *path;  /* owned; where it is made; NULL: nowhere */
};

/* ERR_USAGE when there is something at PLACE already that is no empty folder. */
bool tree_begin(struct tree *t, const char *place, struct err *e);

/* PATH of the folder, with the folders above it, owned by the caller; NULL: ERR_IO. */
char *tree_make(const struct tree *t, const char *path, struct err *e);

/* A file of it to be written; NULL: ERR_IO. Closed by tree_close: ERR_IO when it is not all there.
 */
FILE *tree_open(const struct tree *t, const char *path, struct err *e);
bool tree_close(FILE *file, const char *path, struct err *e);

/* The file at SOURCE, a hard link where that can be, else a copy; one that is there already stays.
 * ERR_USAGE: it is no plain file. */
bool tree_link(const struct tree *t, const char *source, const char *path, struct err *e);

/* Puts it in its place. ERR_IO: there is nothing of it then. Frees, as does tree_drop, which takes
 * away what was made. */
bool tree_publish(struct tree *t, struct err *e);
void tree_drop(struct tree *t);

#endif

/*
 * found: the episodes in folders: a folder is one, or holds some (the rows of a run, the cases of a
 * test), however deep; and the newest picture of one.
 */
#ifndef TRAJECTORY_FOUND_H
#define TRAJECTORY_FOUND_H

#include "base/err.h"

struct found_episode {
    char *dir;  /* owned */
    int number; /* from 0 */
    char *id;   /* owned; short, of letters, digits, _ and -; no two are the same */
};

struct found {
    struct found_episode *items; /* owned; in the order of DIRS, and of their names in each */
    int count, capacity;
};

/* ERR_USAGE: one of DIRS holds none, or can't be read. */
bool found_episodes(const char *const *dirs, int count, struct found *out, struct err *e);
void found_finish(struct found *f); /* {0} again */

/* The newest picture of the episode in DIR, as a path from there, owned by the caller; NULL: none.
 */
char *found_picture(const char *dir);

#endif

/*
 * screens: what comes of `expect screen`: the pictures for whoever looks at a failure, and the
 * baselines that are written anew.
 */
#ifndef EMULATOR_SCREENS_H
#define EMULATOR_SCREENS_H

#include "base/err.h"
#include "emulator/masks.h"
#include "vision/gallery.h"

#include <stdbool.h>

enum screens_update {
    SCREENS_STRICT,  /* pictures must be there, and nothing is kept */
    SCREENS_NONE,    /* nothing is written; of what is missing, what was seen is kept */
    SCREENS_MISSING, /* of these, those that are missing are written */
    SCREENS_CHANGED, /* those that the screen is not like, too */
    SCREENS_ALL,     /* all, and so every baseline is of this run */
};

struct screen_kept {
    char *name; /* owned; as the step names it */
    /* Owned, seen from the record; NULL: there is none. */
    char *expected, *actual, *difference;
    char *written; /* owned; the baseline's path, if it was written anew; NULL: it was not */
    bool like;     /* the screen is like it, and only `expected` was kept */
};

struct screens {
    struct screen_kept *items; /* owned */
    int count;
};

/* Where it comes from, and goes to; borrowed. */
struct screens_lent {
    struct gallery *gallery;
    const struct frame *frame;
    const struct masks *masks;
    const char *directory; /* the record's */
    enum screens_update update;
};

/*
 * The screen NAME was waited for, and in the end is like it (UNLIKE NULL) or not. True: that it is
 * not does not count, its baseline is another one now. What can't be written is logged.
 */
bool screens_ended(struct screens *s, const struct screens_lent *lent, const char *name,
                   const struct err *unlike);

void screens_finish(struct screens *s);

#endif

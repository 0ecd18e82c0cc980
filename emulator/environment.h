/*
 * environment: the variables of programs on a desktop: the user's own, less what belongs to the
 * user's desktop.
 */
#ifndef EMULATOR_ENVIRONMENT_H
#define EMULATOR_ENVIRONMENT_H

#include "emulator/home.h"

struct environment {
    char **items; /* owned, each owned: "NAME=value"; ends with NULL once something was put in */
    int count, capacity;
};

/* A copy of hem's own. */
void environment_own(struct environment *env);

/* Makes it that of a private desktop: its HOME, no user's desktop, toolkits without what a bare
 * desktop lacks. */
void environment_private(struct environment *env, const struct home *h);

/* Puts in, or replaces. */
void environment_put(struct environment *env, const char *name, const char *value);
void environment_put_text(struct environment *env, const char *name_and_value); /* "NAME=value" */

void environment_copy(struct environment *to, const struct environment *from);
const char *environment_get(const struct environment *env,
                            const char *name); /* borrowed; NULL: none */
void environment_finish(struct environment *env);

#endif

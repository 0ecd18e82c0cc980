/*
 * hole: the places of a text that data fills: {{name}}, {{secret:name}}, {{read:name}}. Spaces
 * around a name don't count.
 */
#ifndef BASE_HOLE_H
#define BASE_HOLE_H

#include <stdbool.h>
#include <stddef.h>

struct hole {
    const char *start, *end; /* with the braces, half open */
    const char *name;        /* without spaces around it and without "secret:" or "read:" */
    size_t length;           /* of the name */
    bool secret;             /* the task's secrets fill it */
    bool read;               /* what a step before read as that name */
};

/* The first hole at or after TEXT. False when there is none; a hole that is not closed has END
 * NULL and nothing else but START. */
bool hole_next(const char *text, struct hole *h);

char *hole_name(const struct hole *h); /* owned */

/* The name of the one hole that is all of TEXT, neither a secret's nor of what was read; owned.
 * NULL when TEXT is anything else. */
char *hole_alone(const char *text);

#endif

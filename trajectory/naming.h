/*
 * naming: how a person would name an element of a recorded scene, so that it is found again: by
 * role and text, and by section, row or neighbour where several are called the same.
 */
#ifndef TRAJECTORY_NAMING_H
#define TRAJECTORY_NAMING_H

#include "base/step.h"
#include "trajectory/read.h"

/* What names it, without the asterisk of a required field; owned by the caller, "" for nothing. */
char *naming_text(const struct element *el);

/* The element of SCENE (an index, -1 for none) at a place; NULL for none. */
const struct element *naming_at(const struct recording *r, int scene, struct point at);

/* The same element on another scene: of its role and name, the nearest; or, where its name is not
 * read there, of its role at its place; NULL for none. */
const struct element *naming_again(const struct recording *r, int scene, const struct element *el);

/* False when nothing names it. OUT is then untouched; else the caller finishes it. */
bool naming_target(const struct recording *r, int scene, const struct element *el,
                   struct target *out);

/* By the words that stand at a place, as far as they belong together; of a scene that was not read
 * back from disk, which has no words. False: there are none, or far more than a name has. */
bool naming_words(const struct recording *r, int scene, struct point at, struct target *out);

/* Is there a name for it? EL NULL: no. */
bool naming_known(const struct recording *r, int scene, const struct element *el);

/* Adds to a target that a person or policy gave, and that EL was, the role and section. */
void naming_refine(const struct recording *r, int scene, const struct element *el,
                   struct target *target);

#endif

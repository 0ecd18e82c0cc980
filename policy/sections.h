/*
 * sections: what looks as if it could be opened where it stands: the heads of sections that fold,
 * the little plus before a branch of a tree.
 */
#ifndef POLICY_SECTIONS_H
#define POLICY_SECTIONS_H

#include "base/scene.h"

#include <stdbool.h>

/* A bar with its text at its left end, as buttons for other things
 * don't have it, or a sign that says so; and it does not look open. */
const char *section_name(const struct element *e); /* what it says */
bool section_is_tab(const struct element *e);      /* one that is not looked into yet */
bool section_is_sign(const char *text);            /* "+" */
bool section_is_closed(const struct scene *scene, const struct element *e);

#endif

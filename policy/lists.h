/*
 * lists: boxes that show their entries line by line, as a person sees them: a column of lines
 * beside or under the words that name it. What role it was given does not count, as that hangs on
 * which of its lines is lit.
 */
#ifndef POLICY_LISTS_H
#define POLICY_LISTS_H

#include "base/scene.h"

#include <stdbool.h>

/* The list that LABEL names: right of it, or under it. False when there is none. */
bool list_beside(const struct scene *scene, struct rect label, struct rect *list);

/* May the box of several lines be a list, and TEXT one of its entries, or several that commas part:
 * does one of its lines say so, or are they all short? */
bool list_says(const struct scene *scene, struct rect box, const char *text);

#endif

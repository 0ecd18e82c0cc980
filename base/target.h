/*
 * target: what of a target only the step language itself needs: reading it in the middle of a line,
 * and comparing.
 */
#ifndef BASE_TARGET_H
#define BASE_TARGET_H

#include "base/scan.h"
#include "base/step.h"

/* Takes a target with its relations. False with ERR_USAGE; OUT is then untouched. The caller
 * finishes it. */
bool target_scan(struct scan *s, struct target *out);

bool target_equal(const struct target *a, const struct target *b);

/* Appends TEXT in straight double quotes with its escapes. */
void text_print(const char *text, struct buf *out);

/* Appends "1st", "2nd", "last". */
void ordinal_print(int ordinal, struct buf *out);

#endif

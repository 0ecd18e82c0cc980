/*
 * memo: what lines said, by their pixels: what was read once is not read again. Bounded; the line
 * that was not seen for the longest time is forgotten first.
 */
#ifndef VISION_MEMO_H
#define VISION_MEMO_H

#include "vision/plane.h"
#include "vision/words.h"

struct memo;

#define MEMO_LINES 8192

struct memo *memo_create(void);
void memo_destroy(struct memo *m); /* takes NULL */

/* The words of a line with just these pixels, until the next memo_keep; NULL when it is not known.
 */
const struct words *memo_find(struct memo *m, const struct plane *pixels);

/* Keeps a copy of WORDS for the pixels that memo_find did not find last. */
void memo_keep(struct memo *m, const struct words *words);

int memo_count(const struct memo *m);

#endif

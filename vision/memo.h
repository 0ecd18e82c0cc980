/*
 * memo: what lines said, by their pixels: what was read once is not read again. This process's own
 * lines are in memory: bounded; the line that was not seen for the longest time is forgotten first.
 * What it doesn't know, it asks the cache that all processes share.
 */
#ifndef VISION_MEMO_H
#define VISION_MEMO_H

#include "vision/cache.h"
#include "vision/plane.h"
#include "vision/words.h"

#include <stdbool.h>

struct memo;

#define MEMO_LINES 8192

/* CACHE is borrowed; NULL for none. */
struct memo *memo_create(struct cache *cache);
void memo_destroy(struct memo *m); /* takes NULL */

/* The words of a line with just these pixels, until the memo is asked or told again; NULL when they
 * are not known. */
const struct words *memo_find(struct memo *m, const struct plane *pixels);

/* Keeps a copy of WORDS, which were read on a line that is not known; when it is SHARED, for other
 * processes, too. */
void memo_keep(struct memo *m, const struct plane *pixels, const struct words *words, bool shared);

#endif

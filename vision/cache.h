/*
 * cache: what lines said, on disk, for all processes of a user: what one of them has read, no other
 * reads again.
 *
 * A file of CACHE_PAGES pages in $HEM_CACHE, or $XDG_CACHE_HOME/hem, or ~/.cache/hem, which nobody
 * else may read (0600); the line's pixels say in which page it stands. Pages are read and written
 * whole and without locks: of two processes that write one at once, one is late, and a page that
 * was torn, cut or changed is as good as empty. In a page, and so in the file, the new drives out
 * the old. Each set of rules for reading has a file of its own, and the oldest files go.
 *
 * Nothing here is an error: what can't be opened, read or written is not there. HEM_CACHE=off: no
 * cache at all.
 */
#ifndef VISION_CACHE_H
#define VISION_CACHE_H

#include "vision/digest.h"
#include "vision/page.h"
#include "vision/words.h"

#define CACHE_PAGES     4096 /* some 100,000 lines, 16 MiB */
#define CACHE_FILES_MAX 4

struct cache;

/* RULES: of all that decides what a line is read as, but the line. NULL when there is no cache. */
struct cache *cache_open(struct digest rules);
void cache_close(struct cache *c); /* takes NULL */

/* Refills OUT with what such a line said. False, OUT being anything then, when that is not known.
 * C may be NULL, here and below. */
bool cache_find(struct cache *c, struct page_key key, struct words *out);

void cache_keep(struct cache *c, struct page_key key, const struct words *words);

#endif

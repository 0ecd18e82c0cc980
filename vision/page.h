/*
 * page: what lines said, packed into 4096 bytes: the newest first, as many as there is room for.
 * What the cache on disk is made of.
 *
 * Each byte of a page is taken for hostile. One that was torn or changed says nothing, and what it
 * says of a line is taken only when all of it could have been read there: boxes that lie on the
 * line, likelihoods, words of UTF-8.
 */
#ifndef VISION_PAGE_H
#define VISION_PAGE_H

#include "vision/digest.h"
#include "vision/words.h"

#define PAGE_BYTES 4096

struct page {
    uint8_t bytes[PAGE_BYTES];
};

/* A line is known by its pixels. */
struct page_key {
    struct digest pixels;
    int width, height; /* of its strip */
};

/* Was the page written whole, as number NUMBER of the pages? One of zeros was not. */
bool page_is_whole(const struct page *p, uint32_t number);

/* Refills OUT with what the line said. False, OUT being anything then, when that is not known. */
bool page_find(const struct page *p, struct page_key key, struct words *out);

/*
 * Makes OUT, number NUMBER, of the line and of what OLD (NULL for nothing) holds of others. False
 * when the line is too long for a page or what it said could not be found again.
 */
bool page_add(struct page *out, uint32_t number, const struct page *old, struct page_key key,
              const struct words *words);

#endif

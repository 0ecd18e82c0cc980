/*
 * arena: strings that live as long as the thing they belong to. Pointers into it stay valid until
 * reset or finish, however much is added. A reset keeps the memory, so that refilling a warm scene
 * allocates nothing. Zero-initialised is empty and valid.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *first; /* owned */
    struct arena_block *now;   /* the one being filled */
};

void *arena_alloc(struct arena *a, size_t size_bytes);     /* aligned for any type; not zeroed */
const char *arena_text(struct arena *a, const char *text); /* a copy; NULL gives NULL */
const char *arena_text_n(struct arena *a, const char *text, size_t length_bytes);
void arena_reset(struct arena *a);
void arena_finish(struct arena *a);

#endif

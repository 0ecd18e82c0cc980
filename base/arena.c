#include "base/arena.h"

#include "base/buf.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BLOCK_BYTES 16384

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static struct arena_block *arena_grow(struct arena *a, size_t size)
{
    size_t room = size > ARENA_BLOCK_BYTES ? size : ARENA_BLOCK_BYTES;
    struct arena_block *block = mem_alloc(sizeof *block + room);
    *block = (struct arena_block){.size = room};
    if (!a->first)
        a->first = block;
    else {
        block->next = a->now->next;
        a->now->next = block;
    }
    return block;
}

void *arena_alloc(struct arena *a, size_t size_bytes)
{
    size_t size = (size_bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!a->now)
        a->now = a->first ? a->first : arena_grow(a, size);
    while (a->now->size - a->now->used < size) {
        struct arena_block *next = a->now->next;
        if (!next || next->size < size)
            next = arena_grow(a, size);
        a->now = next;
    }
    void *memory = a->now->bytes + a->now->used;
    a->now->used += size;
    return memory;
}

const char *arena_text_n(struct arena *a, const char *text, size_t length_bytes)
{
    char *copy = arena_alloc(a, length_bytes + 1);
    memcpy(copy, text, length_bytes);
    copy[length_bytes] = '\0';
    return copy;
}

const char *arena_text(struct arena *a, const char *text)
{
    return text ? arena_text_n(a, text, strlen(text)) : NULL;
}

void arena_reset(struct arena *a)
{
    for (struct arena_block *b = a->first; b; b = b->next)
        b->used = 0;
    a->now = a->first;
}

void arena_finish(struct arena *a)
{
    struct arena_block *next;
    for (struct arena_block *b = a->first; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct arena){0};
}

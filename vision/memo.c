#include "vision/memo.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define MEMO_BUCKETS (2 * MEMO_LINES) /* a power of two */

/* Lines are numbered from 1, so that a zeroed bucket is empty; number 0 heads the ring of age. */
struct memo_line {
    struct digest key;
    int next;           /* in its bucket */
    int newer, older;   /* in the ring */
    struct words words; /* one allocation each for items and text, as large as they are */
};

struct memo {
    int buckets[MEMO_BUCKETS];
    struct memo_line lines[MEMO_LINES + 1];
    int count;
    struct cache *cache;  /* borrowed; NULL for none */
    struct words fetched; /* room for what it answers */
};

struct memo *memo_create(struct cache *cache)
{
    struct memo *m = mem_zero(1, sizeof *m);
    m->cache = cache;
    return m;
}

void memo_destroy(struct memo *m)
{
    if (!m)
        return;
    for (int i = 1; i <= m->count; i++)
        words_finish(&m->lines[i].words);
    words_finish(&m->fetched);
    free(m);
}

static int *memo_bucket(struct memo *m, struct digest key)
{
    return &m->buckets[key.low & (MEMO_BUCKETS - 1)];
}

static void ring_leave(struct memo *m, int i)
{
    struct memo_line *line = &m->lines[i];
    m->lines[line->newer].older = line->older;
    m->lines[line->older].newer = line->newer;
}

static void ring_enter(struct memo *m, int i)
{
    struct memo_line *head = &m->lines[0];
    m->lines[i].newer = 0;
    m->lines[i].older = head->older;
    m->lines[head->older].newer = i;
    head->older = i;
}

/* The number of the oldest line, taken out of everything. */
static int memo_forget(struct memo *m)
{
    int oldest = m->lines[0].newer;
    int *link = memo_bucket(m, m->lines[oldest].key);
    while (*link != oldest)
        link = &m->lines[*link].next;
    *link = m->lines[oldest].next;
    ring_leave(m, oldest);
    words_finish(&m->lines[oldest].words);
    return oldest;
}

static const struct words *memo_add(struct memo *m, struct digest key, const struct words *words)
{
    int i = m->count < MEMO_LINES ? ++m->count : memo_forget(m);
    struct memo_line *line = &m->lines[i];
    int *bucket = memo_bucket(m, key);
    line->key = key;
    line->next = *bucket;
    *bucket = i;
    ring_enter(m, i);
    struct words *copy = &line->words;
    copy->count = copy->capacity = words->count;
    if (words->count) {
        size_t size = (size_t)words->count * sizeof *words->items;
        copy->items = mem_alloc(size);
        memcpy(copy->items, words->items, size);
        copy->text.text = mem_alloc(words->text.length);
        memcpy(copy->text.text, words->text.text, words->text.length);
        copy->text.length = copy->text.capacity = words->text.length;
    }
    return copy;
}

static struct page_key line_key(const struct plane *p)
{
    uint64_t shape = (uint64_t)p->width << 32 | (uint32_t)p->height;
    size_t size = (size_t)p->width * (size_t)p->height;
    return (struct page_key){digest_of(p->pixels, size, shape), p->width, p->height};
}

const struct words *memo_find(struct memo *m, const struct plane *pixels)
{
    struct page_key key = line_key(pixels);
    for (int i = *memo_bucket(m, key.pixels); i; i = m->lines[i].next)
        if (digest_equal(m->lines[i].key, key.pixels)) {
            ring_leave(m, i);
            ring_enter(m, i);
            return &m->lines[i].words;
        }
    bool found = cache_find(m->cache, key, &m->fetched);
    return found ? memo_add(m, key.pixels, &m->fetched) : NULL;
}

void memo_keep(struct memo *m, const struct plane *pixels, const struct words *words, bool shared)
{
    struct page_key key = line_key(pixels);
    memo_add(m, key.pixels, words);
    if (shared)
        cache_keep(m->cache, key, words);
}

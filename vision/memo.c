#include "vision/memo.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define MEMO_BUCKETS (2 * MEMO_LINES) /* a power of two */

/* Lines are numbered from 1, so that a zeroed bucket is empty; number 0 heads the ring of age. */
struct memo_line {
    XXH128_hash_t key;
    int next;           /* in its bucket */
    int newer, older;   /* in the ring */
    struct words words; /* one allocation each for items and text, as large as they are */
};

struct memo {
    int buckets[MEMO_BUCKETS];
    struct memo_line lines[MEMO_LINES + 1];
    int count;
    XXH128_hash_t asked;
};

struct memo *memo_create(void)
{
    return mem_zero(1, sizeof(struct memo));
}

void memo_destroy(struct memo *m)
{
    if (!m)
        return;
    for (int i = 1; i <= m->count; i++)
        words_finish(&m->lines[i].words);
    free(m);
}

static int *memo_bucket(struct memo *m, XXH128_hash_t key)
{
    return &m->buckets[key.low64 & (MEMO_BUCKETS - 1)];
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

const struct words *memo_find(struct memo *m, const struct plane *pixels)
{
    uint64_t shape = (uint64_t)pixels->width << 32 | (uint32_t)pixels->height;
    m->asked = XXH3_128bits_withSeed(pixels->pixels, (size_t)pixels->width * (size_t)pixels->height,
                                     shape);
    for (int i = *memo_bucket(m, m->asked); i; i = m->lines[i].next)
        if (XXH128_isEqual(m->lines[i].key, m->asked)) {
            ring_leave(m, i);
            ring_enter(m, i);
            return &m->lines[i].words;
        }
    return NULL;
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

void memo_keep(struct memo *m, const struct words *words)
{
    int i = m->count < MEMO_LINES ? ++m->count : memo_forget(m);
    struct memo_line *line = &m->lines[i];
    int *bucket = memo_bucket(m, m->asked);
    line->key = m->asked;
    line->next = *bucket;
    *bucket = i;
    ring_enter(m, i);
    struct words *copy = &line->words;
    copy->count = copy->capacity = words->count;
    if (!words->count)
        return;
    size_t size = (size_t)words->count * sizeof *words->items;
    copy->items = mem_alloc(size);
    memcpy(copy->items, words->items, size);
    copy->text.text = mem_alloc(words->text.length);
    memcpy(copy->text.text, words->text.text, words->text.length);
    copy->text.length = copy->text.capacity = words->text.length;
}

int memo_count(const struct memo *m)
{
    return m->count;
}

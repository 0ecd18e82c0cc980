/*
 * Any bytes as a page of the cache, whose sum is right all the same, as that of a page which
 * somebody forged: what it says of a line could have been read there, and a line that is added to
 * it is found.
 */
#include "vision/page.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER 3
#define LINES  16 /* the page's first */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Instead of the sum, the input begins with where to look. */
struct asked {
    uint16_t width, height, at;
};

static void page_forge(struct page *p, const uint8_t *bytes, size_t size)
{
    uint64_t sum = 0;
    memset(p, 0, sizeof *p);
    memcpy(p->bytes, bytes, size < sizeof *p ? size : sizeof *p);
    sum = digest_of(p->bytes + sizeof sum, sizeof *p - sizeof sum, NUMBER).low;
    memcpy(p->bytes, &sum, sizeof sum);
}

static bool words_equal(const struct words *a, const struct words *b)
{
    bool equal = a->count == b->count && a->text.length == b->text.length;
    for (int i = 0; i < a->count && equal; i++) {
        const struct words_item *one = &a->items[i], *two = &b->items[i];
        equal = one->text == two->text && one->confidence == two->confidence &&
                memcmp(&one->box, &two->box, sizeof one->box) == 0;
    }
    return equal && memcmp(buf_text(&a->text), buf_text(&b->text), a->text.length) == 0;
}

static void words_check(const struct words *words, struct page_key key)
{
    struct rect strip = rect_grow((struct rect){0, 0, key.width, key.height}, 2);
    for (int i = 0; i < words->count; i++) {
        const struct words_item *item = &words->items[i];
        const char *text = words->text.text + item->text;
        assert(!rect_empty(item->box) && rect_inside(item->box, strip));
        assert(item->confidence >= 0 && item->confidence <= 1);
        assert(*text && utf8_valid(text, strlen(text), NULL));
    }
}

/* The page with the line put into it has it, and what it said before is what is kept again. */
static void add_check(const struct page *p, struct page_key key, const struct words *words)
{
    struct page more;
    struct words found = {0};
    if (page_add(&more, NUMBER, p, key, words)) {
        assert(page_is_whole(&more, NUMBER) && page_find(&more, key, &found));
        assert(words_equal(words, &found));
    }
    words_finish(&found);
}

static void line_check(const struct page *p, size_t at, int width, int height)
{
    struct page_key key = {.width = width, .height = height};
    struct words words = {0};
    if (at + sizeof key.pixels > PAGE_BYTES)
        return;
    memcpy(&key.pixels, p->bytes + at, sizeof key.pixels);
    if (page_find(p, key, &words)) {
        words_check(&words, key);
        add_check(p, key, &words);
    }
    words_reset(&words);
    words_add(&words, (struct rect){0, 0, 1, 1}, 1);
    buf_add_bytes(&words.text, "a", 2);
    key.pixels.low = ~key.pixels.low;
    add_check(p, key, &words);
    words_finish(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct asked asked = {0};
    struct page p;
    memcpy(&asked, bytes, size < sizeof asked ? size : sizeof asked);
    page_forge(&p, bytes, size);
    int width = asked.width % 4096, height = asked.height % 128;
    line_check(&p, asked.at % PAGE_BYTES, width, height);
    if (!page_is_whole(&p, NUMBER))
        return 0;
    /* The lines where they stand: sum and length of the page, and then each digest and size. */
    uint32_t line = 0;
    size_t at = 2 * sizeof(uint64_t);
    for (int i = 0; i < LINES && at + sizeof(struct digest) + sizeof line <= PAGE_BYTES; i++) {
        line_check(&p, at, width, height);
        memcpy(&line, p.bytes + at + sizeof(struct digest), sizeof line);
        at += line ? line : PAGE_BYTES;
    }
    return 0;
}

#include "vision/page.h"

#include "base/utf8.h"

#include <string.h>

/*
 * A page is a head and its lines; a line is a head, the heads of its words, and their texts without
 * terminators. All numbers are the machine's own: on another kind of machine the sum is wrong.
 */
struct page_head {
    uint64_t sum;  /* of the rest of the page */
    uint64_t used; /* bytes, with the head */
};

struct line_head {
    struct digest pixels;
    uint32_t size, count; /* bytes, with the head; words */
};

struct word_head {
    int16_t x, y, width, height;
    uint32_t length; /* bytes of its text */
    float confidence;
};

#define BOX_BEYOND 2 /* pixels that the box of a word may reach beyond its strip */

static uint64_t page_sum(const struct page *p, uint32_t number)
{
    size_t head = sizeof(uint64_t);
    return digest_of(p->bytes + head, PAGE_BYTES - head, number).low;
}

static struct page_head page_head(const struct page *p)
{
    struct page_head head;
    memcpy(&head, p->bytes, sizeof head);
    return head;
}

bool page_is_whole(const struct page *p, uint32_t number)
{
    struct page_head head = page_head(p);
    return head.used >= sizeof head && head.used <= PAGE_BYTES && head.sum == page_sum(p, number);
}

/* The head of the line at *AT, stepping over the line; false at the end, or at what is no line. */
static bool page_line(const struct page *p, uint64_t used, uint64_t *at, struct line_head *line)
{
    if (used > PAGE_BYTES || *at + sizeof *line > used)
        return false;
    memcpy(line, p->bytes + *at, sizeof *line);
    if (line->size < sizeof *line || line->size > used - *at)
        return false;
    *at += line->size;
    return true;
}

/* Could such a word have been read on such a line? */
static bool word_is_possible(const struct word_head *word, const char *text, struct page_key key)
{
    struct rect box = {word->x, word->y, word->width, word->height};
    struct rect strip = rect_grow((struct rect){0, 0, key.width, key.height}, BOX_BEYOND);
    return !rect_empty(box) && rect_inside(box, strip) && word->confidence >= 0 &&
           word->confidence <= 1 && word->length > 0 && utf8_valid(text, word->length, NULL);
}

/* The words of a line whose words and texts are at BYTES. */
static bool words_take(const uint8_t *bytes, size_t size, uint32_t count, struct page_key key,
                       struct words *out)
{
    size_t at = (size_t)count * sizeof(struct word_head);
    if (at > size)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct word_head word;
        memcpy(&word, bytes + i * sizeof word, sizeof word);
        const char *text = (const char *)bytes + at;
        if (word.length > size - at || !word_is_possible(&word, text, key))
            return false;
        words_add(out, (struct rect){word.x, word.y, word.width, word.height}, word.confidence);
        buf_add_bytes(&out->text, text, word.length);
        buf_add_char(&out->text, '\0');
        at += word.length;
    }
    return at == size;
}

bool page_find(const struct page *p, struct page_key key, struct words *out)
{
    struct line_head line;
    uint64_t used = page_head(p).used, at = sizeof(struct page_head);
    words_reset(out);
    while (page_line(p, used, &at, &line))
        if (digest_equal(line.pixels, key.pixels)) {
            size_t size = line.size - sizeof line;
            return words_take(p->bytes + at - size, size, line.count, key, out);
        }
    return false;
}

static void page_put(struct page *p, uint64_t *used, const void *bytes, size_t size)
{
    memcpy(p->bytes + *used, bytes, size);
    *used += size;
}

static size_t line_size(const struct words *words)
{
    size_t heads = (size_t)words->count * sizeof(struct word_head);
    return sizeof(struct line_head) + heads + words->text.length - (size_t)words->count;
}

/* Puts the line there when it can be found again: numbers in a page are small. */
static bool line_put(struct page *p, uint64_t *used, struct page_key key, const struct words *words)
{
    size_t size = line_size(words);
    if (size > PAGE_BYTES - *used)
        return false;
    struct line_head line = {key.pixels, (uint32_t)size, (uint32_t)words->count};
    page_put(p, used, &line, sizeof line);
    for (int i = 0; i < words->count; i++) {
        const struct words_item *item = &words->items[i];
        const char *text = words->text.text + item->text;
        struct rect b = item->box;
        struct word_head word = {(int16_t)b.x,      (int16_t)b.y,           (int16_t)b.width,
                                 (int16_t)b.height, (uint32_t)strlen(text), item->confidence};
        if (word.x != b.x || word.y != b.y || word.width != b.width || word.height != b.height ||
            !word_is_possible(&word, text, key))
            return false;
        page_put(p, used, &word, sizeof word);
    }
    for (int i = 0; i < words->count; i++) {
        const char *text = words->text.text + words->items[i].text;
        page_put(p, used, text, strlen(text));
    }
    return true;
}

bool page_add(struct page *out, uint32_t number, const struct page *old, struct page_key key,
              const struct words *words)
{
    struct page_head head = {.used = sizeof head};
    struct line_head line;
    memset(out, 0, sizeof *out);
    if (!line_put(out, &head.used, key, words))
        return false;
    uint64_t used = old ? page_head(old).used : 0, at = sizeof head;
    while (page_line(old, used, &at, &line))
        if (!digest_equal(line.pixels, key.pixels) && line.size <= PAGE_BYTES - head.used)
            page_put(out, &head.used, old->bytes + at - line.size, line.size);
    memcpy(out->bytes, &head, sizeof head);
    head.sum = page_sum(out, number);
    memcpy(out->bytes, &head, sizeof head);
    return true;
}

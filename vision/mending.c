#include "vision/mending.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHTS_MAX 128

/* How high letters without and with an ascender are in this line; 0 when there are none. */
struct heights {
    int low, high;
};

struct heights_list {
    int items[HEIGHTS_MAX];
    int count;
};

/* The character when it is a single byte; else 0. */
static char letter_char(const struct letter *l)
{
    return l->text[0] && !l->text[1] ? l->text[0] : '\0';
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

/*
 * The part of the strip that each letter is, when there are as many parts as letters; letters that
 * touch, or fall into parts, make that untrue, and nothing is mended then.
 */
static const struct strip_part *parts_of(const struct letters *letters, const struct strip *s)
{
    int bullets = 0;
    while (bullets < s->part_count && s->parts[bullets].bullet)
        bullets++;
    if (s->part_count - bullets != letters->count)
        return NULL;
    for (int i = 0; i < letters->count; i++) {
        const struct letter *l = &letters->items[i];
        struct rect part = s->parts[bullets + i].box;
        int off = abs(part.x * 2 + part.width - l->left - l->right);
        if (off > s->box.height) /* half of it, as both are doubled */
            return NULL;
    }
    return s->parts + bullets;
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void heights_add(struct heights_list *l, int height)
{
    if (l->count < HEIGHTS_MAX)
        l->items[l->count++] = height;
}

static int heights_middle(struct heights_list *l)
{
    qsort(l->items, (size_t)l->count, sizeof *l->items, by_size);
    return l->count ? l->items[l->count / 2] : 0;
}

static struct heights heights_of(const struct letters *letters, const struct strip_part *parts)
{
    struct heights_list low = {.count = 0}, high = {.count = 0};
    for (int i = 0; i < letters->count; i++) {
        char c = letter_char(&letters->items[i]);
        if (is_one_of(c, "aemnru"))
            heights_add(&low, parts[i].box.height);
        if (is_one_of(c, "ABDEFGHIKLMNPRTUbdhkl"))
            heights_add(&high, parts[i].box.height);
    }
    return (struct heights){heights_middle(&low), heights_middle(&high)};
}

/* "s" is "S" but for its height. Without one of both to compare with, it must be clear. */
static void case_mend(struct letter *l, int height, struct heights of)
{
    if (!is_one_of(letter_char(l), "cosvwxzCOSVWXZ") || (!of.low && !of.high))
        return;
    bool high, low;
    if (of.low && of.high) {
        high = height * 2 > of.low + of.high;
        low = height * 2 < of.low + of.high;
        if (of.high - of.low < 2)
            return;
    } else {
        high = of.high ? height * 8 >= of.high * 7 : height * 4 >= of.low * 5;
        low = of.high ? height * 5 <= of.high * 4 : height * 8 <= of.low * 9;
    }
    if (high)
        l->text[0] = (char)toupper((unsigned char)l->text[0]);
    if (low)
        l->text[0] = (char)tolower((unsigned char)l->text[0]);
}

/* Is there an empty row between the rows of a part, as in "!" and "i"? */
static bool has_gap(const struct strip *s, struct rect box)
{
    for (int y = box.y; y < box.y + box.height; y++) {
        const uint8_t *row = s->ink.pixels + (size_t)y * (size_t)s->ink.width;
        int most = 0;
        for (int x = box.x; x < box.x + box.width; x++)
            most = row[x] > most ? row[x] : most;
        if (most < STRIP_INK_MIN)
            return true;
    }
    return false;
}

/* The letters of the word that letter I is in are those from *FIRST to the one that is returned. */
static int word_around(const struct letters *letters, int i, int *first)
{
    int end = i + 1;
    *first = i;
    while (*first > 0 && !letters->items[*first].spaced)
        --*first;
    while (end < letters->count && !letters->items[end].spaced)
        end++;
    return end;
}

static bool is_consonant(char c)
{
    return c >= 'a' && c <= 'z' && !is_one_of(c, "aeiouy");
}

/* An upright stroke among letters is no "!" without a gap, and hardly ever a "|". Before a
 * consonant at the beginning of a word it is an "I": only "ll" begins words. */
static void stroke_mend(struct letters *letters, int i, bool gap)
{
    struct letter *l = &letters->items[i];
    int first, end = word_around(letters, i, &first);
    char next = i + 1 < end ? letter_char(&letters->items[i + 1]) : '\0';
    char before = i > first ? letter_char(&letters->items[i - 1]) : '\0';
    bool stroke = is_one_of(letter_char(l), "!|") && !gap;
    if (stroke && (isalpha((unsigned char)next) || isalpha((unsigned char)before)))
        l->text[0] = 'l';
    if (i == first && end - first >= 3 && is_one_of(letter_char(l), "l") && is_consonant(next) &&
        next != 'l')
        l->text[0] = 'I';
}

void mending_do(struct letters *letters, const struct strip *s)
{
    const struct strip_part *parts = parts_of(letters, s);
    if (!parts)
        return;
    struct heights heights = heights_of(letters, parts);
    for (int i = 0; i < letters->count; i++) {
        case_mend(&letters->items[i], parts[i].box.height, heights);
        stroke_mend(letters, i, has_gap(s, parts[i].box));
    }
}

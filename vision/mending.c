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

/* The letters from FIRST to END are a word; its ink is between two columns. */
struct word_place {
    int first, end, left, right;
};

static struct word_place word_at(const struct letters *letters, const struct strip *s, int first)
{
    const struct letter *l = letters->items;
    struct word_place w = {first, first + 1, 0, s->ink.width};
    while (w.end < letters->count && !l[w.end].spaced)
        w.end++;
    if (first > 0)
        w.left = (l[first - 1].right + l[first].left) / 2;
    if (w.end < letters->count)
        w.right = (l[w.end - 1].right + l[w.end].left) / 2;
    return w;
}

/*
 * The first of the parts that the letters of a word are, when there are as many parts as letters;
 * letters that touch, or fall into parts, make that untrue, and then nothing is known.
 */
static const struct strip_part *parts_of(const struct letters *letters, const struct word_place *w,
                                         const struct strip *s)
{
    const struct strip_part *first = NULL;
    int count = 0;
    for (int i = 0; i < s->part_count; i++) {
        struct rect box = s->parts[i].box;
        int middle = box.x + box.width / 2;
        if (s->parts[i].bullet || middle < w->left || middle >= w->right)
            continue;
        first = first ? first : &s->parts[i];
        count++;
    }
    if (count != w->end - w->first)
        return NULL;
    for (int i = 0; i < count; i++) {
        const struct letter *l = &letters->items[w->first + i];
        int off = abs(2 * first[i].box.x + first[i].box.width - l->left - l->right);
        if (off * 3 > s->box.height * 2)
            return NULL;
    }
    return first;
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

static struct heights heights_of(const struct letters *letters, const struct strip *s)
{
    struct heights_list low = {.count = 0}, high = {.count = 0};
    for (int first = 0; first < letters->count;) {
        struct word_place w = word_at(letters, s, first);
        const struct strip_part *parts = parts_of(letters, &w, s);
        for (int i = w.first; parts && i < w.end; i++) {
            char c = letter_char(&letters->items[i]);
            if (is_one_of(c, "aemnru"))
                heights_add(&low, parts[i - w.first].box.height);
            if (is_one_of(c, "ABDEFGHIKLMNPRTUbdhkl"))
                heights_add(&high, parts[i - w.first].box.height);
        }
        first = w.end;
    }
    return (struct heights){heights_middle(&low), heights_middle(&high)};
}

/* "s" is "S" but for its height. Without one of both to compare with, it must be clear.
 * Behind a small letter there is hardly ever a capital. */
static void case_mend(struct letters *letters, const struct word_place *w, int i, int height,
                      struct heights of)
{
    struct letter *l = &letters->items[i];
    bool inside = i > w->first && islower((unsigned char)letter_char(l - 1));
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
    if (high && !inside)
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

static bool is_consonant(char c)
{
    return c >= 'a' && c <= 'z' && !is_one_of(c, "aeiouy");
}

static bool is_letter(const struct letters *letters, const struct word_place *w, int i)
{
    return i >= w->first && i < w->end && isalpha((unsigned char)letter_char(&letters->items[i]));
}

/* An upright stroke beside letters is no "!" without a gap, and hardly ever a "|". */
static void stroke_mend(struct letters *letters, const struct word_place *w, int i, bool gap)
{
    bool beside = is_letter(letters, w, i - 1) || is_letter(letters, w, i + 1);
    if (is_one_of(letter_char(&letters->items[i]), "!|") && beside && !gap)
        letters->items[i].text[0] = 'l';
}

/* Before a consonant at the beginning of a word it is an "I": no word but with "ll" begins so. */
static void first_mend(struct letters *letters, const struct word_place *w)
{
    if (w->end - w->first < 3 || letter_char(&letters->items[w->first]) != 'l')
        return;
    char next = letter_char(&letters->items[w->first + 1]);
    if (is_consonant(next) && next != 'l' && is_letter(letters, w, w->first + 2))
        letters->items[w->first].text[0] = 'I';
}

/* A comma is higher than wide. */
static void comma_mend(struct letter *l, struct rect box)
{
    if (letter_char(l) == '.' && box.height >= 3 && box.height * 2 > box.width * 3)
        l->text[0] = ',';
}

void mending_do(struct letters *letters, const struct strip *s)
{
    struct heights heights = heights_of(letters, s);
    for (int first = 0; first < letters->count;) {
        struct word_place w = word_at(letters, s, first);
        const struct strip_part *parts = parts_of(letters, &w, s);
        for (int i = w.first; parts && i < w.end; i++) {
            struct rect box = parts[i - w.first].box;
            case_mend(letters, &w, i, box.height, heights);
            comma_mend(&letters->items[i], box);
            stroke_mend(letters, &w, i, has_gap(s, box));
        }
        for (int i = w.first; !parts && i < w.end; i++)
            stroke_mend(letters, &w, i, letter_char(&letters->items[i]) == '!');
        first_mend(letters, &w);
        first = w.end;
    }
}

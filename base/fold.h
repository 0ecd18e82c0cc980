/*
 * fold: text as comparing sees it: single spaces, one kind of quote, dash and bullet, ligatures and
 * full-width letters spelled out, letters in lower case with their diacritics apart. For
 * base/alike.c and base/label.c.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include <stdbool.h>
#include <stdint.h>

struct fold_char {
    uint32_t letter; /* lower case, without diacritics */
    uint32_t shape; /* what is seen of it: its own case; a Cyrillic or Greek letter that looks Latin
                       is Latin */
    uint32_t mark;  /* its diacritics; 0 for none; one number for one kind, composed or not */
    uint32_t at;    /* the offset in bytes where it begins in the text */
};

#define FOLD_ROOM 128       /* characters that need no memory from the heap */
#define FOLD_MAX  (1 << 17) /* characters; the rest of a longer text is not looked at */

struct folded {
    struct fold_char *chars; /* `room`, or owned */
    int count, capacity;
    uint32_t end; /* the offset where the last character ends */
    struct fold_char room[FOLD_ROOM];
};

/* TEXT may be NULL (nothing). No spaces at the ends. To be finished. */
void fold_text(struct folded *f, const char *text);
void fold_finish(struct folded *f);

/* The offset in the text behind the character INDEX. */
uint32_t fold_end(const struct folded *f, int index);

/*
 * Takes from both ends what decorates a label and says nothing: the colon, asterisk or dots behind
 * it, quotes, bullets, arrows, an icon's lonely sign before it. A text without any letter or digit
 * ("+", ">") is left as it is, and so are signs and units at a number ("-5", "$ 5", "C++", "100%").
 */
void fold_strip(struct folded *f);

bool fold_is_digit(const struct fold_char *c);
bool fold_is_word(const struct fold_char *c); /* a letter or digit of any script */

/* The lower case of any script's letter, whatever the process's locale. */
uint32_t fold_lower(uint32_t character);

#endif

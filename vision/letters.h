/*
 * letters: what a reader saw in the picture of a line: its characters, from left to right.
 */
#ifndef VISION_LETTERS_H
#define VISION_LETTERS_H

#include <stdbool.h>

#define LETTER_SIZE 16 /* bytes, with the terminator */

struct letter {
    char text[LETTER_SIZE]; /* UTF-8, one character, rarely a few */
    int left, right;        /* about where in the picture; may be off by half a character */
    float confidence;       /* 0..1 */
    float written;          /* 0..1: the same for "it, or a letter that looks like it when alone" */
    bool spaced;            /* a space stands before it */
};

struct letters {
    struct letter *items; /* owned */
    int count, capacity;
};

void letters_add(struct letters *l, const struct letter *letter);
void letters_finish(struct letters *l);

#endif

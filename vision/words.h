/*
 * words: from the characters that were read in a strip to its words. The reader knows the
 * characters well and their places roughly; the ink knows the places, and where the spaces are.
 */
#ifndef VISION_WORDS_H
#define VISION_WORDS_H

#include "base/buf.h"
#include "base/rect.h"
#include "vision/ocr.h"
#include "vision/strip.h"

struct words_item {
    int text;         /* where it begins in the words' text */
    struct rect box;  /* in the strip; tight around its ink */
    float confidence; /* 0..1: of its least certain character */
    float written;    /* 0..1: that it is text at all, see letters.h */
};

struct words {
    struct words_item *items; /* owned; from left to right */
    int count, capacity;
    struct buf text; /* the words, each with its terminator */
};

void words_reset(struct words *w); /* none; keeps the memory */

/* Adds a word. What is added to the text next, with a terminator, is what it says. */
void words_add(struct words *w, struct rect box, float confidence);

/* Letters are where strip_render drew them, with its SCALE and MARGIN. Refills OUT; bullets of the
 * strip come first. */
void words_compose(struct words *out, const struct strip *strip, struct letters *letters,
                   double scale, int margin);

/* Refills OUT with the surer of each two words of A and B, which have as many. */
void words_merge(struct words *out, const struct words *a, const struct words *b);

/* 0..1: how far the reading can be trusted: 0 for none, less where ink was passed over. */
float words_confidence(const struct words *w);

/* Drops what is rather a drawing than text. */
void words_drop_drawn(struct words *w);

void words_finish(struct words *w);

#endif

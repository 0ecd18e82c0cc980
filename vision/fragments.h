/*
 * fragments: what stands by itself on a frame when its controls are known: a control, with the
 * label beside its mark, or a text that belongs to none. What rows and columns are made of.
 */
#ifndef VISION_FRAGMENTS_H
#define VISION_FRAGMENTS_H

#include "vision/view.h"

struct fragment {
    struct rect box;
    int phrase;  /* its first phrase; -1: a control without text */
    int control; /* -1: a text */
    bool label;  /* of a field that stands elsewhere */
    int surface; /* the smallest frame around it that holds more than its row; -1: none */
    int set;     /* free for who groups fragments; -1 */
};

struct fragments {
    struct fragment *items; /* in the scene's arena; by their middles from top to bottom */
    int count;
};

/* All of the view's but what is too large for a row. */
void fragments_find(struct view *v, struct fragments *p);

/* The first fragment whose middle is at Y or below. */
int fragments_from(const struct fragments *p, int y);

/* The nearest fragment to the right of fragment I in its row; -1: none. */
int fragment_right(const struct fragments *p, int i);

/* Are they in one row: do their middles differ by a fraction of their height alone? */
bool fragment_in_row(const struct fragment *a, const struct fragment *b);

/* Are their left sides, right sides or middles in line? */
bool fragment_in_line(const struct fragment *a, const struct fragment *b);

#endif

/*
 * contents: what stands in a frame: its text, its drawings, the signs at its right end, and the
 * boxes in it.
 */
#ifndef VISION_CONTENTS_H
#define VISION_CONTENTS_H

#include "vision/view.h"

/* A control of one line, or of a value under a floating label, is no higher. */
#define LINE_HEIGHT_MAX 76

struct contents {
    struct rect drawn;  /* around text and drawings, without the signs; empty for none */
    struct rect text;   /* around the text alone */
    struct rect sign;   /* around the signs that `opens` or `spins` stands for */
    int phrases, first; /* how many phrases, and the first of them; -1 */
    int second;         /* the first phrase of the second line; -1 */
    int rows;           /* lines of text */
    int marks;          /* checks, radios, switches and sliders in it */
    int controls;       /* frames in it that are controls already */
    int frames;         /* other frames in it */
    bool opens;         /* an arrow down at the right end */
    bool spins;         /* arrows up and down, or plus and minus, at the right end */
    bool grip;          /* something in the very corner: the grip of a text area */
    bool icon;     /* a small drawing at the right end: calendar, cross, eye; it is the sign then */
    bool selected; /* a part of the text is on a ground of its own */
};

/* Looks into box INDEX, which is a frame. Smaller frames must have been judged before. */
void contents_read(const struct view *v, int index, struct contents *c);

/* Is box INDEX the ground of selected text in the field around it: about as high as a line and
 * filled with it? */
bool contents_is_selection(const struct view *v, int index);

/* Sets the sign at the right end of IN, and whether it opens or spins; leaves the rest alone. */
void contents_read_sign(const struct view *v, struct rect in, struct contents *c);

/* The signs drawn in a little frame. */
#define SIGN_DOWN  1u
#define SIGN_UP    2u
#define SIGN_PLUS  4u
#define SIGN_MINUS 8u

unsigned contents_signs(const struct view *v, struct rect in);

#endif

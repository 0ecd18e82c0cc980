/*
 * caret: the text cursor of a field, a thin upright line that glues to letters and cuts a field in
 * two. It is found by its looks (it blinks, but nobody has the time to wait for that) and taken out
 * before anything is read.
 */
#ifndef VISION_CARET_H
#define VISION_CARET_H

#include "base/frame.h"

#define CARETS_MAX 8

/*
 * Finds what looks like a caret: one or two pixels wide, as high as a line of text, of one colour
 * without antialiasing, plain ground on its right, free ends, and reaching beyond the letters
 * beside it where a letter's stem would not. Returns how many, at most CARETS_MAX.
 */
int carets_find(const struct frame *frame, struct rect carets[CARETS_MAX]);

/* Paints a caret over with the ground on its right. */
void caret_erase(struct frame *frame, struct rect caret);

#endif

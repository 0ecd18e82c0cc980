/*
 * mending: characters that look alike when each is scaled to the height of a line ("s" and "S", "l"
 * and "!") are told apart by the shape of their ink beside that of the others.
 */
#ifndef VISION_MENDING_H
#define VISION_MENDING_H

#include "vision/letters.h"
#include "vision/strip.h"

/* Corrects LETTERS, which stand where they are in the strip, their spaces where they are known. */
void mending_do(struct letters *letters, const struct strip *s);

#endif

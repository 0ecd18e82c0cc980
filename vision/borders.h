/*
 * borders: what goes around a frame: its border, and the ground behind.
 */
#ifndef VISION_BORDERS_H
#define VISION_BORDERS_H

#include "vision/boxes.h"

#define BORDER_MAX 4 /* pixels */

/* Measures fill, border and ground of a frame whose inner is known, at five places of each side;
 * sets its rect. */
void border_measure(const struct frame *f, struct box *box);

/* The width of a surface that is but a thick border around another; 0 when it is whole. */
int border_ring(const struct frame *f, struct rect r);

/* Does the ground, or the inside, show through the upper border, because a label or a legend
 * interrupts it? */
bool border_is_open(const struct frame *f, const struct box *b);

#endif

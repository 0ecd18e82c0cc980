/*
 * passages: a text among the words of a scene: a run of words on one line, or one that is broken
 * over the lines of a paragraph. For vision/find.c.
 */
#ifndef VISION_PASSAGES_H
#define VISION_PASSAGES_H

#include "vision/candidates.h"

/* Adds every place where TEXT stands, with boxes tight around its words. */
void passages_collect(struct candidates *c, const struct scene *scene, const char *text);

#endif

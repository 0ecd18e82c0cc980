/*
 * letterforms: is what looks like a small frame or a mark a letter of a word? An O is as round as a
 * radio, and a D as straight as a button; but letters stand beside letters.
 */
#ifndef VISION_LETTERFORMS_H
#define VISION_LETTERFORMS_H

#include "vision/edges.h"

/*
 * Does the figure that fills R tightly stand beside another about as high as letters do: nearly
 * touching it; or a little further away, and drawn in the same colour? The label of a checkbox may
 * stand as near, but not in its border's colour.
 */
bool letterforms_beside(const struct frame *f, const struct edges *edges, struct rect r);

/* Is the frame R the stroke of a letter with the ground inside, beside others on one line? */
bool letterforms_frame(const struct frame *f, const struct edges *edges, struct rect r);

#endif

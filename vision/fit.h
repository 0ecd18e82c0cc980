/*
 * fit: how similar one place of a frame is to a template (vision/template.h says what that means).
 */
#ifndef VISION_FIT_H
#define VISION_FIT_H

#include "vision/template.h"

#include <stdbool.h>

struct fit {
    struct point at;   /* of the top left corner: the nearest whole pixel to where it lies best */
    double similarity; /* 0..1; 1 only where it is exact */
};

/* Are all pixels that count the same there? AT must leave the template inside the frame. */
bool fit_exact(const struct template *t, const struct frame *frame, struct point at);

/* Room for fitting; for one template at a time. */
struct fitter {
    float *room; /* owned */
};

void fitter_init(struct fitter *f, const struct template *t);
void fitter_finish(struct fitter *f);

/* The best fit within two pixels of AT. AT and where it ends up lie in PLACES, which must all leave
 * the template inside the frame. */
struct fit fitter_fit(struct fitter *f, const struct template *t, const struct frame *frame,
                      struct point at, struct rect places);

#endif

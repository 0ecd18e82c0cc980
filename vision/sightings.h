/*
 * sightings: where on a frame a template is seen: exactly, or else as good as.
 */
#ifndef VISION_SIGHTINGS_H
#define VISION_SIGHTINGS_H

#include "vision/template.h"

#define SIGHTINGS_MAX 128

struct sighting {
    struct rect box;
    double similarity; /* 1: exact */
};

struct sightings {
    struct sighting items[SIGHTINGS_MAX]; /* none covers half of another; the more similar first */
    int count;
    struct sighting best; /* the best of all places that were looked at, good enough or not */
    double least;         /* what was good enough */
};

enum sightings_wanted {
    SIGHTINGS_BEST, /* where one is exact, only exact ones */
    SIGHTINGS_ALL,
};

/*
 * Looks for T on those parts of FRAME that lie inside WITHIN. What is at least LEAST similar is
 * seen. The time is bounded: a large template is compared closely at fewer places than a small one,
 * at those that a few of its points speak for. Where the template does not fit into WITHIN, nothing
 * is seen and the best box is empty.
 */
void sightings_find(struct sightings *s, const struct template *t, const struct frame *frame,
                    struct rect within, double least, enum sightings_wanted wanted);

#endif

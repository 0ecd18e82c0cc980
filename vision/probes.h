/*
 * probes: a few points of a template that tell it apart, half of them light and half dark, in the
 * colour that varies most. Every place of a frame is asked at all of them, so that only few places
 * are left to be looked at closely.
 */
#ifndef VISION_PROBES_H
#define VISION_PROBES_H

#include "vision/template.h"

#define PROBES_MAX  48
#define VOTES_LANES 16 /* places that are asked at once */

struct probe {
    int x, y;          /* in the template */
    uint8_t low, span; /* the frame's blurred value may be low..low+span */
};

struct probes {
    struct probe items[PROBES_MAX];
    int count;
    int colour; /* 0 red, 1 green, 2 blue */
};

void probes_pick(struct probes *p, const struct template *t);

/* One colour of a part of a frame, blurred as templates are. */
struct softness {
    int width, height, stride; /* stride: with room for VOTES_LANES behind */
    uint8_t *pixels;           /* owned */
};

void softness_take(struct softness *s, const struct frame *frame, struct rect part, int colour);
void softness_finish(struct softness *s);

/* How many probes say no to the WIDTH places from LEFT of row TOP; VOTES has room for VOTES_LANES
 * more. */
void probes_vote(const struct probes *p, const struct softness *s, int top, int width,
                 uint8_t *votes);

#endif

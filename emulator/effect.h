/*
 * effect: does the screen show anything of what was done last? For emulator/ itself.
 *
 * Not every change is an answer. A blinking caret and what moves without end are left out by
 * vision/screen.h; left out here are clocks, the ring that a field loses when another thing is
 * clicked, and how a thing looks only while the pointer is over it.
 */
#ifndef EMULATOR_EFFECT_H
#define EMULATOR_EFFECT_H

#include "base/action.h"
#include "base/frame.h"
#include "base/scene.h"

/* A thing on the screen as it was before something was done to it. */
struct glimpse {
    struct rect box; /* empty: nothing was there */
    unsigned states;
    struct buf text; /* owned; of a control, what it held */
};

struct effect {
    bool awaited; /* something was done, and nothing was seen of it yet */
    enum action_kind kind;
    struct point at, from; /* where it was done, and where the pointer was before */
    struct rect place;     /* what it was done to; empty: not known */
    struct glimpse target, focus;
    struct rect spot, left; /* what is under the pointer now, and what was before */
    struct rect strip;      /* of the screen around the target ... */
    struct frame kept;      /* ... as it was; owned */
    struct rect look;       /* what may have changed only since the pointer is there */
    struct buf text;        /* owned: what was typed */
    bool hidden;            /* it was a secret, which a field does not show */
};

/* ACTION was just decided on SCENE, which shows FRAME; it is done to what is at PLACE (empty: not
 * known), and POINTER is where the pointer is. */
void effect_begin(struct effect *f, const struct action *action, const struct scene *scene,
                  const struct frame *frame, struct rect place, struct point pointer);

enum effect_seen {
    EFFECT_NOT_SEEN,
    EFFECT_SEEN,
    EFFECT_LOOK, /* the target looks otherwise, which may be because the pointer is over it */
};

/* What SCENE shows of it, which has changed in COUNT places. SHOWN: how the field writes what was
 * typed; NULL: just so. */
enum effect_seen effect_see(struct effect *f, const struct scene *scene, const struct rect *changes,
                            int count, const char *shown);

/* After EFFECT_LOOK: the pointer is where it was before, and FRAME is what is seen then. Does the
 * target still look otherwise? */
bool effect_stays(const struct effect *f, const struct frame *frame);

void effect_finish(struct effect *f);

#endif

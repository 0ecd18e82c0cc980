/*
 * timeline: a recorded episode on a clock: which picture is on the screen from when to when, when
 * hands do something, and which step that is.
 *
 * A turn's time in the record is when it had acted, so its picture is there from the turn before
 * until then.
 */
#ifndef TRAJECTORY_TIMELINE_H
#define TRAJECTORY_TIMELINE_H

#include "base/buf.h"
#include "trajectory/acts.h"
#include "trajectory/read.h"

/* How fast it goes. */
struct pace {
    double speed;    /* 1: as it was; 2: twice as fast */
    double least_s;  /* but each action is seen for so long at least ... */
    double ending_s; /* ... and what came of it all */
};

struct moment {
    double begin_s, end_s;
    const char *frame;     /* borrowed; the newest picture until then; "": none yet */
    const struct act *act; /* borrowed from the timeline; NULL: nothing was done */
    double act_s;          /* when */
};

struct caption {
    double begin_s, end_s;
    char *text;       /* owned; the step, or the bare action; without a newline */
    const char *fail; /* borrowed; why it could not be done; NULL: it was, or that is not said */
};

struct timeline {
    struct acts acts;         /* owned */
    struct moment *moments;   /* owned; one for each of the recording's turns, without a gap */
    struct caption *captions; /* owned; one a step */
    int moment_count, caption_count;
    double seconds; /* the whole */
};

/* R outlives OUT. ERR_USAGE as acts_take. OUT is set on success only. */
bool timeline_make(const struct recording *r, const struct pace *pace, struct timeline *out,
                   struct err *e);

/* The captions as WebVTT. */
void timeline_vtt(const struct timeline *t, struct buf *out);
void timeline_finish(struct timeline *t);

#endif

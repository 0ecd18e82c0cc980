/*
 * trajectory: the record of an episode on disk.
 *
 *   DIR/episode.json       task, policy, versions, screen, outcome, times;
 *                          written at the start (outcome "running") and again at the end
 *   DIR/trajectory.jsonl   one line a turn, appended as it happens
 *   DIR/audit.jsonl        one line a decision of the guard, appended before it is done (audit.h)
 *   DIR/frames/000001.png  only when the screen changed; encoded on a thread of its own
 *
 * A killed run leaves a trajectory that is readable up to its last turn. The formats are described
 * in docs/architecture.md.
 *
 * Secrets never reach it: texts are redacted (base/data.h) and the masks of a turn are painted over
 * before a frame is queued.
 *
 * A trajectory belongs to one thread.
 */
#ifndef TRAJECTORY_TRAJECTORY_H
#define TRAJECTORY_TRAJECTORY_H

#include "base/data.h"
#include "base/err.h"
#include "base/frame.h"
#include "base/scene.h"
#include "trajectory/audit.h"
#include "trajectory/ended.h"
#include "trajectory/gestures.h"

struct trajectory;

struct episode {
    const char *task;    /* the task's name */
    const char *path;    /* the task's file; NULL: none */
    const char *goal;    /* NULL: none */
    const char *policy;  /* "form" */
    const char *program; /* the command line for people; NULL: none */
    char *const *argv;   /* the same as it was started; ends with NULL; NULL: none. Borrowed for the
                            trajectory's life, as is the next */
    const char *directory; /* in which it was started; NULL: that is not known */
    int width, height;
    int row;                  /* of a table; 0: none */
    const struct data *data;  /* the names and values that it works on; NULL: none. Borrowed for the
                                 trajectory's life, as is the next */
    const struct data *holes; /* the same names, and what of the task stands for their values:
                                 "{{First name}}"; "" for what is always the same */
    const struct gestures *gestures;     /* what it was folded from; NULL: it was not. Borrowed, as
                                            is the next */
    const struct gesture_limits *limits; /* by which */
};

/* Where the time of a turn went. */
struct phases {
    double settle_ms, capture_ms, read_ms, decide_ms, act_ms;
};

/* What asking a model came to, in tokens and dollars. */
struct expenses {
    int calls; /* 0: none was asked */
    long input, cached, cache_written, output;
    double dollars;
};

struct trajectory_turn {
    int number;              /* from 1 */
    const char *step;        /* the step's line; NULL or "": none */
    const char *action;      /* the action's line */
    const char *verdict;     /* the guard's word: "allow", "deny: Pay", "asked: yes" */
    const char *outcome;     /* "acted", "waited", "done", "failed: ...", "refused: ..." */
    const char *last_effect; /* what this look shows of the last action: "confirmed", "no effect
                                seen"; NULL: nothing yet, or it was told */
    struct point at;         /* where the action was; only with has_at */
    bool has_at;
    int events[2]; /* the first and last of the log that it was folded from; 0: of none */
    const struct ended *ended; /* the steps that ended with this look; NULL: none */
    struct phases phases;
    bool still;                /* did the screen come to rest before it was read? */
    bool moving;               /* but for a spinner or the like, which was not waited for */
    const struct scene *scene; /* summarised; NULL: none */
    const struct frame *frame; /* written when its serial is new; NULL: none */
    const struct rect *masks;  /* painted over in the frame */
    int mask_count;
};

/* Makes DIR (and its parents); ERR_USAGE when it already holds a trajectory. SECRETS (borrowed for
 * the trajectory's life, may be NULL) are redacted from every text. */
struct trajectory *trajectory_create(const char *dir, const struct episode *episode,
                                     const struct data *secrets, struct err *e);
bool trajectory_turn(struct trajectory *t, const struct trajectory_turn *turn, struct err *e);

/* What was spent so far; the end of the episode tells it. */
void trajectory_spent(struct trajectory *t, const struct expenses *expenses); /* T may be NULL */

/* Writes what the guard has decided (audit.h), before it is done. ERR_IO: it does not stand there.
 */
bool trajectory_audit(struct trajectory *t, const struct decision *d, struct err *e);

/* The end of an episode: OUTCOME "done", "failed", "stopped", "limit", "refused"; WHY for people
 * (NULL: none); VALUES that were read (may be NULL); TOTALS of the phases. Waits for the frames.
 * Frees T, also on failure. T may be NULL. */
bool trajectory_close(struct trajectory *t, const char *outcome, const char *why,
                      const struct data *values, const struct phases *totals, double seconds,
                      struct err *e);

#endif

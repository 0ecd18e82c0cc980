/*
 * read: a trajectory from disk, as written by trajectory.h, also one that was broken off.
 */
#ifndef TRAJECTORY_READ_H
#define TRAJECTORY_READ_H

#include "base/data.h"
#include "base/err.h"
#include "base/scene.h"
#include "trajectory/audit.h"
#include "trajectory/ended.h"

#include <stdbool.h>

struct recorded_turn {
    int number;
    double seconds;                          /* since the episode began */
    char *step, *action, *verdict, *outcome; /* owned; "" for none */
    char *frame;       /* owned; the picture it was decided on, relative to DIR; "" for none */
    char *last_effect; /* owned; of the action before; "" for none */
    bool has_at;
    struct point at;    /* where the action was */
    struct ended ended; /* owned; the steps that ended with its look */
    int scene;          /* of the recording's scenes: what was seen; -1: none */
    char *wall;         /* owned; the wall clock, UTC; "" for none */
    double settle_ms, capture_ms, read_ms, decide_ms, act_ms;
};

struct recording {
    char *task, *policy, *outcome, *why; /* owned; outcome "running" when it was broken off */
    char *path, *goal;                   /* owned; the task's file, its goal; "" for none */
    char **argv; /* owned, each owned; how the program was started, ends with NULL; NULL: none */
    char *directory;             /* owned; in which; "" when that is not known */
    char *started;               /* owned; the wall clock, UTC; "" when that is not said */
    int width, height;           /* of the screen */
    struct data data, holes;     /* owned; as in struct episode */
    struct recorded_turn *turns; /* owned */
    int turn_count;
    struct scene *scenes; /* owned; without words, and each but once */
    int scene_count;
    struct audit_end audit; /* where the audit ends; its hash is "" when that is not said */
    bool cut;               /* the last line of trajectory.jsonl was incomplete and is left out */
};

/* ERR_USAGE with file and line when it is not a trajectory, or a whole line does not parse. */
bool recording_read(const char *dir, struct recording *out, struct err *e);

/* Only what its episode.json says: there are no turns and scenes. */
bool recording_read_episode(const char *dir, struct recording *out, struct err *e);
void recording_finish(struct recording *r);
void recorded_turn_finish(struct recorded_turn *turn);

#endif

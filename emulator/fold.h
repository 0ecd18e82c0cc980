/*
 * fold: from the raw log of a demonstration and its pictures to a trajectory: what the person did,
 * in steps whose targets are named as the eyes saw them on the picture from before the pointer
 * began to move. The log stays as it is, so this can be done again with other limits.
 */
#ifndef EMULATOR_FOLD_H
#define EMULATOR_FOLD_H

#include "base/err.h"
#include "trajectory/gestures.h"

struct fold_options {
    struct gesture_limits limits;
    const char *language; /* Tesseract's; NULL: eng */
};

struct fold_report {
    char **steps; /* owned, each owned: their lines */
    int step_count;
    int actions, turns;
    int events, noise; /* by hand; of them in no action */
};

/*
 * Writes DIR's episode.json and trajectory.jsonl from its events.jsonl and pictures, in place of
 * any that are there. ERR_USAGE: DIR holds no demonstration; ERR_IO, ERR_STOPPED: it isn't
 * written, and what was there is there still.
 */
bool fold_demonstration(const char *dir, const struct fold_options *options,
                        struct fold_report *out, struct err *e);
void fold_report_finish(struct fold_report *r);

#endif

/*
 * turn: one turn of the loop, and the emulator that it is a turn of; for emulator/ itself.
 */
#ifndef EMULATOR_TURN_H
#define EMULATOR_TURN_H

#include "base/clock.h"
#include "base/history.h"
#include "emulator/after.h"
#include "emulator/chooser.h"
#include "emulator/desktop.h"
#include "emulator/effect.h"
#include "emulator/emulator.h"
#include "emulator/lens.h"
#include "emulator/masks.h"
#include "input/input.h"
#include "policy/guard.h"
#include "policy/policy.h"
#include "vision/screen.h"

#define TURN_SETTLE_MS  5000 /* a screen that never rests is looked at all the same */
#define TURN_TITLE_SIZE 2048

enum turn { TURN_ACTED, TURN_DONE, TURN_FAILED, TURN_REFUSED, TURN_STOPPED };

struct emulator {
    const struct emulator_options *options; /* borrowed */
    const struct task *task;                /* borrowed */
    struct chooser chooser;
    struct after after;
    struct desktop *desktop; /* owned, as are the next four */
    struct screen *screen;
    struct input *input;
    struct policy *policy;
    struct trajectory *trajectory; /* NULL: none is written */
    struct vision *vision;         /* owned when the options lend none */
    struct gallery *gallery;       /* owned; the pictures of the steps */
    struct frame frame;
    struct scene scene;
    struct history history;
    struct action action;
    struct masks masks;
    struct lens lens; /* what a model sees through */
    struct guard guard;
    struct phases phases; /* of this turn */
    struct deadline deadline;
    char title[TURN_TITLE_SIZE];
    char verdict[2 * GUARD_WHY_SIZE + 16];
    double acted_ms;            /* when something was last done to the screen; 0: not yet */
    struct effect effect;       /* of what was done last */
    struct history_turn *acted; /* its turn; NULL: none yet */
    const char *last_effect;    /* static; what this turn's look shows of it; NULL: nothing */
    struct ended ended;         /* owned; the steps that ended with this turn's look */
    double step_since_ms;
    bool step_acted;                /* something was done for the step under way */
    struct emulator_report *report; /* borrowed */
};

/* Look, decide, check, act. */
enum turn turn_take(struct emulator *em, struct err *e);

/* Does the emulator's action without deciding on it, and adds it to the history. */
bool turn_act(struct emulator *em, struct err *e);

/* Adds the turn to the history and to the record on disk. WHY: what E said after it. */
bool turn_record(struct emulator *em, enum turn turn, const struct err *why, struct err *e);

/* Settles and reads what is on the screen into the emulator's frame and scene. */
bool turn_look(struct emulator *em, struct err *e);

/* Tells the hook that a step has ended. Fits struct policy_context. */
void turn_step_ended(void *self, const struct step *step, const struct err *failed);

/* Keeps what was seen of a screen that was expected. Fits struct policy_context. */
bool turn_screen_ended(void *self, const char *name, const struct err *unlike);

/* Names what lies over a window. Fits struct policy_context. */
void turn_name_covers(void *self, const struct scene *scene, struct buf *out);

#endif

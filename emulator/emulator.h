/*
 * emulator: one emulator doing one task: the desktop it lives in, and the loop: look, decide,
 * check, act.
 */
#ifndef EMULATOR_EMULATOR_H
#define EMULATOR_EMULATOR_H

#include "base/action.h"
#include "base/err.h"
#include "base/history.h"
#include "base/scene.h"
#include "emulator/klm.h"
#include "emulator/screens.h"
#include "emulator/task.h"
#include "policy/wallet.h"
#include "trajectory/trajectory.h"
#include "vision/vision.h"

/* What a person is asked about an action that is about to be done. What comes from a screen or a
 * model may hold anything. */
struct question {
    const char *step, *action; /* lines, secrets as holes; "" for no step */
    const char *under;         /* what is touched */
    const char *why;           /* the guard's rule that says ask; NULL: the guard does not */
    const char *check;   /* what the model's provider wants a person to confirm; NULL: nothing */
    const char *picture; /* a PNG of that part of the screen; NULL: none */
};

enum answer { ANSWER_NOBODY, ANSWER_NO, ANSWER_YES }; /* nobody: there was nobody to ask */

/* What somebody outside wants to be told, or to be asked. Every function may be NULL; SELF is
 * handed to each. */
struct emulator_hooks {
    /* The program is there; the first look is next. */
    void (*placed)(void *self);
    /* A step ended. LINE: the step, without secrets. FAILED: NULL, or why. */
    void (*step_ended)(void *self, int number, const char *line, double ms,
                       const struct err *failed);
    /* May it happen? NULL: there is nobody to ask, which is no. */
    enum answer (*ask)(void *self, const struct question *question);
    /* A model asks a person something: the answer goes to OUT. False, or NULL: nobody answers. */
    bool (*answer)(void *self, const char *question, struct buf *out);
    /* The next action may send the data away. False: it is not done. */
    bool (*committing)(void *self, struct err *e);
    void *self;
};

struct emulator_options {
    const struct task *task; /* filled in; borrowed */
    const char *display;     /* join this one; NULL: start a private one */
    const char *directory;   /* where the trajectory goes; NULL: none is written */
    int row;                 /* of a table; 0: none */
    struct vision *vision;   /* borrowed: what was read stays read from run to run; NULL: its own */
    struct budget *run;      /* borrowed: the money of all runs that share it; NULL: no limit */
    enum screens_update screens; /* what `expect screen` keeps and writes */
    double patience;             /* steps wait so much longer; 0: as they are */
    struct emulator_hooks hooks;
};

enum outcome { OUTCOME_DONE, OUTCOME_FAILED, OUTCOME_REFUSED, OUTCOME_LIMIT, OUTCOME_STOPPED };

struct emulator; /* while one is open */

struct emulator_report {
    enum outcome outcome;
    struct err err;     /* why it is not done */
    bool placed;        /* there was a desktop, and the program could be started on it */
    bool program_ended; /* by itself, and that may be why */
    const char *policy; /* "form"; "auto": several, one after the other */
    char *who;          /* owned; who decided: "skill, form"; NULL: nobody came to it */
    int steps, turns;
    double start_ms;        /* until the program was there and the first look could be taken */
    double seconds;         /* from the first look to the end */
    struct phases phases;   /* where those seconds went */
    struct klm klm;         /* what a person would have done */
    struct data values;     /* owned: what was read */
    struct screens screens; /* owned: what became of `expect screen` */
    char *notes;            /* owned: what a person should know; "" for nothing */
    int calls;              /* of a model; 0: what it cost is nothing */
    struct usage usage;     /* what they cost */
};

/* Does the whole task, from starting the desktop to taking it down. Whatever happens is in OUT. */
void emulator_run(const struct emulator_options *options, struct emulator_report *out);

/*
 * One task after the other in one place, with the same eyes and hands: what was read stays read,
 * and keys and buttons that a task keeps down stay so. The options' task names the place, language
 * and program; nothing is written to disk, and a record's directory is not looked at. NULL: E says
 * why.
 */
struct emulator *emulator_open(const struct emulator_options *options, struct err *e);
void emulator_do(struct emulator *em, const struct task *task, struct emulator_report *out);

/*
 * Does one action at pixels, at once: the screen is not looked at before or after it, unless the
 * action is to keep a picture of it. No guard is asked.
 */
void emulator_act(struct emulator *em, const struct action *action, struct emulator_report *out);

/* The turns of the task that was done last, or the one action. */
const struct history *emulator_history(const struct emulator *em);

/* What is on the screen, once it rests. Valid until the next call; NULL: E says why. */
const struct scene *emulator_see(struct emulator *em, struct err *e);

void emulator_close(struct emulator *em); /* takes NULL */

void emulator_report_finish(struct emulator_report *r);
const char *outcome_name(enum outcome outcome); /* "done" */

/* Checks all of a task that can be checked without starting anything. ERR_USAGE. */
bool emulator_check(const struct task *task, bool has_display, struct err *e);

/* The same for a regression case, whose screens may have no picture yet. */
bool emulator_check_case(const struct task *task, struct err *e);

#endif

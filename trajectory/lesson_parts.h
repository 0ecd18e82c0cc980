/*
 * lesson_parts: what the files behind lesson.h share. Nobody else includes it.
 */
#ifndef TRAJECTORY_LESSON_PARTS_H
#define TRAJECTORY_LESSON_PARTS_H

#include "trajectory/deeds.h"
#include "trajectory/lesson.h"

/* Adds a step; takes it over. BEGUN: what it was begun with, DONE: what it ended with. EL: what its
 * target was, NULL when that is not known. */
void lesson_add(struct lesson *l, const struct step *step, const struct deed *begun,
                const struct deed *done, const struct element *el);

/* A control that is being given its value by clicks and keys. */
struct hand {
    const struct element *el; /* borrowed from a scene; NULL: none */
    const struct deed *begun;
    struct buf text; /* typed so far */
    bool typed;      /* any was, or it was emptied */
    bool selected;   /* the next key replaces all */
    bool edited;     /* with keys that say not what came of it */
    bool chose;      /* something was clicked in its list */
};

struct fold {
    const struct recording *r;
    const struct deeds *deeds;
    struct lesson *out;
    bool all; /* nothing is left out: what comes to no better step is told as it was done */
    int at;   /* the deed that is being folded */
    struct hand hand;
};

/* Folds all deeds into steps. */
bool lesson_fold(struct fold *f, struct err *e);

/* ---- the hand (lesson_hand.c) ---- */

void hand_open(struct fold *f, const struct element *el, const struct deed *d);
bool hand_is_list(const struct hand *h);
void hand_type(struct hand *h, const char *text);

/* Once more clicked into: what does that select? */
void hand_select(struct fold *f, const struct deed *d);

/* What its control holds on a scene; NULL when it is not seen there. */
const char *hand_value(const struct fold *f, int scene);

/* The control has its value: SCENE shows it; or what the deed NEXT was done on. */
bool hand_close_on(struct fold *f, int scene, struct err *e);
bool hand_close(struct fold *f, const struct deed *next, struct err *e);

/* A step on an element by its name. Where nothing names it: ERR_TASK, or, of all, as it was done.
 */
bool lesson_add_named(struct fold *f, enum step_verb verb, const char *text,
                      const struct element *el, const struct deed *begun, const struct deed *done,
                      struct err *e);

/* A deed as it was done, by itself: what it was done on has its name, if it has one. */
void lesson_add_plain(struct fold *f, const struct deed *d);

#endif

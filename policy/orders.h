/*
 * orders: what a reply asks for, one thing at a time: each call taken apart into steps, and into
 * actions where the step language has no word for them. Clicks, keys and texts become steps, so
 * that they are done, checked and remembered like those of every other policy.
 */
#ifndef POLICY_ORDERS_H
#define POLICY_ORDERS_H

#include "base/scene.h"
#include "base/shot.h"
#include "base/step.h"
#include "policy/reply.h"

/* What was seen at a place when the model looked. */
struct spot {
    bool known; /* there was a place */
    struct point at;
    enum role role; /* ROLE_NONE: no element was there */
    char *name;     /* owned */
};

struct order {
    int call; /* index of its call in the reply */
    bool is_step;
    struct step step;     /* owned */
    struct action action; /* its text belongs to the call */
    struct spot spot;     /* where it goes by place */
    bool last;            /* of its call */
};

struct orders {
    struct order *items; /* owned */
    int count;
};

/* Takes R apart; places in steps are in the model's numbers. A call that can't be understood
 * becomes a CALL_BAD that says why, and gives one order that does nothing, as all calls do that
 * are not for the hands. SCENE: what the model saw. */
void orders_of(struct reply *r, const struct shot *shot, const struct scene *scene,
               struct orders *out);

/* Is there still what the model saw? WHY gets what is there now. */
bool spot_is_there(const struct spot *s, const struct scene *scene, struct buf *why);

void orders_finish(struct orders *o);

#endif

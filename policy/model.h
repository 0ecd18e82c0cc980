/*
 * model: a vision-language model decides. It is asked for several things at once; they are done in
 * order, each found, guarded and checked like anybody's, and the rest is dropped and told to it as
 * soon as one fails or the screen is not what it saw.
 */
#ifndef POLICY_MODEL_H
#define POLICY_MODEL_H

#include "base/camera.h"
#include "base/clock.h"
#include "policy/decider.h"
#include "policy/model_name.h"
#include "policy/wallet.h"

/* All borrowed for the policy's life. */
struct model_task {
    const struct model_name *name;
    const char *key; /* "" for none */
    const char *goal;
    const struct step *expect; /* what must be seen before its word that it is done counts */
    int expect_count;
    struct camera camera;
    const struct deadline *deadline;
    struct wallet *wallet; /* pays for every answer, and says whether there may be another */

    /* Puts a person's answer to a model's question into OUT. NULL, or false: nobody answers. */
    bool (*answer)(void *self, const char *question, struct buf *out);
    void *self;
};

struct decider model_decider(const struct policy_context *context, const struct model_task *task);

#endif

/*
 * slots: the texts of steps that data goes into. What stands at the same place in every episode is
 * compared with the data of each, and becomes the hole that stands for it.
 */
#ifndef EMULATOR_SLOTS_H
#define EMULATOR_SLOTS_H

#include "trajectory/read.h"

#define SLOTS_EPISODES_MAX 64

/* What is known of the episodes' data; the caller finishes `used` and `made`. */
struct slots {
    const struct recording *recordings; /* borrowed */
    int count;
    struct data used; /* holes that stand in a step by now; no values */
    struct data made; /* those that no datum gave, and the texts that each stands for */
};

/*
 * TEXTS: what stands there in each episode. LABEL: what it was given to. Appends to OUT what shall
 * stand there: the text, if it is always that, else with holes. ERR_TASK: it can't be told which
 * datum it is.
 */
bool slots_text(struct slots *s, const char *const *texts, const char *label, struct buf *out,
                struct err *e);

/* The same for a box that was checked, or not, in each episode: a hole for yes and no; nothing when
 * it does not depend on the data. */
bool slots_toggle(struct slots *s, const bool *checked, const char *label, struct buf *out);

/* Is HOLE used by now? */
bool slots_uses(const struct slots *s, const char *hole);

#endif

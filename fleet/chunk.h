/*
 * chunk: the unit of work of every engine: one chunk of a planned run, done by this machine's
 * supervisor (batch.h). Rows that have their place among what is published are passed over; each
 * row that ends is published once, and none is sent that another attempt may have sent. So a chunk
 * may be begun as often as an engine likes, here and elsewhere, also at the same time.
 */
#ifndef FLEET_CHUNK_H
#define FLEET_CHUNK_H

#include "fleet/batch.h"
#include "fleet/plan.h"

/* Does chunk INDEX, from 0. HOOKS are told how it goes. False as batch_run; ERR_USAGE: there is no
 * such chunk, or its task or table is bad. */
bool chunk_run(const char *run, int index, const struct batch_hooks *hooks, struct err *e);

/* Would it go better another time or elsewhere? Not where the task or the table is bad. */
bool chunk_may_go_elsewhere(const struct err *e);

#endif

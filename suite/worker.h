/*
 * worker: a try in a process of its own, so that whatever happens to it touches no other.
 */
#ifndef SUITE_WORKER_H
#define SUITE_WORKER_H

#include "base/clock.h"
#include "suite/try.h"

#include <sys/types.h>

struct worker {
    pid_t pid; /* 0: it does nothing */
    int fd;    /* what it says; readable, too, when it has ended. -1: none */
    struct try_order order;
    struct buf said;          /* owned */
    struct deadline deadline; /* it should have ended long before */
    bool killed;              /* it had not */
};

/* Starts a process for it. ERR_IO. */
bool worker_start(struct worker *w, const struct try_order *order, struct err *e);

/* Reads what it says, without waiting. True: it has ended. */
bool worker_ended(struct worker *w);

/* What came of it, after its end. False: nothing, it was broken off. The worker is free again. */
bool worker_take(struct worker *w, struct result *out);

void worker_stop(const struct worker *w); /* asks it to break off */
void worker_kill(struct worker *w);       /* does not ask; what it has started ends with it */

#endif

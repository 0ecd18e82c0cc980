/*
 * slot: an emulator of a batch as its supervisor knows it: the process, the row that it does, and
 * what it uses.
 */
#ifndef FLEET_SLOT_H
#define FLEET_SLOT_H

#include "base/clock.h"
#include "fleet/meter.h"
#include "fleet/pilot.h"
#include "fleet/queue.h"

struct slot {
    pid_t pid; /* 0: there is none */
    int socket;
    struct buf inflow;
    bool busy;         /* has `job` */
    bool starting;     /* and its program is not there yet */
    bool retired;      /* gets no further row */
    bool told_to_stop; /* its row is to end early */
    struct job job;
    struct deadline deadline;    /* of the row */
    struct err killed;           /* why it was; ERR_NONE: it was not */
    struct meter_emulator usage; /* as last measured; 0: not yet */
};

/* Gives it the row that it holds. False: it has died. */
bool slot_give(struct slot *s, double dollars);

/* Ends the process at once, and so its desktop. WHY is what becomes of its row. */
void slot_kill(struct slot *s, const struct err *why);

/* It does no further row, and ends when it has none. */
void slot_retire(struct slot *s);

/* The end of a process whose socket is closed: why, as its row's error. The slot is empty then. */
void slot_reap(struct slot *s, struct err *why);

#endif

/*
 * fate: what a row's end means: whose fault it was, whether it may be tried again, and whether
 * the others should go on.
 */
#ifndef FLEET_FATE_H
#define FLEET_FATE_H

#include "emulator/emulator.h"
#include "emulator/ledger.h"

struct fate {
    enum row_state state;     /* done, failed, unknown, or waiting: it was given back */
    enum row_failure failure; /* of what failed or is unknown */
    bool ends_run; /* the disk, the run's money or a stop: it would go no better with the next */
};

/* SUBMITTED: it may have been sent. MONEY_REACHED: the run's money was. */
struct fate fate_of(const struct emulator_report *r, bool submitted, bool money_reached);

#endif

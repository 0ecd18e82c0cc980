/*
 * admission: how many emulators there may be at once on this machine, so that it stays usable.
 *
 * By memory: what is available, less a reserve, must hold one more as large as those that were
 * measured. By processors: it begins with one emulator for each, and one is added as long as the
 * processors idle, for emulators wait most of their time; one is taken away when they don't idle at
 * all. What others do on the machine counts, too.
 */
#ifndef FLEET_ADMISSION_H
#define FLEET_ADMISSION_H

#include "fleet/meter.h"

struct admission {
    int fixed; /* that the user wants; 0: as many as fit */
    int allowed;
    struct meter_machine machine;
    double changed_ms; /* when `allowed` was */
};

void admission_init(struct admission *a, int fixed);

/* Looks at the machine again; about once a second. EMULATORS there are, of EMULATOR_MB each (0: not
 * measured yet). BUSY: all of them have work, so that more could be used. */
void admission_look(struct admission *a, int emulators, double emulator_mb, bool busy);

#endif

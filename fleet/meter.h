/*
 * meter: what emulators and the machine use: memory as PSS, so that what is shared counts once, and
 * processor time.
 */
#ifndef FLEET_METER_H
#define FLEET_METER_H

#include <stdbool.h>
#include <sys/types.h>

/* Of an emulator and all that it started. */
struct meter_emulator {
    double own_mb;     /* it, its keeper, display, window manager and bus */
    double program_mb; /* the rest: the program */
};
void meter_emulator(pid_t pid, struct meter_emulator *out);

/* Of the machine, or of the control group that this process is shut up in, where that has less. */
struct meter_machine {
    double total_mb, available_mb; /* memory */
    int processors;                /* that this process may use */
    double idle; /* of the processors, since the call before: 0 to 1; negative: unknown */
    double total_ticks, idle_ticks; /* of the call before: for meter_machine only */
};
void meter_machine(struct meter_machine *m);

#endif

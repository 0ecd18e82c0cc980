/*
 * dispatch: giving the chunks of a planned run to an engine, and how the run stands: what is
 * published, and what the engine says.
 */
#ifndef FLEET_DISPATCH_H
#define FLEET_DISPATCH_H

#include "emulator/ledger.h"
#include "fleet/plan.h"
#include "fleet/slurm.h"

/* How many chunks the plan's engine takes at once. ERR_USAGE: there is no such engine. */
bool dispatch_chunks_max(const char *engine, int *out, struct err *e);

/*
 * Has Slurm do all chunks in which rows have no place yet, each with HEM, the program's path.
 * CHUNKS: how many those were; 0: nothing was to be done. ERR_BUSY while Slurm still works on the
 * run: nothing is given to it then.
 */
bool dispatch_slurm(const char *run, struct plan *p, const char *hem, int *chunks, struct err *e);

/* Writes RUN/job.yaml and RUN/Containerfile, for a user to give to Kubernetes; CHUNKS as above. */
bool dispatch_kubernetes(const char *run, struct plan *p, const char *image, int *chunks,
                         struct err *e);

/* How the rows stand. Sending: nobody has said what came of it; that is unknown once the engine
 * works on the run no more. */
struct dispatch_counts {
    int done, failed, unknown, sending, waiting;
};
bool dispatch_count(const char *run, const struct plan *p, struct dispatch_counts *out,
                    struct err *e);

/* What the engine knows of the run's chunks. ERR_USAGE for one that can't be asked. */
bool dispatch_view(const struct plan *p, struct slurm_view *out, struct err *e);

/* As ledger_each, of what is published in RUN (a const char *); what is being sent counts as
 * unknown. */
bool dispatch_each(void *run, bool (*take)(void *self, const struct ledger_row *row, struct err *e),
                   void *self, struct err *e);

/* As ledger_release, of COUNT rows with these NUMBERS; 0: of all such. How many goes to RELEASED.
 * ERR_BUSY while the engine works on the run. */
bool dispatch_release(const char *run, const struct plan *p, const int *numbers, int count,
                      enum release which, int *released, struct err *e);

#endif

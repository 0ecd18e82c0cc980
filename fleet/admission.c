#include "fleet/admission.h"

#include "base/clock.h"
#include "fleet/batch.h"

#define RESERVE_SHARE   0.1   /* of the memory, for everything else */
#define RESERVE_MB      512.0 /* at least */
#define GUESS_MB        400.0 /* of an emulator, until one was measured: a browser's */
#define MARGIN          1.25  /* programs grow */
#define IDLE_ENOUGH     0.15  /* there is room for one more */
#define IDLE_TOO_LITTLE 0.02
#define MORE_AFTER_MS   2000 /* what was added before must show first */
#define LESS_AFTER_MS   4000

void admission_init(struct admission *a, int fixed)
{
    *a = (struct admission){.fixed = fixed, .changed_ms = clock_ms()};
    meter_machine(&a->machine);
    a->allowed = fixed ? fixed : a->machine.processors;
}

/* How many the memory holds. */
static int memory_holds(const struct admission *a, int emulators, double emulator_mb)
{
    const struct meter_machine *m = &a->machine;
    double reserve = m->total_mb * RESERVE_SHARE;
    double each = emulator_mb > 0 ? emulator_mb * MARGIN : GUESS_MB;
    if (reserve < RESERVE_MB)
        reserve = RESERVE_MB;
    double more = (m->available_mb - reserve) / each;
    int holds = emulators + (int)(more > BATCH_EMULATORS_MAX ? BATCH_EMULATORS_MAX : more);
    return holds < 1 ? 1 : holds > BATCH_EMULATORS_MAX ? BATCH_EMULATORS_MAX : holds;
}

static void allow(struct admission *a, int count)
{
    if (count == a->allowed)
        return;
    a->allowed = count;
    a->changed_ms = clock_ms();
}

void admission_look(struct admission *a, int emulators, double emulator_mb, bool busy)
{
    if (a->fixed)
        return;
    meter_machine(&a->machine);
    int holds = memory_holds(a, emulators, emulator_mb);
    double since_ms = clock_ms() - a->changed_ms, idle = a->machine.idle;
    int want = a->allowed;
    if (idle > IDLE_ENOUGH && busy && emulators >= a->allowed && since_ms > MORE_AFTER_MS)
        want++;
    else if (idle >= 0 && idle < IDLE_TOO_LITTLE && since_ms > LESS_AFTER_MS && want > 1)
        want--;
    allow(a, want < holds ? want : holds);
}

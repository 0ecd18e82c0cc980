#include "fleet/fate.h"

/* Was it broken off, by whatever is not the row's doing? */
static bool is_broken_off(const struct emulator_report *r)
{
    switch (r->err.kind) {
    case ERR_IO:
    case ERR_BUSY:
    case ERR_DISPLAY:
    case ERR_PROGRAM:
    case ERR_LIMIT:
    case ERR_STOPPED:
        return true;
    default:
        return r->program_ended;
    }
}

struct fate fate_of(const struct emulator_report *r, bool submitted, bool money_reached)
{
    struct fate v = {.state = ROW_DONE};
    if (r->outcome == OUTCOME_DONE)
        return v;
    bool broken_off = is_broken_off(r);
    v.ends_run = money_reached || r->err.kind == ERR_IO || r->err.kind == ERR_STOPPED;
    v.failure = broken_off ? FAILURE_APPLICATION : FAILURE_BUSINESS;
    v.state = submitted && broken_off ? ROW_UNKNOWN : v.ends_run ? ROW_WAITING : ROW_FAILED;
    return v;
}

/*
 * try: a case done once, on a private display of its own, in this process.
 */
#ifndef SUITE_TRY_H
#define SUITE_TRY_H

#include "emulator/screens.h"
#include "suite/cases.h"
#include "trajectory/result.h"

struct try_order {
    const struct test_case *c;
    int number;            /* of the try, from 1 */
    const char *directory; /* the run's */
    double timeout_scale;  /* all times that the case waits, and its own, are so much longer */
    enum screens_update screens;
    bool keeps_record; /* also when it passes */
    bool keeps_failed; /* when it does not pass */
};

/* The folder of the try, seen from the run's. Owned by the caller. */
char *try_place(const struct try_order *o);

/* The part of a result that is known before. Finish it with result_finish. */
void try_result(const struct try_order *o, struct result *out);

/* Does it. Whatever comes of it is in OUT, which try_result has begun. ERR_STOPPED: it was broken
 * off, and is as good as not done. */
bool try_run(const struct try_order *o, struct result *out, struct err *e);

#endif

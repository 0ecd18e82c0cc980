/*
 * inflow: what somebody writes to us, line by line, each as soon as it is there.
 */
#ifndef COMMANDS_INFLOW_H
#define COMMANDS_INFLOW_H

#include "base/buf.h"

#include <stdbool.h>

#define INFLOW_LENGTH_MAX 65536 /* bytes of a line */

enum inflow_next {
    INFLOW_LINE,     /* here is one, without its end */
    INFLOW_TOO_LONG, /* one came that was too long, and was passed over */
    INFLOW_END,      /* there are no more */
    INFLOW_STOPPED,  /* a stop was asked for while waiting */
};

/* Zero-initialised but for the descriptor is valid. */
struct inflow {
    int fd;          /* borrowed */
    struct buf text; /* what was read; owned */
    size_t done;     /* bytes of it that were given out */
    bool ended;
};

/* Waits for the next line. LINE (LENGTH bytes, and terminated) is valid until the next call. */
enum inflow_next inflow_next(struct inflow *l, const char **line, size_t *length);

void inflow_finish(struct inflow *l);

#endif

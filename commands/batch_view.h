/*
 * batch_view: how a batch is told about while it works: a table that is drawn over and over on a
 * terminal, else a line for each row, or JSON lines.
 */
#ifndef COMMANDS_BATCH_VIEW_H
#define COMMANDS_BATCH_VIEW_H

#include "fleet/batch.h"

struct batch_view {
    bool json, terminal;
    int drawn;          /* lines of the table that stand on the terminal now */
    double progress_ms; /* when progress was told last */
    int begun;          /* rows that ended */
};

void batch_view_init(struct batch_view *v, bool json);

/* For batch_hooks. */
void batch_view_row(struct batch_view *v, const struct batch_row *row);
void batch_view_progress(struct batch_view *v, const struct batch_progress *progress);

/* Makes room for other output. */
void batch_view_clear(struct batch_view *v);

#endif

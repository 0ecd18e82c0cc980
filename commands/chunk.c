#include "commands/chunk.h"

#include "commands/batch_view.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "fleet/chunk.h"
#include "fleet/slurm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_AGAIN   75 /* EX_TEMPFAIL; what job.yaml and chunk.sh wait for */
#define RESTARTS_MAX 20 /* that a chunk which asks for it gets; nodes that are lost count, too */

static bool take_index(const char *text, int *out)
{
    char *end;
    long value = strtol(text, &end, 10);
    *out = (int)value;
    return end != text && !*end && value >= 0 && value <= 1000000000;
}

static int chunk_failed(const struct err *e)
{
    int status = exit_with(e);
    if (!chunk_may_go_elsewhere(e))
        return status;
    return slurm_restarts() < RESTARTS_MAX ? EXIT_AGAIN : EXIT_ENVIRONMENT;
}

static void hear_row(void *self, const struct batch_row *row)
{
    batch_view_row(self, row);
}

static void hear_progress(void *self, const struct batch_progress *progress)
{
    batch_view_progress(self, progress);
}

int command_chunk(int argc, char **argv)
{
    struct batch_view view;
    struct err e = {0};
    int index;
    bool json = argc == 4 && strcmp(argv[3], "--json") == 0;
    if ((argc != 3 && !json) || !take_index(argv[2], &index))
        return command_misused("chunk", "the run's folder and a chunk's number are needed");
    batch_view_init(&view, json);
    const struct batch_hooks hooks = {
        .row_ended = hear_row, .progress = hear_progress, .self = &view};
    return chunk_run(argv[1], index, &hooks, &e) ? EXIT_DONE : chunk_failed(&e);
}

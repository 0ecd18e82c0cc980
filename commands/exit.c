#include "commands/exit.h"

#include <stdio.h>

int exit_status(const struct err *e)
{
    switch (e->kind) {
    case ERR_NONE:
        return EXIT_DONE;
    case ERR_USAGE:
        return EXIT_USAGE;
    case ERR_BUSY:
    case ERR_IO:
    case ERR_DISPLAY:
    case ERR_PROGRAM:
        return EXIT_ENVIRONMENT;
    case ERR_LIMIT:
        return EXIT_LIMIT;
    case ERR_STOPPED:
        return EXIT_STOPPED;
    default:
        return EXIT_TASK;
    }
}

int exit_with(const struct err *e)
{
    fprintf(stderr, "hem: %s\n", e->text);
    return exit_status(e);
}

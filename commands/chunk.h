/*
 * chunk: `hem chunk`: one chunk of a run, as engines call it.
 */
#ifndef COMMANDS_CHUNK_H
#define COMMANDS_CHUNK_H

#define CHUNK_USAGE                                                                                \
    "usage: hem chunk RUN INDEX [--json]\n"                                                        \
    "\n"                                                                                           \
    "Does one chunk of a run that `hem batch --engine` has planned: the unit of work of every "    \
    "engine.\n"                                                                                    \
    "Rows that have a result, or that another attempt is sending, are passed over; each result "   \
    "is\n"                                                                                         \
    "published once. It may be called again, anywhere, any number of times.\n"                     \
    "\n"                                                                                           \
    "Exit status: 0 every row of it has been dealt with, 75 it should be done again elsewhere "    \
    "(the "                                                                                        \
    "node's\n"                                                                                     \
    "display, disk or program broke, or it was stopped), 2 a bad run or task, 3 it was begun "     \
    "again "                                                                                       \
    "too\n"                                                                                        \
    "often, 4 the run's money is spent.\n"

int command_chunk(int argc, char **argv);

#endif

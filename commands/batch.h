/*
 * batch: `hem batch`: a task for every row of a table, many at once.
 */
#ifndef COMMANDS_BATCH_H
#define COMMANDS_BATCH_H

#define BATCH_USAGE                                                                                \
    "usage: hem batch TASK --rows FILE [OPTIONS]\n"                                                \
    "       hem batch status|results RUN [--json]\n"                                               \
    "       hem batch retry RUN [ROW...] [--sent] [OPTIONS]\n"                                     \
    "\n"                                                                                           \
    "Does a task for every row of a table, with many emulators at once, each on a display and in " \
    "a\n"                                                                                          \
    "HOME of its own. The same command again goes on where it was broken off. A row whose "        \
    "emulator or\n"                                                                                \
    "program breaks is tried again; one that was just being sent is \"unknown\", and is left to "  \
    "a\n"                                                                                          \
    "person, unless the task says `repeatable: yes`.\n"                                            \
    "\n"                                                                                           \
    "  --rows FILE       CSV, or (NAME.jsonl) a JSON object a line; {{column}} in the task is "    \
    "the "                                                                                         \
    "row's\n"                                                                                      \
    "                    value\n"                                                                  \
    "  -j N | auto       how many emulators at once (default: auto, as many as memory and "        \
    "processors\n"                                                                                 \
    "                    allow)\n"                                                                 \
    "  --run DIR         the run's folder: its state and records (default: runs/NAME)\n"           \
    "  --tries N         how often a row that breaks is tried (default: 3)\n"                      \
    "  --memory MB       ends an emulator that uses more, with its program\n"                      \
    "  --learn FILE      tries the skill in FILE first; where there is none the first row "        \
    "teaches it,\n"                                                                                \
    "                    and the others wait for that\n"                                           \
    "  --keep failed     keeps the records of rows that failed or are unknown only\n"              \
    "  --engine E        slurm: gives the run to Slurm, in chunks; kubernetes: writes the files "  \
    "for "                                                                                         \
    "it;\n"                                                                                        \
    "                    all machines must see DIR and the task at the same paths\n"               \
    "  --chunk N         rows in a chunk (default: 100, or more where they would be too many)\n"   \
    "  --image NAME      of the container, for kubernetes\n"                                       \
    "  --json            one JSON object a line instead of text\n"                                 \
    "\n"                                                                                           \
    "  status            how a run stands, also while it is going on\n"                            \
    "  results           what became of every row, as CSV or (--json) JSON lines\n"                \
    "  retry             does rows again that failed before they may have been sent; with --sent " \
    "also\n"                                                                                       \
    "                    those that may have been, and the unknown: look at their pictures "       \
    "first\n"                                                                                      \
    "\n"                                                                                           \
    "Exit status: 0 all done, 1 rows failed or are unknown, 2 usage or a bad file, 3 display, "    \
    "program\n"                                                                                    \
    "or disk failed, 4 a limit was reached, 5 nothing to do, 130 interrupted.\n"

int command_batch(int argc, char **argv);

#endif

/*
 * run: `hem run TASK`: a task once, or once for every row of a table.
 */
#ifndef COMMANDS_RUN_H
#define COMMANDS_RUN_H

#include "base/err.h"
#include "emulator/emulator.h"

#include <stdbool.h>

#define RUN_USAGE                                                                                  \
    "usage: hem run TASK [OPTIONS]\n"                                                              \
    "       hem run TASK --rows FILE.csv [OPTIONS]\n"                                              \
    "       hem run --goal TEXT [OPTIONS] [-- PROGRAM ARGUMENTS...]\n"                             \
    "\n"                                                                                           \
    "Does a task: starts its program on a private display (or joins one), does what the task "     \
    "says,\n"                                                                                      \
    "and leaves a trajectory with pictures. See docs/tasks.md for the task file.\n"                \
    "\n"                                                                                           \
    "  --rows FILE.csv   once for every row; {{column}} in the task is the row's value. The "      \
    "same\n"                                                                                       \
    "                    command again goes on where it was broken off; no row is sent twice.\n"   \
    "  --results FILE    where the results of the rows go (default: DIR/results.csv)\n"            \
    "  --goal TEXT       a plain instruction instead of a task file:\n"                            \
    "                    'Type \"Ada\" into First name and press Send.'\n"                         \
    "  --policy NAME     form, literal, script or skill:FILE instead of the task's own choice\n"   \
    "  --learn FILE      try the skill in FILE first, and make it of a run that came out right "   \
    "without\n"                                                                                    \
    "                    it: of a table, only the first row is worked out\n"                       \
    "  --display :N      join this display and leave it as it is\n"                                \
    "  --screen WxH      the size of the private display (default 1280x800)\n"                     \
    "  --limit L=N       seconds=N, turns=N, dollars=N or (all rows) run_dollars=N; may be given " \
    "again\n"                                                                                      \
    "  --lang LANG       Tesseract's languages, such as eng+deu\n"                                 \
    "  --paste KEYS      long texts may be pasted with these keys: Ctrl+V\n"                       \
    "  --stop-file PATH  the run ends when this file is there, as if interrupted; HEM_STOP_FILE "  \
    "is\n"                                                                                         \
    "                    such a file for every command\n"                                          \
    "  --out DIR         where the trajectory goes (default: runs/NAME-TIME, with rows "           \
    "runs/NAME)\n"                                                                                 \
    "  --json            one JSON object a line instead of text\n"                                 \
    "\n"                                                                                           \
    "Exit status: 0 done, 1 failed, 2 usage or a bad file, 3 display, program or disk failed,\n"   \
    "4 a limit was reached, 5 nothing to do, 130 interrupted.\n"

/* What the command line said. */
struct run_options {
    const char *task, *goal, *rows, *results, *policy, *learn, *display, *screen, *language, *paste,
        *out;
    const char *limits[8];
    int limit_count;
    char **program; /* after --; ends with NULL; NULL: none */
    bool json;
};

int command_run(int argc, char **argv);

/* `--rows`: commands/run_rows.c. Returns an exit status. */
int run_rows(const struct run_options *o, struct task *task);

/* What stands after -- is a program's: where it begins in *PROGRAM (untouched when there is no --).
 * Returns how many arguments stand before it. */
int run_program(int argc, char **argv, char ***program);

/* Takes WIDTHxHEIGHT for the size of the task's screen. False when it is none. */
bool run_screen(struct task *task, const char *text);

/* runs/NAME-TIME, with -2, -3 ... when two begin in one second; owned by the caller. */
char *run_directory(const char *name);

/* runs/NAME, where the rows of a table go; owned by the caller. */
char *run_folder(const char *name);

#endif

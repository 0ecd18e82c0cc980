/*
 * learn: `hem learn DIR...`: what was done once becomes a task file with holes for the data.
 */
#ifndef COMMANDS_LEARN_H
#define COMMANDS_LEARN_H

#include "emulator/emulator.h"

#define LEARN_USAGE                                                                                \
    "usage: hem learn DIR... [--out FILE] [--rows DATA.csv]\n"                                     \
    "\n"                                                                                           \
    "Makes a skill of trajectories that `hem run` or `hem record` left: a task file whose steps "  \
    "are what was "                                                                                \
    "done,\n"                                                                                      \
    "with targets by sight and {{holes}} for the data. What an episode was given as data becomes " \
    "a\n"                                                                                          \
    "hole, and so does what differs between several episodes. An episode counts when it is done "  \
    "and\n"                                                                                        \
    "an expectation of its task was met, or a person did it.\n"                                    \
    "\n"                                                                                           \
    "  --out FILE   where the skill goes (default: NAME.skill.yaml beside the task, where\n"       \
    "               policy: auto finds it; task.yaml in the first DIR of demonstrations)\n"        \
    "  --rows FILE  the table that demonstrations were of: what stands in their rows becomes a "   \
    "hole\n"                                                                                       \
    "\n"                                                                                           \
    "Run it with other data: hem run FILE --rows DATA.csv\n"                                       \
    "\n"                                                                                           \
    "Exit status: 0 learned, 1 there is nothing to learn, 2 usage or a bad file, 3 disk failed.\n"

#define PUPIL_ROWS_MAX 4 /* that are compared when one alone does not tell its data apart */

/* Learns a skill from the rows of a table, as soon as one that it did not do itself came out right.
 */
struct pupil {
    const char *file; /* borrowed; where the skill goes; NULL: nothing is learned */
    bool json;
    bool learned;
    int rows;                   /* that came to an end */
    char *dirs[PUPIL_ROWS_MAX]; /* owned; records that nothing was learned from yet */
    int count;
};

/* The row whose record is in DIRECTORY ended so. */
void pupil_row(struct pupil *p, const char *directory, const struct emulator_report *r);

/* May the next rows teach the skill that those behind them would need? */
bool pupil_waits(const struct pupil *p);
void pupil_finish(struct pupil *p);

/* Makes FILE of the trajectories in DIRS after the run of the last of them, if that came out right
 * and the skill did not do it alone. True: FILE is as it should be. */
bool learn_after(const char *const *dirs, int count, const char *file,
                 const struct emulator_report *r, bool json);

int command_learn(int argc, char **argv);

#endif

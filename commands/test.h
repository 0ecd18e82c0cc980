/*
 * test: `hem test PATHS`: regression cases.
 */
#ifndef COMMANDS_TEST_H
#define COMMANDS_TEST_H

#include "suite/reporters.h"
#include "suite/runner.h"
#include "suite/selection.h"

#define TEST_USAGE                                                                                 \
    "usage: hem test PATHS [OPTIONS]\n"                                                            \
    "\n"                                                                                           \
    "Tries regression cases: task files with steps (docs/testing.md), each on a private display\n" \
    "and in a process of its own. A folder stands for all *.yaml with steps in it.\n"              \
    "\n"                                                                                           \
    "  -j N              so many at a time (default 1)\n"                                          \
    "  -g PATTERN        only cases whose id has it (an extended regular expression)\n"            \
    "  --tag TAG         only cases with this tag; !TAG: without it; may be given again\n"         \
    "  --shard X/Y       only part X of Y; `hem merge` joins the parts' results\n"                 \
    "  --last-failed     only cases that did not pass in the results that are in DIR\n"            \
    "  --list            say which cases there are, and try none\n"                                \
    "  --retries N       try a case that does not pass so often again\n"                           \
    "  --repeat-each N   try each case so often, as if there were so many\n"                       \
    "  --max-failures N  end when so many have not passed; -x: the first\n"                        \
    "  --fail-on-flaky   a case that passed only when it was tried again counts as failed\n"       \
    "  --timeout-scale F all waiting times and timeouts are F times as long\n"                     \
    "  --global-timeout S  end after S seconds, whatever is left (status 4)\n"                     \
    "  --reporter NAMES  list, tap, junit, html, jsonl; several parted by commas (default list)\n" \
    "  --output DIR      where results and records go (default test-results); what an earlier "    \
    "run\n"                                                                                        \
    "                    left there is removed\n"                                                  \
    "  --update WHICH    of `expect screen`: write the baselines that are missing, changed "       \
    "(those "                                                                                      \
    "the\n"                                                                                        \
    "                    screen is not like, too), all or none (default)\n"                        \
    "  --trace MODE      the record of a try is kept: on (default), off, retain-on-failure, "      \
    "on-first-retry\n"                                                                             \
    "\n"                                                                                           \
    "Exit status: 0 all passed, 1 a case failed, 2 usage or a bad file, 3 the environment is "     \
    "broken,\n"                                                                                    \
    "4 the global timeout, 5 no case is selected, 130 interrupted.\n"

/* What the command line said. */
struct test_options {
    char **paths; /* borrowed */
    int path_count;
    struct selection selection;
    struct run_order order;
    struct reporting reporting;
    bool list, last_failed, fail_on_flaky;
};

/* 0, or an exit status. */
int test_parse(int argc, char **argv, struct test_options *o);

/* The exit status for what came of the cases. */
int test_status(const struct results *all, bool fail_on_flaky);

int command_test(int argc, char **argv);

#endif

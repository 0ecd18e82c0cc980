/*
 * merge: `hem merge DIR...`: the results of several test runs as those of one.
 */
#ifndef COMMANDS_MERGE_H
#define COMMANDS_MERGE_H

#define MERGE_USAGE                                                                                \
    "usage: hem merge DIR... [--output OUT] [--reporter NAMES]\n"                                  \
    "\n"                                                                                           \
    "Joins the results that `hem test` left in several folders, such as the parts of one run\n"    \
    "(--shard), to those of one run in OUT. Of one DIR without --output the reports are made\n"    \
    "anew, there. A case that stands in several counts as tried again.\n"                          \
    "\n"                                                                                           \
    "  --output OUT      where they go (default test-results)\n"                                   \
    "  --reporter NAMES  list, tap, junit, html, jsonl; several parted by commas (default list)\n" \
    "  --fail-on-flaky   a case that passed only when it was tried again counts as failed\n"       \
    "\n"                                                                                           \
    "Exit status: as that of `hem test`.\n"

int command_merge(int argc, char **argv);

#endif

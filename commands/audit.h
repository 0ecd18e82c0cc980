/*
 * audit: `hem audit DIR`: is the record of the guard's decisions as it was written?
 */
#ifndef COMMANDS_AUDIT_H
#define COMMANDS_AUDIT_H

#define AUDIT_USAGE                                                                                \
    "usage: hem audit DIR\n"                                                                       \
    "\n"                                                                                           \
    "Checks the guard's decisions in the record of a run, DIR/audit.jsonl: each line holds the\n"  \
    "SHA-256 of the line before it, and episode.json that of the last. Prints how many there\n"    \
    "are and that hash; kept elsewhere, it shows whether the whole was made anew.\n"               \
    "\n"                                                                                           \
    "Exit status: 0 intact, 1 not as it was written (with the line where it breaks), 2 usage, "    \
    "or\n"                                                                                         \
    "no record.\n"

int command_audit(int argc, char **argv);

#endif

/*
 * commands: the table of subcommands. Each reads its own arguments (argv[0] is its name) and
 * returns an exit status.
 */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

struct command {
    const char *name;
    const char *summary; /* one line for `hem help` */
    const char *usage;   /* all of `hem help NAME` */
    int (*run)(int argc, char **argv);
};

extern const struct command commands[]; /* ends with a NULL name */

const struct command *command_find(const char *name); /* NULL when there is none */

/* Prints "hem NAME: TEXT" and where to read more; returns EXIT_USAGE. */
int command_misused(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for an OPTION that NAME does not have, or whose value is missing. */
int command_bad_option(const char *name, const char *option);

#endif

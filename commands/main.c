#include "base/alike.h"
#include "base/log.h"
#include "base/stop.h"
#include "commands/audit.h"
#include "commands/batch.h"
#include "commands/chunk.h"
#include "commands/commands.h"
#include "commands/do.h"
#include "commands/exit.h"
#include "commands/export.h"
#include "commands/fold.h"
#include "commands/learn.h"
#include "commands/merge.h"
#include "commands/page.h"
#include "commands/record.h"
#include "commands/replay.h"
#include "commands/run.h"
#include "commands/see.h"
#include "commands/test.h"
#include "commands/video.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int command_help(int argc, char **argv);

const struct command commands[] = {
    {"run", "do a task: once, or once for every row of a table", RUN_USAGE, command_run},
    {"batch", "do a task for every row of a table, many at once", BATCH_USAGE, command_batch},
    {"chunk", "do one chunk of a run of a fleet", CHUNK_USAGE, command_chunk},
    {"see", "say what is on the screen", SEE_USAGE, command_see},
    {"do", "do one step on a display", DO_USAGE, command_do},
    {"fold", "make steps of what a person did", FOLD_USAGE, command_fold},
    {"replay", "do again, by sight, what was recorded", REPLAY_USAGE, command_replay},
    {"test", "try regression cases", TEST_USAGE, command_test},
    {"merge", "join the results of several test runs", MERGE_USAGE, command_merge},
    {"record", "watch a person and keep what happened", RECORD_USAGE, command_record},
    {"learn", "make a task with holes of what was done", LEARN_USAGE, command_learn},
    {"report", "make an HTML page of a record or a run", PAGE_USAGE, command_page},
    {"export", "make data for training of what was done", EXPORT_USAGE, command_export},
    {"video", "make a film of what was done", VIDEO_USAGE, command_video},
    {"audit", "check what the guard decided in a run", AUDIT_USAGE, command_audit},
    {"help", "say more about a command",
     "usage: hem help [COMMAND]\n\nSays which commands there are, or all about one.\n",
     command_help},
    {NULL, NULL, NULL, NULL},
};

static const char overview[] = "hem uses a computer as a person does: it looks at the screen, "
                               "decides, moves the mouse and types.\n"
                               "\n"
                               "usage: hem COMMAND [ARGUMENTS]\n"
                               "       hem --version | --help\n"
                               "\n";

const struct command *command_find(const char *name)
{
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

int command_misused(const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "hem %s: ", name);
    vfprintf(stderr, format, args);
    fprintf(stderr, " (see `hem help %s`)\n", name);
    va_end(args);
    return EXIT_USAGE;
}

int command_bad_option(const char *name, const char *option)
{
    return command_misused(name, "%s is not an option of it, or lacks its value", option);
}

static void print_overview(FILE *out)
{
    fputs(overview, out);
    for (const struct command *c = commands; c->name; c++)
        fprintf(out, "  %-6s %s\n", c->name, c->summary);
    fputs("\n`hem help COMMAND` says more. Exit status: 0 done, 1 the task failed, 2 usage or a "
          "bad file,\n"
          "3 display, program or disk failed, 4 a limit was reached, 5 nothing to do, 130 "
          "interrupted.\n",
          out);
}

static int unknown_command(const char *name)
{
    const char *names[32];
    int count = 0;
    for (const struct command *c = commands; c->name && count < 32; c++)
        names[count++] = c->name;
    const char *near = alike_nearest(name, names, count);
    fprintf(stderr, "hem: no command is called \"%s\"%s%s%s (see `hem help`)\n", name,
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return EXIT_USAGE;
}

static int command_help(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stdout);
        return EXIT_DONE;
    }
    const struct command *c = command_find(argv[1]);
    if (!c)
        return unknown_command(argv[1]);
    fputs(c->usage, stdout);
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, ""); /* text of the user's; numbers stay as in C */
    setlocale(LC_NUMERIC, "C");
    log_init();
    stop_install();
    const char *stop_file = getenv("HEM_STOP_FILE");
    if (stop_file && *stop_file)
        stop_watch_file(stop_file);
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("hem " HEM_VERSION);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_overview(stdout);
        return EXIT_DONE;
    }
    const struct command *c = command_find(argv[1]);
    if (!c)
        return unknown_command(argv[1]);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(c->usage, stdout);
            return EXIT_DONE;
        }
    return c->run(argc - 1, argv + 1);
}

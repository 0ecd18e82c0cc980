#include "commands/replay.h"

#include "commands/ask.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/report.h"
#include "commands/run.h"
#include "emulator/replay.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRETS_MAX 16

struct replay_command {
    struct replay_options options;
    const char *dir, *display, *screen, *language, *out;
    const char *secrets[SECRETS_MAX];
    bool blind, json;
};

static bool replay_take(struct replay_command *c, int option, char *value)
{
    char *end = NULL;
    struct replay_options *o = &c->options;
    switch (option) {
    case 'f':
        o->speed = strtod(value, &end);
        return end != value && !*end && o->speed > 0 && o->speed < 1e6;
    case 'u':
        o->until = value;
        return true;
    case 'b':
        return c->blind = true;
    case 'p':
        o->model = value;
        return strncmp(value, "model:", 6) == 0;
    case 'S':
        c->secrets[o->secret_count++] = value;
        return o->secret_count < SECRETS_MAX;
    case 'd':
        c->display = value;
        return true;
    case 's':
        c->screen = value;
        return true;
    case 'L':
        c->language = value;
        return true;
    case 'o':
        c->out = value;
        return true;
    case 'j':
        return c->json = true;
    default:
        return false;
    }
}

/* 0, or an exit status. */
static int replay_parse(int argc, char **argv, struct replay_command *c)
{
    static const struct option options[] = {
        {"speed", required_argument, NULL, 'f'},
        {"until", required_argument, NULL, 'u'},
        {"blind", no_argument, NULL, 'b'},
        {"policy", required_argument, NULL, 'p'},
        {"secret", required_argument, NULL, 'S'},
        {"display", required_argument, NULL, 'd'},
        {"screen", required_argument, NULL, 's'},
        {"lang", required_argument, NULL, 'L'},
        {"out", required_argument, NULL, 'o'},
        {"json", no_argument, NULL, 'j'},
        {NULL, 0, NULL, 0},
    };
    int option, end = run_program(argc, argv, &c->options.program);
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(end, argv, "", options, NULL)) != -1)
        if (!replay_take(c, option, optarg))
            return command_misused("replay", "%s is not an option of it, or not with this value",
                                   argv[optind - 1]);
    if (optind < end)
        c->dir = argv[optind++];
    if (!c->dir || optind < end)
        return command_misused("replay", "the folder of one trajectory is needed");
    c->options.dir = c->dir;
    c->options.secrets = c->secrets;
    return 0;
}

/* The command line goes before what was recorded. */
static int replay_override(const struct replay_command *c, struct task *task)
{
    if (c->screen && !run_screen(task, c->screen))
        return command_misused("replay", "--screen %s: WIDTHxHEIGHT of 64 to 16384 pixels is meant",
                               c->screen);
    if (c->language) {
        free(task->language);
        task->language = mem_text(c->language);
    }
    return 0;
}

static void replay_step_ended(void *self, int number, const char *line, double ms,
                              const struct err *failed)
{
    const struct replay_command *c = self;
    report_step(c->json, number, line, ms, failed);
}

static int replay_end_with(const struct replay_command *c, const struct task *task,
                           struct emulator_report *report, const char *directory)
{
    if (report->turns || c->json)
        report_end(c->json, task, report, report->turns ? directory : NULL);
    else
        fprintf(stderr, "hem: %s\n", report->err.text);
    int status = exit_status(&report->err);
    emulator_report_finish(report);
    return status;
}

static int replay_run(const struct replay_command *c, const struct recording *r,
                      const struct task *task)
{
    struct err e = {0};
    struct emulator_report report = {0};
    struct emulator_options options = {.task = task,
                                       .display = c->display,
                                       .hooks = {.step_ended = replay_step_ended,
                                                 .ask = ask_person,
                                                 .answer = ask_answer,
                                                 .self = (void *)c}};
    if (c->blind) {
        struct emulator *em = emulator_open(&options, &e);
        if (!em)
            return exit_with(&e);
        replay_blindly(em, r, &c->options, &report);
        emulator_close(em);
        return replay_end_with(c, task, &report, NULL);
    }
    if (!emulator_check(task, c->display != NULL, &e))
        return exit_with(&e);
    char *directory = c->out ? mem_text(c->out) : run_directory(task->name);
    struct budget money = {.dollars = task->limits.run_dollars};
    options.directory = directory;
    options.run = &money;
    emulator_run(&options, &report);
    int status = replay_end_with(c, task, &report, directory);
    free(directory);
    return status;
}

int command_replay(int argc, char **argv)
{
    struct replay_command c = {0};
    struct recording recording;
    struct task task;
    struct err e = {0};
    int status = replay_parse(argc, argv, &c);
    if (status)
        return status;
    if (!recording_read(c.dir, &recording, &e))
        return exit_with(&e);
    bool ready = c.blind ? replay_place(&recording, &c.options, &task, &e)
                         : replay_task(&recording, &c.options, &task, &e);
    if (!ready) {
        status = exit_with(&e);
    } else {
        status = replay_override(&c, &task);
        if (!status)
            status = replay_run(&c, &recording, &task);
        task_finish(&task);
    }
    recording_finish(&recording);
    return status;
}

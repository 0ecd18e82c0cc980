#include "commands/do.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/report.h"
#include "commands/run.h"
#include "emulator/emulator.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct do_options {
    const char *display, *language;
    bool json;
};

static int do_parse(int argc, char **argv, struct do_options *o)
{
    static const struct option options[] = {
        {"display", required_argument, NULL, 'd'},
        {"lang", required_argument, NULL, 'L'},
        {"json", no_argument, NULL, 'j'},
        {NULL, 0, NULL, 0},
    };
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
        if (option == 'd')
            o->display = optarg;
        else if (option == 'L')
            o->language = optarg;
        else if (option == 'j')
            o->json = true;
        else
            return command_misused("do", "%s is not an option of it, or lacks its value",
                                   argv[optind - 1]);
    }
    if (optind == argc)
        return command_misused("do", "which step?");
    if (!o->display)
        o->display = getenv("DISPLAY");
    if (!o->display || !*o->display)
        return command_misused("do", "no display: name one with --display or DISPLAY");
    return 0;
}

static void do_step_ended(void *self, int number, const char *line, double ms,
                          const struct err *failed)
{
    const struct do_options *o = self;
    if (o->json)
        report_step(true, number, line, ms, failed);
    else if (failed)
        fprintf(stderr, "hem: %s: %s\n", line, failed->text);
}

/* The steps as a task of their own; ERR_USAGE names the one that is not understood. */
static bool do_task(char **steps, int count, const struct do_options *o, struct task *task,
                    struct err *e)
{
    task_from_goal("", NULL, task);
    free(task->name);
    free(task->policy);
    free(task->language);
    task->name = mem_text("hem do");
    task->policy = mem_text("script");
    task->language = mem_text(o->language);
    task->steps.items = mem_zero((size_t)count + 1, sizeof *task->steps.items);
    for (int i = 0; i < count; i++) {
        struct step step;
        if (!step_parse(steps[i], &step, e))
            return err_prefix(e, "%s: ", steps[i]);
        step_finish(&step);
        task->steps.items[task->steps.count++] = mem_text(steps[i]);
    }
    return true;
}

int command_do(int argc, char **argv)
{
    struct do_options o = {0};
    struct err e = {0};
    struct task task = {0};
    int status = do_parse(argc, argv, &o);
    if (status)
        return status;
    if (!do_task(argv + optind, argc - optind, &o, &task, &e)) {
        task_finish(&task);
        return exit_with(&e);
    }
    struct emulator_options options = {
        .task = &task,
        .display = o.display,
        .hooks = {.step_ended = do_step_ended, .ask = run_ask, .self = &o}};
    struct emulator_report report;
    emulator_run(&options, &report);
    if (!o.json) {
        for (int i = 0; i < report.values.count; i++)
            printf("%s\n", report.values.items[i].value);
        if (report.err.kind != ERR_NONE && report.err.kind != ERR_TASK)
            fprintf(stderr, "hem: %s\n", report.err.text);
    } else
        report_end(true, &task, &report, NULL);
    status = exit_status(&report.err);
    emulator_report_finish(&report);
    task_finish(&task);
    return status;
}

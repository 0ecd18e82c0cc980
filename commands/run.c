#include "commands/run.h"

#include "base/stop.h"
#include "commands/ask.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/learn.h"
#include "commands/report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct option run_long_options[] = {
    {"rows", required_argument, NULL, 'r'},    {"results", required_argument, NULL, 'R'},
    {"goal", required_argument, NULL, 'g'},    {"policy", required_argument, NULL, 'p'},
    {"display", required_argument, NULL, 'd'}, {"screen", required_argument, NULL, 's'},
    {"limit", required_argument, NULL, 'l'},   {"lang", required_argument, NULL, 'L'},
    {"paste", required_argument, NULL, 'P'},   {"out", required_argument, NULL, 'o'},
    {"json", no_argument, NULL, 'j'},          {"stop-file", required_argument, NULL, 'S'},
    {"learn", required_argument, NULL, 'k'},   {NULL, 0, NULL, 0},
};

static bool run_take(struct run_options *o, int option, const char *value)
{
    switch (option) {
    case 'r':
        o->rows = value;
        return true;
    case 'R':
        o->results = value;
        return true;
    case 'g':
        o->goal = value;
        return true;
    case 'p':
        o->policy = value;
        return true;
    case 'd':
        o->display = value;
        return true;
    case 's':
        o->screen = value;
        return true;
    case 'k':
        o->learn = value;
        return true;
    case 'L':
        o->language = value;
        return true;
    case 'P':
        o->paste = value;
        return true;
    case 'o':
        o->out = value;
        return true;
    case 'S':
        stop_watch_file(value);
        return true;
    case 'j':
        return o->json = true;
    case 'l':
        if (o->limit_count < 8)
            o->limits[o->limit_count++] = value;
        return true;
    default:
        return false;
    }
}

int run_program(int argc, char **argv, char ***program)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0) {
            *program = argv + i + 1;
            return i;
        }
    return argc;
}

/* 0, or an exit status. */
static int run_parse(int argc, char **argv, struct run_options *o)
{
    int option, end = run_program(argc, argv, &o->program);
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(end, argv, "", run_long_options, NULL)) != -1)
        if (!run_take(o, option, optarg))
            return command_bad_option("run", argv[optind - 1]);
    if (optind < end)
        o->task = argv[optind++];
    if (optind < end)
        return command_misused("run", "one task at a time: what is \"%s\"?", argv[optind]);
    if (!o->task == !o->goal)
        return command_misused("run", o->task ? "a task file and --goal: which of them?"
                                              : "a task file or --goal is needed");
    if (o->program && !o->goal)
        return command_misused("run", "a program after -- goes with --goal; a task names its own");
    if (o->rows && !o->task)
        return command_misused("run", "--rows needs a task file with {{columns}}");
    return 0;
}

static bool take_limit(struct task *task, const char *text)
{
    char *end;
    const char *number = strchr(text, '=');
    double value = number ? strtod(number + 1, &end) : 0;
    if (!number || end == number + 1 || *end || !(value > 0))
        return false;
    if (strncmp(text, "seconds=", 8) == 0)
        task->limits.seconds = value;
    else if (strncmp(text, "turns=", 6) == 0)
        task->limits.turns = value < 1e9 ? (int)value : 1000000000;
    else if (strncmp(text, "dollars=", 8) == 0)
        task->limits.dollars = value;
    else if (strncmp(text, "run_dollars=", 12) == 0)
        task->limits.run_dollars = value;
    else
        return false;
    return true;
}

bool run_screen(struct task *task, const char *text)
{
    int n = 0;
    return sscanf(text, "%5dx%5d%n", &task->width, &task->height, &n) == 2 && !text[n] &&
           task->width >= 64 && task->width <= 16384 && task->height >= 64 && task->height <= 16384;
}

/* The command line goes before the file. */
static int run_override(const struct run_options *o, struct task *task)
{
    for (int i = 0; i < o->limit_count; i++)
        if (!take_limit(task, o->limits[i]))
            return command_misused("run",
                                   "--limit %s: seconds=N, turns=N, dollars=N or "
                                   "run_dollars=N is meant",
                                   o->limits[i]);
    if (o->screen && !run_screen(task, o->screen))
        return command_misused("run", "--screen %s: WIDTHxHEIGHT of 64 to 16384 pixels is meant",
                               o->screen);
    if (o->policy) {
        free(task->policy);
        task->policy = mem_text(o->policy);
    }
    if (o->learn) {
        free(task->skill);
        task->skill = mem_text(o->learn);
    }
    if (o->language) {
        free(task->language);
        task->language = mem_text(o->language);
    }
    if (o->paste) {
        free(task->paste);
        task->paste = mem_text(o->paste);
    }
    return 0;
}

struct run_printer {
    bool json;
};

static void run_step_ended(void *self, int number, const char *line, double ms,
                           const struct err *failed)
{
    const struct run_printer *printer = self;
    report_step(printer->json, number, line, ms, failed);
}

char *run_folder(const char *name)
{
    struct buf path = {0};
    buf_add(&path, "runs/");
    for (; *name; name++)
        buf_add_char(&path, *name == '/' ? '_' : *name);
    return buf_take(&path);
}

char *run_directory(const char *name)
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm parts;
    struct stat there;
    struct buf path = {0};
    char *folder = run_folder(name);
    localtime_r(&now, &parts);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &parts);
    for (int i = 1;; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s-%s", folder, stamp);
        if (i > 1)
            buf_addf(&path, "-%d", i);
        if (stat(buf_text(&path), &there) != 0)
            break;
    }
    free(folder);
    return buf_take(&path);
}

static int run_once(const struct run_options *o, const struct task *task)
{
    struct err e = {0};
    struct task filled;
    if (!task_fill(task, NULL, &filled, &e))
        return exit_with(&e);
    if (!emulator_check(&filled, o->display != NULL, &e)) {
        task_finish(&filled);
        return exit_with(&e);
    }
    char *directory = o->out ? mem_text(o->out) : run_directory(task->name);
    struct run_printer printer = {o->json};
    struct budget money = {.dollars = task->limits.run_dollars};
    struct emulator_options options = {.task = &filled,
                                       .display = o->display,
                                       .directory = directory,
                                       .run = &money,
                                       .hooks = {.step_ended = run_step_ended,
                                                 .ask = ask_person,
                                                 .answer = ask_answer,
                                                 .self = &printer}};
    struct emulator_report report;
    emulator_run(&options, &report);
    if (report.turns || o->json)
        report_end(o->json, &filled, &report, report.turns ? directory : NULL);
    else
        fprintf(stderr, "hem: %s\n", report.err.text);
    if (o->learn)
        learn_after(&(const char *){directory}, 1, o->learn, &report, o->json);
    int status = exit_status(&report.err);
    emulator_report_finish(&report);
    task_finish(&filled);
    free(directory);
    return status;
}

int command_run(int argc, char **argv)
{
    struct run_options o = {0};
    struct err e = {0};
    struct task task = {0};
    int status = run_parse(argc, argv, &o);
    if (status)
        return status;
    if (o.goal)
        task_from_goal(o.goal, o.program, &task);
    else if (!task_read(o.task, &task, &e))
        return exit_with(&e);
    status = run_override(&o, &task);
    if (!status)
        status = o.rows ? run_rows(&o, &task) : run_once(&o, &task);
    task_finish(&task);
    return status;
}

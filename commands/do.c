#include "commands/do.h"

#include "base/action.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "commands/ask.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/inflow.h"
#include "commands/report.h"
#include "commands/run.h"
#include "emulator/emulator.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct do_options {
    const char *display, *language, *paste;
    bool json;
};

static int do_parse(int argc, char **argv, struct do_options *o)
{
    static const struct option options[] = {
        {"display", required_argument, NULL, 'd'},
        {"lang", required_argument, NULL, 'L'},
        {"paste", required_argument, NULL, 'P'},
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
        else if (option == 'P')
            o->paste = optarg;
        else if (option == 'j')
            o->json = true;
        else
            return command_bad_option("do", argv[optind - 1]);
    }
    if (optind == argc)
        return command_misused("do", "which step?");
    if (strcmp(argv[optind], "-") == 0 && optind + 1 < argc)
        return command_misused("do", "either steps or -, from standard input: what is \"%s\"?",
                               argv[optind + 1]);
    if (!o->display)
        o->display = getenv("DISPLAY");
    if (!o->display || !*o->display)
        return command_misused("do", "no display: name one with --display or DISPLAY");
    return 0;
}

/* One step as a task of its own. ERR_USAGE when it is not understood. LINE gets its own words for
 * it. */
static bool do_task(const char *text, struct task *task, struct buf *line, struct err *e)
{
    struct step step;
    if (!step_parse(text, &step, e))
        return false;
    buf_reset(line);
    step_print(&step, line);
    step_finish(&step);
    task_from_goal("", NULL, task);
    free(task->policy);
    task->policy = mem_text("script");
    task->steps.items = mem_zero(2, sizeof *task->steps.items);
    task->steps.items[task->steps.count++] = mem_text(buf_text(line));
    return true;
}

/* Does LINE begin with a verb of the step language? */
static bool is_verb(const char *line)
{
    for (int v = 0; v < STEP_VERB_COUNT; v++) {
        const char *name = step_verb_name((enum step_verb)v);
        size_t n = strlen(name);
        if (strncasecmp(line, name, n) == 0 && !isalpha((unsigned char)line[n]))
            return true;
    }
    return false;
}

/* A step, or an action at pixels. */
enum said { SAID_STEP, SAID_ACTION, SAID_NEITHER };

struct saying {
    struct task task;     /* the step's; owned */
    struct action action; /* its text is the next */
    char *text;           /* owned */
    struct buf line;      /* what was said, in hem's own words if they are understood */
};

/* What is neither is an error of the language that it seems to be in. */
static enum said saying_read(struct saying *s, const char *text, struct err *e)
{
    struct err no_step = {0}, no_action = {0};
    *s = (struct saying){0};
    buf_add(&s->line, text);
    if (do_task(text, &s->task, &s->line, &no_step))
        return SAID_STEP;
    enum action_parsed parsed = action_parse(text, &s->action, &s->text, &no_action);
    if (parsed == ACTION_PARSED) {
        buf_reset(&s->line);
        action_print(&s->action, &s->line);
        return SAID_ACTION;
    }
    *e = parsed == ACTION_BAD && !is_verb(text) ? no_action : no_step;
    return SAID_NEITHER;
}

static void saying_finish(struct saying *s)
{
    task_finish(&s->task);
    free(s->text);
    buf_finish(&s->line);
}

/* ---- one step ---- */

struct session {
    struct do_options options;
    struct emulator *emulator; /* owned */
    int number;                /* steps so far */
    int status;                /* of what went wrong first */
};

static void session_tell(struct session *s, const char *line, const struct emulator_report *r,
                         double ms)
{
    if (s->options.json) {
        report_answer(s->number, line, r, r->turns ? emulator_history(s->emulator) : NULL, ms);
        return;
    }
    for (int i = 0; i < r->values.count; i++)
        printf("%s\n", r->values.items[i].value);
    fflush(stdout);
    if (r->err.kind != ERR_NONE)
        fprintf(stderr, "hem: %s: %s\n", line, r->err.text);
}

/* Takes the outcome over. False when nothing more can be done. */
static bool session_note(struct session *s, const struct err *e)
{
    if (!s->status)
        s->status = exit_status(e);
    if (e->kind == ERR_DISPLAY || e->kind == ERR_STOPPED)
        return false;
    if (!ferror(stdout))
        return true;
    s->status = EXIT_ENVIRONMENT; /* nobody listens */
    return false;
}

/* Does it and tells what came of it. */
static bool session_step(struct session *s, const char *text)
{
    double begun = clock_ms();
    struct emulator_report report = {.outcome = OUTCOME_FAILED};
    struct saying saying;
    s->number++;
    enum said said = saying_read(&saying, text, &report.err);
    if (said == SAID_STEP)
        emulator_do(s->emulator, &saying.task, &report);
    else if (said == SAID_ACTION)
        emulator_act(s->emulator, &saying.action, &report);
    session_tell(s, buf_text(&saying.line), &report, clock_ms() - begun);
    bool more = session_note(s, &report.err);
    emulator_report_finish(&report);
    saying_finish(&saying);
    return more;
}

/* ---- steps that come in ---- */

static bool session_see(struct session *s)
{
    double begun = clock_ms();
    struct err e = {0};
    s->number++;
    const struct scene *scene = emulator_see(s->emulator, &e);
    report_scene(s->number, scene, scene ? NULL : &e, clock_ms() - begun);
    return session_note(s, &e);
}

static bool session_refuse(struct session *s, const char *line, const char *why)
{
    struct emulator_report report = {.outcome = OUTCOME_FAILED};
    s->number++;
    err_set(&report.err, ERR_USAGE, "%s", why);
    report_answer(s->number, line, &report, NULL, 0);
    return session_note(s, &report.err);
}

static bool session_line(struct session *s, const char *line, size_t length)
{
    size_t bad_at = 0;
    if (!utf8_valid(line, length, &bad_at))
        return session_refuse(s, line, "the line is not UTF-8");
    line += strspn(line, " \t\r");
    if (!*line || *line == '#')
        return true;
    if (strncmp(line, "see", 3) == 0 && !line[3 + strspn(line + 3, " \t\r")])
        return session_see(s);
    return session_step(s, line);
}

static void session_listen(struct session *s)
{
    struct inflow in = {.fd = STDIN_FILENO};
    const char *line;
    size_t length;
    for (bool more = true; more;) {
        switch (inflow_next(&in, &line, &length)) {
        case INFLOW_LINE:
            more = session_line(s, line, length);
            break;
        case INFLOW_TOO_LONG:
            more = session_refuse(s, "", "the line is too long for a step");
            break;
        case INFLOW_END:
            more = false;
            break;
        case INFLOW_STOPPED:
            s->status = EXIT_STOPPED;
            more = false;
            break;
        }
    }
    inflow_finish(&in);
    if (!s->number && !s->status)
        s->status = EXIT_NOTHING;
}

/* Before anything is done, all steps are understood. */
static int check_steps(char **steps)
{
    for (; *steps; steps++) {
        struct err e = {0};
        struct saying saying;
        enum said said = saying_read(&saying, *steps, &e);
        saying_finish(&saying);
        if (said == SAID_NEITHER) {
            err_prefix(&e, "%s: ", *steps);
            return exit_with(&e);
        }
    }
    return EXIT_DONE;
}

int command_do(int argc, char **argv)
{
    struct session s = {0};
    struct err e = {0};
    struct task place = {0};
    int status = do_parse(argc, argv, &s.options);
    char **steps = argv + optind;
    bool listens = !status && strcmp(*steps, "-") == 0;
    if (!status && !listens)
        status = check_steps(steps);
    if (status)
        return status;
    s.options.json = s.options.json || listens;
    task_from_goal("", NULL, &place);
    place.language = mem_text(s.options.language);
    place.paste = mem_text(s.options.paste);
    struct emulator_options options = {.task = &place,
                                       .display = s.options.display,
                                       .hooks = {.ask = listens ? NULL : ask_person}};
    s.emulator = emulator_open(&options, &e);
    if (!s.emulator)
        s.status = exit_with(&e);
    else if (listens)
        session_listen(&s);
    else
        while (*steps && session_step(&s, *steps) && !s.status)
            steps++;
    emulator_close(s.emulator);
    task_finish(&place);
    return s.status;
}

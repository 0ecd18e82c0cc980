#include "fleet/slurm.h"

#include "base/data.h"
#include "fleet/templates.h"
#include "fleet/tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASK_MS     60000 /* a busy controller may take that long */
#define SUBMITS    4     /* how often an array is offered whose submission was not answered */
#define ARGS_MAX   24
#define STATE_SIZE 24

/* Which says nothing else on its standard output. */
static bool ask(const char *const argv[], struct buf *out, struct err *e)
{
    struct tool_answer a;
    tool_ask(argv, ASK_MS, &a);
    bool ok = a.end == TOOL_DONE || tool_err(argv[0], &a, e);
    if (ok)
        buf_add(out, buf_text(&a.out));
    tool_answer_finish(&a);
    return ok;
}

/* ---- limits ---- */

/* "NAME   = 1001" on a line of its own; 0: not there. */
static int setting(const char *config, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = config; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, length) == 0 && line[length] == ' ')
            return (int)strtol(line + strcspn(line, "=") + 1, NULL, 10);
    }
    return 0;
}

bool slurm_limits(struct slurm_limits *out, struct err *e)
{
    const char *const argv[] = {"scontrol", "show", "config", NULL};
    struct buf config = {0};
    bool ok = ask(argv, &config, e);
    out->array = setting(buf_text(&config), "MaxArraySize");
    out->jobs = setting(buf_text(&config), "MaxJobCount");
    if (ok && (out->array < 1 || out->jobs < 1))
        ok = err_set(e, ERR_IO, "scontrol show config says no MaxArraySize and MaxJobCount");
    buf_finish(&config);
    return ok;
}

/* ---- submitting ---- */

/* The number of the array of that name; JOB "": there is none. */
static bool array_find(const char *name, char job[SLURM_JOB_SIZE], struct err *e)
{
    const char *const argv[] = {"squeue", "--noheader", "--states=all", "--name",
                                name,     "-o",         "%F",           NULL};
    struct buf out = {0};
    bool ok = ask(argv, &out, e);
    snprintf(job, SLURM_JOB_SIZE, "%.*s", (int)strcspn(buf_text(&out), "\n"), buf_text(&out));
    buf_finish(&out);
    return ok;
}

/* Did it refuse the job, or could it not say? */
static bool is_refusal(const struct tool_answer *a)
{
    static const char *const unclear[] = {"timed out",
                                          "Unable to contact",
                                          "onnection refused",
                                          "onnection reset",
                                          "ommunication connection failure",
                                          "Zero Bytes were transmitted",
                                          "temporarily unable to accept job"};
    for (size_t i = 0; i < sizeof unclear / sizeof *unclear; i++)
        if (strstr(buf_text(&a->said), unclear[i]))
            return false;
    return a->end == TOOL_REFUSED;
}

struct arguments {
    const char *argv[ARGS_MAX];
    struct buf texts[ARGS_MAX];
    int count;
};

static struct buf *argument(struct arguments *args, const char *text)
{
    struct buf *b = &args->texts[args->count++];
    buf_add(b, text);
    return b;
}

static void sbatch_arguments(const struct slurm_array *a, struct arguments *args)
{
    argument(args, "sbatch");
    argument(args, "--parsable");
    argument(args, "--requeue");
    argument(args, "--open-mode=append");
    argument(args, "--signal=B:USR1@60"); /* chunk.sh */
    buf_addf(argument(args, "--job-name="), "%s", a->name);
    buf_addf(argument(args, "--output="), "%s", a->log);
    buf_addf(argument(args, "--array="), "%s", a->indexes);
    if (a->processors)
        buf_addf(argument(args, "--cpus-per-task="), "%d", a->processors);
    argument(args, a->script);
    buf_addf(argument(args, ""), "%d", a->offset);
    for (int i = 0; i < args->count; i++)
        args->argv[i] = buf_text(&args->texts[i]);
}

/* One call of sbatch. 1 it is taken, 0 it can't be told, -1 it is refused (E). */
static int sbatch_call(const struct arguments *args, char job[SLURM_JOB_SIZE], struct err *e)
{
    struct tool_answer a;
    tool_ask(args->argv, ASK_MS, &a);
    int result = a.end == TOOL_DONE ? 1 : a.end == TOOL_MISSING || is_refusal(&a) ? -1 : 0;
    if (result == 1) /* "123", or "123;cluster" */
        snprintf(job, SLURM_JOB_SIZE, "%.*s", (int)strcspn(buf_text(&a.out), ";\n"),
                 buf_text(&a.out));
    else
        tool_err("sbatch", &a, e);
    if (result < 0 && a.end == TOOL_REFUSED)
        e->kind = ERR_USAGE;
    tool_answer_finish(&a);
    return result;
}

bool slurm_submit(const struct slurm_array *array, char job[SLURM_JOB_SIZE], struct err *e)
{
    struct arguments args = {0};
    struct err why = {0};
    sbatch_arguments(array, &args);
    int result = 0;
    for (int i = 0; i < SUBMITS && result == 0; i++) {
        if (!array_find(array->name, job, &why))
            break; /* it may be there or not */
        result = *job ? 1 : sbatch_call(&args, job, &why);
    }
    for (int i = 0; i < args.count; i++)
        buf_finish(&args.texts[i]);
    if (result != 1)
        *e = why;
    return result == 1;
}

/* ---- looking ---- */

static void view_add(const char *line, struct slurm_view *v)
{
    char state[STATE_SIZE];
    int restarts = 0;
    if (sscanf(line, "%23s %d", state, &restarts) < 1)
        return;
    bool running = strcmp(state, "RUNNING") == 0;
    bool pending = strcmp(state, "PENDING") == 0 || strcmp(state, "CONFIGURING") == 0 ||
                   strcmp(state, "REQUEUED") == 0;
    v->running += running;
    v->pending += pending;
    v->ending += !running && !pending;
    v->restarted += restarts > 0;
}

bool slurm_view(const char *names, struct slurm_view *out, struct err *e)
{
    const char *const argv[] = {
        "squeue", "--noheader", "--array", "--name", names, "-O", "State:24,RestartCnt:12", NULL};
    struct buf text = {0};
    *out = (struct slurm_view){0};
    bool ok = ask(argv, &text, e);
    for (char *line = ok ? text.text : NULL, *end; line && *line; line = end) {
        end = line + strcspn(line, "\n");
        end += *end == '\n';
        view_add(line, out);
    }
    buf_finish(&text);
    return ok;
}

/* ---- the tasks ---- */

int slurm_restarts(void)
{
    const char *count = getenv("SLURM_RESTART_COUNT");
    return count ? (int)strtol(count, NULL, 10) : 0;
}

/* For the shell. */
static void quoted_set(struct data *d, const char *name, const char *text)
{
    struct buf out = {0};
    buf_add_char(&out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            buf_add(&out, "'\\''");
        else
            buf_add_char(&out, *text);
    buf_add_char(&out, '\'');
    data_set(d, name, buf_text(&out));
    buf_finish(&out);
}

bool slurm_script(const char *hem, const char *run, struct buf *out, struct err *e)
{
    struct data holes = {0};
    quoted_set(&holes, "hem", hem);
    quoted_set(&holes, "run", run);
    bool ok = data_fill(&holes, NULL, template_chunk, out, e);
    data_finish(&holes);
    return ok;
}

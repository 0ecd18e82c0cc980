#include "commands/batch_fleet.h"

#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/report.h"
#include "commands/run.h"
#include "emulator/results.h"
#include "fleet/dispatch.h"
#include "fleet/queue.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a pod, where nothing is said. */
#define POD_EMULATORS   8
#define POD_EMULATOR_MB 512

bool fleet_has(const char *run)
{
    return plan_is_there(run);
}

/* ---- giving it to the engine ---- */

static bool hem_path(char out[PATH_MAX], struct err *e)
{
    ssize_t length = readlink("/proc/self/exe", out, PATH_MAX - 1);
    if (length < 0)
        return err_set(e, ERR_IO, "/proc/self/exe: %s", strerror(errno));
    out[length] = '\0';
    return true;
}

static bool engine_give(const struct batch_arguments *a, const char *run, struct plan *p,
                        int *chunks, struct err *e)
{
    char hem[PATH_MAX];
    if (plan_is_for(p, "kubernetes"))
        return dispatch_kubernetes(run, p, a->image ? a->image : "hem:" HEM_VERSION, chunks, e);
    return hem_path(hem, e) && dispatch_slurm(run, p, hem, chunks, e);
}

static void given_tell(const struct batch_arguments *a, const char *run, const struct plan *p,
                       int chunks)
{
    if (a->json)
        printf("{\"event\":\"given\",\"engine\":\"%s\",\"chunks\":%d}\n", p->engine, chunks);
    else if (!chunks)
        printf("%-8s nothing to do: every row has its result\n", p->engine);
    else if (plan_is_for(p, "slurm"))
        printf("slurm    %d of %d chunks, up to %d rows each, submitted as %s-%d; how it goes: hem "
               "batch status %s\n",
               chunks, p->chunks, p->size, p->id, p->arrays, run);
    else
        printf("%-8s %d of %d chunks wait; build the image by %s/Containerfile, then: kubectl "
               "apply -f %s/job.yaml\n",
               p->engine, chunks, p->chunks, run, run);
}

static int fleet_give(const struct batch_arguments *a, const char *run, struct plan *p)
{
    struct err e = {0};
    int chunks;
    if (!engine_give(a, run, p, &chunks, &e))
        return exit_with(&e);
    given_tell(a, run, p, chunks);
    return chunks ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- a new run ---- */

static struct plan plan_wanted(const struct batch_arguments *a, const char *task, int rows)
{
    bool pods = strcmp(a->engine, "kubernetes") == 0;
    return (struct plan){.engine = mem_text(a->engine),
                         .task = mem_text(task),
                         .rows = rows,
                         .size = a->chunk,
                         .emulators = a->emulators || !pods ? a->emulators : POD_EMULATORS,
                         .tries = a->tries,
                         .memory_mb = a->memory_mb > 0 || !pods ? a->memory_mb : POD_EMULATOR_MB,
                         .keep_failed = a->keep_failed};
}

static bool run_plan(const struct batch_arguments *a, const struct task *task, const char *path,
                     const char *run, struct plan *p, struct err *e)
{
    int chunks_max;
    if (plan_is_there(run))
        return plan_read(run, p, e) && plan_check(p, path, a->rows, e);
    int rows = queue_table_rows(task, a->rows, 0, e);
    if (rows < 0)
        return false;
    if (rows == 0)
        return err_set(e, ERR_USAGE, "%s has no rows, or is no file", a->rows);
    *p = plan_wanted(a, path, rows);
    return dispatch_chunks_max(a->engine, &chunks_max, e) &&
           plan_make(run, p, a->rows, chunks_max, e);
}

/* Makes the folder and says where it is, from the root. */
static bool run_make(const struct batch_arguments *a, const struct task *task, char out[PATH_MAX],
                     struct err *e)
{
    char *path = a->run ? mem_text(a->run) : run_folder(task->name);
    if (!a->run)
        mkdir("runs", 0777);
    bool ok = (mkdir(path, 0777) == 0 || errno == EEXIST) && realpath(path, out) != NULL;
    if (!ok)
        err_set(e, ERR_IO, "cannot make the directory %s: %s", path, strerror(errno));
    free(path);
    return ok;
}

int fleet_start(const struct batch_arguments *a)
{
    struct task task = {0};
    struct plan plan = {0};
    struct err e = {0};
    char run[PATH_MAX], path[PATH_MAX];
    int status = EXIT_DONE;
    if (!task_read(a->words[0], &task, &e))
        return exit_with(&e);
    if (!realpath(task.path, path))
        err_set(&e, ERR_IO, "%s: %s", task.path, strerror(errno));
    else if (run_make(a, &task, run, &e) && run_plan(a, &task, path, run, &plan, &e))
        status = fleet_give(a, run, &plan);
    if (e.kind != ERR_NONE)
        status = exit_with(&e);
    plan_finish(&plan);
    task_finish(&task);
    return status;
}

/* ---- a run that is there ---- */

static bool run_open(const struct batch_arguments *a, char run[PATH_MAX], struct plan *p,
                     struct err *e)
{
    if (!realpath(a->words[1], run))
        return err_set(e, ERR_USAGE, "%s: %s", a->words[1], strerror(errno));
    return plan_read(run, p, e);
}

static void status_json(const struct plan *p, const struct dispatch_counts *c,
                        const struct slurm_view *v, const struct err *unasked)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "task", p->task);
    cJSON_AddNumberToObject(o, "rows", p->rows);
    cJSON_AddNumberToObject(o, "done", c->done);
    cJSON_AddNumberToObject(o, "failed", c->failed);
    cJSON_AddNumberToObject(o, "unknown", c->unknown);
    cJSON_AddNumberToObject(o, "sending", c->sending);
    cJSON_AddNumberToObject(o, "waiting", c->waiting);
    cJSON *engine = cJSON_AddObjectToObject(o, "engine");
    cJSON_AddStringToObject(engine, "name", p->engine);
    cJSON_AddNumberToObject(engine, "chunks", p->chunks);
    if (unasked->kind == ERR_NONE) {
        cJSON_AddNumberToObject(engine, "running", v->running);
        cJSON_AddNumberToObject(engine, "waiting", v->pending);
        cJSON_AddNumberToObject(engine, "ending", v->ending);
        cJSON_AddNumberToObject(engine, "restarted", v->restarted);
    } else {
        cJSON_AddStringToObject(engine, "error", unasked->text);
    }
    report_json(cJSON_PrintUnformatted(o));
    cJSON_Delete(o);
}

static void status_text(const struct plan *p, const struct dispatch_counts *c,
                        const struct slurm_view *v, const struct err *unasked)
{
    printf(
        "task     %s\nrows     %d done, %d failed, %d unknown, %d being sent, %d waiting of %d\n",
        p->task, c->done, c->failed, c->unknown, c->sending, c->waiting, p->rows);
    if (unasked->kind != ERR_NONE)
        printf("%-8s %s\n", p->engine, unasked->text);
    else
        printf("%-8s %d chunks run, %d wait, %d end; %d of them begun again\n", p->engine,
               v->running, v->pending, v->ending, v->restarted);
}

int fleet_status(const struct batch_arguments *a)
{
    struct plan plan = {0};
    struct dispatch_counts counts;
    struct slurm_view view;
    struct err e = {0}, unasked = {0};
    char run[PATH_MAX];
    bool ok = run_open(a, run, &plan, &e);
    if (ok && !dispatch_view(&plan, &view, &unasked) && unasked.kind == ERR_NONE)
        ok = false;
    ok = ok && dispatch_count(run, &plan, &counts, &e);
    if (ok)
        (a->json ? status_json : status_text)(&plan, &counts, &view, &unasked);
    plan_finish(&plan);
    return ok ? exit_status(unasked.kind == ERR_USAGE ? &e : &unasked) : exit_with(&e);
}

int fleet_results(const struct batch_arguments *a)
{
    struct plan plan = {0};
    struct err e = {0};
    char run[PATH_MAX];
    struct results_source source = {.each = dispatch_each, .from = run, .dir = ""};
    bool ok = run_open(a, run, &plan, &e) &&
              results_print(&source, a->json ? RESULTS_JSON : RESULTS_CSV, stdout, &e);
    plan_finish(&plan);
    return ok ? EXIT_DONE : exit_with(&e);
}

static bool rows_release(const struct batch_arguments *a, const char *run, const struct plan *p,
                         int *released, struct err *e)
{
    int numbers[BATCH_ROWS_MAX], count = a->word_count - 2;
    for (int i = 0; i < count; i++)
        if (!batch_row_number(a->words[2 + i], &numbers[i], e))
            return false;
    return dispatch_release(run, p, numbers, count, a->sent ? RELEASE_ALL : RELEASE_UNSENT,
                            released, e);
}

int fleet_retry(const struct batch_arguments *a)
{
    struct plan plan = {0};
    struct err e = {0};
    char run[PATH_MAX];
    int released;
    int status = EXIT_DONE;
    if (!run_open(a, run, &plan, &e) || !rows_release(a, run, &plan, &released, &e)) {
        status = exit_with(&e);
    } else {
        if (!a->json)
            printf("retry    %d rows\n", released);
        status = fleet_give(a, run, &plan);
    }
    plan_finish(&plan);
    return status;
}

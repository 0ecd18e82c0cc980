#include "commands/batch.h"

#include "commands/batch_arguments.h"
#include "commands/batch_fleet.h"
#include "commands/batch_view.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/learn.h"
#include "commands/report.h"
#include "commands/run.h"
#include "emulator/results.h"

#include <cjson/cJSON.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option long_options[] = {
    {"rows", required_argument, NULL, 'r'},
    {"run", required_argument, NULL, 'o'},
    {"emulators", required_argument, NULL, 'j'},
    {"tries", required_argument, NULL, 't'},
    {"memory", required_argument, NULL, 'm'},
    {"keep", required_argument, NULL, 'k'},
    {"learn", required_argument, NULL, 'l'},
    {"engine", required_argument, NULL, 'e'},
    {"chunk", required_argument, NULL, 'c'},
    {"image", required_argument, NULL, 'i'},
    {"sent", no_argument, NULL, 's'},
    {"json", no_argument, NULL, 'J'},
    {NULL, 0, NULL, 0},
};

static bool take_number(const char *text, double least, double most, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && !*end && *out >= least && *out <= most;
}

static bool take_count(const char *text, int most, int *out)
{
    double value;
    bool fine = take_number(text, 1, most, &value) && value == (int)value;
    if (fine)
        *out = (int)value;
    return fine;
}

static bool option_take(struct batch_arguments *o, int option, const char *value)
{
    switch (option) {
    case 'r':
        o->rows = value;
        return true;
    case 'o':
        o->run = value;
        return true;
    case 'l':
        o->learn = value;
        return true;
    case 'j':
        return strcmp(value, "auto") == 0 || take_count(value, BATCH_EMULATORS_MAX, &o->emulators);
    case 't':
        return take_count(value, 1000, &o->tries);
    case 'm':
        return take_number(value, 1, 1e9, &o->memory_mb);
    case 'k':
        o->keep_failed = strcmp(value, "failed") == 0;
        return o->keep_failed || strcmp(value, "all") == 0;
    case 'e':
        o->engine = strcmp(value, "local") == 0 ? NULL : value;
        return true;
    case 'c':
        return take_count(value, 1000000, &o->chunk);
    case 'i':
        o->image = value;
        return true;
    case 's':
        return o->sent = true;
    case 'J':
        return o->json = true;
    default:
        return false;
    }
}

bool batch_row_number(const char *word, int *out, struct err *e)
{
    return take_count(word, 1000000000, out) ||
           err_set(e, ERR_USAGE, "%s is not the number of a row", word);
}

/* 0, or an exit status. */
static int options_parse(int argc, char **argv, struct batch_arguments *o)
{
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "j:", long_options, NULL)) != -1)
        if (!option_take(o, option, optarg))
            return command_bad_option("batch", argv[optind - 1]);
    for (; optind < argc; optind++) {
        if (o->word_count == BATCH_ROWS_MAX + 2)
            return command_misused("batch", "too many arguments");
        o->words[o->word_count++] = argv[optind];
    }
    return 0;
}

/* ---- doing it ---- */

/* Who is told how it goes. */
struct audience {
    struct batch_view view;
    struct pupil pupil;
};

static void hear_row(void *self, const struct batch_row *row)
{
    struct audience *a = self;
    batch_view_row(&a->view, row);
    if (!row->again && a->pupil.file) {
        batch_view_clear(&a->view);
        pupil_row(&a->pupil, row->job->directory, row->report);
    }
}

static void hear_progress(void *self, const struct batch_progress *progress)
{
    batch_view_progress(&((struct audience *)self)->view, progress);
}

static bool hear_whether_one(void *self)
{
    return pupil_waits(&((struct audience *)self)->pupil);
}

/* Says how the table stands; returns the exit status. */
static int batch_tell(const struct batch_arguments *o, const struct batch_view *v, struct queue *q,
                      const char *directory, bool fine, struct err *e)
{
    struct buf path = {0};
    struct err late = {0};
    struct queue_counts c = queue_counts(q);
    int status = fine ? EXIT_DONE : exit_status(e);
    buf_addf(&path, "%s/results.csv", directory);
    if (!results_write(queue_ledger(q), directory, RESULTS_CSV, buf_text(&path), &late) && fine)
        status = exit_with(&late);
    if (!fine)
        fprintf(stderr, "hem: %s\n", e->text);
    if (!o->json)
        printf("rows     %d done, %d failed, %d unknown, %d waiting; results in %s\n", c.done,
               c.failed, c.unknown, c.waiting, buf_text(&path));
    buf_finish(&path);
    if (status == EXIT_DONE)
        status = !v->begun ? EXIT_NOTHING : c.failed || c.unknown ? EXIT_TASK : EXIT_DONE;
    return status;
}

static int batch_do(const struct batch_arguments *o, struct task *task, const char *table,
                    const char *directory)
{
    struct audience audience = {.pupil = {.file = o->learn, .json = o->json}};
    struct err e = {0};
    const struct queue_options wanted = {
        .table = table, .directory = directory, .repeatable = task->repeatable};
    struct queue *queue = queue_open(task, &wanted, &e);
    if (!queue)
        return exit_with(&e);
    if (o->learn) {
        free(task->skill);
        task->skill = mem_text(o->learn);
    }
    batch_view_init(&audience.view, o->json);
    const struct batch_options options = {.task = task,
                                          .queue = queue,
                                          .emulators = o->emulators,
                                          .tries = o->tries,
                                          .memory_mb = o->memory_mb,
                                          .keep_failed = o->keep_failed,
                                          .hooks = {.row_ended = hear_row,
                                                    .progress = hear_progress,
                                                    .one_at_a_time = hear_whether_one,
                                                    .self = &audience}};
    bool fine = batch_run(&options, &e);
    int status = batch_tell(o, &audience.view, queue, directory, fine, &e);
    queue_close(queue);
    pupil_finish(&audience.pupil);
    return status;
}

static int batch_start(const struct batch_arguments *o)
{
    struct task task = {0};
    struct err e = {0};
    if (!o->rows || o->word_count != 1)
        return command_misused("batch", "a task and --rows are needed");
    if (o->engine && o->learn)
        return command_misused("batch", "--learn is for one machine; learn first, then divide");
    if (o->engine)
        return fleet_start(o);
    if (!task_read(o->words[0], &task, &e))
        return exit_with(&e);
    char *directory = o->run ? mem_text(o->run) : run_folder(task.name);
    int status = batch_do(o, &task, o->rows, directory);
    free(directory);
    task_finish(&task);
    return status;
}

/* ---- a run that is there ---- */

/* Lets the rows wait that are to be done again; and says which task and table they are of. */
static bool rows_release(const struct batch_arguments *o, char **task, char **table, struct err *e)
{
    struct ledger *look = ledger_look(o->words[1], e);
    bool ok = look && ledger_owner(look, task, table, e);
    ledger_close(look);
    struct ledger *l = ok ? ledger_open(o->words[1], *task, *table, e) : NULL;
    enum release which = o->sent ? RELEASE_ALL : RELEASE_UNSENT;
    int count = 0, number = 0, released = 0;
    ok = l != NULL;
    for (int i = 2; ok && i < o->word_count; i++) {
        ok = batch_row_number(o->words[i], &number, e) &&
             ledger_release(l, number, which, &count, e);
        released += ok ? count : 0;
    }
    if (ok && o->word_count == 2)
        ok = ledger_release(l, 0, which, &released, e);
    ledger_close(l);
    if (ok && !o->json)
        printf("retry    %d rows\n", released);
    return ok;
}

static int batch_retry(const struct batch_arguments *o)
{
    char *path = NULL, *table = NULL;
    struct task task = {0};
    struct err e = {0};
    bool ok = rows_release(o, &path, &table, &e) && task_read(path, &task, &e);
    int status = ok ? batch_do(o, &task, table, o->words[1]) : exit_with(&e);
    task_finish(&task);
    free(path);
    free(table);
    return status;
}

static int batch_results(const struct batch_arguments *o)
{
    struct err e = {0};
    struct ledger *l = ledger_look(o->words[1], &e);
    struct results_source source = results_of_ledger(l, o->words[1]);
    bool ok = l && results_print(&source, o->json ? RESULTS_JSON : RESULTS_CSV, stdout, &e);
    ledger_close(l);
    return ok ? EXIT_DONE : exit_with(&e);
}

static void status_json(const char *run, const char *task, const char *table,
                        const struct ledger_counts *c)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "run", run);
    cJSON_AddStringToObject(o, "task", task);
    cJSON_AddStringToObject(o, "rows", table);
    cJSON_AddNumberToObject(o, "running", c->running);
    cJSON_AddNumberToObject(o, "done", c->done);
    cJSON_AddNumberToObject(o, "failed", c->failed);
    cJSON_AddNumberToObject(o, "unknown", c->unknown);
    report_json(cJSON_PrintUnformatted(o));
    cJSON_Delete(o);
}

static int batch_status(const struct batch_arguments *o)
{
    char *task = NULL, *table = NULL;
    struct ledger_counts c;
    struct err e = {0};
    struct ledger *l = ledger_look(o->words[1], &e);
    bool ok = l && ledger_owner(l, &task, &table, &e) && ledger_count(l, &c, &e);
    ledger_close(l);
    if (ok && o->json)
        status_json(o->words[1], task, table, &c);
    else if (ok)
        printf("task     %s\nrows     %s: %d done, %d failed, %d unknown, %d running\n", task,
               table, c.done, c.failed, c.unknown, c.running);
    free(task);
    free(table);
    return ok ? EXIT_DONE : exit_with(&e);
}

int command_batch(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*act)(const struct batch_arguments *o);
        int (*fleet)(const struct batch_arguments *o);
    } acts[] = {{"status", batch_status, fleet_status},
                {"results", batch_results, fleet_results},
                {"retry", batch_retry, fleet_retry}};
    struct batch_arguments o = {0};
    int status = options_parse(argc, argv, &o);
    if (status)
        return status;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        if (!o.word_count || strcmp(o.words[0], acts[i].name) != 0)
            continue;
        if (o.word_count < 2)
            return command_misused("batch", "%s of which run? Its folder is needed", acts[i].name);
        return (fleet_has(o.words[1]) ? acts[i].fleet : acts[i].act)(&o);
    }
    return batch_start(&o);
}

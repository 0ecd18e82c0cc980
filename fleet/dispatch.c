#include "fleet/dispatch.h"

#include "fleet/kubernetes.h"
#include "fleet/published.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define INDEXES_MAX 60000 /* bytes of an argument of sbatch; the system takes 128 KiB */

bool dispatch_chunks_max(const char *engine, int *out, struct err *e)
{
    struct slurm_limits limits;
    *out = KUBERNETES_CHUNKS;
    if (strcmp(engine, "kubernetes") == 0)
        return true;
    if (strcmp(engine, "slurm") != 0)
        return err_set(e, ERR_USAGE, "there is no engine \"%s\": local, slurm, kubernetes", engine);
    if (!slurm_limits(&limits, e))
        return false;
    *out = limits.jobs / 2 > 0 ? limits.jobs / 2 : 1; /* others use it, too */
    return true;
}

/* ---- what is published ---- */

static const char *text_of(const cJSON *o, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));
    return text ? text : "";
}

static double number_of(const cJSON *o, const char *name)
{
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(o, name);
    return cJSON_IsNumber(n) ? n->valuedouble : 0;
}

static enum row_state state_of(const cJSON *o)
{
    const char *name = text_of(o, "outcome");
    return strcmp(name, "done") == 0     ? ROW_DONE
           : strcmp(name, "failed") == 0 ? ROW_FAILED
                                         : ROW_UNKNOWN;
}

static enum row_failure failure_of(const cJSON *o)
{
    const char *name = text_of(o, "failure");
    return strcmp(name, "application") == 0 ? FAILURE_APPLICATION
           : strcmp(name, "business") == 0  ? FAILURE_BUSINESS
                                            : FAILURE_NONE;
}

struct each {
    bool (*take)(void *self, const struct ledger_row *row, struct err *e);
    void *self;
};

static bool each_take(void *self, const struct published_row *row, struct err *e)
{
    const struct each *each = self;
    cJSON *o = cJSON_Parse(row->text);
    struct data values = {0};
    if (!o)
        return err_set(e, ERR_IO, "what is published of row %d is damaged", row->number);
    const cJSON *value;
    cJSON_ArrayForEach(value, cJSON_GetObjectItemCaseSensitive(o, "values"))
        data_add(&values, value->string, cJSON_IsString(value) ? value->valuestring : "");
    const struct ledger_row as = {.number = row->number,
                                  .tries = (int)number_of(o, "tries"),
                                  .sent = row->sent,
                                  .state = state_of(o),
                                  .failure = failure_of(o),
                                  .seconds = number_of(o, "seconds"),
                                  .error = text_of(o, "error"),
                                  .directory = text_of(o, "record"),
                                  .values = &values};
    bool ok = each->take(each->self, &as, e);
    data_finish(&values);
    cJSON_Delete(o);
    return ok;
}

bool dispatch_each(void *run, bool (*take)(void *self, const struct ledger_row *row, struct err *e),
                   void *self, struct err *e)
{
    struct each each = {take, self};
    char *rows = plan_rows(run);
    bool ok = published_each(rows, each_take, &each, e);
    free(rows);
    return ok;
}

struct count {
    struct dispatch_counts counts;
    const struct plan *plan;
    bool *taken; /* by row, from 1; NULL: not wanted */
};

static bool count_add(void *self, const struct published_row *row, struct err *e)
{
    struct count *c = self;
    if (row->number < 1 || row->number > c->plan->rows)
        return err_set(e, ERR_IO, "row %d is published, and the table has %d", row->number,
                       c->plan->rows);
    cJSON *o = cJSON_Parse(row->text);
    enum row_state state = state_of(o);
    cJSON_Delete(o);
    bool sending = row->state == PUBLISHED_SENDING;
    c->counts.sending += sending;
    c->counts.done += !sending && state == ROW_DONE;
    c->counts.failed += !sending && state == ROW_FAILED;
    c->counts.unknown += !sending && state == ROW_UNKNOWN;
    c->counts.waiting--;
    if (c->taken)
        c->taken[row->number] = true;
    return true;
}

static bool rows_count(const char *run, struct count *c, struct err *e)
{
    char *rows = plan_rows(run);
    c->counts.waiting = c->plan->rows;
    bool ok = published_each(rows, count_add, c, e);
    free(rows);
    return ok;
}

bool dispatch_count(const char *run, const struct plan *p, struct dispatch_counts *out,
                    struct err *e)
{
    struct count c = {.plan = p};
    bool ok = rows_count(run, &c, e);
    *out = c.counts;
    return ok;
}

/* ---- the engine ---- */

static void array_name(const struct plan *p, int number, struct buf *out)
{
    buf_addf(out, "%s-%d", p->id, number);
}

bool dispatch_view(const struct plan *p, struct slurm_view *out, struct err *e)
{
    struct buf names = {0};
    *out = (struct slurm_view){0};
    if (!plan_is_for(p, "slurm"))
        return err_set(e, ERR_USAGE, "how its chunks stand its own tools say");
    for (int i = 1; i <= p->arrays; i++) {
        buf_add(&names, i > 1 ? "," : "");
        array_name(p, i, &names);
    }
    bool ok = !p->arrays || slurm_view(buf_text(&names), out, e);
    buf_finish(&names);
    return ok;
}

/* What another engine does is for its user to know. */
static bool engine_is_idle(const struct plan *p, struct err *e)
{
    struct slurm_view v;
    if (!plan_is_for(p, "slurm"))
        return true;
    if (!dispatch_view(p, &v, e))
        return false;
    if (v.running + v.pending + v.ending == 0)
        return true;
    return err_set(e, ERR_BUSY, "Slurm still works on it: %d chunks run, %d wait", v.running,
                   v.pending + v.ending);
}

static bool chunk_waits(const struct plan *p, const bool *taken, int chunk)
{
    int last = (chunk + 1) * p->size < p->rows ? (chunk + 1) * p->size : p->rows;
    for (int row = chunk * p->size + 1; row <= last; row++)
        if (!taken[row])
            return true;
    return false;
}

/* Adds the chunks from *CHUNK on that wait, as sbatch wants them, until the array is full; moves
 * *CHUNK behind them. How many they are. */
static int indexes_add(const struct plan *p, const bool *taken, int array_max, int *chunk,
                       struct buf *out)
{
    int offset = *chunk, count = 0;
    while (*chunk < p->chunks && *chunk - offset < array_max && out->length < INDEXES_MAX) {
        int first = *chunk;
        while (*chunk < p->chunks && *chunk - offset < array_max && chunk_waits(p, taken, *chunk))
            ++*chunk;
        int length = *chunk - first;
        count += length;
        if (length)
            buf_addf(out, length > 1 ? "%s%d-%d" : "%s%d", out->length ? "," : "", first - offset,
                     *chunk - 1 - offset);
        else
            ++*chunk;
    }
    return count;
}

/* It is on disk how an array is called before it is submitted, so that it is found again. */
static bool array_submit(const char *run, struct plan *p, const char *indexes, int offset,
                         struct err *e)
{
    struct buf name = {0}, script = {0}, log = {0};
    char job[SLURM_JOB_SIZE];
    p->arrays++;
    array_name(p, p->arrays, &name);
    buf_addf(&script, "%s/chunk.sh", run);
    buf_addf(&log, "%s/log/%%A_%%a.txt", run);
    struct slurm_array array = {.name = buf_text(&name),
                                .script = buf_text(&script),
                                .log = buf_text(&log),
                                .indexes = indexes,
                                .offset = offset,
                                .processors = (p->emulators + PLAN_EMULATORS_PER_CPU - 1) /
                                              PLAN_EMULATORS_PER_CPU};
    bool ok = plan_write(run, p, e) && slurm_submit(&array, job, e);
    buf_finish(&name);
    buf_finish(&script);
    buf_finish(&log);
    return ok;
}

static bool arrays_submit(const char *run, struct plan *p, const bool *taken, int *chunks,
                          struct err *e)
{
    struct slurm_limits limits;
    if (!slurm_limits(&limits, e))
        return false;
    for (int chunk = 0; chunk < p->chunks;) {
        struct buf indexes = {0};
        while (chunk < p->chunks && !chunk_waits(p, taken, chunk))
            chunk++;
        int offset = chunk;
        int count = indexes_add(p, taken, limits.array, &chunk, &indexes);
        bool ok = !count || array_submit(run, p, buf_text(&indexes), offset, e);
        buf_finish(&indexes);
        if (!ok)
            return false;
        *chunks += count;
    }
    return true;
}

/* Which rows have a place; owned by the caller; NULL: an error. */
static bool *rows_taken(const char *run, const struct plan *p, struct err *e)
{
    struct count c = {.plan = p, .taken = mem_zero((size_t)p->rows + 1, sizeof(bool))};
    if (rows_count(run, &c, e))
        return c.taken;
    free(c.taken);
    return NULL;
}

static bool script_write(const char *run, const char *hem, struct err *e)
{
    struct buf script = {0};
    bool ok = slurm_script(hem, run, &script, e) && plan_file_write(run, "chunk.sh", &script, e);
    buf_finish(&script);
    return ok;
}

bool dispatch_slurm(const char *run, struct plan *p, const char *hem, int *chunks, struct err *e)
{
    *chunks = 0;
    if (!engine_is_idle(p, e))
        return false;
    bool *taken = rows_taken(run, p, e);
    bool ok = taken && script_write(run, hem, e) && arrays_submit(run, p, taken, chunks, e);
    free(taken);
    return ok;
}

/* The folder that a path lies in; owned by the caller. */
static char *folder_of(const char *path)
{
    const char *end = strrchr(path, '/');
    return mem_text_n(path, end && end > path ? (size_t)(end - path) : 1);
}

static bool files_write(const char *run, struct plan *p, const char *image, struct err *e)
{
    struct buf name = {0}, manifest = {0}, container = {0};
    char *folder = folder_of(p->task);
    p->arrays++;
    array_name(p, p->arrays, &name);
    struct kubernetes_job job = {.name = buf_text(&name),
                                 .image = image,
                                 .run = run,
                                 .task_folder = folder,
                                 .chunks = p->chunks,
                                 .emulators = p->emulators,
                                 .emulator_mb = (int)p->memory_mb};
    bool ok = plan_write(run, p, e) && kubernetes_manifest(&job, &manifest, e) &&
              kubernetes_containerfile(&job, &container, e) &&
              plan_file_write(run, "job.yaml", &manifest, e) &&
              plan_file_write(run, "Containerfile", &container, e);
    buf_finish(&name);
    buf_finish(&manifest);
    buf_finish(&container);
    free(folder);
    return ok;
}

bool dispatch_kubernetes(const char *run, struct plan *p, const char *image, int *chunks,
                         struct err *e)
{
    *chunks = 0;
    bool *taken = rows_taken(run, p, e);
    for (int i = 0; taken && i < p->chunks; i++)
        *chunks += chunk_waits(p, taken, i);
    bool ok = taken && (!*chunks || files_write(run, p, image, e));
    free(taken);
    return ok;
}

/* ---- doing rows again ---- */

struct releasing {
    struct published *published;
    enum release which;
    const int *numbers; /* borrowed */
    int count;          /* of them; 0: every row */
    int released;
};

static bool is_named(const struct releasing *r, int number)
{
    for (int i = 0; i < r->count; i++)
        if (r->numbers[i] == number)
            return true;
    return r->count == 0;
}

static bool row_release(void *self, const struct ledger_row *row, struct err *e)
{
    struct releasing *r = self;
    bool failed = row->state == ROW_FAILED, unknown = row->state == ROW_UNKNOWN;
    bool wanted = r->which == RELEASE_UNSENT    ? failed && !row->sent
                  : r->which == RELEASE_UNKNOWN ? unknown
                                                : failed || unknown;
    if (!wanted || !is_named(r, row->number))
        return true;
    r->released++;
    return published_release(r->published, row->number, e);
}

bool dispatch_release(const char *run, const struct plan *p, const int *numbers, int count,
                      enum release which, int *released, struct err *e)
{
    struct releasing r = {.which = which, .numbers = numbers, .count = count};
    char *rows = plan_rows(run);
    if (engine_is_idle(p, e))
        r.published = published_open(rows, "release", e);
    bool ok = r.published && dispatch_each((void *)run, row_release, &r, e);
    published_close(r.published);
    free(rows);
    *released = r.released;
    return ok;
}

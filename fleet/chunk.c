#include "fleet/chunk.h"

#include "emulator/results.h"
#include "fleet/published.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

struct chunk {
    struct plan plan;
    struct task task;
    struct published *published;
    char *records; /* owned: the folder of this attempt's, absolute */
};

/* ---- the books: what is published ---- */

static bool row_waits(void *self, const struct job *job, bool *out, struct err *e)
{
    struct chunk *c = self;
    enum published_state state;
    bool ok = published_look(c->published, job->number, &state, e);
    *out = ok && state == PUBLISHED_NOTHING;
    return ok;
}

static void row_text(const struct job *job, const struct row_end *end, struct buf *out)
{
    static const struct data nothing;
    struct ledger_row row = {.number = job->number,
                             .tries = job->tries,
                             .sent = job->submitted,
                             .state = end->state,
                             .failure = end->failure,
                             .seconds = end->seconds,
                             .error = end->error ? end->error : "",
                             .directory = job->directory,
                             .values = end->values ? end->values : &nothing};
    results_row_json(&row, "", out);
    buf_add_char(out, '\n');
}

/* A task that may be sent twice needs no leave. */
static bool row_submitting(void *self, const struct job *job, bool *go, struct err *e)
{
    struct chunk *c = self;
    static const struct row_end end = {
        .state = ROW_UNKNOWN,
        .failure = FAILURE_APPLICATION,
        .error = "whoever was sending this row has not said what came of it"};
    struct buf text = {0};
    *go = true;
    if (c->task.repeatable)
        return true;
    row_text(job, &end, &text);
    bool ok = published_sending(c->published, job->number, buf_text(&text), go, e);
    buf_finish(&text);
    return ok;
}

static bool row_publish(void *self, const struct job *job, const struct row_end *end, struct err *e)
{
    struct chunk *c = self;
    struct buf text = {0};
    bool ours;
    if (end->state == ROW_WAITING)
        return true;
    row_text(job, end, &text);
    bool ok = published_result(c->published, job->number, buf_text(&text), &ours, e);
    buf_finish(&text);
    return ok;
}

/* ---- the chunk ---- */

/* NODE-PROCESS-CHANCE: of no other attempt. */
static void attempt_name(struct buf *out)
{
    char node[64] = "";
    unsigned chance = 0;
    const char *slurm = getenv("SLURMD_NODENAME");
    if (!slurm && gethostname(node, sizeof node - 1) != 0)
        node[0] = '\0';
    if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
        chance = (unsigned)getppid();
    buf_addf(out, "%s-%d-%08x", slurm ? slurm : node, (int)getpid(), chance);
}

static bool chunk_open(struct chunk *c, const char *run, int index, struct err *e)
{
    struct buf attempt = {0}, records = {0};
    char *rows = plan_rows(run);
    attempt_name(&attempt);
    buf_addf(&records, "%s/chunks/%05d/%s", run, index, buf_text(&attempt));
    c->records = buf_take(&records);
    bool ok = plan_read(run, &c->plan, e) && task_read(c->plan.task, &c->task, e);
    if (ok && (index < 0 || index >= c->plan.chunks))
        ok = err_set(e, ERR_USAGE, "there are chunks 0 to %d, none is called %d",
                     c->plan.chunks - 1, index);
    if (ok)
        c->published = published_open(rows, buf_text(&attempt), e);
    buf_finish(&attempt);
    free(rows);
    return c->published != NULL;
}

static bool chunk_do(struct chunk *c, int index, const struct batch_hooks *hooks, struct err *e)
{
    const struct plan *p = &c->plan;
    const struct queue_books books = {row_waits, row_submitting, row_publish, c};
    const struct queue_options wanted = {.table = p->table,
                                         .directory = c->records,
                                         .first = index * p->size + 1,
                                         .count = p->size,
                                         .books = &books};
    struct queue *queue = queue_open(&c->task, &wanted, e);
    if (!queue)
        return false;
    const struct batch_options options = {.task = &c->task,
                                          .queue = queue,
                                          .emulators = p->emulators,
                                          .tries = p->tries,
                                          .memory_mb = p->memory_mb,
                                          .keep_failed = p->keep_failed,
                                          .hooks = *hooks};
    bool ok = batch_run(&options, e);
    queue_close(queue);
    return ok;
}

bool chunk_run(const char *run, int index, const struct batch_hooks *hooks, struct err *e)
{
    struct chunk c = {0};
    bool ok = chunk_open(&c, run, index, e) && chunk_do(&c, index, hooks, e);
    published_close(c.published);
    task_finish(&c.task);
    plan_finish(&c.plan);
    free(c.records);
    return ok;
}

bool chunk_may_go_elsewhere(const struct err *e)
{
    switch (e->kind) {
    case ERR_IO:
    case ERR_BUSY:
    case ERR_DISPLAY:
    case ERR_PROGRAM:
    case ERR_STOPPED:
        return true;
    default:
        return false;
    }
}

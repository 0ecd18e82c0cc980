#include "fleet/queue.h"

#include "emulator/rows.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FLAT_MAX 10000 /* records in one folder; of larger tables 1,000 are put in one */

struct queue {
    char *directory; /* owned */
    struct rows *rows;
    struct ledger *ledger;
    int first, last; /* of the table's rows; LAST 0: to the end */
    int total;       /* of them; 0: not known */
    bool repeatable, exhausted;
    struct queue_counts counts;
    struct job *again; /* owned, each owned: what is tried once more */
    int again_count, again_capacity;
};

/* How many rows there are; -1: an error. */
static int table_check(const char *path, struct err *e)
{
    struct stat file;
    struct data row = {0};
    int more = 0, count = 0;
    if (stat(path, &file) == 0 && !S_ISREG(file.st_mode))
        return 0;
    struct rows *rows = rows_open(path, e);
    while (rows && (more = rows_next(rows, &row, e)) > 0)
        count++;
    data_finish(&row);
    rows_close(rows);
    return rows && more == 0 ? count : -1;
}

static bool counts_take(struct queue *q, struct err *e)
{
    struct ledger_counts c;
    int released;
    if (q->repeatable && !ledger_release(q->ledger, 0, RELEASE_UNKNOWN, &released, e))
        return false;
    if (!ledger_count(q->ledger, &c, e))
        return false;
    q->counts = (struct queue_counts){.done = c.done, .failed = c.failed, .unknown = c.unknown};
    return true;
}

struct queue *queue_open(const struct task *task, const struct queue_options *o, struct err *e)
{
    struct queue *q = mem_zero(1, sizeof *q);
    q->directory = mem_text(o->directory);
    q->first = o->first > 1 ? o->first : 1;
    q->last = o->count ? q->first + o->count - 1 : 0;
    q->repeatable = o->repeatable;
    q->total = table_check(o->table, e);
    q->rows = q->total >= 0 ? rows_open(o->table, e) : NULL;
    if (q->rows && task_check_columns(task, o->table, rows_header(q->rows), e))
        q->ledger = ledger_open(o->directory, task->path, o->table, e);
    if (q->ledger && counts_take(q, e)) {
        if (q->last && q->last < q->total)
            q->total = q->last;
        q->total = q->total >= q->first ? q->total - q->first + 1 : 0;
        return q;
    }
    queue_close(q);
    return NULL;
}

void job_finish(struct job *job)
{
    data_finish(&job->row);
    free(job->directory);
    *job = (struct job){0};
}

void queue_close(struct queue *q)
{
    if (!q)
        return;
    for (int i = 0; i < q->again_count; i++)
        job_finish(&q->again[i]);
    free(q->again);
    ledger_close(q->ledger);
    rows_close(q->rows);
    free(q->directory);
    free(q);
}

struct ledger *queue_ledger(struct queue *q)
{
    return q->ledger;
}

struct queue_counts queue_counts(const struct queue *q)
{
    struct queue_counts c = q->counts;
    c.total = q->total;
    c.waiting = c.total - c.running - c.done - c.failed - c.unknown;
    if (c.waiting < 0)
        c.waiting = 0;
    return c;
}

/* The next row of the table that waits. */
static int table_next(struct queue *q, struct job *out, struct err *e)
{
    enum row_state state;
    int more;
    while ((more = rows_next(q->rows, &out->row, e)) > 0) {
        out->number = rows_number(q->rows);
        if (out->number < q->first)
            continue;
        if (q->last && out->number > q->last)
            return 0;
        if (!ledger_state(q->ledger, out->number, &out->row, &state, e))
            return -1;
        if (state == ROW_WAITING)
            return 1;
    }
    return more;
}

int queue_next(struct queue *q, struct job *out, struct err *e)
{
    *out = (struct job){0};
    if (q->again_count) {
        *out = q->again[0];
        memmove(q->again, q->again + 1, (size_t)--q->again_count * sizeof *q->again);
        return 1;
    }
    int more = q->exhausted ? 0 : table_next(q, out, e);
    if (more <= 0)
        job_finish(out);
    q->exhausted = more <= 0;
    return more;
}

/* row-000003, or row-000003-2 when an earlier try left one; seen from the run's folder. */
static void record_name(const struct queue *q, int number, struct buf *out)
{
    struct buf path = {0};
    struct stat there;
    for (int i = 1;; i++) {
        buf_reset(out);
        if (q->total > FLAT_MAX)
            buf_addf(out, "rows-%04d/", number / 1000);
        buf_addf(out, "row-%06d", number);
        if (i > 1)
            buf_addf(out, "-%d", i);
        buf_reset(&path);
        buf_addf(&path, "%s/%s", q->directory, buf_text(out));
        if (stat(buf_text(&path), &there) != 0)
            break;
    }
    buf_finish(&path);
}

bool queue_begin(struct queue *q, struct job *job, struct err *e)
{
    struct buf name = {0}, path = {0};
    record_name(q, job->number, &name);
    buf_addf(&path, "%s/%s", q->directory, buf_text(&name));
    bool ok = ledger_begin(q->ledger, job->number, &job->row, buf_text(&name), e);
    buf_finish(&name);
    free(job->directory);
    job->directory = buf_take(&path);
    job->submitted = false;
    job->tries += ok;
    q->counts.running += ok;
    return ok;
}

bool queue_submitting(struct queue *q, struct job *job, struct err *e)
{
    job->submitted = true;
    return ledger_submitting(q->ledger, job->number, e);
}

static void again_add(struct queue *q, struct job *job)
{
    if (q->again_count == q->again_capacity) {
        q->again_capacity = 2 * q->again_capacity + 8;
        q->again = mem_resize(q->again, (size_t)q->again_capacity * sizeof *q->again);
    }
    q->again[q->again_count++] = *job;
    *job = (struct job){0};
}

bool queue_end(struct queue *q, struct job *job, const struct row_end *end, bool again,
               struct err *e)
{
    struct row_end as = *end;
    int released;
    if (again)
        as.state = ROW_WAITING;
    bool ok = ledger_end(q->ledger, job->number, &as, e);
    if (ok && again && job->submitted) /* that made it unknown */
        ok = ledger_release(q->ledger, job->number, RELEASE_UNKNOWN, &released, e);
    q->counts.running--;
    if (as.state == ROW_WAITING && job->submitted && !again)
        as.state = ROW_UNKNOWN;
    q->counts.done += as.state == ROW_DONE;
    q->counts.failed += as.state == ROW_FAILED;
    q->counts.unknown += as.state == ROW_UNKNOWN;
    if (ok && again)
        again_add(q, job);
    job_finish(job);
    return ok;
}

#include "fleet/queue.h"

#include "emulator/rows.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FLAT_MAX 10000 /* records in one folder; of larger tables 1,000 are put in one */

struct queue {
    char *directory; /* owned */
    struct rows *rows;
    struct ledger *ledger;           /* NULL where there are other books */
    const struct queue_books *books; /* borrowed; NULL: the ledger */
    int first, last;                 /* of the table's rows; LAST 0: to the end */
    int total;                       /* of them; 0: not known */
    bool repeatable, exhausted;
    struct queue_counts counts;
    struct job *again; /* owned, each owned: what is tried once more */
    int again_count, again_capacity;
};

int queue_table_rows(const struct task *task, const char *table, int last, struct err *e)
{
    struct stat file;
    struct data row = {0};
    int more = 0, count = 0;
    if (stat(table, &file) == 0 && !S_ISREG(file.st_mode))
        return 0;
    struct rows *rows = rows_open(table, e);
    if (!rows || !task_check_columns(task, table, rows_header(rows), e))
        more = -1;
    while (more >= 0 && (!last || count < last) && (more = rows_next(rows, &row, e)) > 0)
        count++;
    data_finish(&row);
    rows_close(rows);
    return more >= 0 ? count : -1;
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
    q->books = o->books;
    q->total = queue_table_rows(task, o->table, q->last, e);
    q->rows = q->total >= 0 ? rows_open(o->table, e) : NULL;
    bool ok = q->rows && task_check_columns(task, o->table, rows_header(q->rows), e);
    if (ok && !q->books)
        q->ledger = ledger_open(o->directory, task->path, o->table, e);
    if (ok && (q->books || (q->ledger && counts_take(q, e)))) {
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

static bool row_waits(struct queue *q, const struct job *job, bool *out, struct err *e)
{
    enum row_state state = ROW_WAITING;
    bool ok = q->books ? q->books->waits(q->books->self, job, out, e)
                       : ledger_state(q->ledger, job->number, &job->row, &state, e);
    if (ok && !q->books)
        *out = state == ROW_WAITING;
    if (ok && q->books && !*out)
        q->counts.done++; /* or whatever became of it */
    return ok;
}

/* The next row of the table that waits. */
static int table_next(struct queue *q, struct job *out, struct err *e)
{
    bool waits = false;
    int more;
    while ((more = rows_next(q->rows, &out->row, e)) > 0) {
        out->number = rows_number(q->rows);
        if (out->number < q->first)
            continue;
        if (q->last && out->number > q->last)
            return 0;
        if (!row_waits(q, out, &waits, e))
            return -1;
        if (waits)
            return 1;
    }
    return more;
}

/* The next of those that are tried once more, which others may have done meanwhile. */
static int again_next(struct queue *q, struct job *out, struct err *e)
{
    bool waits = true;
    while (q->again_count) {
        *out = q->again[0];
        memmove(q->again, q->again + 1, (size_t)--q->again_count * sizeof *q->again);
        if (q->books && !row_waits(q, out, &waits, e))
            return -1;
        if (waits)
            return 1;
        job_finish(out);
    }
    return 0;
}

int queue_next(struct queue *q, struct job *out, struct err *e)
{
    *out = (struct job){0};
    int more = again_next(q, out, e);
    if (more > 0)
        return more;
    if (more == 0 && !q->exhausted)
        more = table_next(q, out, e);
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
    bool ok = q->books || ledger_begin(q->ledger, job->number, &job->row, buf_text(&name), e);
    buf_finish(&name);
    free(job->directory);
    job->directory = buf_take(&path);
    job->submitted = false;
    job->tries += ok;
    q->counts.running += ok;
    return ok;
}

bool queue_submitting(struct queue *q, struct job *job, bool *go, struct err *e)
{
    *go = true;
    bool ok = q->books ? q->books->submitting(q->books->self, job, go, e)
                       : ledger_submitting(q->ledger, job->number, e);
    job->submitted = job->submitted || !ok || *go;
    return ok;
}

/* In the ledger, what is tried once more is no longer unknown. */
static bool row_end(struct queue *q, const struct job *job, const struct row_end *end, bool again,
                    struct err *e)
{
    int released;
    if (q->books)
        return again || q->books->end(q->books->self, job, end, e);
    return ledger_end(q->ledger, job->number, end, e) &&
           (!again || !job->submitted ||
            ledger_release(q->ledger, job->number, RELEASE_UNKNOWN, &released, e));
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
    if (again)
        as.state = ROW_WAITING;
    bool ok = row_end(q, job, &as, again, e);
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

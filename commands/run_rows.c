/* `hem run TASK --rows`: the task once for every row, never one twice, going on where it was broken
 * off. */
#include "commands/run.h"

#include "base/clock.h"
#include "base/stop.h"
#include "commands/ask.h"
#include "commands/exit.h"
#include "commands/learn.h"
#include "commands/report.h"
#include "emulator/results.h"
#include "fleet/fate.h"
#include "fleet/queue.h"

#include <stdio.h>
#include <stdlib.h>

#define RESULTS_EVERY_MS 1000 /* the results file is brought up to date at most as often */

struct table {
    const struct run_options *options;
    struct task *task;
    char *directory; /* owned */
    char *results;   /* owned */
    struct queue *queue;
    struct vision *vision; /* one for all rows: what was read once stays read */
    struct budget money;   /* of all rows */
    double results_at_ms;
    struct job job; /* the one being done */
    int begun, failed;
    struct pupil pupil;
};

static bool table_committing(void *self, struct err *e)
{
    struct table *t = self;
    bool go;
    return queue_submitting(t->queue, &t->job, &go, e); /* a ledger has nobody else */
}

static bool table_write_results(struct table *t, bool now, struct err *e)
{
    if (!now && clock_ms() - t->results_at_ms < RESULTS_EVERY_MS)
        return true;
    t->results_at_ms = clock_ms();
    return results_write(queue_ledger(t->queue), t->directory, RESULTS_CSV, t->results, e);
}

/* What is wrong with the machine, or with the run's money, is no row's fault: the run ends and the
 * row waits, unless it may have been sent. */
static bool is_our_fault(const struct fate *v, const struct emulator_report *r)
{
    return v->ends_run || r->err.kind == ERR_DISPLAY ||
           (r->err.kind == ERR_PROGRAM && r->turns == 0);
}

static bool table_end_row(struct table *t, const struct emulator_report *r, struct err *e)
{
    struct fate v = fate_of(r, t->job.submitted, t->money.reached);
    bool done = v.state == ROW_DONE, ours = is_our_fault(&v, r);
    struct row_end end = {.state = ours && v.state == ROW_FAILED ? ROW_WAITING : v.state,
                          .failure = v.failure,
                          .error = done ? "" : r->err.text,
                          .seconds = r->seconds,
                          .values = &r->values};
    if (end.state != ROW_WAITING) {
        t->failed += !done;
        report_row(t->options->json, t->job.number, row_state_name(end.state), r->seconds,
                   end.error);
    }
    if (!queue_end(t->queue, &t->job, &end, false, e) || !table_write_results(t, false, e))
        return false;
    if (ours)
        *e = r->err;
    return !ours;
}

static bool table_do_row(struct table *t, struct err *e)
{
    struct task filled;
    if (!task_fill(t->task, &t->job.row, &filled, e) ||
        !emulator_check(&filled, t->options->display != NULL, e) ||
        !queue_begin(t->queue, &t->job, e))
        return false;
    char *directory = mem_text(t->job.directory);
    struct emulator_options options = {
        .task = &filled,
        .display = t->options->display,
        .directory = directory,
        .row = t->job.number,
        .vision = t->vision,
        .run = &t->money,
        .hooks = {
            .ask = ask_person, .answer = ask_answer, .committing = table_committing, .self = t}};
    struct emulator_report report;
    t->begun++;
    emulator_run(&options, &report);
    bool fine = table_end_row(t, &report, e);
    pupil_row(&t->pupil, directory, &report);
    emulator_report_finish(&report);
    task_finish(&filled);
    free(directory);
    return fine;
}

static bool table_work(struct table *t, struct err *e)
{
    int more;
    while ((more = queue_next(t->queue, &t->job, e)) > 0) {
        bool fine = table_do_row(t, e);
        job_finish(&t->job);
        if (!fine)
            return false;
        if (stop_requested())
            return err_set(e, ERR_STOPPED, "%s; the same command goes on from here", stop_reason());
    }
    return more == 0;
}

static bool table_open(struct table *t, struct err *e)
{
    const struct run_options *o = t->options;
    struct buf path = {0};
    t->directory = o->out ? mem_text(o->out) : run_folder(t->task->name);
    buf_addf(&path, "%s/results.csv", t->directory);
    t->results = o->results ? mem_text(o->results) : mem_text(buf_text(&path));
    buf_finish(&path);
    const struct queue_options wanted = {
        .table = o->rows, .directory = t->directory, .repeatable = t->task->repeatable};
    t->queue = queue_open(t->task, &wanted, e);
    t->vision = t->queue ? vision_create(t->task->language, e) : NULL;
    return t->vision != NULL;
}

/* Says how the table stands; returns the exit status. */
static int table_finish(struct table *t, bool fine, struct err *e)
{
    struct err late = {0};
    int status = fine ? EXIT_DONE : exit_status(e);
    if (t->queue && !table_write_results(t, true, &late) && fine)
        status = exit_with(&late);
    if (!fine)
        fprintf(stderr, "hem: %s\n", e->text);
    if (t->queue && !t->options->json) {
        struct queue_counts counts = queue_counts(t->queue);
        printf("rows     %d done, %d failed, %d unknown; results in %s\n", counts.done,
               counts.failed, counts.unknown, t->results);
    }
    if (fine && status == EXIT_DONE)
        status = !t->begun ? EXIT_NOTHING : t->failed ? EXIT_TASK : EXIT_DONE;
    vision_destroy(t->vision);
    queue_close(t->queue);
    pupil_finish(&t->pupil);
    free(t->directory);
    free(t->results);
    return status;
}

int run_rows(const struct run_options *o, struct task *task)
{
    struct table t = {.options = o,
                      .task = task,
                      .money = {.dollars = task->limits.run_dollars},
                      .pupil = {.file = o->learn, .json = o->json}};
    struct err e = {0};
    bool fine = table_open(&t, &e) && table_work(&t, &e);
    return table_finish(&t, fine, &e);
}

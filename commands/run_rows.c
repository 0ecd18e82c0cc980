/* `hem run TASK --rows`: the task once for every row, never one twice, going on where it was broken
 * off. */
#include "commands/run.h"

#include "base/clock.h"
#include "base/stop.h"
#include "commands/ask.h"
#include "commands/exit.h"
#include "commands/learn.h"
#include "commands/report.h"
#include "emulator/ledger.h"
#include "emulator/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RESULTS_EVERY_MS 1000 /* the results file is brought up to date at most as often */

#define TAUGHT_MAX 4 /* rows that are compared when one alone does not tell its data apart */

struct table {
    const struct run_options *options;
    struct task *task;
    char *directory; /* owned */
    char *results;   /* owned */
    struct rows *rows;
    struct ledger *ledger;
    struct vision *vision; /* one for all rows: what was read once stays read */
    struct budget money;   /* of all rows */
    double results_at_ms;
    int row; /* the one being done */
    bool submitted;
    int begun, failed;
    char *taught[TAUGHT_MAX]; /* owned; folders of rows that a skill was not learned from yet */
    int taught_count;
};

static bool table_committing(void *self, struct err *e)
{
    struct table *t = self;
    t->submitted = true;
    return ledger_submitting(t->ledger, t->row, e);
}

/* row-000003, or row-000003-2 when an earlier try left one. */
static char *row_directory(const struct table *t)
{
    struct buf path = {0};
    struct stat there;
    for (int i = 1;; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/row-%06d", t->directory, t->row);
        if (i > 1)
            buf_addf(&path, "-%d", i);
        if (stat(buf_text(&path), &there) != 0)
            return buf_take(&path);
    }
}

static bool table_write_results(struct table *t, bool now, struct err *e)
{
    if (!now && clock_ms() - t->results_at_ms < RESULTS_EVERY_MS)
        return true;
    t->results_at_ms = clock_ms();
    return ledger_write_csv(t->ledger, t->results, e);
}

/* What is wrong with the machine, or with the run's money, is no row's fault: the run ends and the
 * row waits. */
static bool is_our_fault(const struct table *t, const struct emulator_report *r)
{
    return (r->err.kind == ERR_LIMIT && t->money.reached) || r->outcome == OUTCOME_STOPPED ||
           r->err.kind == ERR_DISPLAY || r->err.kind == ERR_IO ||
           (r->err.kind == ERR_PROGRAM && r->turns == 0);
}

static bool table_end_row(struct table *t, const struct emulator_report *r, struct err *e)
{
    bool done = r->outcome == OUTCOME_DONE;
    if (is_our_fault(t, r) && !t->submitted) {
        *e = r->err;
        return false;
    }
    enum row_state state = done                                 ? ROW_DONE
                           : is_our_fault(t, r) && t->submitted ? ROW_UNKNOWN
                                                                : ROW_FAILED;
    const char *error = done ? "" : r->err.text;
    t->failed += !done;
    report_row(t->options->json, t->row, row_state_name(state), r->seconds, error);
    if (!ledger_end(t->ledger, t->row, state, error, r->seconds, &r->values, e) ||
        !table_write_results(t, false, e))
        return false;
    if (is_our_fault(t, r)) {
        *e = r->err;
        return false;
    }
    return true;
}

/* A row that came out right without the skill teaches one. */
static void table_learn(struct table *t, const char *directory, const struct emulator_report *r)
{
    if (!t->options->learn || r->outcome != OUTCOME_DONE)
        return;
    if (t->taught_count < TAUGHT_MAX)
        t->taught[t->taught_count++] = mem_text(directory);
    if (!learn_after((const char *const *)t->taught, t->taught_count, t->options->learn, r,
                     t->options->json))
        return;
    while (t->taught_count > 0)
        free(t->taught[--t->taught_count]);
}

static bool table_do_row(struct table *t, const struct data *row, struct err *e)
{
    struct task filled;
    if (!task_fill(t->task, row, &filled, e) ||
        !emulator_check(&filled, t->options->display != NULL, e) ||
        !ledger_begin(t->ledger, t->row, row, e))
        return false;
    char *directory = row_directory(t);
    struct emulator_options options = {
        .task = &filled,
        .display = t->options->display,
        .directory = directory,
        .row = t->row,
        .vision = t->vision,
        .run = &t->money,
        .hooks = {
            .ask = ask_person, .answer = ask_answer, .committing = table_committing, .self = t}};
    struct emulator_report report;
    t->begun++;
    t->submitted = false;
    emulator_run(&options, &report);
    bool fine = table_end_row(t, &report, e);
    table_learn(t, directory, &report);
    emulator_report_finish(&report);
    task_finish(&filled);
    free(directory);
    return fine;
}

static bool table_work(struct table *t, struct err *e)
{
    struct data row = {0};
    int more;
    bool fine = true;
    while (fine && (more = rows_next(t->rows, &row, e)) > 0) {
        enum row_state state;
        t->row = rows_number(t->rows);
        fine = ledger_state(t->ledger, t->row, &row, &state, e);
        if (fine && state == ROW_WAITING)
            fine = table_do_row(t, &row, e);
        if (fine && stop_requested())
            fine = err_set(e, ERR_STOPPED, "%s; the same command goes on from here", stop_reason());
    }
    data_finish(&row);
    return fine && more == 0;
}

/* Reads the whole table once, so that a bad row in it is told before the first one is done. A pipe
 * is read but once. */
static bool table_check(const char *path, struct err *e)
{
    struct stat file;
    struct data row = {0};
    int more = 0;
    if (stat(path, &file) == 0 && !S_ISREG(file.st_mode))
        return true;
    struct rows *rows = rows_open(path, e);
    while (rows && (more = rows_next(rows, &row, e)) > 0)
        ;
    data_finish(&row);
    rows_close(rows);
    return rows && more == 0;
}

static bool table_open(struct table *t, struct err *e)
{
    const struct run_options *o = t->options;
    struct buf path = {0};
    buf_addf(&path, "runs/%s", t->task->name);
    run_plain_name(path.text + 5);
    t->directory = o->out ? mem_text(o->out) : mem_text(buf_text(&path));
    buf_reset(&path);
    buf_addf(&path, "%s/results.csv", t->directory);
    t->results = o->results ? mem_text(o->results) : mem_text(buf_text(&path));
    buf_finish(&path);
    t->rows = table_check(o->rows, e) ? rows_open(o->rows, e) : NULL;
    if (!t->rows || !task_check_columns(t->task, o->rows, rows_header(t->rows), e))
        return false;
    t->ledger = ledger_open(t->directory, o->task, o->rows, e);
    t->vision = t->ledger ? vision_create(t->task->language, e) : NULL;
    return t->vision != NULL;
}

/* Says how the table stands; returns the exit status. */
static int table_finish(struct table *t, bool fine, struct err *e)
{
    struct ledger_counts counts = {0};
    struct err late = {0};
    int status = fine ? EXIT_DONE : exit_status(e);
    if (t->ledger &&
        (!table_write_results(t, true, &late) || !ledger_count(t->ledger, &counts, &late)) && fine)
        status = exit_with(&late);
    if (!fine)
        fprintf(stderr, "hem: %s\n", e->text);
    if (t->ledger && !t->options->json)
        printf("rows     %d done, %d failed, %d unknown; results in %s\n", counts.done,
               counts.failed, counts.unknown, t->results);
    if (fine && status == EXIT_DONE)
        status = !t->begun ? EXIT_NOTHING : t->failed ? EXIT_TASK : EXIT_DONE;
    vision_destroy(t->vision);
    ledger_close(t->ledger);
    rows_close(t->rows);
    for (int i = 0; i < t->taught_count; i++)
        free(t->taught[i]);
    free(t->directory);
    free(t->results);
    return status;
}

int run_rows(const struct run_options *o, struct task *task)
{
    struct table t = {.options = o, .task = task, .money = {.dollars = task->limits.run_dollars}};
    struct err e = {0};
    bool fine = table_open(&t, &e) && table_work(&t, &e);
    return table_finish(&t, fine, &e);
}

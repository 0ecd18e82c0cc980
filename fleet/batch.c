#include "fleet/batch.h"

#include "base/stop.h"
#include "emulator/descendants.h"
#include "emulator/home.h"
#include "fleet/admission.h"
#include "fleet/fate.h"
#include "fleet/slot.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define LOOK_MS              1000 /* between looks at the machine and reports of progress */
#define MEASURE_MS           250  /* between looks at what one emulator uses */
#define START_MS             90000 /* that a row may take beyond its task's seconds, to start and to end */
#define SUBMITTED_MS         10000 /* that rows which are being sent may take after a stop */
#define STOPPING_MS          5000  /* that an emulator may take to give back what it holds */
#define BROKEN_MAX           10    /* rows that broke, one after the other */
#define BROKEN_AT_FIRST      3     /* the same when none has succeeded yet */
#define STARTING_A_PROCESSOR 3     /* programs that are being started at a time */
#define MINUTE_S             60
#define ORPHANS_MAX          1024

struct batch {
    const struct batch_options *options;
    struct vision *vision;
    struct slot *slots;
    int slot_count;    /* how many there is room for */
    bool exhausted;    /* no row waits */
    struct err ending; /* why no further row is begun; ERR_NONE: they are */
    struct deadline submitted_until, stopping_until;
    int succeeded, broken; /* rows; broken: since the last that did not break */
    struct admission admission;
    double looked_ms, measured_ms, begun_ms;
    int measured;           /* the slot that was measured last */
    double spent, reserved; /* of the run's money */
    double cpu_seconds;
    int cpu_rows;
    int ended[MINUTE_S]; /* rows, by the second */
    int second;          /* of the batch, that `ended` was brought up to */
    char last_error[ERR_TEXT_SIZE];
};

/* ---- who there is ---- */

static int count_slots(const struct batch *b, bool busy_only)
{
    int count = 0;
    for (int i = 0; i < b->slot_count; i++)
        count += b->slots[i].pid && (b->slots[i].busy || !busy_only);
    return count;
}

static int count_starting(const struct batch *b)
{
    int count = 0;
    for (int i = 0; i < b->slot_count; i++)
        count += b->slots[i].pid && b->slots[i].busy && b->slots[i].starting;
    return count;
}

static struct slot *slot_find(struct batch *b, bool alive)
{
    for (int i = 0; i < b->slot_count; i++) {
        struct slot *s = &b->slots[i];
        if (alive ? s->pid && !s->busy && !s->retired : !s->pid)
            return s;
    }
    return NULL;
}

static bool slot_start(struct batch *b, struct slot *s, struct err *e)
{
    int others[BATCH_EMULATORS_MAX], count = 0;
    for (int i = 0; i < b->slot_count; i++)
        if (b->slots[i].pid)
            others[count++] = b->slots[i].socket;
    struct pilot_place place = {b->options->task, b->vision, others, count};
    return pilot_start(&place, &s->pid, &s->socket, e);
}

/* An emulator without work, a new one if there may be another; NULL: neither. */
static struct slot *slot_take(struct batch *b, struct err *e)
{
    struct slot *s = slot_find(b, true);
    if (s || count_slots(b, false) >= b->admission.allowed)
        return s;
    s = slot_find(b, false);
    return s && slot_start(b, s, e) ? s : NULL;
}

/* ---- the end of a row ---- */

static void batch_end(struct batch *b, const struct err *why)
{
    if (b->ending.kind != ERR_NONE)
        return;
    b->ending = *why;
    b->submitted_until = deadline_in(SUBMITTED_MS);
    b->stopping_until = deadline_in(SUBMITTED_MS + STOPPING_MS);
}

/* Row after row that breaks is the doing of none of them. */
static void broken_count(struct batch *b, const struct fate *v, const char *error)
{
    if (v->failure != FAILURE_APPLICATION) {
        b->broken = 0;
        b->succeeded += v->state == ROW_DONE;
        return;
    }
    struct err why = {0};
    int most = b->succeeded ? BROKEN_MAX : BROKEN_AT_FIRST;
    if (++b->broken < most)
        return;
    err_set(&why, ERR_PROGRAM, "%d rows broke, one after the other; the last: %.600s", b->broken,
            error);
    batch_end(b, &why);
}

/* May it be tried again? Not what may have been sent, and not what has cost money. */
static bool is_tried_again(const struct batch *b, const struct slot *s, const struct fate *v,
                           const struct emulator_report *r)
{
    int tries = b->options->tries ? b->options->tries : BATCH_TRIES;
    return v->failure == FAILURE_APPLICATION && !v->ends_run && s->job.tries < tries && !r->calls &&
           (!s->job.submitted || b->options->task->repeatable);
}

static void row_account(struct batch *b, const struct pilot_end *end, bool again)
{
    b->reserved -= b->options->task->limits.dollars;
    b->spent += end->report.usage.dollars;
    if (again)
        return;
    b->ended[b->second % MINUTE_S]++;
    b->cpu_seconds += end->cpu_seconds;
    b->cpu_rows += end->cpu_seconds > 0;
}

static bool row_ended(struct batch *b, struct slot *s, const struct pilot_end *end, struct err *e)
{
    const struct emulator_report *r = &end->report;
    struct fate v = fate_of(r, s->job.submitted, end->money_reached);
    struct row_end row = {.state = v.state,
                          .failure = v.failure,
                          .error = v.state == ROW_DONE ? NULL : r->err.text,
                          .seconds = r->seconds,
                          .values = &r->values};
    bool again = is_tried_again(b, s, &v, r);
    struct batch_row told = {&s->job, &row, r, again};
    s->busy = false;
    if (v.state != ROW_DONE && !s->told_to_stop)
        snprintf(b->last_error, sizeof b->last_error, "row %d: %.900s", s->job.number, r->err.text);
    row_account(b, end, again);
    if (v.ends_run)
        batch_end(b, &r->err);
    else if (!again)
        broken_count(b, &v, r->err.text);
    b->exhausted = b->exhausted && !again;
    if (b->options->hooks.row_ended)
        b->options->hooks.row_ended(b->options->hooks.self, &told);
    if (v.state == ROW_DONE && b->options->keep_failed)
        directory_remove(s->job.directory);
    return queue_end(b->options->queue, &s->job, &row, again, e);
}

/* ---- what emulators say ---- */

static bool hear_committing(struct batch *b, struct slot *s, struct err *e)
{
    struct message answer = {.kind = s->told_to_stop ? MESSAGE_NO : MESSAGE_GO};
    bool go = true;
    if (answer.kind == MESSAGE_GO && !queue_submitting(b->options->queue, &s->job, &go, e))
        return false;
    if (!go)
        answer.kind = MESSAGE_NO;
    message_send(s->socket, &answer); /* whether it still hears that shows by its end */
    return true;
}

static bool hear(struct batch *b, struct slot *s, const struct message *m, struct err *e)
{
    struct pilot_end end;
    if (!s->busy)
        return true;
    s->starting = false;
    if (m->kind == MESSAGE_COMMITTING)
        return hear_committing(b, s, e);
    if (m->kind != MESSAGE_ENDED)
        return true;
    pilot_end_read(m, &end);
    struct err *err = &end.report.err;
    if (err->kind == ERR_STOPPED && b->ending.kind == ERR_NONE &&
        strcmp(err->text, "interrupted") == 0)
        err->kind = ERR_PROGRAM; /* somebody ended this one alone */
    /* What broke may have left something broken: the next row gets an emulator that is new. */
    bool fresh = end.report.outcome != OUTCOME_DONE && end.report.err.kind != ERR_TASK;
    bool ok = row_ended(b, s, &end, e);
    emulator_report_finish(&end.report);
    if (fresh || s->told_to_stop)
        slot_retire(s);
    return ok;
}

/* It has ended, with or without a row. */
static bool slot_gone(struct batch *b, struct slot *s, struct err *e)
{
    struct pilot_end end = {.report = {.outcome = OUTCOME_FAILED}};
    bool told_to_stop = s->told_to_stop;
    slot_reap(s, &end.report.err);
    if (!s->busy)
        return true;
    if (told_to_stop)
        err_set(&end.report.err, ERR_STOPPED, "%s", stop_reason());
    return row_ended(b, s, &end, e);
}

static bool slot_listen(struct batch *b, struct slot *s, struct err *e)
{
    struct message m;
    bool there = message_receive(s->socket, &s->inflow), ok = true;
    int got;
    while (ok && (got = message_take(&s->inflow, &m)) != 0) {
        if (got < 0) {
            there = false;
            break;
        }
        ok = hear(b, s, &m, e);
        message_finish(&m);
    }
    return ok && (there || slot_gone(b, s, e));
}

/* ---- giving rows ---- */

/* What the next row may spend: what is left, less what those that run may. */
static bool money_reserve(struct batch *b, double *dollars)
{
    const struct limits *limits = &b->options->task->limits;
    struct err why = {0};
    *dollars = -1;
    if (limits->run_dollars >= 0) {
        *dollars = limits->run_dollars - b->spent - b->reserved;
        if (*dollars <= 0 && count_slots(b, true))
            return false;
        if (*dollars < 0) {
            err_set(&why, ERR_LIMIT, "the run's %g dollars are spent", limits->run_dollars);
            batch_end(b, &why);
            return false;
        }
    }
    b->reserved += limits->dollars;
    return true;
}

/* Has SLOT do the next row. False: an error. Nothing is given when no row waits. */
static bool row_give(struct batch *b, struct slot *s, struct err *e)
{
    double dollars;
    if (!money_reserve(b, &dollars))
        return true;
    int more = queue_next(b->options->queue, &s->job, e);
    b->exhausted = more == 0;
    if (more <= 0)
        b->reserved -= b->options->task->limits.dollars;
    if (more <= 0 || !queue_begin(b->options->queue, &s->job, e))
        return more == 0;
    s->busy = s->starting = true;
    s->deadline = deadline_in(b->options->task->limits.seconds * 1000 + START_MS);
    slot_give(s, dollars); /* that it has died is heard next */
    return true;
}

/* May another row be begun now? Programs that start all at once keep one another from it. */
static bool has_room(const struct batch *b)
{
    const struct batch_hooks *hooks = &b->options->hooks;
    bool one = hooks->one_at_a_time && hooks->one_at_a_time(hooks->self);
    return count_slots(b, true) < (one ? 1 : b->admission.allowed) &&
           count_starting(b) < STARTING_A_PROCESSOR * b->admission.machine.processors;
}

static bool rows_give(struct batch *b, struct err *e)
{
    struct err late = {0};
    while (!b->exhausted && b->ending.kind == ERR_NONE && has_room(b)) {
        struct slot *s = slot_take(b, &late);
        if (!s && late.kind != ERR_NONE && !count_slots(b, false))
            return err_set(e, late.kind, "%s", late.text);
        if (!s)
            break;
        if (!row_give(b, s, e))
            return false;
        if (!s->busy)
            break;
    }
    return true;
}

/* ---- watching ---- */

static void slot_over(struct slot *s, const char *what, double value, double limit,
                      const char *unit)
{
    struct err why = {0};
    err_set(&why, ERR_LIMIT, "the emulator was ended: it %s %.0f %s, and may %.0f", what, value,
            unit, limit);
    slot_kill(s, &why);
}

static void times_watch(struct batch *b)
{
    double limit = b->options->task->limits.seconds;
    for (int i = 0; i < b->slot_count; i++) {
        struct slot *s = &b->slots[i];
        if (s->pid && s->busy && deadline_passed(s->deadline))
            slot_over(s, "took", limit + START_MS / 1e3, limit, "s");
    }
}

/* One after the other: it takes a millisecond for every process. */
static void memory_watch(struct batch *b)
{
    if (clock_ms() - b->measured_ms < MEASURE_MS)
        return;
    b->measured_ms = clock_ms();
    for (int tries = 0; tries < b->slot_count; tries++) {
        b->measured = (b->measured + 1) % b->slot_count;
        struct slot *s = &b->slots[b->measured];
        if (!s->pid || !s->busy)
            continue;
        meter_emulator(s->pid, &s->usage);
        double used = s->usage.own_mb + s->usage.program_mb, most = b->options->memory_mb;
        if (most > 0 && used > most)
            slot_over(s, "used", used, most, "MB");
        return;
    }
}

static void minute_move(struct batch *b)
{
    int now = (int)((clock_ms() - b->begun_ms) / 1000);
    for (; b->second < now; b->second++)
        b->ended[(b->second + 1) % MINUTE_S] = 0;
}

static void rate_fill(const struct batch *b, struct batch_progress *p)
{
    int ended = 0;
    double seconds = (clock_ms() - b->begun_ms) / 1000;
    for (int i = 0; i < MINUTE_S; i++)
        ended += b->ended[i];
    if (seconds > MINUTE_S)
        seconds = MINUTE_S;
    p->rows_a_minute = seconds > 0 ? ended * 60 / seconds : 0;
    p->seconds_left = p->rows_a_minute > 0 && p->rows.total
                          ? (p->rows.waiting + p->rows.running) * 60 / p->rows_a_minute
                          : -1;
}

static void progress_fill(const struct batch *b, struct batch_progress *p)
{
    int measured = 0;
    *p = (struct batch_progress){.rows = queue_counts(b->options->queue),
                                 .emulators = count_slots(b, false),
                                 .busy = count_slots(b, true),
                                 .allowed = b->admission.allowed,
                                 .last_error = b->last_error};
    for (int i = 0; i < b->slot_count; i++) {
        const struct meter_emulator *u = &b->slots[i].usage;
        if (!b->slots[i].pid || u->own_mb <= 0)
            continue;
        p->emulator_mb += u->own_mb;
        p->program_mb += u->program_mb;
        measured++;
    }
    p->memory_mb = p->emulator_mb + p->program_mb;
    if (measured) {
        p->emulator_mb /= measured;
        p->program_mb /= measured;
        p->memory_mb *= (double)p->emulators / measured;
    }
    if (b->cpu_rows)
        p->cpu_seconds_a_row = b->cpu_seconds / b->cpu_rows;
    rate_fill(b, p);
}

/* Emulators beyond what is allowed get no further row. */
static void slots_retire(struct batch *b)
{
    int over = count_slots(b, false) - b->admission.allowed;
    for (int i = 0; i < b->slot_count; i++) {
        struct slot *s = &b->slots[i];
        bool idle = s->pid && !s->busy && !s->retired;
        if (idle && (over > 0 || b->exhausted || b->ending.kind != ERR_NONE)) {
            slot_retire(s);
            over--;
        }
    }
}

static void batch_look(struct batch *b, bool now)
{
    struct batch_progress p;
    if (!now && clock_ms() - b->looked_ms < LOOK_MS)
        return;
    b->looked_ms = clock_ms();
    progress_fill(b, &p);
    admission_look(&b->admission, p.emulators, p.emulator_mb + p.program_mb,
                   p.busy >= p.emulators && !b->exhausted);
    if (b->options->hooks.progress)
        b->options->hooks.progress(b->options->hooks.self, &p);
}

/* ---- stopping ---- */

/* Rows that were not sent end early; those that may have been have a while to come to their end. */
static void slots_stop(struct batch *b)
{
    bool all = deadline_passed(b->submitted_until);
    for (int i = 0; i < b->slot_count; i++) {
        struct slot *s = &b->slots[i];
        if (!s->pid || !s->busy)
            continue;
        if (!s->told_to_stop && (all || !s->job.submitted)) {
            s->told_to_stop = true;
            kill(s->pid, SIGTERM);
        }
        if (deadline_passed(b->stopping_until))
            slot_kill(s, &b->ending);
    }
}

/* ---- the whole ---- */

/* Until something happens, or it is time to look again. */
static void batch_wait(const struct batch *b)
{
    struct pollfd fds[BATCH_EMULATORS_MAX + 1];
    int count = 0;
    for (int i = 0; i < b->slot_count; i++)
        if (b->slots[i].pid)
            fds[count++] = (struct pollfd){b->slots[i].socket, POLLIN, 0};
    if (b->ending.kind == ERR_NONE) /* else it is readable for ever */
        fds[count++] = (struct pollfd){stop_fd(), POLLIN, 0};
    poll(fds, (nfds_t)count, MEASURE_MS);
}

static bool batch_listen(struct batch *b, struct err *e)
{
    for (int i = 0; i < b->slot_count; i++)
        if (b->slots[i].pid && !slot_listen(b, &b->slots[i], e))
            return false;
    return true;
}

static bool batch_work(struct batch *b, struct err *e)
{
    struct err stop = {0};
    while (rows_give(b, e)) {
        minute_move(b);
        slots_retire(b);
        if (!count_slots(b, false))
            return true;
        batch_wait(b);
        if (!batch_listen(b, e))
            return false;
        if (stop_requested()) {
            err_set(&stop, ERR_STOPPED, "%s; the same command goes on from here", stop_reason());
            batch_end(b, &stop);
        }
        if (b->ending.kind == ERR_STOPPED)
            slots_stop(b);
        times_watch(b);
        memory_watch(b);
        batch_look(b, false);
    }
    return false;
}

/* Those of emulators that have died end by themselves (keeper.h), but take a moment; whatever else
 * has come to us is an orphan. */
static void orphans_end(void)
{
    static struct process left[ORPHANS_MAX];
    struct deadline patience = deadline_in(STOPPING_MS), end = deadline_in(2 * STOPPING_MS);
    for (;;) {
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        int count = descendants_list(getpid(), left, ORPHANS_MAX);
        if (!count || deadline_passed(end))
            return;
        for (int i = 0; i < count && deadline_passed(patience); i++)
            kill(left[i].pid, SIGKILL);
        poll(NULL, 0, 10);
    }
}

static void batch_finish(struct batch *b)
{
    struct err why = {0};
    for (int i = 0; i < b->slot_count; i++) {
        struct slot *s = &b->slots[i];
        if (s->pid)
            slot_reap(s, &why);
        if (s->busy)
            job_finish(&s->job);
    }
    orphans_end();
    vision_destroy(b->vision);
    free(b->slots);
}

bool batch_run(const struct batch_options *o, struct err *e)
{
    struct batch b = {.options = o, .begun_ms = clock_ms()};
    b.vision = vision_create(o->task->language, e);
    if (!b.vision)
        return false;
    b.slot_count = o->emulators ? o->emulators : BATCH_EMULATORS_MAX;
    b.slots = mem_zero((size_t)b.slot_count, sizeof *b.slots);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* keepers whose emulators died come to us */
    admission_init(&b.admission, o->emulators);
    bool ok = batch_work(&b, e);
    batch_look(&b, true);
    batch_finish(&b);
    if (ok && b.ending.kind != ERR_NONE)
        ok = err_set(e, b.ending.kind, "%s", b.ending.text);
    return ok;
}

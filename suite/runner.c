#include "suite/runner.h"

#include "base/stop.h"
#include "suite/worker.h"
#include "trajectory/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STOP_MS 10000 /* a try that is to break off gives back what it holds */

struct again {
    int index;  /* of the case */
    int number; /* of the try */
};

struct runner {
    const struct run_order *order;
    struct results *all;
    struct worker workers[WORKERS_MAX];
    int busy;
    int next;                        /* of the cases */
    struct again again[WORKERS_MAX]; /* to be tried again, before others */
    int again_count;
    int failures;
    int lines; /* results.jsonl */
    struct deadline deadline;
};

static bool line_append(struct runner *r, const struct result *result, struct err *e)
{
    struct buf line = {0};
    result_print(result, &line);
    bool written = write(r->lines, line.text, line.length) == (ssize_t)line.length;
    buf_finish(&line);
    return written || err_set(e, ERR_IO, "cannot write %s/" RESULTS_FILE ": %s",
                              r->order->directory, strerror(errno));
}

static bool result_tell(struct runner *r, struct result *result, struct err *e)
{
    bool written = line_append(r, result, e);
    if (r->order->tried)
        r->order->tried(r->order->self, result);
    results_add(r->all, result);
    return written;
}

static struct try_order order_of(const struct runner *r, int index, int number)
{
    const struct run_order *o = r->order;
    enum keep trace = o->trace;
    bool keeps = trace == KEEP_ON || (trace == KEEP_FIRST_RETRY && number == 2);
    return (struct try_order){.c = &o->cases->items[index],
                              .number = number,
                              .directory = o->directory,
                              .timeout_scale = o->timeout_scale,
                              .screens = o->screens,
                              .keeps_record = keeps,
                              .keeps_failed = keeps || trace == KEEP_ON_FAILURE};
}

static int retries_of(const struct runner *r, const struct test_case *c)
{
    return c->task->test.retries >= 0 ? c->task->test.retries : r->order->retries;
}

/* Is the case to be tried again? It is, before any other, so that its tries stand together. */
static void result_judge(struct runner *r, const struct try_order *order, struct result *result)
{
    const struct test_case *c = order->c;
    bool bad = result->outcome == RESULT_FAILED || result->outcome == RESULT_BROKEN;
    bool again = bad && order->number <= retries_of(r, c);
    result->last = !again;
    result->ignored = bad && c->task->test.ignore_failure;
    for (int i = 0; i < c->task->test.tags.count; i++)
        result_tag_add(result, c->task->test.tags.items[i]);
    if (again)
        r->again[r->again_count++] =
            (struct again){(int)(c - r->order->cases->items), order->number + 1};
    r->failures += bad && !again && !result->ignored;
}

static bool case_skip(struct runner *r, int index, struct err *e)
{
    struct try_order order = order_of(r, index, 1);
    struct result result;
    try_result(&order, &result);
    result.outcome = RESULT_SKIPPED;
    result.why = mem_text(order.c->task->test.skip);
    result_judge(r, &order, &result);
    return result_tell(r, &result, e);
}

/* The next try that is to be started. False: there is none. */
static bool next_take(struct runner *r, struct try_order *out, struct err *e)
{
    const struct cases *cases = r->order->cases;
    if (r->again_count) {
        struct again again = r->again[--r->again_count];
        *out = order_of(r, again.index, again.number);
        return true;
    }
    while (r->next < cases->count && cases->items[r->next].task->test.skip)
        if (!case_skip(r, r->next++, e))
            return false;
    if (r->next >= cases->count)
        return false;
    *out = order_of(r, r->next++, 1);
    return true;
}

static bool is_enough(const struct runner *r)
{
    return r->order->max_failures && r->failures >= r->order->max_failures;
}

/* Every worker that is free gets something to do, if there is. */
static bool workers_fill(struct runner *r, struct err *e)
{
    struct try_order order;
    struct err why = {0};
    for (int i = 0; i < r->order->workers && !is_enough(r); i++) {
        struct worker *w = &r->workers[i];
        if (w->pid)
            continue;
        if (!next_take(r, &order, &why))
            break;
        if (!worker_start(w, &order, &why))
            break;
        r->busy++;
    }
    if (why.kind != ERR_NONE)
        *e = why;
    return why.kind == ERR_NONE;
}

static int poll_ms(const struct runner *r)
{
    int least = deadline_left_ms(r->deadline);
    for (int i = 0; i < r->order->workers; i++) {
        const struct worker *w = &r->workers[i];
        int left = w->pid ? deadline_left_ms(w->deadline) : least;
        least = left < least ? left : least;
    }
    return least;
}

/* Waits until a try has ended, a stop is asked for, or time is up. */
static void workers_wait(struct runner *r, int stop)
{
    struct pollfd fds[WORKERS_MAX + 1];
    for (int i = 0; i < r->order->workers; i++)
        fds[i] = (struct pollfd){.fd = r->workers[i].pid ? r->workers[i].fd : -1, .events = POLLIN};
    fds[r->order->workers] = (struct pollfd){.fd = stop, .events = POLLIN};
    poll(fds, (nfds_t)r->order->workers + 1, poll_ms(r));
}

/* Takes what came of those that have ended. TELL: it counts. */
static bool workers_collect(struct runner *r, bool tell, struct err *e)
{
    bool fine = true;
    for (int i = 0; i < r->order->workers; i++) {
        struct worker *w = &r->workers[i];
        struct result result;
        if (!w->pid)
            continue;
        if (deadline_passed(w->deadline) && !w->killed)
            worker_kill(w);
        if (!worker_ended(w))
            continue;
        struct try_order order = w->order;
        r->busy--;
        if (!worker_take(w, &result))
            continue;
        if (!tell) {
            result_finish(&result);
            continue;
        }
        result_judge(r, &order, &result);
        fine = result_tell(r, &result, e) && fine;
    }
    return fine;
}

/* Breaks off all that are at it, and waits for them. */
static void workers_break_off(struct runner *r)
{
    struct deadline patience = deadline_in(STOP_MS);
    for (int i = 0; i < r->order->workers; i++) {
        if (!r->workers[i].pid)
            continue;
        worker_stop(&r->workers[i]);
        r->workers[i].deadline = patience;
    }
    r->deadline = patience;
    while (r->busy) {
        workers_wait(r, -1);
        workers_collect(r, false, NULL);
    }
}

static enum run_end runner_work(struct runner *r, struct err *e)
{
    for (;;) {
        if (stop_requested())
            return RUN_STOPPED;
        if (deadline_passed(r->deadline))
            return RUN_TIMEOUT;
        if (!workers_fill(r, e))
            return RUN_BROKEN;
        if (!r->busy)
            return is_enough(r) && r->next < r->order->cases->count ? RUN_FAILURES : RUN_COMPLETE;
        workers_wait(r, stop_fd());
        if (!workers_collect(r, true, e))
            return RUN_BROKEN;
    }
}

enum run_end run_cases(const struct run_order *order, struct results *all, struct err *e)
{
    struct runner *r = mem_zero(1, sizeof *r);
    double seconds = order->global_seconds;
    char *path = disk_path(order->directory, RESULTS_FILE);
    enum run_end end = RUN_BROKEN;
    r->order = order;
    r->all = all;
    r->deadline = deadline_in(seconds > 0 ? seconds * 1000 : -1);
    r->lines = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (r->lines < 0)
        err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(errno));
    else
        end = runner_work(r, e);
    workers_break_off(r);
    if (r->lines >= 0)
        close(r->lines);
    free(path);
    free(r);
    return end;
}

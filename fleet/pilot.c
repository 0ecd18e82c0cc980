#include "fleet/pilot.h"

#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct pilot {
    const struct pilot_place *place;
    int socket;
    struct buf inflow;
};

/* ---- what is said about a row ---- */

struct message pilot_row(int number, const struct data *row, const char *directory, double dollars)
{
    struct message m = {.kind = MESSAGE_ROW};
    message_number(&m, "number", number);
    message_say(&m, "directory", directory);
    message_number(&m, "dollars", dollars);
    data_copy(&m.cells, row);
    return m;
}

static struct message end_message(const struct emulator_report *r, bool money_reached, double cpu)
{
    struct message m = {.kind = MESSAGE_ENDED};
    message_number(&m, "outcome", r->outcome);
    message_number(&m, "kind", r->err.kind);
    message_say(&m, "error", r->err.text);
    message_number(&m, "program_ended", r->program_ended);
    message_say(&m, "who", r->who);
    message_number(&m, "steps", r->steps);
    message_number(&m, "turns", r->turns);
    message_number(&m, "calls", r->calls);
    message_number(&m, "dollars", r->usage.dollars);
    message_number(&m, "start_ms", r->start_ms);
    message_number(&m, "seconds", r->seconds);
    message_number(&m, "money_reached", money_reached);
    message_number(&m, "cpu", cpu);
    data_copy(&m.cells, &r->values);
    return m;
}

void pilot_end_read(const struct message *m, struct pilot_end *out)
{
    struct emulator_report *r = &out->report;
    *out = (struct pilot_end){.money_reached = message_value(m, "money_reached") != 0,
                              .cpu_seconds = message_value(m, "cpu")};
    r->outcome = (enum outcome)message_value(m, "outcome");
    err_set(&r->err, (enum err_kind)message_value(m, "kind"), "%s", message_text(m, "error"));
    r->program_ended = message_value(m, "program_ended") != 0;
    r->who = mem_text(message_text(m, "who"));
    r->steps = (int)message_value(m, "steps");
    r->turns = (int)message_value(m, "turns");
    r->calls = (int)message_value(m, "calls");
    r->usage.dollars = message_value(m, "dollars");
    r->start_ms = message_value(m, "start_ms");
    r->seconds = message_value(m, "seconds");
    data_copy(&r->values, &m->cells);
}

/* ---- the process ---- */

/* Waits for a message. False when there is nobody any more, or a stop was asked for. */
static bool pilot_hear(struct pilot *p, struct message *out)
{
    for (;;) {
        int got = message_take(&p->inflow, out);
        if (got)
            return got > 0;
        struct pollfd fds[] = {{p->socket, POLLIN, 0}, {stop_fd(), POLLIN, 0}};
        if (stop_requested() || (poll(fds, 2, -1) < 0 && errno != EINTR) ||
            (fds[0].revents && !message_receive(p->socket, &p->inflow)))
            return false;
    }
}

static void pilot_placed(void *self)
{
    struct pilot *p = self;
    struct message m = {.kind = MESSAGE_PLACED};
    message_send(p->socket, &m); /* that nobody hears it shows with the next wait */
}

static bool pilot_committing(void *self, struct err *e)
{
    struct pilot *p = self;
    struct message m = {.kind = MESSAGE_COMMITTING};
    bool go = message_send(p->socket, &m) && pilot_hear(p, &m) && m.kind == MESSAGE_GO;
    message_finish(&m);
    return go || err_set(e, ERR_STOPPED, "%s", stop_reason());
}

/* Of this process and of all that it started and that has ended. */
static double cpu_seconds(void)
{
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        struct rusage u;
        if (getrusage(i ? RUSAGE_CHILDREN : RUSAGE_SELF, &u) == 0)
            sum += (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec +
                   (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
    }
    return sum;
}

static void pilot_do(struct pilot *p, const struct message *row)
{
    struct task filled;
    struct emulator_report report = {.outcome = OUTCOME_FAILED};
    struct budget money = {.dollars = message_value(row, "dollars")};
    double cpu = cpu_seconds();
    if (task_fill(p->place->task, &row->cells, &filled, &report.err)) {
        struct emulator_options options = {
            .task = &filled,
            .directory = message_text(row, "directory"),
            .row = (int)message_value(row, "number"),
            .vision = p->place->vision,
            .run = &money,
            .hooks = {.placed = pilot_placed, .committing = pilot_committing, .self = p}};
        emulator_run(&options, &report);
        task_finish(&filled);
    }
    struct message end = end_message(&report, money.reached, cpu_seconds() - cpu);
    message_send(p->socket, &end); /* when nobody hears it any more, so does the next wait */
    message_finish(&end);
    emulator_report_finish(&report);
}

static void pilot_main(const struct pilot_place *place, int socket, pid_t parent)
{
    struct pilot p = {.place = place, .socket = socket};
    struct message m;
    setpgid(0, 0); /* Ctrl+C in the terminal reaches the supervisor only */
    prctl(PR_SET_NAME, "hem-emulator");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    stop_forked();
    for (int i = 0; i < place->other_count; i++)
        close(place->others[i]);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    while (pilot_hear(&p, &m)) {
        if (m.kind == MESSAGE_ROW)
            pilot_do(&p, &m);
        message_finish(&m);
    }
    _exit(0);
}

bool pilot_start(const struct pilot_place *place, pid_t *pid, int *socket, struct err *e)
{
    int ends[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return err_set(e, ERR_IO, "cannot make a socket: %s", strerror(errno));
    *pid = fork();
    if (*pid == 0) {
        close(ends[0]);
        pilot_main(place, ends[1], parent);
    }
    int reason = errno;
    close(ends[1]);
    if (*pid < 0) {
        close(ends[0]);
        return err_set(e, ERR_IO, "cannot start an emulator: %s", strerror(reason));
    }
    *socket = ends[0];
    return true;
}

#include "suite/worker.h"

#include "base/stop.h"
#include "trajectory/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 90000 /* for the display, the program, and the end of both */

/* What hem itself says while it works goes beside the record. */
static void output_turn(const struct try_order *order)
{
    struct err e = {0};
    char *place = try_place(order), *directory = disk_path(order->directory, place);
    char *log = disk_path(directory, "hem.log");
    int none = open("/dev/null", O_RDWR | O_CLOEXEC), out = -1;
    if (disk_make_directories(directory, &e))
        out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    dup2(none, STDIN_FILENO);
    dup2(out < 0 ? none : out, STDOUT_FILENO);
    dup2(out < 0 ? none : out, STDERR_FILENO);
    free(log);
    free(directory);
    free(place);
}

/* A log that says nothing is none. */
static void output_tidy(const struct try_order *order)
{
    char *place = try_place(order), *directory = disk_path(order->directory, place);
    char *log = disk_path(directory, "hem.log");
    if (lseek(STDERR_FILENO, 0, SEEK_END) == 0)
        unlink(log);
    rmdir(directory);
    free(log);
    free(directory);
    free(place);
}

static void line_write(int fd, const struct buf *line)
{
    for (size_t done = 0; done < line->length;) {
        ssize_t n = write(fd, line->text + done, line->length - done);
        if (n < 0 && errno != EINTR)
            return;
        done += n > 0 ? (size_t)n : 0;
    }
}

static void worker_work(const struct try_order *order, int fd, pid_t parent)
    __attribute__((noreturn));

static void worker_work(const struct try_order *order, int fd, pid_t parent)
{
    struct result result;
    struct err e = {0};
    struct buf line = {0};
    setpgid(0, 0); /* Ctrl+C is the parent's, who will tell */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    stop_forked();
    if (getppid() != parent)
        _exit(1);
    output_turn(order);
    try_result(order, &result);
    if (!try_run(order, &result, &e) && e.kind != ERR_STOPPED) {
        result.outcome = RESULT_BROKEN;
        result.why = mem_text(e.text);
    }
    output_tidy(order);
    if (e.kind != ERR_STOPPED)
        result_print(&result, &line);
    line_write(fd, &line);
    buf_finish(&line);
    result_finish(&result);
    _exit(0);
}

bool worker_start(struct worker *w, const struct try_order *order, struct err *e)
{
    int ends[2];
    pid_t parent = getpid();
    double seconds = order->c->task->limits.seconds * order->timeout_scale;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(e, ERR_IO, "cannot start a worker: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        worker_work(order, ends[1], parent);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_set(e, ERR_IO, "cannot start a worker: %s", strerror(errno));
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    *w = (struct worker){.pid = pid, .fd = ends[0], .order = *order};
    w->deadline = deadline_in(2 * seconds * 1000 + START_MS);
    return true;
}

bool worker_ended(struct worker *w)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(w->fd, bytes, sizeof bytes)) > 0)
        buf_add_bytes(&w->said, bytes, (size_t)n);
    return n == 0;
}

/* It ended without a word. */
static void worker_blame(const struct worker *w, int status, struct result *out)
{
    struct buf why = {0};
    char *place = try_place(&w->order);
    try_result(&w->order, out);
    out->outcome = RESULT_BROKEN;
    if (w->killed)
        buf_add(&why, "hem did not end in time, and was killed");
    else if (WIFSIGNALED(status))
        buf_addf(&why, "hem itself was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        buf_addf(&why, "hem itself ended with status %d", WEXITSTATUS(status));
    buf_addf(&why, "; see %s/hem.log", place);
    out->why = buf_take(&why);
    out->trajectory = place;
}

bool worker_take(struct worker *w, struct result *out)
{
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(w->fd);
    bool orderly = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    bool said = w->said.length > 0 && result_parse(buf_text(&w->said), out, NULL);
    if (!said && !orderly)
        worker_blame(w, status, out);
    buf_finish(&w->said);
    *w = (struct worker){.fd = -1};
    return said || !orderly;
}

void worker_stop(const struct worker *w)
{
    kill(w->pid, SIGTERM);
}

void worker_kill(struct worker *w)
{
    w->killed = true;
    kill(w->pid, SIGKILL);
}

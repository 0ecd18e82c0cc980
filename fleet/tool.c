#include "fleet/tool.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOT_STARTED 127 /* the status by which shells say so */

static void tool_become(const char *const argv[], int out, int error, pid_t parent)
{
    int nothing = open("/dev/null", O_RDONLY);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(NOT_STARTED);
    dup2(nothing, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(error, STDERR_FILENO);
    execvp(argv[0], (char *const *)argv);
    dprintf(STDERR_FILENO, "%s", strerror(errno));
    _exit(NOT_STARTED);
}

/* Adds what has come. False at its end. */
static bool pipe_read(int fd, struct buf *to)
{
    char part[4096];
    ssize_t n = read(fd, part, sizeof part);
    if (n > 0)
        buf_add_bytes(to, part, (size_t)n);
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/* Until both are at their end: true; or it is too late. */
static bool tool_listen(int out, int error, struct deadline until, struct tool_answer *a)
{
    struct pollfd fds[] = {{out, POLLIN, 0}, {error, POLLIN, 0}};
    struct buf *to[] = {&a->out, &a->said};
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (deadline_passed(until))
            return false;
        if (poll(fds, 2, deadline_left_ms(until)) <= 0)
            continue;
        for (int i = 0; i < 2; i++)
            if (fds[i].fd >= 0 && fds[i].revents && !pipe_read(fds[i].fd, to[i]))
                fds[i].fd = -1;
    }
    return true;
}

static void tool_await(pid_t pid, int out, int error, double timeout_ms, struct tool_answer *a)
{
    int status = 0;
    bool in_time = tool_listen(out, error, deadline_in(timeout_ms), a);
    if (!in_time)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!in_time)
        a->end = TOOL_LATE;
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        a->end = TOOL_DONE;
    else if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED)
        a->end = TOOL_MISSING;
    else
        a->end = TOOL_REFUSED;
}

void tool_ask(const char *const argv[], double timeout_ms, struct tool_answer *a)
{
    int out[2], error[2];
    *a = (struct tool_answer){.end = TOOL_MISSING};
    if (pipe2(out, O_CLOEXEC) != 0) {
        buf_add(&a->said, strerror(errno));
        return;
    }
    if (pipe2(error, O_CLOEXEC) != 0) {
        buf_add(&a->said, strerror(errno));
        close(out[0]);
        close(out[1]);
        return;
    }
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        tool_become(argv, out[1], error[1], parent);
    if (pid < 0)
        buf_add(&a->said, strerror(errno));
    close(out[1]);
    close(error[1]);
    if (pid > 0)
        tool_await(pid, out[0], error[0], timeout_ms, a);
    close(out[0]);
    close(error[0]);
}

void tool_answer_finish(struct tool_answer *a)
{
    buf_finish(&a->out);
    buf_finish(&a->said);
}

bool tool_err(const char *name, const struct tool_answer *a, struct err *e)
{
    static const char *const ends[] = {"ended well", "failed", "did not answer in time",
                                       "cannot be started"};
    const char *said = buf_text(&a->said);
    size_t length = strcspn(said, "\n");
    return err_set(e, ERR_IO, "%s %s%s%.*s", name, ends[a->end], length ? ": " : "", (int)length,
                   said);
}

#include "fleet/slot.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

bool slot_give(struct slot *s, double dollars)
{
    struct message row = pilot_row(s->job.number, &s->job.row, s->job.directory, dollars);
    bool sent = message_send(s->socket, &row);
    message_finish(&row);
    return sent;
}

void slot_kill(struct slot *s, const struct err *why)
{
    if (s->killed.kind == ERR_NONE)
        s->killed = *why;
    kill(s->pid, SIGKILL);
}

void slot_retire(struct slot *s)
{
    if (!s->retired && !s->busy)
        shutdown(s->socket, SHUT_WR); /* it reads the end, and goes */
    s->retired = true;
}

void slot_reap(struct slot *s, struct err *why)
{
    int status = 0;
    kill(s->pid, SIGKILL); /* a process that has closed its socket does nothing that counts */
    while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (s->killed.kind != ERR_NONE)
        *why = s->killed;
    else if (WIFSIGNALED(status))
        err_set(why, ERR_PROGRAM, "the emulator was ended by signal %d (%s)", WTERMSIG(status),
                strsignal(WTERMSIG(status)));
    else
        err_set(why, ERR_PROGRAM, "the emulator exited with status %d", WEXITSTATUS(status));
    close(s->socket);
    buf_finish(&s->inflow);
    s->pid = 0;
    s->retired = s->told_to_stop = false;
    s->killed = (struct err){0};
    s->usage = (struct meter_emulator){0};
}

#include "emulator/child.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TAIL_LINES 8

static char *log_path(const struct home *h, const char *log, const char *ending)
{
    struct buf name = {0};
    buf_addf(&name, "log/%s%s", log, ending);
    char *path = home_path(h, buf_text(&name));
    buf_finish(&name);
    return path;
}

static void missing_err(const struct child_start *what, struct err *e)
{
    if (what->package)
        err_append(e, " (it is in the Debian package %s)", what->package);
    else if (!strchr(what->argv[0], '/'))
        err_append(e, " (is its Debian package installed? Often it is called %s, too)",
                   what->argv[0]);
}

bool child_start(struct child *c, struct keeper *k, const struct home *h,
                 const struct child_start *what, struct err *e)
{
    *c = (struct child){.name = mem_text(what->argv[0])};
    c->error_path = log_path(h, what->log, "");
    c->out_path = what->separate ? log_path(h, what->log, ".out") : NULL;
    int error = log_open(c->error_path, e);
    int out = error >= 0 && what->separate ? log_open(c->out_path, e) : error;
    bool ok = false;
    if (error >= 0 && out >= 0) {
        struct keeper_start start = {what->argv, what->environment, what->directory,    out,
                                     error,      what->passed,      what->death_signal, what->last};
        ok = keeper_start(k, &start, &c->pid, e);
        if (!ok && errno == ENOENT)
            missing_err(what, e);
    }
    if (error >= 0)
        close(error);
    if (out >= 0 && out != error)
        close(out);
    if (!ok)
        child_finish(c);
    return ok;
}

bool child_ended(const struct child *c, struct keeper *k, int *status)
{
    return c->pid && keeper_ended(k, c->pid, status);
}

bool child_ended_err(const struct child *c, int status, const char *when, enum err_kind kind,
                     struct err *e)
{
    struct buf text = {0}, tail = {0};
    buf_addf(&text, "%s ", c->name);
    if (WIFSIGNALED(status))
        buf_addf(&text, "was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        buf_addf(&text, "exited with status %d", WEXITSTATUS(status));
    buf_add(&text, when);
    tail_add(c->error_path, TAIL_LINES, &tail);
    if (tail.length > 0)
        buf_addf(&text, ":\n%s", buf_text(&tail));
    err_set(e, kind, "%s", buf_text(&text));
    buf_finish(&text);
    buf_finish(&tail);
    return false;
}

void child_finish(struct child *c)
{
    free(c->name);
    free(c->out_path);
    free(c->error_path);
    *c = (struct child){0};
}

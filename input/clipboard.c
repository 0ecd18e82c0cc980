#include "input/clipboard.h"

#include "base/clock.h"
#include "input/idle.h"
#include "input/pause.h"
#include "input/selection.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MS 10000

static void serve(pid_t parent, Display *display, const char *text, int in, int out)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    close(ConnectionNumber(display)); /* the parent's: not ours to speak on */
    selection_serve(DisplayString(display), text, in, out);
}

static bool start(struct clipboard *c, Display *display, const char *text, struct err *e)
{
    int up[2], down[2];
    if (pipe2(up, O_CLOEXEC) != 0)
        return err_set(e, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    if (pipe2(down, O_CLOEXEC) != 0) {
        close(up[0]);
        close(up[1]);
        return err_set(e, ERR_IO, "cannot make a pipe: %s", strerror(errno));
    }
    pid_t parent = getpid();
    c->process = fork();
    if (c->process == 0) {
        close(up[0]);
        close(down[1]);
        serve(parent, display, text, down[0], up[1]);
    }
    close(up[1]);
    close(down[0]);
    c->in = up[0];
    c->out = down[1];
    if (c->process > 0)
        return true;
    c->process = 0;
    close(c->in);
    close(c->out);
    return err_set(e, ERR_IO, "cannot start a process: %s", strerror(errno));
}

/* The next that it says; false when it says nothing in time, or is gone. */
static bool hear(struct clipboard *c, struct deadline deadline, struct selection_message *out)
{
    return pause_until_readable(c->in, deadline_left_ms(deadline)) && !deadline_passed(deadline) &&
           read(c->in, out, sizeof *out) == (ssize_t)sizeof *out;
}

static bool wait_word(struct clipboard *c, enum selection_word word)
{
    struct deadline deadline = deadline_in(ANSWER_MS);
    struct selection_message m;
    while (hear(c, deadline, &m)) {
        if (m.word == word)
            return true;
    }
    return false;
}

bool clipboard_lend(struct clipboard *c, Display *display, const char *text, struct err *e)
{
    struct clipboard before = *c;
    *c = (struct clipboard){0};
    /* What the one before has given back is asked of that one. */
    bool ok = start(c, display, text, e);
    if (ok && !wait_word(c, SELECTION_OWNED)) {
        clipboard_close(c);
        ok = err_set(e, ERR_DISPLAY, "the clipboard cannot be had");
    }
    clipboard_close(&before);
    return ok;
}

void clipboard_forget(struct clipboard *c)
{
    struct selection_message m;
    while (c->process && hear(c, deadline_in(0.5), &m))
        ;
}

bool clipboard_wait_given(struct clipboard *c, Display *display, Window window, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    struct selection_message m;
    while (c->process && hear(c, deadline, &m)) {
        if (m.word == SELECTION_GIVEN && idle_same_process(display, window, m.window, true))
            return true;
    }
    return false;
}

void clipboard_give_back(struct clipboard *c)
{
    if (!c->process)
        return;
    if (write(c->out, "", 1) != 1 || !wait_word(c, SELECTION_BACK))
        clipboard_close(c);
}

void clipboard_close(struct clipboard *c)
{
    if (!c->process)
        return;
    kill(c->process, SIGKILL);
    waitpid(c->process, NULL, 0);
    close(c->in);
    close(c->out);
    *c = (struct clipboard){0};
}

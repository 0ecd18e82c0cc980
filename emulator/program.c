#include "emulator/program.h"

#include "base/clock.h"
#include "base/stop.h"
#include "emulator/descendants.h"

#include <poll.h>
#include <stdio.h>

#define PROCESSES_MAX 1024
#define LOOK_AGAIN_MS 100 /* for processes that end without a word: no children of the keeper */

/* ---- its processes ---- */

struct family {
    struct process members[PROCESSES_MAX];
    int count;
};

static bool family_holds(const struct family *f, pid_t pid)
{
    for (int i = 0; i < f->count; i++)
        if (f->members[i].pid == pid)
            return true;
    return false;
}

/* How many live processes are the program's: all that the keeper started, but the desktop's own.
 * Those that the bus started count only when BUS_TOO: some programs are little more than a request
 * to one of them, but others stay for no reason. */
static int family_living(const struct family *f, const struct ground *g, bool bus_too)
{
    int living = 0;
    for (int i = 0; i < f->count; i++) {
        const struct process *p = &f->members[i];
        bool own = p->pid == g->server || p->pid == g->manager || p->pid == g->bus ||
                   p->parent == g->server || p->parent == g->manager;
        bool from_bus = p->parent == g->bus;
        if (p->state != 'Z' && !own && (bus_too || !from_bus))
            living++;
    }
    return living;
}

static void family_look(struct family *f, const struct ground *g)
{
    f->count = descendants_list(keeper_pid(g->keeper), f->members, PROCESSES_MAX);
}

/* ---- its first window ---- */

/* On a display of others, a window that says whose it is must be the program's. */
static bool window_is_ours(const struct ground *g, Window window)
{
    static struct family family; /* too large for the stack; used here only */
    pid_t owner = g->shared ? window_process(g->display, window) : 0;
    if (!owner)
        return true;
    family_look(&family, g);
    return family_holds(&family, owner);
}

static bool window_is_there(const struct ground *g, const struct windows *before)
{
    struct windows now;
    windows_list(g->display, &now);
    for (int i = 0; i < now.count; i++)
        if (!windows_hold(before, now.items[i]) && window_is_ours(g, now.items[i]))
            return true;
    return false;
}

/* Has it ended for good, without anybody left who could show a window? */
static bool program_gone(const struct child *program, const struct ground *g, bool bus_too,
                         int *status)
{
    static struct family family;
    if (!child_ended(program, g->keeper, status))
        return false;
    if (*status != 0)
        return true;
    family_look(&family, g);
    return family_living(&family, g, bus_too) == 0;
}

/* Until something happens. */
static void ground_wait(const struct ground *g, int timeout_ms)
{
    struct pollfd fds[] = {{ConnectionNumber(g->display), POLLIN, 0},
                           {keeper_fd(g->keeper), POLLIN, 0},
                           {stop_fd(), POLLIN, 0}};
    poll(fds, sizeof fds / sizeof *fds, timeout_ms);
}

bool program_wait_window(const struct child *program, const struct ground *g,
                         const struct windows *before, int timeout_ms, struct err *e)
{
    struct deadline deadline = deadline_in(timeout_ms > 0 ? timeout_ms : 0);
    int status = 0;
    for (;;) {
        if (*g->lost)
            return err_set(e, ERR_DISPLAY, "the display went away");
        if (window_is_there(g, before))
            return true;
        if (program_gone(program, g, true, &status))
            return child_ended_err(program, status, " before it showed a window", ERR_PROGRAM, e);
        if (stop_requested())
            return err_set(e, ERR_STOPPED, "stopped");
        if (deadline_passed(deadline))
            return err_set(e, ERR_PROGRAM, "%s has shown no window in %.3g s", program->name,
                           timeout_ms / 1e3);
        int left = deadline_left_ms(deadline);
        bool launcher = child_ended(program, g->keeper, &status);
        if (!windows_events_drop(g->display))
            ground_wait(g, launcher && left > LOOK_AGAIN_MS ? LOOK_AGAIN_MS : left);
    }
}

bool program_alive(const struct child *program, const struct ground *g, struct err *e)
{
    int status;
    struct windows seen = {.count = 0};
    if (!child_ended(program, g->keeper, &status))
        return true;
    windows_list(g->display, &seen);
    if (!program_gone(program, g, seen.count > 0, &status))
        return true;
    return child_ended_err(program, status, "", ERR_PROGRAM, e);
}

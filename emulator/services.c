#include "emulator/services.h"

#include "base/clock.h"
#include "base/stop.h"
#include "emulator/settings.h"
#include "emulator/windows.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_MS     15000 /* for each of them */
#define ASK_AGAIN_MS 5     /* a window manager that forgot the question */

/* ---- waiting ---- */

static bool service_lives(const struct services *s, const struct child *service, enum err_kind kind,
                          struct err *e)
{
    int status;
    return !child_ended(service, s->keeper, &status) ||
           child_ended_err(service, status, " while the desktop was started", kind, e);
}

/* May the wait for WHOM go on? Not after a stop, the end of a service, the deadline. */
static bool wait_goes_on(const struct services *s, const struct child *whom,
                         struct deadline deadline, struct err *e)
{
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "stopped");
    if (!service_lives(s, &s->server, ERR_DISPLAY, e) ||
        !service_lives(s, &s->manager, ERR_PROGRAM, e) ||
        !service_lives(s, &s->bus, ERR_PROGRAM, e))
        return false;
    if (deadline_passed(deadline))
        return err_set(e, ERR_DISPLAY, "%s was not ready in %d s", whom->name, START_MS / 1000);
    return true;
}

/* Until a process ends, a stop is asked for, or DESCRIPTOR (or -1) is readable. */
static void services_poll(const struct services *s, int descriptor, int timeout_ms)
{
    struct pollfd fds[] = {
        {keeper_fd(s->keeper), POLLIN, 0}, {stop_fd(), POLLIN, 0}, {descriptor, POLLIN, 0}};
    poll(fds, sizeof fds / sizeof *fds, timeout_ms);
}

/* The line that a service writes into its pipe when it is ready. Closes the pipe. */
static bool service_line(const struct services *s, const struct child *service, int pipe, char *out,
                         size_t size, struct err *e)
{
    struct deadline deadline = deadline_in(START_MS);
    size_t length = 0;
    bool ok = true;
    out[0] = '\0';
    while (ok) {
        ssize_t n = read(pipe, out + length, size - 1 - length);
        length += n > 0 ? (size_t)n : 0;
        out[length] = '\0';
        if (strchr(out, '\n') || length == size - 1)
            break;
        ok = wait_goes_on(s, service, deadline, e);
        if (ok) /* at the pipe's end (0) only the service's own end can be next */
            services_poll(s, n == 0 ? -1 : pipe, deadline_left_ms(deadline));
    }
    close(pipe);
    out[strcspn(out, "\n")] = '\0';
    return ok;
}

/* Starts a service that tells by a line to descriptor 3 that it is ready. The pipe to read it from,
 * or -1. */
static int service_start(struct services *s, struct child *service, struct child_start *what,
                         struct err *e)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
        err_set(e, ERR_IO, "cannot make a pipe: %s", strerror(errno));
        return -1;
    }
    what->environment = s->environment->items;
    what->passed = ends[1];
    bool ok = child_start(service, s->keeper, s->home, what, e);
    close(ends[1]);
    if (ok)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* ---- the X server ---- */

int services_server(struct services *s, int width, int height, const char *authority, struct err *e)
{
    char size[64];
    snprintf(size, sizeof size, "%dx%dx24", width, height);
    /* No GLX: most of the server's memory, and programs draw without it. No cursor: it would be
     * painted into the framebuffer. No screen saver. */
    const char *const argv[] = {"Xvfb",      "-displayfd", "3",        "-screen",   "0",
                                size,        "-auth",      authority,  "-fbdir",    s->home->screen,
                                "-nolisten", "tcp",        "-noreset", "-nocursor", "-extension",
                                "GLX",       "-s",         "0",        "-dpi",      "96",
                                NULL};
    struct child_start what = {.argv = argv,
                               .log = "server",
                               .package = "xvfb",
                               .death_signal = SIGTERM, /* it removes its socket */
                               .last = true};
    return service_start(s, &s->server, &what, e);
}

bool services_number(struct services *s, int pipe, char *out, size_t size_bytes, struct err *e)
{
    return service_line(s, &s->server, pipe, out, size_bytes, e);
}

/* ---- the window manager ---- */

static bool manager_start(struct services *s, const char *name, struct err *e)
{
    struct environment environment = {0};
    char *settings = home_path(s->home, SETTINGS_OPENBOX);
    bool openbox = strcmp(name, "openbox") == 0;
    const char *const argv[] = {name, openbox ? "--sm-disable" : NULL, "--config-file", settings,
                                NULL};
    environment_copy(&environment, s->environment);
    /* It says nothing that anybody reads: tables for a language would only be memory of every
     * desktop. */
    environment_put(&environment, "LC_ALL", "C");
    struct child_start what = {.argv = argv,
                               .environment = environment.items,
                               .log = "manager",
                               .package = openbox ? "openbox" : NULL,
                               .passed = -1,
                               .death_signal = SIGKILL};
    bool ok = child_start(&s->manager, s->keeper, s->home, &what, e);
    environment_finish(&environment);
    free(settings);
    return ok;
}

static bool manager_wait(struct services *s, Display *display, const bool *lost, struct err *e)
{
    struct deadline deadline = deadline_in(START_MS);
    Window probe = None;
    long added = windows_watch(display);
    bool ok = true;
    while (ok && !windows_managed(display, &probe)) {
        ok = wait_goes_on(s, &s->manager, deadline, e);
        if (ok && *lost)
            ok = err_set(e, ERR_DISPLAY, "the display went away");
        if (ok && !windows_events_drop(display))
            services_poll(s, ConnectionNumber(display), ASK_AGAIN_MS);
    }
    windows_unwatch(display, added);
    return ok;
}

/* ---- the bus ---- */

static int bus_start(struct services *s, struct err *e)
{
    char *settings = home_path(s->home, SETTINGS_BUS);
    struct buf option = {0};
    buf_addf(&option, "--config-file=%s", settings);
    const char *const argv[] = {"dbus-daemon", option.text,         "--nofork",
                                "--nopidfile", "--print-address=3", NULL};
    struct child_start what = {
        .argv = argv, .log = "bus", .package = "dbus-daemon", .death_signal = SIGKILL};
    int pipe = service_start(s, &s->bus, &what, e);
    buf_finish(&option);
    free(settings);
    return pipe;
}

static bool bus_wait(struct services *s, int pipe, struct err *e)
{
    char address[256];
    if (!service_line(s, &s->bus, pipe, address, sizeof address, e))
        return false;
    environment_put(s->environment, "DBUS_SESSION_BUS_ADDRESS", address);
    return true;
}

/* Both are started at once, as each takes its time to be ready. */
bool services_complete(struct services *s, Display *display, const bool *lost, const char *manager,
                       bool with_bus, struct err *e)
{
    if (manager && !manager_start(s, manager, e))
        return false;
    int pipe = with_bus ? bus_start(s, e) : -1;
    if (with_bus && (pipe < 0 || !bus_wait(s, pipe, e)))
        return false;
    return !manager || manager_wait(s, display, lost, e);
}

void services_finish(struct services *s)
{
    child_finish(&s->server);
    child_finish(&s->manager);
    child_finish(&s->bus);
}

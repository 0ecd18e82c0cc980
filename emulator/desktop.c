#include "emulator/desktop.h"

#include "base/clock.h"
#include "base/frame.h"
#include "base/stop.h"
#include "emulator/browsers.h"
#include "emulator/environment.h"
#include "emulator/program.h"
#include "emulator/settings.h"
#include "emulator/xerrors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define START_MS     15000 /* for each of display, window manager and bus */
#define ASK_AGAIN_MS 5     /* a window manager that forgot the question */
#define NAME_SIZE    128

struct desktop {
    char name[NAME_SIZE]; /* ":5" */
    char *directory;      /* owned: where the program works; NULL: where hem does */
    bool attached;
    Display *display; /* owned; NULL: not open */
    bool lost;
    struct home home;               /* root NULL: none */
    struct keeper *keeper;          /* owned; NULL: nothing was started */
    struct environment environment; /* of the programs */
    struct child server, manager, bus, program;
    char *authority, *framebuffer, *place; /* owned; NULL when attached. place: HOME */
};

/* ---- waiting for the desktop ---- */

static bool service_lives(struct desktop *d, const struct child *service, enum err_kind kind,
                          struct err *e)
{
    int status;
    return !child_ended(service, d->keeper, &status) ||
           child_ended_err(service, status, " while the desktop was started", kind, e);
}

/* Waits for events of the display, of processes, of DESCRIPTOR (or -1), at most until AGAIN. False
 * when to wait on makes no sense: a stop, a service that has ended, a lost display, the deadline.
 */
static bool desktop_wait(struct desktop *d, int descriptor, struct deadline deadline,
                         struct deadline again, const struct child *for_whom, struct err *e)
{
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "stopped");
    if (!service_lives(d, &d->server, ERR_DISPLAY, e) ||
        !service_lives(d, &d->manager, ERR_PROGRAM, e) ||
        !service_lives(d, &d->bus, ERR_PROGRAM, e))
        return false;
    if (d->lost)
        return err_set(e, ERR_DISPLAY, "the display %s went away", d->name);
    if (deadline_passed(deadline))
        return err_set(e, ERR_DISPLAY, "%s was not ready in %d s", for_whom->name, START_MS / 1000);
    struct pollfd fds[] = {
        {d->display ? ConnectionNumber(d->display) : -1, POLLIN, 0},
        {keeper_fd(d->keeper), POLLIN, 0},
        {stop_fd(), POLLIN, 0},
        {descriptor, POLLIN, 0},
    };
    poll(fds, sizeof fds / sizeof *fds, deadline_left_ms(again));
    return true;
}

/* The line that a service writes into its pipe when it is ready. Closes the pipe. */
static bool service_line(struct desktop *d, const struct child *service, int pipe, char *out,
                         size_t size, struct err *e)
{
    struct deadline deadline = deadline_in(START_MS);
    size_t length = 0;
    bool ok = true;
    do {
        ssize_t n = read(pipe, out + length, size - 1 - length);
        length += n > 0 ? (size_t)n : 0;
        out[length] = '\0';
        if (strchr(out, '\n') || length == size - 1)
            break;
        /* At its end (0) only the service's own end can be next. */
        ok = desktop_wait(d, n == 0 ? -1 : pipe, deadline, deadline, service, e);
    } while (ok);
    close(pipe);
    out[strcspn(out, "\n")] = '\0';
    return ok;
}

/* Starts a service that tells by a line to descriptor 3 that it is ready. The pipe to read it from,
 * or -1. */
static int service_start(struct desktop *d, struct child *service, struct child_start *what,
                         struct err *e)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
        err_set(e, ERR_IO, "cannot make a pipe: %s", strerror(errno));
        return -1;
    }
    what->environment = d->environment.items;
    what->passed = ends[1];
    bool ok = child_start(service, d->keeper, &d->home, what, e);
    close(ends[1]);
    if (ok)
        return ends[0];
    close(ends[0]);
    return -1;
}

/* ---- the display ---- */

static int server_start(struct desktop *d, const struct desktop_options *options, struct err *e)
{
    char size[64];
    snprintf(size, sizeof size, "%dx%dx24", options->width, options->height);
    /* No GLX: most of the server's memory, and programs draw without it. No cursor: it would be
     * painted into the framebuffer. No screen saver. */
    const char *const argv[] = {
        "Xvfb",     "-displayfd", "3",          "-screen",      "0",         size,
        "-auth",    d->authority, "-fbdir",     d->home.screen, "-nolisten", "tcp",
        "-noreset", "-nocursor",  "-extension", "GLX",          "-s",        "0",
        "-dpi",     "96",         NULL};
    struct child_start what = {.argv = argv,
                               .log = "server",
                               .package = "xvfb",
                               .death_signal = SIGTERM, /* it removes its socket */
                               .last = true};
    return service_start(d, &d->server, &what, e);
}

/* The secret of the newest private desktop is what Xlib uses in this process, for further
 * connections to it, too. */
static void display_authorize(unsigned char cookie[HOME_COOKIE_BYTES])
{
    char protocol[] = "MIT-MAGIC-COOKIE-1";
    XSetAuthorization(protocol, (int)strlen(protocol), (char *)cookie, HOME_COOKIE_BYTES);
}

static bool display_open(struct desktop *d, struct err *e)
{
    d->display = XOpenDisplay(d->name);
    if (!d->display)
        return err_set(e, ERR_DISPLAY, "cannot open the display %s", d->name);
    fcntl(ConnectionNumber(d->display), F_SETFD, FD_CLOEXEC);
    xerrors_watch(d->display, &d->lost);
    return true;
}

/* ---- the window manager and the bus ---- */

static bool manager_start(struct desktop *d, const char *name, struct err *e)
{
    struct environment environment = {0};
    char *settings = home_path(&d->home, SETTINGS_OPENBOX);
    bool openbox = strcmp(name, "openbox") == 0;
    const char *const argv[] = {name, openbox ? "--sm-disable" : NULL, "--config-file", settings,
                                NULL};
    environment_copy(&environment, &d->environment);
    /* It says nothing that anybody reads: tables for a language would only be memory of every
     * desktop. */
    environment_put(&environment, "LC_ALL", "C");
    struct child_start what = {.argv = argv,
                               .environment = environment.items,
                               .log = "manager",
                               .package = openbox ? "openbox" : NULL,
                               .passed = -1,
                               .death_signal = SIGKILL};
    bool ok = child_start(&d->manager, d->keeper, &d->home, &what, e);
    environment_finish(&environment);
    free(settings);
    return ok;
}

static bool manager_wait(struct desktop *d, struct err *e)
{
    struct deadline deadline = deadline_in(START_MS);
    Window probe = None;
    while (!windows_managed(d->display, &probe)) {
        struct deadline again = deadline_in(ASK_AGAIN_MS);
        windows_events_drop(d->display);
        if (!desktop_wait(d, -1, deadline, again, &d->manager, e))
            return false;
    }
    return true;
}

static int bus_start(struct desktop *d, struct err *e)
{
    char *settings = home_path(&d->home, SETTINGS_BUS);
    struct buf option = {0};
    buf_addf(&option, "--config-file=%s", settings);
    const char *const argv[] = {"dbus-daemon", option.text,         "--nofork",
                                "--nopidfile", "--print-address=3", NULL};
    struct child_start what = {
        .argv = argv, .log = "bus", .package = "dbus-daemon", .death_signal = SIGKILL};
    int pipe = service_start(d, &d->bus, &what, e);
    buf_finish(&option);
    free(settings);
    return pipe;
}

/* Both at once: each takes its time to be ready. */
static bool manager_and_bus(struct desktop *d, const struct desktop_options *options, struct err *e)
{
    const char *manager = options->window_manager ? options->window_manager : "openbox";
    bool managed = strcmp(manager, "none") != 0;
    char address[256];
    long added = windows_watch(d->display);
    if (managed && !manager_start(d, manager, e))
        return false;
    if (!options->no_bus) {
        int pipe = bus_start(d, e);
        if (pipe < 0 || !service_line(d, &d->bus, pipe, address, sizeof address, e))
            return false;
        environment_put(&d->environment, "DBUS_SESSION_BUS_ADDRESS", address);
    }
    if (managed && !manager_wait(d, e))
        return false;
    windows_unwatch(d->display, added);
    return true;
}

/* ---- from start to stop ---- */

/* The directories, and the keeper that will remove them. */
static bool desktop_found(struct desktop *d, size_t framebuffer_bytes, struct err *e)
{
    if (d->keeper)
        return true;
    if (!home_create(&d->home, framebuffer_bytes, e))
        return false;
    const char *directories[KEEPER_DIRECTORIES_MAX] = {d->home.root,
                                                       d->home.separate ? d->home.screen : NULL};
    d->keeper = keeper_create(directories, e);
    return d->keeper != NULL;
}

static bool desktop_set_up(struct desktop *d, const struct desktop_options *options, struct err *e)
{
    unsigned char cookie[HOME_COOKIE_BYTES];
    char number[16];
    size_t pixels = (size_t)options->width * (size_t)options->height;
    if (!desktop_found(d, pixels * 4, e) || !home_cookie(&d->home, cookie, e))
        return false;
    d->authority = home_path(&d->home, "auth");
    d->place = home_path(&d->home, "home");
    environment_own(&d->environment);
    environment_private(&d->environment, &d->home);
    int pipe = server_start(d, options, e);
    if (pipe < 0)
        return false;
    /* While the server starts: */
    if (!settings_write(&d->home, e) || !browsers_write(&d->home, true, e)) {
        close(pipe);
        return false;
    }
    if (!service_line(d, &d->server, pipe, number, sizeof number, e))
        return false;
    snprintf(d->name, sizeof d->name, ":%s", number);
    struct buf path = {0};
    buf_addf(&path, "%s/Xvfb_screen0", d->home.screen);
    d->framebuffer = buf_take(&path);
    environment_put(&d->environment, "DISPLAY", d->name);
    display_authorize(cookie);
    return display_open(d, e) && manager_and_bus(d, options, e);
}

struct desktop *desktop_start(const struct desktop_options *options, struct err *e)
{
    if (options->width <= 0 || options->height <= 0 || options->width > FRAME_SIDE_MAX ||
        options->height > FRAME_SIDE_MAX) {
        err_set(e, ERR_USAGE, "a screen of %dx%d pixels cannot be made", options->width,
                options->height);
        return NULL;
    }
    struct desktop *d = mem_zero(1, sizeof *d);
    d->directory = mem_text(options->directory);
    if (desktop_set_up(d, options, e))
        return d;
    desktop_stop(d);
    return NULL;
}

struct desktop *desktop_attach(const char *name, struct err *e)
{
    struct desktop *d = mem_zero(1, sizeof *d);
    d->attached = true;
    name = name ? name : getenv("DISPLAY");
    snprintf(d->name, sizeof d->name, "%s", name ? name : "");
    if (!*d->name)
        err_set(e, ERR_DISPLAY, "no display is named and $DISPLAY is not set");
    else if (display_open(d, e))
        return d;
    desktop_stop(d);
    return NULL;
}

void desktop_stop(struct desktop *d)
{
    if (!d)
        return;
    if (d->display) {
        XCloseDisplay(d->display);
        xerrors_unwatch();
    }
    if (d->authority)
        XSetAuthorization(NULL, 0, NULL, 0);
    keeper_destroy(d->keeper);
    home_finish(&d->home);
    environment_finish(&d->environment);
    child_finish(&d->server);
    child_finish(&d->manager);
    child_finish(&d->bus);
    child_finish(&d->program);
    free(d->directory);
    free(d->authority);
    free(d->framebuffer);
    free(d->place);
    free(d);
}

/* ---- the program ---- */

static struct ground desktop_ground(struct desktop *d)
{
    return (struct ground){.display = d->display,
                           .keeper = d->keeper,
                           .lost = &d->lost,
                           .shared = d->attached,
                           .server = d->server.pid,
                           .manager = d->manager.pid,
                           .bus = d->bus.pid};
}

/* On a display of others the program gets hem's own environment, and only a place for what it
 * writes. */
static bool attached_prepare(struct desktop *d, struct err *e)
{
    if (d->keeper)
        return true;
    if (!desktop_found(d, 0, e) || !browsers_write(&d->home, false, e))
        return false;
    environment_own(&d->environment);
    environment_put(&d->environment, "DISPLAY", d->name);
    return true;
}

static bool program_start(struct desktop *d, char *const argv[], char *const environment[],
                          struct err *e)
{
    struct environment variables = {0};
    char *browser = browsers_program(&d->home, argv[0]);
    int count = 0;
    while (argv[count])
        count++;
    const char **arguments = mem_zero((size_t)count + 1, sizeof *arguments);
    memcpy(arguments, argv, (size_t)count * sizeof *arguments);
    if (browser)
        arguments[0] = browser;
    environment_copy(&variables, &d->environment);
    for (; environment && *environment; environment++)
        environment_put_text(&variables, *environment);
    child_finish(&d->program);
    struct child_start what = {.argv = arguments,
                               .environment = variables.items,
                               .directory = d->directory,
                               .log = "program",
                               .separate = true,
                               .passed = -1,
                               .death_signal = SIGKILL};
    bool ok = child_start(&d->program, d->keeper, &d->home, &what, e);
    environment_finish(&variables);
    free(arguments);
    free(browser);
    return ok;
}

bool desktop_run(struct desktop *d, char *const argv[], char *const environment[], int timeout_ms,
                 struct err *e)
{
    struct windows before;
    if (!argv[0])
        return err_set(e, ERR_USAGE, "no program is named");
    if (d->attached && !attached_prepare(d, e))
        return false;
    if (d->lost)
        return err_set(e, ERR_DISPLAY, "the display %s went away", d->name);
    long added = windows_watch(d->display);
    windows_list(d->display, &before);
    bool ok = program_start(d, argv, environment, e);
    if (ok) {
        struct ground ground = desktop_ground(d);
        ok = program_wait_window(&d->program, &ground, &before, timeout_ms, e);
    }
    windows_unwatch(d->display, added);
    return ok;
}

bool desktop_alive(struct desktop *d, struct err *e)
{
    if (d->lost)
        return err_set(e, ERR_DISPLAY, "the display %s went away", d->name);
    if (!d->program.pid)
        return true;
    struct ground ground = desktop_ground(d);
    return program_alive(&d->program, &ground, e);
}

/* ---- what there is to know ---- */

const char *desktop_stdout_path(const struct desktop *d)
{
    return d->program.out_path;
}

const char *desktop_stderr_path(const struct desktop *d)
{
    return d->program.error_path;
}

Display *desktop_display(struct desktop *d)
{
    return d->display;
}

const char *desktop_name(const struct desktop *d)
{
    return d->name;
}

const char *desktop_authority(const struct desktop *d)
{
    return d->authority;
}

const char *desktop_framebuffer(const struct desktop *d)
{
    return d->framebuffer;
}

const char *desktop_home(const struct desktop *d)
{
    return d->place;
}

void desktop_window_title(struct desktop *d, char *out, size_t size)
{
    windows_active_title(d->display, out, size);
}

bool desktop_lost(const struct desktop *d)
{
    return d->lost;
}

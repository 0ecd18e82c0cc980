#include "emulator/desktop.h"

#include "base/frame.h"
#include "emulator/browsers.h"
#include "emulator/environment.h"
#include "emulator/program.h"
#include "emulator/services.h"
#include "emulator/settings.h"
#include "emulator/xerrors.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_SIZE 128

struct desktop {
    char name[NAME_SIZE]; /* ":5" */
    char *directory;      /* owned: where the program works; NULL: where hem does */
    bool attached;
    Display *display; /* owned; NULL: not open */
    bool lost;
    struct home home;               /* root NULL: none */
    struct keeper *keeper;          /* owned; NULL: nothing was started */
    struct environment environment; /* of the programs */
    struct services services;
    struct child program;
    unsigned char cookie[HOME_COOKIE_BYTES];
    char *authority, *framebuffer, *place; /* owned; NULL when attached. place: HOME */
};

/* ---- the display ---- */

/*
 * The secret of the newest private desktop is what Xlib uses in this process, for further
 * connections to it, too. (Xlib knows one secret for all displays.)
 */
static const struct desktop *authorized; /* whose it is; NULL: nobody's */

static void display_authorize(const struct desktop *d)
{
    char protocol[] = "MIT-MAGIC-COOKIE-1", data[HOME_COOKIE_BYTES];
    authorized = d;
    if (!d) {
        XSetAuthorization(NULL, 0, NULL, 0);
        return;
    }
    memcpy(data, d->cookie, sizeof data);
    XSetAuthorization(protocol, (int)strlen(protocol), data, (int)sizeof data);
}

static Display *connection_open(struct desktop *d, struct err *e)
{
    Display *display = XOpenDisplay(d->name);
    if (!display) {
        err_set(e, ERR_DISPLAY, "cannot open the display %s", d->name);
        return NULL;
    }
    fcntl(ConnectionNumber(display), F_SETFD, FD_CLOEXEC);
    xerrors_watch(display, &d->lost);
    return display;
}

Display *desktop_connect(struct desktop *d, struct err *e)
{
    /* A display that was there already is not opened with the secret of our own. */
    const struct desktop *other = authorized;
    display_authorize(d->attached ? NULL : d);
    Display *display = connection_open(d, e);
    display_authorize(other);
    return display;
}

void desktop_disconnect(Display *display)
{
    if (!display)
        return;
    XCloseDisplay(display);
    xerrors_unwatch();
}

/* ---- from start to stop ---- */

/* The directories, and the keeper that will remove them. */
static bool desktop_found(struct desktop *d, size_t framebuffer_bytes, struct err *e)
{
    if (!home_create(&d->home, framebuffer_bytes, e))
        return false;
    const char *directories[KEEPER_DIRECTORIES_MAX] = {d->home.root,
                                                       d->home.separate ? d->home.screen : NULL};
    d->keeper = keeper_create(directories, e);
    if (!d->keeper)
        home_remove(&d->home);
    return d->keeper != NULL;
}

/* Starts the server, and makes everything else ready while that starts. */
static bool desktop_open_server(struct desktop *d, const struct desktop_options *options,
                                struct err *e)
{
    char number[16];
    int pipe = services_server(&d->services, options->width, options->height, d->authority, e);
    if (pipe < 0)
        return false;
    if (!settings_write(&d->home, e) || !browsers_write(&d->home, true, e)) {
        close(pipe);
        return false;
    }
    if (!services_number(&d->services, pipe, number, sizeof number, e))
        return false;
    snprintf(d->name, sizeof d->name, ":%s", number);
    environment_put(&d->environment, "DISPLAY", d->name);
    display_authorize(d);
    d->display = connection_open(d, e);
    return d->display != NULL;
}

static bool desktop_set_up(struct desktop *d, const struct desktop_options *options, struct err *e)
{
    const char *manager = options->window_manager ? options->window_manager : "openbox";
    size_t pixels = (size_t)options->width * (size_t)options->height;
    struct buf framebuffer = {0};
    if (!desktop_found(d, pixels * 4, e) || !home_cookie(&d->home, d->cookie, e))
        return false;
    buf_addf(&framebuffer, "%s/Xvfb_screen0", d->home.screen);
    d->framebuffer = buf_take(&framebuffer);
    d->authority = home_path(&d->home, "auth");
    d->place = home_path(&d->home, "home");
    environment_own(&d->environment);
    environment_private(&d->environment, &d->home);
    d->services =
        (struct services){.keeper = d->keeper, .home = &d->home, .environment = &d->environment};
    if (strcmp(manager, "none") == 0)
        manager = NULL;
    return desktop_open_server(d, options, e) &&
           services_complete(&d->services, d->display, &d->lost, manager, !options->no_bus, e);
}

struct desktop *desktop_start(const struct desktop_options *options, struct err *e)
{
    if (!frame_may_be(options->width, options->height)) {
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
    else {
        d->display = desktop_connect(d, e);
        if (d->display)
            return d;
    }
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
    if (authorized == d)
        display_authorize(NULL);
    keeper_destroy(d->keeper);
    home_finish(&d->home);
    environment_finish(&d->environment);
    services_finish(&d->services);
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
                           .server = d->services.server.pid,
                           .manager = d->services.manager.pid,
                           .bus = d->services.bus.pid};
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

bool desktop_lay_out(struct desktop *d, const char *name, const void *bytes, size_t size_bytes,
                     struct err *e)
{
    struct buf path = {0};
    if (d->attached)
        return err_set(e, ERR_USAGE, "%s: files are laid out on a private display only", name);
    buf_addf(&path, "home/%s", name);
    bool written = home_write(&d->home, buf_text(&path), bytes, size_bytes, 0600, e);
    buf_finish(&path);
    return written;
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

void desktop_window_title_at(struct desktop *d, struct point at, char *out, size_t size)
{
    windows_title_at(d->display, at.x, at.y, out, size);
}

bool desktop_lost(const struct desktop *d)
{
    return d->lost;
}

/*
 * desktop: where the emulator lives: a private Xvfb with a window manager, a session bus and the
 * program; or a display that is already there and is left as it was.
 *
 * Every process that a private desktop starts is a descendant of a small keeper process, which is
 * told when hem dies (even by SIGKILL) and then ends them all, daemons that left their group and
 * session too. The program's HOME and XDG_RUNTIME_DIR are new, private and removed at the end.
 *
 * Used from one thread. While a desktop is there, Xlib's error handlers are ours (errors are logged
 * and survived), and other connections that this process opens find the newest private display's
 * cookie by themselves.
 */
#ifndef EMULATOR_DESKTOP_H
#define EMULATOR_DESKTOP_H

#include "base/err.h"
#include "base/rect.h"

#include <X11/Xlib.h>
#include <stdbool.h>
#include <sys/types.h>

struct desktop_options {
    int width, height;          /* pixels */
    const char *window_manager; /* NULL: openbox; "none" */
    bool no_bus;                /* start no D-Bus session bus */
    const char *directory;      /* the working directory of the program; NULL: ours */
};

struct desktop;

/*
 * Starts the keeper, Xvfb (number by the server through -displayfd, own authority cookie, -nolisten
 * tcp -noreset -extension GLX -nocursor -fbdir), window manager and bus, and returns when they are
 * ready. ERR_DISPLAY or ERR_PROGRAM with what is missing, the package that has it, and the last
 * lines of its stderr.
 */
struct desktop *desktop_start(const struct desktop_options *options, struct err *e);

/* Joins a display that is there: ":5". NAME NULL: $DISPLAY. Nothing of it is changed or ended. */
struct desktop *desktop_attach(const char *name, struct err *e);

/* Writes a file into the HOME that programs will have; NAME is seen from there. ERR_IO; ERR_USAGE
 * on a display that was attached, where HOME is the user's. */
bool desktop_lay_out(struct desktop *d, const char *name, const void *bytes, size_t size_bytes,
                     struct err *e);

/*
 * Starts the program (execvp, no shell; ARGV ends with NULL) and returns when it has mapped its
 * first window, at most TIMEOUT_MS. ENVIRONMENT: "NAME=value" strings that are added, ends with
 * NULL, or NULL. ERR_PROGRAM when the binary is missing, when it exits before it shows a window, or
 * shows none in time; with its last lines of stderr.
 */
bool desktop_run(struct desktop *d, char *const argv[], char *const environment[], int timeout_ms,
                 struct err *e);

/* Is the program that was run still there? With its exit status ("exited with status 3", "was ended
 * by signal 11") and last lines of stderr in E when it is not (ERR_PROGRAM). True when no program
 * was run. */
bool desktop_alive(struct desktop *d, struct err *e);

/* What the program wrote to standard output and standard error; paths of files, valid until
 * desktop_stop. NULL: none. */
const char *desktop_stdout_path(const struct desktop *d);
const char *desktop_stderr_path(const struct desktop *d);

Display *desktop_display(struct desktop *d); /* borrowed: the one connection of this run */

/* One more connection to it, for another thread; ERR_DISPLAY. To be disconnected before
 * desktop_stop. */
Display *desktop_connect(struct desktop *d, struct err *e);
void desktop_disconnect(Display *display); /* takes NULL */

const char *desktop_name(const struct desktop *d); /* ":5" */
const char *
desktop_authority(const struct desktop *d); /* path of the cookie file; NULL when attached */
const char *
desktop_framebuffer(const struct desktop *d);      /* path for screen_open; NULL when attached */
const char *desktop_home(const struct desktop *d); /* the program's HOME; NULL when attached */

/* The active window's title into OUT (at most SIZE bytes, UTF-8, terminated); "" when there is
 * none. */
void desktop_window_title(struct desktop *d, char *out, size_t size);

/* The same of the window at a point of the screen. */
void desktop_window_title_at(struct desktop *d, struct point at, char *out, size_t size);

/* Ends the program (asks its windows to close is not tried: SIGTERM, then SIGKILL after a moment),
 * bus, window manager and Xvfb, waits until all are gone, removes HOME. Takes NULL. When attached:
 * closes the connection only. */
void desktop_stop(struct desktop *d);

/* Display lost: Xlib would exit the process. True after that was caught; every call then fails with
 * ERR_DISPLAY. */
bool desktop_lost(const struct desktop *d);

#endif

/*
 * field: a desktop with one text field of a real program on it (tests/typing/typed.py), and hands.
 * For tests that link all rooms.
 */
#ifndef TESTS_FIELD_H
#define TESTS_FIELD_H

#include "base/log.h"
#include "emulator/desktop.h"
#include "input/input.h"
#include "tests/typed.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIELD_START_MS   30000
#define FIELD_ARRIVAL_MS 30000 /* without anything new: the machine may be busy */

struct field {
    struct desktop *desktop;
    struct input *in;
    char path[PATH_MAX]; /* of what was received */
    struct buf came;     /* the same, as of the last field_has */
};

/* Runs a program on the field's display to its end, with TEXT on its standard input: its exit
 * status. What it says goes to the file OUT (NULL: nowhere). */
static inline int field_run(struct field *f, char *const argv[], const char *text, const char *out)
{
    int status, ends[2];
    if (pipe(ends) != 0)
        return 128;
    pid_t pid = fork();
    if (pid == 0) {
        setenv("DISPLAY", desktop_name(f->desktop), 1);
        setenv("XAUTHORITY", desktop_authority(f->desktop), 1);
        dup2(ends[0], STDIN_FILENO);
        close(ends[1]);
        if (!freopen(out ? out : "/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[0]);
    bool written = write(ends[1], text, strlen(text)) == (ssize_t)strlen(text);
    close(ends[1]);
    waitpid(pid, &status, 0);
    return written && WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static inline bool field_press(struct field *f, const char *keys, struct err *e)
{
    struct action a = {.kind = ACTION_KEY, .repeat = 1};
    snprintf(a.keys, sizeof a.keys, "%s", keys);
    return input_perform(f->in, &a, e);
}

static inline bool field_type(struct field *f, const char *text, struct err *e)
{
    const struct action a = {.kind = ACTION_TYPE, .text = text};
    return input_perform(f->in, &a, e);
}

static inline bool field_has(struct field *f, const char *text)
{
    return typed_wait(f->path, text, FIELD_ARRIVAL_MS, &f->came);
}

static inline bool field_empty(struct field *f, struct err *e)
{
    return field_press(f, "F5", e) && field_has(f, "");
}

/* Starts PROGRAM, which freezes or dies in the middle of a text if END says so, under the keyboard
 * LAYOUT; returns when it takes keys. FOLDER is for what it receives. */
static inline bool field_open_ending(struct field *f, const char *program, const char *end,
                                     const char *layout, const char *folder, struct err *e)
{
    const struct desktop_options options = {.width = 1280, .height = 800};
    char *setxkbmap[] = {"setxkbmap", (char *)layout, NULL};
    *f = (struct field){0};
    snprintf(f->path, sizeof f->path, "%s/received", folder);
    unlink(f->path); /* an earlier one's */
    char *argv[] = {
        "/usr/bin/python3", TYPED_LISTENER, (char *)program, f->path, (char *)end, NULL};
    f->desktop = desktop_start(&options, e);
    if (!f->desktop)
        return false;
    if (field_run(f, setxkbmap, "", NULL) != 0)
        return err_set(e, ERR_PROGRAM, "setxkbmap fails");
    f->in = input_open(desktop_display(f->desktop), e);
    if (!f->in || !desktop_run(f->desktop, argv, NULL, FIELD_START_MS, e))
        return false;
    struct deadline deadline = deadline_in(FIELD_START_MS);
    while (f->came.length == 0) {
        if (deadline_passed(deadline))
            return err_set(e, ERR_PROGRAM, "no key arrives");
        if (!field_press(f, "x", e))
            return false;
        typed_wait(f->path, "x", 300, &f->came);
    }
    return field_empty(f, e);
}

static inline bool field_open(struct field *f, const char *program, const char *layout,
                              const char *folder, struct err *e)
{
    return field_open_ending(f, program, NULL, layout, folder, e);
}

static inline void field_close(struct field *f)
{
    input_close(f->in);
    desktop_stop(f->desktop);
    unlink(f->path);
    buf_finish(&f->came);
    *f = (struct field){0};
}

static char folder[] = "/tmp/hem-field-XXXXXX"; /* for what the programs receive */

/* Before and after all tests of such fields. */
static inline int folder_make(void **state)
{
    (void)state;
    log_init();
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("NO_AT_BRIDGE", "1", 1);
    return mkdtemp(folder) ? 0 : -1;
}

static inline int folder_drop(void **state)
{
    (void)state;
    return rmdir(folder);
}

#endif

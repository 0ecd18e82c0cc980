/*
 * watched: `hem record` watches a program on a private display, and a person (person.h) uses that.
 * For tests that link all rooms.
 */
#ifndef TESTS_WATCHED_H
#define TESTS_WATCHED_H

#include "tests/person.h"
#include "tests/programs.h"
#include "trajectory/events.h"

#include <setjmp.h>
#include <stddef.h>

#include <cmocka.h>

struct watched {
    pid_t pid;
    int out;
    struct buf said; /* by hem, so far */
    char display[32];
};

/* ARGV: hem's arguments from "record" on; returns when the recording goes on. */
static inline void watched_start(struct watched *w, char *const arguments[])
{
    static char authority[256];
    char *argv[PROGRAM_ARGUMENTS_MAX] = {(char *)hem_path(), "record"};
    char c;
    *w = (struct watched){0};
    for (int i = 0; arguments[i]; i++)
        argv[i + 2] = arguments[i];
    w->pid = program_start(argv, &w->out);
    while (!strstr(buf_text(&w->said), "ends it\n") && read(w->out, &c, 1) == 1)
        buf_add_char(&w->said, c);
    const char *text = strstr(buf_text(&w->said), "recording the display ");
    if (!text || sscanf(text, "recording the display %31[:0-9.]", w->display) != 1)
        fail_msg("%s", buf_text(&w->said));
    if (sscanf(text, "%*[^(](XAUTHORITY=%255[^)]", authority) == 1)
        setenv("XAUTHORITY", authority, 1);
}

/* Waits until it ends; its exit status. */
static inline int watched_end(struct watched *w)
{
    return program_end(w->pid, w->out, &w->said);
}

/* A person does SCRIPT; LOG_PATH as in person_start. */
static inline void watched_person(struct watched *w, const char *script, const char *log_path)
{
    int status = person_end(person_start(w->display, script, log_path, 3));
    if (status != 0)
        fail_msg("the person ended with %d; hem said:\n%s", status, buf_text(&w->said));
}

static inline struct event_log watched_log(const char *folder)
{
    struct event_log log;
    struct err e = {0};
    if (!events_read(folder, &log, &e))
        fail_msg("%s", e.text);
    return log;
}

#endif

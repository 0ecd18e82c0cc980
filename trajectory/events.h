/*
 * events: the log of a demonstration on disk, DIR/events.jsonl: one line an event, appended as it
 * happens and never changed. docs/architecture.md describes the lines.
 *
 * A line is there whole or not at all: after a kill at most the last one is cut, and where the disk
 * is full, one that did not fit is taken back. Texts have the values of the secrets replaced; what
 * an event says to be secret is left out.
 */
#ifndef TRAJECTORY_EVENTS_H
#define TRAJECTORY_EVENTS_H

#include "base/arena.h"
#include "base/data.h"
#include "base/err.h"
#include "base/event.h"

#define EVENTS_SCHEMA "hem-events/1"
#define EVENTS_FILE   "events.jsonl"

/* What the first line says. */
struct events_head {
    const char *program;   /* the command line for people; NULL: none */
    char *const *argv;     /* the same as it was started; ends with NULL; NULL: none */
    const char *directory; /* in which it was started; NULL: not known */
    const char *display;   /* ":5" */
    const char *layout;    /* of the keyboard: "us", "de(nodeadkeys)"; NULL: not known */
    int width, height;     /* of the screen */
};

struct events; /* that are written */

/* Makes DIR (and its parents); ERR_USAGE when it already holds events. SECRETS: borrowed, may be
 * NULL, may grow. */
struct events *events_create(const char *dir, const struct events_head *head,
                             const struct data *secrets, struct err *e);

/* Gives EVENT its number. ERR_IO: it does not stand there, and the next has the same number. */
bool events_append(struct events *s, struct event *event, struct err *e);

/* Waits until it is on the disk. Frees, also on failure. Takes NULL. */
bool events_close(struct events *s, struct err *e);

/* What was read. */
struct event_log {
    struct events_head head;
    char **argv; /* owned; the head's */
    char started[EVENT_WALL_SIZE];
    struct event *items; /* owned; all of one file */
    int count;
    bool cut;           /* the last line was incomplete and is left out */
    struct arena arena; /* owned: the texts */
};

/* ERR_USAGE with file and line when DIR holds none, or a whole line is none, or numbers are
 * missing. */
bool events_read(const char *dir, struct event_log *out, struct err *e);
void event_log_finish(struct event_log *log);

#endif

/*
 * err: why something failed.
 *
 * A fallible function returns bool (or a pointer) and takes `struct err *e` last. The caller owns
 * it; it is untouched on success. The lowest layer that knows the reason writes the text; upper
 * layers may prefix it. The kind decides the exit status (commands/exit.h), so it says whose fault
 * it is, not where it was noticed.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#define ERR_TEXT_SIZE 1024

enum err_kind {
    ERR_NONE,
    ERR_USAGE,   /* a bad argument or a bad file of the user's: status 2 */
    ERR_TASK,    /* the task could not be done on this screen: status 1 */
    ERR_REPLY,   /* a model's reply that can't be used: status 1 */
    ERR_DENIED,  /* the guard said no: status 1 */
    ERR_BUSY,    /* another hem is working on it: status 3 */
    ERR_IO,      /* disk, files, memory, network: status 3 */
    ERR_DISPLAY, /* no display, or it went away: status 3 */
    ERR_PROGRAM, /* the program did not start, or ended: status 3 */
    ERR_LIMIT,   /* time, turns or dollars: status 4 */
    ERR_STOPPED, /* interrupted: status 130 */
};

struct err {
    enum err_kind kind;
    char text[ERR_TEXT_SIZE]; /* UTF-8, one line or a few, no newline at the end; cut when too long
                               */
};

/* Sets kind and text. Returns false, so that a caller may `return err_set(...)`. E may be NULL. */
bool err_set(struct err *e, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts text in front of the text that is there: "registration.yaml:3: " + "unknown key". Returns
 * false. */
bool err_prefix(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts text behind the text that is there. Returns false. */
bool err_append(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

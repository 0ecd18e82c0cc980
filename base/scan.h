/*
 * scan: reading one line of the step language from left to right. Part of step_parse and
 * target_parse only.
 *
 * A function that takes something first passes over spaces. It takes nothing and moves nowhere when
 * what it looks for is not there. Keywords are compared without case and end where a word ends.
 */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include "base/err.h"

#include <stdbool.h>

#define SCAN_LINE_MAX 65536 /* bytes */

struct scan {
    const char *line; /* borrowed */
    const char *at;   /* in LINE */
    struct err *e;    /* borrowed */
};

/* False with ERR_USAGE when the line is too long or not UTF-8. */
bool scan_begin(struct scan *s, const char *line, struct err *e);

bool scan_end(struct scan *s); /* is nothing left but spaces? */

/* Takes a keyword, or several of them with one space between in KEYWORD ("left of"). */
bool scan_word(struct scan *s, const char *keyword);

/* Takes one character. */
bool scan_char(struct scan *s, char c);

/* Does a quoted text begin here? */
bool scan_at_text(struct scan *s);

/* A quoted text with its escapes resolved, owned by the caller. NULL with ERR_USAGE, WHAT naming
 * what is missing ("the text to type"). */
char *scan_text(struct scan *s, const char *what);

/* The characters up to the next space, owned by the caller; NULL, and no error, at the end. */
char *scan_bare(struct scan *s);

/* A whole number from MIN to MAX. False with ERR_USAGE. */
bool scan_number(struct scan *s, int min, int max, int *out);

/* `2 s`, `500 ms`, `1.5 min` in seconds, whole milliseconds and at most a day. False with
 * ERR_USAGE. */
bool scan_seconds(struct scan *s, double *out);

/* Sets ERR_USAGE: "column 7: " and the text. Returns false. */
bool scan_fail(struct scan *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What stands here, shortened and in quotes, for an error: `"Savee"`; "the end of the line". OUT
 * holds SCAN_SHOWN_SIZE. */
#define SCAN_SHOWN_SIZE 64
const char *scan_shown(struct scan *s, char out[SCAN_SHOWN_SIZE]);

#endif

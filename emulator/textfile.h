/*
 * textfile: a whole file of text, bounded and checked.
 */
#ifndef EMULATOR_TEXTFILE_H
#define EMULATOR_TEXTFILE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Appends what PATH holds. ERR_USAGE with "path: " or "path:line: " when it is missing, unreadable,
 * a directory, longer than MAX_BYTES (known before it is read), not UTF-8, or has a NUL byte. A
 * pipe (/dev/stdin) is read to its end.
 */
bool textfile_read(const char *path, size_t max_bytes, struct buf *out, struct err *e);

/* PATH as seen from DIRECTORY; owned by the caller. */
char *textfile_path(const char *directory, const char *path);

#endif

/*
 * rows: a table read row by row in bounded memory: CSV (RFC 4180, UTF-8, a header line) or, when
 * the file's name ends in .jsonl or .ndjson, JSON lines (rows_json.h).
 */
#ifndef EMULATOR_ROWS_H
#define EMULATOR_ROWS_H

#include "base/data.h"
#include "base/err.h"

struct rows;

/* ERR_USAGE with "file:line: ": missing file, no header, a doubled or empty column name, invalid
 * UTF-8. */
struct rows *rows_open(const char *path, struct err *e);

/* The columns' names, without spaces around them, and values "". */
const struct data *rows_header(const struct rows *r);

/* The next row into OUT (finished and refilled). 1 a row, 0 the end, -1 an error (a row with too
 * many or too few cells, invalid UTF-8, an open quote at the end) with "file:line: ". Empty lines
 * are passed over. */
int rows_next(struct rows *r, struct data *out, struct err *e);
int rows_line(const struct rows *r);   /* where the row just read begins in the file, from 1 */
int rows_number(const struct rows *r); /* of the row just read, from 1 */
void rows_close(struct rows *r);       /* takes NULL */

#endif

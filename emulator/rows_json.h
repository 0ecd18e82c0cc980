/*
 * rows_json: a table as JSON lines: an object a line, whose members are the cells of a row. What
 * rows.h says holds here, too; only rows.c includes this.
 *
 * The first line's members name the columns; every other line must have the same ones, in any
 * order. Texts are taken as they are, numbers as JSON writes them, true and false by name, null as
 * an empty cell.
 */
#ifndef EMULATOR_ROWS_JSON_H
#define EMULATOR_ROWS_JSON_H

#include "base/data.h"
#include "base/err.h"

struct rows_json;

bool rows_json_is(const char *path); /* by its name: .jsonl or .ndjson */

struct rows_json *rows_json_open(const char *path, struct err *e);
const struct data *rows_json_header(const struct rows_json *r);
int rows_json_next(struct rows_json *r, struct data *out, struct err *e);
int rows_json_line(const struct rows_json *r);
int rows_json_number(const struct rows_json *r);
void rows_json_close(struct rows_json *r); /* takes NULL */

#endif

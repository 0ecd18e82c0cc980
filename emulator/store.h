/*
 * store: SQL on one SQLite file that this process alone writes, durable at each commit. The one
 * wrapper of SQLite.
 *
 * Values are bound to the statement's ?, one letter each in TYPES: i an int, d a double, s a UTF-8
 * text (may be NULL). Errors are ERR_IO with the file's path. One thread.
 */
#ifndef EMULATOR_STORE_H
#define EMULATOR_STORE_H

#include "base/err.h"

#include <stdbool.h>

struct store;
struct answer; /* the rows of a SELECT, one after another */

/* Opens or makes the file and locks it until close, or until the process ends, however it ends:
 * ERR_BUSY when another process has it. Begins a transaction, so that the caller can look at what
 * is there and make its tables; the caller ends it with "COMMIT". */
struct store *store_open(const char *path, struct err *e);

/* Opens the file for looking, while another process may be writing it: what is there now stays so
 * until close. ERR_USAGE when there is none. */
struct store *store_look(const char *path, struct err *e);
void store_close(struct store *s); /* takes NULL; rolls back what is not committed */
const char *store_path(const struct store *s);

/* Statements separated by semicolons, without values and rows. */
bool store_script(struct store *s, const char *sql, struct err *e);

/* One statement that gives no rows. */
bool store_do(struct store *s, struct err *e, const char *sql, const char *types, ...);
int store_changes(const struct store *s); /* rows that the last store_do has changed */

/* Takes the transaction back after a failure. Returns false. */
bool store_roll_back(struct store *s);

/* A SELECT; NULL when it failed. To be ended by answer_end, which takes NULL. */
struct answer *store_ask(struct store *s, struct err *e, const char *sql, const char *types, ...);
int answer_next(struct answer *a, struct err *e);      /* 1 a row, 0 no more, -1 failed */
const char *answer_text(struct answer *a, int column); /* "" for NULL; borrowed to the next call */
int answer_int(struct answer *a, int column);
double answer_double(struct answer *a, int column);
void answer_end(struct answer *a);

/* The one number that a SELECT or PRAGMA gives. */
bool store_number(struct store *s, const char *sql, int *out, struct err *e);

#endif

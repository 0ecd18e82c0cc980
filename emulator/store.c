#include "emulator/store.h"

#include "base/buf.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>

struct store {
    sqlite3 *db; /* owned */
    char *path;  /* owned */
};

struct answer {
    struct store *store;     /* borrowed */
    sqlite3_stmt *statement; /* owned */
};

static bool store_fail(const struct store *s, struct err *e)
{
    int code = sqlite3_errcode(s->db);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(e, ERR_IO, "%s: another hem is working on it", s->path);
    return err_set(e, ERR_IO, "%s: %s", s->path, sqlite3_errmsg(s->db));
}

/*
 * The lock is SQLite's own: in this mode it is taken with the first transaction and kept until
 * close. It belongs to the process (fcntl), so it goes when hem is killed, and no process that hem
 * has started can inherit it. In this journal mode a commit is one fsync.
 */
static bool store_connect(struct store *s, struct err *e)
{
    if (sqlite3_open(s->path, &s->db) != SQLITE_OK)
        return s->db ? store_fail(s, e) : err_set(e, ERR_IO, "%s: out of memory", s->path);
    return store_script(s,
                        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
                        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN EXCLUSIVE",
                        e);
}

struct store *store_open(const char *path, struct err *e)
{
    struct store *s = mem_zero(1, sizeof *s);
    s->path = mem_text(path);
    if (store_connect(s, e))
        return s;
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

const char *store_path(const struct store *s)
{
    return s->path;
}

bool store_script(struct store *s, const char *sql, struct err *e)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(s, e);
}

static sqlite3_stmt *statement_make(struct store *s, struct err *e, const char *sql,
                                    const char *types, va_list values)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);
    for (int i = 1; code == SQLITE_OK && *types; types++, i++) {
        if (*types == 'i')
            code = sqlite3_bind_int(statement, i, va_arg(values, int));
        else if (*types == 'd')
            code = sqlite3_bind_double(statement, i, va_arg(values, double));
        else
            code =
                sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
    }
    if (code == SQLITE_OK)
        return statement;
    store_fail(s, e);
    sqlite3_finalize(statement);
    return NULL;
}

bool store_do(struct store *s, struct err *e, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = statement_make(s, e, sql, types, values);
    va_end(values);
    if (!statement)
        return false;
    int code;
    do
        code = sqlite3_step(statement);
    while (code == SQLITE_ROW);
    bool ok = code == SQLITE_DONE || store_fail(s, e);
    sqlite3_finalize(statement);
    return ok;
}

int store_changes(const struct store *s)
{
    return sqlite3_changes(s->db);
}

bool store_roll_back(struct store *s)
{
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

struct answer *store_ask(struct store *s, struct err *e, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = statement_make(s, e, sql, types, values);
    va_end(values);
    if (!statement)
        return NULL;
    struct answer *a = mem_alloc(sizeof *a);
    *a = (struct answer){s, statement};
    return a;
}

int answer_next(struct answer *a, struct err *e)
{
    switch (sqlite3_step(a->statement)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        return 0;
    default:
        store_fail(a->store, e);
        return -1;
    }
}

const char *answer_text(struct answer *a, int column)
{
    const char *text = (const char *)sqlite3_column_text(a->statement, column);
    return text ? text : "";
}

int answer_int(struct answer *a, int column)
{
    return sqlite3_column_int(a->statement, column);
}

double answer_double(struct answer *a, int column)
{
    return sqlite3_column_double(a->statement, column);
}

bool answer_null(struct answer *a, int column)
{
    return sqlite3_column_type(a->statement, column) == SQLITE_NULL;
}

void answer_end(struct answer *a)
{
    if (!a)
        return;
    sqlite3_finalize(a->statement);
    free(a);
}

bool store_number(struct store *s, const char *sql, int *out, struct err *e)
{
    struct answer *a = store_ask(s, e, sql, "");
    if (!a)
        return false;
    int got = answer_next(a, e);
    if (got == 1)
        *out = answer_int(a, 0);
    else if (got == 0)
        err_set(e, ERR_IO, "%s: no answer to %s", s->path, sql);
    answer_end(a);
    return got == 1;
}

#include "emulator/store.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREPARED_MAX 16
#define READ_WAIT_MS 5000 /* for whoever is just committing */

/* Rows by the million are asked for with the same few statements. */
struct prepared {
    char *sql;               /* owned; NULL: free */
    sqlite3_stmt *statement; /* owned */
    bool used;               /* at the moment */
};

struct store {
    sqlite3 *db;     /* owned */
    char *path;      /* owned */
    char *lock_path; /* owned; NULL: none */
    int lock;        /* its descriptor; -1: none */
    struct prepared prepared[PREPARED_MAX];
    int next; /* of them to be replaced */
};

struct answer {
    struct store *store; /* borrowed */
    sqlite3_stmt *statement;
};

static bool store_fail(const struct store *s, struct err *e)
{
    int code = sqlite3_errcode(s->db);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(e, ERR_IO, "%s: another hem is working on it", s->path);
    return err_set(e, ERR_IO, "%s: %s", s->path, sqlite3_errmsg(s->db));
}

/* A descriptor of the lock's file, locked; -1 with errno: EAGAIN when another process has it. */
static int lock_try(const char *path)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0 || fcntl(file, F_SETLK, &whole) == 0)
        return file;
    int reason = errno == EACCES ? EAGAIN : errno;
    close(file);
    errno = reason;
    return -1;
}

/* Whoever had the lock before removes its file. */
static bool lock_is_there(int file, const char *path)
{
    struct stat ours, there;
    return fstat(file, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino;
}

/*
 * In a file of its own, as SQLite gives up all locks of this process on the one that it works on.
 * It belongs to the process (fcntl), so it goes when hem is killed, and no process that hem has
 * started can inherit it.
 */
static bool store_lock(struct store *s, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s-lock", s->path);
    s->lock_path = buf_take(&path);
    s->lock = lock_try(s->lock_path);
    while (s->lock >= 0 && !lock_is_there(s->lock, s->lock_path)) {
        close(s->lock);
        s->lock = lock_try(s->lock_path);
    }
    if (s->lock >= 0)
        return true;
    if (errno == EAGAIN)
        return err_set(e, ERR_BUSY, "%s: another hem is working on it", s->path);
    return err_set(e, ERR_IO, "%s: cannot be locked: %s", s->path, strerror(errno));
}

static void store_unlock(struct store *s)
{
    if (s->lock >= 0) {
        unlink(s->lock_path);
        close(s->lock);
    }
    free(s->lock_path);
}

/* In this journal mode a commit is one fsync, and readers don't wait. */
static bool store_connect(struct store *s, struct err *e)
{
    if (sqlite3_open(s->path, &s->db) != SQLITE_OK)
        return s->db ? store_fail(s, e) : err_set(e, ERR_IO, "%s: out of memory", s->path);
    return store_script(s,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                        "PRAGMA foreign_keys = ON; BEGIN EXCLUSIVE",
                        e);
}

static struct store *store_create(const char *path)
{
    struct store *s = mem_zero(1, sizeof *s);
    s->path = mem_text(path);
    s->lock = -1;
    return s;
}

struct store *store_open(const char *path, struct err *e)
{
    struct store *s = store_create(path);
    if (store_lock(s, e) && store_connect(s, e))
        return s;
    store_close(s);
    return NULL;
}

/* Where nothing can be written, no file can be made that SQLite would agree with writers by. But
 * then nobody writes, and what is there is all, unless a hem that was killed has left the rest of
 * it beside it. */
static bool look_untouched(struct store *s, struct err *e)
{
    struct buf uri = {0}, beside = {0};
    buf_addf(&beside, "%s-wal", s->path);
    bool whole = access(buf_text(&beside), F_OK) != 0;
    buf_finish(&beside);
    if (!whole)
        return err_set(e, ERR_IO,
                       "%s: its folder cannot be written, which is needed to read what a hem that "
                       "was killed has left; copy the folder",
                       s->path);
    sqlite3_close(s->db);
    s->db = NULL;
    buf_add(&uri, "file:");
    for (const char *at = s->path; *at; at++)
        if (strchr("%?#", *at))
            buf_addf(&uri, "%%%02X", (unsigned)*at);
        else
            buf_add_char(&uri, *at);
    buf_add(&uri, "?immutable=1");
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    bool ok = sqlite3_open_v2(buf_text(&uri), &s->db, flags, NULL) == SQLITE_OK;
    buf_finish(&uri);
    return ok || err_set(e, ERR_IO, "%s: cannot be opened", s->path);
}

/* A look makes no promise before it has read something. */
static bool look_begin(struct store *s)
{
    return sqlite3_exec(s->db, "BEGIN; SELECT 1 FROM sqlite_master", NULL, NULL, NULL) == SQLITE_OK;
}

static bool store_connect_looking(struct store *s, struct err *e)
{
    if (sqlite3_open_v2(s->path, &s->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return s->db ? store_fail(s, e) : err_set(e, ERR_IO, "%s: out of memory", s->path);
    sqlite3_busy_timeout(s->db, READ_WAIT_MS);
    if (look_begin(s))
        return true;
    if (sqlite3_errcode(s->db) != SQLITE_CANTOPEN)
        return store_fail(s, e);
    return look_untouched(s, e) && (look_begin(s) || store_fail(s, e));
}

struct store *store_look(const char *path, struct err *e)
{
    struct store *s = store_create(path);
    if (access(path, F_OK) != 0)
        err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
    else if (store_connect_looking(s, e))
        return s;
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    for (int i = 0; i < PREPARED_MAX; i++) {
        sqlite3_finalize(s->prepared[i].statement);
        free(s->prepared[i].sql);
    }
    sqlite3_close(s->db);
    store_unlock(s);
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

/* The statement, ready for its values; to be given back. */
static sqlite3_stmt *statement_take(struct store *s, const char *sql)
{
    struct prepared *p = NULL;
    for (int i = 0; i < PREPARED_MAX && !p; i++)
        if (s->prepared[i].sql && !s->prepared[i].used && strcmp(s->prepared[i].sql, sql) == 0)
            p = &s->prepared[i];
    for (int i = 0; i < PREPARED_MAX && !p; i++, s->next = (s->next + 1) % PREPARED_MAX)
        if (!s->prepared[s->next].used)
            p = &s->prepared[s->next];
    if (!p)
        return NULL;
    if (!p->sql || strcmp(p->sql, sql) != 0) {
        sqlite3_finalize(p->statement);
        free(p->sql);
        *p = (struct prepared){0};
        if (sqlite3_prepare_v2(s->db, sql, -1, &p->statement, NULL) != SQLITE_OK)
            return NULL;
        p->sql = mem_text(sql);
    }
    p->used = true;
    return p->statement;
}

static void statement_give_back(struct store *s, sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    for (int i = 0; i < PREPARED_MAX; i++)
        if (s->prepared[i].statement == statement)
            s->prepared[i].used = false;
}

static sqlite3_stmt *statement_make(struct store *s, struct err *e, const char *sql,
                                    const char *types, va_list values)
{
    sqlite3_stmt *statement = statement_take(s, sql);
    int code = statement ? SQLITE_OK : SQLITE_ERROR;
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
    if (statement)
        statement_give_back(s, statement);
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
    statement_give_back(s, statement);
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

void answer_end(struct answer *a)
{
    if (!a)
        return;
    statement_give_back(a->store, a->statement);
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

#include "emulator/ledger.h"

#include "emulator/store.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

#define LEDGER_APPLICATION                                                                         \
    0x68656d4c /* "hemL": SQLite's application_id, so that it is known again */
#define LEDGER_VERSION 2

struct ledger {
    struct store *store; /* owned */
};

static const char *const state_names[] = {"waiting", "running", "submitting",
                                          "done",    "failed",  "unknown"};
#define STATE_COUNT ((int)(sizeof state_names / sizeof state_names[0]))

const char *row_state_name(enum row_state state)
{
    return (unsigned)state < (unsigned)STATE_COUNT ? state_names[state] : "?";
}

const char *row_failure_name(enum row_failure failure)
{
    static const char *const names[] = {"", "application", "business"};
    return names[failure];
}

static bool state_from_name(const char *name, enum row_state *out)
{
    for (int i = 0; i < STATE_COUNT; i++) {
        if (strcmp(state_names[i], name) == 0) {
            *out = (enum row_state)i;
            return true;
        }
    }
    return false;
}

static bool directory_make(const char *path, struct err *e)
{
    char *copy = mem_text(path);
    bool ok = *path || err_set(e, ERR_USAGE, "the directory has no name");
    for (char *p = copy; ok && *p; p++) {
        char next = p[1];
        if (next != '/' && next != '\0')
            continue;
        p[1] = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            ok = err_set(e, ERR_IO, "cannot make the directory %s: %s", copy, strerror(errno));
        p[1] = next;
    }
    free(copy);
    return ok;
}

static bool tables_make(struct store *s, const char *task, const char *table, struct err *e)
{
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             LEDGER_APPLICATION, LEDGER_VERSION);
    return store_script(s, pragmas, e) &&
           store_script(s,
                        "CREATE TABLE about (task TEXT NOT NULL, csv TEXT NOT NULL);"
                        "CREATE TABLE rows (number INTEGER PRIMARY KEY, state TEXT NOT NULL,"
                        " content TEXT NOT NULL, error TEXT, seconds REAL, failure INTEGER,"
                        " tries INTEGER NOT NULL, sent INTEGER NOT NULL, directory TEXT);"
                        "CREATE TABLE reads (id INTEGER PRIMARY KEY,"
                        " number INTEGER NOT NULL REFERENCES rows (number),"
                        " name TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (number, name))",
                        e) &&
           store_do(s, e, "INSERT INTO about VALUES (?, ?)", "ss", task, table);
}

static bool owner_read(struct store *s, char **task, char **table, struct err *e)
{
    struct answer *a = store_ask(s, e, "SELECT task, csv FROM about", "");
    int got = a ? answer_next(a, e) : -1;
    if (got == 0)
        err_set(e, ERR_IO, "%s does not say whose it is", store_path(s));
    *task = got == 1 ? mem_text(answer_text(a, 0)) : NULL;
    *table = got == 1 ? mem_text(answer_text(a, 1)) : NULL;
    answer_end(a);
    return got == 1;
}

static bool owner_check(struct store *s, const char *task, const char *table, struct err *e)
{
    char *its_task, *its_table;
    bool ok = owner_read(s, &its_task, &its_table, e);
    if (ok && strcmp(its_task, task) != 0)
        ok = err_set(e, ERR_USAGE, "%s belongs to another task: %s; use another directory",
                     store_path(s), its_task);
    else if (ok && strcmp(its_table, table) != 0)
        ok = err_set(e, ERR_USAGE, "%s belongs to another table: %s; use another directory",
                     store_path(s), its_table);
    free(its_task);
    free(its_table);
    return ok;
}

/* Is the file ours, and in a version that we know? */
static bool version_check(struct store *s, struct err *e)
{
    int application, version;
    if (!store_number(s, "PRAGMA application_id", &application, e) ||
        !store_number(s, "PRAGMA user_version", &version, e))
        return false;
    if (application != LEDGER_APPLICATION)
        return err_set(e, ERR_USAGE, "%s is no ledger of hem's", store_path(s));
    if (version != LEDGER_VERSION)
        return err_set(e, ERR_USAGE, "%s has format %d, this hem knows format %d", store_path(s),
                       version, LEDGER_VERSION);
    return true;
}

/* Makes the tables of a new file, or checks that they are ours. */
static bool tables_check(struct store *s, const char *task, const char *table, struct err *e)
{
    int count;
    if (!store_number(s, "SELECT count(*) FROM sqlite_master", &count, e))
        return false;
    if (count == 0)
        return tables_make(s, task, table, e);
    return version_check(s, e) && owner_check(s, task, table, e);
}

/* What was going on when the last hem ended: see the header. */
static bool rows_recover(struct store *s, struct err *e)
{
    return store_script(s,
                        "UPDATE rows SET state = 'waiting' WHERE state = 'running';"
                        "UPDATE rows SET state = 'unknown', error = 'hem ended while this row was"
                        " being submitted' WHERE state = 'submitting'",
                        e);
}

/* The same file always has the same name; one that has no real path (a pipe) is called as it was.
 */
static char *path_real(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : mem_text(path);
}

static struct store *
ledger_store(const char *dir, struct store *(*open)(const char *path, struct err *e), struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s/rows.db", dir);
    struct store *s = open(path.text, e);
    buf_finish(&path);
    return s;
}

struct ledger *ledger_open(const char *dir, const char *task_path, const char *csv_path,
                           struct err *e)
{
    struct store *s = directory_make(dir, e) ? ledger_store(dir, store_open, e) : NULL;
    if (!s)
        return NULL;
    char *task = path_real(task_path), *table = path_real(csv_path);
    bool ok = tables_check(s, task, table, e) && rows_recover(s, e) && store_script(s, "COMMIT", e);
    free(task);
    free(table);
    if (!ok) {
        store_close(s);
        return NULL;
    }
    struct ledger *l = mem_zero(1, sizeof *l);
    l->store = s;
    return l;
}

struct ledger *ledger_look(const char *dir, struct err *e)
{
    struct store *s = ledger_store(dir, store_look, e);
    if (!s || !version_check(s, e)) {
        store_close(s);
        return NULL;
    }
    struct ledger *l = mem_zero(1, sizeof *l);
    l->store = s;
    return l;
}

bool ledger_owner(struct ledger *l, char **task_path, char **csv_path, struct err *e)
{
    return owner_read(l->store, task_path, csv_path, e);
}

void ledger_close(struct ledger *l)
{
    if (!l)
        return;
    store_close(l->store);
    free(l);
}

/* Enough to see that a row was changed, without keeping people's data twice. */
static void content_hash(const struct data *content, char out[33])
{
    XXH3_state_t *state = XXH3_createState();
    XXH3_128bits_reset(state);
    for (int i = 0; i < content->count; i++) {
        const struct datum *d = &content->items[i];
        XXH3_128bits_update(state, d->name, strlen(d->name) + 1);
        XXH3_128bits_update(state, d->value, strlen(d->value) + 1);
    }
    XXH128_hash_t hash = XXH3_128bits_digest(state);
    XXH3_freeState(state);
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
}

/* A row that waits was never sent, so it may have been corrected since. */
static bool state_judge(struct answer *a, const char *hash, int number, const char *path,
                        enum row_state *out, struct err *e)
{
    enum row_state state = ROW_WAITING;
    if (!state_from_name(answer_text(a, 0), &state))
        return err_set(e, ERR_IO, "%s: row %d has no known state", path, number);
    if (state != ROW_WAITING && strcmp(answer_text(a, 1), hash) != 0)
        return err_set(e, ERR_USAGE,
                       "the table was changed: row %d was %s with other data (%s); use the table "
                       "as it was, or another directory",
                       number, state == ROW_UNKNOWN ? "submitted" : row_state_name(state), path);
    *out = state;
    return true;
}

bool ledger_state(struct ledger *l, int number, const struct data *content, enum row_state *out,
                  struct err *e)
{
    struct answer *a =
        store_ask(l->store, e, "SELECT state, content FROM rows WHERE number = ?", "i", number);
    if (!a)
        return false;
    char hash[33];
    content_hash(content, hash);
    int got = answer_next(a, e);
    bool ok = got == 0 || (got == 1 && state_judge(a, hash, number, store_path(l->store), out, e));
    if (got == 0)
        *out = ROW_WAITING;
    answer_end(a);
    return ok;
}

/* The statement before must have changed the row, else it was not in a state from which this may be
 * done. */
static bool row_changed(struct ledger *l, int number, const char *what, struct err *e)
{
    if (store_changes(l->store) == 1)
        return true;
    return err_set(e, ERR_USAGE, "%s: row %d cannot be %s now", store_path(l->store), number, what);
}

bool ledger_begin(struct ledger *l, int number, const struct data *content, const char *directory,
                  struct err *e)
{
    char hash[33];
    content_hash(content, hash);
    bool ok = store_script(l->store, "BEGIN", e) &&
              store_do(l->store, e,
                       "INSERT INTO rows (number, state, content, tries, sent, directory)"
                       " VALUES (?1, 'running', ?2, 1, 0, ?3)"
                       " ON CONFLICT (number) DO UPDATE SET state = 'running', content = ?2,"
                       " error = NULL, seconds = NULL, failure = NULL, tries = tries + 1,"
                       " directory = ?3 WHERE state IN ('waiting', 'running', 'failed')",
                       "iss", number, hash, directory) &&
              row_changed(l, number, "begun", e) &&
              store_do(l->store, e, "DELETE FROM reads WHERE number = ?", "i", number) &&
              store_script(l->store, "COMMIT", e);
    return ok || store_roll_back(l->store);
}

bool ledger_submitting(struct ledger *l, int number, struct err *e)
{
    return store_do(l->store, e,
                    "UPDATE rows SET state = 'submitting', sent = 1 WHERE number = ?"
                    " AND state IN ('running', 'submitting')",
                    "i", number) &&
           row_changed(l, number, "submitted", e);
}

static bool reads_add(struct store *s, int number, const struct data *values, struct err *e)
{
    for (int i = 0; values && i < values->count; i++)
        if (!store_do(s, e, "INSERT OR REPLACE INTO reads (number, name, value) VALUES (?, ?, ?)",
                      "iss", number, values->items[i].name, values->items[i].value))
            return false;
    return true;
}

bool ledger_end(struct ledger *l, int number, const struct row_end *end, struct err *e)
{
    assert(end->state != ROW_RUNNING && end->state != ROW_SUBMITTING);
    bool ok = store_script(l->store, "BEGIN", e) &&
              store_do(l->store, e,
                       "UPDATE rows SET error = ?2, seconds = ?3, failure = ?5, state ="
                       " CASE WHEN ?4 = 'waiting' AND state = 'submitting' THEN 'unknown'"
                       " ELSE ?4 END"
                       " WHERE number = ?1 AND state IN ('running', 'submitting')",
                       "isdsi", number, end->error, end->seconds, row_state_name(end->state),
                       (int)end->failure) &&
              row_changed(l, number, "ended", e) && reads_add(l->store, number, end->values, e) &&
              store_script(l->store, "COMMIT", e);
    return ok || store_roll_back(l->store);
}

bool ledger_release(struct ledger *l, int number, enum release which, int *count, struct err *e)
{
    static const char *const released[] = {
        [RELEASE_UNSENT] = "UPDATE rows SET state = 'waiting' WHERE (?1 = 0 OR number = ?1)"
                           " AND state = 'failed' AND NOT sent",
        [RELEASE_UNKNOWN] = "UPDATE rows SET state = 'waiting' WHERE (?1 = 0 OR number = ?1)"
                            " AND state = 'unknown'",
        [RELEASE_ALL] = "UPDATE rows SET state = 'waiting' WHERE (?1 = 0 OR number = ?1)"
                        " AND state IN ('failed', 'unknown')"};
    bool ok = store_do(l->store, e, released[which], "i", number);
    *count = ok ? store_changes(l->store) : 0;
    return ok;
}

/* ---- looking ---- */

/* What all rows read, row by row. */
struct reads {
    struct answer *answer; /* owned */
    int got;               /* as answer_next: 1: it stands at a value that is not taken yet */
    struct data values;    /* owned; of the row that was asked for last */
};

static bool reads_begin(struct reads *r, struct store *s, struct err *e)
{
    *r = (struct reads){
        .answer = store_ask(s, e, "SELECT number, name, value FROM reads ORDER BY number, id", "")};
    r->got = r->answer ? answer_next(r->answer, e) : -1;
    return r->got >= 0;
}

/* Those of row NUMBER; numbers are asked for in ascending order. */
static bool reads_take(struct reads *r, int number, struct err *e)
{
    data_finish(&r->values);
    for (; r->got == 1 && answer_int(r->answer, 0) <= number; r->got = answer_next(r->answer, e))
        if (answer_int(r->answer, 0) == number)
            data_add(&r->values, answer_text(r->answer, 1), answer_text(r->answer, 2));
    return r->got >= 0;
}

static void reads_end(struct reads *r)
{
    data_finish(&r->values);
    answer_end(r->answer);
}

static bool row_hand_over(struct store *s, struct answer *a, struct reads *reads,
                          bool (*take)(void *self, const struct ledger_row *row, struct err *e),
                          void *self, struct err *e)
{
    struct ledger_row row = {.number = answer_int(a, 0),
                             .failure = (enum row_failure)answer_int(a, 2),
                             .error = answer_text(a, 3),
                             .seconds = answer_double(a, 4),
                             .tries = answer_int(a, 5),
                             .sent = answer_int(a, 6) != 0,
                             .directory = answer_text(a, 7),
                             .values = &reads->values};
    if (!state_from_name(answer_text(a, 1), &row.state) || row.failure < FAILURE_NONE ||
        row.failure > FAILURE_BUSINESS)
        return err_set(e, ERR_IO, "%s: row %d has no known state", store_path(s), row.number);
    return reads_take(reads, row.number, e) && take(self, &row, e);
}

bool ledger_each(struct ledger *l,
                 bool (*take)(void *self, const struct ledger_row *row, struct err *e), void *self,
                 struct err *e)
{
    struct answer *a =
        store_ask(l->store, e,
                  "SELECT number, state, failure, error, seconds, tries, sent, directory FROM rows"
                  " WHERE state IN ('done', 'failed', 'unknown') ORDER BY number",
                  "");
    struct reads reads = {0};
    int got = a && reads_begin(&reads, l->store, e) ? 1 : -1;
    while (got == 1 && (got = answer_next(a, e)) == 1)
        if (!row_hand_over(l->store, a, &reads, take, self, e))
            got = -1;
    reads_end(&reads);
    answer_end(a);
    return got == 0;
}

bool ledger_names(struct ledger *l, struct data *out, struct err *e)
{
    struct answer *a =
        store_ask(l->store, e, "SELECT name FROM reads GROUP BY name ORDER BY min(id)", "");
    int got = a ? 0 : -1;
    while (a && (got = answer_next(a, e)) == 1)
        data_add(out, answer_text(a, 0), "");
    answer_end(a);
    return got == 0;
}

static void count_add(struct ledger_counts *counts, const char *name, int count)
{
    enum row_state state = ROW_WAITING;
    if (!state_from_name(name, &state))
        return;
    int *where[] = {&counts->waiting, &counts->running, &counts->running,
                    &counts->done,    &counts->failed,  &counts->unknown};
    *where[state] += count;
}

bool ledger_count(struct ledger *l, struct ledger_counts *out, struct err *e)
{
    struct answer *a =
        store_ask(l->store, e, "SELECT state, count(*) FROM rows GROUP BY state", "");
    if (!a)
        return false;
    *out = (struct ledger_counts){0};
    int got;
    while ((got = answer_next(a, e)) == 1)
        count_add(out, answer_text(a, 0), answer_int(a, 1));
    answer_end(a);
    return got == 0;
}

#include "fleet/plan.h"

#include "trajectory/disk.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define SCHEMA "hem-plan/1"

char *plan_rows(const char *run)
{
    return disk_path(run, "rows");
}

bool plan_is_for(const struct plan *p, const char *engine)
{
    return strcmp(p->engine, engine) == 0;
}

bool plan_is_there(const char *run)
{
    char *path = disk_path(run, "plan.json");
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

void plan_finish(struct plan *p)
{
    free(p->id);
    free(p->engine);
    free(p->task);
    free(p->table);
    *p = (struct plan){0};
}

/* ---- reading and writing ---- */

static bool io_fail(const char *path, struct err *e)
{
    return err_set(e, errno == ENOENT ? ERR_USAGE : ERR_IO, "%s: %s", path, strerror(errno));
}

static bool file_read(const char *path, struct buf *out, struct err *e)
{
    char part[4096];
    size_t got;
    FILE *file = fopen(path, "re");
    if (!file)
        return io_fail(path, e);
    while ((got = fread(part, 1, sizeof part, file)) > 0)
        buf_add_bytes(out, part, got);
    bool ok = !ferror(file) || io_fail(path, e);
    fclose(file);
    return ok;
}

bool plan_file_write(const char *run, const char *name, const struct buf *text, struct err *e)
{
    char *path = disk_path(run, name);
    bool ok = disk_write(path, text, true, e);
    free(path);
    return ok;
}

/* The copy appears as a whole, and is on disk then. */
static bool file_copy(const char *source, const char *path, struct err *e)
{
    char bytes[65536];
    size_t got;
    struct draft draft;
    FILE *from = fopen(source, "re");
    if (!from)
        return io_fail(source, e);
    if (!draft_open(&draft, path, e)) {
        fclose(from);
        return false;
    }
    bool ok = true;
    while (ok && (got = fread(bytes, 1, sizeof bytes, from)) > 0)
        ok = fwrite(bytes, 1, got, draft.file) == got || io_fail(path, e);
    ok = ok && (!ferror(from) || io_fail(source, e));
    fclose(from);
    if (ok)
        return draft_commit(&draft, true, e);
    draft_drop(&draft);
    return false;
}

static bool files_equal(FILE *a, FILE *b)
{
    static char x[65536], y[65536];
    for (;;) {
        size_t n = fread(x, 1, sizeof x, a), m = fread(y, 1, sizeof y, b);
        if (n != m || memcmp(x, y, n) != 0)
            return false;
        if (n < sizeof x)
            return !ferror(a) && !ferror(b);
    }
}

static char *text_of(const cJSON *o, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, name));
    return mem_text(text ? text : "");
}

static double number_of(const cJSON *o, const char *name)
{
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(o, name);
    return cJSON_IsNumber(n) ? n->valuedouble : 0;
}

bool plan_read(const char *run, struct plan *p, struct err *e)
{
    struct buf text = {0};
    char *path = disk_path(run, "plan.json");
    bool ok = file_read(path, &text, e);
    cJSON *o = ok ? cJSON_Parse(buf_text(&text)) : NULL;
    char *schema = text_of(o, "schema");
    if (ok && strcmp(schema, SCHEMA) != 0)
        ok = err_set(e, ERR_USAGE, "%s is no plan that this hem knows", path);
    *p = (struct plan){.id = text_of(o, "id"),
                       .engine = text_of(o, "engine"),
                       .task = text_of(o, "task"),
                       .table = text_of(o, "table"),
                       .rows = (int)number_of(o, "rows"),
                       .size = (int)number_of(o, "size"),
                       .chunks = (int)number_of(o, "chunks"),
                       .emulators = (int)number_of(o, "emulators"),
                       .tries = (int)number_of(o, "tries"),
                       .memory_mb = number_of(o, "memory_mb"),
                       .keep_failed = number_of(o, "keep_failed") != 0,
                       .arrays = (int)number_of(o, "arrays")};
    if (ok && (p->size < 1 || p->rows < 0))
        ok = err_set(e, ERR_USAGE, "%s is damaged", path);
    if (!ok)
        plan_finish(p);
    cJSON_Delete(o);
    free(schema);
    free(path);
    buf_finish(&text);
    return ok;
}

bool plan_write(const char *run, const struct plan *p, struct err *e)
{
    struct buf text = {0};
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "schema", SCHEMA);
    cJSON_AddStringToObject(o, "id", p->id);
    cJSON_AddStringToObject(o, "engine", p->engine);
    cJSON_AddStringToObject(o, "task", p->task);
    cJSON_AddStringToObject(o, "table", p->table);
    cJSON_AddNumberToObject(o, "rows", p->rows);
    cJSON_AddNumberToObject(o, "size", p->size);
    cJSON_AddNumberToObject(o, "chunks", p->chunks);
    cJSON_AddNumberToObject(o, "emulators", p->emulators);
    cJSON_AddNumberToObject(o, "tries", p->tries);
    cJSON_AddNumberToObject(o, "memory_mb", p->memory_mb);
    cJSON_AddNumberToObject(o, "keep_failed", p->keep_failed);
    cJSON_AddNumberToObject(o, "arrays", p->arrays);
    char *printed = cJSON_Print(o);
    buf_addf(&text, "%s\n", printed ? printed : "");
    bool ok = plan_file_write(run, "plan.json", &text, e);
    free(printed);
    cJSON_Delete(o);
    buf_finish(&text);
    return ok;
}

/* ---- making ---- */

static void id_make(struct plan *p)
{
    unsigned random = 0;
    struct buf id = {0};
    if (getrandom(&random, sizeof random, 0) != sizeof random)
        random = (unsigned)getpid();
    buf_addf(&id, "hem-%08x", random);
    p->id = buf_take(&id);
}

static bool size_choose(struct plan *p, int chunks_max, struct err *e)
{
    int least = (p->rows + chunks_max - 1) / chunks_max;
    if (!p->size)
        p->size = least > PLAN_CHUNK_ROWS ? least : PLAN_CHUNK_ROWS;
    p->chunks = (p->rows + p->size - 1) / p->size;
    if (p->chunks <= chunks_max)
        return true;
    return err_set(e, ERR_USAGE,
                   "%d chunks are more than the %d that %s takes at once; --chunk must be %d at "
                   "least",
                   p->chunks, chunks_max, p->engine, least);
}

static bool folders_make(const char *run, struct err *e)
{
    static const char *const names[] = {"rows", "chunks", "log"};
    bool ok = true;
    for (size_t i = 0; i < sizeof names / sizeof *names && ok; i++) {
        char *path = disk_path(run, names[i]);
        ok = disk_make_directories(path, e);
        free(path);
    }
    return ok;
}

bool plan_make(const char *run, struct plan *p, const char *source, int chunks_max, struct err *e)
{
    const char *ending = strrchr(source, '.');
    id_make(p);
    p->table = disk_path(run, ending && strcmp(ending, ".jsonl") == 0 ? "rows.jsonl" : "rows.csv");
    return size_choose(p, chunks_max, e) && folders_make(run, e) &&
           file_copy(source, p->table, e) && plan_write(run, p, e);
}

bool plan_check(const struct plan *p, const char *task, const char *source, struct err *e)
{
    if (strcmp(p->task, task) != 0)
        return err_set(e, ERR_USAGE, "the run is of another task, %s; use another folder", p->task);
    FILE *was = fopen(p->table, "re");
    if (!was)
        return io_fail(p->table, e);
    FILE *is = fopen(source, "re");
    bool ok = is ? files_equal(was, is) ||
                       err_set(e, ERR_USAGE, "%s is not the table that the run was planned for, %s",
                               source, p->table)
                 : io_fail(source, e);
    if (is)
        fclose(is);
    fclose(was);
    return ok;
}

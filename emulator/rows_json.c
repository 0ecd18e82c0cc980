#include "emulator/rows_json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW_MAX_BYTES (4 << 20)
#define EXACT_MAX     9007199254740992.0 /* integers beyond it are rounded */

struct rows_json {
    char *path; /* owned */
    FILE *file; /* owned */
    struct data header;
    struct buf text; /* of the line that was read last */
    int line;        /* its number */
    int number;      /* of the row that was told last */
    bool first;      /* the text is that of a row which is still to be told */
    bool failed;     /* nothing sensible can follow */
};

bool rows_json_is(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && (strcmp(dot, ".jsonl") == 0 || strcmp(dot, ".ndjson") == 0);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static int fail_line(const struct rows_json *r, enum err_kind kind, const char *what, struct err *e)
{
    err_set(e, kind, "%s:%d: %s", r->path, r->line, what);
    return -1;
}

/* Reads one line: 1, or 0 at the end, or -1. */
static int line_read(struct rows_json *r, struct err *e)
{
    int c = 0;
    buf_reset(&r->text);
    r->line++;
    while (r->text.length <= ROW_MAX_BYTES && (c = getc_unlocked(r->file)) != EOF && c != '\n')
        buf_add_char(&r->text, (char)c);
    if (ferror(r->file))
        return fail_line(r, errno == EISDIR ? ERR_USAGE : ERR_IO, strerror(errno), e);
    if (r->text.length > ROW_MAX_BYTES)
        return fail_line(r, ERR_USAGE, "a line of more than 4 MiB", e);
    if (!utf8_valid(buf_text(&r->text), r->text.length, NULL))
        return fail_line(r, ERR_USAGE, "the line is not UTF-8", e);
    return c != EOF || r->text.length > 0;
}

/* The next line that is not empty. */
static int row_read(struct rows_json *r, struct err *e)
{
    int got;
    while ((got = line_read(r, e)) > 0 && is_blank(buf_text(&r->text)))
        ;
    return got;
}

/* ---- cells ---- */

static bool cell_add(struct rows_json *r, const cJSON *item, struct data *out, struct err *e)
{
    if (data_get(out, item->string))
        return err_set(e, ERR_USAGE, "%s:%d: \"%s\" stands there twice", r->path, r->line,
                       item->string);
    if (cJSON_IsString(item)) {
        data_add(out, item->string, item->valuestring);
        return true;
    }
    if (cJSON_IsArray(item) || cJSON_IsObject(item))
        return err_set(e, ERR_USAGE,
                       "%s:%d: \"%s\" is %s; a cell is a text, a number, true or false", r->path,
                       r->line, item->string, cJSON_IsArray(item) ? "a list" : "an object");
    if (cJSON_IsNumber(item) && (item->valuedouble > EXACT_MAX || item->valuedouble < -EXACT_MAX))
        return err_set(
            e, ERR_USAGE,
            "%s:%d: the number \"%s\" is too large to be exact; put it in quotation marks", r->path,
            r->line, item->string);
    char digits[32], *text = NULL;
    if (cJSON_IsNumber(item) && item->valuedouble == floor(item->valuedouble)) {
        snprintf(digits, sizeof digits, "%.0f", item->valuedouble); /* cJSON would say 1e+15 */
        text = mem_text(digits);
    } else if (!cJSON_IsNull(item)) {
        text = cJSON_PrintUnformatted(item);
    }
    data_add(out, item->string, text ? text : "");
    free(text);
    return true;
}

static bool cells_take(struct rows_json *r, struct data *out, struct err *e)
{
    const char *end;
    const char *text = buf_text(&r->text);
    if (r->line == 1 && strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    cJSON *object = cJSON_ParseWithOpts(text, &end, false);
    bool ok = cJSON_IsObject(object) && is_blank(end);
    if (!ok)
        err_set(e, ERR_USAGE, "%s:%d: this is not one JSON object", r->path, r->line);
    data_finish(out);
    for (const cJSON *item = ok ? object->child : NULL; ok && item; item = item->next)
        ok = cell_add(r, item, out, e);
    cJSON_Delete(object);
    return ok;
}

static bool header_take(struct rows_json *r, struct err *e)
{
    struct data cells = {0};
    int got = row_read(r, e);
    if (got == 0)
        return err_set(e, ERR_USAGE, "%s:1: the table is empty", r->path);
    bool ok = got > 0 && cells_take(r, &cells, e);
    for (int i = 0; ok && i < cells.count; i++) {
        if (is_blank(cells.items[i].name))
            ok = err_set(e, ERR_USAGE, "%s:%d: column %d has no name", r->path, r->line, i + 1);
        data_add(&r->header, cells.items[i].name, "");
    }
    r->first = true;
    data_finish(&cells);
    return ok;
}

/* Are they the header's? In its order then. */
static bool columns_check(struct rows_json *r, const struct data *cells, struct data *out,
                          struct err *e)
{
    data_finish(out);
    for (int i = 0; i < r->header.count; i++) {
        const char *value = data_get(cells, r->header.items[i].name);
        if (!value)
            return err_set(e, ERR_USAGE, "%s:%d: there is no \"%s\", which the first line has",
                           r->path, r->line, r->header.items[i].name);
        data_add(out, r->header.items[i].name, value);
    }
    for (int i = 0; i < cells->count; i++)
        if (!data_get(&r->header, cells->items[i].name))
            return err_set(e, ERR_USAGE, "%s:%d: the first line has no \"%s\"", r->path, r->line,
                           cells->items[i].name);
    return true;
}

/* ---- rows ---- */

struct rows_json *rows_json_open(const char *path, struct err *e)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_set(e, ERR_USAGE, "%s: cannot open: %s", path, strerror(errno));
        return NULL;
    }
    struct rows_json *r = mem_zero(1, sizeof *r);
    r->path = mem_text(path);
    r->file = file;
    if (header_take(r, e))
        return r;
    rows_json_close(r);
    return NULL;
}

const struct data *rows_json_header(const struct rows_json *r)
{
    return &r->header;
}

int rows_json_next(struct rows_json *r, struct data *out, struct err *e)
{
    struct data cells = {0};
    if (r->failed)
        return fail_line(r, ERR_USAGE, "reading ended here with an error", e);
    int got = r->first ? 1 : row_read(r, e);
    r->first = false;
    if (got > 0 && (!cells_take(r, &cells, e) || !columns_check(r, &cells, out, e)))
        got = -1;
    data_finish(&cells);
    r->number += got > 0;
    r->failed = got < 0;
    return got;
}

int rows_json_line(const struct rows_json *r)
{
    return r->line;
}

int rows_json_number(const struct rows_json *r)
{
    return r->number;
}

void rows_json_close(struct rows_json *r)
{
    if (!r)
        return;
    data_finish(&r->header);
    buf_finish(&r->text);
    fclose(r->file);
    free(r->path);
    free(r);
}

#include "emulator/results.h"

#include "base/utf8.h"
#include "trajectory/disk.h"
#include "trajectory/found.h"

#include <cjson/cJSON.h>
#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct printer {
    FILE *out;         /* borrowed */
    struct data names; /* of the columns of values */
    struct buf prefix, line;
};

/* Where the record of a row is, and its last picture where somebody should look at it. */
static void evidence_find(const struct ledger_row *row, const char *dir, struct buf *record,
                          struct buf *picture)
{
    buf_reset(record);
    buf_reset(picture);
    if (!*row->directory)
        return;
    buf_addf(record, "%s%s", dir, row->directory);
    char *newest = row->state != ROW_DONE ? found_picture(buf_text(record)) : NULL;
    if (newest)
        buf_addf(picture, "%s/%s", buf_text(record), newest);
    free(newest);
}

/* ---- CSV ---- */

static void csv_cell(FILE *file, const char *text)
{
    putc(',', file);
    csv_fwrite(file, text, strlen(text));
}

static void csv_header(const struct printer *p)
{
    fputs("row,outcome,failure,error,seconds,tries,record,picture", p->out);
    for (int i = 0; i < p->names.count; i++)
        csv_cell(p->out, p->names.items[i].name);
    putc('\n', p->out);
}

static bool csv_row(void *self, const struct ledger_row *row, struct err *e)
{
    struct printer *p = self;
    struct buf record = {0}, picture = {0};
    (void)e;
    evidence_find(row, buf_text(&p->prefix), &record, &picture);
    fprintf(p->out, "%d,%s,%s", row->number, row_state_name(row->state),
            row_failure_name(row->failure));
    csv_cell(p->out, row->error);
    fprintf(p->out, ",%.3f,%d", row->seconds, row->tries);
    csv_cell(p->out, buf_text(&record));
    csv_cell(p->out, buf_text(&picture));
    for (int i = 0; i < p->names.count; i++) {
        const char *value = data_get(row->values, p->names.items[i].name);
        csv_cell(p->out, value ? value : "");
    }
    putc('\n', p->out);
    buf_finish(&record);
    buf_finish(&picture);
    return true;
}

/* ---- JSON ---- */

static void json_text(cJSON *o, const char *name, const char *text)
{
    struct buf clean = {0};
    utf8_clean(text, &clean);
    cJSON_AddStringToObject(o, name, buf_text(&clean));
    buf_finish(&clean);
}

void results_row_json(const struct ledger_row *row, const char *dir, struct buf *out)
{
    struct buf record = {0}, picture = {0};
    char seconds[32];
    cJSON *o = cJSON_CreateObject();
    evidence_find(row, dir, &record, &picture);
    snprintf(seconds, sizeof seconds, "%.3f", row->seconds);
    cJSON_AddNumberToObject(o, "row", row->number);
    cJSON_AddStringToObject(o, "outcome", row_state_name(row->state));
    json_text(o, "failure", row_failure_name(row->failure));
    json_text(o, "error", row->error);
    cJSON_AddRawToObject(o, "seconds", seconds);
    cJSON_AddNumberToObject(o, "tries", row->tries);
    json_text(o, "record", buf_text(&record));
    json_text(o, "picture", buf_text(&picture));
    cJSON *values = cJSON_AddObjectToObject(o, "values");
    for (int i = 0; i < row->values->count; i++)
        json_text(values, row->values->items[i].name, row->values->items[i].value);
    char *text = cJSON_PrintUnformatted(o);
    buf_add(out, text ? text : "");
    free(text);
    cJSON_Delete(o);
    buf_finish(&record);
    buf_finish(&picture);
}

static bool json_row(void *self, const struct ledger_row *row, struct err *e)
{
    struct printer *p = self;
    (void)e;
    buf_reset(&p->line);
    results_row_json(row, buf_text(&p->prefix), &p->line);
    fprintf(p->out, "%s\n", buf_text(&p->line));
    return true;
}

/* ---- all of them ---- */

/* Adds the columns of a row that are new. */
static bool names_add(void *self, const struct ledger_row *row, struct err *e)
{
    struct data *names = self;
    (void)e;
    for (int i = 0; i < row->values->count; i++)
        data_set(names, row->values->items[i].name, "");
    return true;
}

static bool names_find(const struct results_source *s, struct data *names, struct err *e)
{
    return s->names ? s->names(s->from, names, e) : s->each(s->from, names_add, names, e);
}

bool results_print(const struct results_source *s, enum results_format format, FILE *out,
                   struct err *e)
{
    struct printer p = {.out = out};
    if (*s->dir)
        buf_addf(&p.prefix, "%s/", s->dir);
    bool ok = format == RESULTS_JSON || names_find(s, &p.names, e);
    if (ok && format == RESULTS_CSV)
        csv_header(&p);
    ok = ok && s->each(s->from, format == RESULTS_CSV ? csv_row : json_row, &p, e);
    if (ok && (ferror(out) || fflush(out) != 0))
        ok = err_set(e, ERR_IO, "the results cannot be written: %s", strerror(errno));
    data_finish(&p.names);
    buf_finish(&p.prefix);
    buf_finish(&p.line);
    return ok;
}

static bool ledger_rows(void *from,
                        bool (*take)(void *self, const struct ledger_row *row, struct err *e),
                        void *self, struct err *e)
{
    return ledger_each(from, take, self, e);
}

static bool ledger_columns(void *from, struct data *out, struct err *e)
{
    return ledger_names(from, out, e);
}

struct results_source results_of_ledger(struct ledger *l, const char *dir)
{
    return (struct results_source){
        .each = ledger_rows, .names = ledger_columns, .from = l, .dir = dir};
}

bool results_write(struct ledger *l, const char *dir, enum results_format format, const char *path,
                   struct err *e)
{
    struct draft draft;
    struct results_source source = results_of_ledger(l, dir);
    if (!draft_open(&draft, path, e))
        return false;
    if (results_print(&source, format, draft.file, e))
        return draft_commit(&draft, true, e);
    draft_drop(&draft);
    return false;
}

#include "bench/table.h"

#include "base/buf.h"
#include "base/clock.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

struct row *table_add(struct table *t, const char *what, const char *unit, const char *with)
{
    struct row *r = &t->rows[t->count < TABLE_ROWS_MAX ? t->count++ : TABLE_ROWS_MAX - 1];
    *r =
        (struct row){.what = what, .unit = unit, .with = with, .hem = -1, .instead = with ? -1 : 0};
    return r;
}

void row_note(struct row *r, const char *format, ...)
{
    va_list arguments;
    size_t at = strlen(r->note);
    if (at > 0 && at + 3 < sizeof r->note) {
        memcpy(r->note + at, "; ", 3);
        at += 2;
    }
    va_start(arguments, format);
    vsnprintf(r->note + at, sizeof r->note - at, format, arguments);
    va_end(arguments);
}

static double row_ratio(const struct row *r)
{
    if (r->ratio > 0)
        return r->ratio;
    return r->hem > 0 && r->instead > 0 ? r->instead / r->hem : 0;
}

/* Three digits that count. */
static void number_text(char out[32], double value, const char *unit)
{
    if (value < 0)
        snprintf(out, 32, "-");
    else
        snprintf(out, 32, "%.*f %s", value >= 100 ? 0 : value >= 10 ? 1 : 2, value, unit);
}

#define LINE "%-34s %10s %10s  %-28s %8s  %s\n"

void table_print(const struct table *t)
{
    printf(LINE, "what", "hem", "instead", "with", "ratio", "");
    for (int i = 0; i < t->count; i++) {
        const struct row *r = &t->rows[i];
        char hem[32], instead[32], ratio[32] = "-";
        number_text(hem, r->hem, r->unit);
        number_text(instead, r->with ? r->instead : -1, r->unit);
        if (row_ratio(r) > 0)
            number_text(ratio, row_ratio(r), "x");
        printf(LINE, r->what, hem, instead, r->with ? r->with : "", ratio, r->note);
    }
}

static cJSON *row_json(const struct row *r)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "what", r->what);
    cJSON_AddStringToObject(o, "unit", r->unit);
    cJSON_AddItemToObject(o, "hem", r->hem < 0 ? cJSON_CreateNull() : cJSON_CreateNumber(r->hem));
    cJSON_AddItemToObject(o, "instead",
                          !r->with || r->instead < 0 ? cJSON_CreateNull()
                                                     : cJSON_CreateNumber(r->instead));
    cJSON_AddItemToObject(o, "with", r->with ? cJSON_CreateString(r->with) : cJSON_CreateNull());
    cJSON_AddItemToObject(o, "ratio",
                          row_ratio(r) > 0 ? cJSON_CreateNumber(row_ratio(r)) : cJSON_CreateNull());
    cJSON_AddStringToObject(o, "note", r->note);
    return o;
}

static char *table_json(const struct table *t)
{
    struct utsname machine = {0};
    char wall[32];
    cJSON *o = cJSON_CreateObject(), *rows = cJSON_CreateArray();
    uname(&machine);
    clock_wall(wall, sizeof wall);
    cJSON_AddStringToObject(o, "schema", "hem-bench/1");
    cJSON_AddStringToObject(o, "hem", HEM_VERSION);
    cJSON_AddStringToObject(o, "wall", wall);
    cJSON_AddStringToObject(o, "machine", machine.machine);
    cJSON_AddNumberToObject(o, "cpus", (double)sysconf(_SC_NPROCESSORS_ONLN));
    for (int i = 0; i < t->count; i++)
        cJSON_AddItemToArray(rows, row_json(&t->rows[i]));
    cJSON_AddItemToObject(o, "rows", rows);
    char *text = cJSON_Print(o);
    cJSON_Delete(o);
    return text;
}

bool table_write(const struct table *t, const char *path, struct err *e)
{
    char *text = table_json(t);
    FILE *file = text ? fopen(path, "we") : NULL;
    bool ok = file && fprintf(file, "%s\n", text) > 0;
    if (file && fclose(file) != 0)
        ok = false;
    cJSON_free(text);
    return ok || err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

void samples_add(struct samples *s, double value)
{
    if (s->count < SAMPLES_MAX)
        s->values[s->count++] = value;
}

static int compare_doubles(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

double samples_at(struct samples *s, double part)
{
    if (s->count == 0)
        return -1;
    qsort(s->values, (size_t)s->count, sizeof *s->values, compare_doubles);
    int at = (int)(part * (s->count - 1) + 0.5);
    return s->values[at];
}

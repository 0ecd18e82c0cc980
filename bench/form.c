#include "bench/measures.h"
#include "bench/program.h"

#include "base/buf.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#define FORM_MS 180000

/* hem's last line: the summary; NULL when there is none. The caller deletes it. */
static cJSON *last_line(const char *path)
{
    char line[65536];
    cJSON *last = NULL;
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        cJSON *object = cJSON_Parse(line);
        if (object) {
            cJSON_Delete(last);
            last = object;
        }
    }
    if (file)
        fclose(file);
    return last;
}

static double number_of(const cJSON *object, const char *name)
{
    const cJSON *n = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(n) ? n->valuedouble : -1;
}

void measure_form(struct table *t, const char *folder)
{
    char log[PATH_MAX], out[PATH_MAX];
    struct row *r =
        table_add(t, "a whole form, filled in and sent", "s", "a person, keystroke-level");
    snprintf(log, sizeof log, "%s/form.log", folder);
    snprintf(out, sizeof out, "%s/form", folder);
    const char *const hem[] = {BENCH_HEM, "run", BENCH_TASK, "--json", "--out", out, NULL};
    double wall_ms = program_time(hem, log, FORM_MS);
    cJSON *end = last_line(log);
    const cJSON *outcome = cJSON_GetObjectItemCaseSensitive(end, "outcome");
    if (wall_ms < 0 || !cJSON_IsString(outcome)) {
        row_note(r, "not measured: hem %s",
                 cJSON_IsString(outcome) ? outcome->valuestring : "did not end well");
    } else {
        r->hem = number_of(end, "seconds");
        r->instead = number_of(cJSON_GetObjectItemCaseSensitive(end, "person"), "seconds");
        r->ratio = number_of(end, "ratio");
        row_note(r, "%s, %.0f steps; %.1f s with start and end of everything", outcome->valuestring,
                 number_of(end, "steps"), wall_ms / 1e3);
    }
    cJSON_Delete(end);
}

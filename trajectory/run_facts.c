/* run.json of a test run. */
#include "trajectory/results.h"

#include "trajectory/disk.h"
#include "trajectory/result_parts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA    "hem-test/1"
#define BYTES_MAX (1 << 20)

static cJSON *facts_object(const struct run_facts *run)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "schema", SCHEMA);
    result_text_put(o, "hem", run->hem);
    result_texts_put(o, "command", run->command, run->command_count);
    result_text_put(o, "host", run->host);
    result_text_put(o, "started", run->started);
    result_text_put(o, "ended", run->ended);
    result_text_put(o, "stopped", run->stopped);
    if (run->shard[1])
        cJSON_AddItemToObject(o, "shard", cJSON_CreateIntArray(run->shard, 2));
    cJSON_AddNumberToObject(o, "workers", run->workers);
    cJSON_AddNumberToObject(o, "selected", run->selected);
    return o;
}

bool run_facts_write(const char *dir, const struct run_facts *run, struct err *e)
{
    struct buf text = {0};
    char *path = disk_path(dir, RESULTS_RUN_FILE);
    cJSON *o = facts_object(run);
    char *json = cJSON_PrintUnformatted(o);
    buf_addf(&text, "%s\n", json);
    bool written = disk_write(path, &text, false, e);
    buf_finish(&text);
    free(json);
    cJSON_Delete(o);
    free(path);
    return written;
}

static void facts_take(const cJSON *o, struct run_facts *out)
{
    const cJSON *item, *workers = cJSON_GetObjectItemCaseSensitive(o, "workers"),
                       *selected = cJSON_GetObjectItemCaseSensitive(o, "selected"),
                       *shard = cJSON_GetObjectItemCaseSensitive(o, "shard");
    *out = (struct run_facts){.hem = result_text_take(o, "hem"),
                              .host = result_text_take(o, "host"),
                              .started = result_text_take(o, "started"),
                              .ended = result_text_take(o, "ended"),
                              .stopped = result_text_take(o, "stopped"),
                              .workers = cJSON_IsNumber(workers) ? workers->valueint : 0,
                              .selected = cJSON_IsNumber(selected) ? selected->valueint : 0};
    for (int i = 0; i < 2; i++) {
        item = cJSON_GetArrayItem(shard, i);
        out->shard[i] = cJSON_IsNumber(item) ? item->valueint : 0;
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(o, "command"))
    {
        out->command = mem_resize(out->command, ((size_t)out->command_count + 1) * sizeof(char *));
        out->command[out->command_count++] =
            mem_text(cJSON_IsString(item) ? item->valuestring : "");
    }
}

bool run_facts_read(const char *dir, struct run_facts *out, struct err *e)
{
    char *path = disk_path(dir, RESULTS_RUN_FILE);
    struct buf text = {0};
    struct err why = {0};
    bool open = disk_read(path, BYTES_MAX, &text, &why) ||
                err_set(e, ERR_USAGE, "%s is no folder of a test run: %s: %s", dir, path, why.text);
    cJSON *o = cJSON_Parse(buf_text(&text));
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(o, "schema");
    bool ours = cJSON_IsString(schema) && strcmp(schema->valuestring, SCHEMA) == 0;
    if (open && ours)
        facts_take(o, out);
    else if (open)
        err_set(e, ERR_USAGE, "%s is not that of a test run (%s)", path, SCHEMA);
    cJSON_Delete(o);
    buf_finish(&text);
    free(path);
    return open && ours;
}

void run_facts_copy(struct run_facts *to, const struct run_facts *from)
{
    *to = *from;
    to->hem = mem_text(from->hem);
    to->host = mem_text(from->host);
    to->started = mem_text(from->started);
    to->ended = mem_text(from->ended);
    to->stopped = mem_text(from->stopped);
    to->command = mem_zero((size_t)from->command_count + 1, sizeof *to->command);
    for (int i = 0; i < from->command_count; i++)
        to->command[i] = mem_text(from->command[i]);
}

void run_facts_finish(struct run_facts *run)
{
    char *texts[] = {run->hem, run->host, run->started, run->ended, run->stopped};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (int i = 0; i < run->command_count; i++)
        free(run->command[i]);
    free(run->command);
    *run = (struct run_facts){0};
}

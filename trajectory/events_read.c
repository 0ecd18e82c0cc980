/* Reading what events.c has written. */
#include "trajectory/events.h"

#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct event_log *log;
    int capacity, line;
};

static const char *text_of(const cJSON *json, const char *name, struct arena *arena)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    return text ? arena_text(arena, text) : NULL;
}

static void text_into(const cJSON *json, const char *name, char *out, size_t size_bytes)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    snprintf(out, size_bytes, "%s", text ? text : "");
}

static double number_or(const cJSON *json, const char *name, double otherwise)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    return cJSON_IsNumber(item) && isfinite(item->valuedouble) ? item->valuedouble : otherwise;
}

/* A whole number of what a screen or keyboard may have. */
static int whole_of(const cJSON *json, const char *name)
{
    double value = number_or(json, name, 0);
    return fabs(value) <= 1e6 ? (int)value : 0;
}

static int whole_at(const cJSON *json, const char *name, int index)
{
    const cJSON *item = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, name), index);
    return cJSON_IsNumber(item) && fabs(item->valuedouble) <= 1e6 ? (int)item->valuedouble : 0;
}

/* The log's; NULL for none. */
static char **argv_of(const cJSON *json, struct event_log *log)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "argv"), *word;
    int count = 0;
    if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) == 0)
        return NULL;
    log->argv = mem_zero((size_t)cJSON_GetArraySize(list) + 1, sizeof *log->argv);
    cJSON_ArrayForEach(word, list)
    {
        const char *text = cJSON_GetStringValue(word);
        log->argv[count++] = (char *)arena_text(&log->arena, text ? text : "");
    }
    return log->argv;
}

static bool head_read(struct reader *r, const cJSON *json, struct err *e)
{
    struct event_log *log = r->log;
    const char *schema = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "schema"));
    if (!schema || strcmp(schema, EVENTS_SCHEMA) != 0)
        return err_set(e, ERR_USAGE, "the \"schema\" is not \"%s\"", EVENTS_SCHEMA);
    log->head = (struct events_head){.program = text_of(json, "program", &log->arena),
                                     .directory = text_of(json, "directory", &log->arena),
                                     .argv = argv_of(json, log),
                                     .display = text_of(json, "display", &log->arena),
                                     .layout = text_of(json, "layout", &log->arena),
                                     .width = whole_at(json, "screen", 0),
                                     .height = whole_at(json, "screen", 1)};
    text_into(json, "started", log->started, sizeof log->started);
    if (log->head.width <= 0 || log->head.height <= 0)
        return err_set(e, ERR_USAGE, "\"screen\" is no width and height");
    return true;
}

static bool note_read(struct reader *r, const cJSON *json, struct event *event, struct err *e)
{
    event->note = text_of(json, event_note_name(event->kind), &r->log->arena);
    event->still = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "still"));
    event->box = (struct rect){whole_at(json, "box", 0), whole_at(json, "box", 1),
                               whole_at(json, "box", 2), whole_at(json, "box", 3)};
    if (event->kind == EVENT_FRAME && (!event->note || !format_frame_path_may_be(event->note)))
        return err_set(e, ERR_USAGE, "\"file\" is not a file in " FORMAT_FRAMES "/");
    return true;
}

static void hands_read(const cJSON *json, struct event *event)
{
    double server = number_or(json, "server", 0);
    event->server_ms = server >= 0 && server <= UINT32_MAX ? (uint32_t)server : 0;
    event->at = (struct point){whole_of(json, "x"), whole_of(json, "y")};
    event->state = (unsigned)whole_of(json, "state");
    event->code = (unsigned)whole_of(json, "code");
    event->secret = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "secret"));
    text_into(json, "keysym", event->keysym, sizeof event->keysym);
    text_into(json, "text", event->text, sizeof event->text);
}

static bool event_read(struct reader *r, const cJSON *json, struct err *e)
{
    struct event_log *log = r->log;
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "kind"));
    struct event event = {.kind = event_from_name(name ? name : "")};
    if (event.kind == EVENT_KINDS)
        return err_set(e, ERR_USAGE, "the \"kind\" is none of an event");
    event.number = (long)number_or(json, "n", 0);
    if (event.number != log->count + 1)
        return err_set(e, ERR_USAGE, "event %d is missing", log->count + 1);
    event.mono_ms = number_or(json, "mono", 0) * 1e3;
    text_into(json, "wall", event.wall, sizeof event.wall);
    if (event_is_hands(event.kind))
        hands_read(json, &event);
    else if (!note_read(r, json, &event, e))
        return false;
    if (log->count == r->capacity) {
        r->capacity = r->capacity ? 2 * r->capacity : 256;
        log->items = mem_resize(log->items, (size_t)r->capacity * sizeof *log->items);
    }
    log->items[log->count++] = event;
    return true;
}

static bool line_read(struct reader *r, const struct buf *line, struct err *e)
{
    cJSON *json = cJSON_ParseWithLength(line->text, line->length);
    bool fine = cJSON_IsObject(json) ? r->line == 1 ? head_read(r, json, e) : event_read(r, json, e)
                                     : err_set(e, ERR_USAGE, "it is no JSON object");
    cJSON_Delete(json);
    return fine;
}

static bool file_read(struct reader *r, FILE *file, struct err *e)
{
    struct buf line = {0};
    enum line got = LINE_WHOLE;
    bool fine = true;
    while (fine && (got = disk_line(file, &line, e)) == LINE_WHOLE) {
        r->line++;
        fine = line_read(r, &line, e);
    }
    buf_finish(&line);
    r->log->cut = got == LINE_CUT;
    if (fine && got != LINE_FAILED && r->line == 0)
        return err_set(e, ERR_USAGE, "its first line is missing");
    return fine && got != LINE_FAILED;
}

bool events_read(const char *dir, struct event_log *out, struct err *e)
{
    struct reader r = {.log = out};
    char *path = disk_path(dir, EVENTS_FILE);
    FILE *file = fopen(path, "re");
    *out = (struct event_log){0};
    bool fine = file ? file_read(&r, file, e)
                     : err_set(e, errno == ENOENT ? ERR_USAGE : ERR_IO, "cannot read it: %s",
                               strerror(errno));
    if (file)
        fclose(file);
    if (!fine) {
        err_prefix(e, "%s:%d: ", path, r.line);
        event_log_finish(out);
    }
    free(path);
    return fine;
}

void event_log_finish(struct event_log *log)
{
    free(log->items);
    free(log->argv);
    arena_finish(&log->arena);
    *log = (struct event_log){0};
}

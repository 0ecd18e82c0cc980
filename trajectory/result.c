#include "trajectory/result.h"

#include "base/utf8.h"
#include "trajectory/result_parts.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_MAX 1e9 /* what is more, or no number, is none of a try */

static const char *const OUTCOMES[] = {"passed", "failed", "skipped", "broken"};

const char *result_outcome_name(enum result_outcome outcome)
{
    return OUTCOMES[outcome];
}

/* ---- texts ---- */

static cJSON *text_json(const char *text)
{
    struct buf clean = {0};
    utf8_clean(text, &clean);
    cJSON *json = cJSON_CreateString(buf_text(&clean));
    buf_finish(&clean);
    return json;
}

void result_text_put(cJSON *object, const char *name, const char *text)
{
    if (text)
        cJSON_AddItemToObject(object, name, text_json(text));
}

void result_texts_put(cJSON *object, const char *name, char *const *texts, int count)
{
    cJSON *list = cJSON_AddArrayToObject(object, name);
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(list, text_json(texts[i]));
}

char *result_text_take(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? mem_text(item->valuestring) : NULL;
}

/* ---- the line ---- */

static void number_put(cJSON *object, const char *name, int number)
{
    if (number)
        cJSON_AddNumberToObject(object, name, number);
}

static void pictures_put(cJSON *object, const struct result *r)
{
    cJSON *list = r->picture_count ? cJSON_AddArrayToObject(object, "pictures") : NULL;
    for (int i = 0; i < r->picture_count; i++) {
        const struct result_picture *p = &r->pictures[i];
        cJSON *item = cJSON_CreateObject();
        result_text_put(item, "name", p->name);
        result_text_put(item, "expected", p->expected);
        result_text_put(item, "actual", p->actual);
        result_text_put(item, "difference", p->difference);
        cJSON_AddItemToArray(list, item);
    }
}

void result_print(const struct result *r, struct buf *out)
{
    char seconds[32];
    cJSON *o = cJSON_CreateObject();
    result_text_put(o, "case", r->id);
    result_text_put(o, "file", r->file);
    result_text_put(o, "name", r->name);
    number_put(o, "row", r->row);
    number_put(o, "repeat", r->repeat);
    if (r->tag_count)
        result_texts_put(o, "tags", r->tags, r->tag_count);
    cJSON_AddNumberToObject(o, "try", r->try);
    cJSON_AddBoolToObject(o, "last", r->last);
    if (r->ignored)
        cJSON_AddTrueToObject(o, "ignored");
    cJSON_AddStringToObject(o, "outcome", OUTCOMES[r->outcome]);
    result_text_put(o, "why", r->why);
    result_text_put(o, "step", r->step);
    result_text_put(o, "source", r->source);
    number_put(o, "line", r->line);
    snprintf(seconds, sizeof seconds, "%.3f", r->seconds);
    cJSON_AddRawToObject(o, "seconds", seconds);
    result_text_put(o, "started", r->started);
    result_text_put(o, "trajectory", r->trajectory);
    result_text_put(o, "stdout", r->output);
    pictures_put(o, r);
    result_text_put(o, "video", r->video);
    char *text = cJSON_PrintUnformatted(o);
    buf_addf(out, "%s\n", text);
    free(text);
    cJSON_Delete(o);
}

static int number_take(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? item->valueint : 0;
}

static bool outcome_take(const cJSON *object, enum result_outcome *out)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, "outcome");
    for (int i = 0; i < 4 && cJSON_IsString(item); i++)
        if (strcmp(item->valuestring, OUTCOMES[i]) == 0) {
            *out = (enum result_outcome)i;
            return true;
        }
    return false;
}

static void lists_take(const cJSON *o, struct result *out)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(o, "tags"))
    {
        if (cJSON_IsString(item))
            result_tag_add(out, item->valuestring);
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(o, "pictures"))
    {
        const cJSON *name = cJSON_GetObjectItemCaseSensitive(item, "name");
        struct result_picture *p =
            result_picture_add(out, cJSON_IsString(name) ? name->valuestring : "");
        p->expected = result_text_take(item, "expected");
        p->actual = result_text_take(item, "actual");
        p->difference = result_text_take(item, "difference");
    }
}

bool result_parse(const char *line, struct result *out, struct err *e)
{
    cJSON *o = cJSON_Parse(line);
    struct result r = {.id = result_text_take(o, "case"),
                       .file = result_text_take(o, "file"),
                       .name = result_text_take(o, "name"),
                       .row = number_take(o, "row"),
                       .repeat = number_take(o, "repeat"),
                       .try = number_take(o, "try"),
                       .last = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "last")),
                       .ignored = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "ignored")),
                       .why = result_text_take(o, "why"),
                       .step = result_text_take(o, "step"),
                       .source = result_text_take(o, "source"),
                       .line = number_take(o, "line"),
                       .started = result_text_take(o, "started"),
                       .trajectory = result_text_take(o, "trajectory"),
                       .output = result_text_take(o, "stdout"),
                       .video = result_text_take(o, "video")};
    double seconds = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(o, "seconds"));
    r.seconds = fabs(seconds) <= SECONDS_MAX ? seconds : 0;
    lists_take(o, &r);
    bool fine = r.id && r.file && r.name && r.try > 0 && outcome_take(o, &r.outcome);
    cJSON_Delete(o);
    if (fine) {
        *out = r;
        return true;
    }
    result_finish(&r);
    return err_set(e, ERR_USAGE, "not a result: case, file, name, try and outcome are needed");
}

void result_tag_add(struct result *r, const char *tag)
{
    r->tags = mem_resize(r->tags, ((size_t)r->tag_count + 1) * sizeof *r->tags);
    r->tags[r->tag_count++] = mem_text(tag);
}

struct result_picture *result_picture_add(struct result *r, const char *name)
{
    r->pictures = mem_resize(r->pictures, ((size_t)r->picture_count + 1) * sizeof *r->pictures);
    struct result_picture *p = &r->pictures[r->picture_count++];
    *p = (struct result_picture){.name = mem_text(name)};
    return p;
}

void result_finish(struct result *r)
{
    char *texts[] = {r->id,     r->file,    r->name,       r->why,    r->step,
                     r->source, r->started, r->trajectory, r->output, r->video};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (int i = 0; i < r->tag_count; i++)
        free(r->tags[i]);
    free(r->tags);
    for (int i = 0; i < r->picture_count; i++) {
        free(r->pictures[i].name);
        free(r->pictures[i].expected);
        free(r->pictures[i].actual);
        free(r->pictures[i].difference);
    }
    free(r->pictures);
    *r = (struct result){0};
}

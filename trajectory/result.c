#include "trajectory/result.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const OUTCOMES[] = {"passed", "failed", "skipped", "broken"};

const char *result_outcome_name(enum result_outcome outcome)
{
    return OUTCOMES[outcome];
}

/* What a program says may be anything. */
static void text_put(cJSON *object, const char *name, const char *text)
{
    struct buf clean = {0};
    if (!text)
        return;
    utf8_clean(text, &clean);
    cJSON_AddStringToObject(object, name, buf_text(&clean));
    buf_finish(&clean);
}

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
        text_put(item, "name", p->name);
        text_put(item, "expected", p->expected);
        text_put(item, "actual", p->actual);
        text_put(item, "difference", p->difference);
        cJSON_AddItemToArray(list, item);
    }
}

void result_print(const struct result *r, struct buf *out)
{
    char seconds[32];
    cJSON *o = cJSON_CreateObject();
    text_put(o, "case", r->id);
    text_put(o, "file", r->file);
    text_put(o, "name", r->name);
    number_put(o, "row", r->row);
    number_put(o, "repeat", r->repeat);
    cJSON *tags = r->tag_count ? cJSON_AddArrayToObject(o, "tags") : NULL;
    for (int i = 0; i < r->tag_count; i++)
        cJSON_AddItemToArray(tags, cJSON_CreateString(r->tags[i]));
    cJSON_AddNumberToObject(o, "try", r->try);
    cJSON_AddBoolToObject(o, "last", r->last);
    if (r->ignored)
        cJSON_AddTrueToObject(o, "ignored");
    cJSON_AddStringToObject(o, "outcome", OUTCOMES[r->outcome]);
    text_put(o, "why", r->why);
    text_put(o, "step", r->step);
    text_put(o, "source", r->source);
    number_put(o, "line", r->line);
    snprintf(seconds, sizeof seconds, "%.3f", r->seconds);
    cJSON_AddRawToObject(o, "seconds", seconds);
    text_put(o, "started", r->started);
    text_put(o, "trajectory", r->trajectory);
    text_put(o, "stdout", r->output);
    pictures_put(o, r);
    text_put(o, "video", r->video);
    char *text = cJSON_PrintUnformatted(o);
    buf_addf(out, "%s\n", text);
    free(text);
    cJSON_Delete(o);
}

static char *text_take(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? mem_text(item->valuestring) : NULL;
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
        p->expected = text_take(item, "expected");
        p->actual = text_take(item, "actual");
        p->difference = text_take(item, "difference");
    }
}

bool result_parse(const char *line, struct result *out, struct err *e)
{
    cJSON *o = cJSON_Parse(line);
    struct result r = {.id = text_take(o, "case"),
                       .file = text_take(o, "file"),
                       .name = text_take(o, "name"),
                       .row = number_take(o, "row"),
                       .repeat = number_take(o, "repeat"),
                       .try = number_take(o, "try"),
                       .last = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "last")),
                       .ignored = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(o, "ignored")),
                       .why = text_take(o, "why"),
                       .step = text_take(o, "step"),
                       .source = text_take(o, "source"),
                       .line = number_take(o, "line"),
                       .started = text_take(o, "started"),
                       .trajectory = text_take(o, "trajectory"),
                       .output = text_take(o, "stdout"),
                       .video = text_take(o, "video")};
    const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(o, "seconds");
    r.seconds = cJSON_IsNumber(seconds) ? seconds->valuedouble : 0;
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

/* Reading what format.c has written. */
#include "trajectory/format.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A text member into *OUT, owned by the caller; "" when it is not there. */
static bool text_read(const cJSON *json, const char *name, char **out, struct err *e)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    if (item && !cJSON_IsString(item))
        return err_set(e, ERR_USAGE, "\"%s\" is not a text", name);
    *out = mem_text(item ? cJSON_GetStringValue(item) : "");
    return true;
}

/* A number member; 0 when it is not there. */
static bool number_read(const cJSON *json, const char *name, double *out, struct err *e)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    if (item && !cJSON_IsNumber(item))
        return err_set(e, ERR_USAGE, "\"%s\" is not a number", name);
    *out = item ? cJSON_GetNumberValue(item) : 0;
    return true;
}

static bool phases_read(const cJSON *json, struct recorded_turn *out, struct err *e)
{
    const cJSON *ms = cJSON_GetObjectItemCaseSensitive(json, "ms");
    if (!cJSON_IsObject(ms))
        return err_set(e, ERR_USAGE, "\"ms\" is missing or not an object");
    return number_read(ms, "settle", &out->settle_ms, e) &&
           number_read(ms, "capture", &out->capture_ms, e) &&
           number_read(ms, "read", &out->read_ms, e) &&
           number_read(ms, "decide", &out->decide_ms, e) && number_read(ms, "act", &out->act_ms, e);
}

bool format_frame_path_may_be(const char *path)
{
    static const char within[] = FORMAT_FRAMES "/";
    return strncmp(path, within, sizeof within - 1) == 0 && path[sizeof within - 1] &&
           !strchr(path + sizeof within - 1, '/');
}

static bool frame_path_check(const char *path, struct err *e)
{
    return !*path || format_frame_path_may_be(path) ||
           err_set(e, ERR_USAGE, "\"frame\" is not a file in " FORMAT_FRAMES "/");
}

/* COUNT whole numbers; all 0 when the member is not there. */
static bool whole_read(const cJSON *json, const char *name, int *out, int count, struct err *e)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    for (int i = 0; i < count; i++) {
        const cJSON *number = item ? cJSON_GetArrayItem(item, i) : NULL;
        double value = cJSON_IsNumber(number) ? cJSON_GetNumberValue(number) : 0;
        if (item && (!cJSON_IsArray(item) || !number || !(fabs(value) <= 1e6)))
            return err_set(e, ERR_USAGE, "\"%s\" is not a list of %d numbers", name, count);
        out[i] = (int)value;
    }
    return true;
}

static bool rect_read(const cJSON *json, const char *name, struct rect *out, struct err *e)
{
    int n[4];
    if (!whole_read(json, name, n, 4, e))
        return false;
    *out = (struct rect){n[0], n[1], n[2], n[3]};
    return true;
}

static bool at_read(const cJSON *json, struct recorded_turn *out, struct err *e)
{
    int n[2];
    out->has_at = cJSON_GetObjectItemCaseSensitive(json, "at") != NULL;
    if (!whole_read(json, "at", n, 2, e))
        return false;
    out->at = (struct point){n[0], n[1]};
    return true;
}

static bool ended_step_read(const cJSON *item, struct ended *out, struct err *e)
{
    char *line = NULL, *failed = NULL;
    struct rect place;
    bool read = text_read(item, "step", &line, e) && text_read(item, "failed", &failed, e) &&
                rect_read(item, "place", &place, e);
    if (read)
        ended_add(out, line, failed && *failed ? failed : NULL, place);
    free(line);
    free(failed);
    return read;
}

static bool ended_read(const cJSON *json, struct ended *out, struct err *e)
{
    const cJSON *item;
    bool read = true;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(json, "ended")) read =
        read && ended_step_read(item, out, e);
    return read;
}

/* A member's text, kept by the scene; "" when it is not there. */
static const char *scene_text(const cJSON *json, const char *name, struct scene *scene)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    return text ? arena_text(&scene->arena, text) : "";
}

static bool element_read(const cJSON *json, struct scene *scene, struct err *e)
{
    int id = 0;
    double number = 0;
    struct rect box;
    if (!number_read(json, "id", &number, e) || !rect_read(json, "box", &box, e))
        return false;
    if (number >= 1 && number <= INT_MAX)
        id = (int)number;
    struct element *el = scene_add_element(scene);
    const char *role = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "role"));
    *el = (struct element){.id = id,
                           .role = role ? role_from_name(role) : ROLE_NONE,
                           .box = box,
                           .text = scene_text(json, "text", scene),
                           .label = scene_text(json, "label", scene),
                           .value = scene_text(json, "value", scene),
                           .group = scene_text(json, "group", scene),
                           .confidence = 1};
    const cJSON *state;
    cJSON_ArrayForEach(state, cJSON_GetObjectItemCaseSensitive(json, "states")) el->states |=
        cJSON_IsString(state) ? state_from_name(cJSON_GetStringValue(state)) : 0;
    if (!*el->value && !role_is_field(el->role))
        el->value = NULL;
    return true;
}

static bool scene_read(const cJSON *json, struct recorded_turn *turn, struct scene *scene,
                       struct err *e)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, "scene"), *element;
    const char *word = cJSON_GetStringValue(item);
    bool read = true;
    turn->scene = cJSON_IsObject(item)                ? FORMAT_SCENE_NEW
                  : word && strcmp(word, "same") == 0 ? FORMAT_SCENE_SAME
                                                      : FORMAT_SCENE_NONE;
    if (turn->scene != FORMAT_SCENE_NEW)
        return true;
    scene_reset(scene, 0, 0);
    scene->window = scene_text(item, "window", scene);
    cJSON_ArrayForEach(element, cJSON_GetObjectItemCaseSensitive(item, "elements")) read =
        read && element_read(element, scene, e);
    return read;
}

static bool turn_read(const cJSON *json, struct recorded_turn *out, struct scene *scene,
                      struct err *e)
{
    double number = 0;
    if (!cJSON_IsObject(json))
        return err_set(e, ERR_USAGE, "a turn is an object");
    if (!number_read(json, "turn", &number, e) || !number_read(json, "time", &out->seconds, e))
        return false;
    if (!(number >= 1 && number <= INT_MAX) || number != floor(number))
        return err_set(e, ERR_USAGE, "\"turn\" is missing or not a number from 1");
    out->number = (int)number;
    return text_read(json, "step", &out->step, e) && text_read(json, "action", &out->action, e) &&
           text_read(json, "verdict", &out->verdict, e) &&
           text_read(json, "outcome", &out->outcome, e) &&
           text_read(json, "last_effect", &out->last_effect, e) &&
           text_read(json, "wall", &out->wall, e) && text_read(json, "frame", &out->frame, e) &&
           frame_path_check(out->frame, e) && at_read(json, out, e) &&
           ended_read(json, &out->ended, e) && scene_read(json, out, scene, e) &&
           phases_read(json, out, e);
}

/* cJSON ends reading at a NUL byte and at the end of the value: what stands behind either is an
 * error, too. */
static cJSON *json_parse(const char *text, size_t length_bytes, struct err *e)
{
    const char *end = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(text, length_bytes, &end, false);
    if (json) {
        while (end < text + length_bytes && *end && strchr(" \t\r\n", *end))
            end++;
        if (end == text + length_bytes)
            return json;
    }
    cJSON_Delete(json);
    err_set(e, ERR_USAGE, "not JSON from character %zd", end ? end - text + 1 : (ptrdiff_t)1);
    return NULL;
}

bool format_read_turn(const char *text, size_t length_bytes, struct recorded_turn *out,
                      struct scene *scene, struct err *e)
{
    cJSON *json = json_parse(text, length_bytes, e);
    if (!json)
        return false;
    struct recorded_turn turn = {0};
    struct scene seen = {0};
    bool read = turn_read(json, &turn, &seen, e);
    cJSON_Delete(json);
    if (read) {
        *out = turn;
        *scene = seen;
    } else {
        recorded_turn_finish(&turn);
        scene_finish(&seen);
    }
    return read;
}

/* A hash; "" when it is not there. */
static bool hash_read(const cJSON *json, const char *name, char out[AUDIT_HASH_SIZE], struct err *e)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    out[0] = '\0';
    if (!text)
        return true;
    if (strlen(text) != AUDIT_HASH_SIZE - 1)
        return err_set(e, ERR_USAGE, "\"%s\" is no hash", name);
    memcpy(out, text, AUDIT_HASH_SIZE);
    return true;
}

bool format_read_decision(const char *text, size_t length_bytes, struct read_decision *out,
                          struct err *e)
{
    double line = 0, turn = 0;
    cJSON *json = json_parse(text, length_bytes, e);
    if (!json)
        return false;
    bool read = number_read(json, "line", &line, e) && number_read(json, "turn", &turn, e) &&
                hash_read(json, "before", out->before, e);
    cJSON_Delete(json);
    if (read && !(line >= 1 && line < INT_MAX && turn >= 1 && turn < INT_MAX))
        read = err_set(e, ERR_USAGE, "\"line\" or \"turn\" is no number from 1");
    out->line = read ? (int)line : 0;
    out->turn = read ? (int)turn : 0;
    return read;
}

static bool audit_read(const cJSON *json, struct audit_end *out, struct err *e)
{
    double lines = 0;
    const cJSON *audit = cJSON_GetObjectItemCaseSensitive(json, "audit");
    if (!audit)
        return true;
    if (!number_read(audit, "lines", &lines, e) || !hash_read(audit, "last", out->last, e))
        return false;
    out->lines = lines >= 0 && lines < INT_MAX ? (int)lines : 0;
    return true;
}

static bool schema_check(const cJSON *json, struct err *e)
{
    const char *schema = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "schema"));
    if (!schema)
        return err_set(e, ERR_USAGE, "not an episode: it has no \"schema\"");
    if (strcmp(schema, FORMAT_SCHEMA) != 0)
        return err_set(e, ERR_USAGE, "the schema is \"%.40s\"; this hem reads \"%s\"", schema,
                       FORMAT_SCHEMA);
    return true;
}

static bool data_read(const cJSON *json, struct recording *out, struct err *e)
{
    const cJSON *item;
    bool read = true;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(json, "data"))
    {
        char *name = NULL, *value = NULL, *hole = NULL;
        read = read && text_read(item, "name", &name, e) && text_read(item, "value", &value, e) &&
               text_read(item, "hole", &hole, e);
        if (read) {
            data_add(&out->data, name, value);
            data_add(&out->holes, name, hole);
        }
        free(name);
        free(value);
        free(hole);
    }
    return read;
}

static bool start_read(const cJSON *json, struct recording *out, struct err *e)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "argv"), *word;
    int count = 0;
    if (!list)
        return true;
    if (!cJSON_IsArray(list))
        return err_set(e, ERR_USAGE, "\"argv\" is not a list");
    out->argv = mem_zero((size_t)cJSON_GetArraySize(list) + 1, sizeof *out->argv);
    cJSON_ArrayForEach(word, list)
    {
        if (!cJSON_IsString(word))
            return err_set(e, ERR_USAGE, "\"argv\" is not a list of texts");
        out->argv[count++] = mem_text(cJSON_GetStringValue(word));
    }
    return true;
}

static bool episode_read(const cJSON *json, struct recording *out, struct err *e)
{
    int screen[2] = {0};
    if (!schema_check(json, e) || !text_read(json, "task", &out->task, e) ||
        !text_read(json, "path", &out->path, e) || !text_read(json, "goal", &out->goal, e) ||
        !text_read(json, "started", &out->started, e) ||
        !text_read(json, "policy", &out->policy, e) ||
        !text_read(json, "outcome", &out->outcome, e) || !text_read(json, "why", &out->why, e) ||
        !whole_read(json, "screen", screen, 2, e) || !data_read(json, out, e) ||
        !start_read(json, out, e) || !text_read(json, "directory", &out->directory, e) ||
        !audit_read(json, &out->audit, e))
        return false;
    out->width = screen[0];
    out->height = screen[1];
    return (out->outcome && *out->outcome) || err_set(e, ERR_USAGE, "\"outcome\" is missing");
}

bool format_read_episode(const char *text, size_t length_bytes, struct recording *out,
                         struct err *e)
{
    cJSON *json = json_parse(text, length_bytes, e);
    if (!json)
        return false;
    struct recording r = {0};
    bool read = episode_read(json, &r, e);
    cJSON_Delete(json);
    if (read)
        *out = r;
    else
        recording_finish(&r);
    return read;
}

#include "trajectory/format.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The summary of a scene is for people and for learning: what is beyond this says no more. */
#define SCENE_ELEMENTS_MAX   200
#define SCENE_TEXT_MAX_BYTES 1000

/* Appends at most MAX_BYTES of TEXT; bytes that are not UTF-8 become U+FFFD, as JSON has no place
 * for them. */
static void text_clean(const char *text, size_t max_bytes, struct buf *out)
{
    size_t begin = out->length;
    for (uint32_t c = utf8_next(&text); c != 0; c = utf8_next(&text)) {
        if (out->length - begin > max_bytes) {
            buf_add(out, "…");
            return;
        }
        utf8_put(c, out);
    }
}

/* Adds a member, or an item when NAME is NULL. Nothing for an empty text. The secrets go before
 * anything is cut. */
static void text_add_short(cJSON *to, const char *name, const char *text, size_t max_bytes,
                           const struct data *secrets)
{
    if (!text || !*text)
        return;
    struct buf redacted = {0}, clean = {0};
    if (secrets)
        data_redact(secrets, text, &redacted);
    text_clean(secrets ? buf_text(&redacted) : text, max_bytes, &clean);
    cJSON_AddStringToObject(to, name, buf_text(&clean));
    buf_finish(&redacted);
    buf_finish(&clean);
}

static void text_add(cJSON *to, const char *name, const char *text, const struct data *secrets)
{
    text_add_short(to, name, text, SIZE_MAX, secrets);
}

static double round_to_thousandth(double value)
{
    return round(value * 1000) / 1000;
}

static void number_add(cJSON *to, const char *name, double value)
{
    cJSON_AddNumberToObject(to, name, round_to_thousandth(value));
}

/* Whole numbers are most of a scene, and cJSON prints each as a double and reads it back: too slow
 * for every turn. */
static void whole_add(cJSON *to, const char *name, int value)
{
    char text[16];
    snprintf(text, sizeof text, "%d", value);
    cJSON_AddRawToObject(to, name, text);
}

static void pair_add(cJSON *to, const char *name, int a, int b)
{
    char text[32];
    snprintf(text, sizeof text, "[%d,%d]", a, b);
    cJSON_AddRawToObject(to, name, text);
}

static void rect_add(cJSON *to, const char *name, struct rect r)
{
    char text[64];
    snprintf(text, sizeof text, "[%d,%d,%d,%d]", r.x, r.y, r.width, r.height);
    cJSON_AddRawToObject(to, name, text);
}

static void phases_add(cJSON *to, const struct phases *phases)
{
    cJSON *ms = cJSON_AddObjectToObject(to, "ms");
    number_add(ms, "settle", phases->settle_ms);
    number_add(ms, "capture", phases->capture_ms);
    number_add(ms, "read", phases->read_ms);
    number_add(ms, "decide", phases->decide_ms);
    number_add(ms, "act", phases->act_ms);
}

/* Appends and deletes JSON. */
static bool json_print(cJSON *json, struct buf *out, struct err *e)
{
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    if (!text)
        return err_set(e, ERR_IO, "no memory for a line of the trajectory");
    buf_add(out, text);
    cJSON_free(text);
    return true;
}

static cJSON *element_json(const struct element *el, const struct data *secrets)
{
    cJSON *json = cJSON_CreateObject();
    whole_add(json, "id", el->id);
    cJSON_AddStringToObject(json, "role", role_name(el->role));
    text_add_short(json, "label", el->label, SCENE_TEXT_MAX_BYTES, secrets);
    text_add_short(json, "text", el->text, SCENE_TEXT_MAX_BYTES, secrets);
    text_add_short(json, "value", el->value, SCENE_TEXT_MAX_BYTES, secrets);
    text_add_short(json, "group", el->group, SCENE_TEXT_MAX_BYTES, secrets);
    if (el->states) {
        cJSON *states = cJSON_AddArrayToObject(json, "states");
        for (int i = 0; i < STATE_BITS; i++)
            if (el->states & 1u << i)
                cJSON_AddItemToArray(states, cJSON_CreateString(state_name(1u << i)));
    }
    rect_add(json, "box", el->box);
    return json;
}

bool format_scene(const struct scene *scene, const struct data *secrets, struct buf *out,
                  struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    text_add_short(json, "window", scene->window, SCENE_TEXT_MAX_BYTES, secrets);
    cJSON *elements = cJSON_AddArrayToObject(json, "elements");
    int room = SCENE_ELEMENTS_MAX, cells = 0, more = 0;
    for (int i = 0; i < scene->element_count; i++)
        cells += scene->elements[i].role == ROLE_CELL;
    int others = scene->element_count - cells; /* a large table must not crowd them out */
    int cell_room = others < room ? room - others : 0;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *el = &scene->elements[i];
        int *left = el->role == ROLE_CELL ? &cell_room : &room;
        if (*left <= 0)
            more++;
        else
            cJSON_AddItemToArray(elements, element_json(el, secrets));
        --*left;
    }
    if (more)
        whole_add(json, "more", more);
    return json_print(json, out, e);
}

bool format_turn(const struct trajectory_turn *turn, const struct turn_stamp *stamp,
                 const struct data *secrets, struct buf *out, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    whole_add(json, "turn", turn->number);
    number_add(json, "time", stamp->seconds);
    text_add(json, "wall", stamp->wall, NULL);
    text_add(json, "step", turn->step, secrets);
    text_add(json, "action", turn->action, secrets);
    if (turn->has_at)
        pair_add(json, "at", turn->at.x, turn->at.y);
    text_add(json, "verdict", turn->verdict, secrets);
    text_add(json, "outcome", turn->outcome, secrets);
    text_add(json, "last_effect", turn->last_effect, NULL);
    cJSON_AddBoolToObject(json, "still", turn->still);
    if (turn->moving)
        cJSON_AddTrueToObject(json, "moving");
    phases_add(json, &turn->phases);
    text_add(json, "frame", stamp->frame, NULL);
    if (stamp->scene)
        cJSON_AddRawToObject(json, "scene", stamp->scene);
    if (!json_print(json, out, e))
        return false;
    buf_add_char(out, '\n');
    return true;
}

/* Members of one name would be lost on most readers: the last value of a name is the one that
 * counts. */
static cJSON *values_json(const struct data *values, const struct data *secrets)
{
    cJSON *json = cJSON_CreateObject();
    for (int i = 0; i < values->count; i++) {
        struct buf value = {0}, clean = {0};
        if (secrets)
            data_redact(secrets, values->items[i].value, &value);
        else
            buf_add(&value, values->items[i].value);
        text_clean(buf_text(&value), SIZE_MAX, &clean);
        cJSON_DeleteItemFromObjectCaseSensitive(json, values->items[i].name);
        cJSON_AddStringToObject(json, values->items[i].name, buf_text(&clean));
        buf_finish(&value);
        buf_finish(&clean);
    }
    return json;
}

bool format_episode(const struct episode *episode, const struct episode_state *state,
                    const struct data *secrets, struct buf *out, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "schema", FORMAT_SCHEMA);
    cJSON_AddStringToObject(json, "hem", HEM_VERSION);
    text_add(json, "task", episode->task, secrets);
    text_add(json, "path", episode->path, secrets);
    text_add(json, "goal", episode->goal, secrets);
    text_add(json, "policy", episode->policy, secrets);
    text_add(json, "program", episode->program, secrets);
    if (episode->row > 0)
        whole_add(json, "row", episode->row);
    pair_add(json, "screen", episode->width, episode->height);
    text_add(json, "started", state->started, NULL);
    text_add(json, "ended", state->ended, NULL);
    if (state->ended)
        number_add(json, "seconds", state->seconds);
    text_add(json, "outcome", state->outcome, secrets);
    text_add(json, "why", state->why, secrets);
    if (state->values)
        cJSON_AddItemToObject(json, "values", values_json(state->values, secrets));
    if (state->totals)
        phases_add(json, state->totals);
    whole_add(json, "turns", state->turns);
    if (!json_print(json, out, e))
        return false;
    buf_add_char(out, '\n');
    return true;
}

/* Reading */

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

/* A trajectory may come from elsewhere: its pictures lie in its own directory, and nowhere else. */
static bool frame_path_check(const char *path, struct err *e)
{
    static const char within[] = FORMAT_FRAMES "/";
    if (!*path)
        return true;
    if (strncmp(path, within, sizeof within - 1) == 0 && path[sizeof within - 1] &&
        !strchr(path + sizeof within - 1, '/'))
        return true;
    return err_set(e, ERR_USAGE, "\"frame\" is not a file in %s", within);
}

static bool turn_read(const cJSON *json, struct recorded_turn *out, struct err *e)
{
    double number = 0;
    if (!cJSON_IsObject(json))
        return err_set(e, ERR_USAGE, "a turn is an object");
    if (!number_read(json, "turn", &number, e))
        return false;
    if (!(number >= 1 && number <= INT_MAX) || number != floor(number))
        return err_set(e, ERR_USAGE, "\"turn\" is missing or not a number from 1");
    out->number = (int)number;
    return text_read(json, "step", &out->step, e) && text_read(json, "action", &out->action, e) &&
           text_read(json, "verdict", &out->verdict, e) &&
           text_read(json, "outcome", &out->outcome, e) &&
           text_read(json, "frame", &out->frame, e) && frame_path_check(out->frame, e) &&
           phases_read(json, out, e);
}

static void turn_finish(struct recorded_turn *turn)
{
    free(turn->step);
    free(turn->action);
    free(turn->verdict);
    free(turn->outcome);
    free(turn->frame);
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
                      struct err *e)
{
    cJSON *json = json_parse(text, length_bytes, e);
    if (!json)
        return false;
    struct recorded_turn turn = {0};
    bool read = turn_read(json, &turn, e);
    cJSON_Delete(json);
    if (read)
        *out = turn;
    else
        turn_finish(&turn);
    return read;
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

bool format_read_episode(const char *text, size_t length_bytes, struct recording *out,
                         struct err *e)
{
    cJSON *json = json_parse(text, length_bytes, e);
    if (!json)
        return false;
    struct recording r = {0};
    bool read = schema_check(json, e) && text_read(json, "task", &r.task, e) &&
                text_read(json, "policy", &r.policy, e) &&
                text_read(json, "outcome", &r.outcome, e) && text_read(json, "why", &r.why, e);
    if (read && r.outcome && !*r.outcome)
        read = err_set(e, ERR_USAGE, "\"outcome\" is missing");
    cJSON_Delete(json);
    if (!read) {
        recording_finish(&r);
        return false;
    }
    out->task = r.task;
    out->policy = r.policy;
    out->outcome = r.outcome;
    out->why = r.why;
    return true;
}

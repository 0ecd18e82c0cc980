#include "trajectory/format.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
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

/* Appends TEXT as it may be written. The secrets go before anything is cut. */
static void text_ready(const char *text, size_t max_bytes, const struct data *secrets,
                       struct buf *out)
{
    struct buf redacted = {0};
    if (secrets)
        data_redact(secrets, text, &redacted);
    text_clean(secrets ? buf_text(&redacted) : text, max_bytes, out);
    buf_finish(&redacted);
}

/* Adds a member; nothing for an empty text. */
static void text_add_short(cJSON *to, const char *name, const char *text, size_t max_bytes,
                           const struct data *secrets)
{
    if (!text || !*text)
        return;
    struct buf ready = {0};
    text_ready(text, max_bytes, secrets, &ready);
    cJSON_AddStringToObject(to, name, buf_text(&ready));
    buf_finish(&ready);
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

static void ended_add_json(cJSON *to, const struct ended *ended, const struct data *secrets)
{
    if (!ended || !ended->count)
        return;
    cJSON *list = cJSON_AddArrayToObject(to, "ended");
    for (int i = 0; i < ended->count; i++) {
        cJSON *step = cJSON_CreateObject();
        text_add(step, "step", ended->items[i].line, secrets);
        text_add(step, "failed", ended->items[i].failed, secrets);
        if (!rect_empty(ended->items[i].place))
            rect_add(step, "place", ended->items[i].place);
        if (ended->items[i].ms > 0)
            number_add(step, "ms", ended->items[i].ms);
        cJSON_AddItemToArray(list, step);
    }
}

bool format_turn(const struct trajectory_turn *turn, const struct turn_stamp *stamp,
                 const struct data *secrets, struct buf *out, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    whole_add(json, "turn", turn->number);
    number_add(json, "time", stamp->seconds);
    text_add(json, "wall", stamp->wall, NULL);
    ended_add_json(json, turn->ended, secrets);
    text_add(json, "step", turn->step, secrets);
    text_add(json, "action", turn->action, secrets);
    if (turn->has_at)
        pair_add(json, "at", turn->at.x, turn->at.y);
    if (turn->events[0])
        pair_add(json, "events", turn->events[0], turn->events[1]);
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

bool format_decision(const struct decision *d, const struct audit_end *end, const char *wall,
                     const struct data *secrets, struct buf *out, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    whole_add(json, "line", end->lines + 1);
    text_add(json, "before", end->last, NULL);
    whole_add(json, "turn", d->turn);
    text_add(json, "wall", wall, NULL);
    text_add(json, "step", d->step, secrets);
    text_add(json, "action", d->action, secrets);
    text_add(json, "window", d->window, secrets);
    text_add(json, "under", d->under, secrets);
    text_add(json, "rule", d->rule, secrets);
    text_add(json, "verdict", d->verdict, NULL);
    text_add(json, "check", d->check, secrets);
    text_add(json, "answer", d->answer, NULL);
    cJSON_AddBoolToObject(json, "allowed", d->allowed);
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
        struct buf ready = {0};
        text_ready(values->items[i].value, SIZE_MAX, secrets, &ready);
        cJSON_DeleteItemFromObjectCaseSensitive(json, values->items[i].name);
        cJSON_AddStringToObject(json, values->items[i].name, buf_text(&ready));
        buf_finish(&ready);
    }
    return json;
}

/* How the program was started, for who starts it again. */
static void start_add(cJSON *to, const struct episode *episode, const struct data *secrets)
{
    if (!episode->argv || !episode->argv[0])
        return;
    cJSON *list = cJSON_AddArrayToObject(to, "argv");
    for (char *const *word = episode->argv; *word; word++) {
        struct buf ready = {0};
        text_ready(*word, SIZE_MAX, secrets, &ready);
        cJSON_AddItemToArray(list, cJSON_CreateString(buf_text(&ready)));
        buf_finish(&ready);
    }
    text_add(to, "directory", episode->directory, secrets);
}

/* What the episode works on. A name may stand more than once, so it is a list. */
static void data_add_json(cJSON *to, const struct episode *episode, const struct data *secrets)
{
    if (!episode->data || !episode->data->count)
        return;
    cJSON *list = cJSON_AddArrayToObject(to, "data");
    for (int i = 0; i < episode->data->count; i++) {
        cJSON *datum = cJSON_CreateObject();
        text_add(datum, "name", episode->data->items[i].name, secrets);
        text_add(datum, "value", episode->data->items[i].value, secrets);
        text_add(datum, "hole", episode->holes->items[i].value, secrets);
        cJSON_AddItemToArray(list, datum);
    }
}

static void expenses_add(cJSON *to, const struct expenses *spent)
{
    cJSON *model = cJSON_AddObjectToObject(to, "model");
    whole_add(model, "calls", spent->calls);
    cJSON_AddNumberToObject(model, "input", (double)spent->input);
    cJSON_AddNumberToObject(model, "cached", (double)spent->cached);
    cJSON_AddNumberToObject(model, "cache_written", (double)spent->cache_written);
    cJSON_AddNumberToObject(model, "output", (double)spent->output);
    cJSON_AddNumberToObject(model, "dollars", spent->dollars);
}

/* What was still one gesture, and the events that belong to none. */
static void fold_add(cJSON *to, const struct gesture_limits *limits, const struct gestures *g)
{
    cJSON *fold = cJSON_AddObjectToObject(to, "fold");
    number_add(fold, "double_click_ms", limits->double_click_ms);
    whole_add(fold, "double_click_px", limits->double_click_px);
    whole_add(fold, "drag_px", limits->drag_px);
    number_add(fold, "type_gap_ms", limits->type_gap_ms);
    number_add(fold, "scroll_gap_ms", limits->scroll_gap_ms);
    number_add(fold, "rest_ms", limits->rest_ms);
    cJSON *list = cJSON_AddArrayToObject(fold, "noise");
    for (int i = 0; i < g->noise_count; i++) {
        cJSON *noise = cJSON_CreateObject();
        pair_add(noise, "events", g->noise[i].first + 1, g->noise[i].last + 1);
        cJSON_AddStringToObject(noise, "what", g->noise[i].what);
        cJSON_AddItemToArray(list, noise);
    }
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
    start_add(json, episode, secrets);
    if (episode->row > 0)
        whole_add(json, "row", episode->row);
    data_add_json(json, episode, secrets);
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
    if (state->expenses && state->expenses->calls)
        expenses_add(json, state->expenses);
    whole_add(json, "turns", state->turns);
    if (episode->gestures)
        fold_add(json, episode->limits, episode->gestures);
    if (state->audit) {
        cJSON *audit = cJSON_AddObjectToObject(json, "audit");
        whole_add(audit, "lines", state->audit->lines);
        text_add(audit, "last", state->audit->last, NULL);
    }
    if (!json_print(json, out, e))
        return false;
    buf_add_char(out, '\n');
    return true;
}

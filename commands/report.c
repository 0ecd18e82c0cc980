#include "commands/report.h"

#include "base/utf8.h"
#include "commands/scene_json.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STEP_COLUMN 60

/* Colour only where a person looks. */
static const char *tint(const char *code)
{
    return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") ? code : "";
}

void report_json(char *json)
{
    struct buf line = {0};
    if (json) {
        utf8_clean(json, &line);
        puts(buf_text(&line));
    }
    fflush(stdout);
    buf_finish(&line);
    free(json);
}

static void print_json(cJSON *object)
{
    report_json(cJSON_PrintUnformatted(object));
    cJSON_Delete(object);
}

static void add_text(cJSON *object, const char *name, const char *text)
{
    if (text)
        cJSON_AddStringToObject(object, name, text);
    else
        cJSON_AddNullToObject(object, name);
}

/* Three decimals: more is noise. */
static void add_number(cJSON *object, const char *name, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.3f", value);
    cJSON_AddRawToObject(object, name, text);
}

void report_step(bool json, int number, const char *line, double ms, const struct err *failed)
{
    if (json) {
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "event", "step");
        cJSON_AddNumberToObject(o, "number", number);
        cJSON_AddStringToObject(o, "step", line);
        cJSON_AddBoolToObject(o, "ok", !failed);
        add_text(o, "error", failed ? failed->text : NULL);
        add_number(o, "seconds", ms / 1000);
        print_json(o);
        return;
    }
    printf("%s%4d%s  %-*s %s%6.2f s%s\n", tint(failed ? "\033[31m" : "\033[32m"), number,
           tint("\033[0m"), STEP_COLUMN, line, tint("\033[2m"), ms / 1000, tint("\033[0m"));
    if (failed)
        printf("      %s\n", failed->text);
    fflush(stdout);
}

static void add_values(cJSON *object, const struct data *values)
{
    cJSON *o = cJSON_AddObjectToObject(object, "values");
    for (int i = 0; i < values->count; i++)
        add_text(o, values->items[i].name, values->items[i].value);
}

/* What the hands have done, what was seen to come of each, and where and what it was last. */
static void add_actions(cJSON *object, const struct history *turns, bool refused)
{
    cJSON *list = cJSON_AddArrayToObject(object, "actions"), *at = NULL;
    cJSON *effects = cJSON_AddArrayToObject(object, "effects");
    const char *effect = NULL;
    const struct history_turn *turn;
    for (int back = HISTORY_MAX - 1; turns && back >= 0; back--) {
        turn = history_last(turns, back);
        if (!turn || !turn->acted)
            continue;
        cJSON_AddItemToArray(list, cJSON_CreateString(turn->action));
        effect = turn->effect;
        cJSON_AddItemToArray(effects, effect ? cJSON_CreateString(effect) : cJSON_CreateNull());
        if (turn->has_at) {
            cJSON_Delete(at);
            at = cJSON_CreateIntArray((const int[]){turn->at.x, turn->at.y}, 2);
        }
    }
    add_text(object, "effect", refused ? "refused" : effect);
    cJSON_AddItemToObject(object, "at", at ? at : cJSON_CreateNull());
}

void report_answer(int number, const char *line, const struct emulator_report *r,
                   const struct history *turns, double ms)
{
    bool done = r->outcome == OUTCOME_DONE;
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "event", "step");
    cJSON_AddNumberToObject(o, "number", number);
    add_text(o, "step", line);
    cJSON_AddBoolToObject(o, "ok", done);
    cJSON_AddStringToObject(o, "outcome", outcome_name(r->outcome));
    add_actions(o, turns, r->outcome == OUTCOME_REFUSED);
    add_values(o, &r->values);
    add_text(o, "notes", r->notes && *r->notes ? r->notes : NULL);
    add_text(o, "error", done ? NULL : r->err.text);
    add_number(o, "ms", ms);
    print_json(o);
}

void report_scene(int number, const struct scene *scene, const struct err *failed, double ms)
{
    struct buf text = {0};
    cJSON *o = cJSON_CreateObject();
    if (scene)
        scene_json(scene, &text);
    cJSON_AddStringToObject(o, "event", "scene");
    cJSON_AddNumberToObject(o, "number", number);
    cJSON_AddBoolToObject(o, "ok", scene != NULL);
    cJSON_AddRawToObject(o, "scene", scene ? buf_text(&text) : "null");
    add_text(o, "error", failed ? failed->text : NULL);
    add_number(o, "ms", ms);
    print_json(o);
    buf_finish(&text);
}

static cJSON *person_json(const struct emulator_report *r)
{
    cJSON *person = cJSON_CreateObject();
    add_number(person, "seconds", klm_seconds(&r->klm));
    cJSON_AddNumberToObject(person, "K", r->klm.k);
    cJSON_AddNumberToObject(person, "P", r->klm.p);
    cJSON_AddNumberToObject(person, "H", r->klm.h);
    cJSON_AddNumberToObject(person, "B", r->klm.b);
    cJSON_AddNumberToObject(person, "M", r->klm.m);
    return person;
}

static cJSON *model_json(const struct emulator_report *r)
{
    cJSON *model = cJSON_CreateObject();
    cJSON_AddNumberToObject(model, "calls", r->calls);
    cJSON_AddNumberToObject(model, "input", (double)r->usage.input);
    cJSON_AddNumberToObject(model, "cached", (double)r->usage.cached);
    cJSON_AddNumberToObject(model, "cache_written", (double)r->usage.cache_written);
    cJSON_AddNumberToObject(model, "output", (double)r->usage.output);
    cJSON_AddNumberToObject(model, "dollars", r->usage.dollars);
    return model;
}

static void end_json(const struct task *task, const struct emulator_report *r,
                     const char *trajectory)
{
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "event", "end");
    add_text(o, "task", task->name);
    add_text(o, "policy", r->who && *r->who ? r->who : r->policy);
    cJSON_AddStringToObject(o, "outcome", outcome_name(r->outcome));
    add_text(o, "error", r->outcome == OUTCOME_DONE ? NULL : r->err.text);
    add_text(o, "notes", r->notes && *r->notes ? r->notes : NULL);
    cJSON_AddNumberToObject(o, "steps", r->steps);
    cJSON_AddNumberToObject(o, "turns", r->turns);
    add_number(o, "seconds", r->seconds);
    add_number(o, "start_seconds", r->start_ms / 1000);
    cJSON *ms = cJSON_AddObjectToObject(o, "ms");
    add_number(ms, "settle", r->phases.settle_ms);
    add_number(ms, "capture", r->phases.capture_ms);
    add_number(ms, "read", r->phases.read_ms);
    add_number(ms, "decide", r->phases.decide_ms);
    add_number(ms, "act", r->phases.act_ms);
    cJSON_AddItemToObject(o, "person", person_json(r));
    if (r->seconds > 0 && r->outcome == OUTCOME_DONE)
        add_number(o, "ratio", klm_seconds(&r->klm) / r->seconds);
    if (r->calls)
        cJSON_AddItemToObject(o, "model", model_json(r));
    add_values(o, &r->values);
    add_text(o, "trajectory", trajectory);
    print_json(o);
}

static void print_times(const struct emulator_report *r)
{
    const struct phases *p = &r->phases;
    printf("time     settle %.2f s, capture %.2f s, read %.2f s, decide %.2f s, act %.2f s\n",
           p->settle_ms / 1000, p->capture_ms / 1000, p->read_ms / 1000, p->decide_ms / 1000,
           p->act_ms / 1000);
}

static void print_model(const struct emulator_report *r)
{
    const struct usage *u = &r->usage;
    if (r->calls)
        printf("model    asked %d times: %ld tokens read anew, %ld from its cache, %ld written; "
               "$%.4f\n",
               r->calls, u->input + u->cache_written, u->cached, u->output, u->dollars);
}

/* The model's operators and their times stand in the output, so that anybody can check the sum. */
static void print_person(const struct emulator_report *r)
{
    const struct klm *k = &r->klm;
    double seconds = klm_seconds(k);
    if (seconds <= 0)
        return;
    printf(
        "person   %.1f s by the keystroke-level model (Card, Moran and Newell 1980):\n"
        "         %d K x %.2f s + %d P x %.2f s + %d H x %.2f s + %d B x %.2f s + %d M x %.2f s\n",
        seconds, k->k, KLM_K_S, k->p, KLM_P_S, k->h, KLM_H_S, k->b, KLM_B_S, k->m, KLM_M_S);
    if (r->outcome == OUTCOME_DONE && r->seconds > 0)
        printf("ratio    %s%.1f times as fast as that person%s\n", tint("\033[1m"),
               seconds / r->seconds, tint("\033[0m"));
}

void report_end(bool json, const struct task *task, const struct emulator_report *r,
                const char *trajectory)
{
    if (json) {
        end_json(task, r, trajectory);
        return;
    }
    bool done = r->outcome == OUTCOME_DONE;
    printf("%s%-8s%s %d steps in %.2f s (and %.2f s until the program was there)\n",
           tint(done ? "\033[1;32m" : "\033[1;31m"), outcome_name(r->outcome), tint("\033[0m"),
           r->steps, r->seconds, r->start_ms / 1000);
    if (!done)
        printf("why      %s\n", r->err.text);
    if (r->notes && *r->notes)
        printf("note     %s", r->notes);
    for (int i = 0; i < r->values.count; i++)
        printf("read     %s: %s\n", r->values.items[i].name, r->values.items[i].value);
    print_times(r);
    print_model(r);
    print_person(r);
    if (trajectory)
        printf("kept     %s\n", trajectory);
    fflush(stdout);
}

void report_row(bool json, int row, const char *outcome, double seconds, const char *error)
{
    if (json) {
        cJSON *o = cJSON_CreateObject();
        cJSON_AddStringToObject(o, "event", "row");
        cJSON_AddNumberToObject(o, "row", row);
        cJSON_AddStringToObject(o, "outcome", outcome);
        add_text(o, "error", error && *error ? error : NULL);
        add_number(o, "seconds", seconds);
        print_json(o);
        return;
    }
    bool done = strcmp(outcome, "done") == 0;
    printf("row %-6d %s%-8s%s %6.2f s  %s\n", row, tint(done ? "\033[32m" : "\033[31m"), outcome,
           tint("\033[0m"), seconds, error ? error : "");
    fflush(stdout);
}

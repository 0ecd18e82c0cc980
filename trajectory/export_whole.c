/* Formats in which an episode is one thing: AgentNet's rows, OSWorld's folders. */
#include "trajectory/export_parts.h"

#include "trajectory/disk.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- AgentNet, which OpenCUA is trained with ---- */

static cJSON *value_json(const struct sample *s, const char *code)
{
    cJSON *value = cJSON_CreateObject();
    cJSON_AddStringToObject(value, "code", code);
    cJSON_AddStringToObject(value, "observation", "");
    cJSON_AddStringToObject(value, "thought", "");
    cJSON_AddStringToObject(value, "action", s->step);
    cJSON_AddNullToObject(value, "last_step_correct");
    cJSON_AddNullToObject(value, "last_step_redundant");
    cJSON_AddStringToObject(value, "reflection", "");
    return value;
}

/* Its pictures are called by a name without folders. */
static bool agentnet_step(struct export *x, const struct sample *s, struct err *e)
{
    struct words words;
    struct buf path = {0};
    bool written = true;
    buf_addf(&path, "images/%s-%06d.png", s->episode->id, s->number);
    if (export_words(x, s, false, &words)) {
        cJSON *step = cJSON_CreateObject();
        cJSON_AddNumberToObject(step, "index", x->step);
        cJSON_AddStringToObject(step, "image", buf_text(&path) + strlen("images/"));
        cJSON_AddItemToObject(step, "value", value_json(s, buf_text(&words.text)));
        char *text = cJSON_PrintUnformatted(step);
        cJSON_Delete(step);
        buf_addf(&x->steps, "%s%s", x->step++ ? "," : "", text ? text : "");
        cJSON_free(text);
        written = export_picture(x, s->source, buf_text(&path), e);
        x->report.samples++;
    }
    buf_finish(&words.text);
    buf_finish(&path);
    return written;
}

/* STEPS: the JSON of them, one behind the other. */
static cJSON *agentnet_json(const struct exported *ep, const char *steps)
{
    struct buf list = {0};
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "task_id", ep->id);
    cJSON_AddStringToObject(row, "instruction", ep->goal);
    cJSON_AddBoolToObject(row, "task_completed", strcmp(ep->recording.outcome, "done") == 0);
    cJSON_AddNullToObject(row, "alignment_score");
    cJSON_AddNullToObject(row, "efficiency_score");
    cJSON_AddNullToObject(row, "task_difficulty");
    cJSON_AddStringToObject(row, "reason", ep->recording.why);
    cJSON_AddStringToObject(row, "actual_task", ep->goal);
    cJSON_AddStringToObject(row, "natural_language_task", ep->goal);
    buf_addf(&list, "[%s]", steps);
    cJSON_AddRawToObject(row, "traj", buf_text(&list));
    buf_finish(&list);
    return row;
}

bool agentnet_episode(struct export *x, const struct exported *episode, struct err *e)
{
    x->step = 0;
    bool written = export_samples(x, episode, agentnet_step, e);
    if (written && x->step > 0) {
        cJSON *row = agentnet_json(episode, buf_text(&x->steps));
        written = export_row(x, cJSON_PrintUnformatted(row), e);
        cJSON_Delete(row);
    }
    buf_finish(&x->steps);
    return written;
}

/* ---- OSWorld ---- */

/* When turn TURN acted, as 20261126@105702: as it says itself, else from when the episode began. */
static void stamp_add(const struct recording *r, int turn, struct buf *out)
{
    const struct recorded_turn *t = &r->turns[turn];
    struct tm when = {0};
    char text[32];
    bool said = strptime(*t->wall ? t->wall : r->started, "%Y-%m-%dT%H:%M:%S", &when) != NULL;
    time_t seconds = timegm(&when) + (said && !*t->wall ? (time_t)t->seconds : 0);
    gmtime_r(&seconds, &when);
    strftime(text, sizeof text, "%Y%m%d@%H%M%S", &when);
    buf_add(out, text);
}

static cJSON *osworld_row(const struct sample *s, int number, const char *code, const char *stamp,
                          const char *picture)
{
    cJSON *row = cJSON_CreateObject();
    cJSON_AddNumberToObject(row, "step_num", number);
    cJSON_AddStringToObject(row, "action_timestamp", stamp);
    cJSON_AddStringToObject(row, "action", code);
    cJSON_AddStringToObject(row, "response", s->step);
    cJSON_AddNumberToObject(row, "reward", 0);
    cJSON_AddBoolToObject(row, "done", s->act == NULL);
    cJSON_AddItemToObject(row, "info", cJSON_CreateObject());
    cJSON_AddStringToObject(row, "screenshot_file", picture);
    return row;
}

/* FOLDER/NAME is SOURCE. */
static bool osworld_picture(struct export *x, const char *source, const char *name, struct err *e)
{
    char *path = disk_path(x->folder, name);
    bool linked = export_picture(x, source, path, e);
    free(path);
    return linked;
}

/* The picture of a step is that of the screen after it. */
static bool osworld_step(struct export *x, const struct sample *s, struct err *e)
{
    const struct exported *ep = s->episode;
    const char *after = s->act ? s->act->after : ep->acts.last_frame;
    struct buf stamp = {0}, name = {0};
    struct words words;
    char *source = disk_path(ep->dir, after);
    bool written = x->step > 0 || osworld_picture(x, s->source, "step_0.png", e);
    if (!*after || access(source, R_OK) != 0) {
        export_left(x, s, "there is no picture after it");
    } else if (written && export_words(x, s, false, &words)) {
        stamp_add(&ep->recording, s->turn, &stamp);
        buf_addf(&name, "step_%d_%s.png", ++x->step, buf_text(&stamp));
        cJSON *row =
            osworld_row(s, x->step, buf_text(&words.text), buf_text(&stamp), buf_text(&name));
        written = osworld_picture(x, source, buf_text(&name), e) &&
                  export_row(x, cJSON_PrintUnformatted(row), e);
        x->report.samples++;
        cJSON_Delete(row);
        buf_finish(&words.text);
    }
    free(source);
    buf_finish(&stamp);
    buf_finish(&name);
    return written;
}

static bool small_write(struct export *x, const char *name, char *text, struct err *e)
{
    char *path = disk_path(x->folder, name);
    bool written = export_open(x, path, e) && export_row(x, text, e);
    free(path);
    return export_rows_end(x, e) && written;
}

/* What it was asked to do, and whether that was done. */
static bool osworld_about(struct export *x, const struct exported *ep, struct err *e)
{
    bool done = strcmp(ep->recording.outcome, "done") == 0;
    cJSON *task = cJSON_CreateObject();
    cJSON_AddStringToObject(task, "id", ep->id);
    cJSON_AddStringToObject(task, "instruction", ep->goal);
    char *text = cJSON_Print(task);
    cJSON_Delete(task);
    return small_write(x, "task.json", text, e) &&
           small_write(x, "result.txt", mem_text(done ? "1.0" : "0.0"), e);
}

bool osworld_episode(struct export *x, const struct exported *episode, struct err *e)
{
    struct buf folder = {0};
    if (x->request->split)
        buf_addf(&folder, "%s/", x->split->name);
    buf_add(&folder, episode->id);
    x->folder = buf_text(&folder);
    x->step = 0;
    char *path = disk_path(x->folder, "traj.jsonl");
    bool written = export_open(x, path, e) && export_samples(x, episode, osworld_step, e);
    free(path);
    written = export_rows_end(x, e) && written && osworld_about(x, episode, e);
    buf_finish(&folder);
    x->folder = NULL;
    return written;
}

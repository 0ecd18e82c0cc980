/* hem's own rows: one for each action, with everything that is known of it. */
#include "trajectory/export_parts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static void text_add(cJSON *to, const char *name, const char *text)
{
    if (text && *text)
        cJSON_AddStringToObject(to, name, text);
    else
        cJSON_AddNullToObject(to, name);
}

static cJSON *pair(double a, double b)
{
    return cJSON_CreateDoubleArray((const double[]){a, b}, 2);
}

/* X and Y as the coordinates that were asked for have them. */
static cJSON *place(const struct exported *ep, struct point at)
{
    double x, y;
    shot_numbers(&ep->shot, at, &x, &y);
    return pair(x, y);
}

static void places_add(cJSON *row, const struct exported *ep, const struct action *a)
{
    if (a && a->has_at)
        cJSON_AddItemToObject(row, "at", place(ep, a->at));
    else
        cJSON_AddNullToObject(row, "at");
    if (!a || a->path_count == 0) {
        cJSON_AddNullToObject(row, "path");
        return;
    }
    cJSON *path = cJSON_AddArrayToObject(row, "path");
    for (int i = 0; i < a->path_count; i++)
        cJSON_AddItemToArray(path, place(ep, a->path[i]));
}

/* The same members in every row, also where there is nothing: tables want that. */
static cJSON *row_json(const struct export *x, const struct sample *s)
{
    const struct exported *ep = s->episode;
    const struct recording *r = &ep->recording;
    const struct action *a = s->act ? &s->act->action : NULL;
    const struct recorded_turn *turn = &r->turns[s->turn];
    struct buf line = {0};
    cJSON *row = cJSON_CreateObject();
    struct shot picture = ep->shot;
    double side = picture.space == SHOT_THOUSAND ? 1000 : 1;
    bool pixels = picture.space == SHOT_PIXELS;
    if (a)
        action_print(a, &line);
    else
        buf_add(&line, action_name(ACTION_DONE));
    cJSON_AddStringToObject(row, "episode", ep->id);
    cJSON_AddNumberToObject(row, "number", s->number);
    cJSON_AddNumberToObject(row, "turn", turn->number);
    text_add(row, "task", r->task);
    cJSON_AddStringToObject(row, "goal", ep->goal);
    text_add(row, "policy", r->policy);
    cJSON_AddStringToObject(row, "outcome", r->outcome);
    text_add(row, "step", s->act ? s->act->step : "");
    cJSON_AddStringToObject(row, "action", buf_text(&line)); /* in pixels of the screen */
    cJSON_AddStringToObject(row, "kind", action_name(a ? a->kind : ACTION_DONE));
    places_add(row, ep, a);
    text_add(row, "text", a && a->kind == ACTION_TYPE ? s->act->text : "");
    text_add(row, "keys", a ? a->keys : "");
    cJSON_AddStringToObject(row, "coords", space_names[x->space]);
    cJSON_AddItemToObject(row, "screen", pair(picture.screen_width, picture.screen_height));
    cJSON_AddItemToObject(row, "target",
                          pixels ? pair(picture.width, picture.height) : pair(side, side));
    cJSON_AddNumberToObject(row, "seconds", turn->seconds);
    text_add(row, "wall", turn->wall);
    buf_finish(&line);
    return row;
}

char *record_text(const struct export *x, const struct sample *s, const char *member,
                  const char *picture)
{
    cJSON *row = row_json(x, s);
    if (member)
        cJSON_AddStringToObject(row, member, picture);
    char *text = cJSON_PrintUnformatted(row);
    cJSON_Delete(row);
    return text;
}

static bool row_write(struct export *x, const struct sample *s, struct err *e)
{
    x->report.samples++;
    return export_picture(x, s->source, s->picture, e) &&
           export_row(x, record_text(x, s, "image", s->picture), e);
}

bool record_episode(struct export *x, const struct exported *episode, struct err *e)
{
    return export_samples(x, episode, row_write, e);
}

/* ---- a folder of pictures with a table, as Hugging Face's datasets reads it ---- */

bool imagefolder_begin(struct export *x, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s/metadata.jsonl", x->split->name);
    bool opened = export_open(x, buf_text(&path), e);
    buf_finish(&path);
    return opened;
}

/* Each row has a picture of its own, beside the table: a name that stood twice would lose a row. */
static bool imagefolder_write(struct export *x, const struct sample *s, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s/", x->split->name);
    size_t folder = path.length;
    buf_addf(&path, "%s-%06d.png", s->episode->id, s->number);
    x->report.samples++;
    bool written = export_picture(x, s->source, buf_text(&path), e) &&
                   export_row(x, record_text(x, s, "file_name", buf_text(&path) + folder), e);
    buf_finish(&path);
    return written;
}

bool imagefolder_episode(struct export *x, const struct exported *episode, struct err *e)
{
    return export_samples(x, episode, imagefolder_write, e);
}

#include "trajectory/export.h"

#include "base/stop.h"
#include "trajectory/disk.h"
#include "trajectory/export_parts.h"
#include "trajectory/format.h"
#include "trajectory/found.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SCHEMA      "hem-export/1"
#define EXPORT_FILE "export.json"

/* ---- an episode ---- */

/* What a model is asked: the goal, else what the task is called and the data that it is done with.
 */
static char *goal_of(const struct export_request *request, const struct recording *r)
{
    struct buf goal = {0};
    if (*r->goal || request->goal)
        return mem_text(*r->goal ? r->goal : request->goal);
    buf_add(&goal, *r->task ? r->task : "What the person does");
    if (r->data.count)
        buf_add(&goal, ", with this data:");
    for (int i = 0; i < r->data.count; i++)
        buf_addf(&goal, "\n- %s: %s", r->data.items[i].name, r->data.items[i].value);
    return buf_take(&goal);
}

static void exported_finish(struct exported *ep)
{
    acts_finish(&ep->acts);
    recording_finish(&ep->recording);
    free(ep->goal);
}

static bool exported_read(struct export *x, const struct found_episode *found, struct exported *out,
                          struct err *e)
{
    struct exported ep = {.id = found->id, .dir = found->dir};
    if (!recording_read(found->dir, &ep.recording, e))
        return false;
    const struct recording *r = &ep.recording;
    bool read = acts_take(r, &ep.acts, e) || err_prefix(e, "%s: ", found->dir);
    if (read && (r->width <= 0 || r->height <= 0))
        read = err_set(e, ERR_USAGE, "%s: how large the screen was is not said", found->dir);
    if (!read) {
        exported_finish(&ep);
        return false;
    }
    shot_fit(&x->rule, r->width, r->height, &ep.shot);
    ep.goal = goal_of(x->request, r);
    ep.ends = strcmp(r->outcome, "done") == 0 && ep.acts.count > 0 && *ep.acts.last_frame &&
              ep.acts.items[ep.acts.count - 1].turn < r->turn_count - 1;
    *out = ep;
    return true;
}

static bool size_add(struct export *x, const struct exported *ep, struct err *e)
{
    long pixels = (long)ep->shot.screen_width * ep->shot.screen_height;
    if (x->shrinks_at && pixels > x->shrinks_at)
        return err_set(e, ERR_USAGE,
                       "%s: LLaMA-Factory makes a picture of %dx%d smaller before the model does: "
                       "say --max-pixels %ld here and image_max_pixels: %ld there, or --coords "
                       "thousand",
                       ep->dir, ep->shot.screen_width, ep->shot.screen_height, pixels, pixels);
    for (int i = 0; i < x->size_count; i++)
        if (x->sizes[i].screen_width == ep->shot.screen_width &&
            x->sizes[i].screen_height == ep->shot.screen_height)
            return true;
    if (x->size_count == SIZES_MAX)
        return err_set(e, ERR_USAGE, "screens of more than %d sizes", SIZES_MAX);
    x->sizes[x->size_count++] = ep->shot;
    return true;
}

/* ---- samples ---- */

static bool file_is(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

void export_left(struct export *x, const struct sample *s, const char *why)
{
    if (x->report.left_out++ == 0)
        snprintf(x->report.why, sizeof x->report.why, "%s, turn %d: %s", s->episode->id,
                 s->episode->recording.turns[s->turn].number, why);
}

static bool sample_one(struct export *x, struct sample *s, const char *frame,
                       bool (*each)(struct export *x, const struct sample *s, struct err *e),
                       struct err *e)
{
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "interrupted");
    struct buf picture = {0};
    char *source = disk_path(s->episode->dir, frame);
    bool fine = true;
    buf_addf(&picture, "images/%s/%s", s->episode->id, frame + strlen(FORMAT_FRAMES "/"));
    s->source = source;
    s->picture = buf_text(&picture);
    if (file_is(source))
        fine = each(x, s, e);
    else
        export_left(x, s, "its picture is missing");
    free(source);
    buf_finish(&picture);
    return fine;
}

bool export_samples(struct export *x, const struct exported *episode,
                    bool (*each)(struct export *x, const struct sample *s, struct err *e),
                    struct err *e)
{
    struct sample s = {.episode = episode};
    for (int i = 0; i < episode->acts.count; i++) {
        s.act = &episode->acts.items[i];
        s.turn = s.act->turn;
        s.step = s.act->step;
        s.number = i + 1;
        if (!*s.act->frame)
            export_left(x, &s, "it has no picture");
        else if (!sample_one(x, &s, s.act->frame, each, e))
            return false;
    }
    s.act = NULL;
    s.turn = episode->recording.turn_count - 1;
    s.step = "The goal is reached.";
    s.number = episode->acts.count + 1;
    return !episode->ends || sample_one(x, &s, episode->acts.last_frame, each, e);
}

bool export_picture(struct export *x, const char *source, const char *path, struct err *e)
{
    char *whole = disk_path(x->tree.path, path);
    bool there = file_is(whole);
    free(whole);
    if (there)
        return true;
    x->report.pictures++;
    return tree_link(&x->tree, source, path, e);
}

/* Is the step of a triple click one that fills in a field? */
static bool selects(const struct act *act)
{
    return strncmp(act->step, "type ", 5) == 0 || strncmp(act->step, "set ", 4) == 0 ||
           strncmp(act->step, "clear ", 6) == 0;
}

bool export_words(struct export *x, const struct sample *s, bool marks, struct words *out)
{
    *out = (struct words){.shot = &s->episode->shot, .marks = marks};
    if (!s->act) {
        words_done(x->words, out);
        return true;
    }
    struct buf why = {0};
    struct action action = s->act->action;
    action.text = s->act->text;
    if (words_action(x->words, &action, selects(s->act), out))
        return true;
    buf_addf(&why, "%s has no words for: ", words_names[x->words]);
    action_print(&action, &why);
    export_left(x, s, buf_text(&why));
    buf_finish(&why);
    return false;
}

/* ---- rows ---- */

bool export_row(struct export *x, char *json, struct err *e)
{
    bool written = json && fprintf(x->rows, "%s\n", json) > 0;
    free(json);
    return written || err_set(e, ERR_IO, "cannot write %s", x->rows_path);
}

bool export_open(struct export *x, const char *path, struct err *e)
{
    x->rows_path = mem_text(path);
    x->rows = tree_open(&x->tree, path, e);
    return x->rows != NULL;
}

bool export_rows_begin(struct export *x, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s.jsonl", x->split->name);
    bool opened = export_open(x, buf_text(&path), e);
    buf_finish(&path);
    return opened;
}

bool export_rows_end(struct export *x, struct err *e)
{
    bool closed = !x->rows || tree_close(x->rows, x->rows_path, e);
    free(x->rows_path);
    x->rows = NULL;
    x->rows_path = NULL;
    return closed;
}

/* ---- the whole ---- */

static cJSON *pair(int a, int b)
{
    return cJSON_CreateIntArray((const int[]){a, b}, 2);
}

static void sizes_add(cJSON *json, const struct export *x)
{
    if (x->rule.multiple) {
        cJSON *smart = cJSON_AddObjectToObject(json, "smart_resize");
        cJSON_AddNumberToObject(smart, "factor", x->rule.multiple);
        cJSON_AddNumberToObject(smart, "min_pixels", (double)x->rule.pixels_min);
        cJSON_AddNumberToObject(smart, "max_pixels", (double)x->rule.pixels_max);
    }
    cJSON *sizes = cJSON_AddArrayToObject(json, "sizes");
    for (int i = 0; i < x->size_count; i++) {
        const struct shot *s = &x->sizes[i];
        int side = s->space == SHOT_THOUSAND ? 1000 : 1;
        bool pixels = s->space == SHOT_PIXELS;
        cJSON *size = cJSON_CreateObject();
        cJSON_AddItemToObject(size, "original", pair(s->screen_width, s->screen_height));
        cJSON_AddItemToObject(size, "target",
                              pixels ? pair(s->width, s->height) : pair(side, side));
        cJSON_AddItemToArray(sizes, size);
    }
}

/* What there is beside the data: what the numbers in it count. */
static bool about_write(struct export *x, struct err *e)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "schema", SCHEMA);
    cJSON_AddStringToObject(json, "hem", HEM_VERSION);
    cJSON_AddStringToObject(json, "format", x->format->name);
    if (x->format->words_allowed)
        cJSON_AddStringToObject(json, "actions", words_names[x->words]);
    cJSON_AddStringToObject(json, "coords", space_names[x->space]);
    sizes_add(json, x);
    cJSON *splits = cJSON_AddArrayToObject(json, "splits");
    for (int i = 0; i < x->split_count; i++) {
        cJSON *split = cJSON_CreateObject();
        cJSON_AddStringToObject(split, "name", x->splits[i].name);
        cJSON_AddNumberToObject(split, "episodes", x->splits[i].episodes);
        cJSON_AddNumberToObject(split, "samples", x->splits[i].samples);
        cJSON_AddItemToArray(splits, split);
    }
    cJSON_AddNumberToObject(json, "left_out", x->report.left_out);
    char *text = cJSON_Print(json);
    cJSON_Delete(json);
    bool written = export_open(x, EXPORT_FILE, e) && export_row(x, text, e);
    return export_rows_end(x, e) && written;
}

static bool split_write(struct export *x, const struct found_episode *episodes, int count,
                        struct err *e)
{
    const struct export_format *f = x->format;
    int before = x->report.samples;
    if (f->split_begin && !f->split_begin(x, e))
        return false;
    for (int i = 0; i < count; i++) {
        struct exported ep;
        if (!exported_read(x, &episodes[i], &ep, e))
            return false;
        bool written = size_add(x, &ep, e) && f->episode(x, &ep, e);
        exported_finish(&ep);
        if (!written)
            return false;
        x->report.episodes++;
    }
    x->split->samples = x->report.samples - before;
    return !f->split_end || f->split_end(x, e);
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static int by_hash(const void *a, const void *b)
{
    const struct found_episode *p = a, *q = b;
    uint64_t left = hash_of(p->id), right = hash_of(q->id);
    return (left > right) - (left < right);
}

static int by_place(const void *a, const void *b)
{
    const struct found_episode *p = a, *q = b;
    return p->number - q->number;
}

/* Which episode is in which split depends on what they are called, and on nothing else. */
static bool splits_write(struct export *x, struct found_episode *episodes, int count, struct err *e)
{
    export_share(x, count);
    qsort(episodes, (size_t)count, sizeof *episodes, by_hash);
    for (int i = 0; i < x->split_count; i++) {
        x->split = &x->splits[i];
        qsort(episodes, (size_t)x->split->episodes, sizeof *episodes, by_place);
        if (!split_write(x, episodes, x->split->episodes, e))
            return false;
        episodes += x->split->episodes;
    }
    return (!x->format->finish || x->format->finish(x, e)) && about_write(x, e);
}

/* Those that pass the filters, into EPISODES; what they own stays FOUND's. */
static bool episodes_choose(struct export *x, const struct found *found,
                            struct found_episode *episodes, int *count, struct err *e)
{
    for (int i = 0; i < found->count; i++) {
        struct recording r = {0};
        if (x->request->filter_count && !recording_read_episode(found->items[i].dir, &r, e))
            return false;
        if (export_passes(x->request, &r))
            episodes[(*count)++] = found->items[i];
        else
            x->report.filtered++;
        recording_finish(&r);
    }
    return *count > 0 ||
           err_set(e, ERR_TASK, "none of %d episodes passes the filter", found->count);
}

static bool folder_write(struct export *x, const struct found *found, struct err *e)
{
    struct found_episode *episodes = mem_zero((size_t)found->count, sizeof *episodes);
    int count = 0;
    bool written = tree_begin(&x->tree, x->request->out, e) &&
                   episodes_choose(x, found, episodes, &count, e) &&
                   splits_write(x, episodes, count, e);
    free(episodes);
    if (written && x->report.samples == 0)
        written = err_set(e, ERR_TASK, "nothing was done in %s that could be learned%s%s",
                          count == 1 ? "that episode" : "those episodes",
                          *x->report.why ? ": " : "", x->report.why);
    if (written)
        return tree_publish(&x->tree, e);
    export_rows_end(x, NULL);
    shard_end(x, NULL);
    tree_drop(&x->tree);
    return false;
}

bool export_write(const struct export_request *request, struct export_report *report, struct err *e)
{
    struct export x = {0};
    struct found found = {0};
    bool written = export_plan(&x, request, e) &&
                   found_episodes(request->dirs, request->dir_count, &found, e) &&
                   folder_write(&x, &found, e);
    found_finish(&found);
    *report = x.report;
    return written;
}

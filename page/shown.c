#include "page/shown.h"

#include "base/buf.h"
#include "page/told.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"
#include "trajectory/results.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 3

static const char *text_of(const cJSON *json, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    return text ? text : "";
}

/* Results may come from elsewhere: what they name lies in their own folder. */
static bool path_inside(const char *path)
{
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (*part == '/' || strncmp(part, "../", 3) == 0 || strcmp(part, "..") == 0)
            return false;
    return true;
}

static void path_keep(char **path)
{
    if (*path && path_inside(*path))
        return;
    free(*path);
    *path = NULL;
}

static struct shown_try *try_add(struct shown *s)
{
    s->tries = mem_resize(s->tries, ((size_t)s->count + 1) * sizeof *s->tries);
    s->tries[s->count] = (struct shown_try){0};
    return &s->tries[s->count++];
}

/* Takes R's content over. */
static void result_take(struct shown *s, struct result *r)
{
    struct buf line = {0};
    struct shown_try *t = try_add(s);
    result_print(r, &line);
    t->line = buf_take(&line);
    t->went_wrong = r->outcome != RESULT_PASSED && r->outcome != RESULT_SKIPPED;
    path_keep(&r->trajectory);
    path_keep(&r->output);
    path_keep(&r->video);
    for (int i = 0; i < r->picture_count; i++) {
        path_keep(&r->pictures[i].expected);
        path_keep(&r->pictures[i].actual);
        path_keep(&r->pictures[i].difference);
    }
    t->result = *r;
    *r = (struct result){0};
}

static bool results_take(struct shown *s, const char *dir, struct err *e)
{
    struct results all = {0};
    if (!results_read(dir, &all, e))
        return false;
    for (int i = 0; i < all.count; i++)
        result_take(s, &all.items[i]);
    results_finish(&all);
    return true;
}

/* A film of the episode, where `hem video` has made one. */
static char *video_find(const char *dir, const char *folder)
{
    static const char *const names[] = {"video.mp4", "video.webm"};
    struct buf path = {0};
    char *found = NULL;
    for (int i = 0; i < 2 && !found; i++) {
        buf_reset(&path);
        buf_addf(&path, "%s/%s/%s", dir, folder, names[i]);
        if (access(path.text, F_OK) == 0)
            found = disk_path(folder, names[i]);
    }
    buf_finish(&path);
    return found;
}

/* An episode as a line like those of a test's results. */
static void episode_add(struct shown *s, const char *dir, const char *folder, const char *text)
{
    cJSON *json = cJSON_Parse(text);
    const char *outcome = text_of(json, "outcome");
    double seconds = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(json, "seconds")),
           row = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(json, "row"));
    struct shown_try *t = try_add(s);
    struct buf line = {0};
    buf_add(&line, "{\"case\":");
    told_text(folder, &line);
    told_member("name", text_of(json, "task"), &line);
    told_member("file", text_of(json, "path"), &line);
    told_member("outcome", *outcome ? outcome : "broken", &line);
    told_member("why", json ? text_of(json, "why") : "its episode.json can't be read", &line);
    told_member("started", text_of(json, "started"), &line);
    if (row >= 1 && isfinite(row))
        buf_addf(&line, ",\"row\":%.0f", row);
    if (seconds >= 0 && isfinite(seconds))
        buf_addf(&line, ",\"seconds\":%.3f", seconds);
    buf_add(&line, ",\"try\":1}");
    t->line = buf_take(&line);
    t->result.trajectory = mem_text(folder);
    t->result.video = video_find(dir, folder);
    t->went_wrong = strcmp(outcome, "done") != 0;
    cJSON_Delete(json);
}

static int no_dots(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* FOLDER is relative to DIR. */
static void episodes_find(struct shown *s, const char *dir, const char *folder, int depth)
{
    struct buf path = {0}, text = {0};
    struct dirent **entries = NULL;
    buf_addf(&path, "%s/%s/%s", dir, folder, FORMAT_EPISODE_FILE);
    if (disk_read(buf_text(&path), DISK_READ_BYTES, &text, NULL))
        episode_add(s, dir, folder, buf_text(&text));
    path.text[path.length - strlen(FORMAT_EPISODE_FILE)] = '\0';
    int count = depth > 0 ? scandir(path.text, &entries, no_dots, versionsort) : 0;
    for (int i = 0; i < count; i++) {
        struct buf below = {0};
        struct stat st;
        buf_addf(&below, "%s/%s/%s", dir, folder, entries[i]->d_name);
        bool is_folder = lstat(below.text, &st) == 0 && S_ISDIR(st.st_mode);
        buf_reset(&below);
        buf_addf(&below, strcmp(folder, ".") == 0 ? "%s%s" : "%s/%s",
                 strcmp(folder, ".") == 0 ? "" : folder, entries[i]->d_name);
        if (is_folder)
            episodes_find(s, dir, below.text, depth - 1);
        buf_finish(&below);
        free(entries[i]);
    }
    free(entries);
    buf_finish(&path);
    buf_finish(&text);
}

bool shown_read(const char *dir, struct shown *out, struct err *e)
{
    struct shown s = {0};
    struct buf run = {0};
    char *results = disk_path(dir, RESULTS_FILE), *run_path = disk_path(dir, RESULTS_RUN_FILE);
    s.test = access(results, F_OK) == 0;
    if (disk_read(run_path, DISK_READ_BYTES, &run, NULL))
        s.run = buf_take(&run);
    if (!s.test)
        episodes_find(&s, dir, ".", DEPTH_MAX);
    bool read = s.test ? results_take(&s, dir, e)
                       : s.count > 0 || err_set(e, ERR_USAGE, "%s: there is neither %s nor an %s",
                                                dir, RESULTS_FILE, FORMAT_EPISODE_FILE);
    free(results);
    free(run_path);
    buf_finish(&run);
    if (read)
        *out = s;
    else
        shown_finish(&s);
    return read;
}

void shown_finish(struct shown *s)
{
    for (int i = 0; i < s->count; i++) {
        free(s->tries[i].line);
        result_finish(&s->tries[i].result);
    }
    free(s->tries);
    free(s->run);
    *s = (struct shown){0};
}

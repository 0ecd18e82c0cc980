#include "page/shown.h"

#include "base/buf.h"
#include "page/told.h"
#include "trajectory/disk.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RESULTS_FILE "results.jsonl"
#define RUN_FILE     "run.json"
#define EPISODE_FILE "episode.json"
#define DEPTH_MAX    3

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

static char *path_of(const cJSON *json, const char *name)
{
    const char *path = text_of(json, name);
    return mem_text(path_inside(path) ? path : "");
}

static void compared_read(const cJSON *json, struct shown_try *out)
{
    const cJSON *pictures = cJSON_GetObjectItemCaseSensitive(json, "pictures"), *item;
    int count = cJSON_GetArraySize(pictures);
    out->compared = mem_zero((size_t)count + 1, sizeof *out->compared);
    cJSON_ArrayForEach(item, pictures) out->compared[out->compared_count++] =
        (struct compared){.name = mem_text(text_of(item, "name")),
                          .expected = path_of(item, "expected"),
                          .actual = path_of(item, "actual"),
                          .difference = path_of(item, "difference")};
}

static struct shown_try *try_add(struct shown *s)
{
    s->tries = mem_resize(s->tries, ((size_t)s->count + 1) * sizeof *s->tries);
    s->tries[s->count] = (struct shown_try){0};
    return &s->tries[s->count++];
}

static bool result_read(struct shown *s, const char *line, struct err *e)
{
    cJSON *json = cJSON_Parse(line);
    if (!cJSON_IsObject(json)) {
        cJSON_Delete(json);
        return err_set(e, ERR_USAGE, "not a JSON object");
    }
    struct shown_try *t = try_add(s);
    const char *outcome = text_of(json, "outcome");
    t->line = mem_text(line);
    t->trajectory = path_of(json, "trajectory");
    t->output = path_of(json, "stdout");
    t->video = path_of(json, "video");
    t->went_wrong = strcmp(outcome, "passed") != 0 && strcmp(outcome, "skipped") != 0;
    compared_read(json, t);
    cJSON_Delete(json);
    return true;
}

/* The last line of a run that was killed may be cut, and is left out. */
static bool results_read(struct shown *s, FILE *file, const char *path, struct err *e)
{
    struct buf line = {0};
    struct err error = {0};
    int number = 0;
    enum line got = LINE_WHOLE;
    bool read = true;
    while (read && got == LINE_WHOLE) {
        number++;
        got = disk_line(file, &line, &error);
        if (got == LINE_NONE || got == LINE_CUT)
            break;
        read = got != LINE_FAILED && (!line.length || result_read(s, buf_text(&line), &error));
    }
    buf_finish(&line);
    return read || err_set(e, error.kind, "%s:%d: %s", path, number, error.text);
}

/* An episode as a line like those of a test's results. */
static void episode_add(struct shown *s, const char *folder, const char *text)
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
    if (row >= 1)
        buf_addf(&line, ",\"row\":%.0f", row);
    if (seconds >= 0)
        buf_addf(&line, ",\"seconds\":%.3f", seconds);
    buf_add(&line, ",\"try\":1}");
    t->line = buf_take(&line);
    t->trajectory = mem_text(folder);
    t->output = mem_text("");
    t->video = mem_text("");
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
    buf_addf(&path, "%s/%s/%s", dir, folder, EPISODE_FILE);
    if (disk_read(buf_text(&path), &text, NULL))
        episode_add(s, folder, buf_text(&text));
    path.text[path.length - strlen(EPISODE_FILE)] = '\0';
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
    char *results_path = disk_path(dir, RESULTS_FILE), *run_path = disk_path(dir, RUN_FILE);
    FILE *results = fopen(results_path, "rbe");
    bool read = true;
    s.test = results != NULL;
    if (disk_read(run_path, &run, NULL))
        s.run = buf_take(&run);
    if (results)
        read = results_read(&s, results, results_path, e);
    else
        episodes_find(&s, dir, ".", DEPTH_MAX);
    if (read && !s.count && !s.test)
        read = err_set(e, ERR_USAGE, "%s: there is neither %s nor an %s", dir, RESULTS_FILE,
                       EPISODE_FILE);
    if (results)
        fclose(results);
    free(results_path);
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
        struct shown_try *t = &s->tries[i];
        for (int k = 0; k < t->compared_count; k++) {
            free(t->compared[k].name);
            free(t->compared[k].expected);
            free(t->compared[k].actual);
            free(t->compared[k].difference);
        }
        free(t->compared);
        free(t->line);
        free(t->trajectory);
        free(t->output);
        free(t->video);
    }
    free(s->tries);
    free(s->run);
    *s = (struct shown){0};
}

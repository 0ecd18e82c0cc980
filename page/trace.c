#include "page/trace.h"

#include "page/told.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LOG_MAX_BYTES (64 << 10)

/* Where what is added comes from. */
struct source {
    struct album *album;
    const char *dir, *links;
    struct buf path, link; /* of what is being added */
};

/* The file NAME in FOLDER ("": in the run's own). */
static void source_point(struct source *s, const char *folder, const char *name)
{
    const char *slash = *folder && *name ? "/" : "";
    if (strcmp(folder, ".") == 0)
        folder = slash = "";
    buf_reset(&s->path);
    buf_reset(&s->link);
    buf_addf(&s->path, "%s/%s%s%s", s->dir, folder, slash, name);
    buf_addf(&s->link, "%s%s%s%s", s->links, folder, slash, name);
}

/* A line of the trajectory, with the picture in place of its name. */
static bool turn_add(struct source *s, const char *folder, struct reel *reel, const char *line,
                     struct buf *json)
{
    cJSON *turn = cJSON_Parse(line);
    if (!cJSON_IsObject(turn)) {
        cJSON_Delete(turn);
        return false;
    }
    const char *frame = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(turn, "frame"));
    if (frame && format_frame_path_may_be(frame)) {
        struct buf picture = {0};
        source_point(s, folder, frame);
        album_add_picture(s->album, reel, buf_text(&s->path), buf_text(&s->link), &picture);
        cJSON_ReplaceItemInObjectCaseSensitive(turn, "frame", cJSON_CreateRaw(buf_text(&picture)));
        buf_finish(&picture);
    }
    char *printed = cJSON_PrintUnformatted(turn);
    buf_add(json, printed ? printed : "{}");
    cJSON_free(printed);
    cJSON_Delete(turn);
    return true;
}

/* A line that is broken ends it, as the end of a run that was killed does. */
static void turns_add(struct source *s, const char *folder, struct buf *json)
{
    struct buf line = {0};
    struct reel reel = {0};
    int count = 0;
    source_point(s, folder, FORMAT_TURNS_FILE);
    FILE *file = fopen(buf_text(&s->path), "rbe");
    enum line got = file ? LINE_WHOLE : LINE_CUT;
    buf_add(json, ",\"turns\":[");
    while (got == LINE_WHOLE && (got = disk_line(file, &line, NULL)) == LINE_WHOLE) {
        if (count++)
            buf_add_char(json, ',');
        if (!turn_add(s, folder, &reel, buf_text(&line), json)) {
            buf_add(json, "{}");
            got = LINE_FAILED;
        }
    }
    buf_addf(json, "],\"cut\":%s", got == LINE_NONE ? "false" : "true");
    if (file)
        fclose(file);
    reel_finish(&reel);
    buf_finish(&line);
}

/* The end of what a program wrote is what tells most. NAME: what people call it. */
static void log_add(struct source *s, const char *name, struct buf *json, int *count)
{
    struct buf text = {0};
    struct stat st;
    FILE *file = fopen(buf_text(&s->path), "rbe");
    if (!file)
        return;
    long left_out = 0;
    if (fstat(fileno(file), &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        left_out = st.st_size > LOG_MAX_BYTES ? (long)st.st_size - LOG_MAX_BYTES : 0;
        char *bytes = mem_alloc(LOG_MAX_BYTES);
        if (fseek(file, left_out, SEEK_SET) == 0)
            buf_add_bytes(&text, bytes, fread(bytes, 1, LOG_MAX_BYTES, file));
        free(bytes);
    }
    fclose(file);
    for (size_t i = 0; i < text.length; i++)
        if (!text.text[i])
            text.text[i] = ' ';
    if (text.length) {
        buf_add(json, (*count)++ ? ",{\"name\":" : "{\"name\":");
        told_text(name, json);
        buf_addf(json, ",\"left_out\":%ld,\"text\":", left_out);
        told_text(buf_text(&text), json);
        buf_add_char(json, '}');
    }
    buf_finish(&text);
}

static void logs_add(struct source *s, const struct result *r, struct buf *json)
{
    static const char *const names[] = {"program.out", "program.err"};
    int count = 0;
    bool told = false; /* the try's output is one of these */
    buf_add(json, ",\"logs\":[");
    for (int i = 0; r->trajectory && i < 2; i++) {
        source_point(s, r->trajectory, names[i]);
        told =
            told || !r->output || strcmp(buf_text(&s->path) + strlen(s->dir) + 1, r->output) == 0;
        log_add(s, names[i], json, &count);
    }
    if (r->output && !told) {
        source_point(s, "", r->output);
        log_add(s, r->output, json, &count);
    }
    buf_add_char(json, ']');
}

static void picture_add(struct source *s, const char *name, const char *path, struct buf *json)
{
    struct reel reel = {0}; /* its own: the three have nothing in common but their size */
    if (!path)
        return;
    buf_addf(json, ",\"%s\":", name);
    source_point(s, "", path);
    album_add_picture(s->album, &reel, buf_text(&s->path), buf_text(&s->link), json);
    reel_finish(&reel);
}

static void compared_add(struct source *s, const struct result *r, struct buf *json)
{
    buf_add(json, ",\"compared\":[");
    for (int i = 0; i < r->picture_count; i++) {
        const struct result_picture *c = &r->pictures[i];
        buf_add(json, i ? ",{\"name\":" : "{\"name\":");
        told_text(c->name, json);
        picture_add(s, "expected", c->expected, json);
        picture_add(s, "actual", c->actual, json);
        picture_add(s, "difference", c->difference, json);
        buf_add_char(json, '}');
    }
    buf_add_char(json, ']');
}

/* The film, and its captions, which say when a step is on it (timeline.h). */
static void video_add(struct source *s, const char *path, struct buf *json)
{
    struct buf captions = {0};
    const char *dot = strrchr(path, '.');
    buf_add(json, ",\"video\":");
    source_point(s, "", path);
    album_add_file(s->album, buf_text(&s->path), buf_text(&s->link),
                   dot && strcmp(dot, ".mp4") == 0 ? "video/mp4" : "video/webm", json);
    char *stem = mem_text_n(path, dot ? (size_t)(dot - path) : strlen(path));
    source_point(s, stem, "");
    buf_add(&s->path, ".vtt");
    if (disk_read(buf_text(&s->path), DISK_READ_BYTES, &captions, NULL))
        told_member("captions", buf_text(&captions), json);
    free(stem);
    buf_finish(&captions);
}

void trace_add(struct album *a, const char *dir, const char *links, const struct result *r,
               struct buf *json)
{
    struct source s = {.album = a, .dir = dir, .links = links};
    struct buf episode = {0};
    buf_add(json, "{\"episode\":");
    source_point(&s, r->trajectory ? r->trajectory : "", FORMAT_EPISODE_FILE);
    bool kept = r->trajectory && disk_read(buf_text(&s.path), DISK_READ_BYTES, &episode, NULL);
    told_json(kept ? buf_text(&episode) : NULL, json);
    compared_add(&s, r, json);
    if (kept)
        turns_add(&s, r->trajectory, json);
    logs_add(&s, r, json);
    if (r->video)
        video_add(&s, r->video, json);
    buf_add_char(json, '}');
    buf_finish(&episode);
    buf_finish(&s.path);
    buf_finish(&s.link);
}

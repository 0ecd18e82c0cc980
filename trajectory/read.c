#include "trajectory/read.h"

#include "base/buf.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A scene is kept once, however many turns saw it. */
static void scene_add(struct recording *r, struct recorded_turn *turn, struct scene *scene)
{
    if (turn->scene == FORMAT_SCENE_NEW) {
        r->scenes = mem_resize(r->scenes, ((size_t)r->scene_count + 1) * sizeof *r->scenes);
        scene->width = r->width;
        scene->height = r->height;
        r->scenes[r->scene_count++] = *scene;
    }
    turn->scene = turn->scene == FORMAT_SCENE_NONE ? -1 : r->scene_count - 1;
}

static void turn_add(struct recording *r, int *capacity, const struct recorded_turn *turn)
{
    if (r->turn_count == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 64;
        r->turns = mem_resize(r->turns, (size_t)*capacity * sizeof *r->turns);
    }
    r->turns[r->turn_count++] = *turn;
}

/* E's text begins with the number of the line. */
static bool lines_read(FILE *file, struct recording *out, struct err *e)
{
    struct buf line = {0};
    struct recorded_turn turn;
    struct scene scene;
    struct err error = {0};
    int number = 0, capacity = 0;
    enum line got = LINE_WHOLE;
    bool read = true;
    while (read && got == LINE_WHOLE) {
        number++;
        got = disk_line(file, &line, &error);
        if (got == LINE_NONE)
            break;
        read = got != LINE_FAILED &&
               format_read_turn(buf_text(&line), line.length, &turn, &scene, &error);
        if (read)
            scene_add(out, &turn, &scene);
        if (read)
            turn_add(out, &capacity, &turn);
    }
    buf_finish(&line);
    out->cut = !read && got == LINE_CUT;
    return read || out->cut || err_set(e, error.kind, "%d: %s", number, error.text);
}

static bool turns_read(const char *dir, struct recording *out, struct err *e)
{
    char *path = disk_path(dir, FORMAT_TURNS_FILE);
    FILE *file = fopen(path, "rbe");
    bool read;
    if (!file) {
        read = err_set(e, ERR_USAGE, "%s: cannot open: %s", path, strerror(errno));
    } else {
        read = lines_read(file, out, e) || err_prefix(e, "%s:", path);
        fclose(file);
    }
    free(path);
    return read;
}

bool recording_read_episode(const char *dir, struct recording *out, struct err *e)
{
    struct buf text = {0};
    char *path = disk_path(dir, FORMAT_EPISODE_FILE);
    bool read = (disk_read(path, DISK_READ_BYTES, &text, e) &&
                 format_read_episode(buf_text(&text), text.length, out, e)) ||
                err_prefix(e, "%s: ", path);
    buf_finish(&text);
    free(path);
    return read;
}

bool recording_read(const char *dir, struct recording *out, struct err *e)
{
    struct recording r = {0};
    if (recording_read_episode(dir, &r, e) && turns_read(dir, &r, e)) {
        *out = r;
        return true;
    }
    recording_finish(&r);
    return false;
}

void recorded_turn_finish(struct recorded_turn *turn)
{
    free(turn->step);
    free(turn->action);
    free(turn->verdict);
    free(turn->outcome);
    free(turn->last_effect);
    free(turn->frame);
    free(turn->wall);
    ended_finish(&turn->ended);
}

void recording_finish(struct recording *r)
{
    for (int i = 0; i < r->turn_count; i++)
        recorded_turn_finish(&r->turns[i]);
    for (int i = 0; i < r->scene_count; i++)
        scene_finish(&r->scenes[i]);
    free(r->turns);
    free(r->scenes);
    free(r->task);
    free(r->path);
    free(r->goal);
    free(r->started);
    free(r->directory);
    for (int i = 0; r->argv && r->argv[i]; i++)
        free(r->argv[i]);
    free(r->argv);
    free(r->policy);
    free(r->outcome);
    free(r->why);
    data_finish(&r->data);
    data_finish(&r->holes);
    *r = (struct recording){0};
}

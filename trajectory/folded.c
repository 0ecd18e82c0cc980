#include "trajectory/folded.h"

#include "trajectory/disk.h"

#include <stdlib.h>
#include <string.h>

/* A scene is written when it differs from the one before. */
static bool scene_line(const struct folded_turn *turn, struct buf *scene, struct buf *before,
                       const char **out, struct err *e)
{
    *out = NULL;
    if (!turn->turn.scene)
        return true;
    buf_reset(scene);
    if (!format_scene(turn->turn.scene, NULL, scene, e))
        return false;
    bool same = strcmp(buf_text(scene), buf_text(before)) == 0;
    struct buf other = *before;
    *before = *scene;
    *scene = other;
    *out = same ? "\"same\"" : buf_text(before);
    return true;
}

static bool turns_print(const struct folded_turn *turns, int count, struct buf *out, struct err *e)
{
    struct buf scene = {0}, before = {0};
    bool printed = true;
    for (int i = 0; i < count && printed; i++) {
        struct turn_stamp stamp = {
            .seconds = turns[i].seconds, .wall = turns[i].wall, .frame = turns[i].frame};
        printed = scene_line(&turns[i], &scene, &before, &stamp.scene, e) &&
                  format_turn(&turns[i].turn, &stamp, NULL, out, e);
    }
    buf_finish(&scene);
    buf_finish(&before);
    return printed;
}

static bool file_write(const char *dir, const char *name, const struct buf *text, struct err *e)
{
    char *path = disk_path(dir, name);
    bool written = disk_write(path, text, true, e);
    free(path);
    return written;
}

bool folded_write(const char *dir, const struct episode *episode, const struct episode_state *state,
                  const struct folded_turn *turns, struct err *e)
{
    struct buf lines = {0}, whole = {0};
    bool written = turns_print(turns, state->turns, &lines, e) &&
                   format_episode(episode, state, NULL, &whole, e) &&
                   file_write(dir, FORMAT_TURNS_FILE, &lines, e) &&
                   file_write(dir, FORMAT_EPISODE_FILE, &whole, e);
    buf_finish(&lines);
    buf_finish(&whole);
    return written;
}

#include "trajectory/found.h"

#include "base/buf.h"
#include "trajectory/disk.h"
#include "trajectory/format.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEPTH_MAX 6

static bool is_taken(const struct found *f, const char *id)
{
    for (int i = 0; i < f->count; i++)
        if (strcmp(f->items[i].id, id) == 0)
            return true;
    return false;
}

/* NAME without what file names, tables and tar archives give a meaning to. */
static char *id_of(const struct found *f, const char *name)
{
    struct buf id = {0};
    for (const char *c = name; *c; c++)
        buf_add_char(&id, isalnum((unsigned char)*c) || *c == '_' ? *c : '-');
    size_t length = id.length;
    for (int n = 2; is_taken(f, buf_text(&id)); n++) {
        id.length = length;
        buf_addf(&id, "-%d", n);
    }
    return buf_take(&id);
}

static void episode_add(struct found *f, const char *dir, const char *name)
{
    if (f->count == f->capacity) {
        f->capacity = f->capacity ? 2 * f->capacity : 32;
        f->items = mem_resize(f->items, (size_t)f->capacity * sizeof *f->items);
    }
    char *id = id_of(f, name);
    f->items[f->count] = (struct found_episode){.dir = mem_text(dir), .number = f->count, .id = id};
    f->count++;
}

static bool is_episode(const char *dir)
{
    char *path = disk_path(dir, FORMAT_EPISODE_FILE);
    bool is = access(path, F_OK) == 0;
    free(path);
    return is;
}

static int is_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN);
}

static bool folder_search(struct found *f, const char *dir, const char *name, int depth,
                          struct err *e)
{
    struct dirent **entries = NULL;
    if (is_episode(dir)) {
        episode_add(f, dir, name);
        return true;
    }
    if (depth == DEPTH_MAX)
        return true;
    int count = scandir(dir, &entries, is_folder, alphasort);
    if (count < 0)
        return (depth > 0 && errno == ENOTDIR) ||
               err_set(e, ERR_USAGE, "cannot read %s: %s", dir, strerror(errno));
    bool read = true;
    for (int i = 0; i < count; i++) {
        struct buf below = {0};
        char *path = disk_path(dir, entries[i]->d_name);
        buf_addf(&below, "%s-%s", name, entries[i]->d_name);
        read = read && folder_search(f, path, buf_text(&below), depth + 1, e);
        buf_finish(&below);
        free(path);
        free(entries[i]);
    }
    free(entries);
    return read;
}

bool found_episodes(const char *const *dirs, int count, struct found *out, struct err *e)
{
    struct found found = {0};
    bool fine = true;
    for (int i = 0; fine && i < count; i++) {
        int before = found.count;
        char *whole = realpath(dirs[i], NULL);
        fine = whole ? folder_search(&found, dirs[i], basename(whole), 0, e)
                     : err_set(e, ERR_USAGE, "cannot read %s: %s", dirs[i], strerror(errno));
        free(whole);
        if (fine && found.count == before)
            fine = err_set(e, ERR_USAGE, "%s: there is no episode in it", dirs[i]);
    }
    if (fine)
        *out = found;
    else
        found_finish(&found);
    return fine;
}

/* Their names are numbers of one length. */
char *found_picture(const char *dir)
{
    const struct dirent *entry;
    char *folder = disk_path(dir, FORMAT_FRAMES), *newest = NULL;
    DIR *frames = opendir(folder);
    free(folder);
    while (frames && (entry = readdir(frames))) {
        const char *dot = strrchr(entry->d_name, '.'); /* .part: it was never finished */
        if (dot && strcmp(dot, ".png") == 0 && (!newest || strcmp(entry->d_name, newest) > 0)) {
            free(newest);
            newest = mem_text(entry->d_name);
        }
    }
    if (frames)
        closedir(frames);
    char *path = newest ? disk_path(FORMAT_FRAMES, newest) : NULL;
    free(newest);
    return path;
}

void found_finish(struct found *f)
{
    for (int i = 0; i < f->count; i++) {
        free(f->items[i].dir);
        free(f->items[i].id);
    }
    free(f->items);
    *f = (struct found){0};
}

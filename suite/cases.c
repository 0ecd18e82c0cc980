#include "suite/cases.h"

#include "base/buf.h"
#include "emulator/emulator.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEPTH_MAX 32 /* of folders in folders */

struct file_id {
    dev_t device;
    ino_t inode;
};

/* While they are read: where files are named from. */
struct gathering {
    struct cases *cases;
    size_t root;           /* so many bytes of a path are that of the folder that was named */
    struct file_id *files; /* owned; those that were read */
    int file_count;
};

static bool folder_read(struct gathering *g, const char *path, int depth, struct err *e);

void cases_add(struct cases *to, const struct test_case *c, int repeat)
{
    struct buf id = {0}, place = {0};
    /* room for 1, 3, 7, 15 ... */
    if (((to->count + 1) & to->count) == 0)
        to->items = mem_resize(to->items, (size_t)(2 * to->count + 1) * sizeof *to->items);
    struct test_case *added = &to->items[to->count++];
    *added = *c;
    buf_add(&id, c->id);
    buf_add(&place, c->place);
    if (repeat) {
        buf_addf(&id, "#%d", repeat);
        buf_addf(&place, ".%d", repeat);
    }
    added->id = buf_take(&id);
    added->place = buf_take(&place);
    added->name = mem_text(c->name);
    added->repeat = repeat;
}

static bool id_is_taken(const struct cases *all, const char *id)
{
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->items[i].id, id) == 0)
            return true;
    return false;
}

static bool place_is_taken(const struct cases *all, const char *place)
{
    for (int i = 0; i < all->count; i++)
        if (strcmp(all->items[i].place, place) == 0)
            return true;
    return false;
}

/* The file's path from FROM on, without its ending; its name behind that, unless it says the same;
 * the row. */
static void id_make(const char *path, const char *name, int row, struct buf *out)
{
    const char *dot = strrchr(path, '.'), *base = strrchr(path, '/');
    size_t length = dot && (!base || dot > base) ? (size_t)(dot - path) : strlen(path);
    buf_reset(out);
    buf_add_bytes(out, path, length);
    base = strrchr(buf_text(out), '/');
    if (strcmp(base ? base + 1 : buf_text(out), name) != 0)
        buf_addf(out, "/%s", name);
    if (row)
        buf_addf(out, "[row %d]", row);
}

/* A name that no shell, no file system and no address minds. */
static char *place_make(const struct cases *all, const char *id)
{
    struct buf place = {0};
    for (const char *at = id; *at; at++) {
        bool plain = isalnum((unsigned char)*at) || *at == '_';
        if (plain)
            buf_add_char(&place, *at);
        else if (place.length && place.text[place.length - 1] != '-')
            buf_add_char(&place, '-');
    }
    while (place.length && place.text[place.length - 1] == '-')
        place.text[--place.length] = '\0';
    if (!place.length)
        buf_add(&place, "case");
    size_t length = place.length;
    for (int i = 2; place_is_taken(all, buf_text(&place)); i++) {
        place.text[place.length = length] = '\0';
        buf_addf(&place, "-%d", i);
    }
    return buf_take(&place);
}

/* Fills the case in, once, to see that it can be. */
static bool case_take(struct gathering *g, const struct task *task, const struct data *row,
                      int number, struct err *e)
{
    struct task filled;
    struct buf id = {0};
    if (!task_fill(task, row, &filled, e))
        return false;
    bool fine = emulator_check_case(&filled, e);
    if (fine) {
        id_make(task->path + g->root, filled.name, number, &id);
        if (id_is_taken(g->cases, buf_text(&id)))
            id_make(task->path, filled.name, number, &id);
        struct test_case c = {.id = (char *)buf_text(&id),
                              .place = place_make(g->cases, buf_text(&id)),
                              .name = filled.name,
                              .task = task,
                              .row = row,
                              .row_number = number};
        cases_add(g->cases, &c, 0);
        free(c.place);
    }
    buf_finish(&id);
    task_finish(&filled);
    return fine;
}

/* One case, or one of each row. */
static bool rows_take(struct gathering *g, const struct task *task, struct err *e)
{
    const struct test_traits *test = &task->test;
    if (!test->row_count)
        return case_take(g, task, NULL, 0, e);
    bool fine = !test->rows_path || task_check_columns(task, test->rows_path, &test->rows[0], e);
    for (int i = 0; fine && i < test->row_count; i++)
        fine = case_take(g, task, &test->rows[i], i + 1, e);
    return fine;
}

/* Notes the file. False: it was read already, by this path or another. */
static bool file_note(struct gathering *g, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return true; /* whoever reads it says why */
    for (int i = 0; i < g->file_count; i++)
        if (g->files[i].device == st.st_dev && g->files[i].inode == st.st_ino)
            return false;
    g->files = mem_resize(g->files, ((size_t)g->file_count + 1) * sizeof *g->files);
    g->files[g->file_count++] = (struct file_id){st.st_dev, st.st_ino};
    return true;
}

static bool file_read(struct gathering *g, const char *path, struct err *e)
{
    struct cases *all = g->cases;
    struct task task;
    if (!file_note(g, path))
        return true;
    if (!task_read(path, &task, e))
        return false;
    all->tasks = mem_resize(all->tasks, ((size_t)all->task_count + 1) * sizeof(void *));
    struct task *kept = mem_alloc(sizeof *kept);
    *kept = task;
    all->tasks[all->task_count++] = kept;
    return rows_take(g, kept, e);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length > n && strcmp(text + length - n, end) == 0;
}

static bool entry_read(struct gathering *g, const char *path, int depth, struct err *e)
{
    struct stat st;
    bool is_case = false;
    if (stat(path, &st) != 0)
        return true; /* a link to nowhere */
    if (S_ISDIR(st.st_mode))
        return depth >= DEPTH_MAX || folder_read(g, path, depth + 1, e);
    if (!S_ISREG(st.st_mode) || (!ends_with(path, ".yaml") && !ends_with(path, ".yml")))
        return true;
    return task_is_case(path, &is_case, e) && (!is_case || file_read(g, path, e));
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool folder_read(struct gathering *g, const char *path, int depth, struct err *e)
{
    struct dirent **entries;
    struct buf name = {0};
    int count = scandir(path, &entries, is_shown, versionsort);
    if (count < 0)
        return err_set(e, ERR_USAGE, "cannot read the folder %s: %s", path, strerror(errno));
    bool fine = true;
    for (int i = 0; i < count; i++) {
        buf_reset(&name);
        if (strcmp(path, ".") != 0)
            buf_addf(&name, "%s/", path);
        buf_add(&name, entries[i]->d_name);
        fine = fine && entry_read(g, buf_text(&name), depth, e);
        free(entries[i]);
    }
    free(entries);
    buf_finish(&name);
    return fine;
}

/* One path of the command line. */
static bool path_read(struct gathering *g, const char *named, struct err *e)
{
    struct stat st;
    while (strncmp(named, "./", 2) == 0 && named[2])
        named += 2;
    char *path = mem_text(named);
    for (size_t n = strlen(path); n > 1 && path[n - 1] == '/';)
        path[--n] = '\0';
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    const char *slash = strrchr(path, '/');
    g->root = folder ? strlen(path) + 1 : slash && slash != path ? (size_t)(slash - path) + 1 : 0;
    bool fine = folder ? folder_read(g, path, 0, e) : file_read(g, path, e);
    free(path);
    return fine;
}

bool cases_read(char *const *paths, int count, struct cases *out, struct err *e)
{
    struct cases all = {0};
    struct gathering g = {.cases = &all};
    bool fine = true;
    for (int i = 0; fine && i < count; i++)
        fine = path_read(&g, paths[i], e);
    free(g.files);
    if (fine)
        *out = all;
    else
        cases_finish(&all);
    return fine;
}

void cases_finish(struct cases *c)
{
    for (int i = 0; i < c->count; i++) {
        free(c->items[i].id);
        free(c->items[i].place);
        free(c->items[i].name);
    }
    free(c->items);
    for (int i = 0; i < c->task_count; i++) {
        task_finish(c->tasks[i]);
        free(c->tasks[i]);
    }
    free(c->tasks);
    *c = (struct cases){0};
}

#include "suite/merge.h"

#include "suite/folder.h"
#include "suite/tree.h"
#include "trajectory/disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHARDS_MAX 10000

struct merging {
    const char *out;
    struct results *all;
    bool parts[1 + SHARDS_MAX]; /* those that are there */
};

/* The length of the folder of a try, which PATH begins with: "cases/PLACE/try-2". 0: it is none. */
static size_t try_length(const char *path)
{
    const char *at = strncmp(path, "cases/", 6) == 0 ? strstr(path, "/try-") : NULL;
    if (!at || strstr(path, ".."))
        return 0;
    at += strlen("/try-");
    size_t digits = strspn(at, "0123456789");
    return digits && (!at[digits] || at[digits] == '/') ? (size_t)(at - path) + digits : 0;
}

/* All paths of a result; returns how many. */
static int paths_of(struct result *r, char **paths[])
{
    int count = 0;
    char **own[] = {&r->trajectory, &r->output, &r->video};
    for (int i = 0; i < 3; i++)
        if (*own[i])
            paths[count++] = own[i];
    for (int i = 0; i < r->picture_count; i++) {
        struct result_picture *p = &r->pictures[i];
        char **of_picture[] = {&p->expected, &p->actual, &p->difference};
        for (int k = 0; k < 3; k++)
            if (*of_picture[k])
                paths[count++] = of_picture[k];
    }
    return count;
}

/* A folder for the try in OLD that is not there yet, as far as it goes the same as in its own run.
 */
static char *place_choose(const struct merging *m, const char *old, int number)
{
    struct buf path = {0};
    size_t length = (size_t)(strrchr(old, '/') - old);
    for (int i = 1;; i++) {
        buf_reset(&path);
        buf_add_bytes(&path, old, length);
        if (i > 1)
            buf_addf(&path, ".%d", i);
        buf_addf(&path, "/try-%d", number);
        char *full = disk_path(m->out, buf_text(&path));
        bool is_free = access(full, F_OK) != 0;
        free(full);
        if (is_free)
            return buf_take(&path);
    }
}

/* What began with OLD begins with PLACE. */
static bool path_move(char **path, const char *old, const char *place, const char *dir,
                      struct err *e)
{
    struct buf moved = {0};
    size_t length = strlen(old);
    if (try_length(*path) != length || strncmp(*path, old, length) != 0)
        return err_set(e, ERR_USAGE, "%s: %s lies outside of the try", dir, *path);
    buf_addf(&moved, "%s%s", place, *path + length);
    free(*path);
    *path = buf_take(&moved);
    return true;
}

/* Takes along what the result names, from the run in DIR. */
static bool record_take(const struct merging *m, const char *dir, struct result *r, struct err *e)
{
    char ***paths = mem_zero(3 + 3 * (size_t)r->picture_count, sizeof *paths);
    int count = paths_of(r, paths);
    size_t length = count ? try_length(*paths[0]) : 0;
    bool fine =
        !count || length || err_set(e, ERR_USAGE, "%s: %s is no path of a try", dir, *paths[0]);
    if (fine && length) {
        char *old = mem_text_n(*paths[0], length), *place = place_choose(m, old, r->try);
        char *from = disk_path(dir, old), *to = disk_path(m->out, place);
        fine = tree_copy(from, to, e);
        for (int i = 0; fine && i < count; i++)
            fine = path_move(paths[i], old, place, dir, e);
        free(old);
        free(place);
        free(from);
        free(to);
    }
    free(paths);
    return fine;
}

/* How often the case was tried in the runs before. */
static int tries_before(const struct results *all, int count, const char *id)
{
    int most = 0;
    for (int i = 0; i < count; i++)
        if (strcmp(all->items[i].id, id) == 0 && all->items[i].try > most)
            most = all->items[i].try;
    return most;
}

static void text_join(char **text, const char *dir, const char *more)
{
    struct buf joined = {0};
    if (*text)
        buf_addf(&joined, "%s; ", *text);
    buf_addf(&joined, "%s: %s", dir, more);
    free(*text);
    *text = buf_take(&joined);
}

static void facts_take(struct merging *m, const char *dir, struct run_facts *run, bool first)
{
    struct run_facts *all = &m->all->run;
    if (first) {
        run_facts_copy(all, run);
        free(all->stopped);
        all->stopped = NULL;
    } else {
        all->selected += run->selected;
        all->workers = run->workers > all->workers ? run->workers : all->workers;
        if (run->started && all->started && strcmp(run->started, all->started) < 0) {
            free(all->started);
            all->started = mem_text(run->started);
        }
        if (!run->ended || (all->ended && strcmp(run->ended, all->ended) > 0)) {
            free(all->ended);
            all->ended = mem_text(run->ended);
        }
    }
    if (run->shard[1] && run->shard[0] > 0 && run->shard[0] <= SHARDS_MAX)
        m->parts[run->shard[0]] = true;
    if (run->stopped)
        text_join(&all->stopped, dir, run->stopped);
    else if (!run->ended)
        text_join(&all->stopped, dir, "broken off");
}

static bool run_take(struct merging *m, const char *dir, bool first, struct err *e)
{
    struct results one;
    int before = m->all->count;
    bool fine = results_read(dir, &one, e);
    if (!fine)
        return false;
    facts_take(m, dir, &one.run, first);
    for (int i = 0; fine && i < one.count; i++) {
        struct result *r = &one.items[i];
        r->try += tries_before(m->all, before, r->id);
        fine = record_take(m, dir, r, e);
        results_add(m->all, r);
    }
    results_finish(&one);
    return fine;
}

/* The parts of one run make a whole run, if all of them are there. */
static void parts_join(struct merging *m)
{
    struct run_facts *run = &m->all->run;
    for (int i = 1; i <= run->shard[1] && i <= SHARDS_MAX; i++) {
        char what[64];
        snprintf(what, sizeof what, "%d/%d", i, run->shard[1]);
        if (!m->parts[i])
            text_join(&run->stopped, what, "this part is missing");
    }
    run->shard[0] = run->shard[1] = 0;
}

static bool lines_write(const char *dir, const struct results *all, struct err *e)
{
    char *path = disk_path(dir, RESULTS_FILE);
    struct buf lines = {0};
    for (int i = 0; i < all->count; i++)
        result_print(&all->items[i], &lines);
    bool written = disk_write(path, &lines, false, e);
    free(path);
    buf_finish(&lines);
    return written;
}

/* Which try was the last one is another question now. */
static void last_mark(struct results *all)
{
    for (int i = 0; i < all->count; i++) {
        struct result *r = &all->items[i];
        r->last = r->try == tries_before(all, all->count, r->id);
    }
}

/* What is read must not be what is written over. */
static bool folders_differ(char *const *dirs, int count, const char *out, struct err *e)
{
    struct stat one, other;
    for (int i = 0; i < count; i++)
        if (stat(dirs[i], &one) == 0 && stat(out, &other) == 0 && one.st_dev == other.st_dev &&
            one.st_ino == other.st_ino)
            return err_set(e, ERR_USAGE, "%s cannot be merged into itself; name another --output",
                           dirs[i]);
    return true;
}

bool merge_runs(char *const *dirs, int count, const char *out, struct results *all, struct err *e)
{
    struct merging m = {.out = out, .all = all};
    *all = (struct results){0};
    bool fine = folders_differ(dirs, count, out, e) && folder_begin(out, e);
    for (int i = 0; fine && i < count; i++)
        fine = run_take(&m, dirs[i], i == 0, e);
    if (fine) {
        parts_join(&m);
        last_mark(all);
        fine = lines_write(out, all, e) && run_facts_write(out, &all->run, e);
    }
    if (!fine)
        results_finish(all);
    return fine;
}

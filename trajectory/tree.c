#include "trajectory/tree.h"

#include "base/buf.h"
#include "trajectory/disk.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REMOVE_FILES_MAX 32 /* open at once */

/* Nothing, or a folder with nothing in it. */
static bool place_check(const char *place, struct err *e)
{
    struct stat st;
    if (lstat(place, &st) != 0)
        return errno == ENOENT ||
               err_set(e, ERR_USAGE, "cannot look at %s: %s", place, strerror(errno));
    DIR *dir = S_ISDIR(st.st_mode) ? opendir(place) : NULL;
    if (!dir)
        return err_set(e, ERR_USAGE, "%s is there already", place);
    bool empty = true;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    closedir(dir);
    return empty || err_set(e, ERR_USAGE, "%s is not empty", place);
}

/* Without the slashes at its end: what is beside it, not in it. */
static char *place_of(const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return mem_text_n(path, length);
}

static bool above_make(const char *path, struct err *e)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    char *above = mem_text_n(path, (size_t)(slash - path));
    bool made = disk_make_directories(above, e);
    free(above);
    return made;
}

bool tree_begin(struct tree *t, const char *place, struct err *e)
{
    struct buf path = {0};
    *t = (struct tree){.place = place_of(place)};
    if (place_check(t->place, e) && above_make(t->place, e)) {
        buf_addf(&path, "%s.part-XXXXXX", t->place);
        char *made = buf_take(&path);
        if (mkdtemp(made) && chmod(made, 0755) == 0) {
            t->path = made;
            return true;
        }
        err_set(e, ERR_IO, "cannot make a folder beside %s: %s", t->place, strerror(errno));
        free(made);
    }
    tree_drop(t);
    return false;
}

char *tree_make(const struct tree *t, const char *path, struct err *e)
{
    char *whole = disk_path(t->path, path);
    if (above_make(whole, e))
        return whole;
    free(whole);
    return NULL;
}

FILE *tree_open(const struct tree *t, const char *path, struct err *e)
{
    char *whole = tree_make(t, path, e);
    FILE *file = whole ? fopen(whole, "wbe") : NULL;
    if (whole && !file)
        err_set(e, ERR_IO, "cannot write %s: %s", whole, strerror(errno));
    free(whole);
    return file;
}

bool tree_close(FILE *file, const char *path, struct err *e)
{
    errno = EIO; /* for an earlier write that failed */
    bool written = !ferror(file) && fflush(file) == 0;
    int reason = errno;
    if (fclose(file) != 0 && written) {
        written = false;
        reason = errno;
    }
    return written || err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(reason));
}

bool tree_link(const struct tree *t, const char *source, const char *path, struct err *e)
{
    struct stat st;
    char *whole = tree_make(t, path, e);
    bool linked = whole != NULL;
    if (linked && access(whole, F_OK) != 0) {
        if (lstat(source, &st) != 0 || !S_ISREG(st.st_mode))
            linked = err_set(e, ERR_USAGE, "%s is no file", source);
        else
            linked = disk_link(source, whole, e);
    }
    free(whole);
    return linked;
}

bool tree_publish(struct tree *t, struct err *e)
{
    bool put = rename(t->path, t->place) == 0;
    if (put) {
        free(t->path);
        t->path = NULL;
    } else {
        err_set(e, ERR_IO, "cannot put %s in its place: %s", t->place, strerror(errno));
    }
    tree_drop(t);
    return put;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

void tree_drop(struct tree *t)
{
    if (t->path)
        nftw(t->path, remove_one, REMOVE_FILES_MAX, FTW_DEPTH | FTW_PHYS);
    free(t->path);
    free(t->place);
    *t = (struct tree){0};
}

#include "vision/cache.h"

#include "base/buf.h"
#include "base/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_START "lines-"
#define NAME_SIZE  64

struct cache {
    int file;
    bool writable;
    struct page old, new; /* room for changing one */
};

/* The folder, made where it is missing; false when there is to be none. */
static bool folder_name(struct buf *out)
{
    const char *own = getenv("HEM_CACHE"), *shared = getenv("XDG_CACHE_HOME"),
               *home = getenv("HOME");
    if (own && strcmp(own, "off") == 0)
        return false;
    if (own && *own)
        buf_add(out, own);
    else if (shared && *shared == '/')
        buf_addf(out, "%s/hem", shared);
    else if (home && *home == '/')
        buf_addf(out, "%s/.cache/hem", home);
    return out->length > 0;
}

static int folder_open(char *path)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(path, 0700); /* what can't be made shows when it is opened */
        *at = '/';
    }
    mkdir(path, 0700);
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* What a file is called, and when it was last used. */
struct dated {
    char name[NAME_SIZE];
    struct timespec used;
};

static bool is_older(const struct dated *a, const struct dated *b)
{
    return a->used.tv_sec != b->used.tv_sec ? a->used.tv_sec < b->used.tv_sec
                                            : a->used.tv_nsec < b->used.tv_nsec;
}

/* Removes all but the newest files of the folder. Other processes may still have one of them open:
 * it is theirs until they end. */
static void folder_clear(int folder)
{
    struct dated kept[CACHE_FILES_MAX + 1];
    int count = 0, copy = dup(folder);
    DIR *list = copy >= 0 ? fdopendir(copy) : NULL;
    if (!list && copy >= 0)
        close(copy);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        struct stat status;
        if (strncmp(entry->d_name, NAME_START, strlen(NAME_START)) != 0 ||
            strlen(entry->d_name) >= NAME_SIZE ||
            fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        struct dated *one = &kept[count++];
        memcpy(one->name, entry->d_name, strlen(entry->d_name) + 1);
        one->used = status.st_mtim;
        if (count <= CACHE_FILES_MAX)
            continue;
        int oldest = 0;
        for (int i = 1; i < count; i++)
            oldest = is_older(&kept[i], &kept[oldest]) ? i : oldest;
        unlinkat(folder, kept[oldest].name, 0);
        kept[oldest] = kept[--count];
    }
    if (list)
        closedir(list);
}

/* Is it a file of the user's own, which nobody else has written anything into? */
static bool is_own(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
           (status.st_mode & 077) == 0;
}

/* A process that writes beyond its limit is killed. */
static bool may_grow(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
           (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= CACHE_PAGES * PAGE_BYTES);
}

static int file_open(int folder, const char *name, bool *writable)
{
    int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    int file = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
    if (file >= 0)
        folder_clear(folder);
    else
        file = openat(folder, name, O_RDWR | flags);
    *writable = file >= 0 && may_grow();
    if (file < 0)
        file = openat(folder, name, O_RDONLY | flags);
    if (file >= 0 && !is_own(file)) {
        close(file);
        return -1;
    }
    if (file >= 0)
        futimens(file, NULL);
    return file;
}

struct cache *cache_open(struct digest rules)
{
    struct buf path = {0};
    char name[NAME_SIZE];
    snprintf(name, sizeof name, NAME_START "%016" PRIx64 "%016" PRIx64, rules.high, rules.low);
    if (!folder_name(&path)) {
        buf_finish(&path);
        return NULL;
    }
    bool writable;
    int folder = folder_open(path.text), file = -1;
    if (folder >= 0) {
        file = file_open(folder, name, &writable);
        close(folder);
    }
    if (file < 0)
        log_debug("no cache of lines in %s: %s", path.text, strerror(errno));
    buf_finish(&path);
    if (file < 0)
        return NULL;
    struct cache *c = mem_zero(1, sizeof *c);
    c->file = file;
    c->writable = writable;
    return c;
}

void cache_close(struct cache *c)
{
    if (!c)
        return;
    close(c->file);
    free(c);
}

static uint32_t page_number(struct page_key key)
{
    return (uint32_t)(key.pixels.low % CACHE_PAGES);
}

/* False when there is none, or no more than a piece of it. */
static bool page_read(struct cache *c, uint32_t number)
{
    off_t at = (off_t)number * PAGE_BYTES;
    return pread(c->file, c->old.bytes, PAGE_BYTES, at) == PAGE_BYTES &&
           page_is_whole(&c->old, number);
}

bool cache_find(struct cache *c, struct page_key key, struct words *out)
{
    return c && page_read(c, page_number(key)) && page_find(&c->old, key, out);
}

void cache_keep(struct cache *c, struct page_key key, const struct words *words)
{
    uint32_t number = page_number(key);
    if (!c || !c->writable)
        return;
    const struct page *old = page_read(c, number) ? &c->old : NULL;
    if (!page_add(&c->new, number, old, key, words))
        return;
    if (pwrite(c->file, c->new.bytes, PAGE_BYTES, (off_t)number * PAGE_BYTES) == PAGE_BYTES)
        return;
    log_debug("no more lines go into the cache: %s", strerror(errno));
    c->writable = false;
}

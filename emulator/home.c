#include "emulator/home.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SHARED_MEMORY   "/dev/shm"
#define BASE_LENGTH_MAX 60 /* socket addresses hold 107 bytes, and programs add to ours */
#define TAIL_BYTES      4096

/* Where temporary things go: $TMPDIR when its name needs no quoting anywhere, else /tmp. */
static const char *home_base(void)
{
    static const char harmless[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.-";
    const char *base = getenv("TMPDIR");
    if (!base || base[0] != '/' || strlen(base) > BASE_LENGTH_MAX ||
        base[strspn(base, harmless)] != '\0')
        return "/tmp";
    return base;
}

static char *directory_make(const char *base, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s/hem-XXXXXX", base);
    char *made = buf_take(&path);
    if (mkdtemp(made)) /* 0700 */
        return made;
    err_set(e, ERR_IO, "cannot make a directory in %s: %s", base, strerror(errno));
    free(made);
    return NULL;
}

/* A file system in memory, if there is room: on a disk every frame would be written back sooner or
 * later. */
static bool memory_fits(size_t size_bytes)
{
    struct statvfs info;
    return statvfs(SHARED_MEMORY, &info) == 0 &&
           (uint64_t)info.f_bavail * info.f_bsize > 2 * (uint64_t)size_bytes;
}

static int entry_open_up(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)where;
    if (type == FTW_D || type == FTW_DNR)
        chmod(path, 0700); /* or what is in it could not be removed */
    return 0;
}

static int entry_remove(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    remove(path);
    return 0;
}

void directory_remove(const char *path)
{
    nftw(path, entry_remove, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (access(path, F_OK) != 0)
        return;
    nftw(path, entry_open_up, 16, FTW_PHYS | FTW_MOUNT);
    nftw(path, entry_remove, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

bool home_create(struct home *h, size_t framebuffer_bytes, struct err *e)
{
    *h = (struct home){0};
    h->root = directory_make(home_base(), e);
    if (!h->root)
        return false;
    if (framebuffer_bytes && memory_fits(framebuffer_bytes))
        h->screen = directory_make(SHARED_MEMORY, NULL);
    h->separate = h->screen != NULL;
    char *log = home_path(h, "log");
    if (!h->separate && framebuffer_bytes)
        h->screen = home_path(h, "screen");
    bool ok = mkdir(log, 0700) == 0 && (!h->screen || h->separate || mkdir(h->screen, 0700) == 0);
    if (!ok)
        err_set(e, ERR_IO, "cannot make directories in %s: %s", h->root, strerror(errno));
    free(log);
    if (!ok)
        home_remove(h);
    return ok;
}

void home_remove(struct home *h)
{
    if (h->separate)
        directory_remove(h->screen);
    if (h->root)
        directory_remove(h->root);
    home_finish(h);
}

void home_finish(struct home *h)
{
    free(h->root);
    free(h->screen);
    *h = (struct home){0};
}

char *home_path(const struct home *h, const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", h->root, name);
    return buf_take(&path);
}

/* Makes the directories above PATH. That they are there is no failure; what fails shows when the
 * file is opened. */
static void directories_above(const struct home *h, char *path)
{
    for (char *slash = path + strlen(h->root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

bool home_write(const struct home *h, const char *name, const void *bytes, size_t size_bytes,
                int mode, struct err *e)
{
    char *path = home_path(h, name);
    directories_above(h, path);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    ssize_t n = file >= 0 ? write(file, bytes, size_bytes) : -1;
    bool ok = n >= 0 && (size_t)n == size_bytes;
    if (!ok)
        err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(errno));
    if (file >= 0)
        close(file);
    free(path);
    return ok;
}

static void xauth_field(struct buf *b, const void *bytes, size_t size_bytes)
{
    buf_add_char(b, (char)(size_bytes >> 8));
    buf_add_char(b, (char)size_bytes);
    buf_add_bytes(b, bytes, size_bytes);
}

bool home_cookie(const struct home *h, unsigned char cookie[HOME_COOKIE_BYTES], struct err *e)
{
    static const char protocol[] = "MIT-MAGIC-COOKIE-1";
    if (getrandom(cookie, HOME_COOKIE_BYTES, 0) != HOME_COOKIE_BYTES)
        return err_set(e, ERR_IO, "no random numbers: %s", strerror(errno));
    /* The record of any address and any display number (as that is not known yet): see XauReadAuth.
     */
    struct buf record = {0};
    buf_add_bytes(&record, "\xff\xff", 2);
    xauth_field(&record, "", 0);
    xauth_field(&record, "", 0);
    xauth_field(&record, protocol, sizeof protocol - 1);
    xauth_field(&record, cookie, HOME_COOKIE_BYTES);
    bool ok = home_write(h, "auth", record.text, record.length, 0600, e);
    buf_finish(&record);
    return ok;
}

int log_open(const char *path, struct err *e)
{
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(errno));
    return file;
}

void tail_add(const char *path, int lines, struct buf *out)
{
    char text[TAIL_BYTES + 1];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    off_t size = lseek(file, 0, SEEK_END);
    ssize_t n =
        size > 0 ? pread(file, text, TAIL_BYTES, size > TAIL_BYTES ? size - TAIL_BYTES : 0) : 0;
    close(file);
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        n--;
    if (n <= 0)
        return;
    ssize_t start = n;
    while (start > 0 && (text[start - 1] != '\n' || --lines > 0))
        start--;
    buf_add_bytes(out, text + start, (size_t)(n - start));
}

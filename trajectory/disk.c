#include "trajectory/disk.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES (16 << 20)

#define COPY_CHUNK_BYTES (1 << 20)

/* Also when mkdir itself says something else: a read-only parent answers EROFS for a directory that
 * is there. */
static bool directory_make(const char *path, struct err *e)
{
    if (mkdir(path, 0777) == 0)
        return true;
    int reason = errno;
    struct stat st;
    if (stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return true;
        reason = ENOTDIR;
    }
    return err_set(e, ERR_IO, "cannot make the directory %s: %s", path, strerror(reason));
}

bool disk_make_directories(const char *path, struct err *e)
{
    char *part = mem_text(path);
    bool made = true;
    for (char *slash = strchr(part + (*part != '\0'), '/'); made && slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = directory_make(part, e);
        *slash = '/';
    }
    made = made && directory_make(path, e);
    free(part);
    return made;
}

char *disk_path(const char *directory, const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", directory, name);
    return buf_take(&path);
}

bool disk_read(const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
    char chunk[4096];
    size_t n;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return err_set(e, ERR_USAGE, "cannot open: %s", strerror(errno));
    while (out->length <= max_bytes && (n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_add_bytes(out, chunk, n);
    int reason = ferror(file) ? errno : 0;
    fclose(file);
    if (reason)
        return err_set(e, reason == EISDIR ? ERR_USAGE : ERR_IO, "cannot read: %s",
                       strerror(reason));
    if (out->length > max_bytes)
        return err_set(e, ERR_USAGE, "larger than %zu MiB", max_bytes >> 20);
    return true;
}

enum line disk_line(FILE *file, struct buf *out, struct err *e)
{
    buf_reset(out);
    for (int c = getc_unlocked(file); c != EOF; c = getc_unlocked(file)) {
        if (c == '\n')
            return LINE_WHOLE;
        if (out->length >= LINE_MAX_BYTES) {
            err_set(e, ERR_USAGE, "a line of more than %d MiB", LINE_MAX_BYTES >> 20);
            return LINE_FAILED;
        }
        buf_add_char(out, (char)c);
    }
    if (ferror(file)) {
        err_set(e, ERR_IO, "cannot read: %s", strerror(errno));
        return LINE_FAILED;
    }
    return out->length > 0 ? LINE_CUT : LINE_NONE;
}

bool draft_open(struct draft *d, const char *path, struct err *e)
{
    *d = (struct draft){.path = mem_text(path)};
    struct buf part = {0};
    buf_addf(&part, "%s.part", path);
    d->part_path = buf_take(&part);
    d->file = fopen(d->part_path, "wbe");
    if (d->file)
        return true;
    err_set(e, ERR_IO, "cannot write %s: %s", d->part_path, strerror(errno));
    draft_drop(d);
    return false;
}

/* A rename is durable once the directory that holds the name is. */
static bool directory_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *directory =
        slash ? mem_text_n(path, slash == path ? 1 : (size_t)(slash - path)) : mem_text(".");
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    if (fd < 0)
        return false;
    bool done = fsync(fd) == 0 || errno == EINVAL; /* EINVAL: the filesystem knows no such thing */
    close(fd);
    return done;
}

bool draft_commit(struct draft *d, bool durable, struct err *e)
{
    errno = EIO; /* for an earlier write that failed: nobody knows any more why */
    bool written =
        !ferror(d->file) && fflush(d->file) == 0 && (!durable || fsync(fileno(d->file)) == 0);
    int reason = errno;
    if (fclose(d->file) != 0 && written) {
        written = false;
        reason = errno;
    }
    d->file = NULL;
    if (written && rename(d->part_path, d->path) != 0) {
        written = false;
        reason = errno;
    }
    if (written && durable && !directory_sync(d->path)) {
        written = false;
        reason = errno;
    }
    if (!written)
        err_set(e, ERR_IO, "cannot write %s: %s", d->path, strerror(reason));
    draft_drop(d);
    return written;
}

void draft_drop(struct draft *d)
{
    if (d->file)
        fclose(d->file);
    if (d->part_path)
        unlink(d->part_path);
    free(d->part_path);
    free(d->path);
    *d = (struct draft){0};
}

bool disk_write(const char *path, const struct buf *text, bool durable, struct err *e)
{
    struct draft draft;
    if (!draft_open(&draft, path, e))
        return false;
    fwrite(buf_text(text), 1, text->length, draft.file);
    return draft_commit(&draft, durable, e);
}

static bool bytes_copy(const char *from, int flags, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC | flags);
    int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    ssize_t n = -1;
    while (out >= 0 && (n = sendfile(out, in, NULL, COPY_CHUNK_BYTES)) > 0)
        ;
    int reason = errno;
    if (out >= 0 && close(out) != 0 && n == 0) {
        n = -1;
        reason = errno;
    }
    if (in >= 0)
        close(in);
    errno = reason;
    return n == 0;
}

static bool file_copy(const char *from, int flags, const char *to, struct err *e)
{
    return bytes_copy(from, flags, to) ||
           err_set(e, ERR_IO, "cannot copy %s to %s: %s", from, to, strerror(errno));
}

bool disk_copy(const char *from, const char *to, struct err *e)
{
    return file_copy(from, 0, to, e);
}

bool disk_link(const char *from, const char *to, struct err *e)
{
    return link(from, to) == 0 || file_copy(from, O_NOFOLLOW, to, e);
}

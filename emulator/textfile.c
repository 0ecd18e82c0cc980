#include "emulator/textfile.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool size_fail(const char *path, size_t max_bytes, struct err *e)
{
    return err_set(e, ERR_USAGE, "%s: larger than %zu KiB", path, max_bytes >> 10);
}

/* Never waits for someone to write into a named pipe. */
static int file_open(const char *path, size_t max_bytes, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        err_set(e, ERR_USAGE, "%s: cannot open: %s", path, strerror(errno));
        return -1;
    }
    if (fstat(fd, &st) != 0 || fcntl(fd, F_SETFL, 0) != 0)
        err_set(e, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
    else if (S_ISDIR(st.st_mode))
        err_set(e, ERR_USAGE, "%s: this is a directory", path);
    else if (S_ISREG(st.st_mode) && st.st_size > 0 && (size_t)st.st_size > max_bytes)
        size_fail(path, max_bytes, e);
    else
        return fd;
    close(fd);
    return -1;
}

static bool bytes_read(int fd, const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
    char chunk[16384];
    size_t total = 0;
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_USAGE, "%s: cannot read: %s", path, strerror(errno));
        if (n == 0)
            return true;
        total += (size_t)n;
        if (total > max_bytes)
            return size_fail(path, max_bytes, e);
        buf_add_bytes(out, chunk, (size_t)n);
    }
}

static bool text_check(const char *path, const char *bytes, size_t size, struct err *e)
{
    size_t bad;
    if (utf8_valid(bytes, size, &bad))
        return true;
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += bytes[i] == '\n';
    if (bytes[bad] == '\0')
        return err_set(e, ERR_USAGE, "%s:%d: a NUL byte: this is not a text file in UTF-8", path,
                       line);
    return err_set(e, ERR_USAGE, "%s:%d: not UTF-8 (byte 0x%02X)", path, line,
                   (unsigned)(unsigned char)bytes[bad]);
}

bool textfile_read(const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
    int fd = file_open(path, max_bytes, e);
    if (fd < 0)
        return false;
    size_t begin = out->length;
    bool read = bytes_read(fd, path, max_bytes, out, e);
    close(fd);
    return read && text_check(path, buf_text(out) + begin, out->length - begin, e);
}

char *textfile_path(const char *directory, const char *path)
{
    struct buf whole = {0};
    if (*path == '/')
        buf_add(&whole, path);
    else
        buf_addf(&whole, "%s/%s", directory, path);
    return buf_take(&whole);
}

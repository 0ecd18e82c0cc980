#include "trajectory/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool journal_open(struct journal *j, const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set(e, errno == EEXIST ? ERR_USAGE : ERR_IO, "cannot write %s: %s", path,
                       strerror(errno));
    *j = (struct journal){.path = mem_text(path), .fd = fd};
    return true;
}

bool journal_append(struct journal *j, const struct buf *line, struct err *e)
{
    size_t done = 0;
    while (done < line->length) {
        ssize_t n = write(j->fd, line->text + done, line->length - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            err_set(e, ERR_IO, "cannot write %s: %s", j->path,
                    n < 0 ? strerror(errno) : "nothing was taken");
            if (ftruncate(j->fd, j->size_bytes) != 0) /* no half line in the middle */
                err_append(e, "; its last line is cut");
            return false;
        }
        done += (size_t)n;
    }
    j->size_bytes += (off_t)line->length;
    return true;
}

static void journal_finish(struct journal *j)
{
    if (j->path)
        close(j->fd);
    free(j->path);
    *j = (struct journal){.fd = -1};
}

bool journal_close(struct journal *j, struct err *e)
{
    bool kept = !j->path || fdatasync(j->fd) == 0 ||
                err_set(e, ERR_IO, "cannot write %s: %s", j->path, strerror(errno));
    journal_finish(j);
    return kept;
}

void journal_drop(struct journal *j)
{
    if (j->path)
        unlink(j->path);
    journal_finish(j);
}

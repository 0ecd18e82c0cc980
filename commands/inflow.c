#include "commands/inflow.h"

#include "base/stop.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Reads on. What was given out makes room first. False: a stop. */
static bool read_more(struct inflow *l)
{
    char bytes[4096];
    struct pollfd fds[] = {{.fd = l->fd, .events = POLLIN}, {.fd = stop_fd(), .events = POLLIN}};
    if (l->text.text && l->done > 0) {
        memmove(l->text.text, l->text.text + l->done, l->text.length - l->done + 1);
        l->text.length -= l->done;
        l->done = 0;
    }
    poll(fds, 2, -1);
    if (stop_requested())
        return false;
    ssize_t n = fds[0].revents ? read(l->fd, bytes, sizeof bytes) : -1;
    if (n > 0)
        buf_add_bytes(&l->text, bytes, (size_t)n);
    l->ended = n == 0 || (n < 0 && fds[0].revents && errno != EINTR && errno != EAGAIN);
    return true;
}

enum inflow_next inflow_next(struct inflow *l, const char **line, size_t *length)
{
    bool too_long = false;
    for (;;) {
        char *begin = l->text.text ? l->text.text + l->done : NULL;
        size_t left = l->text.length - l->done;
        char *end = begin && left ? memchr(begin, '\n', left) : NULL;
        if (!end && l->ended && left)
            end = begin + left; /* the last line needs no end */
        if (end) {
            *end = '\0';
            *line = begin;
            *length = (size_t)(end - begin);
            l->done += *length + (*length < left);
            return too_long || *length > INFLOW_LENGTH_MAX ? INFLOW_TOO_LONG : INFLOW_LINE;
        }
        if (l->ended)
            return INFLOW_END;
        if (left > INFLOW_LENGTH_MAX) {
            l->done = l->text.length;
            too_long = true;
        }
        if (!read_more(l))
            return INFLOW_STOPPED;
    }
}

void inflow_finish(struct inflow *l)
{
    buf_finish(&l->text);
}

#include "commands/viewer.h"

#include "base/buf.h"
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 15000

static bool password_make(char out[9], char path[], struct err *e)
{
    uint32_t random;
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0 || getrandom(&random, sizeof random, 0) != sizeof random)
        return err_set(e, ERR_IO, "cannot make a password for x11vnc: %s", strerror(errno));
    snprintf(out, 9, "%08x", random);
    bool written = write(fd, out, 8) == 8;
    close(fd);
    return written || err_set(e, ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

static void viewer_become(const char *display, const char *authority, const char *password, int out)
{
    int null = open("/dev/null", O_RDWR);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execlp("x11vnc", "x11vnc", "-display", display, "-auth", authority, "-localhost", "-shared",
           "-forever", "-norc", "-quiet", "-autoport", "5900", "-passwdfile", password, NULL);
    _exit(127);
}

/* x11vnc says `PORT=5900` when it is ready. */
static int port_read(int fd)
{
    struct deadline deadline = deadline_in(START_MS);
    struct pollfd ready = {fd, POLLIN, 0};
    struct buf said = {0};
    int port = 0;
    char bytes[256];
    while (!port && poll(&ready, 1, deadline_left_ms(deadline)) > 0) {
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n <= 0)
            break;
        buf_add_bytes(&said, bytes, (size_t)n);
        const char *at = strstr(buf_text(&said), "PORT=");
        port = at && strchr(at, '\n') ? (int)strtol(at + strlen("PORT="), NULL, 10) : 0;
    }
    buf_finish(&said);
    return port;
}

bool viewer_start(struct viewer *v, const char *display, const char *authority, struct err *e)
{
    char path[] = "/tmp/hem-vnc-XXXXXX", remove[64];
    int ends[2];
    if (!password_make(v->password, path, e))
        return false;
    snprintf(remove, sizeof remove, "rm:%s", path); /* x11vnc removes it once it is read */
    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(e, ERR_IO, "cannot start x11vnc: %s", strerror(errno));
    v->pid = fork();
    if (v->pid == 0)
        viewer_become(display, authority, remove, ends[1]);
    close(ends[1]);
    v->port = v->pid > 0 ? port_read(ends[0]) : 0;
    close(ends[0]);
    unlink(path);
    if (v->port)
        return true;
    viewer_stop(v);
    return err_set(e, ERR_PROGRAM, "x11vnc does not start (Debian's package is x11vnc)");
}

void viewer_stop(struct viewer *v)
{
    if (v->pid > 0) {
        kill(v->pid, SIGTERM);
        waitpid(v->pid, NULL, 0);
    }
    *v = (struct viewer){0};
}

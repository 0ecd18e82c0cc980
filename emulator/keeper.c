#include "emulator/keeper.h"

#include "base/buf.h"
#include "base/clock.h"
#include "emulator/keeper_message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN_MAX 64
#define ANSWER_MS    10000

struct child {
    pid_t pid; /* 0: free */
    bool ended;
    int status;
};

struct keeper {
    pid_t pid;
    int socket;
    bool lost; /* the keeper has ended, and everything with it */
    struct child children[CHILDREN_MAX];
};

struct keeper *keeper_create(const char *const directories[KEEPER_DIRECTORIES_MAX], struct err *e)
{
    int sockets[2], count = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        err_set(e, ERR_PROGRAM, "cannot make a socket: %s", strerror(errno));
        return NULL;
    }
    while (directories && count < KEEPER_DIRECTORIES_MAX && directories[count])
        count++;
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0); /* -1 before Linux 5.3 */
    pid_t pid = fork();
    if (pid == 0)
        keeper_process(sockets[1], self, directories, count);
    int reason = errno;
    if (self >= 0)
        close(self);
    close(sockets[1]);
    if (pid < 0) {
        close(sockets[0]);
        err_set(e, ERR_PROGRAM, "cannot start a process: %s", strerror(reason));
        return NULL;
    }
    struct keeper *k = mem_zero(1, sizeof *k);
    k->pid = pid;
    k->socket = sockets[0];
    return k;
}

void keeper_destroy(struct keeper *k)
{
    if (!k)
        return;
    close(k->socket); /* which ends it */
    while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    free(k);
}

int keeper_fd(const struct keeper *k)
{
    return k->socket;
}

pid_t keeper_pid(const struct keeper *k)
{
    return k->pid;
}

/* ---- what the keeper tells ---- */

static struct child *child_find(struct keeper *k, pid_t pid)
{
    for (int i = 0; i < CHILDREN_MAX; i++)
        if (k->children[i].pid == pid)
            return &k->children[i];
    return NULL;
}

static void child_add(struct keeper *k, pid_t pid)
{
    struct child *slot = child_find(k, 0);
    for (int i = 0; i < CHILDREN_MAX && !slot; i++) /* forget one that has ended long ago */
        if (k->children[i].ended)
            slot = &k->children[i];
    if (slot)
        *slot = (struct child){.pid = pid};
}

/* Takes one report. False when there is none (yet). */
static bool report_take(struct keeper *k, struct keeper_report *out)
{
    ssize_t size;
    do
        size = recv(k->socket, out, sizeof *out, MSG_DONTWAIT);
    while (size < 0 && errno == EINTR);
    if (size == 0 || (size < 0 && errno != EAGAIN))
        k->lost = true;
    if (size != sizeof *out)
        return false;
    struct child *child = out->kind == KEEPER_ENDED ? child_find(k, out->pid) : NULL;
    if (child) {
        child->ended = true;
        child->status = out->value;
    }
    return true;
}

bool keeper_ended(struct keeper *k, pid_t pid, int *status)
{
    struct keeper_report report;
    while (report_take(k, &report))
        ;
    struct child *child = child_find(k, pid);
    *status = child && child->ended ? child->status : SIGKILL;
    return !child || child->ended || k->lost;
}

/* ---- starting ---- */

static int strings_add(struct buf *strings, const char *const *texts)
{
    int count = 0;
    for (; texts[count]; count++)
        buf_add_bytes(strings, texts[count], strlen(texts[count]) + 1);
    return count;
}

/* A file in memory that holds the texts; -1 with errno. */
static int strings_file(const struct buf *strings)
{
    int file = memfd_create("hem-start", MFD_CLOEXEC);
    size_t done = 0;
    while (file >= 0 && done < strings->length) {
        ssize_t n = write(file, strings->text + done, strings->length - done);
        if (n < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return file;
}

static bool request_send(struct keeper *k, struct keeper_request *request, const int *fds,
                         int fd_count)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(KEEPER_DESCRIPTORS * sizeof(int))];
    } control = {0};
    struct iovec part = {request, sizeof *request};
    size_t size = (size_t)fd_count * sizeof(int);
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = CMSG_SPACE(size)};
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(c), fds, size);
    return sendmsg(k->socket, &message, MSG_NOSIGNAL) == sizeof *request;
}

/* The keeper's answer: 0, or why the program could not be started. */
static int answer_wait(struct keeper *k, pid_t *pid)
{
    struct deadline deadline = deadline_in(ANSWER_MS);
    struct keeper_report report;
    while (!k->lost && !deadline_passed(deadline)) {
        while (report_take(k, &report)) {
            if (report.kind != KEEPER_STARTED)
                continue;
            *pid = report.pid;
            return report.value;
        }
        struct pollfd fd = {k->socket, POLLIN, 0};
        if (!k->lost)
            poll(&fd, 1, deadline_left_ms(deadline));
    }
    return k->lost ? EPIPE : ETIMEDOUT;
}

/* 0 or errno. */
static int start(struct keeper *k, const struct keeper_start *what, int directory, pid_t *pid)
{
    struct buf strings = {0};
    struct keeper_request request = {.death_signal = what->death_signal, .last = what->last};
    request.argument_count = strings_add(&strings, what->argv);
    request.environment_count = strings_add(&strings, (const char *const *)what->environment);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC), file = strings_file(&strings);
    int failure = errno;
    buf_finish(&strings);
    if (nothing >= 0 && file >= 0) {
        int fds[KEEPER_DESCRIPTORS] = {[KEEPER_STRINGS] = file,
                                       [KEEPER_DIRECTORY] = directory,
                                       [KEEPER_IN] = nothing,
                                       [KEEPER_OUT] = what->out >= 0 ? what->out : nothing,
                                       [KEEPER_ERROR] = what->error >= 0 ? what->error : nothing,
                                       [KEEPER_PASSED] = what->passed};
        int count = what->passed >= 0 ? KEEPER_DESCRIPTORS : KEEPER_PASSED;
        failure = request_send(k, &request, fds, count) ? answer_wait(k, pid) : errno;
    }
    if (nothing >= 0)
        close(nothing);
    if (file >= 0)
        close(file);
    return failure;
}

bool keeper_start(struct keeper *k, const struct keeper_start *what, pid_t *pid, struct err *e)
{
    const char *path = what->directory ? what->directory : ".";
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return err_set(e, ERR_PROGRAM, "cannot work in the directory %s: %s", path,
                       strerror(errno));
    int failure = start(k, what, directory, pid);
    close(directory);
    if (failure) {
        err_set(e, ERR_PROGRAM, "cannot start %s: %s", what->argv[0], strerror(failure));
        errno = failure;
        return false;
    }
    child_add(k, *pid);
    return true;
}

#include "emulator/keeper_message.h"

#include "base/clock.h"
#include "emulator/descendants.h"
#include "emulator/home.h"
#include "emulator/leftovers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STARTED_MAX  64
#define TERMINATE_MS 300 /* between SIGTERM and SIGKILL */
#define GIVE_UP_MS                                                                                 \
    10000 /* what SIGKILL has not ended by then (in an uninterruptible wait) is left to init */
#define LOOK_AGAIN_MS   10   /* processes that are not our children end without telling us */
#define DESCENDANTS_MAX 1024 /* at a time */

struct keep {
    int socket, signals, parent;
    pid_t started[STARTED_MAX]; /* 0: free */
    pid_t last;                 /* 0: none, or it has ended */
    pid_t display;              /* the same for ever: an X server */
};

/* ---- starting ---- */

/* The strings of a request, with pointers to them as execve wants. */
struct strings {
    char *memory;
    size_t size_bytes;
    char **arguments;
    char **environment;
};

static bool strings_split(struct strings *s, int count, char **out, char **from)
{
    char *end = s->memory + s->size_bytes;
    for (int i = 0; i < count; i++) {
        char *stop = *from < end ? memchr(*from, '\0', (size_t)(end - *from)) : NULL;
        if (!stop)
            return false;
        out[i] = *from;
        *from = stop + 1;
    }
    out[count] = NULL;
    return true;
}

static void strings_drop(struct strings *s)
{
    if (s->memory)
        munmap(s->memory, s->size_bytes);
    free(s->arguments);
    free(s->environment);
}

static bool strings_take(struct strings *s, const struct keeper_request *request, int file)
{
    struct stat info;
    *s = (struct strings){0};
    if (request->argument_count < 1 || request->environment_count < 0 || fstat(file, &info) != 0)
        return false;
    s->size_bytes = (size_t)info.st_size;
    s->memory = mmap(NULL, s->size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (s->memory == MAP_FAILED) {
        s->memory = NULL;
        return false;
    }
    s->arguments = calloc((size_t)request->argument_count + 1, sizeof(char *));
    s->environment = calloc((size_t)request->environment_count + 1, sizeof(char *));
    char *from = s->memory;
    if (s->arguments && s->environment &&
        strings_split(s, request->argument_count, s->arguments, &from) &&
        strings_split(s, request->environment_count, s->environment, &from))
        return true;
    strings_drop(s);
    return false;
}

static void signals_default(void)
{
    sigset_t none;
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the new process. Returns only when it failed, with errno. */
static void become(const struct keeper_request *request, struct strings *s, const int *fds,
                   pid_t keeper)
{
    signals_default();
    setsid();
    prctl(PR_SET_PDEATHSIG, request->death_signal);
    if (getppid() != keeper) /* it died before it could tell us so */
        _exit(127);
    if (fchdir(fds[KEEPER_DIRECTORY]) != 0 || dup2(fds[KEEPER_IN], 0) < 0 ||
        dup2(fds[KEEPER_OUT], 1) < 0 || dup2(fds[KEEPER_ERROR], 2) < 0 ||
        (fds[KEEPER_PASSED] >= 0 && dup2(fds[KEEPER_PASSED], 3) < 0))
        return;
    environ = s->environment; /* its PATH is the one to look in */
    execvp(s->arguments[0], s->arguments);
}

/* 0 or errno. The pipe closes by itself when exec succeeds. */
static int start(const struct keeper_request *request, struct strings *s, const int *fds,
                 pid_t *out)
{
    int result[2], failure = 0;
    pid_t self = getpid();
    if (pipe2(result, O_CLOEXEC) != 0)
        return errno;
    pid_t pid = fork();
    if (pid == 0) {
        become(request, s, fds, self);
        failure = errno;
        ssize_t n = write(result[1], &failure, sizeof failure);
        _exit(n == sizeof failure ? 127 : 126);
    }
    if (pid < 0)
        failure = errno;
    close(result[1]);
    while (pid > 0 && read(result[0], &failure, sizeof failure) < 0 && errno == EINTR)
        ;
    close(result[0]);
    if (failure && pid > 0)
        waitpid(pid, NULL, 0);
    *out = pid;
    return failure;
}

static void report(struct keep *k, enum keeper_report_kind kind, pid_t pid, int value)
{
    struct keeper_report r = {kind, pid, value};
    send(k->socket, &r, sizeof r, MSG_NOSIGNAL);
}

static void started_add(struct keep *k, pid_t pid, bool last)
{
    for (int i = 0; i < STARTED_MAX; i++) {
        if (k->started[i])
            continue;
        k->started[i] = pid;
        break;
    }
    if (last)
        k->last = k->display = pid;
}

static void serve(struct keep *k, const struct keeper_request *request, int *fds, int fd_count)
{
    struct strings strings = {0};
    pid_t pid = 0;
    int failure = EINVAL;
    for (int i = fd_count; i < KEEPER_DESCRIPTORS; i++)
        fds[i] = -1;
    if (fd_count >= KEEPER_PASSED && strings_take(&strings, request, fds[KEEPER_STRINGS])) {
        failure = start(request, &strings, fds, &pid);
        strings_drop(&strings);
    }
    if (!failure)
        started_add(k, pid, request->last);
    report(k, KEEPER_STARTED, pid, failure);
}

/* Serves one request. False when hem has closed the connection. */
static bool receive(struct keep *k)
{
    struct keeper_request request;
    int fds[KEEPER_DESCRIPTORS], fd_count = 0;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof fds)];
    } control;
    struct iovec part = {&request, sizeof request};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    ssize_t size = recvmsg(k->socket, &message, MSG_CMSG_CLOEXEC);
    if (size < 0)
        return errno == EINTR || errno == EAGAIN;
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
        fd_count = (int)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(fds, CMSG_DATA(c), (size_t)fd_count * sizeof(int));
    }
    if (size == sizeof request)
        serve(k, &request, fds, fd_count);
    for (int i = 0; i < fd_count; i++)
        close(fds[i]);
    return size > 0;
}

/* ---- ending ---- */

/* Reaps what has ended. False when there is no child at all any more, and so no descendant: whoever
 * loses its parent becomes our child. */
static bool reap(struct keep *k)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == k->last)
            k->last = 0;
        for (int i = 0; i < STARTED_MAX; i++) {
            if (k->started[i] != pid)
                continue;
            k->started[i] = 0;
            report(k, KEEPER_ENDED, pid, status);
        }
    }
    return pid == 0;
}

static void signals_drain(struct keep *k)
{
    struct signalfd_siginfo info;
    while (read(k->signals, &info, sizeof info) == sizeof info)
        ;
}

/* Sends NUMBER to all descendants but the last one; how many were there? */
static int signal_others(struct keep *k, int number)
{
    static struct process processes[DESCENDANTS_MAX];
    int others = 0, count = descendants_list(getpid(), processes, DESCENDANTS_MAX);
    for (int i = 0; i < count; i++) {
        if (processes[i].pid == k->last)
            continue;
        others++;
        if (number)
            kill(processes[i].pid, number);
    }
    return others;
}

/* Waits until only the last one is left, at most MS; sends NUMBER at first, or AGAIN and again. */
static void end_others(struct keep *k, int number, bool again, int ms)
{
    struct deadline deadline = deadline_in(ms);
    while (reap(k) && signal_others(k, number) > 0 && !deadline_passed(deadline)) {
        struct pollfd fd = {k->signals, POLLIN, 0};
        poll(&fd, 1, LOOK_AGAIN_MS);
        signals_drain(k);
        if (!again)
            number = 0;
    }
}

static void end_all(struct keep *k)
{
    end_others(k, SIGTERM, false, TERMINATE_MS);
    end_others(k, SIGKILL, true, GIVE_UP_MS);
    if (k->last) { /* SIGTERM lets an X server remove its socket */
        kill(k->last, SIGTERM);
        struct deadline deadline = deadline_in(TERMINATE_MS);
        while (reap(k) && k->last && !deadline_passed(deadline)) {
            struct pollfd fd = {k->signals, POLLIN, 0};
            poll(&fd, 1, deadline_left_ms(deadline));
            signals_drain(k);
        }
        k->last = 0; /* one of the others now */
    }
    end_others(k, SIGKILL, true, GIVE_UP_MS);
    if (k->display)
        leftovers_remove(k->display);
}

/* ---- the process ---- */

/* Keeps the socket as 3 and the parent as 4, and nothing else of hem's. */
static void descriptors_settle(struct keep *k)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int socket = fcntl(k->socket, F_DUPFD_CLOEXEC, 10);
    int parent = k->parent >= 0 ? fcntl(k->parent, F_DUPFD_CLOEXEC, 10) : -1;
    for (int i = 0; i < 3; i++)
        dup2(nothing, i);
    k->socket = dup3(socket, 3, O_CLOEXEC);
    k->parent = parent >= 0 ? dup3(parent, 4, O_CLOEXEC) : -1;
    close_range(parent >= 0 ? 5 : 4, ~0u, 0);
}

static void signals_settle(struct keep *k)
{
    sigset_t ours;
    signals_default();
    sigemptyset(&ours);
    sigaddset(&ours, SIGCHLD);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigprocmask(SIG_SETMASK, &ours, NULL);
    k->signals = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Waits for work. False when it is time to end. */
static bool turn(struct keep *k)
{
    struct pollfd fds[3] = {
        {k->signals, POLLIN, 0}, {k->socket, POLLIN, 0}, {k->parent, POLLIN, 0}};
    struct signalfd_siginfo info;
    if (poll(fds, 3, -1) < 0)
        return errno == EINTR;
    while (read(k->signals, &info, sizeof info) == sizeof info)
        if (info.ssi_signo != SIGCHLD)
            return false;
    reap(k);
    if (fds[2].revents) /* hem has ended; a fork of it may still hold the socket open */
        return false;
    return !fds[1].revents || receive(k);
}

void keeper_process(int socket, int parent, const char *const *directories, int directory_count)
{
    struct keep k = {.socket = socket, .parent = parent};
    prctl(PR_SET_NAME, "hem-keeper");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    setsid();
    descriptors_settle(&k);
    signals_settle(&k);
    if (chdir("/") != 0)
        _exit(1);
    while (turn(&k))
        ;
    end_all(&k);
    for (int i = 0; i < directory_count; i++)
        directory_remove(directories[i]);
    _exit(0);
}

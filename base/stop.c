#include "base/stop.h"

#include "base/buf.h"
#include "base/thread.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that stops. There are a few, and they stay until the end: threads look at them. */
struct stop_file {
    char *path, *reason; /* owned */
    struct stop_file *next;
};

static volatile sig_atomic_t stop_count;
static int stop_pipe[2] = {-1, -1};
static struct stop_file *_Atomic stop_files;

void stop_request(void)
{
    stop_count++;
    if (stop_pipe[1] >= 0) {
        ssize_t n = write(stop_pipe[1], "", 1);
        (void)n; /* a full pipe is readable already */
    }
}

/* The user means it; children die with us. But what is held is given back, if that does not take
 * long: a terminal and who runs us in it may both send the first one. */
static void stop_signal(int number)
{
    static volatile sig_atomic_t signals;
    signals++;
    if (number == SIGALRM || signals > 2)
        _exit(128 + SIGINT);
    if (signals == 2)
        alarm(STOP_GRACE_S);
    stop_request();
}

void stop_install(void)
{
    if (stop_pipe[0] < 0 && pipe2(stop_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        stop_pipe[0] = stop_pipe[1] = -1;
    struct sigaction action = {.sa_handler = stop_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a reader that went away and a full disk are errors, not deaths */
    signal(SIGXFSZ, SIG_IGN);
}

/* The first of them that is there. A file that nobody may look for is taken to be. */
static const struct stop_file *stop_file_there(void)
{
    struct stat there;
    for (const struct stop_file *f = atomic_load(&stop_files); f; f = f->next)
        if (lstat(f->path, &there) == 0 || (errno != ENOENT && errno != ENOTDIR))
            return f;
    return NULL;
}

/* Wakes those that wait. */
static void *stop_look(void *unused)
{
    while (!stop_file_there())
        poll(NULL, 0, STOP_LOOK_MS);
    stop_request();
    return unused;
}

static void stop_look_start(void)
{
    pthread_t thread;
    if (thread_start(&thread, stop_look, NULL) == 0) /* else: whoever asks looks */
        pthread_detach(thread);
}

void stop_watch_file(const char *path)
{
    struct buf reason = {0};
    for (const struct stop_file *f = atomic_load(&stop_files); f; f = f->next)
        if (strcmp(f->path, path) == 0)
            return;
    struct stop_file *file = mem_zero(1, sizeof *file);
    buf_addf(&reason, "stopped: %s is there", path);
    *file = (struct stop_file){mem_text(path), buf_take(&reason), atomic_load(&stop_files)};
    atomic_store(&stop_files, file);
    if (!file->next)
        stop_look_start();
}

void stop_forked(void)
{
    for (int i = 0; i < 2; i++)
        if (stop_pipe[i] >= 0)
            close(stop_pipe[i]);
    stop_pipe[0] = stop_pipe[1] = -1;
    stop_count = 0;
    stop_install();
    if (atomic_load(&stop_files))
        stop_look_start();
}

void stop_answered(void)
{
    char bytes[64];
    stop_count = 0;
    while (stop_pipe[0] >= 0 && read(stop_pipe[0], bytes, sizeof bytes) > 0)
        ;
}

const char *stop_reason(void)
{
    const struct stop_file *file = stop_file_there();
    return file ? file->reason : "interrupted";
}

bool stop_requested(void)
{
    return stop_count > 0 || stop_file_there();
}

int stop_fd(void)
{
    return stop_pipe[0];
}

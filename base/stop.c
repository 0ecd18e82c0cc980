#include "base/stop.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t stop_count;
static int stop_pipe[2] = {-1, -1};

void stop_request(void)
{
    stop_count++;
    if (stop_pipe[1] >= 0) {
        ssize_t n = write(stop_pipe[1], "", 1);
        (void)n; /* a full pipe is readable already */
    }
}

static void stop_signal(int number)
{
    if (stop_count) /* the user means it; children die with us */
        _exit(128 + number);
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
    signal(SIGPIPE, SIG_IGN); /* a reader that went away and a full disk are errors, not deaths */
    signal(SIGXFSZ, SIG_IGN);
}

bool stop_requested(void)
{
    return stop_count > 0;
}

int stop_fd(void)
{
    return stop_pipe[0];
}

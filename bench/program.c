#include "bench/program.h"

#include "base/clock.h"
#include "base/stop.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

bool program_is_there(const char *name)
{
    char path[4096];
    const char *rest = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    while (rest && *rest) {
        int length = (int)strcspn(rest, ":");
        snprintf(path, sizeof path, "%.*s/%s", length, rest, name);
        if (access(path, X_OK) == 0)
            return true;
        rest += length;
        rest += *rest == ':';
    }
    return false;
}

pid_t program_start(const char *const argv[], const char *out)
{
    pid_t parent = getpid(), process = fork();
    if (process != 0)
        return process;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int null = open("/dev/null", O_RDWR);
    int file = out ? open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600) : null;
    if (getppid() != parent || null < 0 || file < 0)
        _exit(126);
    dup2(null, STDIN_FILENO);
    dup2(file, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

bool program_wait(pid_t process, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    int status = 0;
    if (process <= 0)
        return false;
    while (waitpid(process, &status, WNOHANG) == 0) {
        if (deadline_passed(deadline) || stop_requested()) {
            kill(process, SIGKILL);
            waitpid(process, &status, 0);
            return false;
        }
        poll(NULL, 0, 1); /* finer than any of these programs takes */
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void program_stop(pid_t process)
{
    if (process <= 0)
        return;
    kill(process, SIGTERM);
    program_wait(process, 10000);
}

double program_time(const char *const argv[], const char *out, int timeout_ms)
{
    double begin = clock_ms();
    return program_wait(program_start(argv, out), timeout_ms) ? clock_ms() - begin : -1;
}

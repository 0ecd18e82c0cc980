/* cluster: a real Slurm of three nodes on this machine, for the time of a test
 * (tests/slurm/cluster). */
#ifndef TESTS_CLUSTER_H
#define TESTS_CLUSTER_H

#include "base/buf.h"
#include "base/clock.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLUSTER_STARTS 5 /* with other ports, where some are taken */

static char cluster_root[] = "/tmp/hem-cluster-XXXXXX";

/* Runs COMMAND through the shell; what it says goes into OUT (may be NULL). Returns its status. */
static inline int shell(const char *command, struct buf *out)
{
    char part[4096];
    size_t got;
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    while ((got = fread(part, 1, sizeof part, pipe)) > 0)
        if (out)
            buf_add_bytes(out, part, got);
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static inline void cluster_root_remove(void)
{
    struct buf command = {0};
    buf_addf(&command, "rm -rf %s", cluster_root);
    shell(buf_text(&command), NULL);
    buf_finish(&command);
}

/* `tests/slurm/cluster DIR WHAT`. False: it failed. */
static inline bool cluster_do(const char *what)
{
    struct buf command = {0}, said = {0};
    buf_addf(&command, "sh tests/slurm/cluster %s %s >%s/said 2>&1; s=$?; cat %s/said; exit $s",
             cluster_root, what, cluster_root, cluster_root); /* no daemon may keep the pipe open */
    bool fine = shell(buf_text(&command), &said) == 0;
    if (!fine)
        print_message("cluster %s: %s\n", what, buf_text(&said));
    buf_finish(&command);
    buf_finish(&said);
    return fine;
}

/* How many processes of the cluster there are, those that wait to be buried left out. */
static inline int cluster_processes(void)
{
    struct buf command = {0}, said = {0};
    buf_addf(&command,
             "grep -slzF '%s' /proc/[0-9]*/environ /proc/[0-9]*/cmdline | cut -d/ -f3 | sort -u |"
             " while read p; do grep -sq '^State:.[^ZX]' /proc/$p/status && [ \"$(cat"
             " /proc/$p/comm)\" != sh ] && cat /proc/$p/cmdline | tr '\\0' ' ' && echo; done",
             cluster_root);
    shell(buf_text(&command), &said);
    int count = 0;
    for (const char *p = buf_text(&said); *p; p++)
        count += *p == '\n';
    if (count)
        print_message("%s", buf_text(&said));
    buf_finish(&command);
    buf_finish(&said);
    return count;
}

static inline int cluster_start(void **state)
{
    (void)state;
    struct buf conf = {0}, start = {0};
    strcpy(cluster_root + strlen(cluster_root) - 6, "XXXXXX");
    if (!mkdtemp(cluster_root))
        return -1;
    buf_addf(&conf, "%s/slurm.conf", cluster_root);
    setenv("SLURM_CONF", buf_text(&conf), 1);
    bool up = false;
    for (int i = 0; !up && i < CLUSTER_STARTS; i++) {
        buf_reset(&start);
        buf_addf(&start, "start %d", 20000 + (getpid() * 4 + i * 4000) % 12000);
        up = cluster_do(buf_text(&start)) || !cluster_do("stop");
    }
    buf_finish(&conf);
    buf_finish(&start);
    return up ? 0 : -1;
}

static inline int cluster_stop(void **state)
{
    (void)state;
    bool stopped = cluster_do("stop");
    struct deadline until = deadline_in(5000);
    while (stopped && cluster_processes() && !deadline_passed(until))
        poll(NULL, 0, 100);
    stopped = stopped && cluster_processes() == 0;
    unsetenv("SLURM_CONF");
    cluster_root_remove();
    return stopped ? 0 : -1;
}

#endif

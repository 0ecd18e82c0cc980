/* processes: who descends from a process, and who lives, as /proc says. */
#ifndef TESTS_PROCESSES_H
#define TESTS_PROCESSES_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

/* Appends PID and all its descendants to PIDS; returns how many are there then. */
static inline int descendants(pid_t pid, pid_t *pids, int count, int max)
{
    struct buf path = {0};
    if (count < max)
        pids[count++] = pid;
    buf_addf(&path, "/proc/%d/task/%d/children", pid, pid);
    FILE *f = fopen(buf_text(&path), "re");
    for (int child; f && fscanf(f, "%d", &child) == 1;)
        count = descendants(child, pids, count, max);
    if (f)
        fclose(f);
    buf_finish(&path);
    return count;
}

/* A process that has ended but was not waited for is no process any more. */
static inline bool is_alive(pid_t pid)
{
    char state = 'X', path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
        state = 'X';
    if (f)
        fclose(f);
    return state != 'X' && state != 'Z';
}

/* The command of a process as the kernel calls it; "" when it is gone. */
static inline void process_name(pid_t pid, char out[32])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/comm", pid);
    FILE *f = fopen(path, "re");
    if (!f || !fgets(out, 32, f))
        *out = '\0';
    if (f)
        fclose(f);
    out[strcspn(out, "\n")] = '\0';
}

#endif

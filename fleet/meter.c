#include "fleet/meter.h"

#include "emulator/descendants.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROCESSES_MAX 256 /* of one emulator */

/* The number behind NAME in a file of such lines; negative: there is none. */
static double line_number(const char *path, const char *name)
{
    char line[256];
    double value = -1;
    FILE *file = fopen(path, "re");
    if (!file)
        return -1;
    while (value < 0 && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            value = strtod(line + strlen(name), NULL);
    fclose(file);
    return value;
}

/* ---- an emulator ---- */

/* What every desktop consists of, by the names of the processes. */
static bool is_own(pid_t pid)
{
    static const char *const own[] = {"hem", "Xvfb", "openbox", "dbus-daemon"};
    char path[64], name[32] = "";
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *file = fopen(path, "re");
    if (file && !fgets(name, sizeof name, file))
        *name = '\0';
    if (file)
        fclose(file);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strncmp(name, own[i], strlen(own[i])) == 0)
            return true;
    return false;
}

static double process_mb(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    double kb = line_number(path, "Pss:");
    return kb > 0 ? kb / 1024 : 0;
}

void meter_emulator(pid_t pid, struct meter_emulator *out)
{
    static struct process processes[PROCESSES_MAX];
    int count = descendants_list(pid, processes, PROCESSES_MAX);
    *out = (struct meter_emulator){.own_mb = process_mb(pid)};
    for (int i = 0; i < count; i++)
        *(is_own(processes[i].pid) ? &out->own_mb : &out->program_mb) +=
            process_mb(processes[i].pid);
}

/* ---- the machine ---- */

static double file_number(const char *path)
{
    return line_number(path, "");
}

/* Control groups, of either version, say how much there is for us. */
static void group_memory(struct meter_machine *m)
{
    static const char *const files[][2] = {
        {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
        {"/sys/fs/cgroup/memory/memory.limit_in_bytes",
         "/sys/fs/cgroup/memory/memory.usage_in_bytes"}};
    for (int i = 0; i < 2; i++) {
        double limit = file_number(files[i][0]) / 1048576,
               used = file_number(files[i][1]) / 1048576;
        if (limit <= 0 || limit >= m->total_mb || used < 0)
            continue;
        m->total_mb = limit;
        if (limit - used < m->available_mb)
            m->available_mb = limit - used;
    }
}

static int processors_allowed(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    double quota, period;
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    if (!file)
        return count;
    if (fscanf(file, "%lf %lf", &quota, &period) == 2 && period > 0 && quota / period < count)
        count = quota / period > 1 ? (int)(quota / period) : 1;
    fclose(file);
    return count;
}

static void idle_measure(struct meter_machine *m)
{
    double ticks[8] = {0}, total = 0;
    FILE *file = fopen("/proc/stat", "re");
    if (!file)
        return;
    int got = fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", ticks, ticks + 1, ticks + 2,
                     ticks + 3, ticks + 4, ticks + 5, ticks + 6, ticks + 7);
    fclose(file);
    for (int i = 0; i < got; i++)
        total += ticks[i];
    double idle = ticks[3] + ticks[4], passed = total - m->total_ticks;
    if (m->total_ticks > 0 && passed > 0)
        m->idle = (idle - m->idle_ticks) / passed;
    m->total_ticks = total;
    m->idle_ticks = idle;
}

void meter_machine(struct meter_machine *m)
{
    m->total_mb = line_number("/proc/meminfo", "MemTotal:") / 1024;
    m->available_mb = line_number("/proc/meminfo", "MemAvailable:") / 1024;
    m->processors = processors_allowed();
    m->idle = -1;
    group_memory(m);
    idle_measure(m);
}

#include "base/clock.h"
#include "base/stop.h"
#include "bench/measures.h"
#include "bench/program.h"
#include "emulator/desktop.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STARTS        7
#define READY_BAR_MS  250
#define MEMORY_BAR_MB 40
#define READ_MS       40000

static void measure_readiness(struct table *t)
{
    const struct desktop_options options = {.width = BENCH_WIDTH, .height = BENCH_HEIGHT};
    const char *const xvfb_run[] = {"xvfb-run", "-a", "true", NULL};
    struct samples hem = {0}, other = {0};
    struct err e = {0};
    for (int i = 0; i < STARTS && !stop_requested(); i++) {
        double begin = clock_ms();
        struct desktop *d = desktop_start(&options, &e);
        if (!d) {
            measure_failed(t, "a desktop is ready", &e);
            return;
        }
        samples_add(&hem, clock_ms() - begin);
        desktop_stop(d);
    }
    struct row *r = table_add(t, "a desktop is ready", "ms", "the bar");
    r->hem = samples_at(&hem, 0.5);
    r->instead = READY_BAR_MS;
    row_note(r, "X server, window manager, bus; slowest of %d: %.0f ms", hem.count,
             samples_at(&hem, 1));
    r = table_add(t, "a desktop is ready, and gone", "ms", "xvfb-run true");
    double begin = clock_ms();
    struct desktop *d = desktop_start(&options, &e);
    desktop_stop(d);
    r->hem = d ? clock_ms() - begin : -1;
    if (!program_is_there("xvfb-run")) {
        row_note(r, "xvfb-run is not installed");
        return;
    }
    for (int i = 0; i < 3 && !stop_requested(); i++) {
        double ms = program_time(xvfb_run, NULL, 20000);
        if (ms >= 0)
            samples_add(&other, ms);
    }
    r->instead = samples_at(&other, 0.5);
    row_note(r, "%s", other.count ? "xvfb-run: X server only" : "xvfb-run failed");
}

/* ---- memory ---- */

/* The number behind "Pss:" of a process, in MB; 0 when it can't be read. */
static double process_pss(pid_t process)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)process);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "Pss: %ld", &kb) != 1)
        ;
    if (file)
        fclose(file);
    return (double)kb / 1024;
}

static bool process_name_and_parent(pid_t process, char name[32], pid_t *parent)
{
    char path[64], line[512] = "";
    long number;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)process);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool ok = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    const char *open = strchr(line, '('), *close = strrchr(line, ')');
    if (!ok || !open || !close || sscanf(close + 1, " %*c %ld", &number) != 1)
        return false;
    snprintf(name, 32, "%.*s", (int)(close - open - 1), open + 1);
    *parent = (pid_t)number;
    return true;
}

struct memory {
    double hem, xvfb, wm, bus, keeper; /* MB */
};

/* Is PROCESS below ANCESTOR? */
static bool is_below(pid_t process, pid_t ancestor)
{
    char name[32];
    for (int depth = 0; process > 1 && depth < 16; depth++) {
        if (process == ancestor)
            return true;
        if (!process_name_and_parent(process, name, &process))
            return false;
    }
    return false;
}

static void memory_add(struct memory *m, pid_t process, pid_t hem)
{
    char name[32];
    pid_t parent;
    if (!is_below(process, hem) || !process_name_and_parent(process, name, &parent))
        return;
    double pss = process_pss(process);
    if (process == hem)
        m->hem += pss;
    else if (!strcmp(name, "Xvfb"))
        m->xvfb += pss;
    else if (!strcmp(name, "openbox"))
        m->wm += pss;
    else if (!strcmp(name, "dbus-daemon"))
        m->bus += pss;
    else if (parent == hem)
        m->keeper += pss;
}

static struct memory memory_of(pid_t hem)
{
    struct memory m = {0};
    DIR *dir = opendir("/proc");
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (isdigit((unsigned char)entry->d_name[0]))
            memory_add(&m, (pid_t)strtol(entry->d_name, NULL, 10), hem);
    }
    if (dir)
        closedir(dir);
    return m;
}

/* Has hem said that it has done its first step? Then it has read the page. */
static bool wait_first_step(const char *log, pid_t hem)
{
    struct deadline deadline = deadline_in(READ_MS);
    char line[1024];
    while (!deadline_passed(deadline) && !stop_requested() && process_pss(hem) > 0) {
        FILE *file = fopen(log, "re");
        bool done = file && fgets(line, sizeof line, file) && strstr(line, "\"ok\":true");
        if (file)
            fclose(file);
        if (done)
            return true;
        poll(NULL, 0, 10);
    }
    return false;
}

static bool write_task(const char *path)
{
    char page[PATH_MAX];
    FILE *file = realpath(BENCH_PAGE, page) ? fopen(path, "we") : NULL;
    if (!file)
        return false;
    fprintf(file,
            "program: [chromium, \"--app=file://%s\", --start-maximized]\n"
            "policy: script\n"
            "steps:\n"
            "  - wait for field \"First name\" within 30 s\n"
            "  - wait 60 s\n",
            page);
    return fclose(file) == 0;
}

static void measure_memory(struct table *t, const char *folder)
{
    char task[PATH_MAX], log[PATH_MAX], out[PATH_MAX];
    struct row *r = table_add(t, "memory of one emulator (PSS)", "MB", "the bar");
    r->instead = MEMORY_BAR_MB;
    snprintf(task, sizeof task, "%s/hold.yaml", folder);
    snprintf(log, sizeof log, "%s/hold.log", folder);
    snprintf(out, sizeof out, "%s/hold", folder);
    if (!write_task(task)) {
        row_note(r, "not measured: cannot write %s", task);
        return;
    }
    const char *const hem[] = {BENCH_HEM, "run", task, "--json", "--out", out, NULL};
    pid_t process = program_start(hem, log);
    if (wait_first_step(log, process)) {
        struct memory m = memory_of(process);
        r->hem = m.hem + m.xvfb + m.wm;
        row_note(r, "without its program, after reading: hem %.1f, Xvfb %.1f, openbox %.1f", m.hem,
                 m.xvfb, m.wm);
        row_note(r, "beside it bus %.1f, keeper %.1f", m.bus, m.keeper);
    } else {
        row_note(r, "not measured: hem did not read the page");
    }
    program_stop(process);
}

void measure_living(struct table *t, const char *folder)
{
    measure_readiness(t);
    if (!stop_requested())
        measure_memory(t, folder);
}

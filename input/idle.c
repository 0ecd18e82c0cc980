#include "input/idle.h"

#include "base/clock.h"
#include "input/family.h"
#include "input/pause.h"

#include <X11/extensions/XRes.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STATUS_SIZE    4096 /* of /proc/PID/status; it has some 1,500 bytes */
#define LOOK_MS        4
#define FAMILY_LOOK_MS 8
#define LOOK_SHARE     0.2
#define LOAD_LITTLE    0.3 /* an animation's, not that of one that is behind */
#define LOOKS          6   /* in a row at which it slept and had not run in between */

pid_t idle_process(Display *display, Window window)
{
    int event, error, major = 0, minor = 0;
    if (!XResQueryExtension(display, &event, &error) ||
        !XResQueryVersion(display, &major, &minor) || major * 100 + minor < 102)
        return 0;
    XResClientIdSpec spec = {.client = window, .mask = XRES_CLIENT_ID_PID_MASK};
    XResClientIdValue *ids = NULL;
    long count = 0;
    pid_t process = 0;
    if (XResQueryClientIds(display, 1, &spec, &count, &ids) != Success)
        return 0;
    for (long i = 0; i < count && process <= 0; i++)
        process = XResGetClientPid(&ids[i]);
    XResClientIdsDestroy(count, ids);
    return process > 0 ? process : 0;
}

bool idle_same_process(Display *display, Window a, Window b, bool unknown)
{
    if (a == b)
        return true;
    pid_t first = a != None ? idle_process(display, a) : 0;
    pid_t second = b != None ? idle_process(display, b) : 0;
    return first && second ? first == second : unknown;
}

struct look {
    char state;    /* as in /proc: 'S' sleeps */
    long switches; /* how often it was put on or taken off a CPU */
};

/* What stands behind NAME, at the beginning of a line of TEXT; "" without. */
static const char *status_value(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? at + strlen(name) + strspn(at + strlen(name), "\t ") : "";
}

/* False when the process can't be looked at; then errno is ENOENT or ESRCH for one that is gone.
 * Looks are many, while the program needs the CPU: it is read at once. */
static bool look_at(pid_t process, struct look *out)
{
    char path[64], text[STATUS_SIZE];
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    int why = errno;
    if (file >= 0)
        close(file);
    errno = why;
    if (size <= 0)
        return false;
    text[size] = '\0';
    *out = (struct look){.state = *status_value(text, "\nState:"),
                         .switches =
                             strtol(status_value(text, "\nvoluntary_ctxt_switches:"), NULL, 10) +
                             strtol(status_value(text, "\nnonvoluntary_ctxt_switches:"), NULL, 10)};
    return out->state != 0;
}

bool idle_is_running(pid_t process)
{
    struct look now;
    return look_at(process, &now) ? now.state != 'Z' && now.state != 'X'
                                  : errno != ENOENT && errno != ESRCH;
}

/* The server is asked at each look: what the program may be waiting for has been served by then. */
enum idle idle_wait(Display *display, pid_t process, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    struct look last = {0}, now;
    for (int quiet = 0; quiet < LOOKS;) {
        XSync(display, False);
        if (!look_at(process, &now))
            return errno == ENOENT || errno == ESRCH ? IDLE_YES : IDLE_UNKNOWN;
        if (now.state == 'Z' || now.state == 'X') /* ended, but its parent has not taken note */
            return IDLE_YES;
        bool slept = now.state == 'S' && now.switches == last.switches;
        quiet = slept ? quiet + 1 : 0;
        last = now;
        if (deadline_passed(deadline) || !pause_ms(LOOK_MS))
            return now.state == 'T' || now.state == 't' ? IDLE_FROZEN : IDLE_NO;
    }
    return IDLE_YES;
}

/* The share of the time that the busiest of them has been at work lately; LOADS: of each. */
static double family_load(const pid_t members[FAMILY_MAX], int count, double loads[FAMILY_MAX])
{
    double most = 0;
    struct look now;
    for (int i = 0; i < count; i++) {
        bool works = look_at(members[i], &now) && (now.state == 'R' || now.state == 'D');
        loads[i] += ((works ? 1 : 0) - loads[i]) * LOOK_SHARE;
        most = loads[i] > most ? loads[i] : most;
    }
    return most;
}

/* Seldom, and without asking the server: on a busy machine each look is at the expense of those
 * that are waited for. */
bool idle_wait_family(pid_t process, int timeout_ms)
{
    struct deadline deadline = deadline_in(timeout_ms);
    pid_t members[FAMILY_MAX];
    double loads[FAMILY_MAX];
    int count = family_list(process, members);
    for (int i = 0; i < count; i++)
        loads[i] = 1;
    while (family_load(members, count, loads) > LOAD_LITTLE) {
        if (deadline_passed(deadline) || !pause_ms(FAMILY_LOOK_MS))
            return false;
    }
    return true;
}

#include "commands/record.h"

#include "base/buf.h"
#include "base/stop.h"
#include "commands/commands.h"
#include "commands/exit.h"
#include "commands/report.h"
#include "commands/run.h"
#include "commands/viewer.h"
#include "emulator/fold.h"
#include "emulator/watch.h"

#include <cjson/cJSON.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECRETS_MAX   16
#define SCREEN_WIDTH  1280
#define SCREEN_HEIGHT 800

struct record_options {
    struct watch_options watch;
    const char *labels[SECRETS_MAX];
    struct rect regions[SECRETS_MAX];
    bool json, view;
};

/* What is told while it goes on. */
struct telling {
    const struct record_options *options;
    struct viewer viewer;
    bool terminal; /* somebody looks at a line that changes */
    bool paused;
    int unsure;
    double told_seconds; /* when progress was told last */
};

/* ---- the command line ---- */

static int option_size(const char *text, struct watch_options *o)
{
    char end;
    if (sscanf(text, "%dx%d%c", &o->width, &o->height, &end) != 2 || o->width <= 0 ||
        o->height <= 0)
        return command_misused("record", "\"%s\" is no size such as 1280x800", text);
    return 0;
}

static int option_region(const char *text, struct record_options *o)
{
    struct rect *r = &o->regions[o->watch.secret.region_count];
    char end;
    if (o->watch.secret.region_count == SECRETS_MAX)
        return command_misused("record", "more than %d regions", SECRETS_MAX);
    if (sscanf(text, "%d,%d,%d,%d%c", &r->x, &r->y, &r->width, &r->height, &end) != 4 ||
        rect_empty(*r))
        return command_misused("record", "\"%s\" is no place such as 10,20,300,40", text);
    o->watch.secret.region_count++;
    return 0;
}

static int option_label(const char *text, struct record_options *o)
{
    if (!*text || o->watch.secret.label_count == SECRETS_MAX)
        return command_misused("record", "--secret needs a name, and there may be %d", SECRETS_MAX);
    o->labels[o->watch.secret.label_count++] = text;
    return 0;
}

static int option_take(int option, struct record_options *o, char *name)
{
    switch (option) {
    case 'd':
        o->watch.display = optarg;
        return 0;
    case 's':
        return option_size(optarg, &o->watch);
    case 'v':
        o->view = true;
        return 0;
    case 'p':
        o->watch.pause_key = optarg;
        return 0;
    case 'q':
        o->watch.stop_key = optarg;
        return 0;
    case 'S':
        return option_label(optarg, o);
    case 'R':
        return option_region(optarg, o);
    case 'L':
        o->watch.language = optarg;
        return 0;
    case 'j':
        o->json = true;
        return 0;
    default:
        return command_bad_option("record", name);
    }
}

static int record_parse(int argc, char **argv, struct record_options *o)
{
    static const struct option options[] = {
        {"display", required_argument, NULL, 'd'},
        {"screen", required_argument, NULL, 's'},
        {"view", no_argument, NULL, 'v'},
        {"pause-key", required_argument, NULL, 'p'},
        {"stop-key", required_argument, NULL, 'q'},
        {"secret", required_argument, NULL, 'S'},
        {"secret-region", required_argument, NULL, 'R'},
        {"lang", required_argument, NULL, 'L'},
        {"json", no_argument, NULL, 'j'},
        {NULL, 0, NULL, 0},
    };
    char **program = NULL;
    int option, status = 0, own = run_program(argc, argv, &program);
    if (program && *program)
        o->watch.program = program;
    optind = 1;
    opterr = 0;
    while (!status && (option = getopt_long(own, argv, "", options, NULL)) != -1)
        status = option_take(option, o, argv[optind - 1]);
    if (status)
        return status;
    if (optind == own)
        return command_misused("record", "where is the recording to go?");
    if (optind + 1 < own)
        return command_misused("record", "one folder, and the program after --: what is \"%s\"?",
                               argv[optind + 1]);
    o->watch.directory = argv[optind];
    if (!o->watch.program && !o->watch.display)
        o->watch.display = getenv("DISPLAY");
    if (!o->watch.program && (!o->watch.display || !*o->watch.display))
        return command_misused("record", "no program and no display: name one");
    if (o->view && o->watch.display)
        return command_misused("record", "--view shows a private display, not %s",
                               o->watch.display);
    return 0;
}

/* ---- what is told ---- */

static void json_tell(cJSON *json)
{
    report_json(cJSON_PrintUnformatted(json));
    cJSON_Delete(json);
}

static cJSON *json_event(const char *name)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddStringToObject(json, "event", name);
    return json;
}

static void tell_started(void *self, struct desktop *desktop)
{
    struct telling *t = self;
    const struct watch_options *o = &t->options->watch;
    const char *authority = desktop_authority(desktop);
    struct err e = {0};
    if (t->options->view && !viewer_start(&t->viewer, desktop_name(desktop), authority, &e))
        fprintf(stderr, "hem: %s\n", e.text);
    if (t->options->json) {
        cJSON *json = json_event("started");
        cJSON_AddStringToObject(json, "display", desktop_name(desktop));
        if (authority)
            cJSON_AddStringToObject(json, "authority", authority);
        if (t->viewer.port) {
            cJSON_AddNumberToObject(json, "vnc", t->viewer.port);
            cJSON_AddStringToObject(json, "password", t->viewer.password);
        }
        cJSON_AddStringToObject(json, "pause", o->pause_key);
        cJSON_AddStringToObject(json, "stop", o->stop_key);
        json_tell(json);
        return;
    }
    printf("recording the display %s", desktop_name(desktop));
    if (authority)
        printf(" (XAUTHORITY=%s)", authority);
    if (t->viewer.port)
        printf(", for VNC viewers at localhost:%d with the password %s", t->viewer.port,
               t->viewer.password);
    printf("; %s pauses, %s ends it\n", o->pause_key, o->stop_key);
    fflush(stdout);
}

/* A line for people, in the place of the one that changes. */
static void tell_line(const struct telling *t, const char *event, const char *text)
{
    if (t->options->json) {
        json_tell(json_event(event));
        return;
    }
    fputs(t->terminal ? "\r\033[K" : "", stderr);
    fprintf(stderr, "hem: %s\n", text);
}

static void tell_progress(struct telling *t, const struct watch_status *s)
{
    if (t->options->json) {
        cJSON *json = json_event("progress");
        cJSON_AddNumberToObject(json, "events", (double)s->events);
        cJSON_AddNumberToObject(json, "frames", s->frames);
        cJSON_AddNumberToObject(json, "seconds", round(s->seconds * 1e3) / 1e3);
        json_tell(json);
    } else if (t->terminal)
        fprintf(stderr, "\r\033[K%ld events, %d pictures, %.0f s%s", s->events, s->frames,
                s->seconds, s->paused ? ", paused" : "");
}

static void tell_status(void *self, const struct watch_status *s)
{
    struct telling *t = self;
    if (s->paused != t->paused)
        tell_line(t, s->paused ? "pause" : "resume",
                  s->paused ? "paused: nothing is recorded" : "recording again");
    if (s->unsure > t->unsure)
        tell_line(t, "unsure",
                  "it can't be seen whether this goes into a password field: the text is not "
                  "recorded");
    t->paused = s->paused;
    t->unsure = s->unsure;
    if (s->seconds - t->told_seconds < 1)
        return;
    t->told_seconds = s->seconds;
    tell_progress(t, s);
}

static void tell_end(struct telling *t, const struct watch_report *r, int steps,
                     const struct err *e)
{
    const struct watch_status *s = &r->status;
    if (t->options->json) {
        cJSON *json = json_event("end");
        cJSON_AddNumberToObject(json, "events", (double)s->events);
        cJSON_AddNumberToObject(json, "secret", (double)s->secret);
        cJSON_AddNumberToObject(json, "frames", s->frames);
        cJSON_AddNumberToObject(json, "seconds", round(s->seconds * 1e3) / 1e3);
        cJSON_AddNumberToObject(json, "steps", steps);
        cJSON_AddStringToObject(json, "why", r->why);
        if (e->kind != ERR_NONE)
            cJSON_AddStringToObject(json, "error", e->text);
        json_tell(json);
        return;
    }
    fputs(t->terminal ? "\r\033[K" : "", stderr);
    printf("%ld events, %d pictures and %d steps in %.0f s: %s\n", s->events, s->frames, steps,
           s->seconds, t->options->watch.directory);
}

/* Makes steps of it. How many they are; 0: none, and E may say why. */
static int record_fold(const struct record_options *o, struct err *e)
{
    struct fold_options options = {.limits = gesture_limits_default, .language = o->watch.language};
    struct fold_report report;
    if (!fold_demonstration(o->watch.directory, &options, &report, e))
        return 0;
    int steps = report.step_count;
    fold_report_finish(&report);
    return steps;
}

int command_record(int argc, char **argv)
{
    struct record_options o = {.watch = {.width = SCREEN_WIDTH,
                                         .height = SCREEN_HEIGHT,
                                         .pause_key = WATCH_PAUSE_KEY,
                                         .stop_key = WATCH_STOP_KEY}};
    struct telling t = {.options = &o, .terminal = isatty(STDERR_FILENO)};
    struct watch_report report;
    struct err e = {0};
    int status = record_parse(argc, argv, &o);
    if (status)
        return status;
    o.watch.secret.labels = o.labels;
    o.watch.secret.regions = o.regions;
    o.watch.hooks = (struct watch_hooks){tell_started, tell_status, &t};
    bool whole = watch_run(&o.watch, &report, &e);
    viewer_stop(&t.viewer);
    stop_answered(); /* it ended the recording, not what is made of it */
    int steps = whole && report.status.events ? record_fold(&o, &e) : 0;
    if (report.began)
        tell_end(&t, &report, steps, &e);
    return e.kind == ERR_NONE ? EXIT_DONE : exit_with(&e);
}

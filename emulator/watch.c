#include "emulator/watch.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/stop.h"
#include "emulator/gaze.h"
#include "emulator/scribe.h"
#include "emulator/windows.h"
#include "input/ear.h"
#include "input/layout.h"
#include "vision/screen.h"

#include <limits.h>
#include <unistd.h>

#define PROGRAM_START_MS 30000 /* until the first window */
#define START_MS         3000  /* until it first rests */
#define END_MS           1500
#define PATIENCE_MS      200 /* hooks and hotkeys wait no longer */
#define SETTLE_MS        400 /* the same beside what moves without end */
#define TYPING_REST_MS                                                                             \
    300 /* hands that type or turn the wheel rest: a picture of each letter helps nobody */
#define KEY_WAITS_MS    150 /* until a look is taken for its sake */
#define KEY_GIVES_UP_MS 10000

struct watch {
    const struct watch_options *options;
    struct desktop *desktop;
    Display *control, *data; /* owned: the ear's */
    struct screen *screen;
    struct scribe *scribe;
    struct ear *ear;
    struct gaze *gaze;
    struct gaze_options gaze_options;
    struct scribe_state state;
    struct frame frame;  /* the screen as it is known to be */
    struct rect changed; /* in it, since the last picture that is due or was shown */
    struct frame rested; /* a copy from when it last rested, that is to be shown */
    bool due;            /* there is one */
    uint64_t shown;      /* serial of the last of the screen's frames that was shown or is due */
    double begun_ms;
    struct watch_report *report;
};

/* ---- what the gaze is shown ---- */

static const char *title_now(struct watch *w)
{
    static char title[FOCUS_TITLE_SIZE];
    windows_active_title(desktop_display(w->desktop), title, sizeof title);
    return title;
}

static void show_rested(struct watch *w)
{
    if (!w->due)
        return;
    gaze_show(w->gaze, &w->rested, w->rested.changed, title_now(w), true, true);
    w->due = false;
}

/* The screen as it is, for the sake of keys that wait. */
static void show_now(struct watch *w, bool still, bool picture)
{
    show_rested(w);
    if (w->frame.serial == w->shown) {
        gaze_same(w->gaze, w->frame.time_ms, title_now(w));
        return;
    }
    gaze_show(w->gaze, &w->frame, w->changed, title_now(w), still, picture);
    w->changed = (struct rect){0};
    w->shown = w->frame.serial;
}

/* It rests, and differs from the picture before: that is kept now, and shown when hands rest. */
static void keep_rested(struct watch *w)
{
    struct rect before = w->due ? w->rested.changed : (struct rect){0};
    frame_copy(&w->rested, &w->frame);
    w->rested.changed = rect_union(before, w->changed);
    w->changed = (struct rect){0};
    w->shown = w->frame.serial;
    w->due = true;
}

/* Is the picture that is due wanted? The pointer leaves the screen that it shows, or nobody is in
 * the middle of a word. */
static bool rested_is_wanted(const struct watch *w)
{
    return w->due && (w->state.moved_ms > w->rested.time_ms ||
                      clock_ms() - w->state.busy_ms >= TYPING_REST_MS);
}

/* ---- the loop ---- */

static bool settle(struct watch *w, struct err *e)
{
    if (!screen_settle_since(w->screen, w->state.hands_ms, SETTLE_MS, &w->frame, e))
        return false;
    w->changed = rect_union(w->changed, w->frame.changed);
    scribe_state(w->scribe, &w->state);
    if (w->state.paused || !screen_was_still(w->screen) || w->frame.serial == w->shown)
        return true;
    if (rested_is_wanted(w))
        show_rested(w);
    keep_rested(w);
    return true;
}

static bool look_for_keys(struct watch *w, struct err *e)
{
    if (!w->state.waits_ms || clock_ms() - w->state.waits_ms < KEY_WAITS_MS)
        return true;
    if (!screen_capture(w->screen, &w->frame, e))
        return false;
    w->changed = rect_union(w->changed, w->frame.changed);
    show_now(w, false, false);
    scribe_give_up(w->scribe, clock_ms() - KEY_GIVES_UP_MS);
    return true;
}

static void tell(struct watch *w)
{
    struct watch_status *status = &w->report->status;
    *status = (struct watch_status){.events = w->state.events,
                                    .secret = w->state.secret,
                                    .unsure = w->state.unsure,
                                    .frames = gaze_pictures(w->gaze),
                                    .seconds = (clock_ms() - w->begun_ms) / 1e3,
                                    .paused = w->state.paused};
    if (w->options->hooks.status)
        w->options->hooks.status(w->options->hooks.self, status);
}

/* Why it is over; NULL: it is not. */
static const char *over(struct watch *w, struct err *e)
{
    struct err gone = {0};
    if (w->state.failed.kind != ERR_NONE) {
        *e = w->state.failed;
        return "failed";
    }
    if (!gaze_check(w->gaze, e))
        return "failed";
    if (stop_requested())
        return "signal";
    if (w->state.stopped)
        return "hotkey";
    if (desktop_lost(w->desktop) || ear_is_deaf(w->ear)) {
        err_set(e, ERR_DISPLAY, "the display %s went away", desktop_name(w->desktop));
        return "failed";
    }
    return desktop_alive(w->desktop, &gone) ? NULL : "program ended";
}

static bool watch_turn(struct watch *w, struct err *e)
{
    bool changed = false;
    if (w->state.paused)
        w->due = false;
    else if (rested_is_wanted(w))
        show_rested(w);
    if (!w->state.paused && !look_for_keys(w, e))
        return false;
    int patience = w->due || w->state.waits_ms ? KEY_WAITS_MS / 2 : PATIENCE_MS;
    return screen_wait_change(w->screen, patience, &w->frame, &changed, e) &&
           (!changed || settle(w, e));
}

static void watch_loop(struct watch *w, struct err *e)
{
    bool fine = screen_settle(w->screen, START_MS, &w->frame, e);
    if (fine) {
        w->changed = w->frame.changed;
        keep_rested(w);
        if (w->options->hooks.started)
            w->options->hooks.started(w->options->hooks.self, w->desktop);
    }
    while (fine && !(w->report->why = over(w, e))) {
        fine = watch_turn(w, e);
        scribe_state(w->scribe, &w->state);
        tell(w);
    }
    if (!fine && e->kind == ERR_STOPPED) {
        *e = (struct err){0};
        w->report->why = "signal";
    } else if (!fine)
        w->report->why = "failed";
}

/* ---- beginning and ending ---- */

static bool place_open(struct watch *w, struct err *e)
{
    const struct watch_options *o = w->options;
    struct desktop_options desktop = {.width = o->width, .height = o->height};
    w->desktop = o->display ? desktop_attach(o->display, e) : desktop_start(&desktop, e);
    if (!w->desktop)
        return false;
    if (o->program && !desktop_run(w->desktop, o->program, NULL, PROGRAM_START_MS, e))
        return false;
    w->screen = screen_open(desktop_display(w->desktop), desktop_framebuffer(w->desktop), e);
    w->control = w->screen ? desktop_connect(w->desktop, e) : NULL;
    w->data = w->control ? desktop_connect(w->desktop, e) : NULL;
    return w->data != NULL;
}

static bool record_open(struct watch *w, struct err *e)
{
    const struct watch_options *o = w->options;
    struct buf program = {0};
    char layout[EVENT_TEXT_SIZE], here[PATH_MAX];
    Display *display = desktop_display(w->desktop);
    layout_name(display, layout, sizeof layout);
    for (char *const *part = o->program; part && *part; part++)
        buf_addf(&program, "%s%s", part == o->program ? "" : " ", *part);
    struct scribe_options scribe = {.directory = o->directory,
                                    .head = {.program = buf_text(&program),
                                             .argv = o->program,
                                             .directory = getcwd(here, sizeof here),
                                             .layout = layout,
                                             .display = desktop_name(w->desktop),
                                             .width = DisplayWidth(display, 0),
                                             .height = DisplayHeight(display, 0)},
                                    .pause_key = o->pause_key,
                                    .stop_key = o->stop_key};
    w->scribe = scribe_create(&scribe, e);
    buf_finish(&program);
    w->report->began = w->scribe != NULL;
    w->gaze_options = (struct gaze_options){.directory = o->directory,
                                            .language = o->language,
                                            .secret = o->secret,
                                            .scribe = w->scribe};
    w->gaze = w->scribe ? gaze_start(&w->gaze_options, e) : NULL;
    w->ear = w->gaze ? ear_open(w->control, w->data, scribe_hear, w->scribe, e) : NULL;
    return w->ear != NULL;
}

/* The screen as it is in the end: at rest, unless somebody can't wait for that. */
static bool look_last(struct watch *w, bool *still, struct err *e)
{
    bool waits = !stop_requested();
    bool fine = waits ? screen_settle_since(w->screen, w->state.hands_ms, END_MS, &w->frame, e)
                      : screen_capture(w->screen, &w->frame, e);
    w->changed = rect_union(w->changed, w->frame.changed);
    *still = waits && screen_was_still(w->screen);
    return fine;
}

/* Shows the end, for the keys that still wait and for who wants to know how it ended. */
static void look_back(struct watch *w)
{
    struct err e = {0};
    bool still;
    if (w->gaze && !w->state.paused && !desktop_lost(w->desktop) && look_last(w, &still, &e))
        show_now(w, still, true);
}

/* E: what went wrong first. */
static bool watch_end(struct watch *w, struct err *e)
{
    struct err late = {0};
    struct err *why = e->kind == ERR_NONE ? e : &late;
    bool heard = ear_close(w->ear, why);
    if (w->ear && heard)
        look_back(w);
    bool looked = gaze_stop(w->gaze, heard ? why : &late);
    w->gaze = NULL;
    if (w->scribe) {
        scribe_state(w->scribe, &w->state);
        w->report->status.events = w->state.events;
    }
    bool written = scribe_close(w->scribe, w->report->why, heard && looked ? why : &late);
    screen_close(w->screen);
    if (heard) /* else Xlib may wait for ever */
        desktop_disconnect(w->data);
    desktop_disconnect(w->control);
    desktop_stop(w->desktop);
    frame_finish(&w->frame);
    frame_finish(&w->rested);
    return heard && looked && written && e->kind == ERR_NONE;
}

bool watch_run(const struct watch_options *options, struct watch_report *out, struct err *e)
{
    struct watch w = {.options = options, .report = out};
    *out = (struct watch_report){.why = "failed"};
    if (place_open(&w, e) && record_open(&w, e)) {
        w.begun_ms = clock_ms();
        watch_loop(&w, e);
    }
    return watch_end(&w, e);
}

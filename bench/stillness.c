#include "base/clock.h"
#include "base/stop.h"
#include "bench/measures.h"
#include "bench/stage.h"
#include "bench/watcher.h"
#include "vision/find.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#define TRIALS    12
#define LEARN_MS  4000 /* several blinks of a caret */
#define AFTER_MS  1000 /* how long it is watched whether anything follows */
#define BAR_MS    100
#define PAUSE_MS  100 /* who decides within BAR_MS cannot know what follows after such a pause */
#define SLACK_MS  20  /* by which the watcher's times may be too early */
#define HTML      "bench/still.html"
#define PYTHON    "bench/still.py"
#define PROMPT    "Here the caret blinks" /* once that is read, the program is there */
#define APPEAR_MS 20000

/* What the programs' buttons are called. */
static const char *const kinds[] = {"At once", "Fade", "Counter", "Rows", "Next page", "Popup"};
#define KINDS ((int)(sizeof kinds / sizeof *kinds))

struct trials {
    struct samples late;  /* milliseconds from the last repaint before the decision to it */
    struct samples later; /* from that to the next, where one followed after such a pause that the
                           * change was not continuous */
    int cut_short, unseen, count;
};

struct watch {
    struct stage stage;
    struct vision *vision;
    struct watcher *watcher;
    struct point buttons[KINDS];
    struct trials all, by_kind[KINDS];
};

static void pass(double ms)
{
    double end = clock_ms() + ms;
    while (clock_ms() < end && !stop_requested())
        poll(NULL, 0, 10);
}

static bool find(struct watch *w, const char *text, struct point *at, struct err *e)
{
    struct target target = {.kind = TARGET_TEXT, .text = (char *)text};
    struct match match;
    if (find_target(NULL, &w->stage.scene, &target, &match, e) != FOUND_ONE)
        return false;
    *at = rect_center(match.box);
    return true;
}

/* Until the program is there, and where its buttons are. */
static bool find_buttons(struct watch *w, struct err *e)
{
    struct deadline deadline = deadline_in(APPEAR_MS);
    struct point prompt;
    do {
        if (!stage_settle(&w->stage, e) ||
            !vision_read(w->vision, &w->stage.frame, &w->stage.scene, e))
            return false;
    } while (!find(w, PROMPT, &prompt, e) && !deadline_passed(deadline));
    for (int i = 0; i < KINDS; i++)
        if (!find(w, kinds[i], &w->buttons[i], e))
            return false;
    return true;
}

/* One click; until it is known what became of it. */
static bool trial(struct watch *w, int kind, struct err *e)
{
    const struct action click = {.kind = ACTION_CLICK,
                                 .has_at = true,
                                 .at = w->buttons[kind],
                                 .button = BUTTON_LEFT,
                                 .count = 1};
    struct trials *both[] = {&w->all, &w->by_kind[kind]};
    double before, after, begin = clock_ms() - SLACK_MS;
    if (!input_perform(w->stage.input, &click, e) || !stage_settle(&w->stage, e))
        return false;
    double decided = clock_ms();
    pass(AFTER_MS);
    watcher_around(w->watcher, decided, &before, &after);
    for (int i = 0; i < 2; i++) {
        struct trials *t = both[i];
        t->count++;
        if (before < begin)
            t->unseen++;
        else
            samples_add(&t->late, decided - before);
        if (before >= begin && after - before >= PAUSE_MS)
            samples_add(&t->later, after - before);
        else if (before >= begin && after > 0)
            t->cut_short++;
    }
    return true;
}

static void report(struct table *t, const char *program, const char *kind, struct trials *trials)
{
    struct row *r = table_add(t, program, "ms", "the bar");
    r->instead = BAR_MS;
    r->hem = samples_at(&trials->late, 0.5);
    row_note(r, "%s: p95 %.0f ms, %d of %d cut short", kind, samples_at(&trials->late, 0.95),
             trials->cut_short, trials->count);
    if (trials->later.count)
        row_note(r, "%d went on after a pause of %.0f to %.0f ms", trials->later.count,
                 samples_at(&trials->later, 0), samples_at(&trials->later, 1));
    if (trials->unseen)
        row_note(r, "%d changed nothing before", trials->unseen);
}

static bool watch_program(struct watch *w, struct table *t, const char *name,
                          const char *const argv[], int trials, struct err *e)
{
    if (!stage_open(&w->stage, argv, e) || !(w->vision = vision_create(NULL, e)) ||
        !find_buttons(w, e) ||
        !(w->watcher = watcher_start(desktop_framebuffer(w->stage.desktop), e)))
        return false;
    watcher_learn(w->watcher);
    pass(LEARN_MS);
    watcher_learned(w->watcher);
    for (int i = 0; i < trials && !stop_requested(); i++)
        if (!trial(w, i % KINDS, e))
            return false;
    report(t, name, "all", &w->all);
    row_note(&t->rows[t->count - 1], "%ld pixels move by themselves", watcher_masked(w->watcher));
    for (int i = 0; i < KINDS; i++)
        report(t, "", kinds[i], &w->by_kind[i]);
    return true;
}

void measure_stillness(struct table *t, const char *folder)
{
    (void)folder;
    char page[PATH_MAX], plain[PATH_MAX + 32], beside[PATH_MAX + 32];
    if (!realpath(HTML, page))
        return;
    snprintf(plain, sizeof plain, "--app=file://%s", page);
    snprintf(beside, sizeof beside, "--app=file://%s?spinner", page);
    const struct {
        const char *name, *argv[4];
    } programs[] = {
        {"still after a click, Chromium", {"chromium", plain, "--start-maximized", NULL}},
        {"still beside a spinner, Chromium", {"chromium", beside, "--start-maximized", NULL}},
        {"still after a click, GTK 3", {"/usr/bin/python3", PYTHON, NULL}},
        {"still beside a spinner, GTK 3", {"/usr/bin/python3", PYTHON, "spinner", NULL}},
    };
    for (size_t i = 0; i < sizeof programs / sizeof *programs && !stop_requested(); i++) {
        static struct watch w; /* large */
        struct err e = {0};
        w = (struct watch){0};
        if (!watch_program(&w, t, programs[i].name, programs[i].argv, measures_trials(TRIALS), &e))
            measure_failed(t, programs[i].name, &e);
        watcher_stop(w.watcher);
        vision_destroy(w.vision);
        stage_close(&w.stage);
    }
}

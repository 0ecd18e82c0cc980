#include "base/clock.h"
#include "base/stop.h"
#include "bench/measures.h"
#include "bench/program.h"
#include "bench/stage.h"
#include "trajectory/picture.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#define PAGE_MS      20000
#define FIXED_MS     2000 /* what Anthropic's demo and OSWorld wait after every action */
#define CLICKS       12
#define WARM_TIMES   10
#define SHARED_TIMES 20
#define GIVE_UP_MS   60000

struct look {
    struct table *table;
    struct stage stage;
    struct vision *vision;
    char picture[PATH_MAX];
};

/* The median time of ARGV, which runs the program NAME, over TIMES runs; the note says when there
 * is none. */
static double time_program(struct row *r, const char *name, const char *const argv[], int times)
{
    struct samples s = {0};
    if (!program_is_there(name)) {
        row_note(r, "%s is not installed", name);
        return -1;
    }
    for (int i = 0; i < times && !stop_requested(); i++) {
        double ms = program_time(argv, NULL, GIVE_UP_MS);
        if (ms >= 0)
            samples_add(&s, ms);
    }
    if (s.count == 0)
        row_note(r, "%s failed", name);
    return samples_at(&s, 0.5);
}

/* A frame that was never captured before, so that nothing of it can be left out. */
static double capture_whole(struct look *l, bool into_file)
{
    struct samples s = {0};
    struct err e = {0};
    for (int i = 0; i < WARM_TIMES; i++) {
        struct frame frame = {0};
        double begin = clock_ms();
        bool ok = screen_capture(l->stage.screen, &frame, &e) &&
                  (!into_file || picture_write(l->picture, &frame, &e));
        double ms = clock_ms() - begin;
        frame_finish(&frame);
        if (!ok)
            return -1;
        samples_add(&s, ms);
    }
    return samples_at(&s, 0.5);
}

static void measure_capture(struct look *l, const char *folder)
{
    char ppm[PATH_MAX], png[PATH_MAX];
    snprintf(ppm, sizeof ppm, "%s/shot.ppm", folder);
    snprintf(png, sizeof png, "%s/shot.png", folder);
    const char *const scrot_ppm[] = {"scrot", "-o", ppm, NULL};
    const char *const scrot_png[] = {"scrot", "-o", png, NULL};
    const char *const import_png[] = {"import", "-window", "root", png, NULL};
    double memory = capture_whole(l, false), file = capture_whole(l, true);

    struct row *r = table_add(l->table, "capture: pixels", "ms", "scrot, as ppm");
    r->hem = memory;
    r->instead = time_program(r, "scrot", scrot_ppm, WARM_TIMES);
    row_note(r, "by %s", screen_method(l->stage.screen));
    r = table_add(l->table, "capture: a PNG file", "ms", "scrot, as png");
    r->hem = file;
    r->instead = time_program(r, "scrot", scrot_png, WARM_TIMES);
    r = table_add(l->table, "capture: a PNG file", "ms", "import");
    r->hem = file;
    r->instead = time_program(r, "import", import_png, WARM_TIMES);
}

static bool read_timed(struct look *l, double *ms, struct err *e)
{
    double begin = clock_ms();
    bool ok = vision_read(l->vision, &l->stage.frame, &l->stage.scene, e);
    *ms = clock_ms() - begin;
    return ok;
}

static void measure_reading(struct look *l, double cold_ms)
{
    const char *const tesseract[] = {
        "env", "OMP_THREAD_LIMIT=1", "tesseract", l->picture, "-", "--psm", "3", NULL};
    struct row *r =
        table_add(l->table, "reading a frame, the first time", "ms", "tesseract, psm 3, 1 thread");
    r->hem = cold_ms;
    r->instead = time_program(r, "tesseract", tesseract, 3);
    row_note(r, "hem: start of the engine, words and elements");
}

/* What other eyes see of the same frame that have read nothing yet, and, when AGAIN is not NULL,
 * once more: all of it, as of a frame that does not follow it. */
static bool read_with_others(struct look *l, double *first, double *again, struct err *e)
{
    struct vision *own = l->vision;
    uint64_t serial = l->stage.frame.serial;
    l->stage.frame.serial = 0;
    l->vision = vision_create(NULL, e);
    bool ok = l->vision && read_timed(l, first, e) && (!again || read_timed(l, again, e));
    vision_destroy(l->vision);
    l->vision = own;
    l->stage.frame.serial = serial;
    return ok;
}

/* Emulators beside each other: what one has read, the cache tells the other. */
static bool measure_sharing(struct look *l, const char *folder, struct err *e)
{
    struct samples alone = {0}, second = {0}, warm = {0};
    char cache[PATH_MAX];
    double ms = 0, again = 0;
    bool ok = true;
    snprintf(cache, sizeof cache, "%s/cache", folder);
    for (int i = 0; ok && i < SHARED_TIMES && !stop_requested(); i++) {
        ok = read_with_others(l, &ms, NULL, e);
        samples_add(&alone, ms);
        setenv("HEM_CACHE", cache, 1); /* the first time fills it */
        ok = ok && (i || read_with_others(l, &ms, NULL, e)) && read_with_others(l, &ms, &again, e);
        setenv("HEM_CACHE", "off", 1);
        samples_add(&second, ms);
        samples_add(&warm, again);
    }
    struct row *r =
        table_add(l->table, "a second emulator's first frame", "ms", "without the cache");
    r->hem = samples_at(&second, 0.5);
    r->instead = samples_at(&alone, 0.5);
    r = table_add(l->table, "a second emulator's first frame", "ms", "all of it again, warm");
    r->hem = samples_at(&second, 0.5);
    r->instead = samples_at(&warm, 0.5);
    row_note(r, "the bar: a ratio of 1");
    return ok;
}

static bool is_safe_to_click(const struct element *el)
{
    return el->role == ROLE_CHECKBOX || el->role == ROLE_RADIO;
}

/* Clicks it and settles. LATE: the screen was another one when the fixed wait would have ended. */
static bool click_and_settle(struct look *l, struct point at, double *ms, bool *late, struct err *e)
{
    struct action click = {
        .kind = ACTION_CLICK, .has_at = true, .at = at, .button = BUTTON_LEFT, .count = 1};
    struct frame later = {0};
    double begin = clock_ms();
    if (!input_perform(l->stage.input, &click, e) || !stage_settle(&l->stage, e))
        return false;
    *ms = clock_ms() - begin;
    while (clock_ms() < begin + FIXED_MS && !stop_requested())
        poll(NULL, 0, 10);
    bool ok = screen_capture(l->stage.screen, &later, e);
    *late = ok && !rect_empty(frame_difference(&l->stage.frame, &later));
    frame_finish(&later);
    return ok;
}

static bool measure_settling(struct look *l, struct err *e)
{
    struct samples s = {0};
    struct point places[CLICKS];
    int count = 0, too_early = 0;
    struct row *r = table_add(l->table, "waiting after a click", "ms", "a fixed wait");
    r->instead = FIXED_MS;
    for (int i = 0; i < l->stage.scene.element_count && count < CLICKS; i++) {
        if (is_safe_to_click(&l->stage.scene.elements[i]))
            places[count++] = rect_center(l->stage.scene.elements[i].box);
    }
    for (int i = 0; count > 0 && i < CLICKS; i++) {
        double ms;
        bool late;
        if (!click_and_settle(l, places[i % count], &ms, &late, e))
            return false;
        samples_add(&s, ms);
        too_early += late;
    }
    r->hem = samples_at(&s, 0.5);
    row_note(r, "hem's p95 %.0f ms", samples_at(&s, 0.95));
    row_note(r, "too early %d of %d times", too_early, s.count);
    return true;
}

/* Until the page is there with its fields. The last reading is not the first any more: COLD_MS is
 * of the first. */
static bool wait_for_page(struct look *l, double *cold_ms, struct err *e)
{
    struct deadline deadline = deadline_in(PAGE_MS);
    do {
        vision_destroy(l->vision);
        if (!stage_settle(&l->stage, e) || !(l->vision = vision_create(NULL, e)) ||
            !read_timed(l, cold_ms, e))
            return false;
    } while (!stage_textbox(&l->stage) && !deadline_passed(deadline));
    return stage_textbox(&l->stage) ||
           err_set(e, ERR_TASK, "the page did not appear in %d s", PAGE_MS / 1000);
}

static bool look_at_page(struct look *l, const char *folder, struct err *e)
{
    char page[PATH_MAX], address[PATH_MAX + 16];
    double cold_ms;
    if (!realpath(BENCH_PAGE, page))
        return err_set(e, ERR_IO, "cannot find %s: run it from the root of the sources",
                       BENCH_PAGE);
    snprintf(address, sizeof address, "--app=file://%s", page);
    const char *const chromium[] = {"chromium", address, "--start-maximized", NULL};
    if (!stage_open(&l->stage, chromium, e) || !wait_for_page(l, &cold_ms, e) ||
        !picture_write(l->picture, &l->stage.frame, e))
        return false;
    measure_capture(l, folder);
    measure_reading(l, cold_ms);
    return measure_sharing(l, folder, e) && measure_settling(l, e);
}

void measure_looking(struct table *t, const char *folder)
{
    struct look l = {.table = t};
    struct err e = {0};
    snprintf(l.picture, sizeof l.picture, "%s/frame.png", folder);
    if (!look_at_page(&l, folder, &e))
        measure_failed(t, "looking at a page", &e);
    vision_destroy(l.vision);
    stage_close(&l.stage);
}

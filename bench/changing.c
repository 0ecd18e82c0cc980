#include "base/clock.h"
#include "base/stop.h"
#include "bench/measures.h"
#include "bench/stage.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define TRIALS       200
#define WORD         16 /* letters, then the field is begun anew */
#define APPEAR_MS    20000
#define CHANGE_MS    5000
#define BAR_MS       4
#define UNCHANGED_MS 0.5

struct change {
    struct stage stage;
    struct vision *vision;
    struct samples changed, unchanged;
    unsigned random;
};

static bool look(struct change *c, struct err *e)
{
    return stage_settle(&c->stage, e) &&
           vision_read(c->vision, &c->stage.frame, &c->stage.scene, e);
}

/* Until there is a text field, and it has the focus. */
static bool begin(struct change *c, struct err *e)
{
    struct deadline deadline = deadline_in(APPEAR_MS);
    const struct element *field;
    do {
        if (!look(c, e))
            return false;
        field = stage_textbox(&c->stage);
    } while (!field && !deadline_passed(deadline));
    if (!field)
        return err_set(e, ERR_TASK, "there is no text field");
    const struct action click = {.kind = ACTION_CLICK,
                                 .has_at = true,
                                 .at = rect_center(field->box),
                                 .button = BUTTON_LEFT,
                                 .count = 1};
    return input_perform(c->stage.input, &click, e) && look(c, e);
}

/* A letter by chance: what stands in the field was never there before. */
static bool type_letter(struct change *c, int number, struct err *e)
{
    c->random = c->random * 1103515245u + 12345u;
    char letter[2] = {"etaoinshrdlcumwfgypbvkjxqz EASN13579"[(c->random >> 16) % 36], '\0'};
    const struct action all = {.kind = ACTION_KEY, .keys = "Ctrl+A", .repeat = 1};
    const struct action type = {.kind = ACTION_TYPE, .text = letter};
    if (number % WORD == 0 && (!input_perform(c->stage.input, &all, e) || !look(c, e)))
        return false;
    return input_perform(c->stage.input, &type, e);
}

/* A key, and as soon as something is drawn the frame and the scene are brought up to date. Then,
 * that done and the screen at rest, the same when there is nothing to do. */
static bool trial(struct change *c, int number, struct err *e)
{
    bool changed;
    if (!type_letter(c, number, e) ||
        !screen_wait_change(c->stage.screen, CHANGE_MS, &c->stage.frame, &changed, e))
        return false;
    double begin_ms = clock_ms();
    if (!changed)
        return err_set(e, ERR_TASK, "a key changed nothing");
    if (!screen_capture(c->stage.screen, &c->stage.frame, e) ||
        !vision_read(c->vision, &c->stage.frame, &c->stage.scene, e))
        return false;
    samples_add(&c->changed, clock_ms() - begin_ms);
    double acted_ms = clock_ms();
    if (!look(c, e))
        return false;
    begin_ms = clock_ms();
    if (!screen_settle_since(c->stage.screen, acted_ms, CHANGE_MS, &c->stage.frame, e) ||
        !vision_read(c->vision, &c->stage.frame, &c->stage.scene, e))
        return false;
    samples_add(&c->unchanged, clock_ms() - begin_ms);
    return true;
}

static void report(struct table *t, const char *what, struct samples *s, double bar_ms)
{
    struct row *r = table_add(t, what, "ms", "the bar");
    r->hem = samples_at(s, 0.5);
    r->instead = bar_ms;
    row_note(r, "p95 %.2f ms, %d times", samples_at(s, 0.95), s->count);
}

void measure_changing(struct table *t, const char *folder)
{
    (void)folder;
    char page[PATH_MAX], address[PATH_MAX + 16];
    if (!realpath(BENCH_PAGE, page))
        return;
    snprintf(address, sizeof address, "--app=file://%s", page);
    const struct {
        const char *key, *nothing, *argv[16];
    } programs[] = {
        {"a key, damage to scene: Chromium",
         "nothing changed: Chromium",
         {"chromium", address, "--start-maximized", NULL}},
        {"a key, damage to scene: GTK 3",
         "nothing changed: GTK 3",
         {"yad", "--form", "--maximized", "--text=Please describe the book.", "--field=Title",
          "--field=Author", "--field=Year:NUM", "--field=Language:CB", "--field=Borrowed:CHK",
          "--field=Notes:TXT", "", "", "1900!1400..2100!1", "English!French!German!Italian", NULL}},
    };
    for (size_t i = 0; i < sizeof programs / sizeof *programs && !stop_requested(); i++) {
        static struct change c;
        struct err e = {0};
        c = (struct change){0};
        bool ok = stage_open(&c.stage, programs[i].argv, &e) &&
                  (c.vision = vision_create(NULL, &e)) && begin(&c, &e);
        for (int j = 0; ok && j < measures_trials(TRIALS) && !stop_requested(); j++)
            ok = trial(&c, j, &e);
        if (ok) {
            report(t, programs[i].key, &c.changed, BAR_MS);
            report(t, programs[i].nothing, &c.unchanged, UNCHANGED_MS);
        } else {
            measure_failed(t, programs[i].key, &e);
        }
        vision_destroy(c.vision);
        stage_close(&c.stage);
    }
}

#include "emulator/fold_parts.h"

#include "base/stop.h"
#include "trajectory/deeds.h"

#include <stdlib.h>
#include <string.h>

/* ---- the steps ---- */

static void turn_set(struct recorded_turn *t, int number, const char *action, const char *outcome,
                     int scene)
{
    *t = (struct recorded_turn){.number = number,
                                .step = mem_text(""),
                                .action = mem_text(action),
                                .verdict = mem_text(""),
                                .outcome = mem_text(outcome),
                                .frame = mem_text(""),
                                .last_effect = mem_text(""),
                                .scene = scene};
}

/* A field for a secret is painted over, and shows no focus: what was typed as a secret went into
 * the only one there is, unless another field has the focus. */
static void secret_focus(struct folding *f, int scene)
{
    struct scene *s = scene < 0 ? NULL : &f->recording.scenes[scene];
    struct element *only = NULL;
    for (int i = 0; s && i < s->element_count; i++) {
        struct element *el = &s->elements[i];
        if (!role_is_field(el->role))
            continue;
        if (el->states & STATE_FOCUSED)
            return;
        for (int k = 0; k < f->log.count; k++) {
            const struct event *event = &f->log.items[k];
            if (event->kind != EVENT_SECRET || !rect_holds(el->box, rect_center(event->box)))
                continue;
            if (only && only != el)
                return;
            only = el;
        }
    }
    if (only)
        only->states |= STATE_FOCUSED;
}

static void recording_make(struct folding *f)
{
    struct recording *r = &f->recording;
    r->width = f->log.head.width;
    r->height = f->log.head.height;
    r->turns = mem_zero((size_t)f->gestures.count * 2 + 1, sizeof *r->turns);
    for (int i = 0; i < f->gestures.count; i++) {
        struct buf line = {0};
        action_print(&f->gestures.items[i].action, &line);
        turn_set(&r->turns[2 * i], 2 * i + 1, buf_text(&line), "acted",
                 fold_scene(f, f->moments[i].before));
        turn_set(&r->turns[2 * i + 1], 2 * i + 2, action_name(ACTION_NONE), "waited",
                 fold_scene(f, f->moments[i].settled));
        buf_finish(&line);
    }
    for (int i = 0; i < f->gestures.count; i++)
        if (f->gestures.items[i].secret)
            secret_focus(f, r->turns[2 * i].scene);
    r->turn_count = 2 * f->gestures.count;
}

/* The step of each gesture; -1 for what no step says. */
static bool steps_of(const struct folding *f, int *out, struct err *e)
{
    struct deeds deeds;
    if (!deeds_take_all(&f->recording, &deeds, e))
        return false;
    for (int i = 0; i < f->gestures.count; i++)
        out[i] = -1;
    for (int d = 0, step = 0; d < deeds.count; d++) {
        while (step + 1 < f->lesson.count && f->lesson.steps[step + 1].turn <= deeds.items[d].turn)
            step++;
        out[(deeds.items[d].turn - 1) / 2] = step;
    }
    deeds_finish(&deeds);
    return true;
}

/* The lines of all steps, and each read back: what is written must be what is meant. */
static bool lines_make(const struct folding *f, struct fold_report *out, struct err *e)
{
    bool fine = true;
    out->steps = mem_zero((size_t)f->lesson.count + 1, sizeof *out->steps);
    for (int i = 0; i < f->lesson.count && fine; i++) {
        struct buf line = {0};
        struct step back;
        step_print(&f->lesson.steps[i].step, &line);
        out->steps[out->step_count++] = buf_take(&line);
        fine = step_parse(out->steps[i], &back, e);
        if (fine) {
            fine = step_equal(&back, &f->lesson.steps[i].step) ||
                   err_set(e, ERR_TASK, "%s reads back as another step", out->steps[i]);
            step_finish(&back);
        }
    }
    return fine;
}

static void events_count(const struct folding *f, struct fold_report *out)
{
    for (int i = 0; i < f->log.count; i++)
        out->events += event_is_hands(f->log.items[i].kind);
    for (int n = 0; n < f->gestures.noise_count; n++)
        for (int i = f->gestures.noise[n].first; i <= f->gestures.noise[n].last; i++)
            out->noise += event_is_hands(f->log.items[i].kind);
    out->actions = f->gestures.count;
}

bool fold_all_read(struct err *e)
{
    return !stop_requested() || err_set(e, ERR_STOPPED, "%s", stop_reason());
}

static bool demonstration_fold(struct folding *f, struct fold_report *out, struct err *e)
{
    gestures_take(&f->log, &f->options->limits, &f->gestures);
    fold_moments(f);
    recording_make(f);
    int *steps = mem_zero((size_t)f->gestures.count + 1, sizeof *steps);
    bool folded = fold_all_read(e) && lesson_tell(&f->recording, &f->lesson, e) &&
                  fold_pictures(f, e) && lines_make(f, out, e) && steps_of(f, steps, e);
    if (folded) {
        events_count(f, out);
        out->turns = fold_write(f, steps, out->steps, e);
        folded = out->turns > 0;
    }
    free(steps);
    return folded;
}

bool fold_demonstration(const char *dir, const struct fold_options *options,
                        struct fold_report *out, struct err *e)
{
    struct folding f = {.dir = dir, .options = options};
    struct fold_report report = {0};
    if (!events_read(dir, &f.log, e))
        return false;
    bool folded = f.log.count > 0 || err_set(e, ERR_TASK, "%s: nothing was recorded", dir);
    f.vision = folded ? vision_create(options->language, e) : NULL;
    folded = f.vision && demonstration_fold(&f, &report, e);
    vision_destroy(f.vision);
    lesson_finish(&f.lesson);
    recording_finish(&f.recording);
    gestures_finish(&f.gestures);
    event_log_finish(&f.log);
    frame_finish(&f.frame);
    free(f.stills);
    free(f.moments);
    if (folded)
        *out = report;
    else
        fold_report_finish(&report);
    return folded;
}

void fold_report_finish(struct fold_report *r)
{
    for (int i = 0; i < r->step_count; i++)
        free(r->steps[i]);
    free(r->steps);
    *r = (struct fold_report){0};
}

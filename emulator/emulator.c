#include "emulator/emulator.h"

#include "base/log.h"
#include "base/stop.h"
#include "emulator/keepsakes.h"
#include "emulator/layout.h"
#include "emulator/turn.h"
#include "vision/find.h"

#include <stdlib.h>

#define PROGRAM_START_MS 30000 /* until the first window */

static void phases_add(struct phases *to, const struct phases *from)
{
    to->settle_ms += from->settle_ms;
    to->capture_ms += from->capture_ms;
    to->read_ms += from->read_ms;
    to->decide_ms += from->decide_ms;
    to->act_ms += from->act_ms;
}

static bool emulator_over_limit(const struct emulator *em, struct err *e)
{
    if (deadline_passed(em->deadline))
        return !err_set(e, ERR_LIMIT, "not done within %g seconds", em->task->limits.seconds);
    if (em->report->turns >= em->task->limits.turns)
        return !err_set(e, ERR_LIMIT, "not done within %d turns", em->task->limits.turns);
    return false;
}

/* A program that has ended explains best why nothing was found. */
static void emulator_blame_program(struct emulator *em, struct err *e)
{
    struct err why = {0};
    if (e->kind != ERR_TASK || desktop_alive(em->desktop, &why))
        return;
    err_append(e, " (%s)", why.text);
    em->report->program_ended = true;
}

static enum outcome outcome_of(const struct err *e)
{
    switch (e->kind) {
    case ERR_DENIED:
    case ERR_REPLY:
        return OUTCOME_REFUSED;
    case ERR_LIMIT:
        return OUTCOME_LIMIT;
    case ERR_STOPPED:
        return OUTCOME_STOPPED;
    default:
        return OUTCOME_FAILED;
    }
}

static void emulator_loop(struct emulator *em, struct err *e)
{
    enum turn turn = TURN_ACTED;
    em->step_since_ms = clock_ms();
    while (turn == TURN_ACTED && !emulator_over_limit(em, e)) {
        em->phases = (struct phases){0};
        em->verdict[0] = '\0';
        em->action = (struct action){0};
        turn = stop_requested() ? TURN_STOPPED : turn_take(em, e);
        em->report->turns++;
        phases_add(&em->report->phases, &em->phases);
        if (turn == TURN_FAILED)
            emulator_blame_program(em, e);
        if (turn == TURN_STOPPED || e->kind == ERR_STOPPED)
            err_set(e, ERR_STOPPED, "%s", stop_reason());
        if (!turn_record(em, turn, e, e))
            break;
    }
}

static bool has_place(const struct task *task, bool has_display, struct err *e)
{
    if (task->program.count || has_display)
        return true;
    return err_set(e, ERR_USAGE,
                   "%s: no program to start: name one, or join a display with --display",
                   task->path ? task->path : task->name);
}

/* What there is to do. Everything of it that may fail does so before anything is started. */
static bool emulator_take(struct emulator *em, const struct task *task, struct err *e)
{
    em->task = task;
    if (task->stop_file)
        stop_watch_file(task->stop_file);
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "%s", stop_reason());
    em->gallery = gallery_create(task->directory, &em->frame);
    if (em->options->screens != SCREENS_STRICT)
        gallery_allow_missing(em->gallery);
    if (!chooser_prepare(&em->chooser, task, e) ||
        !chooser_pictures(&em->chooser, task, em->gallery, e) ||
        !after_prepare(&em->after, task, em->gallery, e))
        return false;
    em->report->policy = chooser_name(&em->chooser);
    em->masks.secrets = &task->secrets;
    em->guard.rules = &task->guard;
    return true;
}

/* The record of it on disk, if one is wanted. */
static bool emulator_keep(struct emulator *em, struct err *e)
{
    const struct emulator_options *o = em->options;
    const struct task *task = em->task;
    struct buf program = {0};
    if (!o->directory)
        return true;
    for (int i = 0; i < task->program.count; i++)
        buf_addf(&program, "%s%s", i ? " " : "", task->program.items[i]);
    struct episode episode = {.task = task->name,
                              .path = task->path,
                              .goal = task->goal,
                              .policy = chooser_name(&em->chooser),
                              .program = program.length ? buf_text(&program) : NULL,
                              .argv = task->program.items,
                              .directory = task->directory,
                              .width = task->width,
                              .height = task->height,
                              .row = o->row,
                              .data = &task->data,
                              .holes = &task->data_holes};
    em->trajectory = trajectory_create(o->directory, &episode, &task->secrets, e);
    buf_finish(&program);
    return em->trajectory != NULL;
}

/* The place, the eyes and the hands, as the options' task wants them. */
static bool emulator_start(struct emulator *em, struct err *e)
{
    const struct emulator_options *o = em->options;
    const struct task *task = o->task;
    struct desktop_options desktop = {.width = task->width,
                                      .height = task->height,
                                      .window_manager = task->window_manager,
                                      .directory = task->directory};
    em->desktop = o->display ? desktop_attach(o->display, e) : desktop_start(&desktop, e);
    if (!em->desktop)
        return false;
    if (!layout_write(em->desktop, task, e))
        return false;
    bool shown = !task->program.count || desktop_run(em->desktop, task->program.items,
                                                     task->environment.items, PROGRAM_START_MS, e);
    if (em->report)
        em->report->placed = shown || desktop_stderr_path(em->desktop);
    if (!shown)
        return false;
    em->screen = screen_open(desktop_display(em->desktop), desktop_framebuffer(em->desktop), e);
    em->input = em->screen ? input_open(desktop_display(em->desktop), e) : NULL;
    if (em->input && !input_allow_paste(em->input, task->paste, e))
        return false;
    em->vision = !em->input ? NULL : o->vision ? o->vision : vision_create(task->language, e);
    if (!em->vision)
        return false;
    vision_forget(em->vision);                           /* the screen of the row before */
    em->masks.typed = o->display && task->secrets.count; /* by whoever was there before */
    vision_share_if(em->vision, masks_allow, &em->masks);
    return true;
}

/* Puts in order again what the task has done, also where it has failed. */
static void emulator_clean_up(struct emulator *em, const struct policy_context *context)
{
    struct emulator_report *r = em->report;
    struct policy *policy = em->policy;
    struct err late = {0};
    if (!em->after.count || r->err.kind == ERR_STOPPED || r->err.kind == ERR_DISPLAY)
        return;
    em->policy = after_policy(&em->after, context);
    em->deadline = deadline_in(em->task->limits.seconds * 1000);
    em->effect.awaited = false;
    emulator_loop(em, &late);
    policy_destroy(em->policy);
    em->policy = policy;
    after_blame(&late, &r->err);
}

static void emulator_carry_out(struct emulator *em)
{
    struct emulator_report *r = em->report;
    struct policy_context context = {.finder = {find_target, em->gallery},
                                     .secrets = &em->task->secrets,
                                     .step_ended = turn_step_ended,
                                     .name_covers = turn_name_covers,
                                     .screen_ended = turn_screen_ended,
                                     .self = em,
                                     .patience = em->options->patience,
                                     .close = em->chooser.close,
                                     .close_count = em->chooser.close_count};
    double begun = clock_ms();
    em->deadline = deadline_in(em->task->limits.seconds * 1000);
    em->lens.frame = &em->frame;
    em->lens.scene = &em->scene;
    em->lens.masks = &em->masks;
    const struct chooser_lent lent = {.camera = lens_camera(&em->lens),
                                      .deadline = &em->deadline,
                                      .run = em->options->run,
                                      .answer = em->options->hooks.answer,
                                      .self = em->options->hooks.self};
    em->policy = chooser_policy(&em->chooser, em->task, &context, &lent);
    emulator_loop(em, &r->err);
    emulator_clean_up(em, &context);
    r->seconds = (clock_ms() - begun) / 1000;
}

/* What is left of what was taken goes into its report. */
static void emulator_drop(struct emulator *em)
{
    struct emulator_report *r = em->report;
    r->outcome = r->err.kind == ERR_NONE ? OUTCOME_DONE : outcome_of(&r->err);
    if (em->policy) {
        data_copy(&r->values, policy_values(em->policy));
        r->notes = mem_text(policy_notes(em->policy));
        r->who = mem_text(policy_who(em->policy));
    }
    if (em->chooser.wallet)
        wallet_spent(em->chooser.wallet, &r->usage, &r->calls);
    policy_destroy(em->policy);
    em->policy = NULL;
    gallery_destroy(em->gallery);
    em->gallery = NULL;
    after_finish(&em->after);
    chooser_finish(&em->chooser);
}

static void emulator_keep_end(struct emulator *em)
{
    const struct emulator_options *o = em->options;
    struct emulator_report *r = em->report;
    struct err e = {0};
    if (em->desktop && o->directory)
        keepsake_output(o->directory, desktop_stdout_path(em->desktop),
                        desktop_stderr_path(em->desktop), &em->task->secrets);
    const char *why = r->outcome == OUTCOME_DONE ? NULL : r->err.text;
    const struct expenses expenses = {.calls = r->calls,
                                      .input = r->usage.input,
                                      .cached = r->usage.cached,
                                      .cache_written = r->usage.cache_written,
                                      .output = r->usage.output,
                                      .dollars = r->usage.dollars};
    trajectory_spent(em->trajectory, &expenses);
    if (!trajectory_close(em->trajectory, outcome_name(r->outcome), why, &r->values, &r->phases,
                          r->seconds, &e))
        log_warn("the trajectory is not complete: %s", e.text);
}

void emulator_run(const struct emulator_options *options, struct emulator_report *out)
{
    *out = (struct emulator_report){.outcome = OUTCOME_FAILED};
    struct emulator *em = mem_zero(1, sizeof *em);
    em->options = options;
    em->report = out;
    double begun = clock_ms();
    bool ready = emulator_take(em, options->task, &out->err) &&
                 has_place(options->task, options->display != NULL, &out->err) &&
                 emulator_keep(em, &out->err) && emulator_start(em, &out->err);
    if (ready) {
        out->start_ms = clock_ms() - begun;
        if (options->hooks.placed)
            options->hooks.placed(options->hooks.self);
        emulator_carry_out(em);
    }
    emulator_drop(em);
    emulator_keep_end(em);
    emulator_close(em);
}

/* ---- one task after the other ---- */

struct emulator *emulator_open(const struct emulator_options *options, struct err *e)
{
    struct emulator *em = mem_zero(1, sizeof *em);
    em->options = options;
    em->task = options->task;
    if (emulator_start(em, e))
        return em;
    emulator_close(em);
    return NULL;
}

void emulator_do(struct emulator *em, const struct task *task, struct emulator_report *out)
{
    *out = (struct emulator_report){.outcome = OUTCOME_FAILED};
    em->report = out;
    em->history = (struct history){0};
    em->acted = NULL;
    em->effect.awaited = false;
    if (emulator_take(em, task, &out->err))
        emulator_carry_out(em);
    emulator_drop(em);
}

void emulator_act(struct emulator *em, const struct action *action, struct emulator_report *out)
{
    *out = (struct emulator_report){.turns = 1};
    em->report = out;
    em->task = em->options->task;
    em->history = (struct history){0};
    em->acted = NULL;
    em->action = *action;
    em->deadline = deadline_in(em->task->limits.seconds * 1000);
    turn_act(em, &out->err);
    out->outcome = out->err.kind == ERR_NONE ? OUTCOME_DONE : outcome_of(&out->err);
}

const struct history *emulator_history(const struct emulator *em)
{
    return &em->history;
}

const struct scene *emulator_see(struct emulator *em, struct err *e)
{
    return turn_look(em, e) ? &em->scene : NULL;
}

void emulator_close(struct emulator *em)
{
    if (!em)
        return;
    input_close(em->input);
    screen_close(em->screen);
    desktop_stop(em->desktop);
    if (!em->options->vision)
        vision_destroy(em->vision);
    else if (em->vision)
        vision_share_if(em->vision, NULL, NULL);
    ended_finish(&em->ended);
    masks_finish(&em->masks);
    effect_finish(&em->effect);
    lens_finish(&em->lens);
    frame_finish(&em->frame);
    scene_finish(&em->scene);
    free(em);
}

void emulator_report_finish(struct emulator_report *r)
{
    data_finish(&r->values);
    screens_finish(&r->screens);
    free(r->notes);
    free(r->who);
    *r = (struct emulator_report){0};
}

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {"done", "failed", "refused", "limit", "stopped"};
    return names[outcome];
}

static bool check(const struct task *task, bool has_display, bool screens_may_miss, struct err *e)
{
    struct chooser c;
    struct after after = {0};
    struct gallery *gallery = gallery_create(task->directory, NULL);
    if (screens_may_miss)
        gallery_allow_missing(gallery);
    bool fine = chooser_prepare(&c, task, e) && chooser_pictures(&c, task, gallery, e) &&
                after_prepare(&after, task, gallery, e);
    after_finish(&after);
    chooser_finish(&c);
    gallery_destroy(gallery);
    return fine && has_place(task, has_display, e);
}

bool emulator_check(const struct task *task, bool has_display, struct err *e)
{
    return check(task, has_display, false, e);
}

bool emulator_check_case(const struct task *task, struct err *e)
{
    return check(task, false, true, e);
}

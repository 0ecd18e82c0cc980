#include "emulator/emulator.h"

#include "base/clock.h"
#include "base/history.h"
#include "base/log.h"
#include "base/stop.h"
#include "emulator/chooser.h"
#include "emulator/desktop.h"
#include "emulator/keepsakes.h"
#include "emulator/masks.h"
#include "input/input.h"
#include "policy/guard.h"
#include "policy/policy.h"
#include "vision/find.h"
#include "vision/screen.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTLE_MS        5000  /* a screen that never rests is looked at all the same */
#define PROGRAM_START_MS 30000 /* until the first window */
#define TITLE_SIZE       2048

enum turn { TURN_ACTED, TURN_DONE, TURN_FAILED, TURN_REFUSED, TURN_STOPPED };

struct emulator {
    const struct emulator_options *options; /* borrowed */
    const struct task *task;                /* borrowed */
    struct chooser chooser;
    struct desktop *desktop; /* owned, as are the next four */
    struct screen *screen;
    struct input *input;
    struct policy *policy;
    struct trajectory *trajectory; /* NULL: none is written */
    struct vision *vision;         /* owned when the options lend none */
    struct gallery *gallery;       /* owned; the pictures of the steps */
    struct frame frame;
    struct scene scene;
    struct history history;
    struct action action;
    struct masks masks;
    struct guard guard;
    struct phases phases; /* of this turn */
    struct deadline deadline;
    char title[TITLE_SIZE];
    char verdict[GUARD_WHY_SIZE + 16];
    double acted_ms; /* when something was last done to the screen; 0: not yet */
    double step_since_ms;
    bool step_acted;                /* something was done for the step under way */
    struct emulator_report *report; /* borrowed */
};

/* One line for people: the step, its secrets still holes. */
static void step_line(const struct step *step, struct buf *out)
{
    if (step)
        step_print(step, out);
}

static void emulator_step_ended(void *self, const struct step *step, const struct err *failed)
{
    struct emulator *em = self;
    struct buf line = {0}, redacted = {0};
    double now = clock_ms();
    step_line(step, &line);
    data_redact(&em->task->secrets, buf_text(&line), &redacted);
    em->report->steps++;
    if (em->options->hooks.step_ended)
        em->options->hooks.step_ended(em->options->hooks.self, em->report->steps,
                                      buf_text(&redacted), now - em->step_since_ms, failed);
    em->step_since_ms = now;
    em->step_acted = false;
    buf_finish(&line);
    buf_finish(&redacted);
}

/* The guard's word, and a person's where it says ask. */
static bool emulator_allows(struct emulator *em, struct err *e)
{
    char why[GUARD_WHY_SIZE];
    const struct step *step = policy_step(em->policy);
    enum verdict verdict = guard_judge(&em->guard, step, &em->action, &em->scene, why);
    snprintf(em->verdict, sizeof em->verdict, "%s", "allow");
    if (verdict == VERDICT_ASK) {
        struct buf line = {0};
        step_line(step, &line);
        bool yes = em->options->hooks.ask &&
                   em->options->hooks.ask(em->options->hooks.self, buf_text(&line), why);
        snprintf(em->verdict, sizeof em->verdict, "asked: %s", yes ? "yes" : "no");
        buf_finish(&line);
        return yes || err_set(e, ERR_DENIED, "the guard asks about %s, and nobody allowed it", why);
    }
    if (verdict == VERDICT_DENY) {
        snprintf(em->verdict, sizeof em->verdict, "deny: %s", why);
        return err_set(e, ERR_DENIED, "the guard denies %s", why);
    }
    return true;
}

static bool emulator_wait(struct emulator *em, struct err *e)
{
    bool changed;
    int left = deadline_left_ms(em->deadline);
    int ms = em->action.ms < left ? em->action.ms : left;
    if (em->action.until_change)
        return screen_wait_change(em->screen, ms, &em->frame, &changed, e);
    struct pollfd stop = {.fd = stop_fd(), .events = POLLIN};
    poll(&stop, 1, ms);
    return true;
}

/* What happens just before something is done for good. */
static bool emulator_before_acting(struct emulator *em, struct err *e)
{
    if (em->action.kind == ACTION_TYPE && em->action.shown) {
        struct rect place;
        policy_place(em->policy, &place);
        masks_typed(&em->masks, policy_step(em->policy), place);
    }
    if (em->action.commits && em->options->hooks.committing)
        return em->options->hooks.committing(em->options->hooks.self, e);
    return true;
}

/* Keeps the picture of the action's region. */
static bool emulator_keep(struct emulator *em, struct err *e)
{
    return keepsake_picture(em->options->directory, em->action.text, &em->frame, em->action.region,
                            em->masks.rects, em->masks.count, e);
}

static bool emulator_perform(struct emulator *em, struct err *e)
{
    switch (em->action.kind) {
    case ACTION_NONE:
        return true;
    case ACTION_WAIT:
        return emulator_wait(em, e);
    case ACTION_SCREENSHOT:
        em->action.region = frame_rect(&em->frame);
        return emulator_keep(em, e);
    case ACTION_ZOOM:
        return emulator_keep(em, e);
    case ACTION_CURSOR:
        em->action.at = input_pointer(em->input);
        em->action.has_at = true;
        return true;
    default:
        if (!emulator_before_acting(em, e) || !input_perform(em->input, &em->action, e))
            return false;
        em->acted_ms = clock_ms();
        klm_add(&em->report->klm, &em->action, !em->step_acted);
        em->step_acted = true;
        return true;
    }
}

/* One turn: look, decide, check, act. */
static enum turn emulator_turn(struct emulator *em, struct err *e)
{
    if (!screen_settle_since(em->screen, em->acted_ms, SETTLE_MS, &em->frame, e))
        return TURN_FAILED;
    em->phases.settle_ms = screen_settle_ms(em->screen);
    em->phases.capture_ms = screen_capture_ms(em->screen);
    double start = clock_ms();
    if (!vision_read(em->vision, &em->frame, &em->scene, e))
        return TURN_FAILED;
    desktop_window_title(em->desktop, em->title, sizeof em->title);
    em->scene.window = em->title;
    double read = clock_ms();
    em->phases.read_ms = read - start;
    bool decided = policy_decide(em->policy, &em->scene, &em->history, &em->action, e);
    em->phases.decide_ms = clock_ms() - read;
    if (!decided)
        return e->kind == ERR_REPLY ? TURN_REFUSED : TURN_FAILED;
    if (em->action.kind == ACTION_DONE)
        return TURN_DONE;
    if (!emulator_allows(em, e)) /* the guard, and a person where the guard says ask */
        return TURN_REFUSED;
    if (stop_requested()) /* deciding may have taken a minute */
        return TURN_STOPPED;
    start = clock_ms();
    if (!emulator_perform(em, e))
        return TURN_FAILED;
    double acted = clock_ms() - start;
    if (em->action.kind == ACTION_WAIT)
        em->phases.settle_ms += acted;
    else
        em->phases.act_ms = acted;
    return TURN_ACTED;
}

static const char *turn_outcome(const struct emulator *em, enum turn turn, const struct err *e,
                                struct buf *text)
{
    switch (turn) {
    case TURN_ACTED:
        return em->action.kind == ACTION_WAIT || em->action.kind == ACTION_NONE ? "waited"
                                                                                : "acted";
    case TURN_DONE:
        return "done";
    case TURN_STOPPED:
        return "stopped";
    default:
        buf_addf(text, "%s: %s", turn == TURN_REFUSED ? "refused" : "failed", e->text);
        return buf_text(text);
    }
}

/* Adds the turn to the history and to the record on disk. */
static bool emulator_record(struct emulator *em, enum turn turn, const struct err *why,
                            struct err *e)
{
    struct buf step = {0}, action = {0}, outcome = {0};
    step_line(policy_step(em->policy), &step);
    action_print(&em->action, &action);
    struct history_turn *past = history_add(&em->history);
    snprintf(past->step, sizeof past->step, "%s", buf_text(&step));
    snprintf(past->action, sizeof past->action, "%s", buf_text(&action));
    past->acted = turn == TURN_ACTED;
    past->changed = !rect_empty(em->scene.changed);
    bool written = true;
    masks_apply(&em->masks, &em->scene);
    if (em->trajectory) {
        struct trajectory_turn record = {
            .number = past->number,
            .step = buf_text(&step),
            .action = buf_text(&action),
            .verdict = em->verdict,
            .outcome = turn_outcome(em, turn, why, &outcome),
            .at = em->action.at,
            .has_at = em->action.has_at,
            .phases = em->phases,
            .still = screen_was_still(em->screen),
            .moving = screen_settled(em->screen) == SETTLED_BESIDE,
            .scene = &em->scene,
            .frame = em->frame.pixels ? &em->frame : NULL,
            .masks = em->masks.rects,
            .mask_count = em->masks.count,
        };
        written = trajectory_turn(em->trajectory, &record, e);
    }
    buf_finish(&step);
    buf_finish(&action);
    buf_finish(&outcome);
    return written;
}

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
    if (e->kind == ERR_TASK && !desktop_alive(em->desktop, &why))
        err_append(e, " (%s)", why.text);
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
        turn = stop_requested() ? TURN_STOPPED : emulator_turn(em, e);
        em->report->turns++;
        phases_add(&em->report->phases, &em->phases);
        if (turn == TURN_FAILED)
            emulator_blame_program(em, e);
        if (turn == TURN_STOPPED)
            err_set(e, ERR_STOPPED, "interrupted");
        if (!emulator_record(em, turn, e, e))
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

/* Everything that may fail before the program is started. */
static bool emulator_prepare(struct emulator *em, struct err *e)
{
    const struct emulator_options *o = em->options;
    const struct task *task = em->task;
    em->gallery = gallery_create(task->directory, &em->frame);
    if (!chooser_prepare(&em->chooser, task, e) ||
        !chooser_pictures(&em->chooser, task, em->gallery, e) ||
        !has_place(task, o->display != NULL, e))
        return false;
    em->report->policy = em->chooser.policy;
    em->masks.secrets = &task->secrets;
    em->masks.typed = o->display && task->secrets.count; /* by whoever was there before */
    em->guard = (struct guard){task->guard_ask.items, task->guard_deny.items,
                               task->guard_windows_ask.items, task->guard_windows_deny.items};
    if (!o->directory)
        return true;
    struct buf program = {0};
    for (int i = 0; i < task->program.count; i++)
        buf_addf(&program, "%s%s", i ? " " : "", task->program.items[i]);
    struct episode episode = {.task = task->name,
                              .path = task->path,
                              .goal = task->goal,
                              .policy = em->chooser.policy,
                              .program = program.length ? buf_text(&program) : NULL,
                              .width = task->width,
                              .height = task->height,
                              .row = o->row};
    em->trajectory = trajectory_create(o->directory, &episode, &task->secrets, e);
    buf_finish(&program);
    return em->trajectory != NULL;
}

static bool emulator_start(struct emulator *em, struct err *e)
{
    const struct emulator_options *o = em->options;
    const struct task *task = em->task;
    struct desktop_options desktop = {.width = task->width,
                                      .height = task->height,
                                      .window_manager = task->window_manager,
                                      .directory = task->directory};
    em->desktop = o->display ? desktop_attach(o->display, e) : desktop_start(&desktop, e);
    if (!em->desktop)
        return false;
    if (task->program.count && !desktop_run(em->desktop, task->program.items,
                                            task->environment.items, PROGRAM_START_MS, e))
        return false;
    em->screen = screen_open(desktop_display(em->desktop), desktop_framebuffer(em->desktop), e);
    em->input = em->screen ? input_open(desktop_display(em->desktop), e) : NULL;
    em->vision = !em->input ? NULL : o->vision ? o->vision : vision_create(task->language, e);
    if (!em->vision)
        return false;
    vision_share_if(em->vision, masks_allow, &em->masks);
    struct policy_context context = {.finder = {find_target, em->gallery},
                                     .secrets = &task->secrets,
                                     .step_ended = emulator_step_ended,
                                     .self = em};
    em->policy = chooser_policy(&em->chooser, task, &context);
    return true;
}

static void emulator_finish(struct emulator *em)
{
    struct emulator_report *r = em->report;
    struct err e = {0};
    if (em->policy) {
        data_copy(&r->values, policy_values(em->policy));
        r->notes = mem_text(policy_notes(em->policy));
    }
    policy_destroy(em->policy);
    input_close(em->input);
    screen_close(em->screen);
    if (em->desktop && em->options->directory)
        keepsake_output(em->options->directory, desktop_stdout_path(em->desktop),
                        desktop_stderr_path(em->desktop), &em->task->secrets);
    desktop_stop(em->desktop);
    const char *why = r->outcome == OUTCOME_DONE ? NULL : r->err.text;
    if (!trajectory_close(em->trajectory, outcome_name(r->outcome), why, &r->values, &r->phases,
                          r->seconds, &e))
        log_warn("the trajectory is not complete: %s", e.text);
    if (!em->options->vision)
        vision_destroy(em->vision);
    else if (em->vision)
        vision_share_if(em->vision, NULL, NULL);
    gallery_destroy(em->gallery);
    chooser_finish(&em->chooser);
    masks_finish(&em->masks);
    frame_finish(&em->frame);
    scene_finish(&em->scene);
}

void emulator_run(const struct emulator_options *options, struct emulator_report *out)
{
    *out = (struct emulator_report){.outcome = OUTCOME_FAILED};
    struct emulator *em = mem_zero(1, sizeof *em);
    em->options = options;
    em->task = options->task;
    em->report = out;
    double begun = clock_ms();
    if (emulator_prepare(em, &out->err) && emulator_start(em, &out->err)) {
        double ready = clock_ms();
        out->start_ms = ready - begun;
        em->deadline = deadline_in(em->task->limits.seconds * 1000);
        emulator_loop(em, &out->err);
        out->seconds = (clock_ms() - ready) / 1000;
    }
    out->outcome = out->err.kind == ERR_NONE ? OUTCOME_DONE : outcome_of(&out->err);
    emulator_finish(em);
    free(em);
}

void emulator_report_finish(struct emulator_report *r)
{
    data_finish(&r->values);
    free(r->notes);
    *r = (struct emulator_report){0};
}

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {"done", "failed", "refused", "limit", "stopped"};
    return names[outcome];
}

bool emulator_check(const struct task *task, bool has_display, struct err *e)
{
    struct chooser c;
    struct gallery *gallery = gallery_create(task->directory, NULL);
    bool fine = chooser_prepare(&c, task, e) && chooser_pictures(&c, task, gallery, e);
    chooser_finish(&c);
    gallery_destroy(gallery);
    return fine && has_place(task, has_display, e);
}

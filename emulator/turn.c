#include "emulator/turn.h"

#include "base/stop.h"
#include "emulator/consent.h"
#include "emulator/covers.h"
#include "emulator/keepsakes.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

/* One line for people: the step, its secrets still holes. */
static void step_line(const struct step *step, struct buf *out)
{
    if (step)
        step_print(step, out);
}

void turn_step_ended(void *self, const struct step *step, const struct err *failed)
{
    struct emulator *em = self;
    struct buf line = {0}, redacted = {0};
    double now = clock_ms();
    step_line(step, &line);
    data_redact(&em->task->secrets, buf_text(&line), &redacted);
    struct rect place;
    policy_place(em->policy, &place);
    ended_add(&em->ended, buf_text(&redacted), failed ? failed->text : NULL, place);
    em->ended.items[em->ended.count - 1].ms = now - em->step_since_ms;
    em->report->steps++;
    if (em->options->hooks.step_ended)
        em->options->hooks.step_ended(em->options->hooks.self, em->report->steps,
                                      buf_text(&redacted), now - em->step_since_ms, failed);
    em->step_since_ms = now;
    em->step_acted = false;
    buf_finish(&line);
    buf_finish(&redacted);
}

bool turn_screen_ended(void *self, const char *name, const struct err *unlike)
{
    struct emulator *em = self;
    const struct screens_lent lent = {em->gallery, &em->frame, &em->masks, em->options->directory,
                                      em->options->screens};
    return screens_ended(&em->report->screens, &lent, name, unlike);
}

void turn_name_covers(void *self, const struct scene *scene, struct buf *out)
{
    struct emulator *em = self;
    covers_name(desktop_display(em->desktop), scene, out);
}

static bool turn_wait(struct emulator *em, struct err *e)
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
static bool turn_before_acting(struct emulator *em, struct err *e)
{
    if (em->policy && em->action.kind == ACTION_TYPE && em->action.shown) {
        struct rect place;
        policy_place(em->policy, &place);
        masks_typed(&em->masks, policy_step(em->policy), place);
    }
    if (em->action.commits && em->options->hooks.committing)
        return em->options->hooks.committing(em->options->hooks.self, e);
    return true;
}

/* Keeps the picture of the action's region. */
static bool turn_keep(struct emulator *em, struct err *e)
{
    return keepsake_picture(em->options->directory, em->action.text, &em->frame, em->action.region,
                            em->masks.rects, em->masks.count, e);
}

/* What is decided without a look is not looked for. */
static void turn_await_effect(struct emulator *em)
{
    struct rect place = {0};
    if (!em->policy)
        return;
    policy_place(em->policy, &place);
    effect_begin(&em->effect, &em->action, &em->scene, &em->frame, place, input_pointer(em->input));
}

static bool turn_perform(struct emulator *em, struct err *e)
{
    switch (em->action.kind) {
    case ACTION_NONE:
        return true;
    case ACTION_WAIT:
        return turn_wait(em, e);
    case ACTION_SCREENSHOT:
        em->action.region = frame_rect(&em->frame);
        return turn_keep(em, e);
    case ACTION_ZOOM:
        return turn_keep(em, e);
    case ACTION_CURSOR:
        em->action.at = input_pointer(em->input);
        em->action.has_at = true;
        return true;
    default:
        guard_note(&em->guard, &em->action);
        if (!turn_before_acting(em, e))
            return false;
        turn_await_effect(em);
        if (!input_perform(em->input, &em->action, e))
            return false;
        em->acted_ms = clock_ms();
        klm_add(&em->report->klm, &em->action, !em->step_acted);
        em->step_acted = true;
        return true;
    }
}

static void turn_tell_effect(struct emulator *em, const char *effect)
{
    em->last_effect = effect;
    em->effect.awaited = false;
    if (em->acted)
        em->acted->effect = effect;
}

static bool turn_read(struct emulator *em, struct err *e)
{
    if (!screen_settle_since(em->screen, em->acted_ms, TURN_SETTLE_MS, &em->frame, e))
        return false;
    em->phases.settle_ms += screen_settle_ms(em->screen);
    em->phases.capture_ms += screen_capture_ms(em->screen);
    double start = clock_ms();
    if (!vision_read(em->vision, &em->frame, &em->scene, e))
        return false;
    em->phases.read_ms += clock_ms() - start;
    return true;
}

static bool turn_point(struct emulator *em, struct point at, struct err *e)
{
    const struct action move = {.kind = ACTION_MOVE, .has_at = true, .at = at};
    if (!input_perform(em->input, &move, e))
        return false;
    em->acted_ms = clock_ms();
    return turn_read(em, e);
}

/* Does the target look otherwise because it was clicked, or because the pointer is over it? That is
 * seen when the pointer goes back for a moment. Only after what is a click and nothing else: within
 * a larger step the pointer may keep a menu open. */
static bool turn_doubt_effect(struct emulator *em, bool *stays, struct err *e)
{
    const struct step *step = policy_step(em->policy);
    *stays = true;
    if (!step || step->verb < STEP_CLICK || step->verb > STEP_MIDDLE_CLICK)
        return true;
    struct point at = em->effect.at;
    if (!turn_point(em, em->effect.from, e))
        return false;
    *stays = effect_stays(&em->effect, &em->frame);
    return turn_point(em, at, e);
}

/* What the newest look shows of the last action. */
static bool turn_see_effect(struct emulator *em, struct err *e)
{
    struct rect changes[SCREEN_CHANGES_MAX];
    bool stays = true;
    em->last_effect = NULL;
    if (!em->effect.awaited || !em->policy)
        return true;
    int count = screen_changes(em->screen, changes);
    enum effect_seen seen =
        effect_see(&em->effect, &em->scene, changes, count, policy_shown(em->policy));
    if (seen == EFFECT_LOOK && !turn_doubt_effect(em, &stays, e))
        return false;
    if (seen == EFFECT_SEEN || (seen == EFFECT_LOOK && stays))
        turn_tell_effect(em, EFFECT_CONFIRMED);
    return true;
}

/* Whoever goes on without having seen anything come of it no longer waits for it. */
static void turn_miss_effect(struct emulator *em, bool decided)
{
    bool waits = decided && (em->action.kind == ACTION_WAIT || em->action.kind == ACTION_NONE);
    if (em->effect.awaited && !waits)
        turn_tell_effect(em, EFFECT_NONE_SEEN);
}

bool turn_look(struct emulator *em, struct err *e)
{
    if (!turn_read(em, e) || !turn_see_effect(em, e))
        return false;
    double start = clock_ms();
    desktop_window_title(em->desktop, em->title, sizeof em->title);
    em->scene.window = em->title;
    em->phases.read_ms += clock_ms() - start;
    return true;
}

enum turn turn_take(struct emulator *em, struct err *e)
{
    if (!turn_look(em, e))
        return TURN_FAILED;
    double start = clock_ms();
    bool decided = policy_decide(em->policy, &em->scene, &em->history, &em->action, e);
    em->phases.decide_ms = clock_ms() - start;
    turn_miss_effect(em, decided);
    if (!decided)
        return e->kind == ERR_REPLY ? TURN_REFUSED : TURN_FAILED;
    if (em->action.kind == ACTION_DONE)
        return TURN_DONE;
    if (!consent_given(em, e)) /* the guard's, and a person's where it says ask */
        return e->kind == ERR_DENIED    ? TURN_REFUSED
               : e->kind == ERR_STOPPED ? TURN_STOPPED
                                        : TURN_FAILED;
    if (stop_requested()) /* deciding may have taken a minute */
        return TURN_STOPPED;
    start = clock_ms();
    if (!turn_perform(em, e))
        return TURN_FAILED;
    double acted = clock_ms() - start;
    if (em->action.kind == ACTION_WAIT)
        em->phases.settle_ms += acted;
    else
        em->phases.act_ms = acted;
    return TURN_ACTED;
}

static struct history_turn *turn_remember(struct emulator *em, const char *step, const char *action,
                                          bool done)
{
    struct history_turn *past = history_add(&em->history);
    snprintf(past->step, sizeof past->step, "%s", step);
    snprintf(past->action, sizeof past->action, "%s", action);
    past->has_at = em->action.has_at;
    past->at = em->action.at;
    past->acted = done && em->action.kind != ACTION_WAIT && em->action.kind != ACTION_NONE;
    past->changed = !rect_empty(em->scene.changed);
    if (past->acted)
        em->acted = past;
    return past;
}

bool turn_act(struct emulator *em, struct err *e)
{
    bool picture = em->action.kind == ACTION_SCREENSHOT || em->action.kind == ACTION_ZOOM;
    struct buf action = {0};
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "%s", stop_reason());
    bool acted = (!picture ||
                  screen_settle_since(em->screen, em->acted_ms, TURN_SETTLE_MS, &em->frame, e)) &&
                 turn_perform(em, e);
    if (acted && stop_requested())
        acted = err_set(e, ERR_STOPPED, "%s", stop_reason());
    action_print(&em->action, &action);
    turn_remember(em, "", buf_text(&action), acted);
    buf_finish(&action);
    return acted;
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
bool turn_record(struct emulator *em, enum turn turn, const struct err *why, struct err *e)
{
    struct buf step = {0}, action = {0}, outcome = {0};
    step_line(policy_step(em->policy), &step);
    action_print(&em->action, &action);
    const struct history_turn *past =
        turn_remember(em, buf_text(&step), buf_text(&action), turn == TURN_ACTED);
    bool written = true;
    struct scene told; /* the policy goes on seeing what is there */
    masks_apply(&em->masks, &em->scene, &told);
    if (em->trajectory) {
        struct trajectory_turn record = {
            .number = past->number,
            .step = buf_text(&step),
            .action = buf_text(&action),
            .verdict = em->verdict,
            .outcome = turn_outcome(em, turn, why, &outcome),
            .last_effect = em->last_effect,
            .ended = &em->ended,
            .at = em->action.at,
            .has_at = em->action.has_at,
            .phases = em->phases,
            .still = screen_was_still(em->screen),
            .moving = screen_settled(em->screen) == SETTLED_BESIDE,
            .scene = &told,
            .frame = em->frame.pixels ? &em->frame : NULL,
            .masks = em->masks.rects,
            .mask_count = em->masks.count,
        };
        written = trajectory_turn(em->trajectory, &record, e);
    }
    ended_finish(&em->ended);
    buf_finish(&step);
    buf_finish(&action);
    buf_finish(&outcome);
    return written;
}

#include "emulator/consent.h"

#include "base/stop.h"
#include "emulator/keepsakes.h"

#include <stdio.h>
#include <string.h>

#define STALE_MS 1000 /* a decision that took this long may be about a screen that is gone */

/* What is asked, and what came of it. */
struct consent {
    struct judgement judgement;
    struct buf step, action, window, picture;
    const char *answer; /* static; NULL: nobody was asked */
    bool allowed;
};

static void consent_judge(struct emulator *em, struct consent *c)
{
    char window[TURN_TITLE_SIZE] = "";
    struct attempt attempt = {.step = em->policy ? policy_step(em->policy) : NULL,
                              .action = &em->action,
                              .scene = &em->scene,
                              .pointer = input_pointer(em->input),
                              .window = window};
    struct point at = em->action.has_at ? em->action.at : attempt.pointer;
    desktop_window_title_at(em->desktop, at, window, sizeof window);
    guard_judge(&em->guard, &attempt, &c->judgement);
    buf_reset(&c->window);
    buf_add(&c->window, action_is_keys(em->action.kind) || !*window ? em->title : window);
}

static bool consent_look(struct emulator *em, struct err *e)
{
    if (!screen_settle_since(em->screen, em->acted_ms, TURN_SETTLE_MS, &em->frame, e) ||
        !vision_read(em->vision, &em->frame, &em->scene, e))
        return false;
    desktop_window_title(em->desktop, em->title, sizeof em->title);
    em->scene.window = em->title;
    return true;
}

/* The part of the screen that it is about, with its box; without one when that can't be written. */
static void consent_picture(struct emulator *em, struct consent *c)
{
    struct err e = {0};
    if (!em->trajectory)
        return;
    buf_addf(&c->picture, "%s/ask-%06d.png", em->options->directory, em->history.count + 1);
    masks_find(&em->masks, &em->scene);
    if (!keepsake_place(buf_text(&c->picture), &em->frame, c->judgement.place, em->masks.rects,
                        em->masks.count, &e))
        buf_reset(&c->picture);
}

/* Has what lies there become something else while the person thought? */
static bool consent_changed(struct emulator *em, struct consent *c, bool *changed, struct err *e)
{
    struct judgement before = c->judgement;
    if (!consent_look(em, e))
        return false;
    consent_judge(em, c);
    *changed = c->judgement.verdict > before.verdict ||
               strcmp(c->judgement.under, before.under) != 0 ||
               strcmp(c->judgement.rule, before.rule) != 0;
    return true;
}

static bool consent_ask(struct emulator *em, struct consent *c, struct err *e)
{
    const struct emulator_hooks *hooks = &em->options->hooks;
    bool changed = false;
    struct buf under = {0}, rule = {0};
    consent_picture(em, c);
    data_redact(&em->task->secrets, c->judgement.under, &under);
    data_redact(&em->task->secrets, c->judgement.rule, &rule);
    struct question question = {.step = buf_text(&c->step),
                                .action = buf_text(&c->action),
                                .why = c->judgement.verdict == VERDICT_ASK ? buf_text(&rule) : NULL,
                                .under = buf_text(&under),
                                .check = em->action.check,
                                .picture = c->picture.length ? buf_text(&c->picture) : NULL};
    enum answer answer = hooks->ask ? hooks->ask(hooks->self, &question) : ANSWER_NOBODY;
    c->answer = answer == ANSWER_YES  ? "person: yes"
                : answer == ANSWER_NO ? "person: no"
                                      : "nobody";
    c->allowed = answer == ANSWER_YES;
    buf_finish(&under);
    buf_finish(&rule);
    if (!c->allowed)
        return true;
    if (!consent_changed(em, c, &changed, e))
        return false;
    if (changed) {
        c->answer = "person: yes, to something else";
        c->allowed = false;
    }
    return true;
}

/* What is not done for want of a yes. */
static bool consent_refuse(struct emulator *em, const struct consent *c, struct err *e)
{
    const struct judgement *j = &c->judgement;
    if (!c->answer) {
        snprintf(em->verdict, sizeof em->verdict, "deny: %s", j->why);
        return err_set(e, ERR_DENIED, "the guard denies %s", j->why);
    }
    snprintf(em->verdict, sizeof em->verdict, "asked: no");
    if (stop_requested())
        return err_set(e, ERR_STOPPED, "%s", stop_reason());
    const char *why = strcmp(c->answer, "nobody") == 0 ? "nobody could be asked"
                      : strcmp(c->answer, "person: no") == 0
                          ? "nobody allowed it"
                          : "what lies there has changed since it was allowed";
    if (j->verdict == VERDICT_ASK)
        return err_set(e, ERR_DENIED, "the guard asks about %s, and %s", j->why, why);
    return err_set(e, ERR_DENIED,
                   "the model's provider wants this to be confirmed: %.300s (on %s), "
                   "and %s",
                   em->action.check, j->under, why);
}

static bool consent_write(struct emulator *em, const struct consent *c, struct err *e)
{
    bool idle = em->action.kind == ACTION_NONE || em->action.kind == ACTION_WAIT;
    if (!em->trajectory || (idle && !em->action.check))
        return true;
    struct decision decision = {.turn = em->history.count + 1,
                                .step = buf_text(&c->step),
                                .action = buf_text(&c->action),
                                .window = buf_text(&c->window),
                                .under = c->judgement.under,
                                .rule = c->judgement.rule,
                                .verdict = verdict_name(c->judgement.verdict),
                                .check = em->action.check,
                                .answer = c->answer,
                                .allowed = c->allowed};
    return trajectory_audit(em->trajectory, &decision, e);
}

bool consent_given(struct emulator *em, struct err *e)
{
    struct consent c = {0};
    const struct step *step = em->policy ? policy_step(em->policy) : NULL;
    if (em->phases.decide_ms > STALE_MS && !consent_look(em, e))
        return false;
    if (step)
        step_print(step, &c.step);
    action_print(&em->action, &c.action);
    consent_judge(em, &c);
    bool asks = c.judgement.verdict == VERDICT_ASK ||
                (c.judgement.verdict == VERDICT_ALLOW && em->action.check);
    c.allowed = c.judgement.verdict == VERDICT_ALLOW && !asks;
    snprintf(em->verdict, sizeof em->verdict, "%s", asks ? "asked: yes" : "allow");
    bool fine = (!asks || consent_ask(em, &c, e)) && consent_write(em, &c, e) &&
                (c.allowed || consent_refuse(em, &c, e));
    buf_finish(&c.step);
    buf_finish(&c.action);
    buf_finish(&c.window);
    buf_finish(&c.picture);
    return fine;
}

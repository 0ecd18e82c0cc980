/* expect, wait for and read: nothing is done with the hands; the scene is looked at until it is so,
 * or time is up. */
#include "policy/stepping.h"

#include "base/alike.h"
#include "policy/reading.h"

/* What stands for a target: what the control holds, or what is written beside a plain label; a cell
 * or a text that is asked for as such is what it says. */
static void value_of(const struct stepper *s, const struct scene *scene, const struct match *match,
                     struct buf *out)
{
    bool label = s->plan.step.target.role == ROLE_NONE;
    if (match->element && (match->element->value || role_is_field(match->element->role) ||
                           role_is_checkable(match->element->role)))
        reading_of(match->element, out);
    else if (!label || !reading_beside(scene, match->box, out))
        buf_add(out, match->text);
}

static int limit_ms(const struct step *step)
{
    if (step->seconds > 0)
        return step->seconds < 3600 ? (int)(step->seconds * 1000) : 3600000;
    return step->verb == STEP_WAIT_FOR ? STEPPER_WAIT_MS : STEPPER_EXPECT_MS;
}

static bool holds(struct stepper *s, const struct scene *scene, const struct match *match,
                  struct err *e)
{
    const struct step *step = &s->plan.step;
    if (step->verb == STEP_EXPECT_VALUE) {
        struct buf read = {0};
        value_of(s, scene, match, &read);
        bool same = reading_shows(buf_text(&read), step->text, NULL);
        if (!same)
            err_set(e, ERR_TASK, "it is \"%s\", not \"%s\"", buf_text(&read), step->text);
        buf_finish(&read);
        return same;
    }
    if (step->verb == STEP_EXPECT_STATE) {
        unsigned states = match->element ? match->element->states : 0;
        bool is = states & step->state;
        if (step->state == STATE_CHECKED && states & STATE_MIXED)
            return err_set(e, ERR_TASK, "%s is mixed, neither checked nor unchecked",
                           role_name(match->element->role));
        if (is == step->negated)
            err_set(e, ERR_TASK, "%s is %s%s",
                    match->element ? role_name(match->element->role) : "it",
                    step->negated ? "" : "not ", state_name((enum state)step->state));
        return is != step->negated;
    }
    return true;
}

/* Whose value or state is asked for is a control, where there is one of that name; else what is
 * written there. */
static enum found find_holder(struct stepper *s, const struct scene *scene, struct match *match,
                              struct err *e)
{
    struct finder f = s->context->finder;
    struct target target = s->plan.step.target;
    if (s->plan.step.verb == STEP_EXPECT_SCREEN)
        target = (struct target){.kind = TARGET_SCREEN, .text = s->plan.step.text};
    bool plain = target.kind == TARGET_TEXT && target.role == ROLE_NONE;
    bool holder = s->plan.step.verb != STEP_EXPECT && s->plan.step.verb != STEP_WAIT_FOR;
    target.field = target.field || (plain && holder);
    enum found found = f.find(f.self, scene, &target, match, e);
    if (found == FOUND_NONE && plain && holder)
        found = f.find(f.self, scene, &s->plan.step.target, match, e);
    return found;
}

/* True: a screen that is not like its picture counts all the same. */
static bool screen_ended(const struct stepper *s, const struct err *unlike)
{
    const struct policy_context *c = s->context;
    const struct step *step = &s->plan.step;
    return step->verb == STEP_EXPECT_SCREEN && !step->negated && c->screen_ended &&
           c->screen_ended(c->self, step->text, unlike);
}

enum stepped stepping_expect(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e)
{
    const struct step *step = &s->plan.step;
    bool wants_none = step->negated && step->verb != STEP_EXPECT_STATE;
    struct match match = {0};
    struct err why = {0};
    enum found found = find_holder(s, scene, &match, &why);
    s->place = found == FOUND_ONE ? match.box : (struct rect){0};
    /* Two of them are there, too, when nothing is asked of the one. */
    bool there = found == FOUND_ONE || (found == FOUND_AMBIGUOUS &&
                                        (step->verb == STEP_EXPECT || step->verb == STEP_WAIT_FOR));
    bool so = wants_none ? !there : there && holds(s, scene, &match, &why);
    if (so) {
        screen_ended(s, NULL);
        return stepping_done(s);
    }
    if (stepping_wait(s, out, limit_ms(step)) == STEPPED_ACT)
        return STEPPED_ACT;
    if (screen_ended(s, &why))
        return stepping_done(s);
    if (wants_none)
        return stepping_fail(s, e, "it is still there, at %d,%d", match.box.x, match.box.y);
    return stepping_fail(s, e, "%s", why.text);
}

enum stepped stepping_read(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    struct match match = {0};
    struct err why = {0};
    if (find_holder(s, scene, &match, &why) != FOUND_ONE) {
        if (stepping_wait(s, out, STEPPER_FIND_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return stepping_fail(s, e, "%s", why.text);
    }
    s->place = match.box;
    struct buf read = {0};
    value_of(s, scene, &match, &read);
    data_set(&s->values, s->plan.step.name, buf_text(&read));
    buf_finish(&read);
    return stepping_done(s);
}

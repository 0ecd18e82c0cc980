#include "policy/policy.h"

#include "policy/decider.h"
#include "policy/stepper.h"

#include <stdlib.h>

/* More steps than this without an action is a decider that goes round in circles. */
#define POLICY_STEPS_A_LOOK 1000

struct policy {
    struct policy_context context;
    struct decider decider;
    struct stepper stepper;
    bool open;  /* a step was begun and its end not told yet */
    bool begun; /* the last action is a step's */
};

struct policy *policy_create(const struct policy_context *context, struct decider decider)
{
    struct policy *p = mem_zero(1, sizeof *p);
    p->context = *context;
    p->decider = decider;
    stepper_init(&p->stepper, &p->context);
    return p;
}

void policy_destroy(struct policy *p)
{
    if (!p)
        return;
    stepper_finish(&p->stepper);
    p->decider.destroy(p->decider.self);
    free(p);
}

static bool text_fill(const struct data *read, char **text, struct err *e)
{
    struct buf filled = {0};
    if (!*text || !data_has_read(*text))
        return true;
    if (!data_fill_read(read, *text, &filled, e)) {
        buf_finish(&filled);
        return false;
    }
    free(*text);
    *text = buf_take(&filled);
    return true;
}

static bool target_fill(const struct data *read, struct target *target, struct err *e)
{
    for (; target; target = target->of)
        if (!text_fill(read, &target->text, e))
            return false;
    return true;
}

/* Puts what was read into a step: {{read:name}}. */
static bool step_fill(const struct data *read, struct step *step, struct err *e)
{
    return text_fill(read, &step->text, e) && target_fill(read, &step->target, e) &&
           target_fill(read, &step->second, e);
}

/* Asks the decider for its next step and begins it; or for an action, which goes to OUT. */
static enum next policy_next(struct policy *p, const struct scene *scene,
                             const struct history *history, struct action *out, struct err *e)
{
    struct plan plan = {0};
    enum next next = p->decider.next(p->decider.self, scene, history, &plan, e);
    if (next == NEXT_STEP && !step_fill(&p->stepper.values, &plan.step, e)) {
        step_finish(&plan.step);
        return NEXT_FAILED;
    }
    if (next == NEXT_STEP) {
        stepper_begin(&p->stepper, &plan);
        p->open = p->begun = true;
    } else if (next == NEXT_ACTION) {
        *out = plan.action;
        out->commits = plan.commits;
        out->check = plan.check;
        p->begun = false;
    }
    return next;
}

static void policy_tell(struct policy *p, const struct err *failed)
{
    if (p->open && p->context.step_ended)
        p->context.step_ended(p->context.self, &p->stepper.plan.step, failed);
    p->open = false;
}

static bool policy_recovers(struct policy *p, struct err *e)
{
    return p->decider.failed && p->decider.failed(p->decider.self, &p->stepper.plan.step, e);
}

static bool policy_work(struct policy *p, const struct scene *scene, const struct history *history,
                        struct action *out, struct err *e)
{
    *out = (struct action){0};
    for (int i = 0; i < POLICY_STEPS_A_LOOK; i++) {
        if (!p->stepper.busy) {
            policy_tell(p, NULL);
            switch (policy_next(p, scene, history, out, e)) {
            case NEXT_STEP:
                break;
            case NEXT_ACTION:
                return true;
            case NEXT_LOOK:
                *out = (struct action){.kind = ACTION_WAIT, .ms = 200, .until_change = true};
                return true;
            case NEXT_DONE:
                out->kind = ACTION_DONE;
                return true;
            case NEXT_FAILED:
                return false;
            }
        }
        switch (stepper_decide(&p->stepper, scene, out, e)) {
        case STEPPED_ACT:
            out->check = p->stepper.plan.check;
            return true;
        case STEPPED_DONE:
            break;
        case STEPPED_FAILED:
            p->stepper.busy = false;
            policy_tell(p, e);
            if (!policy_recovers(p, e))
                return false;
        }
    }
    return err_set(e, ERR_TASK, "nothing to do was found in %d steps", POLICY_STEPS_A_LOOK);
}

bool policy_decide(struct policy *p, const struct scene *scene, const struct history *history,
                   struct action *out, struct err *e)
{
    struct err why = {0}; /* what was tried in vain on the way is no error */
    bool decided = policy_work(p, scene, history, out, &why);
    if (!decided && e)
        *e = why;
    return decided;
}

const struct step *policy_step(const struct policy *p)
{
    return p->begun ? &p->stepper.plan.step : NULL;
}

bool policy_place(const struct policy *p, struct rect *out)
{
    *out = p->stepper.place;
    return !rect_empty(*out);
}

const char *policy_shown(const struct policy *p)
{
    return p->begun ? stepper_shown(&p->stepper) : NULL;
}

const char *policy_who(const struct policy *p)
{
    return p->decider.who ? p->decider.who(p->decider.self) : p->decider.name;
}

const struct data *policy_values(const struct policy *p)
{
    return &p->stepper.values;
}

const char *policy_notes(const struct policy *p)
{
    return buf_text(&p->stepper.notes);
}

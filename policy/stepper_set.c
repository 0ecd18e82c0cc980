/* set, choose, check and uncheck: whatever kind of control it is, told by looking at it. */
#include "policy/stepping.h"

#include "base/clock.h"
#include "policy/controls.h"
#include "policy/date.h"
#include "policy/lists.h"

#include <assert.h>

static bool is_check(const struct element *e)
{
    return e && (role_is_checkable(e->role));
}

static bool is_set(const struct element *check, bool on)
{
    return !(check->states & STATE_MIXED) && !!(check->states & STATE_CHECKED) == on;
}

/* Something that holds a value; else it may name one, or open a menu. */
static bool is_control(const struct element *e)
{
    return e && (role_is_field(e->role) || is_check(e));
}

/* The mark stands at the left when the box takes in the label, too; clicking a label may follow a
 * link in it. */
static struct point mark_of(struct rect box)
{
    struct point at = rect_center(box);
    if (box.width > 2 * box.height)
        at.x = box.x + box.height / 2;
    return at;
}

/* The check, radio or switch that a target names; something else of that name only when there is
 * none. */
static enum stepped toggle_find(struct stepper *s, const struct scene *scene, struct match *match,
                                struct action *out, struct err *e)
{
    static const enum role checks[] = {ROLE_CHECKBOX, ROLE_SWITCH, ROLE_RADIO};
    struct finder f = s->context->finder;
    struct target target = s->plan.step.target;
    for (int i = 0; i < 3 && target.role == ROLE_NONE && rect_empty(s->plan.place); i++) {
        struct target wanted = target;
        wanted.role = checks[i];
        if (target.kind == TARGET_TEXT &&
            f.find(f.self, scene, &wanted, match, NULL) == FOUND_ONE &&
            !stepping_barrier(scene, match->box)) {
            s->place = match->box;
            return STEPPED_DONE;
        }
    }
    return stepping_find(s, scene, &target, match, out, e);
}

static enum stepped toggle_verify(struct stepper *s, const struct scene *scene, bool on,
                                  struct action *out, struct err *e)
{
    const struct element *control = stepping_control(s, scene);
    s->touched = s->touched || !rect_empty(rect_common(scene->changed, s->place));
    if (is_check(control) && is_set(control, on))
        return stepping_done(s);
    if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (!is_check(control) &&
        s->touched) { /* it did change, from what was known to something not made out */
        stepping_note(s, "it changed when it was clicked, but could not be made out afterwards");
        return stepping_done(s);
    }
    if (!is_check(control))
        return stepping_fail(s, e, "it is not seen any more after it was clicked");
    if (s->tries++ == 0)
        return stepping_go(s, out, stepping_click(mark_of(control->box), 1), PHASE_VERIFY);
    return stepping_fail(s, e, "it stays %s after it was clicked",
                         control->states & STATE_MIXED ? "mixed"
                         : on                          ? "unchecked"
                                                       : "checked");
}

enum stepped stepping_toggle(struct stepper *s, const struct scene *scene, bool on,
                             struct action *out, struct err *e)
{
    if (s->phase == PHASE_VERIFY)
        return toggle_verify(s, scene, on, out, e);
    struct match match;
    enum stepped found = toggle_find(s, scene, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    if (!is_check(match.element))
        return stepping_fail(s, e, "\"%s\" at %d,%d is %s%s, nothing to check", match.text,
                             match.box.x, match.box.y, match.element ? "a " : "text on the screen",
                             match.element ? role_name(match.element->role) : "");
    found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    if (is_set(match.element, on))
        return stepping_done(s);
    if (!on && match.element->role == ROLE_RADIO)
        return stepping_fail(s, e, "a radio button is unchecked by checking another of its group");
    return stepping_go(s, out, stepping_click(mark_of(match.box), 1), PHASE_VERIFY);
}

static enum stepper_mode mode_for(const struct scene *scene, const struct control *c,
                                  const struct step *step)
{
    bool yes = true;
    if (c->use == CONTROL_TOGGLE)
        control_says(step->text, &yes);
    if (c->element->states & STATE_MULTILINE &&
        (step->verb == STEP_CHOOSE || list_says(scene, c->element->box, step->text)))
        return MODE_LINES;
    if (is_check(c->element))
        return yes ? MODE_CHECK : MODE_UNCHECK;
    if (c->element->role == ROLE_SLIDER)
        return MODE_SLIDE;
    struct date_group groups[DATE_GROUPS_MAX];
    if (date_is_value(step->text) && c->element->value && date_groups(c->element->value, groups))
        return MODE_DATE;
    return c->element->role == ROLE_COMBOBOX ? MODE_LIST : MODE_TYPE;
}

/* A name of a calendar, or of something beside it that is no control and may open one. */
static bool is_calendar(struct stepper *s, const struct scene *scene)
{
    struct finder f = s->context->finder;
    struct match match;
    if (f.find(f.self, scene, &s->plan.step.target, &match, NULL) != FOUND_ONE)
        return false;
    return stepping_calendar_stands(s, scene, &match) ||
           (!is_control(match.element) && stepping_calendar_opener(s, scene, &match));
}

/* A name alone says which control by its label and the value; anything more exact goes to the
 * finder. */
static enum stepped set_find(struct stepper *s, const struct scene *scene, struct control *control,
                             struct action *out, struct err *e)
{
    const struct step *step = &s->plan.step;
    const struct target *t = &step->target;
    bool plain = t->kind == TARGET_TEXT && t->role == ROLE_NONE && !t->ordinal && !t->of;
    if (plain && rect_empty(s->plan.place)) {
        struct control rival;
        *control = control_find(scene, t->text, step->text, &rival);
        if (control->element && control->fit >= CONTROL_FIT_STRONG &&
            control->fit - rival.fit > CONTROL_FIT_SAME &&
            !stepping_barrier(scene, control->element->box)) {
            struct match seen = {control->element, control->element->box, t->text, 1, false};
            s->place = seen.box;
            stepping_calendar_stands(s, scene, &seen);
            return STEPPED_DONE;
        }
        if (!control->element && (control->element = control_lone(scene)) != NULL) {
            s->place = control->element->box;
            return STEPPED_DONE;
        }
        if (!control->element && is_calendar(s, scene))
            return STEPPED_DONE;
        const struct element *barred =
            control->element ? NULL : control_barred(scene, t->text, step->text);
        enum stepped usable = stepping_enabled(s, barred, out, e);
        if (usable != STEPPED_DONE)
            return usable;
    }
    struct match match;
    struct finder f = s->context->finder;
    bool bare = t->kind == TARGET_TEXT && !t->text && !t->ordinal && !t->of;
    if (bare && f.find(f.self, scene, t, &match, NULL) == FOUND_AMBIGUOUS &&
        (control->element = control_empty(scene, t->role)) != NULL) {
        s->place = control->element->box;
        return STEPPED_DONE;
    }
    enum stepped found = stepping_find(s, scene, t, &match, out, e);
    if (found == STEPPED_DONE)
        found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    bool opener = match.element && s->plan.step.verb == STEP_CHOOSE;
    if (!is_control(match.element) && !opener && list_beside(scene, match.box, &s->plan.place)) {
        s->mode = MODE_LINES;
        return STEPPED_DONE;
    }
    if (!is_control(match.element) && s->plan.step.verb == STEP_CHOOSE) {
        s->mode = MODE_MENU;
        s->plan.place = match.box;
        return STEPPED_DONE;
    }
    if (!match.element)
        return stepping_fail(s, e, "\"%s\" at %d,%d is text on the screen, not a control",
                             match.text, match.box.x, match.box.y);
    *control = control_fit(scene, match.element, t->text ? t->text : "", step->text);
    bool yes;
    if (is_check(match.element) && control->use != CONTROL_OPTION &&
        !control_says(step->text, &yes))
        return stepping_fail(s, e, "it is a %s: \"%s\" is neither yes nor no",
                             role_name(match.element->role), step->text);
    return STEPPED_DONE;
}

static bool has_checks(const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++)
        if (is_check(&scene->elements[i]))
            return true;
    return false;
}

/* choose "France": an option that is there to be clicked. */
static enum stepped choose_anywhere(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e)
{
    struct target option = {.kind = TARGET_TEXT, .text = s->plan.step.text};
    struct target box = {.kind = TARGET_TEXT, .field = true, .text = s->plan.step.text};
    struct finder f = s->context->finder;
    struct match match;
    enum stepped found = STEPPED_DONE;
    bool boxed = f.find(f.self, scene, &box, &match, NULL) == FOUND_ONE && is_check(match.element);
    if (!boxed) /* a box of that name comes before a text that mentions it */
        found = stepping_find(s, scene, &option, &match, out, e);
    if (found == STEPPED_DONE && match.part && has_checks(scene))
        return stepping_fail(s, e, "no box is called \"%s\"; at %d,%d it is only mentioned",
                             s->plan.step.text, match.box.x, match.box.y);
    if (found == STEPPED_DONE)
        found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    return stepping_last(
        s, out,
        stepping_click(is_check(match.element) ? mark_of(match.box) : rect_center(match.box), 1));
}

static enum stepped set_begin(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct control control = {0};
    if (s->plan.lines) {
        s->mode = MODE_LINES;
        return STEPPED_DONE;
    }
    if (s->plan.step.target.kind == TARGET_NONE && rect_empty(s->plan.place))
        return choose_anywhere(s, scene, out, e);
    if (s->plan.step.text[0] == '/' && s->plan.step.text[1]) {
        s->mode = MODE_FILE;
        return STEPPED_DONE;
    }
    enum stepped found = set_find(s, scene, &control, out, e);
    if (found != STEPPED_DONE)
        return found;
    s->since_ms = clock_ms();
    if (s->mode != MODE_UNKNOWN)
        return STEPPED_DONE;
    assert(control.element);
    s->mode = mode_for(scene, &control, &s->plan.step);
    s->plan.place = control.element->box; /* found on this very scene */
    s->since_ms = clock_ms();
    return STEPPED_DONE;
}

enum stepped stepping_set(struct stepper *s, const struct scene *scene, struct action *out,
                          struct err *e)
{
    if (s->mode == MODE_UNKNOWN) {
        enum stepped begun = set_begin(s, scene, out, e);
        if (begun != STEPPED_DONE)
            return begun;
    }
    switch (s->mode) {
    case MODE_LINES:
        return stepping_lines(s, scene, out, e);
    case MODE_LIST:
        return stepping_choose(s, scene, out, e);
    case MODE_FILE:
        return stepping_file(s, scene, out, e);
    case MODE_DATE:
        return stepping_date(s, scene, out, e);
    case MODE_CALENDAR:
        return stepping_calendar(s, scene, out, e);
    case MODE_MENU:
        return stepping_menu(s, scene, out, e);
    case MODE_SLIDE:
        return stepping_slide(s, scene, out, e);
    case MODE_CHECK:
    case MODE_UNCHECK:
        return stepping_toggle(s, scene, s->mode == MODE_CHECK, out, e);
    default:
        return stepping_type(s, scene, out, e);
    }
}

#include "policy/stepper.h"

#include "base/clock.h"
#include "policy/stepping.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CLOSED_MOST 5 /* covers, one after the other */

void stepper_init(struct stepper *s, const struct policy_context *context)
{
    *s = (struct stepper){.context = context};
}

static void select_drop(struct picking *p)
{
    if (p->select)
        stepper_finish(p->select);
    free(p->select);
    *p = (struct picking){0};
}

void stepper_finish(struct stepper *s)
{
    select_drop(&s->picking);
    step_finish(&s->plan.step);
    buf_finish(&s->old);
    buf_finish(&s->pattern);
    buf_finish(&s->text);
    buf_finish(&s->shown);
    buf_finish(&s->notes);
    data_finish(&s->values);
    backdrop_finish(&s->backdrop);
}

void stepper_begin(struct stepper *s, struct plan *plan)
{
    step_finish(&s->plan.step);
    s->plan = *plan;
    *plan = (struct plan){0};
    if (s->plan.note)
        buf_add(&s->notes, s->plan.note);
    free(s->plan.note);
    s->plan.note = NULL;
    s->busy = true;
    s->phase = PHASE_FIND;
    s->mode = MODE_UNKNOWN;
    s->since_ms = clock_ms();
    s->tries = s->keys = s->searches = s->returns = s->closed = 0;
    s->upwards = s->hidden = s->touched = s->leaves = false;
    s->keeps = s->lights = s->others = s->alone = s->sweeps = false;
    s->part = 0;
    s->slide = (struct slide){0};
    select_drop(&s->picking);
    s->place = s->plan.place;
    s->list = (struct rect){0};
    buf_reset(&s->old);
    buf_reset(&s->pattern);
    buf_reset(&s->text);
    buf_reset(&s->shown);
}

enum stepped stepping_last(struct stepper *s, struct action *out, struct action action)
{
    *out = action;
    out->commits = s->plan.commits;
    s->busy = false;
    return STEPPED_ACT;
}

enum stepped stepping_go(struct stepper *s, struct action *out, struct action action,
                         enum stepper_phase phase)
{
    *out = action;
    out->commits = s->plan.commits;
    s->phase = phase;
    s->since_ms = clock_ms();
    return STEPPED_ACT;
}

enum stepped stepping_wait(struct stepper *s, struct action *out, int limit_ms)
{
    double patience = s->context->patience > 0 ? s->context->patience : 1;
    double left = s->since_ms + limit_ms * patience - clock_ms();
    if (left <= 0)
        return STEPPED_FAILED;
    *out = (struct action){.kind = ACTION_WAIT, .ms = (int)left + 1, .until_change = true};
    return STEPPED_ACT;
}

enum stepped stepping_done(struct stepper *s)
{
    s->busy = false;
    return STEPPED_DONE;
}

enum stepped stepping_fail(struct stepper *s, struct err *e, const char *format, ...)
{
    char text[ERR_TEXT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    s->busy = false;
    err_set(e, ERR_TASK, "%s", text);
    return STEPPED_FAILED;
}

void stepping_note(struct stepper *s, const char *format, ...)
{
    char text[ERR_TEXT_SIZE];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    step_print(&s->plan.step, &s->notes);
    buf_addf(&s->notes, ": %s\n", text);
}

struct action stepping_click(struct point at, int count)
{
    return (struct action){
        .kind = ACTION_CLICK, .has_at = true, .at = at, .button = BUTTON_LEFT, .count = count};
}

struct action stepping_key(const char *keys)
{
    struct action a = {.kind = ACTION_KEY, .repeat = 1};
    snprintf(a.keys, sizeof a.keys, "%s", keys);
    return a;
}

/* The element that stands where BOX was; a box may have grown or lost a ring since. */
static const struct element *element_in_place(const struct scene *scene, struct rect box)
{
    const struct element *best = NULL;
    double best_overlap = 0.5;
    for (int i = 0; i < scene->element_count; i++) {
        double overlap = rect_overlap(scene->elements[i].box, box);
        if (overlap > best_overlap) {
            best = &scene->elements[i];
            best_overlap = overlap;
        }
    }
    return best;
}

const struct element *stepping_barrier(const struct scene *scene, struct rect box)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->role == ROLE_DIALOG && e->states & STATE_MODAL &&
            !rect_holds(e->box, rect_center(box)))
            return e;
    }
    return NULL;
}

/* A click on what the task says may be closed, each as often as it is there, within reason. */
static bool close_cover(struct stepper *s, const struct scene *scene, struct action *out)
{
    const struct policy_context *c = s->context;
    for (int i = 0; i < c->close_count && s->closed < CLOSED_MOST; i++) {
        struct match match;
        if (c->finder.find(c->finder.self, scene, &c->close[i].target, &match, NULL) != FOUND_ONE ||
            stepping_barrier(scene, match.box))
            continue;
        s->closed++;
        s->since_ms = clock_ms();
        *out = stepping_click(rect_center(match.box), 1);
        return true;
    }
    return false;
}

/* Where the decider saw it on this very scene. */
static bool find_in_place(struct stepper *s, const struct scene *scene, struct match *match)
{
    const struct element *there =
        rect_empty(s->plan.place) ? NULL : element_in_place(scene, s->plan.place);
    s->plan.place = (struct rect){0}; /* true for this scene only */
    if (there)
        *match = (struct match){there, there->box, there->text, 1, false};
    return there != NULL;
}

/* Names what may hide a target that was not found; nothing when nothing does. */
static void covers_name(const struct stepper *s, const struct scene *scene, struct buf *names)
{
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role == ROLE_DIALOG)
            buf_addf(names, "%sdialog \"%s\"", names->length ? ", " : "", scene->elements[i].text);
    if (s->context->name_covers)
        s->context->name_covers(s->context->self, scene, names);
}

static bool is_covered(const struct stepper *s, const struct scene *scene)
{
    struct buf names = {0};
    covers_name(s, scene, &names);
    bool covered = names.length > 0;
    buf_finish(&names);
    return covered;
}

static void blame_covers(const struct stepper *s, const struct scene *scene, struct err *e)
{
    struct buf names = {0};
    covers_name(s, scene, &names);
    if (names.length)
        err_append(e, "; %s may cover it", buf_text(&names));
    buf_finish(&names);
}

enum stepped stepping_find(struct stepper *s, const struct scene *scene,
                           const struct target *target, struct match *match, struct action *out,
                           struct err *e)
{
    struct finder f = s->context->finder;
    enum found found =
        find_in_place(s, scene, match) ? FOUND_ONE : f.find(f.self, scene, target, match, e);
    const struct element *barrier = found == FOUND_ONE && target->kind != TARGET_AT
                                        ? stepping_barrier(scene, match->box)
                                        : NULL;
    if (found == FOUND_ONE && !barrier) {
        s->place = match->box;
        return STEPPED_DONE;
    }
    if (found != FOUND_AMBIGUOUS &&
        (close_cover(s, scene, out) || stepping_wait(s, out, STEPPER_FIND_MS) == STEPPED_ACT))
        return STEPPED_ACT;
    if (barrier)
        return stepping_fail(s, e, "dialog \"%s\" covers it", barrier->text);
    if (found == FOUND_NONE)
        blame_covers(s, scene, e);
    s->busy = false;
    return STEPPED_FAILED;
}

enum stepped stepping_enabled(struct stepper *s, const struct element *element, struct action *out,
                              struct err *e)
{
    if (!element || !(element->states & STATE_DISABLED))
        return STEPPED_DONE;
    if (stepping_wait(s, out, STEPPER_FIND_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    const char *name = element->label[0] ? element->label : element->text;
    return stepping_fail(s, e, "%s%s%s%s is disabled", role_name(element->role), *name ? " \"" : "",
                         name, *name ? "\"" : "");
}

const struct element *stepping_control(struct stepper *s, const struct scene *scene)
{
    const struct element *there = element_in_place(scene, s->place);
    if (!there && s->plan.step.target.kind != TARGET_NONE) {
        struct finder f = s->context->finder;
        struct match match;
        if (f.find(f.self, scene, &s->plan.step.target, &match, NULL) == FOUND_ONE)
            there = match.element;
    }
    if (there)
        s->place = there->box;
    return there;
}

/* "press Submit" where the only button is called OK: what ends a form has many names. But over the
 * form may lie what has a button, too. */
static bool find_ending(const struct step *step, const struct scene *scene, struct match *match)
{
    static const char *const endings[] = {"submit",  "send", "ok",     "done",  "login", "log in",
                                          "sign in", "go",   "search", "apply", "finish"};
    const struct target *t = &step->target;
    const struct element *only = NULL;
    bool ends = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && t->text; i++)
        ends = ends || strcasecmp(t->text, endings[i]) == 0;
    if (!ends || step->verb != STEP_CLICK || t->kind != TARGET_TEXT || t->ordinal || t->of ||
        (t->role != ROLE_NONE && t->role != ROLE_BUTTON))
        return false;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->role != ROLE_BUTTON)
            continue;
        if (only)
            return false;
        only = e;
    }
    if (only)
        *match = (struct match){only, only->box, only->text, 1, false};
    return only != NULL;
}

/* click and its kin, hover. */
static enum stepped step_point(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    struct match match = {0}, only;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if ((found == STEPPED_FAILED || (found == STEPPED_DONE && match.part)) &&
        find_ending(&s->plan.step, scene, &only) && !is_covered(s, scene)) {
        match = only;
        stepping_note(s, "no such button was seen; \"%s\" is the only one", match.text);
        found = STEPPED_DONE;
    }
    bool uses = s->plan.step.verb <= STEP_TRIPLE_CLICK; /* with the left button */
    if (found == STEPPED_DONE && uses && s->plan.step.target.kind != TARGET_AT)
        found = stepping_enabled(s, match.element, out, e);
    if (found != STEPPED_DONE)
        return found;
    struct action a = stepping_click(rect_center(match.box), 1);
    switch (s->plan.step.verb) {
    case STEP_DOUBLE_CLICK:
        a.count = 2;
        break;
    case STEP_TRIPLE_CLICK:
        a.count = 3;
        break;
    case STEP_RIGHT_CLICK:
        a.button = BUTTON_RIGHT;
        break;
    case STEP_MIDDLE_CLICK:
        a.button = BUTTON_MIDDLE;
        break;
    case STEP_HOVER:
        a.kind = ACTION_MOVE;
        break;
    default:
        break;
    }
    return stepping_last(s, out, a);
}

static enum stepped step_press(struct stepper *s, struct action *out)
{
    struct action a = stepping_key(s->plan.step.text);
    a.repeat = s->plan.step.count > 0 ? s->plan.step.count : 1;
    return stepping_last(s, out, a);
}

static enum stepped step_drag(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct match from, to;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &from, out, e);
    if (found != STEPPED_DONE)
        return found;
    found = stepping_find(s, scene, &s->plan.step.second, &to, out, e);
    if (found != STEPPED_DONE)
        return found;
    struct action a = {.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path_count = 2};
    a.path[0] = rect_center(from.box);
    a.path[1] = rect_center(to.box);
    a.at = a.path[0];
    a.has_at = true;
    return stepping_last(s, out, a);
}

static enum stepped step_pause(struct stepper *s, struct action *out)
{
    double ms = s->plan.step.seconds * 1000;
    struct action a = {.kind = ACTION_WAIT, .ms = ms < 3600000 ? (int)ms : 3600000};
    return stepping_last(s, out, a);
}

static enum stepped step_screenshot(struct stepper *s, struct action *out)
{
    const char *name = s->plan.step.name ? s->plan.step.name : "screenshot";
    return stepping_last(s, out, (struct action){.kind = ACTION_SCREENSHOT, .text = name});
}

const char *stepper_shown(const struct stepper *s)
{
    bool types = s->mode == MODE_TYPE || s->plan.step.verb == STEP_TYPE;
    return types && (s->phase == PHASE_VERIFY || s->phase == PHASE_LEAVE) ? buf_text(&s->shown)
                                                                          : NULL;
}

enum stepped stepper_decide(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e)
{
    *out = (struct action){0};
    switch (s->plan.step.verb) {
    case STEP_CLICK:
    case STEP_DOUBLE_CLICK:
    case STEP_TRIPLE_CLICK:
    case STEP_RIGHT_CLICK:
    case STEP_MIDDLE_CLICK:
    case STEP_HOVER:
        return step_point(s, scene, out, e);
    case STEP_TYPE:
    case STEP_CLEAR:
        return stepping_type(s, scene, out, e);
    case STEP_SET:
    case STEP_CHOOSE:
        return stepping_set(s, scene, out, e);
    case STEP_CHECK:
    case STEP_UNCHECK:
        return stepping_toggle(s, scene, s->plan.step.verb == STEP_CHECK, out, e);
    case STEP_PRESS:
        return step_press(s, out);
    case STEP_SCROLL:
        return stepping_scroll(s, scene, out, e);
    case STEP_COPY:
        return stepping_copy(s, scene, out, e);
    case STEP_EXPAND:
        return stepping_expand(s, scene, out, e);
    case STEP_DRAG:
        return step_drag(s, scene, out, e);
    case STEP_WAIT:
        return step_pause(s, out);
    case STEP_READ:
        return stepping_read(s, scene, out, e);
    case STEP_SCREENSHOT:
        return step_screenshot(s, out);
    default:
        return stepping_expect(s, scene, out, e);
    }
}

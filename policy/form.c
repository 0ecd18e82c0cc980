/*
 * form: fill in a form from data. On every look it matches the names of the data to the labels that
 * are seen, fills in what matches surely, scrolls for the rest, takes doubtful matches only when
 * the whole page was seen, turns pages through "Next", and sends the form only when every datum has
 * found its field.
 */
#include "policy/form.h"

#include "base/alike.h"
#include "base/clock.h"
#include "policy/controls.h"
#include "policy/date.h"
#include "policy/wheel.h"

#include <stdlib.h>
#include <string.h>

#define ATTEMPTS_MAX     2 /* at one datum; the second after a scroll, when its field may be whole */
#define PAGES_MAX        50
#define IDLE_PAGES_MAX   3    /* pages turned without anything to fill in */
#define EMPTY_MS         3000 /* a page may show nothing yet because it is still loading */
#define LOOKS_FOR_CHANGE 25   /* of 200 ms, after "Next" */

static void problem_add(struct form *f, const char *name, const char *what)
{
    buf_addf(&f->problems, "%s\"%s\": %s", f->problems.length ? "; " : "", name, what);
}

/* What the last step came to. A step that failed was taken off by form_failed. */
static void form_settle_last(struct form *f)
{
    if (f->now >= 0) {
        f->items[f->now].state = DATUM_DONE;
        f->filled_on_page++;
    }
    f->now = -1;
}

static int form_pending(const struct form *f)
{
    int n = 0;
    for (int i = 0; i < f->task.fields->count; i++)
        n += f->items[i].state == DATUM_PENDING;
    return n;
}

/* A step's target is named as the screen names it, so that the line can be found again by sight. */
static void plan_target(struct plan *plan, const struct element *e, const char *name)
{
    plan->step.target =
        (struct target){.kind = TARGET_TEXT, .text = mem_text(e->label[0] ? e->label : name)};
    plan->place = e->box;
}

/* Does a datum of the same name stand among those before END: several values of one list? */
static bool has_fellow(const struct form *f, int datum, int end)
{
    const struct datum *items = f->task.fields->items;
    for (int i = 0; i < end; i++)
        if (i != datum && strcmp(items[i].name, items[datum].name) == 0)
            return true;
    return false;
}

/* Is it a list, not a text: a box of several lines, and one of them is the value, or is still to be
 * scrolled to, when there are SEVERAL values for it? */
static bool is_list(const struct element *e, const char *value, bool several)
{
    const char *line = e->states & STATE_MULTILINE && e->value ? e->value : "";
    bool found = false;
    int lines = 0;
    for (size_t n; *line && !strchr(value, '\n'); line += n + (line[n] == '\n'), lines++) {
        n = strcspn(line, "\n");
        char *text = mem_text(line);
        text[n] = '\0';
        found = found || alike_equal(text, value);
        free(text);
    }
    return lines > 1 && (found || several);
}

/* The next value for the list that was just chosen in, which looks different now that a line of it
 * is lit. */
static bool form_choose_more(struct form *f, int chosen, struct plan *out)
{
    const struct datum *items = f->task.fields->items;
    for (int i = chosen + 1; i < f->task.fields->count; i++) {
        if (f->items[i].state != DATUM_PENDING || strcmp(items[i].name, items[chosen].name) != 0)
            continue;
        f->now = i;
        f->items[i].attempts++;
        out->place = f->lines;
        out->lines = out->adds = true;
        out->step = (struct step){.verb = STEP_CHOOSE, .text = mem_text(items[i].value)};
        out->step.target = (struct target){.kind = TARGET_TEXT, .text = mem_text(items[i].name)};
        return true;
    }
    return false;
}

/* A date in the place of another. */
static bool holds_date(const struct element *e, const char *value)
{
    struct date_group groups[DATE_GROUPS_MAX];
    return e->value && date_is_value(value) && date_groups(e->value, groups) > 0;
}

static void plan_fill(struct plan *plan, const struct control *c, const struct datum *datum,
                      bool several)
{
    bool yes = true;
    plan_target(plan, c->element, datum->name);
    if (c->use == CONTROL_TOGGLE) {
        control_says(datum->value, &yes);
        plan->step.verb = yes ? STEP_CHECK : STEP_UNCHECK;
        return;
    }
    if (c->use == CONTROL_OPTION && c->element->role != ROLE_RADIO) {
        plan->step.verb = STEP_CHECK;
        return;
    }
    if (c->use == CONTROL_OPTION) {
        free(plan->step.target.text);
        plan->step.target.text = mem_text(datum->name);
    }
    plan->step.text = mem_text(datum->value);
    plan->lines = is_list(c->element, datum->value, several);
    plan->step.verb = plan->lines                            ? STEP_CHOOSE
                      : holds_date(c->element, datum->value) ? STEP_SET /* part by part */
                      : c->element->role == ROLE_TEXTBOX     ? STEP_TYPE
                      : c->element->role == ROLE_COMBOBOX || c->element->role == ROLE_RADIO
                          ? STEP_CHOOSE
                          : STEP_SET;
}

/* Gives out the topmost field that one of the pending data fits. False when none is in sight. */
static bool form_fill_next(struct form *f, const struct scene *scene, struct plan *out)
{
    double least = f->weak ? CONTROL_FIT_WEAK : CONTROL_FIT_STRONG;
    int best = -1;
    form_match(f, scene);
    for (int i = 0; i < f->task.fields->count; i++) {
        const struct form_item *item = &f->items[i];
        if (item->state != DATUM_PENDING || !item->control.element || item->control.fit < least)
            continue;
        bool cut =
            item->control.element->box.y + item->control.element->box.height >= scene->height - 4;
        if (item->ambiguous || (cut && !f->at_end))
            continue;
        if (best < 0 || item->control.element < f->items[best].control.element)
            best = i;
    }
    if (best < 0)
        return false;
    f->now = best;
    out->again = f->items[best].attempts++ > 0;
    plan_fill(out, &f->items[best].control, &f->task.fields->items[best],
              has_fellow(f, best, f->task.fields->count));
    out->adds = out->lines && has_fellow(f, best, best);
    f->lines = out->lines ? out->place : (struct rect){0};
    return true;
}

static enum next form_scroll(struct form *f, const struct scene *scene, enum direction direction,
                             int notches, struct plan *out)
{
    f->scrolled = true;
    wheel_plan(scene, direction, notches, out);
    return NEXT_STEP;
}

/* The end is reached when a scroll moved nothing. */
static void form_note_scroll(struct form *f, const struct scene *scene)
{
    if (!f->scrolled)
        return;
    f->scrolled = false;
    bool moved = wheel_moved(scene);
    if (!moved)
        f->at_end = true;
    f->moved = f->moved || moved;
}

static void form_new_page(struct form *f)
{
    f->since_ms = clock_ms();
    f->weak = f->at_end = f->moved = f->scrolled = false;
    f->filled_on_page = 0;
    for (int i = 0; i < f->task.fields->count; i++)
        f->items[i].ambiguous = false;
}

/* A button that turns to the next page of the form; NULL for none. */
static const struct element *form_next_button(const struct scene *scene)
{
    static const char *const words[] = {
        "Next", "Continue", "Next step", "Next page", "Save and continue", "Proceed", "Forward"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        for (int i = 0; i < scene->element_count; i++) {
            const struct element *e = &scene->elements[i];
            if ((e->role == ROLE_BUTTON || e->role == ROLE_LINK) && !(e->states & STATE_DISABLED) &&
                (alike_equal(e->text, words[w]) || alike_equal(e->label, words[w])))
                return e;
        }
    return NULL;
}

static bool form_turn_page(struct form *f, const struct scene *scene, struct plan *out)
{
    const struct element *button = form_next_button(scene);
    f->idle_pages = f->filled_on_page ? 0 : f->idle_pages + 1;
    if (!button || f->pages >= PAGES_MAX || f->idle_pages > IDLE_PAGES_MAX)
        return false;
    f->pages++;
    f->turning = 1;
    plan_target(out, button, "Next");
    out->step.verb = STEP_CLICK;
    return true;
}

static enum next form_fail(struct form *f, struct err *e)
{
    err_set(e, ERR_TASK, "the form was not sent: %s", buf_text(&f->problems));
    return NEXT_FAILED;
}

/* Names what is left over. False when nothing is. */
static bool form_leftovers(struct form *f)
{
    for (int i = 0; i < f->task.fields->count; i++) {
        struct form_item *item = &f->items[i];
        const char *name = f->task.fields->items[i].name;
        if (item->state == DATUM_PENDING)
            problem_add(f, name,
                        item->ambiguous ? "fits several fields equally well"
                                        : "no field for it was found");
        if (item->state == DATUM_PENDING)
            item->state = DATUM_GIVEN_UP;
    }
    form_required(f);
    return f->problems.length > 0;
}

/* The whole page was seen and data are left over: look again less strictly, then turn the page,
 * then say so. */
static enum next form_page_end(struct form *f, const struct scene *scene, struct plan *out,
                               struct err *e)
{
    if (!f->weak) {
        f->weak = true;
        if (f->moved) {
            f->at_end = f->moved = false;
            return form_scroll(f, scene, DIRECTION_UP, WHEEL_TOP, out);
        }
        if (form_fill_next(f, scene, out))
            return NEXT_STEP;
    }
    if (form_turn_page(f, scene, out))
        return NEXT_STEP;
    form_leftovers(f);
    return form_fail(f, e);
}

/* Everything is in: press the button, wherever it is. */
static enum next form_submit(struct form *f, const struct scene *scene, struct plan *out,
                             struct err *e)
{
    struct target target = {
        .kind = TARGET_TEXT, .text = (char *)f->task.submit, .role = ROLE_BUTTON};
    struct finder finder = f->finder;
    struct match match;
    enum found found = finder.find(finder.self, scene, &target, &match, e);
    if (found == FOUND_NONE && !f->at_end)
        return form_scroll(f, scene, DIRECTION_DOWN, WHEEL_PAGE, out);
    if (found == FOUND_NONE) { /* the whole page has no such button: a link, or bare words */
        target.role = ROLE_NONE;
        found = finder.find(finder.self, scene, &target, &match, e);
    }
    if (found == FOUND_NONE && form_turn_page(f, scene, out))
        return NEXT_STEP;
    if (found != FOUND_ONE) {
        err_prefix(e, "the form is filled in but was not sent: ");
        return NEXT_FAILED;
    }
    f->submitted = true;
    out->step.verb = STEP_CLICK;
    out->step.target =
        (struct target){.kind = TARGET_TEXT, .role = target.role, .text = mem_text(f->task.submit)};
    out->place = match.element ? match.element->box : (struct rect){0};
    out->commits = out->sends = true;
    return NEXT_STEP;
}

/* After "Next": the page must have changed. */
static enum next form_await_page(struct form *f, const struct scene *scene, struct err *e)
{
    if (scene->changed.width > 60 && scene->changed.height > 30) {
        f->turning = 0;
        form_new_page(f);
        return NEXT_DONE;
    }
    if (f->turning++ < LOOKS_FOR_CHANGE)
        return NEXT_LOOK;
    err_set(e, ERR_TASK,
            "the form was not sent: the page did not change after \"Next\" was pressed");
    return NEXT_FAILED;
}

/* Nothing on this page fits anything: it may not be there yet. */
static bool form_is_loading(const struct form *f)
{
    bool any = f->scrolled || f->moved || f->filled_on_page || f->at_end;
    for (int i = 0; i < f->task.fields->count && !any; i++)
        any = f->items[i].control.element != NULL;
    return !any && clock_ms() - f->since_ms < EMPTY_MS;
}

static enum next form_next(void *self, const struct scene *scene, const struct history *history,
                           struct plan *out, struct err *e)
{
    struct form *f = self;
    int last = f->now;
    (void)history;
    form_settle_last(f);
    if (last >= 0 && !rect_empty(f->lines) && form_choose_more(f, last, out))
        return NEXT_STEP;
    if (f->turning) {
        enum next turned = form_await_page(f, scene, e);
        if (turned != NEXT_DONE)
            return turned;
    }
    form_note_scroll(f, scene);
    if (f->submitted) {
        if (f->expected >= f->task.expect_count)
            return NEXT_DONE;
        step_copy(&out->step, &f->task.expect[f->expected++]);
        return NEXT_STEP;
    }
    if (form_fill_next(f, scene, out))
        return NEXT_STEP;
    if (form_pending(f) && form_is_loading(f))
        return NEXT_LOOK;
    if (form_pending(f) && !f->at_end)
        return form_scroll(f, scene, DIRECTION_DOWN, WHEEL_PAGE, out);
    if (form_pending(f))
        return form_page_end(f, scene, out, e);
    if (form_leftovers(f))
        return form_fail(f, e);
    if (f->task.submit)
        return form_submit(f, scene, out, e);
    f->submitted = true;
    return form_next(self, scene, history, out, e);
}

/* One field that can't be filled in does not keep the others from being tried; all are told at the
 * end. */
static bool form_failed(void *self, const struct step *step, struct err *e)
{
    struct form *f = self;
    (void)step;
    if (f->now < 0)
        return false;
    struct form_item *item = &f->items[f->now];
    if (item->attempts >= ATTEMPTS_MAX) {
        item->state = DATUM_GIVEN_UP;
        problem_add(f, f->task.fields->items[f->now].name, e->text);
    }
    f->now = -1;
    return true;
}

static void form_destroy(void *self)
{
    struct form *f = self;
    form_forget(f);
    buf_finish(&f->problems);
    free(f->items);
    free(f);
}

struct decider form_decider(const struct policy_context *context, const struct form_task *task)
{
    struct form *f = mem_zero(1, sizeof *f);
    f->task = *task;
    f->finder = context->finder;
    f->now = -1;
    f->since_ms = clock_ms();
    f->items = mem_zero((size_t)task->fields->count, sizeof *f->items);
    return (struct decider){.name = "form",
                            .next = form_next,
                            .failed = form_failed,
                            .anywhere = true,
                            .destroy = form_destroy,
                            .self = f};
}

struct policy *form_create(const struct policy_context *context, const struct form_task *task)
{
    return policy_create(context, form_decider(context, task));
}

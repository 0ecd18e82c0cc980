/* copy: from one text field to another through the clipboard, exactly, also what is out of sight in
 * it; from anything else what is read there is set. */
#include "policy/stepping.h"

#include "policy/reading.h"

#include <string.h>

static bool is_text(const struct match *match)
{
    return match->element && match->element->role == ROLE_TEXTBOX;
}

/* What stands for a match: what a control holds, what is written beside a label. */
static void value_take(const struct scene *scene, const struct match *match, struct buf *out)
{
    if (match->element && match->element->value)
        reading_of(match->element, out);
    else if (!reading_beside(scene, match->box, out))
        buf_add(out, match->text);
}

/* From now on it is a `set` with what was read. What stands on the screen must not name a secret.
 */
static enum stepped copy_read(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct step *step = &s->plan.step;
    if (strstr(buf_text(&s->text), "{{"))
        return stepping_fail(s, e, "what stands there holds {{");
    target_finish(&step->target);
    step->target = step->second;
    step->second = (struct target){0};
    step->verb = STEP_SET;
    step->text = mem_text(buf_text(&s->text));
    s->place = (struct rect){0};
    s->phase = PHASE_FIND;
    s->keys = 0;
    return stepping_set(s, scene, out, e);
}

/* "from the text area into the text box": the one that holds a text, the one that holds none; where
 * there are two. */
static bool told_by_content(const struct step *step, const struct scene *scene, struct match *from,
                            struct match *to)
{
    const struct target *a = &step->target, *b = &step->second;
    const struct element *full = NULL, *empty = NULL;
    bool bare = a->kind == TARGET_TEXT && b->kind == TARGET_TEXT && !a->text && !b->text &&
                !a->ordinal && !b->ordinal && !a->of && !b->of;
    for (int i = 0; i < scene->element_count && bare; i++) {
        const struct element *e = &scene->elements[i];
        const struct element **place = e->value && e->value[0] ? &full : &empty;
        if (e->role != ROLE_TEXTBOX)
            continue;
        bare = !*place;
        *place = e;
    }
    if (!bare || !full || !empty)
        return false;
    *from = (struct match){full, full->box, full->text, 1, false};
    *to = (struct match){empty, empty->box, empty->text, 1, false};
    return true;
}

static enum stepped copy_find(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct match from, to;
    struct target source = s->plan.step.target;
    source.field = source.field || source.role == ROLE_NONE;
    struct finder f = s->context->finder;
    bool told = told_by_content(&s->plan.step, scene, &from, &to);
    if (!told && f.find(f.self, scene, &source, &from, NULL) != FOUND_ONE) {
        enum stepped found = stepping_find(s, scene, &s->plan.step.target, &from, out, e);
        if (found != STEPPED_DONE)
            return found;
    }
    buf_reset(&s->text);
    value_take(scene, &from, &s->text);
    struct target second = s->plan.step.second;
    second.field = second.field || second.role == ROLE_NONE;
    bool plain = !told && (f.find(f.self, scene, &second, &to, NULL) != FOUND_ONE || !is_text(&to));
    if (!plain && memcmp(&from.box, &to.box, sizeof from.box) == 0)
        return stepping_fail(s, e, "both are the %s at %d,%d", role_name(to.element->role),
                             to.box.x, to.box.y);
    if (!is_text(&from) || plain)
        return copy_read(s, scene, out, e);
    s->list = to.box;
    return stepping_go(s, out, stepping_click(rect_center(from.box), 1), PHASE_ACT);
}

static enum stepped copy_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    struct buf read = {0};
    s->place = s->list;
    const struct element *control = stepping_control(s, scene);
    if (control)
        reading_of(control, &read);
    else
        reading_inside(scene, s->place, &read);
    bool same = reading_shows(buf_text(&read), buf_text(&s->text), NULL);
    bool longer = !same && s->touched && s->text.length > 40; /* more than a field can show */
    s->touched = s->touched || !rect_empty(rect_common(scene->changed, s->place));
    buf_finish(&read);
    if (same || longer)
        return stepping_done(s);
    if (stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    return copy_read(s, scene, out, e); /* a program with other keys */
}

enum stepped stepping_copy(struct stepper *s, const struct scene *scene, struct action *out,
                           struct err *e)
{
    static const char *const take[] = {"Ctrl+Home", "Ctrl+Shift+End", "Ctrl+C"};
    static const char *const put[] = {"Ctrl+Home", "Ctrl+Shift+End", "Ctrl+V"};
    switch (s->phase) {
    case PHASE_ACT:
        if (s->keys < 3)
            return stepping_go(s, out, stepping_key(take[s->keys++]), PHASE_ACT);
        s->keys = 0;
        return stepping_go(s, out, stepping_click(rect_center(s->list), 1), PHASE_CLEAR);
    case PHASE_CLEAR:
        s->keys++;
        return stepping_go(s, out, stepping_key(put[s->keys - 1]),
                           s->keys < 3 ? PHASE_CLEAR : PHASE_VERIFY);
    case PHASE_VERIFY:
        return copy_verify(s, scene, out, e);
    default:
        return copy_find(s, scene, out, e);
    }
}

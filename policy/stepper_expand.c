/* expand: open what is closed: the section of that name, the only one, all, or one after the other
 * until the target is seen; then tabs are looked into, too. */
#include "policy/stepping.h"

#include "policy/sections.h"

#include <string.h>

#define OPENED_MAX 100
#define FOOT       4 /* pixels under a head that its own outline may take */

/* What was opened already; it may have moved since, so that only what it says is known. */
static bool was_opened(struct stepper *s, const char *name)
{
    size_t n = strlen(name);
    if (!n || section_is_sign(name))
        return false; /* it looks otherwise when it is open */
    for (const char *at = buf_text(&s->pattern); (at = strstr(at, name)) != NULL; at += n)
        if (at[-1] == '\n' && at[n] == '\n')
            return true;
    return false;
}

/* The first tab that was not looked at. */
static const struct element *next_tab(struct stepper *s, const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (section_is_tab(e) && !was_opened(s, section_name(e)))
            return e;
    }
    return NULL;
}

/* The topmost closed section that was not opened yet; COUNT: how many there are. */
static const struct element *next_closed(struct stepper *s, const struct scene *scene, int *count)
{
    const struct element *next = NULL;
    *count = 0;
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (!section_is_closed(scene, e) || was_opened(s, section_name(e)))
            continue;
        next = next ? next : e;
        ++*count;
    }
    return next;
}

static enum stepped section_open(struct stepper *s, const struct element *e, struct action *out)
{
    if (!s->pattern.length)
        buf_add_char(&s->pattern, '\n');
    buf_addf(&s->pattern, "%s\n", section_name(e));
    s->place = e->box;
    s->touched = false;
    return stepping_go(s, out, stepping_click(rect_center(e->box), 1), PHASE_SEARCH);
}

/* What was opened shows itself under its head; a program may need a moment. */
static bool still_opens(struct stepper *s, const struct scene *scene, struct action *out)
{
    int foot = s->place.y + s->place.height + FOOT, changed = scene->changed.y;
    if (s->phase != PHASE_SEARCH || s->touched)
        return false;
    s->touched = changed + scene->changed.height > foot;
    return !s->touched && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT;
}

static enum stepped expand_named(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    struct match match;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    if (match.element && match.element->states & STATE_EXPANDED)
        return stepping_done(s);
    return stepping_last(s, out, stepping_click(rect_center(match.box), 1));
}

static enum stepped expand_to(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct finder f = s->context->finder;
    struct match match;
    struct err why = {0};
    int count;
    bool found = f.find(f.self, scene, &s->plan.step.second, &match, &why) == FOUND_ONE;
    if (found && !match.part) { /* what only mentions it is not it */
        s->place = match.box;
        return stepping_done(s);
    }
    const struct element *closed = next_closed(s, scene, &count);
    closed = closed ? closed : next_tab(s, scene);
    if (closed && ++s->searches <= OPENED_MAX)
        return section_open(s, closed, out);
    if (stepping_wait(s, out, s->pattern.length ? STEPPER_SHOW_MS : STEPPER_FIND_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_fail(s, e, "%s; %s",
                         s->pattern.length ? "all that is closed was opened"
                                           : "nothing on the screen looks closed",
                         why.text);
}

enum stepped stepping_expand(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e)
{
    int count;
    const struct step *step = &s->plan.step;
    if (still_opens(s, scene, out))
        return STEPPED_ACT;
    if (step->second.kind != TARGET_NONE)
        return expand_to(s, scene, out, e);
    if (step->target.kind != TARGET_NONE)
        return expand_named(s, scene, out, e);
    const struct element *closed = next_closed(s, scene, &count);
    bool only = step->count != EXPAND_ALL;
    if (s->pattern.length && (only || !closed))
        return stepping_done(s);
    if (!closed && stepping_wait(s, out, STEPPER_FIND_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (!closed)
        return stepping_fail(s, e, "nothing on the screen looks closed");
    if (step->count == EXPAND_ALL && ++s->searches > OPENED_MAX)
        return stepping_fail(s, e, "%d were opened, and there is no end", OPENED_MAX);
    if (only && count > 1)
        return stepping_fail(s, e, "%d sections look closed: say which one, or all", count);
    return section_open(s, closed, out);
}

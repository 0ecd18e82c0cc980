/* scroll to: turn the wheel until the target is seen, to one end and then to the other; and scroll:
 * so many notches. */
#include "policy/stepping.h"

#include "policy/lists.h"

#define PAGE_NOTCHES 5
#define PANE_HEIGHT  100 /* pixels: what is lower only names what is to be scrolled */

static struct rect whole_screen(const struct scene *scene)
{
    return (struct rect){0, 0, scene->width, scene->height};
}

/* What `"Item 87" in "Results"` is to be scrolled in: the list of that name, or a box that is it.
 */
static struct rect scroll_pane(struct stepper *s, const struct scene *scene)
{
    const struct target *target = &s->plan.step.second;
    struct finder f = s->context->finder;
    struct match match;
    struct rect list;
    if (target->relation != RELATION_IN || !target->of ||
        f.find(f.self, scene, target->of, &match, NULL) != FOUND_ONE)
        return whole_screen(scene);
    if (match.box.height >= PANE_HEIGHT)
        return match.box;
    return list_beside(scene, match.box, &list) ? list : whole_screen(scene);
}

static enum stepped scroll_to(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct finder f = s->context->finder;
    struct match match;
    struct err why = {0};
    enum found found = f.find(f.self, scene, &s->plan.step.second, &match, &why);
    if (found != FOUND_NONE) {
        s->place = found == FOUND_ONE ? match.box : (struct rect){0};
        return stepping_done(s);
    }
    if (s->phase == PHASE_FIND)
        s->list = scroll_pane(s, scene);
    if (stepping_search(s, scene, out) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_fail(s, e, "scrolled from one end to the other; %s", why.text);
}

enum stepped stepping_scroll(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e)
{
    const struct step *step = &s->plan.step;
    if (step->second.kind != TARGET_NONE)
        return scroll_to(s, scene, out, e);
    struct action a = {.kind = ACTION_SCROLL, .has_at = true};
    struct match match = {.box = s->plan.place};
    a.at = rect_center(rect_empty(match.box) ? whole_screen(scene) : match.box);
    if (step->target.kind != TARGET_NONE) {
        enum stepped found = stepping_find(s, scene, &step->target, &match, out, e);
        if (found != STEPPED_DONE)
            return found;
        a.at = rect_center(match.box);
    }
    int notches = step->count > 0 ? step->count : PAGE_NOTCHES;
    a.dy = step->direction == DIRECTION_DOWN ? notches
           : step->direction == DIRECTION_UP ? -notches
                                             : 0;
    a.dx = step->direction == DIRECTION_RIGHT  ? notches
           : step->direction == DIRECTION_LEFT ? -notches
                                               : 0;
    return stepping_last(s, out, a);
}

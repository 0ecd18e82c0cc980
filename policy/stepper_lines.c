/* choose in a box that shows its options line by line: click the line, scrolling to it; see that it
 * lights up. */
#include "policy/stepping.h"

#include <stdio.h>

static bool is_lit(const struct scene *scene, struct rect line)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->states & STATE_SELECTED && rect_holds(e->box, rect_center(line)))
            return true;
    }
    return false;
}

static enum stepped lines_search(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    struct rect line = {0};
    if (rect_empty(s->list))
        s->list = s->place = s->plan.place;
    buf_reset(&s->shown);
    if (!stepping_option(scene, s->list, s->plan.step.text, &line, &s->shown)) {
        if (stepping_search(s, scene, out) == STEPPED_ACT)
            return STEPPED_ACT;
        return stepping_fail(s, e, "no line \"%s\" is in the list", s->plan.step.text);
    }
    if (is_lit(scene, line))
        return stepping_done(s);
    s->place = line;
    struct action click = stepping_click(rect_center(line), 1);
    if (s->plan.adds)
        snprintf(click.keys, sizeof click.keys, "Ctrl");
    return stepping_go(s, out, click, PHASE_VERIFY);
}

/* The ground of the whole line must have changed. */
static enum stepped lines_verify(struct stepper *s, const struct scene *scene, struct action *out)
{
    struct rect changed = rect_common(scene->changed, s->place);
    s->touched = s->touched || (changed.width * 10 >= s->place.width * 9 &&
                                changed.height * 10 >= s->place.height * 9);
    if (s->touched || is_lit(scene, s->place))
        return stepping_done(s);
    if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    stepping_note(s, "it was clicked, but was not seen to be selected");
    return stepping_done(s);
}

enum stepped stepping_lines(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e)
{
    return s->phase == PHASE_VERIFY ? lines_verify(s, scene, out) : lines_search(s, scene, out, e);
}

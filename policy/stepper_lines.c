/* choose in a box that shows its options line by line: click the line, scrolling to it; see that it
 * lights up. */
#include "policy/stepping.h"

#include <stdio.h>
#include <string.h>

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
                                 struct err *e);

/* The value that is chosen now: of several, which commas part, the one that begins at `part`. */
static void lines_take_part(struct stepper *s, const struct scene *scene)
{
    const char *text = s->plan.step.text;
    bool several = s->plan.step.verb == STEP_SET && strchr(text, ',') &&
                   (s->part || !stepping_option(scene, s->list, text, &s->place, &s->shown));
    text += s->part;
    text += strspn(text, ", ");
    buf_reset(&s->text);
    if (several)
        buf_addf(&s->text, "%.*s", (int)strcspn(text, ","), text);
    else
        buf_add(&s->text, text);
    s->part = (size_t)(text - s->plan.step.text) + s->text.length;
}

/* The next of several values, which is added to what is chosen; or it was the last. */
static enum stepped lines_next(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    if (!s->plan.step.text[s->part])
        return stepping_done(s);
    lines_take_part(s, scene);
    s->plan.adds = true;
    s->touched = false;
    s->searches = s->returns = 0;
    s->phase = PHASE_SEARCH;
    return lines_search(s, scene, out, e);
}

static enum stepped lines_search(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    struct rect line = {0};
    if (rect_empty(s->list)) {
        s->list = s->place = s->plan.place;
        lines_take_part(s, scene);
    }
    buf_reset(&s->shown);
    if (!stepping_option(scene, s->list, buf_text(&s->text), &line, &s->shown)) {
        if (stepping_search(s, scene, out) == STEPPED_ACT)
            return STEPPED_ACT;
        if (s->plan.step.verb == STEP_SET && !s->plan.adds) { /* then it is a text */
            s->mode = MODE_TYPE;
            s->phase = PHASE_FIND;
            s->plan.place = s->list;
            return stepping_type(s, scene, out, e);
        }
        return stepping_fail(s, e, "no line \"%s\" is in the list", buf_text(&s->text));
    }
    bool alone = !s->plan.adds && !s->plan.step.text[s->part];
    if (is_lit(scene, line) && (s->plan.adds || alone))
        return lines_next(s, scene, out, e);
    s->place = line;
    struct action click = stepping_click(rect_center(line), 1);
    if (s->plan.adds)
        snprintf(click.keys, sizeof click.keys, "Ctrl");
    return stepping_go(s, out, click, PHASE_VERIFY);
}

/* The ground of the whole line must have changed. */
static enum stepped lines_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    struct rect changed = rect_common(scene->changed, s->place);
    s->touched = s->touched || (changed.width * 10 >= s->place.width * 9 &&
                                changed.height * 10 >= s->place.height * 9);
    if (s->touched || is_lit(scene, s->place))
        return lines_next(s, scene, out, e);
    if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    stepping_note(s, "it was clicked, but was not seen to be selected");
    return lines_next(s, scene, out, e);
}

enum stepped stepping_lines(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e)
{
    return s->phase == PHASE_VERIFY ? lines_verify(s, scene, out, e)
                                    : lines_search(s, scene, out, e);
}

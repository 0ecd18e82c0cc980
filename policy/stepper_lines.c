/* choose in a box that shows its options line by line: click the line, scrolling to it; see that it
 * lights up. What is set must be all that is lit then: other lines are put out where a click leaves
 * them lit. */
#include "policy/stepping.h"

#include "base/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAME_LINE 0.85

static bool is_lit(const struct scene *scene, struct rect line)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->states & STATE_SELECTED && rect_holds(e->box, rect_center(line)))
            return true;
    }
    return false;
}

/* Is the line one of the values that commas part, or all of them in one? */
static bool is_meant(const char *values, const char *line)
{
    bool meant = alike_score(values, line) >= SAME_LINE;
    for (const char *at = values; *at && !meant;) {
        size_t length = strcspn(at, ",");
        char *value = mem_text_n(at, length);
        meant = alike_score(value, line) >= SAME_LINE;
        free(value);
        at += length;
        at += strspn(at, ", ");
    }
    return meant;
}

/* A line is as wide as its list, which may be known by its texts alone. */
static bool is_line_of(struct rect line, struct rect list)
{
    struct point middle = {rect_center(list).x, rect_center(line).y};
    return rect_holds(list, middle) && rect_holds(line, middle);
}

/* A lit line of the list that is not meant; NULL: none is in sight. */
static const struct element *find_other(const struct stepper *s, const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++) {
        const struct element *e = &scene->elements[i];
        if (e->states & STATE_SELECTED && is_line_of(e->box, s->list) &&
            !is_meant(s->plan.step.text, e->text))
            return e;
    }
    return NULL;
}

static enum stepped lines_sweep(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e);

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

/* All are chosen: is anything else? Where a click put the others out, or no line is seen to be lit
 * at all, that is not looked for. */
static enum stepped lines_end(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    if (s->plan.step.verb != STEP_SET || s->keeps || s->alone || !s->lights)
        return stepping_done(s);
    s->sweeps = true;
    s->touched = false;
    s->searches = s->returns = s->tries = 0;
    return lines_sweep(s, scene, out, e);
}

/* The next of several values, which is added to what is chosen; or it was the last. */
static enum stepped lines_next(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    if (!s->plan.step.text[s->part])
        return lines_end(s, scene, out, e);
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
        s->keeps = s->plan.adds;
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
    s->place = line;
    if (is_lit(scene, line))
        return lines_next(s, scene, out, e);
    s->others = find_other(s, scene) != NULL;
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
    if (is_lit(scene, s->place) && s->others && !s->plan.adds && !find_other(s, scene))
        s->alone = true;
    if (s->touched || is_lit(scene, s->place))
        return lines_next(s, scene, out, e);
    if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    stepping_note(s, "it was clicked, but was not seen to be selected");
    return lines_next(s, scene, out, e);
}

/* From one end of the list to the other: what is lit and not meant is clicked, which puts it out.
 */
static enum stepped lines_sweep(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    const struct element *other = find_other(s, scene);
    if (s->phase == PHASE_VERIFY && other && rect_holds(other->box, rect_center(s->place))) {
        if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return stepping_fail(s, e, "\"%s\" stays chosen", other->text);
    }
    if (other) {
        struct action click = stepping_click(rect_center(other->box), 1);
        s->place = other->box;
        snprintf(click.keys, sizeof click.keys, "Ctrl");
        return stepping_go(s, out, click, PHASE_VERIFY);
    }
    s->phase = PHASE_SEARCH;
    if (stepping_search(s, scene, out) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_done(s);
}

enum stepped stepping_lines(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e)
{
    for (int i = 0; i < scene->element_count; i++)
        s->lights = s->lights || (scene->elements[i].states & STATE_SELECTED &&
                                  is_line_of(scene->elements[i].box, s->list));
    if (s->sweeps)
        return lines_sweep(s, scene, out, e);
    return s->phase == PHASE_VERIFY ? lines_verify(s, scene, out, e)
                                    : lines_search(s, scene, out, e);
}

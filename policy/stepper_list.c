/* choose: open the list; find the option by its text, scrolling; click it; see that it stands
 * there. */
#include "policy/stepping.h"

#include "base/alike.h"
#include "policy/reading.h"

#include <string.h>

#define OPTION_FIT     0.85 /* an option as near as this to the text is meant */
#define OPTION_WITHIN  0.95 /* or one that holds the whole text among other words */
#define SEARCHES_MAX   60
#define SEARCH_NOTCHES 3
#define LIST_OPENS_MS  1500

/* The line inside AREA that says TEXT best. Equal beats alike beats holding it. False when none is
 * good enough. */
bool stepping_option(const struct scene *scene, struct rect area, const char *text,
                     struct rect *place, struct buf *option)
{
    double best = 0;
    struct line_reader lines = {.scene = scene, .within = area};
    while (line_next(&lines)) {
        const char *line = buf_text(&lines.text);
        double alike = alike_score(line, text), within = alike_within(line, text);
        double fit = alike_equal(line, text)   ? 3
                     : alike >= OPTION_FIT     ? 1 + alike
                     : within >= OPTION_WITHIN ? within
                                               : 0;
        if (fit <= best)
            continue;
        best = fit;
        *place = lines.box;
        buf_reset(option);
        buf_add(option, line);
    }
    line_finish(&lines);
    return best > 0;
}

static enum stepped list_open(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    struct match match;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    if (match.element && match.element->value &&
        alike_equal(match.element->value, s->plan.step.text))
        return stepping_done(s);
    struct rect box = match.box;
    struct point at = rect_center(box);
    if (box.width > 2 * box.height) /* the arrow, which opens editable ones, too */
        at.x = box.x + box.width - box.height / 2;
    s->searches = 0;
    s->upwards = false;
    s->list = (struct rect){0};
    return stepping_go(s, out, stepping_click(at, 1), PHASE_SEARCH);
}

/* Where the list is: what changed when it opened, and the options that were seen. */
static bool list_place(struct stepper *s, const struct scene *scene)
{
    struct rect area = scene->changed;
    if (!rect_empty(s->list))
        return true;
    if (area.height > s->place.height)
        s->list = area;
    for (int i = 0; i < scene->element_count; i++) {
        enum role role = scene->elements[i].role;
        if (role == ROLE_OPTION || role == ROLE_MENUITEM)
            s->list = rect_union(s->list, scene->elements[i].box);
    }
    return !rect_empty(s->list);
}

/* One page further, or back to the other end when nothing moves any more. */
enum stepped stepping_search(struct stepper *s, const struct scene *scene, struct action *out)
{
    bool stuck = s->searches > 0 && rect_empty(scene->changed);
    if (stuck && s->upwards)
        return STEPPED_FAILED;
    if (stuck)
        s->upwards = true;
    if (++s->searches > SEARCHES_MAX)
        return STEPPED_FAILED;
    struct action a = {.kind = ACTION_SCROLL, .has_at = true, .at = rect_center(s->list)};
    a.dy = s->upwards ? -SEARCH_NOTCHES : SEARCH_NOTCHES;
    return stepping_go(s, out, a, PHASE_SEARCH);
}

/* What opens no list takes its value from the keyboard. */
static enum stepped list_stays_shut(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e)
{
    if (s->plan.step.verb != STEP_SET)
        return stepping_fail(s, e, "no list opened");
    s->mode = MODE_TYPE;
    s->phase = PHASE_FIND;
    s->plan.place = s->place;
    return stepping_type(s, scene, out, e);
}

static enum stepped list_search(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    if (!list_place(s, scene)) {
        if (stepping_wait(s, out, LIST_OPENS_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return list_stays_shut(s, scene, out, e);
    }
    struct rect place = {0};
    buf_reset(&s->shown);
    if (stepping_option(scene, s->list, s->plan.step.text, &place, &s->shown))
        return stepping_go(s, out, stepping_click(rect_center(place), 1), PHASE_VERIFY);
    if (stepping_search(s, scene, out) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_go(s, out, stepping_key("Escape"), PHASE_CLOSE);
}

static enum stepped list_closed(struct stepper *s, struct err *e)
{
    return stepping_fail(s, e, "no option \"%s\" is in the list", s->plan.step.text);
}

static enum stepped list_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    const struct element *control = stepping_control(s, scene);
    struct buf read = {0};
    if (control)
        reading_of(control, &read);
    if (!read.length)
        reading_inside(scene, s->place, &read);
    bool chosen = reading_shows(buf_text(&read), buf_text(&s->shown), NULL) ||
                  alike_value(buf_text(&read), s->plan.step.text);
    enum stepped answer = STEPPED_DONE;
    if (chosen)
        stepping_done(s);
    else if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        answer = STEPPED_ACT;
    else if (s->tries++ == 0) {
        s->phase = PHASE_FIND;
        answer = list_open(s, scene, out, e);
    } else
        answer = stepping_fail(s, e, "shows \"%s\" after \"%s\" was chosen", buf_text(&read),
                               s->plan.step.text);
    buf_finish(&read);
    return answer;
}

enum stepped stepping_choose(struct stepper *s, const struct scene *scene, struct action *out,
                             struct err *e)
{
    switch (s->phase) {
    case PHASE_SEARCH:
        return list_search(s, scene, out, e);
    case PHASE_CLOSE:
        return list_closed(s, e);
    case PHASE_VERIFY:
        return list_verify(s, scene, out, e);
    default:
        return list_open(s, scene, out, e);
    }
}

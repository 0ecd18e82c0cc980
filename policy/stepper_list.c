/* choose: open the list; find the option by its text, scrolling; click it; see that it stands
 * there. */
#include "policy/stepping.h"

#include "base/alike.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define OPTION_FIT    0.85 /* an option as near as this to the text is meant */
#define OPTION_WITHIN 0.95 /* or one that holds the whole text among other words */
#define SEARCHES_MAX  60
#define LIST_OPENS_MS 1500
#define OPTIONS_LEAST 2  /* that make a list, */
#define OPTIONS_APART 4  /* pixels that their boxes differ at most */
#define LIST_BEYOND   8  /* pixels that an open list is higher than its closed box, at least */
#define PAGE_NOTCHES  3  /* less than a page, wherever */
#define NOTCHES_MAX   24 /* at once */

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
    s->searches = s->returns = 0;
    s->list = (struct rect){0};
    backdrop_take(&s->backdrop, scene);
    return stepping_go(s, out, stepping_click(at, 1), PHASE_SEARCH);
}

/* Is it an entry that came with the list, in one column with FIRST? */
static bool is_option(const struct stepper *s, const struct element *e, struct rect first)
{
    bool entry = e->role == ROLE_OPTION || e->role == ROLE_MENUITEM;
    bool under = e->box.x < s->place.x + s->place.width && e->box.x + e->box.width > s->place.x;
    return entry && under && !rect_empty(rect_common(e->box, s->list)) &&
           abs(e->box.x - first.x) <= OPTIONS_APART &&
           abs(e->box.width - first.width) <= OPTIONS_APART;
}

/* Around the nearest options that were seen to come: what changed elsewhere, such as the field that
 * lost the focus, is none of it. Empty: none were made out. */
static struct rect options_area(const struct stepper *s, const struct scene *scene)
{
    struct rect best = {0};
    int nearest = s->place.height; /* a list hangs from its control */
    for (int i = 0; i < scene->element_count; i++) {
        struct rect all = {0}, first = scene->elements[i].box;
        int count = 0;
        for (int j = i; j < scene->element_count; j++)
            if (is_option(s, &scene->elements[j], first)) {
                all = rect_union(all, scene->elements[j].box);
                count++;
            }
        int over = s->place.y - all.y - all.height, under = all.y - s->place.y - s->place.height;
        int gap = over > under ? over : under;
        if (count >= OPTIONS_LEAST && gap < nearest) {
            nearest = gap;
            best = all;
        }
    }
    return best;
}

/* Where the list is: the options that were seen there, or what changed since it was opened, without
 * what stood there before (the title of the window loses its colour, too). */
static bool list_place(struct stepper *s, const struct scene *scene)
{
    if (s->searches)
        return true;
    s->list = rect_union(s->list, scene->changed);
    struct rect options = options_area(s, scene);
    s->list = rect_empty(options) ? backdrop_cut(&s->backdrop, scene, s->place, s->list) : options;
    return s->list.height > s->place.height + LIST_BEYOND;
}

/* Do the lines in sight stand in their order, and TEXT before the first of them? */
static bool lies_above(const struct scene *scene, struct rect area, const char *text)
{
    struct line_reader lines = {.scene = scene, .within = area};
    struct buf first = {0}, last = {0};
    bool sorted = true;
    for (int n = 0; sorted && line_next(&lines); n++) {
        sorted = n == 0 || strcasecmp(buf_text(&last), buf_text(&lines.text)) <= 0;
        buf_reset(&last);
        buf_add(&last, buf_text(&lines.text));
        if (n == 0)
            buf_add(&first, buf_text(&lines.text));
    }
    bool above = sorted && first.length && strcasecmp(text, buf_text(&first)) < 0;
    line_finish(&lines);
    buf_finish(&first);
    buf_finish(&last);
    return above;
}

static bool is_blank(const struct scene *scene, struct rect area)
{
    struct line_reader lines = {.scene = scene, .within = area};
    bool blank = !line_next(&lines);
    line_finish(&lines);
    return blank;
}

/* The line of the list that will go out of sight last. */
static void list_edge(const struct scene *scene, struct rect area, bool upwards, struct buf *out)
{
    struct line_reader lines = {.scene = scene, .within = area};
    for (bool first = true; line_next(&lines) && (first || !upwards); first = false) {
        buf_reset(out);
        buf_add(out, buf_text(&lines.text));
    }
    line_finish(&lines);
}

/* How many notches are a page is seen by the line that stood at the edge: it should now stand near
 * the other one. */
static void search_adapt(struct stepper *s, const struct scene *scene)
{
    struct rect place = {0};
    struct buf line = {0};
    int middle = rect_center(s->list).y;
    if (s->pattern.length && !stepping_option(scene, s->list, buf_text(&s->pattern), &place, &line))
        s->notches = s->notches > 1 ? s->notches / 2 : 1;
    else if (s->pattern.length && (s->upwards ? place.y < middle : place.y > middle))
        s->notches = 2 * s->notches < NOTCHES_MAX ? 2 * s->notches : NOTCHES_MAX;
    buf_finish(&line);
}

/* One page further, or back to the other end when nothing moves any more. GTK's lists also scroll
 * on into nothing: the way back is at least as long. */
enum stepped stepping_search(struct stepper *s, const struct scene *scene, struct action *out)
{
    bool begun = s->searches > 0;
    bool moved =
        !rect_empty(rect_common(scene->changed, s->list)); /* elsewhere a caret may blink */
    if (begun && !moved && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    bool blank = is_blank(scene, s->list);
    bool page = s->list.height == scene->height &&
                s->list.width == scene->width; /* what does not move is on it, too */
    bool stuck = begun && (!moved || blank);
    if (!begun) {
        s->gone = 0;
        s->upwards = s->plan.step.verb == STEP_SCROLL
                         ? s->plan.step.direction == DIRECTION_UP
                         : lies_above(scene, s->list, s->plan.step.text);
        s->notches = page ? PAGE_NOTCHES : 1; /* of a browser's one is half a short list */
    } else if (!stuck && !page)
        search_adapt(s, scene);
    if (stuck && s->returns && s->gone <= 0)
        return STEPPED_FAILED;
    if (stuck && !s->returns) {
        s->upwards = !s->upwards;
        s->returns = 1;
    }
    if (s->returns ? ++s->returns > 2 * SEARCHES_MAX : ++s->searches > SEARCHES_MAX)
        return STEPPED_FAILED;
    s->gone += s->returns ? -s->notches : s->notches;
    buf_reset(&s->pattern);
    list_edge(scene, s->list, s->upwards, &s->pattern);
    struct action a = {.kind = ACTION_SCROLL, .has_at = true, .at = rect_center(s->list)};
    a.dy = s->upwards ? -s->notches : s->notches;
    return stepping_go(s, out, a, PHASE_SEARCH);
}

static enum stepped list_take_text(struct stepper *s, const struct scene *scene, struct action *out,
                                   struct err *e)
{
    s->mode = MODE_TYPE;
    buf_reset(&s->pattern);
    s->phase = PHASE_FIND;
    s->plan.place = s->place;
    return stepping_type(s, scene, out, e);
}

/* What opens no list takes its value from the keyboard. */
static enum stepped list_stays_shut(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e)
{
    if (s->plan.step.verb != STEP_SET)
        return stepping_fail(s, e, "no list opened");
    return list_take_text(s, scene, out, e);
}

static enum stepped list_search(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    if (!list_place(s, scene)) {
        if (stepping_wait(s, out, LIST_OPENS_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return list_stays_shut(s, scene, out, e);
    }
    if (!s->searches && stepping_calendar_opened(s, scene, s->place))
        return stepping_calendar(s, scene, out, e);
    struct rect place = {0};
    buf_reset(&s->shown);
    if (stepping_option(scene, s->list, s->plan.step.text, &place, &s->shown))
        return stepping_go(s, out, stepping_click(rect_center(place), 1), PHASE_VERIFY);
    if (stepping_search(s, scene, out) == STEPPED_ACT)
        return STEPPED_ACT;
    return stepping_go(s, out, stepping_key("Escape"), PHASE_CLOSE);
}

/* What no list has may still be typed, where the field takes it: it has the focus, or gets it by a
 * click beside the arrow, which opens the list again where it does not. */
static enum stepped list_closed(struct stepper *s, const struct scene *scene, struct action *out,
                                struct err *e)
{
    const struct element *control = stepping_control(s, scene);
    if (s->plan.step.verb == STEP_SET && control && control->states & STATE_FOCUSED)
        return list_take_text(s, scene, out, e);
    if (s->plan.step.verb == STEP_SET && s->keys == 0 && control) {
        s->keys++;
        s->searches = 0;
        s->list = (struct rect){0};
        return stepping_go(s, out, stepping_click(rect_center(control->box), 1), PHASE_CLOSE);
    }
    bool opened = s->keys == 1 && list_place(s, scene);
    if (s->keys == 1 && !opened && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (opened && s->keys++)
        return stepping_go(s, out, stepping_key("Escape"), PHASE_CLOSE);
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
    const char *name = s->plan.step.target.text;
    bool menu = name && alike_equal(buf_text(&read), name); /* it says what it is for, as before */
    s->touched = s->touched || !rect_empty(scene->changed);
    enum stepped answer = STEPPED_DONE;
    if (chosen || (menu && s->touched))
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
        return list_closed(s, scene, out, e);
    case PHASE_VERIFY:
        return list_verify(s, scene, out, e);
    default:
        return list_open(s, scene, out, e);
    }
}

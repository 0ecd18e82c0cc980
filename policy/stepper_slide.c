/*
 * set on a slider: click where the value should be, see which number changes, and go the rest by
 * keys, or by the pointer where keys do nothing. Without a number the place of the knob must do.
 */
#include "policy/stepping.h"

#include "policy/number.h"

#include <math.h>
#include <stdlib.h>

#define MOVES_MAX   12
#define KEYS_MAX    100 /* pressed at once */
#define SAME        1e-6
#define REACH_ASIDE 120 /* pixels from the slider at which its number may stand */
#define REACH_OVER  30
#define PLACE_OFF   0.06 /* of its length: the knob is this near to where it should be */

static bool is_upright(struct rect box)
{
    return box.height > box.width;
}

/* The knob's way lies between the middles of its first and last place; knobs are about as long as
 * they are wide. */
static struct point slide_point(struct rect box, double fraction)
{
    struct point at = rect_center(box);
    double x = box.x + box.height / 2.0 + fraction * (box.width - 1 - box.height);
    double y = box.y + box.height - 1 - box.width / 2.0 - fraction * (box.height - 1 - box.width);
    if (is_upright(box))
        at.y = (int)fmax(box.y - box.width, fmin(box.y + box.height - 1 + box.width, y));
    else
        at.x = (int)fmax(box.x - box.height, fmin(box.x + box.width - 1 + box.height, x));
    return at;
}

/* The nearest place on it that can be clicked. */
static struct point slide_inside(struct rect box, struct point at)
{
    at.x = at.x < box.x + 1               ? box.x + 1
           : at.x > box.x + box.width - 2 ? box.x + box.width - 2
                                          : at.x;
    at.y = at.y < box.y + 1                ? box.y + 1
           : at.y > box.y + box.height - 2 ? box.y + box.height - 2
                                           : at.y;
    return at;
}

static double slide_fraction(struct rect box, struct point at)
{
    double way = is_upright(box) ? box.height - 1 - box.width : box.width - 1 - box.height;
    double gone = is_upright(box) ? box.y + box.height - 1 - box.width / 2.0 - at.y
                                  : at.x - box.x - box.height / 2.0;
    return way > 0 ? gone / way : 0;
}

static struct rect slide_surroundings(struct rect box)
{
    return (struct rect){box.x - REACH_ASIDE, box.y - REACH_OVER, box.width + 2 * REACH_ASIDE,
                         box.height + 2 * REACH_OVER};
}

/* Does the number beside it stand in its own row? */
static bool is_aside(struct rect box, struct point at)
{
    return at.y >= box.y && at.y < box.y + box.height && !rect_holds(box, at);
}

/* What stands near it before it is moved: only what changes then is its number, and not what is
 * redrawn beside it. */
static void slide_first_numbers(struct stepper *s, const struct scene *scene)
{
    struct rect near = slide_surroundings(s->place);
    s->slide.first_count = 0;
    for (int i = 0; i < scene->word_count && s->slide.first_count < SLIDE_NUMBERS_MAX; i++) {
        struct slide_number n = {.box = scene->words[i].box};
        if (rect_holds(near, rect_center(n.box)) && number_read(scene->words[i].text, &n.value))
            s->slide.first[s->slide.first_count++] = n;
    }
}

static bool has_changed(const struct stepper *s, const struct word *w, double value)
{
    if (rect_empty(rect_common(s->slide.changed, w->box)))
        return false;
    for (int i = 0; i < s->slide.first_count; i++)
        if (rect_holds(s->slide.first[i].box, rect_center(w->box)) &&
            fabs(s->slide.first[i].value - value) < SAME)
            return false;
    return true;
}

/* The only number beside it is its own; of several, some tell where it ends. */
static bool has_one_aside(const struct stepper *s)
{
    int count = 0;
    for (int i = 0; i < s->slide.first_count; i++)
        count += is_aside(s->place, rect_center(s->slide.first[i].box));
    return count == 1;
}

/* The number beside the slider; once it was moved, one that changed with it. NAN when there is
 * none. */
static double slide_reading(const struct stepper *s, const struct scene *scene)
{
    struct rect box = s->place, near = slide_surroundings(box);
    bool one = has_one_aside(s);
    double best = NAN, best_distance = INFINITY;
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        struct point at = rect_center(w->box);
        double value;
        bool known = !rect_empty(rect_common(s->slide.number, w->box));
        if (!rect_holds(near, at) ||
            !(number_read(w->text, &value) || (known && number_guess(w->text, &value))))
            continue;
        if (!known && !(one && is_aside(box, at)) && !has_changed(s, w, value))
            continue;
        double distance = hypot(fmax(0, fmax(box.x - at.x, at.x - box.x - box.width)),
                                at.y - rect_center(box).y) -
                          (known ? REACH_ASIDE : 0);
        if (distance < best_distance) {
            best_distance = distance;
            best = value;
        }
    }
    return best;
}

static void slide_remember_number(struct stepper *s, const struct scene *scene)
{
    struct rect near = slide_surroundings(s->place);
    for (int i = 0; i < scene->word_count; i++) {
        const struct word *w = &scene->words[i];
        double value;
        if (rect_holds(near, rect_center(w->box)) && number_read(w->text, &value) &&
            has_changed(s, w, value))
            s->slide.number = rect_grow(w->box, 4);
    }
}

static struct point at_end(struct rect box, struct rect moved, bool higher)
{
    struct point at = rect_center(box);
    if (is_upright(box))
        at.y = higher ? moved.y + box.width / 2 : moved.y + moved.height - 1 - box.width / 2;
    else
        at.x = higher ? moved.x + moved.width - 1 - box.height / 2 : moved.x + box.height / 2;
    return at;
}

/* Where the knob went: to the pointer, or towards it. */
static void slide_follow(struct stepper *s)
{
    struct rect moved = rect_common(s->slide.changed, s->place);
    if (rect_empty(moved) || s->slide.keyed)
        return;
    if (s->slide.moves > 1 || rect_holds(rect_grow(moved, 2), s->slide.knob))
        return;
    struct point middle = rect_center(moved);
    bool higher = is_upright(s->place) ? s->slide.knob.y < middle.y : s->slide.knob.x > middle.x;
    s->slide.knob = at_end(s->place, moved, higher);
    s->slide.drags = true;
}

static enum stepped slide_to(struct stepper *s, struct action *out, double fraction)
{
    struct point to = slide_point(s->place, fraction), inside = slide_inside(s->place, to);
    bool beyond = to.x != inside.x || to.y != inside.y; /* some go no farther by clicks */
    if (beyond && !s->slide.moves)
        to = inside;
    struct action a = stepping_click(to, 1);
    if (s->slide.drags || (beyond && s->slide.moves)) {
        a = (struct action){.kind = ACTION_DRAG, .button = BUTTON_LEFT, .path_count = 2};
        a.path[0] = a.at = s->slide.knob;
        a.path[1] = to;
        a.has_at = true;
    }
    s->slide.knob = to;
    s->slide.keyed = false;
    s->slide.changed = (struct rect){0};
    s->slide.moves++;
    return stepping_go(s, out, a, PHASE_VERIFY);
}

static enum stepped slide_press(struct stepper *s, struct action *out, double reading, int times)
{
    bool up = is_upright(s->place);
    struct action a = stepping_key(times > 0 ? up ? "Up" : "Right" : up ? "Down" : "Left");
    a.repeat = abs(times) < KEYS_MAX ? abs(times) : KEYS_MAX;
    s->slide.pressed = times > 0 ? a.repeat : -a.repeat;
    s->slide.before = reading;
    s->slide.keyed = true;
    s->slide.changed = (struct rect){0};
    s->slide.moves++;
    return stepping_go(s, out, a, PHASE_VERIFY);
}

/* Two places of the knob and their numbers tell the place of a third. */
static enum stepped slide_by_pointer(struct stepper *s, struct action *out, double reading,
                                     double wanted, struct err *e)
{
    double fraction = slide_fraction(s->place, s->slide.knob), next;
    double slope = (reading - s->slide.old_value) / (fraction - s->slide.old_fraction);
    if (s->slide.has_old && isfinite(slope) && slope > 0)
        next = fraction + (wanted - reading) / slope;
    else
        next = fraction < 0.5 ? fraction + 0.25 : fraction - 0.25;
    struct point to = slide_point(s->place, next);
    if (to.x == s->slide.knob.x && to.y == s->slide.knob.y)
        return stepping_fail(s, e, "it shows %g, which is as near to %g as it comes", reading,
                             wanted);
    s->slide.has_old = true;
    s->slide.old_fraction = fraction;
    s->slide.old_value = reading;
    return slide_to(s, out, next);
}

static enum stepped slide_nearer(struct stepper *s, struct action *out, double reading,
                                 double wanted, struct err *e)
{
    bool stuck = s->slide.keyed && fabs(reading - s->slide.before) < SAME;
    if (stuck && s->slide.has_step)
        return stepping_fail(s, e, "it stays at %g, and does not go to %g", reading, wanted);
    if (stuck || s->slide.no_keys) {
        s->slide.no_keys = true;
        return slide_by_pointer(s, out, reading, wanted, e);
    }
    if (!s->slide.keyed || isnan(s->slide.before))
        return slide_press(s, out, reading, wanted > reading ? 1 : -1);
    double step = (reading - s->slide.before) / s->slide.pressed;
    double times = (wanted - reading) / step;
    s->slide.has_step = true;
    if (fabs(times) < 0.5)
        return stepping_fail(s, e, "it goes by %g: to %g, not to %g", fabs(step), reading, wanted);
    return slide_press(s, out, reading, (int)lround(fmax(-1e4, fmin(1e4, times))));
}

/* No number says where it is: from its low end by keys, a hundred to the whole way, and seen to be
 * about there. */
static enum stepped slide_blind(struct stepper *s, struct action *out, double wanted, struct err *e)
{
    struct rect moved = rect_common(s->slide.changed, s->place);
    if (wanted < 0 || wanted > 100)
        return stepping_fail(s, e,
                             "no number is seen to change with it: it can be set to 0 to 100 "
                             "per cent of its way");
    switch (s->keys++) {
    case 0:
        return stepping_go(s, out, stepping_key("Home"), PHASE_VERIFY);
    case 1:
        if (lround(wanted) > 0)
            return slide_press(s, out, NAN, (int)lround(wanted));
        break;
    case 2: {
        double fraction =
            rect_empty(moved) ? 0 : slide_fraction(s->place, at_end(s->place, moved, true));
        if (fabs(fraction - wanted / 100) > PLACE_OFF)
            return slide_to(s, out, wanted / 100);
        break;
    }
    }
    stepping_note(s, "no number is seen beside it: it stands at %g per cent of its way", wanted);
    return stepping_done(s);
}

static enum stepped slide_begin(struct stepper *s, const struct scene *scene, struct action *out,
                                double wanted, struct err *e)
{
    struct match match;
    enum stepped found = stepping_find(s, scene, &s->plan.step.target, &match, out, e);
    if (found != STEPPED_DONE)
        return found;
    slide_first_numbers(s, scene);
    double reading = slide_reading(s, scene);
    if (fabs(reading - wanted) < SAME)
        return stepping_done(s);
    return slide_to(s, out, wanted / 100);
}

enum stepped stepping_slide(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e)
{
    double wanted;
    if (!number_read(s->plan.step.text, &wanted))
        return stepping_fail(s, e, "it is a slider, and \"%s\" is no number", s->plan.step.text);
    if (s->phase == PHASE_FIND)
        return slide_begin(s, scene, out, wanted, e);
    s->slide.changed = rect_union(s->slide.changed, scene->changed);
    slide_remember_number(s, scene);
    double reading = slide_reading(s, scene);
    if ((isnan(reading) || rect_empty(s->slide.changed)) &&
        stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    slide_follow(s);
    if (isnan(reading) && !rect_empty(s->slide.number))
        return stepping_fail(s, e, "the number beside it can't be read any more");
    if (isnan(reading))
        return slide_blind(s, out, wanted, e);
    if (fabs(reading - wanted) < SAME)
        return stepping_done(s);
    if (s->slide.moves >= MOVES_MAX)
        return stepping_fail(s, e, "it stands at %g after it was moved %d times", reading,
                             s->slide.moves);
    if (s->slide.drags && s->slide.moves == 1)
        return slide_to(s, out, wanted / 100);
    return slide_nearer(s, out, reading, wanted, e);
}

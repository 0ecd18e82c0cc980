/*
 * set on what a calendar belongs to: open it, unless it stands on the page; go to the month by its
 * arrows, looking each time how far that was; click the day; see that the field shows the date, or
 * that the day was lit.
 */
#include "policy/stepping.h"

#include "base/clock.h"
#include "base/month.h"
#include "policy/date.h"
#include "policy/reading.h"

#include <stdlib.h>
#include <string.h>

#define OPENS_MS     1500
#define MOVES_MAX    300 /* by months that is 25 years */
#define CONFIRMS_MAX 3
#define NAME_PAD     4
#define NAME_ASIDE   400 /* pixels from the words that name a calendar or its button */
#define NAME_ABOVE   40

static int month_count(int year, int month)
{
    return 12 * year + month - 1;
}

/* The calendar that is picked from, or the one beside it that shows the month already. */
static bool calendar_now(struct stepper *s, const struct scene *scene, struct calendar *first,
                         struct calendar *last)
{
    struct calendar all[CALENDARS_MAX];
    int year, month, day, count, shown = -1, from = -1, to = -1;
    struct rect area = {0, 0, scene->width, scene->height};
    count = calendars_read(scene, area, all);
    date_read(s->plan.step.text, &year, &month, &day);
    for (int i = 0; i < count; i++) {
        bool here = !rect_empty(rect_common(all[i].box, s->list));
        if (!here)
            continue;
        from = from < 0 ? i : from;
        to = i;
        if (all[i].year == year && all[i].month == month)
            shown = i;
    }
    if (from < 0)
        return false;
    *first = all[shown >= 0 ? shown : from];
    *last = all[shown >= 0 ? shown : to];
    return true;
}

/* Which arrow leads nearest to a month so far away; -1 when none leads nearer. */
static int arrow_for(const struct picking *p, int distance)
{
    int best = -1, nearest = abs(distance);
    for (int i = 0; i < CALENDAR_ARROWS; i++) {
        int left = abs(distance - p->effects[i]);
        if (!rect_empty(p->arrows[i]) && left < nearest) {
            nearest = left;
            best = i;
        }
    }
    return best;
}

/* Back from the first of the calendars that are seen together, on from the last. */
static void see_arrows(struct picking *p, const struct calendar *first, const struct calendar *last)
{
    for (int i = 0; i < CALENDAR_ARROWS; i++) {
        bool back = i == CALENDAR_BACK || i == CALENDAR_YEAR_BACK;
        struct rect now = (back ? first : last)->arrows[i];
        if (!rect_empty(now))
            p->arrows[i] = now;
    }
}

static enum stepped calendar_move(struct stepper *s, const struct calendar *first,
                                  const struct calendar *last, int wanted, struct action *out,
                                  struct err *e)
{
    struct picking *p = &s->picking;
    int now = month_count(first->year, first->month);
    int end = month_count(last->year, last->month);
    see_arrows(p, first, last);
    p->arrow = arrow_for(p, wanted - (wanted < now ? now : end));
    if (p->arrow < 0)
        return stepping_fail(s, e, "the calendar shows %s %d, and no arrow to go to %s with",
                             month_name(first->month), first->year, s->plan.step.text);
    if (p->moves++ >= MOVES_MAX)
        return stepping_fail(s, e, "the calendar shows %s %d after %d clicks on its arrows",
                             month_name(first->month), first->year, MOVES_MAX);
    p->month = now;
    return stepping_go(s, out, stepping_click(rect_center(p->arrows[p->arrow]), 1), PHASE_SEARCH);
}

/* The combobox that NAME, of the month or the year, stands in; NULL: none. */
static const struct element *select_of(const struct scene *scene, struct rect name)
{
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role == ROLE_COMBOBOX &&
            rect_holds(scene->elements[i].box, rect_center(name)))
            return &scene->elements[i];
    return NULL;
}

/* Begins to choose the year, or else the month, where it stands in a combobox and is another. */
static bool select_begin(struct stepper *s, const struct scene *scene, const struct calendar *c)
{
    int year, month, day;
    struct buf text = {0};
    date_read(s->plan.step.text, &year, &month, &day);
    const struct element *select = c->year != year ? select_of(scene, c->year_name) : NULL;
    if (select)
        buf_addf(&text, "%d", year);
    else if (c->month != month && (select = select_of(scene, c->month_name)) != NULL) {
        bool brief = strlen(select->value ? select->value : "") == 3 && c->month != 5; /* not May */
        buf_addf(&text, "%.*s", brief ? 3 : 9, month_name(month));
    }
    if (!select)
        return false;
    struct plan plan = {.place = select->box,
                        .step = {.verb = STEP_CHOOSE, .text = buf_take(&text)}};
    s->picking.moves++;
    s->picking.select = mem_zero(1, sizeof *s->picking.select);
    stepper_init(s->picking.select, s->context);
    stepper_begin(s->picking.select, &plan);
    return true;
}

static enum stepped calendar_search(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e);

static enum stepped select_go(struct stepper *s, const struct scene *scene, struct action *out,
                              struct err *e)
{
    enum stepped answer = stepper_decide(s->picking.select, scene, out, e);
    if (answer == STEPPED_ACT)
        return STEPPED_ACT;
    stepper_finish(s->picking.select);
    free(s->picking.select);
    s->picking.select = NULL;
    s->picking.month = 0;
    s->since_ms = clock_ms();
    if (answer == STEPPED_DONE)
        return calendar_search(s, scene, out, e);
    s->busy = false;
    return STEPPED_FAILED;
}

/* Looks at the month: is it the one before the last move still? What did that move do? */
static enum stepped calendar_search(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e)
{
    struct calendar first, last;
    int year, month, day;
    date_read(s->plan.step.text, &year, &month, &day);
    if (!s->picking.moves && !s->picking.standing)
        s->list = backdrop_cut(&s->backdrop, scene, s->field, rect_union(s->list, scene->changed));
    if (!calendar_now(s, scene, &first, &last)) {
        if (stepping_wait(s, out, OPENS_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return stepping_fail(s, e, "no calendar is seen to pick %s from", s->plan.step.text);
    }
    s->list = first.box;
    int now = month_count(first.year, first.month);
    int moved = s->picking.moves ? now - s->picking.month : 0;
    if (first.year == year && first.month == month) {
        struct action move = {.kind = ACTION_MOVE, .has_at = true};
        move.at = rect_center(first.days[day - 1]); /* what lights up only under the pointer */
        return stepping_go(s, out, move, PHASE_ACT);
    }
    if (s->picking.moves && !moved) {
        if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
            return STEPPED_ACT;
        return stepping_fail(s, e, "the calendar stays at %s %d", month_name(first.month),
                             first.year);
    }
    if (select_begin(s, scene, &first))
        return select_go(s, scene, out, e);
    if (moved)
        s->picking.effects[s->picking.arrow] = moved;
    return calendar_move(s, &first, &last, month_count(year, month), out, e);
}

static enum stepped calendar_click(struct stepper *s, const struct scene *scene, int off, int count,
                                   struct action *out, struct err *e)
{
    struct calendar first, last;
    int year, month, day;
    date_read(s->plan.step.text, &year, &month, &day);
    if (!calendar_now(s, scene, &first, &last) || first.year != year || first.month != month)
        return stepping_fail(s, e, "the calendar was gone before %s was picked", s->plan.step.text);
    s->place = first.days[day - 1 + off];
    s->touched = false;
    return stepping_go(s, out, stepping_click(rect_center(s->place), count), PHASE_VERIFY);
}

/* No field says what was picked: but what was not lit before is then. What was picked already does
 * not change: then another day is picked first. */
static enum stepped standing_verify(struct stepper *s, const struct scene *scene,
                                    struct action *out, struct err *e)
{
    int year, month, day;
    struct calendar first, last;
    date_read(s->plan.step.text, &year, &month, &day);
    s->touched = s->touched || !rect_empty(rect_common(scene->changed, s->place));
    if (!s->touched && stepping_wait(s, out, STEPPER_TOUCH_MS) == STEPPED_ACT)
        return STEPPED_ACT;
    if (!calendar_now(s, scene, &first, &last) || first.year != year || first.month != month)
        return stepping_fail(s, e, "the calendar went to another month when %s was clicked",
                             s->plan.step.text);
    bool here = rect_holds(s->place, rect_center(first.days[day - 1]));
    if (here && s->touched)
        return stepping_done(s);
    if (here && s->picking.elsewhere)
        return stepping_fail(s, e, "the day was clicked, and does not show that it is picked");
    s->picking.elsewhere = true;
    return calendar_click(s, scene, !here ? 0 : day > 1 ? -1 : 1, 1, out, e);
}

/* A button in what opened that takes the date. */
static bool confirmation(struct stepper *s, const struct scene *scene, struct rect *button)
{
    static const char *const names[] = {"OK",     "Done",   "Apply",  "Set",
                                        "Select", "Choose", "Confirm"};
    struct rect around = rect_grow(s->list, s->list.height / 2);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf line = {0};
        bool found = stepping_option(scene, around, names[i], button, &line) &&
                     !rect_holds(s->field, rect_center(*button));
        buf_finish(&line);
        if (found)
            return true;
    }
    return false;
}

/* The field does not show it yet: some calendars want a button, a second click, or Return. */
static enum stepped calendar_confirm(struct stepper *s, const struct scene *scene,
                                     struct action *out, struct err *e)
{
    struct rect button;
    switch (s->picking.confirmed++) {
    case 0:
        if (confirmation(s, scene, &button))
            return stepping_go(s, out, stepping_click(rect_center(button), 1), PHASE_VERIFY);
        return calendar_confirm(s, scene, out, e);
    case 1:
        return calendar_click(s, scene, 0, 2, out, e);
    default:
        return stepping_go(s, out, stepping_key("Return"), PHASE_VERIFY);
    }
}

static enum stepped field_verify(struct stepper *s, const struct scene *scene, struct action *out,
                                 struct err *e)
{
    struct buf text = {0};
    struct calendar first, last;
    reading_inside(scene, s->field, &text);
    bool shows = date_shows(buf_text(&text), s->plan.step.text);
    bool open = calendar_now(s, scene, &first, &last);
    enum stepped answer = STEPPED_DONE;
    if (shows && (!open || s->phase == PHASE_CLOSE))
        stepping_done(s);
    else if (shows) {
        struct rect button;
        bool takes = confirmation(s, scene, &button);
        answer = stepping_go(
            s, out, takes ? stepping_click(rect_center(button), 1) : stepping_key("Escape"),
            PHASE_CLOSE);
    } else if (stepping_wait(s, out, STEPPER_SHOW_MS) == STEPPED_ACT)
        answer = STEPPED_ACT;
    else if (open && s->phase != PHASE_CLOSE && s->picking.confirmed < CONFIRMS_MAX)
        answer = calendar_confirm(s, scene, out, e);
    else
        answer = stepping_fail(s, e, "shows \"%s\" after %s was picked", buf_text(&text),
                               s->plan.step.text);
    buf_finish(&text);
    return answer;
}

/* The arrow of what has one, as a field that can be typed into may. */
static struct point opener_point(struct stepper *s, const struct scene *scene)
{
    struct point at = rect_center(s->field);
    s->place = s->field;
    const struct element *control = stepping_control(s, scene);
    if (control && control->role == ROLE_COMBOBOX && s->field.width > 2 * s->field.height)
        at.x = rect_right(s->field) - s->field.height / 2;
    return at;
}

static void calendar_begin(struct stepper *s, struct rect field, struct rect list)
{
    static const int effects[CALENDAR_ARROWS] = {-1, 1, -12, 12};
    for (int i = 0; i < CALENDAR_ARROWS; i++)
        s->picking.effects[i] = effects[i];
    s->mode = MODE_CALENDAR;
    s->field = field;
    s->list = list;
    s->phase = PHASE_SEARCH;
    s->since_ms = clock_ms();
}

enum stepped stepping_calendar(struct stepper *s, const struct scene *scene, struct action *out,
                               struct err *e)
{
    switch (s->phase) {
    case PHASE_FIND:
        calendar_begin(s, s->plan.place, s->picking.standing ? s->plan.place : (struct rect){0});
        if (s->picking.standing)
            return calendar_search(s, scene, out, e);
        backdrop_take(&s->backdrop, scene);
        return stepping_go(s, out, stepping_click(opener_point(s, scene), 1), PHASE_SEARCH);
    case PHASE_ACT:
        return calendar_click(s, scene, 0, 1, out, e);
    case PHASE_VERIFY:
    case PHASE_CLOSE:
        return s->picking.standing ? standing_verify(s, scene, out, e)
                                   : field_verify(s, scene, out, e);
    default:
        return s->picking.select ? select_go(s, scene, out, e) : calendar_search(s, scene, out, e);
    }
}

bool stepping_calendar_opened(struct stepper *s, const struct scene *scene, struct rect field)
{
    int year, month, day;
    struct calendar all[CALENDARS_MAX];
    if (!date_read(s->plan.step.text, &year, &month, &day) ||
        !calendars_read(scene, scene->changed, all))
        return false;
    calendar_begin(s, field, all[0].box);
    return true;
}

/* Right of the words that name it, in their rows, or close under them. */
static bool is_named_by(struct rect calendar, struct rect name)
{
    struct point at = rect_center(name);
    int right = calendar.x - rect_right(name), down = calendar.y - name.y - name.height;
    bool aside = right >= -NAME_PAD && right <= NAME_ASIDE && at.y >= calendar.y - NAME_ABOVE &&
                 at.y < calendar.y + calendar.height;
    return aside || (down >= -NAME_PAD && down <= NAME_ABOVE && at.x >= calendar.x - NAME_ABOVE &&
                     name.x < rect_right(calendar));
}

bool stepping_calendar_stands(struct stepper *s, const struct scene *scene,
                              const struct match *match)
{
    int year, month, day;
    struct calendar all[CALENDARS_MAX];
    struct rect screen = {0, 0, scene->width, scene->height};
    if (!date_read(s->plan.step.text, &year, &month, &day))
        return false;
    int count = calendars_read(scene, screen, all);
    for (int i = 0; i < count; i++)
        if (is_named_by(all[i].box, match->box) ||
            rect_holds(all[i].box, rect_center(match->box))) {
            s->mode = MODE_CALENDAR;
            s->plan.place = all[i].box;
            s->picking.standing = true;
            return true;
        }
    return false;
}

/* The button that the words name, behind them in their row; or what is written there. */
bool stepping_calendar_opener(struct stepper *s, const struct scene *scene,
                              const struct match *match)
{
    int year, month, day;
    struct rect label = match->box, row = {rect_right(label), label.y, NAME_ASIDE, label.height};
    struct rect words = {0};
    if (!date_read(s->plan.step.text, &year, &month, &day))
        return false;
    s->plan.place = stepping_behind(scene, match);
    if (s->plan.place.x == label.x && match->element == NULL) {
        for (int i = 0; i < scene->word_count; i++)
            if (rect_holds(row, rect_center(scene->words[i].box)))
                words = rect_union(words, scene->words[i].box);
        if (rect_empty(words))
            return false;
        words.x -= words.width / 2; /* what it says later may be longer */
        words.width *= 2;
        s->plan.place = words;
    }
    s->mode = MODE_CALENDAR;
    return true;
}

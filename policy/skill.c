#include "policy/skill.h"

#include "base/clock.h"
#include "policy/date.h"
#include "policy/sight.h"
#include "policy/wheel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define APPEAR_MS    5000 /* a page that was turned shows what comes next within this */
#define WINDOW_MS    1000 /* the window that had the focus has it again within this */
#define WINDOW_SIZE  256
#define PAUSE_MAX_MS 3600000
#define RESUMES_MAX  20 /* how often it goes on after another had to help */

enum search { SEARCH_HERE, SEARCH_DOWN, SEARCH_TOP, SEARCH_AGAIN, SEARCH_BACK, SEARCH_OVER };

struct skill {
    struct skill_task task; /* borrowed inside */
    struct finder finder;   /* borrowed inside */
    int next;               /* the step to be done */
    bool given;             /* it was given out, and not heard of since */
    bool broke;             /* it was tried and could not be done */
    bool turned;            /* the step before it may have turned the page */
    enum search search;
    double since_ms; /* when the step before it was done, on clock_ms */
    double given_ms; /* when a step was last given out */
    int expected;    /* expectations given out */
    int stopped_at;  /* turns of the history when it was last asked */
    bool next_seen;  /* the step after it was in sight then */
    int resumes;
    char window[WINDOW_SIZE]; /* the title that the last step was done under */
    struct err clue;          /* the nearest to it that was seen while it was looked for */
};

static bool is_press(const struct step *s)
{
    return s->verb <= STEP_TRIPLE_CLICK || s->verb == STEP_PRESS ||
           (s->verb == STEP_TYPE && strchr(s->text, '\n'));
}

/* The last press sends what was filled in, if no button is known to. */
static bool skill_sends(const struct skill *s, int i)
{
    if (s->task.submit)
        return step_commits(&s->task.steps[i], s->task.submit);
    for (int k = i + 1; k < s->task.step_count; k++)
        if (is_press(&s->task.steps[k]))
            return false;
    return is_press(&s->task.steps[i]);
}

static void skill_go_to(struct skill *s, int next)
{
    s->turned = next > 0 && is_press(&s->task.steps[next - 1]);
    s->next = next;
    s->given = s->broke = false;
    s->search = SEARCH_HERE;
    s->clue = (struct err){0};
    s->since_ms = clock_ms();
}

/* Is a date to be typed where one stands already? */
static bool replaces_date(const struct scene *scene, const struct step *step, struct rect place)
{
    struct date_group groups[DATE_GROUPS_MAX];
    const struct element *el = scene_element_at(scene, rect_center(place));
    return step->verb == STEP_TYPE && el && el->value && date_is_value(step->text) &&
           date_groups(el->value, groups) > 0;
}

static enum next skill_give(struct skill *s, const struct scene *scene, struct rect place,
                            struct plan *out)
{
    const struct step *step = &s->task.steps[s->next];
    step_copy(&out->step, step);
    if (!rect_empty(place) && replaces_date(scene, step, place))
        out->step.verb = STEP_SET; /* part by part */
    out->place = place;
    out->commits = step_commits(step, s->task.submit);
    out->sends = skill_sends(s, s->next);
    snprintf(s->window, sizeof s->window, "%s", scene->window ? scene->window : "");
    s->given = true;
    s->given_ms = clock_ms();
    return NEXT_STEP;
}

/* Waits as long as whoever is followed did. */
static bool skill_pauses(const struct skill *s, struct plan *out)
{
    double left = s->task.pauses_ms ? s->given_ms + s->task.pauses_ms[s->next] - clock_ms() : 0;
    if (left < 1)
        return false;
    out->action = (struct action){.kind = ACTION_WAIT, .ms = (int)fmin(left, PAUSE_MAX_MS)};
    return true;
}

/* Which step it is about goes before what was expected and seen. */
static void skill_tell(const struct skill *s, const char *where, struct err *e)
{
    struct buf line = {0};
    step_print(&s->task.steps[s->next], &line);
    err_prefix(e, "the skill stopped %s step %d of %d, %s: ", where, s->next + 1,
               s->task.step_count, buf_text(&line));
    buf_finish(&line);
}

/* Waits for what a turned page is to show, then looks for it down the page, and once more from its
 * top; whoever has to go on without it finds the page at its top. */
static enum next skill_search(struct skill *s, const struct scene *scene, struct plan *out)
{
    if (s->turned && s->search == SEARCH_HERE && clock_ms() - s->since_ms < APPEAR_MS)
        return NEXT_LOOK;
    bool at_end = s->search != SEARCH_HERE && !wheel_moved(scene);
    if (s->search == SEARCH_HERE || at_end || s->search == SEARCH_TOP)
        s->search++;
    if (s->search == SEARCH_AGAIN && at_end) /* the page has no more than is in sight */
        s->search = SEARCH_OVER;
    if (s->search == SEARCH_OVER)
        return NEXT_FAILED;
    bool up = s->search == SEARCH_TOP || s->search == SEARCH_BACK;
    wheel_plan(scene, up ? DIRECTION_UP : DIRECTION_DOWN, up ? WHEEL_TOP : WHEEL_PAGE, out);
    return NEXT_STEP;
}

/* Has a window come up that nobody asked for? A step that presses something may open one. */
static bool other_window(const struct skill *s, const struct scene *scene, struct err *e)
{
    const char *now = scene->window ? scene->window : "";
    bool same = strstr(now, s->window) || (*now && strstr(s->window, now));
    if (s->turned || same)
        return false;
    err_set(e, ERR_TASK, "expected the window \"%s\"; seen \"%s\" in front of it", s->window, now);
    return true;
}

static bool has_place(const struct step *s)
{
    return s->target.kind != TARGET_NONE && s->verb != STEP_WAIT_FOR && s->verb < STEP_EXPECT;
}

/* Is the screen ready for step I? PLACE is where its target is. */
static enum sight skill_sight(const struct skill *s, const struct scene *scene, int i,
                              struct rect *place, struct err *e)
{
    const struct step *step = &s->task.steps[i];
    *place = (struct rect){0};
    enum sight sight =
        has_place(step) ? sight_target(&s->finder, scene, step, place, e) : SIGHT_FOUND;
    if (sight != SIGHT_OTHER && !sight_clear(&s->task, scene, *place, e))
        return SIGHT_OTHER;
    return sight;
}

static enum next skill_stop(struct skill *s, const struct scene *scene, struct err *e)
{
    struct rect place;
    s->next_seen = s->next + 1 < s->task.step_count &&
                   skill_sight(s, scene, s->next + 1, &place, NULL) == SIGHT_FOUND;
    skill_tell(s, "before", e);
    return NEXT_FAILED;
}

static enum next skill_next(void *self, const struct scene *scene, const struct history *history,
                            struct plan *out, struct err *e)
{
    struct skill *s = self;
    struct rect place;
    s->stopped_at = history->count;
    if (s->given)
        skill_go_to(s, s->next + 1);
    if (s->next >= s->task.step_count) {
        if (s->expected >= s->task.expect_count)
            return NEXT_DONE;
        step_copy(&out->step, &s->task.expect[s->expected++]);
        return NEXT_STEP;
    }
    if (skill_pauses(s, out))
        return NEXT_ACTION;
    struct err why = {0};
    bool covered = other_window(s, scene, &why);
    if (covered && clock_ms() - s->since_ms < WINDOW_MS)
        return NEXT_LOOK;
    enum sight sight = covered ? SIGHT_OTHER : skill_sight(s, scene, s->next, &place, &why);
    if (sight == SIGHT_FOUND)
        return skill_give(s, scene, place, out);
    if (sight == SIGHT_AWAY && (!s->clue.kind || strstr(why.text, "; seen ")))
        s->clue = why;
    enum next next = sight == SIGHT_AWAY ? skill_search(s, scene, out) : NEXT_FAILED;
    if (next != NEXT_FAILED)
        return next;
    *e = sight == SIGHT_AWAY ? s->clue : why;
    return skill_stop(s, scene, e);
}

static bool skill_failed(void *self, const struct step *step, struct err *e)
{
    struct skill *s = self;
    (void)step;
    if (s->next >= s->task.step_count)
        return false;
    s->broke = s->given;
    s->given = s->next_seen = false;
    skill_tell(s, "at", e);
    return false;
}

/* ---- going on after another has helped ---- */

/* Was TEXT given to something by the last step? Or typed, by an action without one? */
static bool was_given(const struct history *history, const char *text)
{
    const struct history_turn *turn = history_last(history, 0);
    struct step step;
    if (!turn || !step_parse(turn->step[0] ? turn->step : turn->action, &step, NULL))
        return false;
    bool same = step.text && strcmp(step.text, text) == 0;
    step_finish(&step);
    return same;
}

/* Has somebody else done the step that it stopped at? */
static bool was_done(const struct skill *s, const struct scene *scene,
                     const struct history *history)
{
    const struct step *step = &s->task.steps[s->next];
    struct rect place;
    if (s->next + 1 >= s->task.step_count ||
        skill_sight(s, scene, s->next + 1, &place, NULL) != SIGHT_FOUND)
        return false;
    if (is_press(step))
        return !s->next_seen;
    return step->text && was_given(history, step->text);
}

static bool skill_back(void *self, const struct scene *scene, const struct history *history)
{
    struct skill *s = self;
    struct rect place;
    if (s->resumes >= RESUMES_MAX || s->next >= s->task.step_count || other_window(s, scene, NULL))
        return false;
    if (was_done(s, scene, history))
        skill_go_to(s, s->next + 1);
    else if (!s->broke && history->count > s->stopped_at &&
             skill_sight(s, scene, s->next, &place, NULL) == SIGHT_FOUND)
        skill_go_to(s, s->next);
    else
        return false;
    s->resumes++;
    return true;
}

struct decider skill_decider(const struct policy_context *context, const struct skill_task *task)
{
    struct skill *s = mem_zero(1, sizeof *s);
    s->task = *task;
    s->finder = context->finder;
    skill_go_to(s, 0);
    s->given_ms = clock_ms();
    s->turned = true; /* the program may still be showing its first page */
    return (struct decider){.name = "skill",
                            .next = skill_next,
                            .failed = skill_failed,
                            .back = skill_back,
                            .destroy = free,
                            .self = s};
}

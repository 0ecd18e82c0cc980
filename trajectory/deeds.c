#include "trajectory/deeds.h"

#include "base/action.h"

#include <stdlib.h>
#include <string.h>

static struct deed *deed_add(struct deeds *d)
{
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? 2 * d->capacity : 32;
        d->items = mem_resize(d->items, (size_t)d->capacity * sizeof *d->items);
    }
    d->items[d->count] = (struct deed){.effect = true};
    return &d->items[d->count++];
}

static bool turn_acted(const struct recorded_turn *t)
{
    return strcmp(t->outcome, "acted") == 0;
}

/* What was seen of the action of turn I. */
static bool effect_of(const struct recording *r, int i)
{
    for (i++; i < r->turn_count; i++)
        if (*r->turns[i].last_effect)
            return strcmp(r->turns[i].last_effect, "confirmed") == 0;
    return true;
}

/* ---- steps ---- */

/* The first place that something was done at from turn FROM on, before turn END. */
static int place_of(const struct recording *r, int from, int end)
{
    for (int i = from; i < end; i++)
        if (turn_acted(&r->turns[i]) && r->turns[i].has_at)
            return i;
    return -1;
}

static bool is_bare(const struct step *s)
{
    return s->target.kind == TARGET_AT || s->verb == STEP_PRESS ||
           (s->verb == STEP_TYPE && s->target.kind == TARGET_NONE);
}

static bool is_expectation(enum step_verb verb)
{
    return verb == STEP_EXPECT || verb == STEP_EXPECT_VALUE || verb == STEP_EXPECT_STATE ||
           verb == STEP_EXPECT_SCREEN;
}

/* A step that ended with turn END, and was begun in turn BEGIN. */
static bool step_deed(const struct recording *r, const struct ended_step *ended, int begin, int end,
                      struct deeds *out, struct err *e)
{
    struct step step;
    struct err why = {0};
    if (ended->failed)
        return true;
    if (!step_parse(ended->line, &step, &why))
        return err_set(e, ERR_TASK, "turn %d: %s", r->turns[end].number, why.text);
    int acted = place_of(r, begin, end);
    struct deed *d = deed_add(out);
    d->step = step;
    d->turn = r->turns[begin].number;
    d->before = r->turns[acted >= 0 ? acted : begin].scene;
    d->after = r->turns[end].scene;
    d->bare = is_bare(&step);
    d->has_at = acted >= 0 || !rect_empty(ended->place);
    d->at = acted >= 0 ? r->turns[acted].at : rect_center(ended->place);
    if (d->bare && begin < end)
        d->effect = effect_of(r, begin);
    out->expected += is_expectation(step.verb);
    return true;
}

/* ---- actions without a step ---- */

static enum step_verb click_verb(const struct action *a)
{
    return a->button == BUTTON_RIGHT    ? STEP_RIGHT_CLICK
           : a->button == BUTTON_MIDDLE ? STEP_MIDDLE_CLICK
           : a->count == 2              ? STEP_DOUBLE_CLICK
           : a->count == 3              ? STEP_TRIPLE_CLICK
                                        : STEP_CLICK;
}

static bool action_says(const struct action *a, const char *text, struct step *out)
{
    struct target at = {.kind = TARGET_AT, .at = a->at};
    switch (a->kind) {
    case ACTION_CLICK:
        *out = (struct step){.verb = click_verb(a), .target = at};
        return a->has_at && !a->keys[0] && a->button <= BUTTON_RIGHT;
    case ACTION_TYPE:
        *out = (struct step){.verb = STEP_TYPE, .text = mem_text(text)};
        return true;
    case ACTION_KEY:
        *out = (struct step){
            .verb = STEP_PRESS, .text = mem_text(a->keys), .count = a->repeat > 1 ? a->repeat : 1};
        return true;
    case ACTION_SCROLL:
        *out = (struct step){.verb = STEP_SCROLL,
                             .count = a->dy ? abs(a->dy) : abs(a->dx),
                             .direction = a->dy > 0   ? DIRECTION_DOWN
                                          : a->dy < 0 ? DIRECTION_UP
                                          : a->dx > 0 ? DIRECTION_RIGHT
                                                      : DIRECTION_LEFT};
        return !a->keys[0] && !a->in_pixels && !(a->dx && a->dy);
    case ACTION_DRAG:
        at.at = a->path[0];
        *out = (struct step){.verb = STEP_DRAG, .target = at, .second = at};
        out->second.at = a->path[a->path_count - 1];
        return !a->keys[0] && a->button == BUTTON_LEFT;
    default:
        return false;
    }
}

/* Only looks, or is undone by the next look: nothing that a step would say. */
static bool says_nothing(enum action_kind kind)
{
    switch (kind) {
    case ACTION_NONE:
    case ACTION_WAIT:
    case ACTION_MOVE:
    case ACTION_SCROLL:
    case ACTION_SCREENSHOT:
    case ACTION_ZOOM:
    case ACTION_CURSOR:
    case ACTION_DONE:
        return true;
    default:
        return false;
    }
}

static bool action_deed(const struct recording *r, int i, bool all, struct deeds *out,
                        struct err *e)
{
    const struct recorded_turn *turn = &r->turns[i];
    struct action action = {0};
    struct err why = {0};
    char *text = NULL;
    if (action_parse(turn->action, &action, &text, &why) != ACTION_PARSED)
        return err_set(e, ERR_TASK, "turn %d: \"%.80s\" is no action", turn->number, turn->action);
    struct step step = {0};
    bool nothing = says_nothing(action.kind) && !(all && action.kind == ACTION_SCROLL);
    bool said = !nothing && action_says(&action, text ? text : "", &step);
    free(text);
    if (!said) {
        step_finish(&step);
        return nothing || all ||
               err_set(e, ERR_TASK, "turn %d: no step says \"%.80s\"", turn->number, turn->action);
    }
    struct deed *d = deed_add(out);
    d->step = step;
    d->turn = turn->number;
    d->before = turn->scene;
    d->after = i + 1 < r->turn_count ? r->turns[i + 1].scene : turn->scene;
    d->has_at = action.kind == ACTION_CLICK || action.kind == ACTION_DRAG ||
                (action.kind == ACTION_SCROLL && action.has_at);
    d->at = action.kind == ACTION_DRAG ? action.path[0] : action.at;
    d->bare = true;
    d->effect = effect_of(r, i);
    return true;
}

static bool deeds_collect(const struct recording *r, bool all, struct deeds *out, struct err *e)
{
    int open = -1; /* the turn in which the step under way was begun */
    for (int i = 0; i < r->turn_count; i++) {
        const struct recorded_turn *turn = &r->turns[i];
        for (int k = 0; k < turn->ended.count; k++) {
            const struct ended_step *ended = &turn->ended.items[k];
            bool begun = open >= 0 && strcmp(r->turns[open].step, ended->line) == 0;
            if (!step_deed(r, ended, begun ? open : i, i, out, e))
                return false;
            open = -1;
        }
        if (*turn->step && open < 0)
            open = i;
        if (!*turn->step && turn_acted(turn) && !action_deed(r, i, all, out, e))
            return false;
    }
    return true;
}

static bool take(const struct recording *r, bool all, struct deeds *out, struct err *e)
{
    struct deeds deeds = {0};
    bool taken = deeds_collect(r, all, &deeds, e);
    if (taken)
        *out = deeds;
    else
        deeds_finish(&deeds);
    return taken;
}

bool deeds_take(const struct recording *r, struct deeds *out, struct err *e)
{
    return take(r, false, out, e);
}

bool deeds_take_all(const struct recording *r, struct deeds *out, struct err *e)
{
    return take(r, true, out, e);
}

void deeds_finish(struct deeds *d)
{
    for (int i = 0; i < d->count; i++)
        step_finish(&d->items[i].step);
    free(d->items);
    *d = (struct deeds){0};
}

/* A trajectory done again without looking: its actions, at their pixels and times. */
#include "emulator/replay.h"

#include "emulator/turn.h"

#include <stdlib.h>
#include <string.h>

#define WAIT_MAX_MS 3600000

static bool screen_check(struct emulator *em, const struct recording *r, struct err *e)
{
    Display *display = desktop_display(em->desktop);
    int screen = DefaultScreen(display);
    int width = DisplayWidth(display, screen), height = DisplayHeight(display, screen);
    if (width == r->width && height == r->height)
        return true;
    return err_set(e, ERR_USAGE,
                   "the screen has %dx%d pixels and the recorded one had %dx%d: what was where "
                   "can't be known without looking",
                   width, height, r->width, r->height);
}

static bool act(struct emulator *em, const struct action *action, struct err *e)
{
    struct emulator_report report;
    emulator_act(em, action, &report);
    bool done = report.err.kind == ERR_NONE;
    if (!done && e)
        *e = report.err;
    emulator_report_finish(&report);
    return done;
}

static bool wait_until(struct emulator *em, double at_ms, struct err *e)
{
    bool waited = true;
    for (double left; waited && (left = at_ms - clock_ms()) >= 1;) {
        struct action wait = {.kind = ACTION_WAIT,
                              .ms = left < WAIT_MAX_MS ? (int)left : WAIT_MAX_MS};
        waited = act(em, &wait, e);
    }
    return waited;
}

static bool turn_do(struct emulator *em, const struct recorded_turn *turn, double at_ms,
                    struct err *e)
{
    struct action action = {0};
    struct buf typed = {0};
    char *text = NULL;
    bool done = action_parse(turn->action, &action, &text, e) == ACTION_PARSED ||
                err_prefix(e, "turn %d: ", turn->number);
    if (done && action.kind < ACTION_SCREENSHOT) { /* pictures are for who looks */
        if (text && data_has_secret(text)) {
            done = data_fill(&em->options->task->secrets, &em->options->task->secrets, text, &typed,
                             e);
            action.text = buf_text(&typed);
            action.shown = text;
        }
        double begun = clock_ms();
        done = done && wait_until(em, at_ms, e) && act(em, &action, e);
        if (em->options->hooks.step_ended)
            em->options->hooks.step_ended(em->options->hooks.self, turn->number, turn->action,
                                          clock_ms() - begun, done ? NULL : e);
    }
    if (typed.text)
        explicit_bzero(typed.text, typed.capacity);
    buf_finish(&typed);
    free(text);
    return done;
}

/* Waits until the program has shown itself; from then on nobody looks. */
static bool screen_ready(struct emulator *em, const struct recording *r, struct err *e)
{
    return screen_check(em, r, e) && screen_settle(em->screen, TURN_SETTLE_MS, &em->frame, e);
}

void replay_blindly(struct emulator *em, const struct recording *r, const struct replay_options *o,
                    struct emulator_report *out)
{
    double speed = o->speed > 0 ? o->speed : 1, first = -1;
    int end = r->turn_count;
    *out = (struct emulator_report){.outcome = OUTCOME_FAILED};
    if (!screen_ready(em, r, &out->err) || !replay_end(r, o->until, &end, &out->err))
        return;
    double begun = clock_ms();
    for (int i = 0; i < end && out->err.kind == ERR_NONE; i++) {
        const struct recorded_turn *turn = &r->turns[i];
        if (strcmp(turn->outcome, "acted") != 0)
            continue;
        if (first < 0)
            first = turn->seconds;
        turn_do(em, turn, begun + (turn->seconds - first) * 1000 / speed, &out->err);
        out->steps = ++out->turns;
    }
    out->seconds = (clock_ms() - begun) / 1000;
    if (out->err.kind == ERR_NONE)
        out->outcome = OUTCOME_DONE;
}

/* The trajectory of a demonstration. */
#include "emulator/fold_parts.h"

#include "trajectory/folded.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

struct writing {
    struct folding *f;
    const int *steps;   /* of the gestures */
    char *const *lines; /* of the steps */
    struct folded_turn *turns;
    struct buf *texts;   /* owned: of the actions */
    struct ended *ended; /* owned: of the turns */
    int count;
};

static struct folded_turn *turn_add(struct writing *w, int still, double ms, const char *wall)
{
    const struct folding *f = w->f;
    struct folded_turn *t = &w->turns[w->count];
    int scene = still < 0 ? -1 : f->stills[still].scene;
    *t = (struct folded_turn){
        .seconds = (ms - fold_ms(f, 0)) / 1000, .wall = wall, .frame = fold_file(f, still)};
    t->turn.number = w->count + 1;
    t->turn.scene = scene < 0 ? NULL : &f->recording.scenes[scene];
    t->turn.ended = &w->ended[w->count];
    t->turn.still = true;
    w->count++;
    return t;
}

static void action_put(struct writing *w, int i)
{
    struct folding *f = w->f;
    struct gesture *g = &f->gestures.items[i];
    const struct event *pressed = &f->log.items[g->pressed];
    int step = w->steps[i];
    struct folded_turn *t = turn_add(w, f->moments[i].before, pressed->mono_ms, pressed->wall);
    if (g->secret && step >= 0 && f->lesson.steps[step].step.text)
        g->action.text = f->lesson.steps[step].step.text; /* its name */
    action_print(&g->action, &w->texts[i]);
    t->turn.action = buf_text(&w->texts[i]);
    t->turn.step = step < 0 ? NULL : w->lines[step];
    t->turn.outcome = "acted";
    t->turn.has_at = g->action.has_at;
    t->turn.at = g->action.at;
    t->turn.events[0] = g->first + 1;
    t->turn.events[1] = g->last + 1;
    t->turn.phases.act_ms = fold_ms(f, f->moments[i].done) - pressed->mono_ms;
}

/* Steps end with the look after what was done for them. */
static void step_end(struct writing *w, int i, struct ended *out)
{
    int step = w->steps[i];
    if (step >= 0 && (i + 1 == w->f->gestures.count || w->steps[i + 1] != step))
        ended_add(out, w->lines[step], NULL, (struct rect){0});
}

/* What came of it, where the next gesture was not begun on the same look. */
static void look_put(struct writing *w, int still)
{
    const struct event *taken = &w->f->log.items[w->f->stills[still].event];
    struct folded_turn *look = turn_add(w, still, taken->mono_ms, taken->wall);
    look->turn.action = action_name(ACTION_NONE);
    look->turn.outcome = "waited";
}

static void turns_put(struct writing *w)
{
    struct folding *f = w->f;
    int count = f->gestures.count;
    for (int i = 0; i < count; i++) {
        int after = f->moments[i].after;
        action_put(w, i);
        step_end(w, i, &w->ended[w->count]);
        if (after >= 0 && after != f->moments[i].settled)
            look_put(w, after);
    }
    const struct event *last = &f->log.items[f->log.count - 1];
    struct folded_turn *end = turn_add(w, f->still_count - 1, last->mono_ms, last->wall);
    end->turn.action = action_name(ACTION_DONE);
    end->turn.outcome = "done";
}

/* Why it ended; NULL: somebody ended it. */
static const char *cut_why(const struct event_log *log)
{
    const struct event *last = &log->items[log->count - 1];
    if (log->cut || last->kind != EVENT_STOP)
        return "the recording was broken off";
    return last->note && strstr(last->note, "disk") ? last->note : NULL;
}

static bool episode_put(struct writing *w, struct err *e)
{
    struct folding *f = w->f;
    const struct event_log *log = &f->log;
    const char *why = cut_why(log);
    char *dir = realpath(f->dir, NULL), *copy = mem_text(dir ? dir : f->dir);
    struct episode episode = {.task = basename(copy),
                              .policy = "person",
                              .program = log->head.program,
                              .argv = log->head.argv,
                              .directory = log->head.directory,
                              .width = log->head.width,
                              .height = log->head.height,
                              .gestures = &f->gestures,
                              .limits = &f->options->limits};
    struct episode_state state = {.started = log->started,
                                  .ended = log->items[log->count - 1].wall,
                                  .seconds = w->turns[w->count - 1].seconds,
                                  .outcome = why ? "stopped" : "done",
                                  .why = why,
                                  .turns = w->count};
    bool written = folded_write(f->dir, &episode, &state, w->turns, e);
    free(dir);
    free(copy);
    return written;
}

int fold_write(struct folding *f, const int *steps, char *const *lines, struct err *e)
{
    size_t most = 2 * (size_t)f->gestures.count + 1;
    struct writing w = {.f = f,
                        .steps = steps,
                        .lines = lines,
                        .turns = mem_zero(most, sizeof *w.turns),
                        .texts = mem_zero(most, sizeof *w.texts),
                        .ended = mem_zero(most, sizeof *w.ended)};
    for (int i = 0; i < f->gestures.count; i++)
        fold_scene(f, f->moments[i].after);
    fold_scene(f, f->still_count - 1);
    turns_put(&w); /* no scene is read any more: they stay where they are */
    bool written = fold_all_read(e) && episode_put(&w, e);
    for (size_t i = 0; i < most; i++) {
        buf_finish(&w.texts[i]);
        ended_finish(&w.ended[i]);
    }
    free(w.turns);
    free(w.texts);
    free(w.ended);
    return written ? w.count : 0;
}

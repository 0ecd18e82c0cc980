#include "policy/model.h"

#include "base/stop.h"
#include "policy/asker.h"
#include "policy/orders.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define SILENT_MAX 3    /* answers in a row that call for nothing */
#define ROUND_MAX  8    /* turns that are remembered, to see that it goes round in circles */
#define ROUND_TELL 3    /* so often the same on the same screen: it is told ... */
#define ROUND_END  5    /* ... and that is the end */
#define APPEAR_MS  3000 /* how long a program that has just begun may show nothing */
#define UNMET_MAX  2    /* so often it may say that it is done when it is not */

struct model {
    struct model_task task;
    struct asker asker;
    struct orders orders;
    struct deadline appears; /* until then an empty screen is waited for */
    int next;                /* order */
    bool busy;               /* the order before it is under way */
    bool ended;              /* it said that it is done: now what must be seen is looked for */
    int expect;              /* of the expectations */
    int unmet;               /* so often they were not met */
    int silent;              /* answers in a row that called for nothing */
    uint64_t round[ROUND_MAX];
    int rounds;  /* ever */
    int repeats; /* of the newest one among them */
};

static const char in_vain[] =
    "You have done this several times on this very screen, and it came to nothing. Do something "
    "else, or call `finish` without success.\n";

/* The same thing on the same screen, over and over? */
static void count_rounds(struct model *m, const struct reply *reply)
{
    struct buf all = {0};
    buf_add(&all, buf_text(&m->asker.listing.lines));
    for (int i = 0; i < reply->count; i++) {
        const struct call *call = &reply->calls[i];
        buf_addf(&all, "\n%d %s", call->kind, call->text ? call->text : "");
        if (call->kind == CALL_ACTION)
            action_print(&call->action, &all);
    }
    uint64_t hash = XXH3_64bits(all.text, all.length);
    buf_finish(&all);
    m->repeats = 1;
    for (int i = 0; i < ROUND_MAX && i < m->rounds; i++)
        m->repeats += m->round[i] == hash;
    m->round[m->rounds++ % ROUND_MAX] = hash;
}

static bool ask(struct model *m, const struct scene *scene, struct err *e)
{
    struct exchange *x = asker_ask(&m->asker, scene, m->repeats >= ROUND_TELL ? in_vain : "", e);
    if (!x)
        return false;
    count_rounds(m, &x->reply);
    m->silent = x->reply.count ? 0 : m->silent + 1;
    orders_of(&x->reply, &m->asker.talk.shot, scene, &m->orders);
    m->next = 0;
    if (m->repeats >= ROUND_END)
        return err_set(e, ERR_TASK,
                       "the model goes round in circles: it did the same %d times on "
                       "the same screen",
                       m->repeats);
    if (m->silent >= SILENT_MAX)
        return err_set(e, ERR_REPLY, "the model only talks: %.400s", x->reply.said);
    return true;
}

/* ---- doing ---- */

static struct call *call_of(struct model *m, const struct order *order)
{
    return &conversation_last(&m->asker.talk)->reply.calls[order->call];
}

/* ORDER could not be done: the model is told why, and that the rest is left out. */
static void drop_rest(struct model *m, int order, const char *why)
{
    struct reply *reply = &conversation_last(&m->asker.talk)->reply;
    int failed = m->orders.items[order].call;
    int first = order;
    while (first > 0 && m->orders.items[first - 1].call == failed)
        first--;
    if (order > first)
        call_answer(&reply->calls[failed], true, "step %d: %s (the %d before it %s done)",
                    order - first + 1, why, order - first, order - first == 1 ? "was" : "were");
    else
        call_answer(&reply->calls[failed], true, "%s", why);
    for (int i = failed + 1; i < reply->count; i++)
        call_answer(&reply->calls[i], true, "%s", REPLY_HALTED);
    m->next = m->orders.count;
}

static enum next give_action(struct plan *out, struct action action)
{
    out->action = action;
    return NEXT_ACTION;
}

static bool ask_person(struct model *m, struct call *call, struct err *e)
{
    struct buf answer = {0};
    bool answered = m->task.answer && m->task.answer(m->task.self, call->text, &answer);
    if (answered)
        call_answer(call, false, "The person answers: %.900s", buf_text(&answer));
    buf_finish(&answer);
    return answered ||
           err_set(e, ERR_TASK, "the model asks \"%s\", and nobody answers", call->text);
}

static bool look_closely(struct model *m, struct call *call)
{
    struct rect r = call->action.region;
    struct shot shot;
    struct shot_rule rule = {0};
    struct err why = {0};
    m->asker.provider->rule(&m->asker.talk, &rule);
    shot_fit(&rule, r.width, r.height, &shot);
    if (m->task.camera.picture && !m->asker.talk.blind &&
        m->task.camera.picture(m->task.camera.self, r, shot.width, shot.height, &call->png, &why))
        call_answer(call, false, "The region as it is.");
    else
        call_answer(call, true, "%s", why.kind ? why.text : "no pictures are to be had");
    return true;
}

/* What is not for the hands. False: it is the end. */
static bool serve(struct model *m, struct call *call, const struct history *history, struct err *e)
{
    const struct history_turn *last = history_last(history, 0);
    switch (call->kind) {
    case CALL_LOOK:
        call_answer(call, false, "It follows.");
        return true;
    case CALL_ZOOM:
        return look_closely(m, call);
    case CALL_CURSOR: {
        double x = 0, y = 0;
        if (last && last->has_at)
            shot_numbers(&m->asker.talk.shot, last->at, &x, &y);
        call_answer(call, false, "X=%g,Y=%g", x, y);
        return true;
    }
    case CALL_DONE:
        m->ended = true;
        m->expect = 0;
        call_answer(call, false, "The end.");
        return true;
    case CALL_FAILED:
        return err_set(e, ERR_TASK, "the model gives up: %.900s", call->text);
    case CALL_ASK:
        return ask_person(m, call, e);
    default:
        drop_rest(m, m->next, call->text ? call->text : "this makes no sense");
        return true;
    }
}

/* The order under way ended well. */
static void settle(struct model *m)
{
    if (!m->busy)
        return;
    const struct order *order = &m->orders.items[m->next++];
    if (order->last)
        call_answer(call_of(m, order), false, "Done.");
    m->busy = false;
}

/* Begins the next order: true when OUT or NEXT says what to do. */
static bool begin(struct model *m, const struct scene *scene, const struct history *history,
                  struct plan *out, enum next *next, struct err *e)
{
    const struct order *order = &m->orders.items[m->next];
    struct call *call = call_of(m, order);
    struct buf why = {0};
    if (call->kind != CALL_ACTION && call->kind != CALL_STEPS) {
        int at = m->next;
        *next = NEXT_FAILED;
        if (!serve(m, call, history, e))
            return true;
        if (m->next == at)
            m->next++;
        return false;
    }
    if (!spot_is_there(&order->spot, scene, &why)) {
        drop_rest(m, m->next, buf_text(&why));
        buf_finish(&why);
        return false;
    }
    m->busy = true;
    *next = NEXT_STEP;
    out->check = call->check;
    out->commits = true;
    if (order->is_step)
        step_copy(&out->step, &order->step);
    else
        *next = give_action(out, order->action);
    return true;
}

/* Is there nothing yet that one could do something with? */
static bool is_bare(const struct scene *scene)
{
    for (int i = 0; i < scene->element_count; i++)
        if (scene->elements[i].role != ROLE_TEXT && scene->elements[i].role != ROLE_IMAGE)
            return false;
    return true;
}

static enum next model_next(void *self, const struct scene *scene, const struct history *history,
                            struct plan *out, struct err *e)
{
    struct model *m = self;
    enum next next;
    settle(m);
    for (;;) {
        if (m->ended) {
            if (m->expect == m->task.expect_count)
                return NEXT_DONE;
            step_copy(&out->step, &m->task.expect[m->expect++]);
            return NEXT_STEP;
        }
        if (m->next == m->orders.count) {
            if (conversation_is_new(&m->asker.talk) && is_bare(scene) &&
                !deadline_passed(m->appears))
                return NEXT_LOOK;
            if (stop_requested()) {
                err_set(e, ERR_STOPPED, "interrupted");
                return NEXT_FAILED;
            }
            if (!ask(m, scene, e))
                return NEXT_FAILED;
            /* It may have thought for a minute: what is there now? */
            return give_action(out, (struct action){.kind = ACTION_NONE});
        }
        if (begin(m, scene, history, out, &next, e))
            return next;
    }
}

/* What it said is done is not: it is told, and goes on. */
static bool not_met(struct model *m, const struct step *step, struct err *e)
{
    struct buf line = {0};
    struct reply *reply = &conversation_last(&m->asker.talk)->reply;
    if (++m->unmet > UNMET_MAX)
        return false;
    step_print(step, &line);
    for (int i = 0; i < reply->count; i++)
        if (reply->calls[i].kind == CALL_DONE)
            call_answer(&reply->calls[i], true, "It is not done: %.200s: %.600s", buf_text(&line),
                        e->text);
    buf_finish(&line);
    m->ended = false;
    m->next = m->orders.count;
    return true;
}

static bool model_failed(void *self, const struct step *step, struct err *e)
{
    struct model *m = self;
    if (e->kind != ERR_TASK)
        return false;
    if (m->ended)
        return not_met(m, step, e);
    m->busy = false;
    drop_rest(m, m->next, e->text);
    return true;
}

static void model_destroy(void *self)
{
    struct model *m = self;
    asker_finish(&m->asker);
    orders_finish(&m->orders);
    free(m);
}

struct decider model_decider(const struct policy_context *context, const struct model_task *task)
{
    struct model *m = mem_zero(1, sizeof *m);
    m->task = *task;
    m->appears = deadline_in(APPEAR_MS);
    asker_init(&m->asker, context, &m->task);
    return (struct decider){.name = "model",
                            .anywhere = true,
                            .next = model_next,
                            .failed = model_failed,
                            .destroy = model_destroy,
                            .self = m};
}

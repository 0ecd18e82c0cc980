#include "policy/model.h"

#include "base/stop.h"
#include "policy/endpoint.h"
#include "policy/listing.h"
#include "policy/orders.h"
#include "policy/tools.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define TOKENS_MAX  4096 /* of an answer, to begin with */
#define ANSWER_MS   180000
#define ASKS_MAX    4 /* of one turn: when answers are of no use */
#define SILENT_MAX  3 /* answers in a row that call for nothing */
#define ROUND_MAX   8 /* turns that are remembered, to see that it goes round in circles */
#define ROUND_TELL  3 /* so often the same on the same screen: it is told ... */
#define ROUND_END   5 /* ... and that is the end */
#define HEADERS_MAX 8
#define APPEAR_MS   3000 /* how long a program that has just begun may show nothing */
#define TOKEN_BYTES 2    /* a token of text has more of them, on the average */
#define PICTURE_MAX 5000 /* tokens */
#define UNMET_MAX   2    /* so often it may say that it is done when it is not */

struct model {
    const struct policy_context *context; /* borrowed */
    struct model_task task;
    const struct provider *provider; /* borrowed */
    struct endpoint *endpoint;       /* owned */
    struct buf headers;
    const char *header_lines[HEADERS_MAX + 1]; /* of it, ended by NULL; the endpoint's */
    struct conversation talk;
    struct listing listing;
    struct buf goal;
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

/* ---- asking ---- */

static void tell_goal(struct model *m)
{
    const struct data *secrets = m->context->secrets;
    buf_add(&m->goal, m->task.goal);
    for (int i = 0; secrets && i < secrets->count; i++)
        buf_addf(&m->goal, "%s{{secret:%s}}",
                 i ? ", " : "\nSecrets that you can have typed: ", secrets->items[i].name);
}

static bool take_look(struct model *m, const struct scene *scene, struct err *e)
{
    struct conversation *c = &m->talk;
    struct look *look = conversation_look(c);
    struct shot_rule rule = {0};
    m->provider->rule(c, &rule);
    shot_fit(&rule, scene->width, scene->height, &c->shot);
    buf_reset(&look->text);
    buf_reset(&look->png);
    if (m->repeats >= ROUND_TELL)
        buf_add(&look->text, "You have done this several times on this very screen, and it came to "
                             "nothing. Do something else, or call `finish` without success.\n");
    if (!c->blind)
        buf_addf(&look->text, "The picture is of %d x %d pixels.\n", c->shot.width, c->shot.height);
    listing_write(&m->listing, scene, &c->shot, m->context->secrets, &m->task.camera, &look->text);
    struct rect all = {0, 0, scene->width, scene->height};
    return c->blind || !m->task.camera.picture ||
           m->task.camera.picture(m->task.camera.self, all, c->shot.width, c->shot.height,
                                  &look->png, e);
}

/* They may change from one request to the next, with the version of a tool. */
static void set_headers(struct model *m)
{
    char *save;
    int count = 0;
    buf_reset(&m->headers);
    m->provider->headers(&m->talk, m->task.key, &m->headers);
    buf_add(&m->headers, "");
    for (char *line = strtok_r(m->headers.text, "\n", &save); line && count < HEADERS_MAX;
         line = strtok_r(NULL, "\n", &save))
        m->header_lines[count++] = line;
    m->header_lines[count] = NULL;
}

static size_t picture_bytes(const struct look *look, long *pictures)
{
    *pictures += look->png.length > 0;
    return (look->png.length + 2) / 3 * 4; /* base64 */
}

/* Of a request of so many bytes. Pictures count by themselves, since their bytes are no text. */
static long tokens_at_most(const struct conversation *c, size_t bytes)
{
    long pictures = 0;
    size_t of_pictures = picture_bytes(&c->first, &pictures);
    for (int i = 0; i < c->count; i++) {
        const struct exchange *x = &c->exchanges[i];
        of_pictures += picture_bytes(&x->look, &pictures);
        for (int j = 0; j < x->reply.count; j++) {
            of_pictures += (x->reply.calls[j].png.length + 2) / 3 * 4;
            pictures += x->reply.calls[j].png.length > 0;
        }
    }
    size_t text = bytes > of_pictures ? bytes - of_pictures : 0;
    return (long)(text / TOKEN_BYTES) + pictures * PICTURE_MAX;
}

/* A server that does not say what it used is taken to have used all that it could. */
static void pay(struct model *m, struct usage *usage, long input_tokens)
{
    if (usage->dollars < 0 &&
        !(usage->input || usage->cached || usage->cache_written || usage->output)) {
        usage->input = input_tokens;
        usage->output = m->talk.tokens_max;
    }
    wallet_pay(m->task.wallet, usage);
}

/* Once: TAKEN_AGAIN also when it is to be asked in another way. */
static enum taken ask_once(struct model *m, struct reply *reply, struct err *e)
{
    struct conversation *c = &m->talk;
    struct buf body = {0};
    struct endpoint_answer answer = {0};
    struct usage usage = {.dollars = -1};
    enum taken taken = TAKEN_NOT;
    m->provider->request(c, &body);
    set_headers(m);
    long tokens = tokens_at_most(c, body.length);
    if (wallet_allows(m->task.wallet, tokens, c->tokens_max, e) &&
        endpoint_post(m->endpoint, buf_text(&body), *m->task.deadline, &answer, e)) {
        if (answer.status < 300) {
            taken = m->provider->reply(c, buf_text(&answer.body), reply, &usage, e);
            pay(m, &usage, tokens);
        } else if (m->provider->step_down &&
                   m->provider->step_down(c, answer.status, buf_text(&answer.body))) {
            taken = TAKEN_AGAIN;
        } else {
            endpoint_refused(m->endpoint, &answer, e);
        }
    }
    endpoint_answer_finish(&answer);
    buf_finish(&body);
    return taken;
}

/* The same thing on the same screen, over and over? */
static void count_rounds(struct model *m, const struct reply *reply)
{
    struct buf all = {0};
    buf_add(&all, buf_text(&m->listing.lines));
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
    struct reply reply = {0};
    struct err why = {0};
    enum taken taken = TAKEN_AGAIN;
    if (!take_look(m, scene, e))
        return false;
    for (int i = 0; i < ASKS_MAX && taken == TAKEN_AGAIN; i++) {
        reply_finish(&reply);
        taken = ask_once(m, &reply, &why);
        if (m->talk.blind)
            buf_reset(&conversation_look(&m->talk)->png);
    }
    if (taken != TAKEN) {
        reply_finish(&reply);
        *e = why;
        return false;
    }
    count_rounds(m, &reply);
    m->silent = reply.count ? 0 : m->silent + 1;
    struct exchange *x = conversation_add(&m->talk, &reply);
    orders_of(&x->reply, &m->talk.shot, scene, &m->orders);
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
    return &conversation_last(&m->talk)->reply.calls[order->call];
}

/* ORDER could not be done: the model is told why, and that the rest is left out. */
static void drop_rest(struct model *m, int order, const char *why)
{
    struct reply *reply = &conversation_last(&m->talk)->reply;
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
    m->provider->rule(&m->talk, &rule);
    shot_fit(&rule, r.width, r.height, &shot);
    if (m->task.camera.picture && !m->talk.blind &&
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
            shot_numbers(&m->talk.shot, last->at, &x, &y);
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
            if (conversation_is_new(&m->talk) && is_bare(scene) && !deadline_passed(m->appears))
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
    struct reply *reply = &conversation_last(&m->talk)->reply;
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
    endpoint_destroy(m->endpoint);
    conversation_finish(&m->talk);
    listing_finish(&m->listing);
    orders_finish(&m->orders);
    buf_finish(&m->headers);
    buf_finish(&m->goal);
    free(m);
}

struct decider model_decider(const struct policy_context *context, const struct model_task *task)
{
    struct model *m = mem_zero(1, sizeof *m);
    struct buf url = {0};
    m->context = context;
    m->task = *task;
    m->provider = task->name->provider;
    m->appears = deadline_in(APPEAR_MS);
    tell_goal(m);
    m->talk = (struct conversation){.model = task->name->name,
                                    .system = tools_system,
                                    .goal = buf_text(&m->goal),
                                    .blind = task->name->blind,
                                    .way = task->name->way,
                                    .tokens_max = TOKENS_MAX};
    m->provider->address(task->name->base, task->name->name, &url);
    m->endpoint = endpoint_create(&(struct endpoint_options){
        .url = buf_text(&url), .headers = m->header_lines, .timeout_ms = ANSWER_MS});
    buf_finish(&url);
    return (struct decider){.name = "model",
                            .anywhere = true,
                            .next = model_next,
                            .failed = model_failed,
                            .destroy = model_destroy,
                            .self = m};
}

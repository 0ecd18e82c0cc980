#include "policy/asker.h"

#include "policy/tools.h"

#include <string.h>

#define TOKENS_MAX  4096 /* of an answer, to begin with */
#define ANSWER_MS   180000
#define ASKS_MAX    4    /* of one turn: when answers are of no use */
#define TOKEN_BYTES 2    /* a token of text has more of them, on the average */
#define PICTURE_MAX 5000 /* tokens */

static void tell_goal(struct asker *a)
{
    const struct data *secrets = a->context->secrets;
    buf_add(&a->goal, a->task->goal);
    for (int i = 0; secrets && i < secrets->count; i++)
        buf_addf(&a->goal, "%s{{secret:%s}}",
                 i ? ", " : "\nSecrets that you can have typed: ", secrets->items[i].name);
}

static bool take_look(struct asker *a, const struct scene *scene, const char *note, struct err *e)
{
    struct conversation *c = &a->talk;
    struct look *look = conversation_look(c);
    struct shot_rule rule = {0};
    a->provider->rule(c, &rule);
    shot_fit(&rule, scene->width, scene->height, &c->shot);
    buf_reset(&look->text);
    buf_reset(&look->png);
    buf_add(&look->text, note);
    if (!c->blind)
        buf_addf(&look->text, "The picture is of %d x %d pixels.\n", c->shot.width, c->shot.height);
    listing_write(&a->listing, scene, &c->shot, a->context->secrets, &a->task->camera, &look->text);
    struct rect all = {0, 0, scene->width, scene->height};
    return c->blind || !a->task->camera.picture ||
           a->task->camera.picture(a->task->camera.self, all, c->shot.width, c->shot.height,
                                   &look->png, e);
}

/* They may change from one request to the next, with the version of a tool. */
static void set_headers(struct asker *a)
{
    char *save;
    int count = 0;
    buf_reset(&a->headers);
    a->provider->headers(&a->talk, a->task->key, &a->headers);
    buf_add(&a->headers, "");
    for (char *line = strtok_r(a->headers.text, "\n", &save); line && count < ASKER_HEADERS_MAX;
         line = strtok_r(NULL, "\n", &save))
        a->header_lines[count++] = line;
    a->header_lines[count] = NULL;
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
static void pay(struct asker *a, struct usage *usage)
{
    if (usage->dollars < 0 &&
        !(usage->input || usage->cached || usage->cache_written || usage->output)) {
        usage->input = a->tokens;
        usage->output = a->talk.tokens_max;
    }
    wallet_pay(a->task->wallet, usage);
}

/* A call that brought no reply is taken to have used all that it could, too. */
static bool pay_lost(void *self, struct err *e)
{
    struct asker *a = self;
    struct usage usage = {.dollars = -1};
    pay(a, &usage);
    return wallet_allows(a->task->wallet, a->tokens, a->talk.tokens_max, e);
}

/* Once: TAKEN_AGAIN also when it is to be asked in another way. */
static enum taken ask_once(struct asker *a, struct reply *reply, struct err *e)
{
    struct conversation *c = &a->talk;
    struct buf body = {0};
    struct endpoint_answer answer = {0};
    struct usage usage = {.dollars = -1};
    enum taken taken = TAKEN_NOT;
    a->provider->request(c, &body);
    set_headers(a);
    a->tokens = tokens_at_most(c, body.length);
    if (wallet_allows(a->task->wallet, a->tokens, c->tokens_max, e) &&
        endpoint_post(a->endpoint, buf_text(&body), *a->task->deadline, &answer, e)) {
        if (answer.status < 300) {
            taken = a->provider->reply(c, buf_text(&answer.body), reply, &usage, e);
            pay(a, &usage);
        } else if (a->provider->step_down &&
                   a->provider->step_down(c, answer.status, buf_text(&answer.body))) {
            taken = TAKEN_AGAIN;
        } else {
            endpoint_refused(a->endpoint, &answer, e);
        }
    }
    endpoint_answer_finish(&answer);
    buf_finish(&body);
    return taken;
}

struct exchange *asker_ask(struct asker *a, const struct scene *scene, const char *note,
                           struct err *e)
{
    struct reply reply = {0};
    struct err why = {0};
    enum taken taken = TAKEN_AGAIN;
    if (!take_look(a, scene, note, e))
        return NULL;
    for (int i = 0; i < ASKS_MAX && taken == TAKEN_AGAIN; i++) {
        reply_finish(&reply);
        taken = ask_once(a, &reply, &why);
        if (a->talk.blind)
            buf_reset(&conversation_look(&a->talk)->png);
    }
    if (taken == TAKEN)
        return conversation_add(&a->talk, &reply);
    reply_finish(&reply);
    *e = why;
    return NULL;
}

void asker_init(struct asker *a, const struct policy_context *context,
                const struct model_task *task)
{
    struct buf url = {0};
    a->context = context;
    a->task = task;
    a->provider = task->name->provider;
    tell_goal(a);
    a->talk = (struct conversation){.model = task->name->name,
                                    .system = tools_system,
                                    .goal = buf_text(&a->goal),
                                    .blind = task->name->blind,
                                    .way = task->name->way,
                                    .tokens_max = TOKENS_MAX};
    a->provider->address(task->name->base, task->name->name, &url);
    a->endpoint = endpoint_create(&(struct endpoint_options){.url = buf_text(&url),
                                                             .headers = a->header_lines,
                                                             .timeout_ms = ANSWER_MS,
                                                             .lost = pay_lost,
                                                             .self = a});
    buf_finish(&url);
}

void asker_finish(struct asker *a)
{
    endpoint_destroy(a->endpoint);
    conversation_finish(&a->talk);
    listing_finish(&a->listing);
    buf_finish(&a->headers);
    buf_finish(&a->goal);
}

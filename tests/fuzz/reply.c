/*
 * Any bytes as what a model answered, over every wire and in every dialect: what comes of it is
 * calls that hands can do on this screen, or that say why not.
 */
#include "policy/dialect.h"
#include "policy/orders.h"
#include "policy/provider.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH  1280
#define HEIGHT 800

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct rect screen = {0, 0, WIDTH, HEIGHT};

static void action_check(const struct action *a)
{
    char keys[8][KEY_NAME_SIZE];
    assert(a->kind > ACTION_NONE && a->kind < ACTION_DONE);
    assert(!a->has_at || rect_holds(screen, a->at));
    assert(a->path_count >= 0 && a->path_count <= ACTION_PATH_MAX);
    for (int i = 0; i < a->path_count; i++)
        assert(rect_holds(screen, a->path[i]));
    if (a->kind == ACTION_CLICK)
        assert(a->count >= 1 && a->count <= 3);
    if (a->kind == ACTION_TYPE)
        assert(a->text);
    if (a->kind == ACTION_KEY)
        assert(a->repeat >= 1 && a->repeat <= 100 && keys_split(a->keys, keys, 8, NULL));
    if (a->kind == ACTION_WAIT || a->kind == ACTION_HOLD)
        assert(a->ms >= 0 && a->ms <= 300000);
}

static void order_check(const struct order *o)
{
    struct buf line = {0};
    if (o->is_step) {
        step_print(&o->step, &line);
        assert(line.length);
        assert(o->step.target.kind != TARGET_AT || rect_holds(screen, o->step.target.at));
    } else if (o->action.kind != ACTION_NONE) {
        action_check(&o->action);
    }
    buf_finish(&line);
}

static void reply_check(struct reply *r, const struct shot *shot)
{
    struct scene scene = {0};
    struct orders orders = {0};
    scene_reset(&scene, WIDTH, HEIGHT);
    for (int i = 0; i < r->count; i++) {
        struct call *c = &r->calls[i];
        assert(c->kind != CALL_BAD || c->text);
        assert(c->kind != CALL_STEPS || c->text);
        c->action.text = c->text;
        assert(!c->check == !c->checks);
        if (c->kind == CALL_ACTION && !(c->check && c->action.kind == ACTION_NONE))
            action_check(&c->action); /* to confirm a look is to confirm an action that is none */
        if (c->kind == CALL_ZOOM)
            assert(rect_inside(c->action.region, screen));
    }
    orders_of(r, shot, &scene, &orders);
    assert(orders.count >= r->count);
    for (int i = 0; i < orders.count; i++)
        order_check(&orders.items[i]);
    orders_finish(&orders);
    scene_finish(&scene);
}

/* As the body of an answer. */
static void over_wire(const char *name, int way, const char *text)
{
    const struct provider *p = provider_find(name);
    struct conversation c = {
        .model = "test", .system = "", .goal = "", .way = way, .tokens_max = 4096};
    struct shot_rule rule = {0};
    struct reply r = {0};
    struct usage usage = {0};
    struct err e = {0};
    if (!p)
        return;
    p->rule(&c, &rule);
    shot_fit(&rule, WIDTH, HEIGHT, &c.shot);
    if (p->reply(&c, text, &r, &usage, &e) == TAKEN) {
        struct buf body = {0};
        reply_check(&r, &c.shot);
        for (int i = 0; i < r.count; i++)
            call_answer(&r.calls[i], i & 1, "x");
        conversation_add(&c, &r); /* its own words have to make a request again */
        p->request(&c, &body);
        assert(body.length);
        buf_finish(&body);
    } else {
        assert(e.kind != ERR_NONE);
    }
    assert(usage.input >= 0 && usage.output >= 0 && usage.cached >= 0);
    reply_finish(&r);
    conversation_finish(&c);
}

static void in_text(int dialect, const char *text)
{
    struct shot shot = {dialect & 1 ? SHOT_THOUSAND : SHOT_PIXELS, WIDTH, HEIGHT, WIDTH, HEIGHT};
    struct reply r = {0};
    struct err e = {0};
    bool fine = true;
    switch (dialect / 2) {
    case 0:
        dialect_ui_tars(&r, text, &shot);
        break;
    case 1:
        dialect_opencua(&r, text, &shot);
        break;
    case 2:
        dialect_text(&r, text, &shot);
        break;
    case 3:
        fine = dialect_json(&r, text, &e);
        break;
    default:
        dialect_call(&r, NULL, "computer_use", text, &shot);
    }
    if (fine)
        reply_check(&r, &shot);
    reply_finish(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct {
        const char *name;
        int way;
    } wires[] = {{"chat", 0},   {"chat", 1},      {"chat", 3},      {"chat", 5},
                 {"chat", 7},   {"anthropic", 0}, {"anthropic", 1}, {"openai", 0},
                 {"openai", 1}, {"gemini", 0},    {"gemini", 2}};
    const int count = sizeof wires / sizeof *wires;
    if (size < 1)
        return 0;
    char *text = malloc(size);
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = '\0';
    int which = bytes[0] % (count + 10);
    if (which < count)
        over_wire(wires[which].name, wires[which].way, text);
    else
        in_text(which - count, text);
    free(text);
    return 0;
}

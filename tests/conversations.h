/* conversations: talks with a model as a provider's file sees them, for its test. */
#ifndef TESTS_CONVERSATIONS_H
#define TESTS_CONVERSATIONS_H

#include "policy/provider.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A PNG as far as its size goes. */
static inline void put_png(struct buf *png, int width, int height)
{
    unsigned char head[33] = {0x89, 'P', 'N', 'G', '\r', '\n', 26,  '\n',
                              0,    0,   0,   13,  'I',  'H',  'D', 'R'};
    for (int i = 0; i < 4; i++) {
        head[16 + i] = (unsigned char)((unsigned)width >> (24 - 8 * i));
        head[20 + i] = (unsigned char)((unsigned)height >> (24 - 8 * i));
    }
    head[24] = 8;
    head[25] = 2;
    buf_reset(png);
    buf_add_bytes(png, head, sizeof head);
}

static inline void put_look(struct conversation *c, struct look *look, const char *text)
{
    buf_reset(&look->text);
    buf_addf(&look->text, "<screen>\n%s\n</screen>\n", text);
    if (!c->blind)
        put_png(&look->png, c->shot.width, c->shot.height);
}

/* A screen of 1280x800, which is sent as it is. */
static inline struct conversation talk(const struct provider *p, const char *model)
{
    struct conversation c = {.model = model,
                             .system = "You use a computer.",
                             .goal = "Register Ada.",
                             .tokens_max = 4096};
    struct shot_rule rule;
    if (p->way_of)
        c.way = p->way_of(model);
    p->rule(&c, &rule);
    shot_fit(&rule, 1280, 800, &c.shot);
    put_look(&c, &c.first, "1 textbox \"First name\" at 412,300");
    return c;
}

/* What came of the calls of the newest exchange, as the one who does them tells it: in their
 * order, up to the first that fails. FAILING: the index of one that does, or -1. */
static inline void answer_calls(struct conversation *c, int failing)
{
    struct exchange *x = conversation_last(c);
    bool halted = false;
    for (int i = 0; i < x->reply.count; i++) {
        struct call *call = &x->reply.calls[i];
        bool fails = i == failing || call->kind == CALL_BAD;
        if (halted)
            call_answer(call, true, "%s", REPLY_HALTED);
        else if (fails)
            call_answer(call, true, "%s", call->text ? call->text : "nothing is there");
        else
            call_answer(call, false, "Done.");
        if (call->kind == CALL_ZOOM && !call->failed)
            put_png(&call->png, c->shot.width, c->shot.height);
        halted = halted || fails;
    }
    put_look(c, &x->look, "1 textbox \"First name\" is \"Ada\" at 412,300");
}

/* Lets the model say BODY. When that is of use it is a new exchange, not yet answered. */
static inline enum taken hear(const struct provider *p, struct conversation *c, const char *body,
                              struct err *e)
{
    struct reply reply = {0};
    struct usage usage = {0};
    enum taken taken = p->reply(c, body, &reply, &usage, e);
    if (taken == TAKEN)
        conversation_add(c, &reply);
    reply_finish(&reply);
    return taken;
}

/* A line for each call: `toolu_1 left_click: click left at 1,2`. */
static inline void print_calls(const struct reply *r, struct buf *out)
{
    static const char *const kinds[] = {
        [CALL_STEPS] = "steps",   [CALL_LOOK] = "look", [CALL_ZOOM] = "zoom",
        [CALL_CURSOR] = "cursor", [CALL_DONE] = "done", [CALL_FAILED] = "failed",
        [CALL_ASK] = "ask",       [CALL_BAD] = "bad"};
    for (int i = 0; i < r->count; i++) {
        struct call *call = &r->calls[i];
        buf_addf(out, "%s %s: ", call->id ? call->id : "-", call->name ? call->name : "-");
        call->action.text = call->text;
        if (call->kind == CALL_ACTION)
            action_print(&call->action, out);
        else
            buf_add(out, kinds[call->kind]);
        if (call->kind == CALL_ZOOM)
            buf_addf(out, " %d,%d %dx%d", call->action.region.x, call->action.region.y,
                     call->action.region.width, call->action.region.height);
        else if (call->kind != CALL_ACTION && call->text)
            buf_addf(out, " %s", call->text);
        if (call->check)
            buf_addf(out, " (check: %s)", call->check);
        buf_add(out, "\n");
    }
}

/* The request for C as text; owned by the caller. */
static inline char *request_of(const struct provider *p, const struct conversation *c)
{
    struct buf body = {0};
    p->request(c, &body);
    return buf_take(&body);
}

/* TEXT with the first WHAT replaced by WITH; owned by the caller. */
static inline char *replaced(const char *text, const char *what, const char *with)
{
    struct buf out = {0};
    const char *at = strstr(text, what);
    if (!at)
        fail_msg("\"%s\" is not in %s", what, text);
    buf_add_bytes(&out, text, (size_t)(at - text));
    buf_addf(&out, "%s%s", with, at + strlen(what));
    return buf_take(&out);
}

#endif

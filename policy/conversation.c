#include "policy/conversation.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static void look_finish(struct look *l)
{
    buf_finish(&l->text);
    buf_finish(&l->png);
}

static void exchange_finish(struct exchange *x)
{
    reply_finish(&x->reply);
    look_finish(&x->look);
}

/* One line, cut between characters. */
static void add_line(struct conversation *c, const char *text)
{
    if (c->line_count == LINES_KEPT) {
        memmove(c->lines[0], c->lines[1], sizeof c->lines - sizeof c->lines[0]);
        c->line_count--;
    }
    char *line = c->lines[c->line_count++];
    size_t length = strcspn(text, "\n");
    size_t most = LINE_SIZE - 4;
    bool cut = length > most;
    while (cut && most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    snprintf(line, LINE_SIZE, "%.*s%s", (int)(cut ? most : length), text, cut ? "..." : "");
}

/* What a call was, for the lines. */
static void print_call(const struct call *call, struct buf *out)
{
    switch (call->kind) {
    case CALL_ACTION:
        action_print(&call->action, out);
        break;
    case CALL_STEPS:
        for (const char *c = call->text; *c; c++)
            buf_add(out, *c == '\n' ? "; " : (char[]){*c, '\0'});
        break;
    case CALL_LOOK:
    case CALL_ZOOM:
    case CALL_CURSOR:
        buf_add(out, "looked");
        break;
    default:
        buf_addf(out, "%s: %s", call->name ? call->name : "said", call->text ? call->text : "");
    }
}

static void remember(struct conversation *c, const struct reply *reply)
{
    struct buf line = {0};
    for (int i = 0; i < reply->count; i++) {
        const struct call *call = &reply->calls[i];
        buf_reset(&line);
        print_call(call, &line);
        if (call->failed)
            buf_addf(&line, " - failed: %s", call->result);
        add_line(c, buf_text(&line));
    }
    buf_finish(&line);
}

struct exchange *conversation_add(struct conversation *c, struct reply *reply)
{
    if (c->count == EXCHANGES_KEPT) {
        remember(c, &c->exchanges[0].reply);
        exchange_finish(&c->exchanges[0]);
        memmove(&c->exchanges[0], &c->exchanges[1], (EXCHANGES_KEPT - 1) * sizeof c->exchanges[0]);
        c->count--;
    }
    struct exchange *x = &c->exchanges[c->count++];
    *x = (struct exchange){.reply = *reply};
    *reply = (struct reply){0};
    c->turns++;
    return x;
}

struct exchange *conversation_last(struct conversation *c)
{
    return c->count ? &c->exchanges[c->count - 1] : NULL;
}

struct look *conversation_look(struct conversation *c)
{
    return c->count ? &c->exchanges[c->count - 1].look : &c->first;
}

bool conversation_is_new(const struct conversation *c)
{
    return c->count == 0;
}

void conversation_opening(const struct conversation *c, bool with_list, struct buf *out)
{
    buf_addf(out, "The goal: %s\n", c->goal);
    if (c->line_count) {
        buf_add(out, "\nWhat was done so far, the newest last:\n");
        for (int i = 0; i < c->line_count; i++)
            buf_addf(out, "- %s\n", c->lines[i]);
    }
    if (with_list && conversation_is_new(c))
        buf_addf(out, "\n%s", buf_text(&c->first.text));
}

void conversation_finish(struct conversation *c)
{
    look_finish(&c->first);
    buf_finish(&c->paused);
    for (int i = 0; i < c->count; i++)
        exchange_finish(&c->exchanges[i]);
    *c = (struct conversation){0};
}

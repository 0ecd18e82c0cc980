#include "policy/reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_SIZE 1024

struct call *reply_add(struct reply *r, enum call_kind kind, const char *id, const char *name)
{
    if (r->count == REPLY_CALLS_MAX) {
        call_spoil(&r->calls[r->count - 1],
                   "too many calls in one answer: this one and all behind it are left out");
        return NULL;
    }
    r->calls = mem_resize(r->calls, (size_t)(r->count + 1) * sizeof *r->calls);
    struct call *c = &r->calls[r->count++];
    *c = (struct call){.kind = kind, .id = mem_text(id), .name = mem_text(name)};
    return c;
}

void call_answer(struct call *c, bool failed, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    free(c->result);
    c->result = mem_text(text);
    c->failed = failed;
}

void call_spoil(struct call *c, const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    free(c->text);
    c->text = mem_text(text);
    c->kind = CALL_BAD;
}

static void call_finish(struct call *c)
{
    free(c->id);
    free(c->name);
    free(c->text);
    free(c->check);
    free(c->checks);
    free(c->result);
    buf_finish(&c->png);
}

void reply_finish(struct reply *r)
{
    for (int i = 0; i < r->count; i++)
        call_finish(&r->calls[i]);
    free(r->calls);
    free(r->said);
    free(r->raw);
    *r = (struct reply){0};
}

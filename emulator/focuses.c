#include "emulator/focuses.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

const struct focus_span *focuses_span(const struct focuses *f, int id)
{
    const struct focus_span *span = &f->spans[id % FOCUSES_MAX];
    return id > 0 && span->id == id ? span : NULL;
}

const struct focus_span *focuses_at(const struct focuses *f, double ms)
{
    const struct focus_span *span = NULL;
    for (int id = f->now; (span = focuses_span(f, id)) && span->since_ms > ms; id--)
        ;
    return span;
}

void focuses_move(struct focuses *f, double ms, const struct point *clicked)
{
    struct focus_span *span = &f->spans[++f->now % FOCUSES_MAX];
    *span = (struct focus_span){.id = f->now, .since_ms = ms, .before = f->last};
    if (clicked) {
        span->clicked = true;
        span->at = *clicked;
    }
}

void focuses_look(struct focuses *f, const struct focus_look *look)
{
    double until_ms = HUGE_VAL;
    f->last = *look;
    for (int id = f->now; focuses_span(f, id); id--) {
        struct focus_span *span = &f->spans[id % FOCUSES_MAX];
        if (span->since_ms > look->taken_ms)
            span->before = *look; /* it was on its way when the focus moved */
        else if (look->taken_ms < until_ms &&
                 (id == 1 || look->taken_ms >= span->since_ms + FOCUS_CATCH_UP_MS)) {
            span->worst = span->seen && span->worst > look->focus ? span->worst : look->focus;
            span->seen = true;
            if (*look->name)
                snprintf(span->name, sizeof span->name, "%s", look->name);
        }
        until_ms = span->since_ms;
    }
}

bool focuses_tell(const struct focuses *f, int id, double ms, enum focus *out)
{
    const struct focus_span *span = focuses_span(f, id);
    if (f->last.taken_ms < ms + FOCUS_ECHO_MS)
        return false;
    if (!span)
        *out = FOCUS_UNSURE;
    else if (span->seen)
        *out = span->worst;
    else if (id == f->now && f->last.taken_ms < span->since_ms + FOCUS_CATCH_UP_MS)
        return false; /* it lasts: the next look will show it */
    else /* it was too short to be seen; and where there is nothing secret, nothing was */
        *out = span->before.taken_ms > 0 && !span->before.applies && !f->last.applies &&
                       strcmp(span->before.title, f->last.title) == 0
                   ? FOCUS_OPEN
                   : FOCUS_UNSURE;
    return true;
}

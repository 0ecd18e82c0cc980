#include "trajectory/ended.h"

#include "base/buf.h"

#include <stdlib.h>

void ended_add(struct ended *e, const char *line, const char *failed, struct rect place)
{
    if (e->count == e->capacity) {
        e->capacity = e->capacity ? 2 * e->capacity : 8;
        e->items = mem_resize(e->items, (size_t)e->capacity * sizeof *e->items);
    }
    e->items[e->count++] =
        (struct ended_step){.line = mem_text(line), .failed = mem_text(failed), .place = place};
}

void ended_finish(struct ended *e)
{
    for (int i = 0; i < e->count; i++) {
        free(e->items[i].line);
        free(e->items[i].failed);
    }
    free(e->items);
    *e = (struct ended){0};
}

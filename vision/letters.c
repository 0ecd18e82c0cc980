#include "vision/letters.h"

#include "base/buf.h"

#include <stdlib.h>

void letters_add(struct letters *l, const struct letter *letter)
{
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? l->capacity * 2 : 128;
        l->items = mem_resize(l->items, (size_t)l->capacity * sizeof *l->items);
    }
    l->items[l->count++] = *letter;
}

void letters_finish(struct letters *l)
{
    free(l->items);
    *l = (struct letters){0};
}

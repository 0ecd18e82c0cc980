#include "base/history.h"

#include <stddef.h>

struct history_turn *history_add(struct history *h)
{
    struct history_turn *turn = &h->turns[h->count % HISTORY_MAX];
    *turn = (struct history_turn){.number = ++h->count};
    return turn;
}

const struct history_turn *history_last(const struct history *h, int back)
{
    if (back < 0 || back >= h->count || back >= HISTORY_MAX)
        return NULL;
    return &h->turns[(h->count - 1 - back) % HISTORY_MAX];
}

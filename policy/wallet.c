#include "policy/wallet.h"

#include "base/buf.h"

#include <stdlib.h>

struct wallet {
    struct price price;
    double dollars;     /* the task's limit */
    struct budget *run; /* borrowed; may be NULL */
    struct usage spent;
    int calls;
};

struct wallet *wallet_create(const struct price *price, double dollars, struct budget *run)
{
    struct wallet *w = mem_zero(1, sizeof *w);
    w->price = *price;
    w->dollars = dollars;
    w->run = run;
    return w;
}

void wallet_destroy(struct wallet *w)
{
    free(w);
}

static bool too_dear(const char *whose, const char *key, double limit, double spent, double cost,
                     struct err *e)
{
    return err_set(e, ERR_LIMIT,
                   "the %s's limit of $%.4g (limits: %s): $%.4g is spent, and asking the model "
                   "once more may cost $%.4g",
                   whose, limit, key, spent, cost);
}

bool wallet_allows(struct wallet *w, long input_tokens_at_most, long output_tokens_at_most,
                   struct err *e)
{
    double cost = prices_most(&w->price, input_tokens_at_most, output_tokens_at_most);
    if (w->spent.dollars + cost > w->dollars)
        return too_dear("task", "dollars", w->dollars, w->spent.dollars, cost, e);
    if (w->run && w->run->dollars >= 0 && w->run->spent + cost > w->run->dollars) {
        w->run->reached = true;
        return too_dear("run", "run_dollars", w->run->dollars, w->run->spent, cost, e);
    }
    return true;
}

void wallet_pay(struct wallet *w, const struct usage *usage)
{
    double cost = prices_cost(&w->price, usage);
    w->calls++;
    w->spent.input += usage->input;
    w->spent.cached += usage->cached;
    w->spent.cache_written += usage->cache_written;
    w->spent.output += usage->output;
    w->spent.dollars += cost;
    if (w->run)
        w->run->spent += cost;
}

void wallet_spent(const struct wallet *w, struct usage *out, int *calls)
{
    *out = w->spent;
    if (calls)
        *calls = w->calls;
}

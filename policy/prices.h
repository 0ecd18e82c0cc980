/*
 * prices: what models cost. Dollars per million tokens, from a table in the program
 * (policy/prices.json) and one of the user's own, which goes first: the file that HEM_PRICES names,
 * else ~/.config/hem/prices.json. What its keys mean is in docs/tasks.md.
 */
#ifndef POLICY_PRICES_H
#define POLICY_PRICES_H

#include "base/err.h"
#include "policy/usage.h"

#include <stdbool.h>

struct rates {
    double input, cached, cache_written, output; /* dollars per million tokens */
};

struct price {
    struct rates rates;
    long above;          /* more input tokens than these in a call ... */
    struct rates beyond; /* ... cost this, all of them; above is 0 when nothing does */
};

/*
 * The price of a model, as tasks name it: PROVIDER/NAME. An entry is for the model of its name and
 * for the same with a date behind it (-20260922, -2026-09-22, @..., -latest), or, ending in *, for
 * all that begin so; the longest fitting one counts. A LOCAL model without an entry costs nothing.
 *
 * ERR_USAGE: no price (it says how to give one), or a file that can't be read or understood.
 */
bool prices_find(const char *provider, const char *name, bool local, struct price *out,
                 struct err *e);

/* Dollars. What the provider itself says goes first. */
double prices_cost(const struct price *price, const struct usage *usage);

/* The most that a call may cost, whatever the provider's cache does. */
double prices_most(const struct price *price, long input_tokens, long output_tokens);

#endif

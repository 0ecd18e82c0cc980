/*
 * wallet: what asking models has cost in one task, and in the whole run (all rows of a table); and
 * the limits of both, which hold before a call is made.
 */
#ifndef POLICY_WALLET_H
#define POLICY_WALLET_H

#include "base/err.h"
#include "policy/prices.h"

#include <stdbool.h>

/* The run's money; shared by the wallets of its tasks, one after the other. */
struct budget {
    double dollars; /* the limit; negative: none */
    double spent;
    bool reached; /* a call was not made because of it */
};

struct wallet;

/* RUN is borrowed; NULL: there is no limit but the task's, DOLLARS. */
struct wallet *wallet_create(const struct price *price, double dollars, struct budget *run);
void wallet_destroy(struct wallet *w); /* takes NULL */

/* May a call be made that reads and writes so many tokens at most? ERR_LIMIT says which limit
 * stands against it, what is spent, and what the call could cost. */
bool wallet_allows(struct wallet *w, long input_tokens_at_most, long output_tokens_at_most,
                   struct err *e);

void wallet_pay(struct wallet *w, const struct usage *usage);

/* The sum of what was paid for; its dollars are never negative. CALLS may be NULL. */
void wallet_spent(const struct wallet *w, struct usage *out, int *calls);

#endif

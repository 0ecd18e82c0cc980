/*
 * usage: what one answer of a model cost, as its provider tells it.
 */
#ifndef POLICY_USAGE_H
#define POLICY_USAGE_H

struct usage {
    long input;         /* tokens that were read anew ... */
    long cached;        /* ... that the provider had read before ... */
    long cache_written; /* ... and that it read and keeps */
    long output;        /* tokens of the answer, with what it thought */
    double dollars;     /* as the provider itself says; negative: it does not say */
};

#endif

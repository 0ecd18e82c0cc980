/*
 * provider: how one vendor's wire says what a conversation says. One file each
 * (provider_anthropic.c ...), one table. Formats and their traps: docs/models.md.
 */
#ifndef POLICY_PROVIDER_H
#define POLICY_PROVIDER_H

#include "policy/conversation.h"
#include "policy/usage.h"

enum taken {
    TAKEN,       /* the answer is in the reply */
    TAKEN_AGAIN, /* it is of no use, and asking again may help: the error says why */
    TAKEN_NOT,   /* it is of no use, and will not be: the error says why */
};

struct provider {
    const char *name;        /* "anthropic" */
    const char *base;        /* its address; NULL: the user has to say it */
    const char *const *ways; /* names of its ways to be asked, ended by NULL; NULL: one only */

    /* The way for a model of this name when nobody says another. NULL: the first. */
    int (*way_of)(const char *model);

    /* Where requests for this model go. */
    void (*address)(const char *base, const char *model, struct buf *out);
    /* Adds header lines, each ended by '\n'. KEY is "" where there is none. */
    void (*headers)(const struct conversation *c, const char *key, struct buf *out);
    void (*rule)(const struct conversation *c, struct shot_rule *out);
    void (*request)(const struct conversation *c, struct buf *body);

    /* Reads the body of a 2xx answer. It may change how C asks: for more tokens when the answer
     * was cut, say. USAGE is filled as far as the answer tells it. */
    enum taken (*reply)(struct conversation *c, const char *body, struct reply *out,
                        struct usage *usage, struct err *e);

    /* A 4xx answer: is there another way to ask the same? It is then set in C. NULL: never. */
    bool (*step_down)(struct conversation *c, int status, const char *body);
};

/* "anthropic", "openai", "gemini", "chat", and known addresses of chat: "xai", "openrouter" ...
 * NULL when there is none. */
const struct provider *provider_find(const char *name);

/* The names of all, for people: "anthropic, openai, ...". */
void provider_names(struct buf *out);

#endif

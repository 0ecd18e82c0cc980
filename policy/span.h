/*
 * span: some tokens in a row, and comparing them with phrases. Part of the literal policy.
 *
 * Phrases are written with | between them and _ between their words: "on|on_top_of". Only words
 * match, without case; quoted texts never do.
 */
#ifndef POLICY_SPAN_H
#define POLICY_SPAN_H

#include "policy/tokens.h"

#include <stdbool.h>
#include <stddef.h>

struct span {
    const struct token *at; /* borrowed */
    int count;
};

struct span span_part(struct span s, int from, int count); /* within S */
struct span span_rest(struct span s, int from);

/* How many tokens at the beginning (end) of S are one of PHRASES, the longest; 0 when none is
 * there. */
int span_begins(struct span s, const char *phrases);
int span_ends(struct span s, const char *phrases);
bool span_is(struct span s, const char *phrases); /* one of them and nothing else */

bool span_has(struct span s, enum token_kind kind);
bool span_is_quoted(struct span s); /* one quoted text and nothing else */

/* From the first to the last byte, as written; a single quoted text without its quotes. S is not
 * empty. */
const char *span_text(struct span s, size_t *bytes);
char *span_copy(struct span s); /* the same, owned by the caller */

bool token_is(const struct token *t, const char *phrases);

/* A word whose first letter is no small one. */
bool token_is_capital(const struct token *t);

#endif

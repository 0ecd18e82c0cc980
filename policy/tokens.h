/*
 * tokens: the words of a plain instruction, with what its punctuation means. Part of the literal
 * policy.
 *
 * A quoted text is one token, whatever is in it. A full stop ends a sentence only where one can
 * end: not inside 3.50 or ada@x.org, nor behind "Mr." before a name. Line ends, semicolons and the
 * numbers of a list are ends, too.
 */
#ifndef POLICY_TOKENS_H
#define POLICY_TOKENS_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_ARROW, /* > between the names of a menu path */
    TOKEN_STOP,  /* the end of a sentence or line */
};

struct token {
    enum token_kind kind;
    const char *text;  /* the word as written; what stands between the quotes */
    const char *lower; /* the word in small ASCII letters with straight apostrophes, without ! and ?
                          at its end */
    const char *raw;   /* where it stands in the instruction; borrowed */
    size_t raw_bytes;
    bool ends; /* a word with ! or ? at its end: a sentence may end here */
};

struct tokens {
    struct token *items; /* owned */
    int count, capacity;
    struct arena arena; /* owned: their texts */
};

#define TOKENS_MAX 20000

/* TEXT is borrowed and must outlive the tokens. False with ERR_USAGE: an unclosed quote, too many
 * words. The caller finishes OUT in either case. */
bool tokens_read(const char *text, struct tokens *out, struct err *e);
void tokens_finish(struct tokens *t);

#endif

/*
 * lexicon: the words of plain instructions: verbs, nouns for what is on a screen, numbers. Part of
 * the literal policy. Words are given and compared in small letters.
 */
#ifndef POLICY_LEXICON_H
#define POLICY_LEXICON_H

#include "base/scene.h"
#include "policy/span.h"

#include <stdbool.h>
#include <stddef.h>

/* A verb that an instruction for a computer may begin with, whether hem can do it or not. */
bool lexicon_is_verb(const char *word);

/* A word that may stand before the verb: then, please, in (the field ...), finally. */
bool lexicon_is_opener(const char *word);

/* TEXT (BYTES long, as written): Mr, Dr, St ... */
bool lexicon_is_abbreviation(const char *text, size_t bytes);

bool lexicon_is_month(const char *word); /* december, dec */

/* the, a, your ... */
bool lexicon_is_determiner(const char *word);

/* it, that, them ... */
bool lexicon_is_pronoun(const char *word);

/* A preposition, which no name begins with. */
bool lexicon_is_preposition(const char *word);

/* What only somebody who looks can tell: largest, any, today ...; and how a thing looks: red, big
 * ... */
bool lexicon_is_judgement(const char *word);
bool lexicon_is_look(const char *word);

/* What makes a sentence more than a step: if, until, except, which ... */
bool lexicon_is_condition(const char *word);

/* 2 for "second" and "2nd", -1 for "last", 0 for none. */
int lexicon_ordinal(const char *word);

/* 3 for "three" and "3"; 0 for none, and for more than 1000. */
int lexicon_number(const char *word);

enum noun_use {
    NOUN_CONTROL, /* something to act on */
    NOUN_GROUP,   /* something that holds others: section, dialog, table */
    NOUN_BOTH,    /* menu, list, table: either */
    NOUN_FILE,    /* something in a tree of files */
};

struct noun {
    const char *phrases; /* as for span_begins */
    enum role role;      /* ROLE_NONE: any */
    bool field;          /* `field` in the step language: any role that holds a value */
    bool plural;
    bool vague; /* "box": to type into or to check; "icon": with a name, a button, too; "title": a
                   name itself */
    enum noun_use use;
};

/* The longest noun at the end (beginning) of S; NULL for none. COUNT: its tokens. */
const struct noun *noun_ends(struct span s, int *count);
const struct noun *noun_begins(struct span s, int *count);

#endif

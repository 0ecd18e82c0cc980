/*
 * meaning: the vocabulary of forms: phrases that name the same thing ("surname", "last name"), and
 * words that carry little or much. For base/label.c.
 */
#ifndef BASE_MEANING_H
#define BASE_MEANING_H

#include "base/fold.h"

#include <stdbool.h>
#include <stddef.h>

enum meaning_kind {
    MEANING_NONE,        /* not in the vocabulary: the word means itself */
    MEANING_FIELD,       /* a thing that fields ask for: city, password */
    MEANING_MOMENT,      /* date, time: "arrival" and "arrival date" are hardly two things */
    MEANING_QUALIFIER,   /* tells fields of one kind apart: billing, confirm, new */
    MEANING_FILLER,      /* says little beside another word: name, number, code */
    MEANING_PERSON,      /* whose it is, of which there is mostly one: customer, guest */
    MEANING_NOT,         /* turns the sense round: not, disable */
    MEANING_VERB,        /* of sentences beside a checkbox: agree, send */
    MEANING_ORDER,       /* enter, choose: nothing at the beginning of a text, a word elsewhere */
    MEANING_PREPOSITION, /* what stands before it is the matter: "date of travel" */
    MEANING_SPEECH,      /* I, you, how: this is a sentence, not a name */
    MEANING_STOP,        /* says nothing */
};

struct meaning {
    enum meaning_kind kind;
    int group;  /* phrases of one group mean the same; -1 for none */
    bool alone; /* means so only where nothing stands beside it: "First" */
};

#define MEANING_WORDS_MAX 6  /* of one phrase */
#define MEANING_KEY_SIZE  48 /* bytes */

/*
 * The key under which a word or phrase is looked up: without spaces, and the same for all letters
 * that a reader of pixels may take for each other ("Emai1", "e-mail"). False when no phrase can
 * have it.
 */
bool meaning_key(const struct fold_char *chars, int count, char key[MEANING_KEY_SIZE]);

struct meaning meaning_of(const char *key);

/* How near two groups are that are not the same: mobile and phone. 0..1 */
double meaning_near(int group_a, int group_b);

#endif

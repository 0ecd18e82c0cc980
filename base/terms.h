/*
 * terms: a label or a datum's name taken apart: words, joined to the phrases that the vocabulary of
 * forms knows, without what says nothing, and each with its weight. For base/label.c.
 */
#ifndef BASE_TERMS_H
#define BASE_TERMS_H

#include "base/meaning.h"

#define TERMS_MAX 32 /* words of a text; the rest of a longer one is not looked at */
#define TERM_TOP_DIGIT                                                                             \
    9 /* numbers up to this count fields ("Phone 2"), greater ones are names ("Order 10248") */

struct term {
    struct meaning meaning;
    const struct fold_char *chars; /* borrowed from the folded text */
    int count;
    char key[MEANING_KEY_SIZE]; /* "" for a word that no phrase can hold */
    int number;                 /* -1 for none */
    double worth;               /* when it fits */
    double against;             /* when it is left over */
    bool aside;                 /* in brackets */
    bool head;                  /* what the text is about */
    bool cut;                   /* followed by a dot: maybe an abbreviation */
    bool either;                /* an "or" or a slash stands before it */
    bool taken;                 /* has its partner */
};

struct terms {
    struct folded text;
    struct term items[TERMS_MAX];
    int count;
    bool speech; /* a sentence rather than a name */
};

/* Reads TEXT (NULL: nothing); with HUMPS firstName is two words. To be finished; not to be copied.
 */
void terms_read(struct terms *t, const char *text, bool humps);

/* Would it make a difference to read it with humps? */
bool terms_has_humps(const struct terms *t);

void terms_finish(struct terms *t);

#endif

/*
 * clause: one thing that an instruction says to do, as steps. Part of the literal policy.
 *
 * Clauses are matched against a table of patterns (clause_patterns.c); what a pattern means is
 * built from the phrases in its slots (clause_build.c). The first pattern that fits decides; when
 * it fits in two ways that differ, the clause is refused.
 */
#ifndef POLICY_CLAUSE_H
#define POLICY_CLAUSE_H

#include "policy/phrase.h"

struct steps {
    struct step *items; /* owned */
    int count, capacity;
};

struct step *steps_add(struct steps *s, enum step_verb verb); /* valid until the next add */
void steps_cut(struct steps *s, int count);                   /* forgets all from COUNT on */
void steps_finish(struct steps *s);

/* What the slots of a pattern are filled with. */
#define SLOTS_MAX 4

struct slot {
    char kind;
    bool open; /* nothing follows it */
    struct span span;
};

struct match {
    struct slot slots[SLOTS_MAX];
    int count;
};

const struct slot *match_slot(const struct match *m, char kind); /* NULL when there is none */

struct pattern {
    const char *text; /* words as in span.h, [optional] ones, slots <t>, and : */
    /* Appends the steps that a match means. FIT_NO: it does not mean this. */
    enum fit (*build)(struct talk *talk, const struct match *m, enum step_verb verb,
                      struct steps *out);
    enum step_verb verb;
    bool elidable; /* the verb may be left out when it is said again */
};

extern const struct pattern patterns[];
extern const int pattern_count;

/*
 * clause_match.c: appends the steps that S means by one pattern (WITHOUT_VERB: by what follows its
 * verb). FIT_REFUSED when it may mean different steps.
 */
enum fit pattern_try(struct talk *talk, struct span s, const struct pattern *pattern,
                     bool without_verb, struct steps *out);

/*
 * Appends the steps of a clause to OUT. BEFORE is the pattern of the clause before (NULL: none):
 * its verb may be left out ("Type Ada into First name and Lovelace into Last name"). USED becomes
 * the pattern that fits.
 */
enum fit clause_parse(struct talk *talk, struct span s, const struct pattern *before,
                      struct steps *out, const struct pattern **used);

#endif

/*
 * clause_build: what the patterns mean. Slots: a things, t a thing, v a value, o options, q plain
 * data, c small or capital letters, k keys, n how often, s how long, d a direction, w how far, p a
 * menu path, z a state, x and y either.
 */
#ifndef POLICY_CLAUSE_BUILD_H
#define POLICY_CLAUSE_BUILD_H

#include "policy/clause.h"

#define BUILDER(name)                                                                              \
    enum fit build_##name(struct talk *talk, const struct match *m, enum step_verb verb,           \
                          struct steps *out)

BUILDER(each); /* VERB a, n times */
BUILDER(keys); /* press k, n times */
BUILDER(open); /* click t: a tab, a link, a menu ... */
BUILDER(path); /* click every name of p */
BUILDER(submit);
BUILDER(pick);   /* select a, by what it is called: click, check or choose */
BUILDER(clear);  /* a; a checkbox is unchecked */
BUILDER(state);  /* VERB a when z is checked, STEP_UNCHECK when it is not */
BUILDER(scroll); /* d, w, t */
BUILDER(scroll_end);
BUILDER(scroll_to); /* d, until t is seen */
BUILDER(expand);
BUILDER(expand_all);
BUILDER(expand_to); /* until t is seen, and then VERB it */
BUILDER(find);      /* scroll to t, VERB it */
BUILDER(drag);      /* the first t to the second */
BUILDER(wait);      /* s */
BUILDER(screenshot);
BUILDER(nothing); /* what hem does anyway */

/* clause_fill.c */

BUILDER(type);        /* v into t */
BUILDER(type_case);   /* v in the letters c into t */
BUILDER(type_open);   /* v, where it may be rather the name of a field */
BUILDER(type_weak);   /* v in t, where "in t" may belong to the text */
BUILDER(type_there);  /* v into what was spoken of */
BUILDER(field_value); /* the t q */
BUILDER(set);         /* t to v or q */
BUILDER(set_as);      /* the value x as the field y; the x as y */
BUILDER(set_either);  /* x as y, in either order */
BUILDER(replace);     /* a part of a text, which is refused */
BUILDER(slide);       /* the slider t to q */
BUILDER(choose);      /* o in t */
BUILDER(pick_value);  /* the t q */

/* clause_search.c */

BUILDER(login);        /* as x with the password y */
BUILDER(search_works); /* by what is said of the films, books ... v */
BUILDER(search);       /* v in what is searched with, and Return where nothing else is pressed */

/* clause_copy.c */

BUILDER(copy); /* what the first t holds into the second */

/* clause_expect.c */

BUILDER(see);     /* VERB t or the text v, within s */
BUILDER(not_see); /* ... its absence */
BUILDER(expect_state);
BUILDER(expect_value); /* t is v */
BUILDER(read);         /* t as q */

#endif

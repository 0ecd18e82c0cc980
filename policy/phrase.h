/*
 * phrase: the parts of a clause: things on the screen, values, keys, numbers. Part of the literal
 * policy.
 *
 * Each function says whether the words are such a part. FIT_NO: they are something else.
 * FIT_REFUSED: they are, but what they mean is not clear enough; talk->refusal then says why.
 * Nothing is left in OUT but for FIT_YES.
 */
#ifndef POLICY_PHRASE_H
#define POLICY_PHRASE_H

#include "base/step.h"
#include "policy/lexicon.h"

enum fit { FIT_NO, FIT_YES, FIT_REFUSED };

#define REFUSAL_SIZE 320

struct talk {
    const struct target *it;    /* what was spoken of last; borrowed, NULL for nothing */
    struct span after;          /* what follows the clause in its sentence */
    char refusal[REFUSAL_SIZE]; /* why a phrase was refused */
};

/* Sets the refusal; the second puts the words in quotes before WHY. Returns FIT_REFUSED. */
enum fit refuse(struct talk *talk, const char *format, ...) __attribute__((format(printf, 2, 3)));
enum fit refuse_span(struct talk *talk, struct span s, const char *why);

/* What stands between a noun and the name it has (phrases of span.h). */
#define PHRASE_LABELLED                                                                            \
    "labelled|labeled|called|named|titled|marked|saying|with_the_label|with_the_text|"             \
    "with_the_name|with_the_title|with_label|with_text|that_says|that_reads|which_says|"           \
    "that_is_labelled|that_is_labeled|that_is_called|which_is_called"

struct thing {
    struct target target;
    const struct noun *noun; /* as what it was spoken of; NULL for nothing */
    bool plain;              /* only a name without article, noun or quotes */
};

#define THINGS_MAX 32

struct things {
    struct thing items[THINGS_MAX];
    int count;
};

/* S without the, a, your ... at its beginning, unless that is all it is. */
struct span phrase_strip(struct span s, bool *had);

/* A quoted or bare name as it is written, owned by the caller. */
enum fit phrase_name(struct talk *talk, struct span s, char **out);

/* A thing without relations: "the second Delete button". Its target may have neither text nor role
 * ("the section"). PLACE: it is what something else is in ("in the Billing section"). */
enum fit phrase_core(struct talk *talk, struct span s, bool place, struct thing *out);

/* A row of a table by what stands in it: "row of Ada", "Ada's row". ROWS: the words for it. FIT_NO:
 * no row is spoken of. The caller finishes OUT. */
enum fit phrase_row(struct talk *talk, struct span s, const char *rows, struct target *out);

/* phrase.c */

/* "the second Delete button in the row of Ada". The caller finishes its target. */
enum fit phrase_thing(struct talk *talk, struct span s, struct thing *out);

/* Where to look, as in "in the Billing section", "below Total", "in the row of Ada": the words from
 * their preposition on. A place that says nothing ("on the page") is RELATION_NONE. The caller
 * finishes OUT. */
enum fit phrase_place(struct talk *talk, struct span s, enum relation *relation,
                      struct target *out);

/* Adds to what LEFT is related to: "... in row RIGHT". Takes RIGHT over; refused when there are too
 * many. */
enum fit phrase_relate(struct talk *talk, struct target *left, enum relation relation,
                       struct target *right);

/* phrase_list.c */

/* One or several: "A, B and C", "the boxes A and B", "both X and Y". */
enum fit phrase_things(struct talk *talk, struct span s, struct things *out);
void things_finish(struct things *t);

/* Splits at commas and "and". How many PARTS; 0 when one is empty or there are more than MAX.
 * COMMAS: how many commas and "then" parted them. */
int phrase_split(struct span s, const char *conjunctions, struct span *parts, int max, int *commas);

/* phrase_value.c */

enum value_use {
    VALUE_TYPED,  /* into a field, exactly as written */
    VALUE_CHOSEN, /* an option: "the" before it does not count */
};

/* OPEN: nothing follows it, so that only its own words tell where it ends. The caller frees OUT. */
enum fit phrase_value(struct talk *talk, struct span s, enum value_use use, bool open, char **out);

#define VALUES_MAX 32

struct values {
    char *items[VALUES_MAX]; /* owned */
    int count;
};

/* One or several options: "A, B and C". */
enum fit phrase_values(struct talk *talk, struct span s, bool open, struct values *out);
void values_finish(struct values *v);

/* Does it look like data rather than like words: quoted, or with a digit or @? */
bool phrase_is_data(struct span s);

/* phrase_key.c */

/* Keys or chords, one or several: "Ctrl+S", "the down arrow key", "Tab, Tab and Enter". */
enum fit phrase_keys(struct talk *talk, struct span s, struct values *out);

bool phrase_count(struct span s, int *out);      /* "3 times", "twice" */
bool phrase_seconds(struct span s, double *out); /* "2 seconds", "half a minute" */
bool phrase_direction(struct span s, enum direction *out);
bool phrase_notches(struct span s, int *out); /* "3", "3 notches", "a bit"; 0 for "a page" */

#endif

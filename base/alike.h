/*
 * alike: comparing what was read from a screen with what a person wrote.
 *
 * Comparison is forgiving: case, spaces, punctuation at the ends, and the confusions that OCR really makes
 * (l I 1 |, O 0, rn m, vv w, quotes and dashes of all kinds). Input is UTF-8. Nothing here allocates for texts of
 * ordinary length.
 */
#ifndef BASE_ALIKE_H
#define BASE_ALIKE_H

#include <stdbool.h>

/* 0..1: 1 is equal but for case, spaces and OCR confusions; below 0.6 they are different things. Symmetric. */
double alike_score(const char *a, const char *b);

/* Equal but for case, spaces and punctuation at the ends; no OCR confusions. */
bool alike_equal(const char *a, const char *b);

/* The same value as far as an OCR reading of one can tell: case and spaces matter little, OCR confusions nothing,
 * but one letter that OCR does not confuse makes them different: "Ada Lovelace" and "Ada Lovelaci" differ. */
bool alike_value(const char *read, const char *meant);

/* How well NEEDLE stands somewhere in HAYSTACK as whole words, 0..1, scored as alike_score. */
double alike_within(const char *haystack, const char *needle);

/*
 * 0..1: how well a datum's name fits a field's label: as alike_score, and also with words in another order, left out
 * or added ("Your e-mail address *" and "Email"), and with the usual synonyms of forms (surname and last name, phone
 * and telephone, zip and postcode ...). 0.5 and more may be the same field; the best wins.
 */
double alike_label(const char *label, const char *name);

/* The nearest of COUNT words to WORD by edit distance, for "did you mean"; NULL when none is near. */
const char *alike_nearest(const char *word, const char *const *words, int count);

#endif

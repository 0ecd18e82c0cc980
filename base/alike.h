/*
 * alike: comparing what was read from a screen with what a person wrote.
 *
 * Comparison is forgiving: case, spaces, punctuation at the ends, and the confusions that OCR
 * really makes (l I 1 |, O 0, rn m, vv w, quotes and dashes of all kinds). Input is UTF-8; NULL is
 * as good as "". Nothing here allocates for texts of ordinary length.
 */
#ifndef BASE_ALIKE_H
#define BASE_ALIKE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * 0..1: 1 is equal but for case and spaces, and OCR confusions take a little; below 0.6 they are
 * different things: one wrong letter in a short word ("Ireland", "Iceland"), a word more ("Save
 * as"), another number. Symmetric.
 */
double alike_score(const char *a, const char *b);

/* Equal but for case, spaces and punctuation at the ends; no OCR confusions. */
bool alike_equal(const char *a, const char *b);

/*
 * The same value as far as an OCR reading of one can tell: spaces matter little, and neither do a
 * few OCR confusions and lost diacritics, but one letter that OCR does not confuse makes them
 * different: "Ada Lovelace" and "Ada Lovelaci". So does another digit. Capitals: a program may have
 * made them of small letters ("ada" read as "ADA" or "Ada" is the same), but a small letter where a
 * capital was meant is a lost Shift key ("Ada" read as "ada" differs; mail addresses and the inside
 * of words that are all capitals apart). "" is only "".
 */
bool alike_value(const char *read, const char *meant);

/* How well NEEDLE stands somewhere in HAYSTACK as whole words, 0..1, scored as alike_score. */
double alike_within(const char *haystack, const char *needle);

/* The same, and where: START and END (may be NULL) get the offsets in bytes of HAYSTACK, half open;
 * 0, 0 for nowhere. */
double alike_find(const char *haystack, const char *needle, size_t *start, size_t *end);

/*
 * 0..1: how well a datum's name fits a field's label: as alike_score, and also with words in
 * another order, left out or added ("Your e-mail address *" and "Email"), and with the usual
 * synonyms of forms (surname and last name, phone and telephone, zip and postcode ...). 0.5 and
 * more may be the same field; the best wins.
 */
double alike_label(const char *label, const char *name);

/* The nearest of COUNT words to WORD by edit distance, for "did you mean"; NULL when none is near.
 */
const char *alike_nearest(const char *word, const char *const *words, int count);

#endif

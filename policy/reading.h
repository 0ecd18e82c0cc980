/*
 * reading: what a scene says at a place, and whether that is what was meant.
 */
#ifndef POLICY_READING_H
#define POLICY_READING_H

#include "base/buf.h"
#include "base/scene.h"

#include <stdbool.h>

/* Walks the lines of text of a scene: {.scene = scene}, or only of the words whose centre lies in
 * `within`. */
struct line_reader {
    const struct scene *scene;
    struct rect within; /* empty: everywhere */
    int next;           /* word index */
    struct buf text;    /* the words of this line with single spaces */
    struct rect box;
    float confidence; /* of the least sure word */
};

bool line_next(struct line_reader *r);
void line_finish(struct line_reader *r);

/* Appends all text in BOX, line by line with '\n' between; returns the confidence of the least sure
 * word, 1 for none. */
float reading_inside(const struct scene *scene, struct rect box, struct buf *out);

/*
 * Appends what stands beside a label: the rest of its line to the right; when there is nothing, the
 * line under it that begins about where it begins. False when there is neither.
 */
bool reading_beside(const struct scene *scene, struct rect label, struct buf *out);

/* Appends what a control holds: its value, its chosen state as yes or no, or its text. */
void reading_of(const struct element *e, struct buf *out);

/*
 * Does READ show the value MEANT? As alike_value, and as programs reformat: numbers with
 * separators, telephone numbers with other spaces and brackets, dates in another order of day,
 * month and year with the same meaning where PATTERN (what the empty field showed, "mm/dd/yyyy";
 * NULL: none) tells the order.
 */
bool reading_shows(const char *read, const char *meant, const char *pattern);

/* Is most of it beyond ASCII, so that a reader of another language can't be trusted with it? */
bool reading_is_foreign(const char *meant);

/* Is READ the visible end or beginning of the longer MEANT? */
bool reading_shows_part(const char *read, const char *meant);

/* Only bullets, dots and asterisks, as a password field shows them, or one letter all along that
 * they were taken for? */
bool reading_is_hidden(const char *read);
bool reading_is_masked(const char *read); /* bullets, dots and asterisks alone */

#endif

/*
 * candidates: everything on a scene that a target's words may mean, each with how well it fits:
 * elements by their text, label, group or value, and runs of plain words. For vision/find.c.
 */
#ifndef VISION_CANDIDATES_H
#define VISION_CANDIDATES_H

#include "base/buf.h"
#include "base/scene.h"
#include "base/step.h"

struct candidate {
    const struct element *element; /* borrowed from the scene; NULL: plain words, or a picture */
    int first_word, end_word;      /* of the scene, half open; plain words only */
    bool picture;                  /* it was found by its pixels */
    struct point click;            /* in the box: where to click; pictures only */
    struct rect box;
    double score;    /* how well the text itself agrees, 0..1 */
    double rank;     /* 0..1, to choose by: a name beats a value, the whole a part, an element plain
                        words */
    double distance; /* from what it is sought beside; set by vision/find.c */
};

struct candidates {
    struct candidate *items; /* owned */
    int count, capacity;
};

#define CANDIDATE_RANK_MIN 0.6 /* what fits less is something else */

enum candidate_roles {
    ROLES_STRICT, /* only what the target asks for */
    ROLES_KIN,    /* what may look like it: a link for a button, plain words for a menu item */
};

/* Adds what fits, as it comes. Text that is broken over lines is looked for where no single line
 * has it. */
void candidates_collect(struct candidates *c, const struct scene *scene,
                        const struct target *target, enum candidate_roles roles);

/* Adds one without looking for anything. */
struct candidate *candidates_add(struct candidates *c);
void candidates_finish(struct candidates *c);

/* Keeps those whose rank is within MARGIN of the best one's. */
void candidates_keep_best(struct candidates *c, double margin);

/* Leaves one of several that are the same thing: an element and the words that label it, a link in
 * its cell. TEXT is what was sought. */
void candidates_unite(struct candidates *c, const char *text);

/* Rows from top to bottom, each from left to right. */
void candidates_sort(struct candidates *c);

/* What an element is called: what is written inside it, else its label, else its value. Borrowed
 * from the scene. */
const char *candidate_name(const struct element *e);

/* What is read there: the element's name, or the words with single spaces; appended. */
void candidate_text(const struct scene *scene, const struct candidate *c, struct buf *out);

/* For people: `button "Delete" at 40,120 (60x24)`, `text "Delete" at ...`; appended. */
void candidate_print(const struct scene *scene, const struct candidate *c, struct buf *out);

#endif

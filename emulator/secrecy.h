/*
 * secrecy: does what a person types go where it must not be told? By what the eyes see: fields for
 * passwords (their dots, or what they are called), and fields and places that were declared secret.
 *
 * When in doubt, it does: what was told once can't be taken back.
 */
#ifndef EMULATOR_SECRECY_H
#define EMULATOR_SECRECY_H

#include "base/scene.h"

#include <stdbool.h>

#define SECRECY_FIELDS_MAX 24
#define SECRECY_LABEL_SIZE 64

/* What was declared; borrowed. */
struct secrecy_terms {
    const char *const *labels; /* of fields */
    int label_count;
    const struct rect *regions;
    int region_count;
};

struct secret_field {
    struct rect box;
    char label[SECRECY_LABEL_SIZE]; /* "" for none */
    bool there;                     /* on the scene that was looked at last */
};

/* Zero-initialised is valid: nothing was declared. */
struct secrecy {
    struct secrecy_terms terms;
    struct secret_field fields[SECRECY_FIELDS_MAX]; /* that were seen so far */
    int count;
    bool doubtful; /* the last scene speaks of a password, and of its field nothing was seen */
};

enum focus {
    FOCUS_OPEN, /* what is typed may be told; in this order the worst of several is the largest */
    FOCUS_UNSURE,
    FOCUS_SECRET,
};

/* Looks for secret fields. One that was seen before stays one, whatever it shows, as long as its
 * name is on the screen, and nothing else is where it was. */
void secrecy_look(struct secrecy *s, const struct scene *scene);

/* Is there anything secret on the scene that was looked at last? */
bool secrecy_applies(const struct secrecy *s);

/* Where would keys go on this scene, which was looked at last? CLICKED: where a button was pressed
 * when the focus last may have moved; NULL: a key, or a program, may have moved it. */
enum focus secrecy_focus(const struct secrecy *s, const struct scene *scene,
                         const struct point *clicked);

/* The places that no picture may show: at most MAX, of which the last may hold several. */
int secrecy_places(const struct secrecy *s, struct rect *out, int max);

#endif

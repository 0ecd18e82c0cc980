/*
 * controls: which control of a scene a name and its value mean, told by looking: `Country: France`
 * is a combobox called Country, a radio button France in the group Country, or a textbox; `I agree:
 * yes` is a checkbox.
 */
#ifndef POLICY_CONTROLS_H
#define POLICY_CONTROLS_H

#include "base/scene.h"

#include <stdbool.h>

enum control_use {
    CONTROL_VALUE,  /* the value is typed or chosen */
    CONTROL_TOGGLE, /* the value says whether it is checked */
    CONTROL_OPTION, /* it is the option that the value names, in the group that the name names */
};

struct control {
    const struct element *element; /* borrowed from the scene; NULL for none */
    enum control_use use;
    double fit; /* 0..1; CONTROL_FIT_WEAK and more may be it */
};

#define CONTROL_FIT_WEAK   0.5
#define CONTROL_FIT_STRONG 0.75
#define CONTROL_FIT_SAME   0.02 /* nearer than this are equally good */

/* How well one element fits. */
struct control control_fit(const struct scene *scene, const struct element *element,
                           const char *name, const char *value);

/* The one that fits well but is disabled; NULL for none. It does not count among the others. */
const struct element *control_barred(const struct scene *scene, const char *name,
                                     const char *value);

/* The best of the scene, and in RIVAL (may be NULL) the next best other one. element NULL when none
 * fits at all. */
struct control control_find(const struct scene *scene, const char *name, const char *value,
                            struct control *rival);

/* The scene's only field, when nothing names it: whatever a person calls it, it is meant. NULL for
 * none. */
const struct element *control_lone(const struct scene *scene);

/* The only one of ROLE (ROLE_NONE: of all fields) that is still empty: "the text field" among
 * others that are filled in. NULL for none. */
const struct element *control_empty(const struct scene *scene, enum role role);

/* yes/no, true/false, on/off, 1/0, x ...: false when the value says neither. */
bool control_says(const char *value, bool *yes);

#endif

/*
 * touch: all that an action may touch, for the guard: what lies under it, what the keys go to, and
 * what else they may press: Return in a form its buttons, the space bar what has the focus, Alt and
 * a letter whatever has that letter. Where it can't be known what a key would press, everything
 * that it may press is touched.
 */
#ifndef POLICY_TOUCH_H
#define POLICY_TOUCH_H

#include "base/action.h"
#include "base/scene.h"
#include "base/step.h"
#include "policy/keyset.h"

/* Kinds of action, in the words of a task file. */
enum deed {
    DEED_ANY,
    DEED_CLICK, /* with any button; pressing and releasing one, too */
    DEED_DRAG,
    DEED_TYPE,  /* characters, be they typed as a text, pressed one by one, or pasted */
    DEED_PRESS, /* keys; Return and Tab in a text, too */
    DEED_SCROLL,
    DEED_MOVE,
    DEED_COUNT
};

const char *deed_name(enum deed deed);      /* "click" */
enum deed deed_from_name(const char *name); /* DEED_COUNT when unknown */

/* Something that is about to be done. */
struct attempt {
    const struct step *step; /* NULL: none */
    const struct action *action;
    const struct scene *scene;
    struct point pointer;      /* where the pointer is */
    const char *window;        /* title of the window under it; "" for none */
    const struct keyset *held; /* keys that are down already */
    bool wandered;             /* keys may have moved the focus to where no eye sees it */
};

#define TOUCH_TEXTS 3

struct touch {
    enum deed deed;
    struct keyset keys;            /* pressed, or down meanwhile */
    bool keys_unknown;             /* they can't be told */
    const struct element *element; /* NULL: none is known there */
    enum role role;                /* the element's, or what the step says; ROLE_NONE: not known */
    struct rect place;             /* empty: not known */
    const char
        *texts[TOUCH_TEXTS]; /* what is written there, or what the step says; NULL: no more */
    const char *how;         /* static; why it is touched where that does not show; NULL */
    bool only_forbids;       /* not itself what is clicked: the step's words, the row of a
                                list around it; what would allow these allows nothing */
    bool harmless;           /* changes nothing: moving the pointer, scrolling */
};

/* Hands VISIT one touch after the other; what a touch points to is valid until VISIT returns. An
 * action that is no work of the hands, or only lets go of a key, touches nothing. */
void touch_all(const struct attempt *a, void (*visit)(void *self, const struct touch *t),
               void *self);

/* For people: `button "Save"`, `"Delete everything"`, `something unknown at 40,120`. */
void touch_print(const struct touch *t, struct buf *out);

/* May pressing KEYS move the focus? */
bool keys_move_focus(const struct keyset *keys);

#endif

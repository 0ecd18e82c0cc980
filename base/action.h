/*
 * action: one thing that hands can do, at pixels. Policies decide it, the guard judges it, input/
 * performs it. Keys are named as in base/key.h ("Ctrl+S", "Page_Down"), which knows the names of
 * every dialect that hem meets.
 */
#ifndef BASE_ACTION_H
#define BASE_ACTION_H

#include "base/buf.h"
#include "base/key.h"
#include "base/rect.h"

#include <stdbool.h>

enum action_kind {
    ACTION_NONE,       /* look again, at once */
    ACTION_WAIT,       /* do nothing for `ms`, or until the screen changes when `until_change` */
    ACTION_MOVE,       /* the pointer to `at` */
    ACTION_CLICK,      /* `count` times `button` at `at`, `keys` held */
    ACTION_MOUSE_DOWN, /* press `button` at `at` and keep it */
    ACTION_MOUSE_UP,   /* release `button` at `at` */
    ACTION_DRAG,       /* press `button` at path[0], move through the path, release at its end */
    ACTION_SCROLL,     /* wheel over `at`: dy notches (down is positive), dx (right is positive) */
    ACTION_TYPE,       /* `text` into what has the focus; newline and tab are keys */
    ACTION_KEY,        /* the chord `keys`, `repeat` times */
    ACTION_SCREENSHOT, /* keep the picture under the name `text`: the loop's work, not the hands' */
    ACTION_DONE,       /* the policy has nothing more to do */
    ACTION_KIND_COUNT
};

/* X11 button numbers. */
enum button {
    BUTTON_LEFT = 1,
    BUTTON_MIDDLE = 2,
    BUTTON_RIGHT = 3,
    BUTTON_BACK = 8,
    BUTTON_FORWARD = 9
};

#define ACTION_PATH_MAX  32
#define ACTION_KEYS_SIZE 64

struct action {
    enum action_kind kind;
    bool has_at; /* else: where the pointer is */
    struct point at;
    enum button button;
    int count; /* clicks, 1..3 */
    struct point path[ACTION_PATH_MAX];
    int path_count;
    int dx, dy;        /* notches */
    const char *text;  /* UTF-8; borrowed from the policy until it decides again */
    const char *shown; /* what to write instead of `text` in logs (a secret's hole); NULL: the text
                          itself */
    char keys[ACTION_KEYS_SIZE]; /* "Ctrl+Shift+T" */
    int repeat;                  /* 1..100 */
    int ms;
    bool until_change;
    bool commits; /* may send the data away (a submit button): not to be repeated lightly */
};

const char *action_name(enum action_kind kind); /* "mouse_down" */

/* One line for people and logs: `click left at 412,300`, `type "Ada"`. Never a secret. */
void action_print(const struct action *a, struct buf *out);

#endif

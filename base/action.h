/*
 * action: one thing that hands can do, at pixels. Policies decide it, the guard judges it, input/
 * performs it. Keys are named as in base/key.h ("Ctrl+S", "Page_Down"), which knows the names of
 * every dialect that hem meets.
 *
 * This is the whole of what any dialect of models can ask of hands. What some of them have in one
 * word is two here: to submit a text ends it with a newline, to clear a field first is Ctrl+A.
 */
#ifndef BASE_ACTION_H
#define BASE_ACTION_H

#include "base/buf.h"
#include "base/err.h"
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
    ACTION_SCROLL,     /* wheel over `at`: dy (down is positive), dx (right is positive) */
    ACTION_TYPE,       /* `text` into what has the focus; newline and tab are keys */
    ACTION_KEY,        /* the chord `keys`, `repeat` times */
    ACTION_KEY_DOWN,   /* press `keys` and keep them */
    ACTION_KEY_UP,     /* release `keys` */
    ACTION_HOLD,       /* the chord `keys`, held for `ms` */
    ACTION_SCREENSHOT, /* keep the picture under the name `text`: the loop's work, not the hands',
                          as are the next two */
    ACTION_ZOOM,       /* keep the picture of `region`, pixel for pixel */
    ACTION_CURSOR,     /* tell where the pointer is, in `at` */
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

#define ACTION_PATH_MAX  128
#define ACTION_KEYS_SIZE 64
#define ACTION_NOTCH     120 /* pixels that one notch of the wheel stands for (Chromium's) */

struct action {
    enum action_kind kind;
    bool has_at; /* else: where the pointer is */
    struct point at;
    enum button button;
    int count; /* clicks, 1..3 */
    struct point path[ACTION_PATH_MAX];
    int path_count;
    int dx, dy;        /* notches of the wheel, or pixels of what is scrolled ... */
    bool in_pixels;    /* ... rounded to notches, to one at least */
    const char *text;  /* UTF-8; borrowed from the policy until it decides again */
    const char *shown; /* what to write instead of `text` in logs (a secret's hole); NULL: the text
                          itself */
    char keys[ACTION_KEYS_SIZE]; /* "Ctrl+Shift+T" */
    int repeat;                  /* 1..100 */
    int ms;                      /* wait: to an hour; hold: to 5 minutes */
    struct rect region;          /* zoom */
    bool until_change;
    bool commits;      /* may send the data away (a submit button): not to be repeated lightly */
    const char *check; /* what a model's provider wants a person to confirm before; borrowed as
                          `text` is; NULL: nothing */
};

const char *action_name(enum action_kind kind); /* "mouse_down" */
bool action_is_keys(enum action_kind kind);     /* of the keyboard alone: type, key, hold ... */

/* One line for people and logs: `click left at 412,300`, `type "Ada"`. Never a secret. */
void action_print(const struct action *a, struct buf *out);

enum action_parsed {
    ACTION_PARSED,
    ACTION_BAD,     /* it begins with an action's name, and goes on otherwise */
    ACTION_NO_LINE, /* it is no action */
};

/*
 * Reads back what action_print writes. TEXT, which A's text points to, is owned by the caller
 * (free; NULL for none). Else ERR_USAGE. Whether the screen has such a point is for the hands to
 * say.
 */
enum action_parsed action_parse(const char *line, struct action *a, char **text, struct err *e);

#endif

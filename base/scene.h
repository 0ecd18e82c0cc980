/*
 * scene: what is on the screen: elements and words. Filled by vision/, read by everybody else.
 *
 * Boxes are in screen pixels, half open. Strings are UTF-8 and live in the scene's arena: they are
 * valid until the scene is reset. A scene is refilled in place, so that a warm turn allocates
 * nothing.
 */
#ifndef BASE_SCENE_H
#define BASE_SCENE_H

#include "base/arena.h"
#include "base/rect.h"

#include <stdbool.h>

/* ARIA role names, the same words in JSON, steps and reports. */
enum role {
    ROLE_NONE,
    ROLE_BUTTON,
    ROLE_TEXTBOX,
    ROLE_CHECKBOX,
    ROLE_RADIO,
    ROLE_COMBOBOX,
    ROLE_LINK,
    ROLE_TAB,
    ROLE_SLIDER,
    ROLE_SWITCH,
    ROLE_SPINBUTTON,
    ROLE_OPTION,
    ROLE_MENUITEM,
    ROLE_LISTITEM,
    ROLE_CELL,
    ROLE_COLUMNHEADER,
    ROLE_IMAGE,
    ROLE_SCROLLBAR,
    ROLE_PROGRESSBAR,
    ROLE_DIALOG,
    ROLE_TEXT,
    ROLE_COUNT
};

/* ARIA states and properties, as bits; the same words in JSON. */
enum state {
    STATE_CHECKED = 1u << 0,
    STATE_SELECTED = 1u << 1,
    STATE_DISABLED = 1u << 2,
    STATE_FOCUSED = 1u << 3,
    STATE_EXPANDED = 1u << 4,
    STATE_REQUIRED = 1u << 5,  /* a field marked with an asterisk or "required" */
    STATE_MULTILINE = 1u << 6, /* a textbox of several lines */
    STATE_MODAL = 1u << 7,     /* a dialog: what is around it can't be reached */
    STATE_MIXED = 1u << 8,     /* neither checked nor not: some of what it stands for is */
};
#define STATE_BITS 9

struct element {
    int id; /* from 1; kept from frame to frame while it is the same thing */
    enum role role;
    struct rect box;
    const char *text;  /* what is written inside it; "" for nothing */
    const char *label; /* what names it: inside, left, above, right, placeholder; "" for nothing */
    const char *value; /* NULL where a control has none; "" for an empty field */
    const char
        *group;       /* the legend of the group it is in (a radio group's question); "" for none */
    unsigned states;  /* of enum state */
    float confidence; /* 0..1 */
};

struct word {
    const char *text;
    struct rect box;
    float confidence; /* 0..1 */
    int line;         /* words of one line of text share it; they stand together, left to right */
};

struct scene {
    int width, height;        /* of the frame that was read */
    struct element *elements; /* owned; in reading order */
    int element_count, element_capacity;
    struct word *words; /* owned; line by line from top to bottom */
    int word_count, word_capacity;
    const char *window;  /* the title of the active window; "" when there is none */
    struct rect changed; /* what differs from the frame of the scene before */
    double capture_ms, read_ms;
    struct arena arena; /* owned */
};

/* Empty for a frame of this size; keeps the memory. */
void scene_reset(struct scene *s, int width, int height);
void scene_finish(struct scene *s);

/* Adds one and returns it to be filled in: zeroed, text/label/group "". Valid until the next add.
 */
struct element *scene_add_element(struct scene *s);
struct word *scene_add_word(struct scene *s);

/* Its label without the group that this begins with: "Agree" of "The room was clean Agree". */
const char *element_own_label(const struct element *e);

/* The first that has the focus; NULL when none has. */
const struct element *scene_focused(const struct scene *s);

const struct element *scene_element(const struct scene *s, int id); /* NULL when there is none */

/* The topmost (smallest) element that holds the point; NULL for none. Cells of tables, which only
 * hold others, don't count. */
const struct element *scene_element_at(const struct scene *s, struct point p);

const char *role_name(enum role role);      /* "button"; ROLE_NONE is "none" */
enum role role_from_name(const char *name); /* ROLE_NONE when unknown */
const char *state_name(enum state state);   /* "checked" */
unsigned state_from_name(const char *name); /* 0 when unknown */

/* Does it hold a value that a person types or chooses: textbox, combobox, spinbutton, slider? */
bool role_is_field(enum role role);

/* Is it checked or not, on or off: checkbox, radio, switch? */
bool role_is_checkable(enum role role);

/* Is it a place in a table that holds texts and controls: cell, columnheader? */
bool role_is_cell(enum role role);

#endif

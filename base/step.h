/*
 * step: one thing that a person would say, one line of text: `type "Ada" into "First name"`.
 *
 * The same line stands in scripts, recordings, skills, reports and logs. step_print writes the
 * canonical form and step_parse reads it back to the same step, exactly. The language is described
 * in docs/tasks.md.
 */
#ifndef BASE_STEP_H
#define BASE_STEP_H

#include "base/buf.h"
#include "base/err.h"
#include "base/rect.h"
#include "base/scene.h"

#include <stdbool.h>

enum step_verb {
    STEP_CLICK,        /* click TARGET */
    STEP_DOUBLE_CLICK, /* double-click TARGET */
    STEP_TRIPLE_CLICK,
    STEP_RIGHT_CLICK,
    STEP_MIDDLE_CLICK,
    STEP_HOVER,
    STEP_TYPE,          /* type "text" [into TARGET] */
    STEP_CLEAR,         /* clear TARGET */
    STEP_SET,           /* set TARGET to "text": whatever kind of control it is */
    STEP_CHOOSE,        /* choose "text" [in TARGET] */
    STEP_CHECK,         /* check TARGET */
    STEP_UNCHECK,       /* uncheck TARGET */
    STEP_PRESS,         /* press Ctrl+S [N times]: keys in `text`, count */
    STEP_SCROLL,        /* scroll up|down|left|right [N] [in TARGET]: direction, count; scroll
                           [up|down] to TARGET2: until it is seen */
    STEP_EXPAND,        /* expand [TARGET], expand all (count EXPAND_ALL), expand to TARGET2: until
                           it is seen */
    STEP_COPY,          /* copy TARGET to TARGET2 */
    STEP_DRAG,          /* drag TARGET to TARGET2 */
    STEP_WAIT,          /* wait N s|ms: seconds */
    STEP_WAIT_FOR,      /* wait for [no] TARGET [within N s] */
    STEP_EXPECT,        /* expect [no] TARGET [within N s] */
    STEP_EXPECT_VALUE,  /* expect TARGET is "text" [within N s] */
    STEP_EXPECT_STATE,  /* expect TARGET [not] checked|selected|disabled|focused|expanded [within N
                           s] */
    STEP_EXPECT_SCREEN, /* expect screen "name" [within N s]: name in `text` */
    STEP_READ,          /* read TARGET as name */
    STEP_SCREENSHOT,    /* screenshot [as "name"] */
    STEP_VERB_COUNT
};

enum target_kind {
    TARGET_NONE,   /* what has the focus, or the whole screen */
    TARGET_TEXT,   /* "Save", button "Save", field "Name" */
    TARGET_AT,     /* at 412,300 */
    TARGET_ID,     /* #12 */
    TARGET_IMAGE,  /* image "logo.png" */
    TARGET_SCREEN, /* what `expect screen "main"` looks for; never parsed */
};

enum relation {
    RELATION_NONE,
    RELATION_IN_ROW, /* "Delete" in row "Ada" */
    RELATION_IN,     /* "Country" in "Billing address": in that group, dialog or table */
    RELATION_LEFT_OF,
    RELATION_RIGHT_OF,
    RELATION_ABOVE,
    RELATION_BELOW,
    RELATION_NEAR,
};

enum direction { DIRECTION_DOWN, DIRECTION_UP, DIRECTION_LEFT, DIRECTION_RIGHT };

struct target {
    enum target_kind kind;
    enum role role; /* ROLE_NONE: any */
    bool field;     /* `field "Name"`: any role that holds a value, checkbox and radio too */
    int ordinal;    /* 2nd button "Delete": 2; 0: the only one; -1: last */
    char *text; /* owned; the text or label, the image's file name; NULL in `2nd checkbox`, with a
                   role or field */
    struct point at;        /* TARGET_AT */
    int id;                 /* TARGET_ID */
    enum relation relation; /* how it lies to `of` */
    struct target *of;      /* owned; NULL with RELATION_NONE */
};

struct step {
    enum step_verb verb;
    struct target target;
    struct target second; /* drag's end; what is scrolled, expanded or copied to */
    char *text;           /* owned; the text to type, set or expect; keys; may hold {{name}} and
                             {{secret:name}} */
    char *name;           /* owned; read's and screenshot's name */
    int count;            /* press: times, 1..100; scroll: notches, to 1000 (0: one page's worth) */
    enum direction direction; /* scroll */
    double seconds;           /* wait, within: whole milliseconds, at most a day; 0: the default */
    unsigned state;           /* expect: one of enum state */
    bool negated;             /* expect no, expect not, wait for no */
};

#define EXPAND_ALL 1 /* a step's count */

/* Longest list of relations that a target may chain. */
#define TARGET_DEPTH_MAX 4

/*
 * Reads one line. False with ERR_USAGE and a text that names the column, the thing, and what would
 * be right (the nearest verb for a misspelt one). OUT is set only on success; the caller finishes
 * it.
 */
bool step_parse(const char *line, struct step *out, struct err *e);

/* A target alone, as it stands in a step: `2nd button "Delete" in row "Ada"`. */
bool target_parse(const char *text, struct target *out, struct err *e);

/* The canonical line, appended; no newline. */
void step_print(const struct step *s, struct buf *out);
void target_print(const struct target *t, struct buf *out);

void step_copy(struct step *to, const struct step *from); /* TO is not finished first */
void target_copy(struct target *to, const struct target *from);
bool step_equal(const struct step *a, const struct step *b);
void step_finish(struct step *s); /* frees; {0} again */
void target_finish(struct target *t);

const char *step_verb_name(enum step_verb verb); /* "double-click", "wait for", "expect" */

#endif

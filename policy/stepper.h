/*
 * stepper: the one place where steps become actions. Given a step and the newest scene it says the
 * next action, or that the step is done, or why it can't be done. It works in a closed loop: what
 * it did is checked on the next scene, and corrected once.
 */
#ifndef POLICY_STEPPER_H
#define POLICY_STEPPER_H

#include "policy/backdrop.h"
#include "policy/calendar.h"
#include "policy/decider.h"

#define STEPPER_FIND_MS   5000  /* how long a step waits for its target to appear */
#define STEPPER_EXPECT_MS 5000  /* expect, when it says no other */
#define STEPPER_WAIT_MS   10000 /* wait for, when it says no other */
#define STEPPER_TOUCH_MS  600   /* how long a control may take to show that it was touched */
#define STEPPER_SHOW_MS   1500  /* how long a program may take to show what was done */

enum stepped {
    STEPPED_ACT,    /* here is an action */
    STEPPED_DONE,   /* the step is done (and OUT holds no action) */
    STEPPED_FAILED, /* it can't be done: the error says why */
};

enum stepper_phase {
    PHASE_FIND,   /* look for the target */
    PHASE_CLEAR,  /* it was clicked: select what is in it */
    PHASE_ACT,    /* it is ready: do the real thing */
    PHASE_SEARCH, /* a list is open: look for the option */
    PHASE_CLOSE,  /* the list was closed: without a choice, or one of its suggestions was taken */
    PHASE_LEAVE,  /* it was typed: leave the field, which then takes it */
    PHASE_VERIFY, /* it was done: see that it is so */
};

/* How a `set` or `choose` is done, once the control was seen. */
enum stepper_mode {
    MODE_UNKNOWN,
    MODE_TYPE,
    MODE_LIST,
    MODE_LINES,
    MODE_CHECK,
    MODE_UNCHECK,
    MODE_SLIDE,
    MODE_MENU,
    MODE_DATE,
    MODE_CALENDAR,
    MODE_FILE
};

/* What is known of a calendar that a date is picked from. */
struct picking {
    bool standing;                /* it stands on the page: no field shows what is picked */
    bool elsewhere;               /* another day was picked, so that this one is seen to be */
    int moves;                    /* made by its arrows */
    int month;                    /* it showed before the last move, counted from year 0 */
    int arrow;                    /* of the last move */
    int effects[CALENDAR_ARROWS]; /* in months */
    struct rect arrows[CALENDAR_ARROWS]; /* where each was last seen: the pointer may hide it */
    int confirmed;                       /* ways tried to make the program take what was picked */
    struct stepper *select; /* owned; chooses the month or the year from a list, meanwhile */
};

#define SLIDE_NUMBERS_MAX 8

/* What is known of a slider that is being set. */
struct slide {
    int moves;           /* made */
    bool drags;          /* a click only brings the knob nearer: it must be dragged */
    bool keyed, no_keys; /* the last move was by keys; keys do nothing */
    bool has_step;       /* how far a key goes is known */
    int pressed;         /* keys of the last move, negative for lower ones */
    double before;       /* the number before it */
    struct point knob;   /* where the knob should be */
    bool has_old;        /* a place of the knob, 0..1, and its number are known */
    double old_fraction, old_value;
    struct rect number; /* where its number stands */
    struct slide_number {
        struct rect box;
        double value;
    } first[SLIDE_NUMBERS_MAX]; /* the numbers near it before it was moved */
    int first_count;
    struct rect changed; /* since the last move */
};

struct stepper {
    const struct policy_context *context; /* borrowed */
    struct plan plan;                     /* owned */
    bool busy;                            /* a step is under way */
    enum stepper_phase phase;
    enum stepper_mode mode;
    double since_ms; /* when the phase began, on clock_ms */
    int tries;       /* corrections made */
    int keys;        /* of PHASE_CLEAR: sent so far */
    size_t part;     /* of the step\'s text: where what is still to be chosen begins */
    int searches;    /* scrolls in an open list, until it moved no more */
    int returns;     /* and then the other way */
    int notches;     /* of the wheel, that are about a page of the list */
    int gone;        /* notches to the end, less those of the way back */
    bool upwards;    /* the list is being searched upwards */
    bool touched;    /* something changed in the field after it was typed into */
    bool leaves;     /* the field takes what was typed when it is left */
    int closed;      /* how many of the context's `close` were clicked */
    /* Of lines: what is chosen already stays; lit ones were seen; others were lit before the first
     * click; and went out with it; they are looked for. */
    bool keeps, lights, others, alone, sweeps;
    struct slide slide;
    struct picking picking;
    bool hidden;              /* a secret was typed: it is not read back letter by letter */
    struct rect place;        /* the target's box when last seen; empty: none */
    struct rect list;         /* where a list opened */
    struct backdrop backdrop; /* owned; what stood there before it did */
    struct rect field;        /* the field that is typed into, without what opens under it */
    struct buf old;           /* what the field held before it was typed into */
    struct buf pattern;       /* what an empty date field showed; of a list: the line at its edge;
                                 of what was expanded: the names */
    struct buf text;          /* what is really typed or chosen (secrets filled in) */
    struct buf shown;   /* what the field should show: the text, or its date in the field's order */
    struct data values; /* owned; what was read */
    struct buf notes;   /* what a person should know */
};

void stepper_init(struct stepper *s, const struct policy_context *context);
void stepper_finish(struct stepper *s);

/* Begins a step; takes the plan over. A step under way is dropped. */
void stepper_begin(struct stepper *s, struct plan *plan);

/* One look, one answer. While the step goes on, `busy` stays true. OUT's strings are valid until
 * the next call. */
enum stepped stepper_decide(struct stepper *s, const struct scene *scene, struct action *out,
                            struct err *e);

/* What the field that was typed into should show; NULL when nothing was. */
const char *stepper_shown(const struct stepper *s);

#endif

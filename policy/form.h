/*
 * form: the state of filling in one form; shared by form.c (what to do next) and form_match.c
 * (which datum is meant by which field). Nobody else includes it: the policy is made with
 * form_create of policy.h.
 */
#ifndef POLICY_FORM_H
#define POLICY_FORM_H

#include "policy/controls.h"
#include "policy/decider.h"

enum datum_state { DATUM_PENDING, DATUM_DONE, DATUM_GIVEN_UP };

struct form_item {
    enum datum_state state;
    int attempts;
    bool ambiguous; /* several fields of this scene fit it equally well */
    struct control
        control; /* its field on the scene that was matched last; element NULL for none */
};

struct form {
    struct form_task task;   /* borrowed inside */
    struct finder finder;    /* borrowed inside */
    struct form_item *items; /* owned, one for each datum of task.fields */
    struct rect lines; /* the box of lines that was last chosen in; empty: none, or it moved */
    int now;           /* the datum being filled in; -1 for none */
    bool weak;         /* the whole page was seen: doubtful matches count, too */
    bool scrolled;     /* the last step was a scroll */
    bool moved;        /* a scroll of this page moved it */
    bool at_end;       /* the page scrolls no further */
    bool submitted;
    double since_ms; /* when this page was first looked at, on clock_ms */
    int turning;     /* looks since "Next" was pressed; 0: it was not */
    int pages, idle_pages, filled_on_page;
    int expected;    /* expectations given out */
    char **required; /* owned, each owned: labels of required fields that were seen empty */
    int required_count;
    struct buf problems; /* what keeps the form from being sent */
};

/* Matches all data to the controls of the scene: the best pair first, each field and datum once. */
void form_match(struct form *f, const struct scene *scene);

/* Adds a problem for every required field that was left empty. */
void form_required(struct form *f);

void form_forget(struct form *f); /* frees what form_match remembers */

#endif

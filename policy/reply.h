/*
 * reply: what a model answered, in hem's own terms, whichever wire it came over: calls, in order.
 */
#ifndef POLICY_REPLY_H
#define POLICY_REPLY_H

#include "base/action.h"
#include "base/err.h"

enum call_kind {
    CALL_ACTION, /* `action`, on the screen's pixels; its text is `text` */
    CALL_STEPS,  /* `text`: steps of the step language, a line each */
    CALL_LOOK,   /* it wants to see the screen */
    CALL_ZOOM,   /* it wants to see action.region closely */
    CALL_CURSOR, /* it asks where the pointer is */
    CALL_DONE,   /* it says that the goal is reached; `text`: what it says of that */
    CALL_FAILED, /* it gives up; `text`: why */
    CALL_ASK,    /* it asks the person `text` */
    CALL_BAD,    /* it makes no sense; `text`: why, which the model is told */
};

struct call {
    enum call_kind kind;
    char *id;   /* owned: the wire's name for it; NULL: none */
    char *name; /* owned: the tool's; NULL: none */
    struct action action;
    char *text;   /* owned or NULL */
    char *check;  /* owned or NULL: what the provider wants a person to confirm, for people ... */
    char *checks; /* ... and owned or NULL: as it has to be sent back then */
    /* What came of it. */
    char *result;   /* owned or NULL: while it was not done */
    bool failed;    /* RESULT says why */
    struct buf png; /* of a CALL_ZOOM */
};

#define REPLY_CALLS_MAX 64 /* more in one answer is no plan but a runaway */

/* What came of a call behind one that failed, in the words that Anthropic wants. */
#define REPLY_HALTED "Not executed: an earlier computer action in this turn failed."

struct reply {
    struct call *calls; /* owned */
    int count;
    char *said; /* owned: text for people; "" for none, NULL for an empty reply */
    char *raw;  /* owned: its own words in the wire's form, to be sent back as they were */
};

/* Adds one, zeroed but for KIND, and returns it: valid until the next add. ID and NAME may be NULL.
 * NULL when there are too many: the last one that there was room for is spoilt then. */
struct call *reply_add(struct reply *r, enum call_kind kind, const char *id, const char *name);

/* What came of a call. */
void call_answer(struct call *c, bool failed, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Turns a call into one that makes no sense. */
void call_spoil(struct call *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

void reply_finish(struct reply *r); /* frees; {0} again */

#endif

/*
 * conversation: what a model is told, and what it said, as any provider's wire can be made of it.
 * It is of bounded size: what was done longer ago than the last few exchanges is a line of text
 * each, and only the newest of these.
 */
#ifndef POLICY_CONVERSATION_H
#define POLICY_CONVERSATION_H

#include "base/shot.h"
#include "policy/reply.h"

#define EXCHANGES_KEPT 2
#define LINES_KEPT     12
#define LINE_SIZE      160 /* bytes */

/* What is on the screen at one time. */
struct look {
    struct buf text; /* for the model: elements, other text, what has changed */
    struct buf png;  /* empty: the model gets no pictures */
};

/* What the model said, what came of it, and how it looked then. */
struct exchange {
    struct reply reply;
    struct look look;
};

struct conversation {
    const char *model;  /* borrowed, as are the next two */
    const char *system; /* who it is, how to say steps, what rules there are */
    const char *goal;   /* with the holes of secrets */
    struct shot shot;   /* of all pictures */
    bool blind;         /* no pictures */
    int way;            /* the provider's own: which tool version or form it uses ... */
    unsigned lacks;     /* ... and what it was found not to take */
    long tokens_max;    /* of an answer */
    struct buf paused;  /* what was said of an answer that goes on; the provider's own */
    struct look first;  /* before the first exchange */
    struct exchange exchanges[EXCHANGES_KEPT]; /* the oldest first; all but the last answered */
    int count;
    char lines[LINES_KEPT][LINE_SIZE]; /* what was done before these, the oldest first */
    int line_count;
    int turns; /* exchanges ever */
};

/* A new exchange begins: takes REPLY over. The oldest one that is too many becomes lines. */
struct exchange *conversation_add(struct conversation *c, struct reply *reply);

/* The newest exchange; NULL before the first. */
struct exchange *conversation_last(struct conversation *c);

/* The look that is newest: the last exchange's, or the first. */
struct look *conversation_look(struct conversation *c);

/* Appends how a conversation opens: the goal, and what was done before the exchanges that are
 * kept; and, WITH_LIST, the first look's text while there is no exchange. */
void conversation_opening(const struct conversation *c, bool with_list, struct buf *out);

/* Is the look that opens it to be shown: is there no exchange yet? */
bool conversation_is_new(const struct conversation *c);

void conversation_finish(struct conversation *c);

#endif

/*
 * chat_way: the ways to ask a server of /v1/chat/completions: what the model is told of how to
 * answer, and what pictures it takes. Some models were made for one of them.
 */
#ifndef POLICY_CHAT_WAY_H
#define POLICY_CHAT_WAY_H

#include "base/shot.h"

#include <stdbool.h>

enum chat_way_kind {
    CHAT_TOOLS,        /* hem's tools as functions */
    CHAT_JSON,         /* one JSON object of a schema */
    CHAT_TEXT,         /* lines of text */
    CHAT_UI_TARS,      /* version 1.5: pixels of the picture ... */
    CHAT_UI_TARS_1000, /* ... the others: thousandths */
    CHAT_QWEN,         /* computer_use, version 3: thousandths ... */
    CHAT_QWEN_2,       /* ... version 2.5: pixels of the picture */
    CHAT_OPENCUA,
    CHAT_WAYS
};

struct chat_way {
    const char *how;      /* told behind hem's own words, or, when ALONE, in their place */
    bool alone;           /* it gets the goal and the picture, and no list of the screen */
    const char *function; /* JSON: its only tool; NULL: hem's, or none */
    struct shot_rule rule;
};

extern const struct chat_way chat_ways[CHAT_WAYS];
extern const char *const chat_way_names[]; /* in the order of the kinds, ended by NULL */

/* The way for a model of this name when nobody says another. */
enum chat_way_kind chat_way_of(const char *model);

#endif

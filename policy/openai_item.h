/*
 * openai_item: the items that OpenAI's answers are made of, and that it wants back.
 */
#ifndef POLICY_OPENAI_ITEM_H
#define POLICY_OPENAI_ITEM_H

#include "policy/json.h"

/* How many calls it is: of the computer tool one for each action, one at least. 0: it is none. */
int openai_item_calls(const struct json *item);

/* Was it said to its end, and can it be answered? */
bool openai_item_is_whole(const struct json *item);

/* Appends what of OUTPUT, a list, is to be sent back: reasoning goes with what came of it; without
 * that, or unencrypted, it would be refused. */
void openai_item_keep(const struct json *output, struct buf *out);

#endif

/*
 * dialect: actions and steps that a model writes as plain text. Each is read by a grammar that
 * knows what it lets through; nothing is ever executed.
 */
#ifndef POLICY_DIALECT_H
#define POLICY_DIALECT_H

#include "policy/reply.h"
#include "policy/shot.h"

/* One JSON object of tools_answer_schema, perhaps in a fence or after some words. ERR_REPLY. */
bool dialect_json(struct reply *r, const char *text, struct err *e);

/* A ```steps block, or DONE:, GIVE UP:, ASK: at the beginning of a line; or tools called in text:
 * <tool_call>{"name": ..., "arguments": ...}</tool_call>. Adds nothing where there is none. */
void dialect_text(struct reply *r, const char *text);

#endif

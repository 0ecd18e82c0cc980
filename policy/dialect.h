/*
 * dialect: actions and steps that a model writes as plain text. Each is read by a grammar that
 * knows what it lets through; nothing is ever executed.
 */
#ifndef POLICY_DIALECT_H
#define POLICY_DIALECT_H

#include "base/shot.h"
#include "policy/reply.h"

/* One JSON object of tools_answer_schema, perhaps in a fence or after some words. ERR_REPLY. */
bool dialect_json(struct reply *r, const char *text, struct err *e);

/* A ```steps block, or DONE:, GIVE UP:, ASK: at the beginning of a line; or tools called in text:
 * <tool_call>{"name": ..., "arguments": ...}</tool_call>, or with XML in it. Adds nothing where
 * there is none. */
void dialect_text(struct reply *r, const char *text, const struct shot *shot);

/* A tool that was called over the wire, or in text (ID is NULL then): hem's own, or Qwen's
 * computer_use. ARGUMENTS: JSON as text, at times without its last brace. */
void dialect_call(struct reply *r, const char *id, const char *name, const char *arguments,
                  const struct shot *shot);

/* What models write that were made for this alone. */
void dialect_ui_tars(struct reply *r, const char *text, const struct shot *shot);
void dialect_opencua(struct reply *r, const char *text, const struct shot *shot);
void dialect_qwen_call(struct reply *r, const char *id, const char *name, const char *arguments,
                       const struct shot *shot);

#endif

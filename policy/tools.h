/*
 * tools: what a model can call beside the hands that some providers give it of their own: steps of
 * the step language, the end, a question. The same for every provider.
 */
#ifndef POLICY_TOOLS_H
#define POLICY_TOOLS_H

#include "policy/reply.h"

struct tool {
    const char *name, *description;
    const char *schema; /* JSON schema of its arguments */
};

/* How many there are; TOOLS[i]. */
extern const struct tool tools[];
extern const int tool_count;

/*
 * One answer without tools that holds the same: {"thought", "steps", "end", "message"}. For models
 * that are held to a JSON schema.
 */
extern const char *const tools_answer_schema;

/* Adds the call of a tool of that name; ARGUMENTS: a JSON object as text, "" for none. What makes
 * no sense is a CALL_BAD that says so. */
void tools_call(struct reply *r, const char *id, const char *name, const char *arguments);

/* Adds what an answer of tools_answer_schema says; ERR_REPLY when it is none. */
bool tools_answer(struct reply *r, const char *json, struct err *e);

/* What every model is told of hem, its steps and its rules. */
extern const char *const tools_system;

/* What a model is told beside that when its provider gives it hands of its own. */
extern const char *const tools_hands;

#endif

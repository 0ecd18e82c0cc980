/*
 * hands: what the providers' own computer tools ask for, made into calls. Each wire has its words
 * and its numbers; whatever is missing, of another type or out of range gives a CALL_BAD that says
 * so.
 */
#ifndef POLICY_HANDS_H
#define POLICY_HANDS_H

#include "base/shot.h"
#include "policy/json.h"
#include "policy/reply.h"

/* An action of Anthropic's tools, all versions: NAME is the toolset's member, or `input.action` of
 * the tools before it. One call. */
void hands_anthropic(struct reply *r, const char *id, const char *name, const struct json *input,
                     const struct shot *shot);

/* One of OpenAI's actions; one call. Its name is the action's type. */
void hands_openai(struct reply *r, const char *id, const struct json *action,
                  const struct shot *shot);

/* One of Gemini's functions, of the new and of the old names. One call or several, all with ID: to
 * type into a field is to click it first. */
void hands_gemini(struct reply *r, const char *id, const char *name, const struct json *arguments,
                  const struct shot *shot);

#endif

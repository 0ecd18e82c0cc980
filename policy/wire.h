/*
 * wire: what the providers' files share of making requests and reading answers.
 */
#ifndef POLICY_WIRE_H
#define POLICY_WIRE_H

#include "policy/json.h"
#include "policy/reply.h"

/* Adds {"type": TYPE, NAME: TEXT} to a list of parts, and returns it. */
struct json *wire_add_text(struct json *parts, const char *type, const char *name,
                           const char *text);

/* "data:image/png;base64,..." */
void wire_data_url(const struct buf *png, struct buf *out);

/* What came of the calls that the wire has no name for, as text: a line each. */
void wire_results(const struct reply *r, struct buf *out);

/* Appends what a message says without what stands between <think> and </think>. */
void wire_without_thoughts(const char *text, struct buf *out);

/* Appends JSON as text, and frees it. */
void wire_print(struct json *j, struct buf *out);

#endif

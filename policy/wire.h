/*
 * wire: what the providers' files share of making requests and reading answers.
 */
#ifndef POLICY_WIRE_H
#define POLICY_WIRE_H

#include "policy/gesture.h"
#include "policy/json.h"
#include "policy/provider.h"

/* Adds {"type": TYPE, NAME: TEXT} to a list of parts, and returns it. */
struct json *wire_add_text(struct json *parts, const char *type, const char *name,
                           const char *text);

/* "data:image/png;base64,..." */
void wire_data_url(const struct buf *png, struct buf *out);

/*
 * The JSON of an answer, all of its texts UTF-8; NULL when it is none, or holds a text with a NUL
 * character, which would end it in the middle.
 */
struct json *wire_read(const char *body);

bool wire_is_type(const struct json *object, const char *type); /* its member "type" */

/* The answer was cut: the next one may be longer, up to some 16,000 tokens. */
enum taken wire_cut(struct conversation *c, struct err *e);

/* A request is to go without this (a bit of the provider's own). False: it did so already. */
bool wire_lacks(struct conversation *c, unsigned lack);

/* What an answer cost, where the tokens that were cached are counted in those that were read.
 * The names of the members differ. */
void wire_usage(const struct json *usage, const char *read, const char *read_details,
                const char *written, struct usage *out);

/* A place from two numbers; none when both are missing or null. False: they are something else. */
bool wire_place(const struct json *x, const struct json *y, struct place *out);

/* "Ctrl+S", or ["Ctrl", "S"], as a chord; false: it is something else. */
bool wire_chord(const struct json *keys, struct buf *out);

/* What came of a call, for the model; never empty. CALL may be NULL: one of more calls than a
 * reply can have. */
const char *wire_result(const struct call *call);
bool wire_failed(const struct call *call);

/* What came of the calls that the wire has no name for, as text: a line each. */
void wire_results(const struct reply *r, struct buf *out);

/* Appends what a message says without what stands between <think> and </think>. */
void wire_without_thoughts(const char *text, struct buf *out);

/* Appends JSON as text, and frees it. */
void wire_print(struct json *j, struct buf *out);

#endif

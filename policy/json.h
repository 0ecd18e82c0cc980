/*
 * json: reading and making JSON (cJSON's). Every reader takes NULL, and a value of another kind,
 * for what is not there: what comes over a wire may hold anything.
 */
#ifndef POLICY_JSON_H
#define POLICY_JSON_H

#include "base/buf.h"

#include <stdbool.h>

struct json; /* a value */

/* NULL when it is no JSON, or there is more behind it than spaces. */
struct json *json_parse(const char *text);
void json_destroy(struct json *j); /* takes NULL; one that was added goes with what it is in */

bool json_is_object(const struct json *j);
bool json_is_list(const struct json *j);
bool json_is_number(const struct json *j);
bool json_is_bool(const struct json *j);
bool json_is_true(const struct json *j);
bool json_is_null(const struct json *j); /* the null that is written, not one that is missing */

const struct json *json_member(const struct json *object, const char *name);
int json_count(const struct json *list); /* also of an object's members */
const struct json *json_item(const struct json *list, int i);
const struct json *json_first(const struct json *list); /* for walking: item, item ... */
const struct json *json_next(const struct json *item);
const char *json_name(const struct json *member); /* of an object */
const char *json_string(const struct json *j);    /* NULL when it is no text */
double json_double(const struct json *j);         /* NaN when it is no number; it may be infinite */

/* Of a member. */
const char *json_text(const struct json *object, const char *name); /* NULL when it is no text */
double json_number(const struct json *object, const char *name, double fallback);
long json_whole(const struct json *object,
                const char *name); /* 0 for none and below; no fraction */

struct json *json_object(void);
struct json *json_list(void);
struct json *json_copy(const struct json *j);

/* Each adds, and returns what was added. VALUE is taken over; what is NULL is not added. In a list
 * NAME is NULL. */
struct json *json_add(struct json *to, const char *name, struct json *value);
struct json *json_add_object(struct json *to, const char *name);
struct json *json_add_list(struct json *to, const char *name);
void json_add_text(struct json *to, const char *name, const char *text);
void json_add_number(struct json *to, const char *name, double number);
void json_add_bool(struct json *to, const char *name, bool value);
void json_add_null(struct json *to, const char *name);
/* All items of a list to the end of another; it is empty then. */
void json_move(struct json *to, struct json *from);
void json_remove(struct json *object, const char *name);

/* Without spaces, appended. */
void json_print(const struct json *j, struct buf *out);

#endif

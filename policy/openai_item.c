#include "policy/openai_item.h"

#include "policy/wire.h"

#include <string.h>

int openai_item_calls(const struct json *item)
{
    int actions = json_count(json_member(item, "actions"));
    return wire_is_type(item, "function_call")    ? 1
           : !wire_is_type(item, "computer_call") ? 0
           : actions                              ? actions
                                                  : 1;
}

static bool is_missing(const struct json *item, const char *name)
{
    const struct json *member = json_member(item, name);
    return !member || json_is_null(member);
}

static bool are_checks(const struct json *checks)
{
    bool fine = json_is_list(checks);
    for (const struct json *check = json_first(checks); check && fine; check = json_next(check))
        fine = json_text(check, "id") != NULL;
    return fine;
}

bool openai_item_is_whole(const struct json *item)
{
    const char *status = json_text(item, "status");
    if (!openai_item_calls(item))
        return true;
    return json_text(item, "call_id") && (!status || strcmp(status, "completed") == 0) &&
           (is_missing(item, "action") || json_is_object(json_member(item, "action"))) &&
           (is_missing(item, "actions") || json_is_list(json_member(item, "actions"))) &&
           (is_missing(item, "pending_safety_checks") ||
            are_checks(json_member(item, "pending_safety_checks")));
}

/* Only what may be sent back: there are members that answers alone have. */
static struct json *copy_of(const struct json *item)
{
    static const char *const names[] = {"type",      "id",
                                        "call_id",   "status",
                                        "action",    "actions",
                                        "name",      "pending_safety_checks",
                                        "arguments", "role",
                                        "content",   "phase",
                                        "summary",   "encrypted_content"};
    struct json *copy = json_object();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool of_reasoning = strcmp(names[i], "status") == 0 && wire_is_type(item, "reasoning");
        if (!is_missing(item, names[i]) && !of_reasoning)
            json_add(copy, names[i], json_copy(json_member(item, names[i])));
    }
    return copy;
}

static bool is_said(const struct json *item)
{
    return wire_is_type(item, "message") && json_is_list(json_member(item, "content"));
}

void openai_item_keep(const struct json *output, struct buf *out)
{
    struct json *kept = json_list(), *held = json_list();
    for (const struct json *item = json_first(output); item; item = json_next(item)) {
        if (wire_is_type(item, "reasoning")) {
            if (json_text(item, "encrypted_content"))
                json_add(held, NULL, copy_of(item));
            continue;
        }
        if (openai_item_calls(item) || is_said(item)) {
            json_move(kept, held);
            json_add(kept, NULL, copy_of(item));
        }
        json_destroy(held);
        held = json_list();
    }
    json_destroy(held);
    wire_print(kept, out);
}

/*
 * anthropic_check: a request as Anthropic's Messages API judges it, by shared/protocols.md 1, 6.1
 * and 9, and a little stricter where hem has decided so (oversized pictures are errors).
 */
#ifndef TESTS_ANTHROPIC_CHECK_H
#define TESTS_ANTHROPIC_CHECK_H

#include "tests/request_check.h"

#define HALTED "Not executed: an earlier computer action in this turn failed."

struct anthropic_check {
    struct check k;
    const char *headers;
    bool toolset;
    int pictures, breakpoints, widest;
    int edge, patches; /* what the model sees of a picture */
};

static inline void anthropic_cache_control(struct anthropic_check *a, const struct json *block)
{
    const struct json *control = json_member(block, "cache_control");
    if (!control)
        return;
    a->breakpoints++;
    want(&a->k, is(control, "type", "ephemeral"), "cache_control is not ephemeral");
    want(&a->k, a->breakpoints <= 4, "more than 4 cache breakpoints");
}

static inline void anthropic_picture(struct anthropic_check *a, const struct json *image)
{
    const struct json *source = json_member(image, "source");
    int width = 0, height = 0;
    want(&a->k, is(source, "type", "base64"), "a picture's source is not base64");
    want(&a->k, is(source, "media_type", "image/png"), "a picture's media type is wrong");
    want(&a->k, picture_size(json_text(source, "data"), &width, &height), "a picture is no PNG");
    want(&a->k, is(json_member(image, "transformations"), "oversized_image", "error"),
         "a picture may be scaled silently");
    int longest = width > height ? width : height;
    want(&a->k,
         (longest + 27) / 28 * 28 <= a->edge &&
             ((width + 27) / 28) * ((height + 27) / 28) <= a->patches,
         "a picture is larger than the model sees");
    a->widest = longest > a->widest ? longest : a->widest;
    a->pictures++;
}

/* A text or picture of the user's, or in a result. */
static inline void anthropic_part(struct anthropic_check *a, const struct json *part)
{
    anthropic_cache_control(a, part);
    if (is(part, "type", "image"))
        anthropic_picture(a, part);
    else if (want(&a->k, is(part, "type", "text"), "a part is neither text nor image"))
        want(&a->k, has_text(part, "text"), "a text block is empty");
}

static inline const struct json *answer_to(const struct json *user, const char *id)
{
    const struct json *found = NULL;
    for (const struct json *part = json_first(user); part; part = json_next(part))
        if (is(part, "type", "tool_result") && is(part, "tool_use_id", id)) {
            if (found)
                return NULL; /* twice */
            found = part;
        }
    return found;
}

static inline bool has_picture(const struct json *content)
{
    for (const struct json *part = json_first(content); part; part = json_next(part))
        if (is(part, "type", "image"))
            return true;
    return false;
}

/* HALTS: an earlier action of the toolset failed. Returns whether one has, now. */
static inline bool anthropic_result(struct anthropic_check *a, const struct json *tool_use,
                                    const struct json *result, bool halts)
{
    const struct json *content = json_member(result, "content");
    const char *toolset = json_text(tool_use, "toolset_name");
    bool failed = json_is_true(json_member(result, "is_error"));
    want(&a->k, only(result, " type tool_use_id toolset_name is_error content cache_control "),
         "a result has an unknown member");
    if (toolset)
        want(&a->k, is(result, "toolset_name", toolset), "a result lacks its toolset_name");
    else
        want(&a->k, !json_member(result, "toolset_name"), "a result has a toolset_name too many");
    want(&a->k, json_is_list(content) && json_count(content) > 0, "a result is empty");
    anthropic_cache_control(a, result);
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        anthropic_part(a, part);
        want(&a->k, !failed || is(part, "type", "text"), "an error result holds a picture");
    }
    const char *name =
        toolset ? json_text(tool_use, "name") : json_text(json_member(tool_use, "input"), "action");
    bool shows = name && (strcmp(name, "screenshot") == 0 || strcmp(name, "zoom") == 0);
    bool computer = toolset || is(tool_use, "name", "computer");
    want(&a->k, failed || !shows || !computer || has_picture(content),
         "a screenshot has no picture");
    if (halts && toolset)
        want(&a->k, failed && is(json_item(content, 0), "text", HALTED),
             "what is behind a failed action was not halted");
    return halts || (toolset && failed);
}

static inline bool was_asked(const struct json *assistant, const char *id)
{
    for (const struct json *block = json_first(json_member(assistant, "content")); block;
         block = json_next(block))
        if (id && is(block, "type", "tool_use") && is(block, "id", id))
            return true;
    return false;
}

static inline void anthropic_assistant(struct anthropic_check *a, const struct json *content,
                                       const struct json *all, int index)
{
    want(&a->k, json_is_list(content) && json_count(content) > 0, "the assistant said nothing");
    const struct json *next = json_item(all, index + 1);
    bool halts = false;
    for (const struct json *block = json_first(content); block; block = json_next(block)) {
        if (is(block, "type", "text")) {
            want(&a->k, has_text(block, "text"), "a text block is empty");
            continue;
        }
        if (!want(&a->k, is(block, "type", "tool_use"),
                  "thinking, or what is unknown, is sent back"))
            return;
        want(&a->k, has_text(block, "id") && has_text(block, "name"),
             "a tool_use has no id or name");
        want(&a->k, json_is_object(json_member(block, "input")), "a tool_use has no input");
        for (int other = index + 2; other < json_count(all); other += 2)
            want(&a->k, !was_asked(json_item(all, other), json_text(block, "id")),
                 "two calls have one id");
        const struct json *result = answer_to(json_member(next, "content"), json_text(block, "id"));
        if (want(&a->k, result, "a tool_use is unanswered, or answered twice"))
            halts = anthropic_result(a, block, result, halts);
    }
}

static inline void anthropic_user(struct anthropic_check *a, const struct json *content,
                                  const struct json *before)
{
    bool results = true;
    want(&a->k, json_is_list(content) && json_count(content) > 0, "the user said nothing");
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        if (is(part, "type", "tool_result")) {
            want(&a->k, results, "a result stands behind other parts");
            want(&a->k, was_asked(before, json_text(part, "tool_use_id")),
                 "a result nobody asked for");
        } else {
            anthropic_part(a, part);
            results = false;
        }
    }
}

static inline void anthropic_messages(struct anthropic_check *a, const struct json *messages)
{
    want(&a->k, is(json_first(messages), "role", "user"), "the user does not begin");
    for (int i = 0; i < json_count(messages); i++) {
        const struct json *message = json_item(messages, i);
        const struct json *content = json_member(message, "content");
        want(&a->k, only(message, " role content "), "a message has an unknown member");
        want(&a->k, is(message, "role", i % 2 ? "assistant" : "user"), "two of a kind in a row");
        if (i % 2)
            anthropic_assistant(a, content, messages, i);
        else
            anthropic_user(a, content, i ? json_item(messages, i - 1) : NULL);
    }
}

static inline void anthropic_legacy_tool(struct anthropic_check *a, const struct json *tool,
                                         const char *type)
{
    bool newer = strcmp(type, "computer_20251124") == 0;
    want(&a->k, newer || strcmp(type, "computer_20250124") == 0, "an unknown tool type");
    want(&a->k, is(tool, "name", "computer"), "the computer tool has another name");
    want(&a->k,
         json_whole(tool, "display_width_px") > 0 && json_whole(tool, "display_height_px") > 0,
         "the computer tool has no size");
    want(&a->k, newer || !json_member(tool, "enable_zoom"), "enable_zoom came with 20251124");
    want(&a->k,
         strstr(a->headers, newer ? "anthropic-beta: computer-use-2025-11-24\n"
                                  : "anthropic-beta: computer-use-2025-01-24\n"),
         "the beta header is not the tool's");
}

static inline void anthropic_tool(struct anthropic_check *a, const struct json *tool)
{
    const char *type = json_text(tool, "type");
    anthropic_cache_control(a, tool);
    if (!type) {
        want(&a->k, only(tool, " name description input_schema cache_control "),
             "a tool's members");
        want(&a->k, is_name(json_text(tool, "name")), "a tool's name");
        want(&a->k, is(json_member(tool, "input_schema"), "type", "object"), "a tool's schema");
        want(&a->k, !is(tool, "name", "computer"), "a tool of ours is called computer");
    } else if (strcmp(type, "computer_toolset_20260801") == 0) {
        a->toolset = true;
        want(&a->k, only(tool, " type configs cache_control allowed_callers "),
             "the toolset's members");
        want(&a->k, !strstr(a->headers, "anthropic-beta"), "the toolset needs no beta header");
    } else {
        anthropic_legacy_tool(a, tool, type);
    }
}

static inline void anthropic_tools(struct anthropic_check *a, const struct json *tools)
{
    int typed = 0;
    for (const struct json *tool = json_first(tools); tool; tool = json_next(tool)) {
        anthropic_tool(a, tool);
        typed += json_member(tool, "type") != NULL;
        for (const struct json *other = json_next(tool); other; other = json_next(other))
            want(&a->k, !json_text(other, "name") || !is(tool, "name", json_text(other, "name")),
                 "two tools of one name");
    }
    want(&a->k, typed <= 1, "two computer tools");
    want(&a->k, typed || !strstr(a->headers, "anthropic-beta"), "a beta header for no tool");
}

static inline void anthropic_top(struct anthropic_check *a, const struct json *request)
{
    const struct json *choice = json_member(request, "tool_choice");
    want(&a->k, only(request, " model max_tokens system tools tool_choice output_config messages "),
         "an unknown member, or one that new models refuse");
    want(&a->k, has_text(request, "model"), "no model");
    want(&a->k, json_whole(request, "max_tokens") > 0, "no max_tokens");
    want(&a->k, !choice || is(choice, "type", "auto"), "the tool choice is forced");
    want(&a->k, strstr(a->headers, "anthropic-version: 2023-06-01\n"), "no anthropic-version");
    for (const struct json *part = json_first(json_member(request, "system")); part;
         part = json_next(part))
        anthropic_part(a, part);
}

/* What is wrong with the request; "" when nothing is. EDGE, PATCHES: of the model's tier. */
static inline struct check anthropic_check(const char *request, const char *headers, int edge,
                                           int patches)
{
    struct anthropic_check a = {.headers = headers, .edge = edge, .patches = patches};
    struct json *json = json_parse(request);
    want(&a.k, utf8_valid(request, strlen(request), NULL), "it is not UTF-8");
    if (want(&a.k, json_is_object(json), "it is no JSON object")) {
        anthropic_top(&a, json);
        anthropic_tools(&a, json_member(json, "tools"));
        anthropic_messages(&a, json_member(json, "messages"));
        want(&a.k, a.pictures <= 20 || a.widest <= 2000, "more than 20 pictures, and large ones");
    }
    json_destroy(json);
    return a.k;
}

#endif

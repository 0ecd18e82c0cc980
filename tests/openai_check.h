/*
 * openai_check: a request as OpenAI's Responses API judges it, by shared/protocols.md 2, and a
 * little stricter where hem has decided so (nothing is stored, pictures are not scaled).
 */
#ifndef TESTS_OPENAI_CHECK_H
#define TESTS_OPENAI_CHECK_H

#include "tests/request_check.h"

#define PIXELS_MOST 10240000L

static inline void openai_picture(struct check *k, const struct json *holder)
{
    static const char begin[] = "data:image/png;base64,";
    const char *url = json_text(holder, "image_url");
    int width = 0, height = 0;
    bool data = url && strncmp(url, begin, sizeof begin - 1) == 0;
    want(k, is(holder, "detail", "original"), "a picture may be scaled");
    if (want(k, data, "a picture's url is no PNG as a text"))
        want(k, picture_size(url + sizeof begin - 1, &width, &height), "a picture is no PNG");
    want(k, (long)width * height <= PIXELS_MOST, "a picture is too large");
}

static inline void openai_user(struct check *k, const struct json *item)
{
    const struct json *content = json_member(item, "content");
    want(k, only(item, " role content "), "a message of the user has an unknown member");
    want(k, json_is_list(content) && json_count(content) > 0, "the user said nothing");
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        if (is(part, "type", "input_image"))
            openai_picture(k, part);
        else if (want(k, is(part, "type", "input_text"), "a part is neither text nor picture"))
            want(k, has_text(part, "text"), "a text is empty");
    }
}

/* Did the model say this item? */
static inline bool is_output(const struct json *item)
{
    return is(item, "type", "reasoning") || is(item, "type", "computer_call") ||
           is(item, "type", "function_call") || is(item, "role", "assistant");
}

/* How many items of TYPE in INPUT have this call_id. */
static inline int count_items(const struct json *input, const char *type, const char *call_id)
{
    int count = 0;
    for (const struct json *item = json_first(input); item; item = json_next(item))
        count += call_id && is(item, "type", type) && is(item, "call_id", call_id);
    return count;
}

static inline const struct json *find_item(const struct json *input, const char *type,
                                           const char *call_id)
{
    const struct json *item = json_first(input);
    while (item && !(call_id && is(item, "type", type) && is(item, "call_id", call_id)))
        item = json_next(item);
    return item;
}

static inline bool same(const struct json *a, const struct json *b)
{
    struct buf texts[2] = {{0}};
    if (a)
        json_print(a, &texts[0]);
    if (b)
        json_print(b, &texts[1]);
    bool equal = strcmp(buf_text(&texts[0]), buf_text(&texts[1])) == 0;
    buf_finish(&texts[0]);
    buf_finish(&texts[1]);
    return equal;
}

static inline void openai_computer_call(struct check *k, const struct json *input,
                                        const struct json *item)
{
    const char *id = json_text(item, "call_id");
    const struct json *output = find_item(input, "computer_call_output", id);
    const struct json *pending = json_member(item, "pending_safety_checks");
    const struct json *acknowledged = json_member(output, "acknowledged_safety_checks");
    want(k, only(item, " type id call_id status action actions pending_safety_checks "),
         "a computer call has an output-only member");
    want(k, id && count_items(input, "computer_call", id) == 1, "two calls have one id");
    want(k, !json_member(item, "action") != !json_member(item, "actions"),
         "a computer call needs one of action and actions");
    want(k, count_items(input, "computer_call_output", id) == 1,
         "No tool output found for computer call");
    want(k, json_count(pending) ? same(pending, acknowledged) : !json_count(acknowledged),
         "the safety checks are not acknowledged as they were");
}

static inline void openai_computer_output(struct check *k, const struct json *input,
                                          const struct json *item)
{
    const struct json *output = json_member(item, "output");
    want(k, only(item, " type call_id output acknowledged_safety_checks "),
         "a computer output has an unknown member");
    want(k, find_item(input, "computer_call", json_text(item, "call_id")),
         "an output that nobody called for");
    want(k, only(output, " type image_url detail ") && is(output, "type", "computer_screenshot"),
         "a computer output is no screenshot");
    openai_picture(k, output);
}

static inline void openai_function_call(struct check *k, const struct json *input,
                                        const struct json *item)
{
    const char *id = json_text(item, "call_id");
    want(k, only(item, " type id call_id status name arguments "),
         "a function call has an output-only member");
    want(k, is_name(json_text(item, "name")), "a function call has no name");
    want(k, json_text(item, "arguments"), "arguments are no text");
    want(k, count_items(input, "function_call", id) == 1, "two calls have one id");
    want(k, count_items(input, "function_call_output", id) == 1,
         "No tool output found for function call");
}

static inline void openai_item(struct check *k, const struct json *input, const struct json *item)
{
    if (is(item, "role", "user")) {
        openai_user(k, item);
    } else if (is(item, "type", "reasoning")) {
        want(k, only(item, " type id summary content encrypted_content "),
             "reasoning has an output-only member");
        want(k, has_text(item, "encrypted_content"), "reasoning that is not stored");
        want(k, json_next(item) && is_output(json_next(item)),
             "reasoning without its required following item");
    } else if (is(item, "type", "computer_call")) {
        openai_computer_call(k, input, item);
    } else if (is(item, "type", "computer_call_output")) {
        openai_computer_output(k, input, item);
    } else if (is(item, "type", "function_call")) {
        openai_function_call(k, input, item);
    } else if (is(item, "type", "function_call_output")) {
        want(k, only(item, " type call_id output "), "a function output has an unknown member");
        want(k, has_text(item, "output"), "a function output is empty");
        want(k, find_item(input, "function_call", json_text(item, "call_id")),
             "an output that nobody called for");
    } else if (want(k, is(item, "type", "message"), "an unknown item")) {
        want(k, only(item, " type id role status content phase "),
             "a message has an output-only member");
        want(k, is(item, "role", "assistant"), "a message is nobody's");
    }
}

static inline void openai_tool(struct check *k, const struct json *tool)
{
    const struct json *schema = json_member(tool, "parameters");
    if (is(tool, "type", "computer")) {
        want(k, only(tool, " type "), "the computer tool has members of its own");
        return;
    }
    want(k, is(tool, "type", "function"), "an unknown tool");
    want(k, only(tool, " type name description parameters strict "), "a function's members");
    want(k, is_name(json_text(tool, "name")), "a function's name");
    want(k, json_is_bool(json_member(tool, "strict")), "a function is not said to be strict");
    if (json_is_true(json_member(tool, "strict")))
        want(k,
             json_is_bool(json_member(schema, "additionalProperties")) &&
                 json_count(json_member(schema, "required")) ==
                     json_count(json_member(schema, "properties")),
             "a strict function leaves members open");
}

static inline void openai_top(struct check *k, const struct json *request)
{
    const struct json *include = json_member(request, "include");
    const struct json *choice = json_member(request, "tool_choice");
    want(k,
         only(request,
              " model store include max_output_tokens instructions tools tool_choice input "
              "prompt_cache_key "),
         "an unknown member");
    want(k, has_text(request, "model"), "no model");
    want(k, has_text(request, "instructions"), "no instructions: they are not inherited");
    want(k,
         json_is_bool(json_member(request, "store")) &&
             !json_is_true(json_member(request, "store")),
         "it is stored");
    const char *included = json_string(json_item(include, 0));
    want(k, included && strcmp(included, "reasoning.encrypted_content") == 0,
         "the reasoning would be lost");
    want(k, json_whole(request, "max_output_tokens") >= 16, "no max_output_tokens");
    want(k, !choice || is(request, "tool_choice", "auto"), "the tool choice is forced");
}

/* What is wrong with the request; "" when nothing is. */
static inline struct check openai_check(const char *request)
{
    struct check k = {0};
    struct json *json = json_parse(request);
    const struct json *input = json_member(json, "input");
    want(&k, utf8_valid(request, strlen(request), NULL), "it is not UTF-8");
    if (want(&k, json_is_object(json), "it is no JSON object")) {
        openai_top(&k, json);
        for (const struct json *tool = json_first(json_member(json, "tools")); tool;
             tool = json_next(tool))
            openai_tool(&k, tool);
        want(&k, is(json_first(input), "role", "user"), "the user does not begin");
        for (const struct json *item = json_first(input); item; item = json_next(item))
            openai_item(&k, input, item);
    }
    json_destroy(json);
    return k;
}

#endif

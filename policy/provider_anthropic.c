/*
 * anthropic: /v1/messages, with Anthropic's own computer tool in the newest version that the model
 * takes. A conversation loses what is old, so that no prefix of it but the tools and the system
 * text stays: only these are marked for the cache, and thinking, which is bound to what came
 * before it, is never sent back.
 */
#include "base/base64.h"
#include "policy/hands.h"
#include "policy/providers.h"
#include "policy/tools.h"
#include "policy/wire.h"

#include <stdlib.h>
#include <string.h>

#define TOOLSET      "computer" /* how calls and results of the toolset name it */
#define PICTURES_MAX 8 /* that one answer may ask for: with 20 in a request all must be small */

/* From the newest version of the computer tool to none. */
enum way { WAY_TOOLSET, WAY_20251124, WAY_20250124, WAY_TOOLS };
static const char *const ways[] = {"toolset", "20251124", "20250124", "tools", NULL};

static const struct {
    const char *type, *beta;
} versions[] = {
    [WAY_TOOLSET] = {"computer_toolset_20260801", NULL},
    [WAY_20251124] = {"computer_20251124", "computer-use-2025-11-24"},
    [WAY_20250124] = {"computer_20250124", "computer-use-2025-01-24"},
    [WAY_TOOLS] = {NULL, NULL},
};

/* Who sees no pictures has no use for places in them. */
static enum way way_of(const struct conversation *c)
{
    return c->blind ? WAY_TOOLS : (enum way)c->way;
}

/* ---- the request ---- */

static void add_text(struct json *parts, const char *text)
{
    if (*text)
        wire_add_text(parts, "text", "text", text);
}

static void add_picture(struct json *parts, const struct buf *png)
{
    if (!png->length)
        return;
    struct buf data = {0};
    base64_add(png->text, png->length, &data);
    struct json *part = json_add_object(parts, NULL);
    json_add_text(part, "type", "image");
    struct json *source = json_add_object(part, "source");
    json_add_text(source, "type", "base64");
    json_add_text(source, "media_type", "image/png");
    json_add_text(source, "data", buf_text(&data));
    /* Scaled without a word, it would have other coordinates than we think. */
    json_add_text(json_add_object(part, "transformations"), "oversized_image", "error");
    buf_finish(&data);
}

static void add_look(struct json *parts, const struct look *look, bool newest)
{
    add_text(parts, newest ? buf_text(&look->text) : "(The list of this time is left out.)");
    add_picture(parts, &look->png);
}

static struct json *add_message(struct json *messages, const char *role)
{
    struct json *message = json_add_object(messages, NULL);
    json_add_text(message, "role", role);
    return message;
}

/* What came of one call; errors hold nothing but text. Returns the parts of the result. */
static struct json *add_result(struct json *parts, const struct json *tool_use,
                               const struct call *call)
{
    struct json *result = json_add_object(parts, NULL);
    const char *toolset = json_text(tool_use, "toolset_name");
    json_add_text(result, "type", "tool_result");
    json_add_text(result, "tool_use_id", json_text(tool_use, "id"));
    if (toolset)
        json_add_text(result, "toolset_name", toolset);
    if (wire_failed(call))
        json_add_bool(result, "is_error", true);
    struct json *content = json_add_list(result, "content");
    add_text(content, wire_result(call));
    if (call && !wire_failed(call))
        add_picture(content, &call->png);
    return content;
}

/* How it looks after the calls stands in the last result that can hold it: what a screen says is
 * no word of the user's. */
static void add_results(struct json *messages, const struct exchange *x, const struct json *said,
                        bool newest)
{
    struct json *parts = json_add_list(add_message(messages, "user"), "content");
    const struct call *last_call = NULL;
    struct json *last = NULL;
    int i = 0;
    for (const struct json *block = json_first(said); block; block = json_next(block)) {
        if (!json_text(block, "id"))
            continue;
        const struct call *call = i < x->reply.count ? &x->reply.calls[i++] : NULL;
        struct json *content = add_result(parts, block, call);
        if (wire_failed(call))
            continue;
        if (last_call && last_call->kind == CALL_LOOK) /* it asked for the picture, too */
            add_picture(last, &x->look.png);
        last = content;
        last_call = call;
    }
    add_look(last ? last : parts, &x->look, newest);
}

static void add_exchange(struct json *messages, const struct exchange *x, bool newest)
{
    struct json *said = json_parse(x->reply.raw);
    struct json *message = add_message(messages, "assistant");
    json_add(message, "content", said);
    add_results(messages, x, said, newest);
}

static struct json *messages_of(const struct conversation *c)
{
    struct json *messages = json_list();
    struct json *parts = json_add_list(add_message(messages, "user"), "content");
    struct buf text = {0};
    conversation_opening(c, true, &text);
    add_text(parts, buf_text(&text));
    buf_finish(&text);
    if (conversation_is_new(c))
        add_picture(parts, &c->first.png);
    for (int i = 0; i < c->count; i++)
        add_exchange(messages, &c->exchanges[i], i == c->count - 1);
    if (c->paused.length)
        json_add(add_message(messages, "assistant"), "content", json_parse(buf_text(&c->paused)));
    return messages;
}

static void add_computer(struct json *list, const struct conversation *c)
{
    enum way way = way_of(c);
    if (way == WAY_TOOLS)
        return;
    struct json *tool = json_add_object(list, NULL);
    json_add_text(tool, "type", versions[way].type);
    if (way == WAY_TOOLSET) /* it knows its names, and the picture's size */
        return;
    json_add_text(tool, "name", "computer");
    json_add_number(tool, "display_width_px", c->shot.width);
    json_add_number(tool, "display_height_px", c->shot.height);
    if (way == WAY_20251124)
        json_add_bool(tool, "enable_zoom", true);
}

static struct json *tools_of(const struct conversation *c)
{
    struct json *list = json_list();
    add_computer(list, c);
    for (int i = 0; i < tool_count; i++) {
        struct json *tool = json_add_object(list, NULL);
        json_add_text(tool, "name", tools[i].name);
        json_add_text(tool, "description", tools[i].description);
        json_add(tool, "input_schema", json_parse(tools[i].schema));
    }
    return list;
}

/* The tools come before the system text, so the mark at its end is for both. */
static struct json *system_of(const struct conversation *c)
{
    struct json *list = json_list();
    struct buf text = {0};
    buf_addf(&text, "%s%s", c->system, way_of(c) == WAY_TOOLS ? "" : tools_hands);
    struct json *part = wire_add_text(list, "text", "text", buf_text(&text));
    json_add_text(json_add_object(part, "cache_control"), "type", "ephemeral");
    buf_finish(&text);
    return list;
}

static void anthropic_request(const struct conversation *c, struct buf *body)
{
    struct json *request = json_object();
    json_add_text(request, "model", c->model);
    json_add_number(request, "max_tokens", (double)c->tokens_max);
    json_add(request, "tools", tools_of(c));
    json_add(request, "system", system_of(c));
    json_add(request, "messages", messages_of(c));
    wire_print(request, body);
}

static void anthropic_address(const char *base, const char *model, struct buf *out)
{
    (void)model;
    buf_addf(out, "%s/v1/messages", base);
}

static void anthropic_headers(const struct conversation *c, const char *key, struct buf *out)
{
    const char *beta = versions[way_of(c)].beta;
    if (*key)
        buf_addf(out, "x-api-key: %s\n", key);
    buf_add(out, "anthropic-version: 2023-06-01\n");
    if (beta)
        buf_addf(out, "anthropic-beta: %s\n", beta);
}

/* Opus 4.7 and whatever came later see more. The name is claude-FAMILY-MAJOR[-MINOR][-DATE];
 * before version 4 the family came last. */
static bool sees_more(const char *model)
{
    const char *family = strstr(model, "claude-");
    const char *version = family ? strpbrk(family, "0123456789") : NULL;
    if (!version || version == family + strlen("claude-"))
        return false;
    char *rest;
    long major = strtol(version, &rest, 10);
    long minor = *rest == '-' || *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;
    bool dated = minor > 99; /* that was no minor version */
    return major >= 5 || (major == 4 && minor >= 7 && !dated && strstr(family, "opus"));
}

static void anthropic_rule(const struct conversation *c, struct shot_rule *out)
{
    *out = (struct shot_rule){
        .space = SHOT_PIXELS, .side_max = 1568, .patch = 28, .patches_max = 1568};
    if (sees_more(c->model)) {
        out->side_max = 2576;
        out->patches_max = 4784;
    }
}

/* ---- the answer ---- */

/* A tool of ours may have the name of the toolset's: what counts is both names. */
static void take_tool_use(const struct conversation *c, struct reply *out,
                          const struct json *tool_use)
{
    const char *id = json_text(tool_use, "id"), *name = json_text(tool_use, "name");
    const char *toolset = json_text(tool_use, "toolset_name");
    const struct json *input = json_member(tool_use, "input");
    if (toolset ? strcmp(toolset, TOOLSET) == 0 : strcmp(name, "computer") == 0) {
        const char *action = toolset ? name : json_text(input, "action");
        hands_anthropic(out, id, action ? action : "", input, &c->shot);
    } else {
        struct buf arguments = {0};
        if (input)
            json_print(input, &arguments);
        tools_call(out, id, toolset ? toolset : name, buf_text(&arguments));
        buf_finish(&arguments);
    }
}

/* Keeps a block that goes back to the model; false: it is a call that nobody can answer. */
static bool keep_block(struct json *kept, const struct json *block)
{
    const char *text = json_text(block, "text");
    if (wire_is_type(block, "text") && text && text[strspn(text, " \t\r\n")]) {
        add_text(kept, text);
    } else if (wire_is_type(block, "tool_use")) {
        if (!json_text(block, "id") || !json_text(block, "name"))
            return false;
        struct json *copy = json_add(kept, NULL, json_copy(block));
        if (!json_is_object(json_member(block, "input"))) {
            json_remove(copy, "input");
            json_add_object(copy, "input");
        }
    }
    return true;
}

/* Pictures that are asked for beyond what one request can hold. */
static void spoil_pictures(struct reply *out)
{
    int count = 0;
    for (int i = 0; i < out->count; i++) {
        enum call_kind kind = out->calls[i].kind;
        if ((kind == CALL_LOOK || kind == CALL_ZOOM) && ++count > PICTURES_MAX)
            call_spoil(&out->calls[i], "no more than %d pictures at once", PICTURES_MAX);
    }
}

static enum taken take_content(struct conversation *c, const struct json *content,
                               struct reply *out, struct err *e)
{
    struct json *kept = json_list();
    struct buf said = {0}, raw = {0};
    bool fine = true;
    for (const struct json *block = json_first(content); block && fine; block = json_next(block)) {
        fine = keep_block(kept, block);
        if (fine && wire_is_type(block, "tool_use"))
            take_tool_use(c, out, block);
        else if (wire_is_type(block, "text") && json_text(block, "text"))
            buf_addf(&said, "%s%s", said.length ? "\n" : "", json_text(block, "text"));
    }
    bool empty = json_count(kept) == 0;
    spoil_pictures(out);
    wire_print(kept, &raw);
    out->raw = buf_take(&raw);
    out->said = buf_take(&said);
    if (!fine)
        err_set(e, ERR_REPLY, "the answer has a tool call without an id or a name");
    else if (empty)
        err_set(e, ERR_REPLY, "the model said nothing");
    return fine && !empty ? TAKEN : TAKEN_AGAIN;
}

/* The content, behind what was said before a pause. */
static struct json *content_of(const struct conversation *c, const struct json *answer)
{
    const struct json *content = json_member(answer, "content");
    if (!json_is_list(content))
        return NULL;
    struct json *all = c->paused.length ? json_parse(buf_text(&c->paused)) : json_list();
    for (const struct json *block = json_first(content); block; block = json_next(block))
        json_add(all, NULL, json_copy(block));
    return all;
}

static bool has_calls(const struct json *content)
{
    const struct json *block = json_first(content);
    while (block && !wire_is_type(block, "tool_use"))
        block = json_next(block);
    return block;
}

/* The model wants to go on from here: it gets back what it said, word for word. */
static enum taken pause(struct conversation *c, const struct json *content, struct err *e)
{
    buf_reset(&c->paused);
    if (json_count(content))
        json_print(content, &c->paused);
    err_set(e, ERR_REPLY, "the model paused");
    return TAKEN_AGAIN;
}

static enum taken refuse(const struct json *answer, struct err *e)
{
    const struct json *details = json_member(answer, "stop_details");
    const char *category = json_text(details, "category");
    const char *explanation = json_text(details, "explanation");
    err_set(e, ERR_REPLY, "the model refuses%s%s%s%s", category ? ": " : "",
            category ? category : "", explanation ? ": " : "", explanation ? explanation : "");
    return TAKEN_NOT;
}

static enum taken take_answer(struct conversation *c, const struct json *answer,
                              const struct json *content, struct reply *out, struct err *e)
{
    const char *reason = json_text(answer, "stop_reason");
    reason = reason ? reason : "no reason";
    if (strcmp(reason, "max_tokens") == 0) /* perhaps in the middle of a call */
        return wire_cut(c, e);
    if (strcmp(reason, "refusal") == 0)
        return refuse(answer, e);
    if (strcmp(reason, "pause_turn") == 0 && !has_calls(content))
        return pause(c, content, e);
    if (strcmp(reason, "tool_use") != 0 && strcmp(reason, "end_turn") != 0 &&
        strcmp(reason, "pause_turn") != 0) {
        err_set(e, ERR_REPLY, "the model stopped: %.100s", reason);
        return TAKEN_NOT;
    }
    enum taken taken = take_content(c, content, out, e);
    if (taken == TAKEN)
        buf_reset(&c->paused);
    return taken;
}

static void take_usage(const struct json *answer, struct usage *out)
{
    const struct json *usage = json_member(answer, "usage");
    *out = (struct usage){.input = json_whole(usage, "input_tokens"),
                          .cached = json_whole(usage, "cache_read_input_tokens"),
                          .cache_written = json_whole(usage, "cache_creation_input_tokens"),
                          .output = json_whole(usage, "output_tokens"),
                          .dollars = -1};
}

static enum taken anthropic_reply(struct conversation *c, const char *body, struct reply *out,
                                  struct usage *usage, struct err *e)
{
    struct json *answer = wire_read(body);
    struct json *content = content_of(c, answer);
    enum taken taken = TAKEN_AGAIN;
    take_usage(answer, usage);
    if (content)
        taken = take_answer(c, answer, content, out, e);
    else
        err_set(e, ERR_REPLY, "the answer is no message");
    json_destroy(content);
    json_destroy(answer);
    return taken;
}

/* Only an answer that names the tool's version says that another may do. */
static bool anthropic_step_down(struct conversation *c, int status, const char *body)
{
    enum way way = way_of(c);
    if (status != 400 || way == WAY_TOOLS)
        return false;
    struct json *answer = json_parse(body);
    const char *message = json_text(json_member(answer, "error"), "message");
    bool named = message && strstr(message, versions[way].type);
    json_destroy(answer);
    if (named)
        c->way++;
    return named;
}

const struct provider provider_anthropic = {.name = "anthropic",
                                            .base = "https://api.anthropic.com",
                                            .ways = ways,
                                            .address = anthropic_address,
                                            .headers = anthropic_headers,
                                            .rule = anthropic_rule,
                                            .request = anthropic_request,
                                            .reply = anthropic_reply,
                                            .step_down = anthropic_step_down};

/*
 * chat: /v1/chat/completions, which vLLM, SGLang, llama-server, Ollama, LM Studio, OpenRouter and
 * xAI serve. Tool results hold text only, so pictures follow in a message of the user.
 */
#include "policy/chat_way.h"
#include "policy/dialect.h"
#include "policy/providers.h"
#include "policy/tools.h"
#include "policy/wire.h"

#include <stdlib.h>
#include <string.h>

/* What a server was found not to take. */
enum lack { LACK_TEMPERATURE = 1, LACK_MAX_TOKENS = 2 };

/* ---- the request ---- */

static struct json *add_message(struct json *messages, const char *role, const char *text)
{
    struct json *message = json_add_object(messages, NULL);
    json_add_text(message, "role", role);
    if (text)
        json_add_text(message, "content", text);
    return message;
}

static void add_picture(struct json *parts, const struct buf *png)
{
    struct buf url = {0};
    wire_data_url(png, &url);
    struct json *part = json_add_object(parts, NULL);
    json_add_text(part, "type", "image_url");
    json_add_text(json_add_object(part, "image_url"), "url", buf_text(&url));
    buf_finish(&url);
}

/* What the user says: a text, and the picture of the screen. */
static void add_user(struct json *messages, const char *text, const struct look *look,
                     const struct reply *zooms)
{
    if (!look->png.length) {
        add_message(messages, "user", text);
        return;
    }
    struct json *message = add_message(messages, "user", NULL);
    struct json *parts = json_add_list(message, "content");
    wire_add_text(parts, "text", "text", text);
    for (int i = 0; zooms && i < zooms->count; i++)
        if (zooms->calls[i].png.length)
            add_picture(parts, &zooms->calls[i].png);
    add_picture(parts, &look->png);
}

static void add_tool_results(struct json *messages, const struct reply *reply)
{
    for (int i = 0; i < reply->count; i++) {
        const struct call *call = &reply->calls[i];
        if (!call->id)
            continue;
        struct buf text = {0};
        buf_addf(&text, "%s%s", call->failed ? "Error: " : "", call->result);
        struct json *message = add_message(messages, "tool", buf_text(&text));
        json_add_text(message, "tool_call_id", call->id);
        buf_finish(&text);
    }
}

static void add_exchange(struct json *messages, const struct exchange *x, bool with_list)
{
    json_add(messages, NULL, json_parse(x->reply.raw));
    add_tool_results(messages, &x->reply);
    struct buf text = {0};
    wire_results(&x->reply, &text);
    buf_add(&text, with_list ? buf_text(&x->look.text) : "The screen then:");
    add_user(messages, buf_text(&text), &x->look, &x->reply);
    buf_finish(&text);
}

static struct json *messages_of(const struct conversation *c)
{
    struct json *messages = json_list();
    const struct chat_way *way = &chat_ways[c->way];
    struct buf text = {0};
    buf_addf(&text, "%s%s", way->alone ? "" : c->system, way->how);
    add_message(messages, "system", buf_text(&text));
    buf_reset(&text);
    conversation_opening(c, !way->alone, &text);
    if (conversation_is_new(c))
        add_user(messages, buf_text(&text), &c->first, NULL);
    else
        add_message(messages, "user", buf_text(&text));
    for (int i = 0; i < c->count; i++)
        add_exchange(messages, &c->exchanges[i], !way->alone && i == c->count - 1);
    buf_finish(&text);
    return messages;
}

static void add_function(struct json *list, struct json *function)
{
    struct json *tool = json_add_object(list, NULL);
    json_add_text(tool, "type", "function");
    json_add(tool, "function", function);
}

static void add_tools(struct json *request)
{
    struct json *list = json_add_list(request, "tools");
    for (int i = 0; i < tool_count; i++) {
        struct json *function = json_object();
        json_add_text(function, "name", tools[i].name);
        json_add_text(function, "description", tools[i].description);
        json_add(function, "parameters", json_parse(tools[i].schema));
        add_function(list, function);
    }
    json_add_text(request, "tool_choice", "auto");
}

static void add_schema(struct json *request)
{
    struct json *format = json_add_object(request, "response_format");
    json_add_text(format, "type", "json_schema");
    struct json *schema = json_add_object(format, "json_schema");
    json_add_text(schema, "name", "act");
    json_add_bool(schema, "strict", true);
    json_add(schema, "schema", json_parse(tools_answer_schema));
}

static void chat_request(const struct conversation *c, struct buf *body)
{
    struct json *request = json_object();
    json_add_text(request, "model", c->model);
    json_add_number(request, c->lacks & LACK_MAX_TOKENS ? "max_completion_tokens" : "max_tokens",
                    (double)c->tokens_max);
    if (!(c->lacks & LACK_TEMPERATURE))
        json_add_number(request, "temperature", 0);
    json_add(request, "messages", messages_of(c));
    if (chat_ways[c->way].function)
        add_function(json_add_list(request, "tools"), json_parse(chat_ways[c->way].function));
    else if (c->way == CHAT_TOOLS)
        add_tools(request);
    else if (c->way == CHAT_JSON)
        add_schema(request);
    wire_print(request, body);
}

static void chat_address(const char *base, const char *model, struct buf *out)
{
    (void)model;
    buf_addf(out, "%s/chat/completions", base);
}

static void chat_headers(const struct conversation *c, const char *key, struct buf *out)
{
    (void)c;
    if (*key)
        buf_addf(out, "Authorization: Bearer %s\n", key);
}

static void chat_rule(const struct conversation *c, struct shot_rule *out)
{
    *out = chat_ways[c->way].rule;
}

/* ---- the answer ---- */

/* The text of a message: a string, or parts of which some are texts. */
static void content_of(const struct json *message, struct buf *out)
{
    const struct json *content = json_member(message, "content");
    const struct json *part;
    struct buf text = {0};
    if (json_string(content))
        buf_add(&text, json_string(content));
    for (part = json_first(content); part; part = json_next(part)) {
        const char *piece = json_text(part, "text");
        buf_add(&text, piece ? piece : "");
    }
    wire_without_thoughts(buf_text(&text), out);
    buf_finish(&text);
}

/* Its arguments are a text that holds JSON, or, at some servers, the JSON itself. */
static void take_tool_call(struct reply *out, const struct json *tool_call, const struct shot *shot)
{
    const struct json *function = json_member(tool_call, "function");
    const char *id = json_text(tool_call, "id"), *name = json_text(function, "name");
    const struct json *arguments = json_member(function, "arguments");
    struct buf text = {0};
    if (json_string(arguments))
        buf_add(&text, json_string(arguments));
    else if (arguments)
        json_print(arguments, &text);
    dialect_call(out, id ? id : "", name ? name : "", buf_text(&text), shot);
    buf_finish(&text);
}

/* The calls that stand in what it says. */
static bool take_words(const struct conversation *c, const char *words, struct reply *out,
                       struct err *e)
{
    switch (c->way) {
    case CHAT_JSON:
        return dialect_json(out, words, e);
    case CHAT_UI_TARS:
    case CHAT_UI_TARS_1000:
        dialect_ui_tars(out, words, &c->shot);
        return true;
    case CHAT_OPENCUA:
        dialect_opencua(out, words, &c->shot);
        return true;
    default:
        dialect_text(out, words, &c->shot);
        return true;
    }
}

/* What the model gets back of its own words: only what every server takes. */
static void keep_words(struct reply *out, const struct json *message, const char *content)
{
    struct json *kept = json_object();
    const struct json *calls = json_member(message, "tool_calls");
    struct buf text = {0};
    json_add_text(kept, "role", "assistant");
    if (*content || !json_count(calls))
        json_add_text(kept, "content", content);
    else
        json_add_null(kept, "content");
    if (json_count(calls))
        json_add(kept, "tool_calls", json_copy(calls));
    wire_print(kept, &text);
    out->raw = buf_take(&text);
}

static enum taken take_message(struct conversation *c, const struct json *message,
                               struct reply *out, struct err *e)
{
    struct buf content = {0};
    const struct json *tool_call;
    const char *refusal = json_text(message, "refusal");
    content_of(message, &content);
    keep_words(out, message, buf_text(&content));
    for (tool_call = json_first(json_member(message, "tool_calls")); tool_call;
         tool_call = json_next(tool_call))
        take_tool_call(out, tool_call, &c->shot);
    bool fine = out->count || take_words(c, buf_text(&content), out, e);
    if (!out->said)
        out->said = mem_text(buf_text(&content));
    buf_finish(&content);
    if (refusal && *refusal) {
        err_set(e, ERR_REPLY, "the model refuses: %s", refusal);
        return TAKEN_NOT;
    }
    return fine ? TAKEN : TAKEN_AGAIN;
}

static enum taken chat_reply(struct conversation *c, const char *body, struct reply *out,
                             struct usage *usage, struct err *e)
{
    struct json *answer = wire_read(body);
    const struct json *choice = json_item(json_member(answer, "choices"), 0);
    const struct json *message = json_member(choice, "message");
    const char *reason = json_text(choice, "finish_reason");
    enum taken taken = TAKEN_AGAIN;
    wire_usage(json_member(answer, "usage"), "prompt_tokens", "prompt_tokens_details",
               "completion_tokens", usage);
    if (!json_is_object(message)) {
        err_set(e, ERR_REPLY, "the answer is no chat completion");
    } else if (reason && strcmp(reason, "length") == 0) {
        taken = wire_cut(c, e);
    } else if (reason && strcmp(reason, "content_filter") == 0) {
        err_set(e, ERR_REPLY, "the provider's content filter kept the answer back");
        taken = TAKEN_NOT;
    } else {
        taken = take_message(c, message, out, e);
    }
    json_destroy(answer);
    return taken;
}

/* ---- what a server does not take ---- */

static int chat_way_of_name(const char *model)
{
    return (int)chat_way_of(model);
}

/* Servers say what they lack in prose only. */
static bool chat_step_down(struct conversation *c, int status, const char *body)
{
    if (status != 400 && status != 404 && status != 422)
        return false;
    if (strstr(body, "max_completion_tokens"))
        return wire_lacks(c, LACK_MAX_TOKENS);
    if (strstr(body, "temperature"))
        return wire_lacks(c, LACK_TEMPERATURE);
    if (!c->blind && strstr(body, "image"))
        return c->blind = true;
    if (c->way == CHAT_TOOLS && strstr(body, "tool")) {
        c->way = CHAT_JSON;
        return true;
    }
    if (c->way == CHAT_JSON && (strstr(body, "response_format") || strstr(body, "schema"))) {
        c->way = CHAT_TEXT;
        return true;
    }
    return false;
}

#define CHAT(its_name, its_base)                                                                   \
    {                                                                                              \
        .name = (its_name), .base = (its_base), .ways = chat_way_names,                            \
        .way_of = chat_way_of_name, .address = chat_address, .headers = chat_headers,              \
        .rule = chat_rule, .request = chat_request, .reply = chat_reply,                           \
        .step_down = chat_step_down                                                                \
    }

const struct provider provider_chat = CHAT("chat", NULL);
const struct provider provider_xai = CHAT("xai", "https://api.x.ai/v1");
const struct provider provider_openrouter = CHAT("openrouter", "https://openrouter.ai/api/v1");
const struct provider provider_ollama = CHAT("ollama", "http://127.0.0.1:11434/v1");

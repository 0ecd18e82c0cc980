/*
 * gemini: :generateContent of the Gemini API, with Google's own computer tool. What the model said
 * is sent back to the letter, with its thoughts' signatures; what came of a call, and how the
 * screen looks after the last one, is in the functions' responses. Places are thousandths.
 */
#include "base/base64.h"
#include "policy/hands.h"
#include "policy/providers.h"
#include "policy/tools.h"
#include "policy/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The desktop's functions, the browser's (with the old names), or none but hem's. */
enum way { WAY_DESKTOP, WAY_BROWSER, WAY_TOOLS };
static const char *const ways[] = {"desktop", "browser", "tools", NULL};

/* What a model was found not to take. */
enum lack { LACK_DETECTION = 1 };

static const char places[] =
    "\n\nAll places, in steps too, are thousandths of the picture's sides: x from 0 at the left to "
    "999, y from 0 at the top to 999.";

/* Who sees no pictures has no use for places in them. */
static enum way way_of(const struct conversation *c)
{
    return c->blind ? WAY_TOOLS : (enum way)c->way;
}

/* Those that came before the desktop's functions. */
static int gemini_way_of(const char *model)
{
    static const char *const old[] = {"gemini-2.", "gemini-3-", "gemini-3.1-"};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++)
        if (strncmp(model, old[i], strlen(old[i])) == 0)
            return WAY_BROWSER;
    return WAY_DESKTOP;
}

/* ---- the request ---- */

static struct json *add_content(struct json *contents)
{
    struct json *content = json_add_object(contents, NULL);
    json_add_text(content, "role", "user");
    return json_add_list(content, "parts");
}

static void add_text(struct json *parts, const char *text)
{
    json_add_text(json_add_object(parts, NULL), "text", text);
}

static void add_picture(struct json *parts, const struct buf *png)
{
    if (!png->length)
        return;
    struct buf data = {0};
    base64_add(png->text, png->length, &data);
    struct json *blob = json_add_object(json_add_object(parts, NULL), "inlineData");
    json_add_text(blob, "mimeType", "image/png");
    json_add_text(blob, "data", buf_text(&data));
    buf_finish(&data);
}

/* The calls that the NUMBER-th function call became. */
static bool is_part(const struct call *call, int number)
{
    return call->id && atoi(call->id) == number;
}

/* What came of them all, and, where a person had to confirm and it was done, that. */
static void add_outcome(struct json *response, const struct reply *reply, int number)
{
    const struct call *last = NULL;
    bool confirmed = false;
    for (int i = 0; i < reply->count && !(last && wire_failed(last)); i++) {
        const struct call *call = &reply->calls[i];
        if (!is_part(call, number))
            continue;
        last = call;
        confirmed = confirmed || (call->checks && !wire_failed(call));
    }
    json_add_text(response, wire_failed(last) ? "error" : "output", wire_result(last));
    if (confirmed)
        json_add_text(response, "safety_acknowledgement", "true");
}

static bool is_ours(const char *name)
{
    for (int i = 0; i < tool_count; i++)
        if (strcmp(tools[i].name, name) == 0)
            return true;
    return false;
}

/* Returns the object that the model sees; PARTS gets the list for pictures beside it. */
static struct json *add_response(struct json *content, const struct json *call,
                                 const struct reply *reply, int number, struct json **parts)
{
    struct json *function = json_add_object(json_add_object(content, NULL), "functionResponse");
    const char *id = json_text(call, "id"), *name = json_text(call, "name");
    if (id)
        json_add_text(function, "id", id);
    json_add_text(function, "name", name);
    struct json *response = json_add_object(function, "response");
    if (!is_ours(name)) /* Google's own want one, and there is none to tell */
        json_add_text(response, "url", "");
    add_outcome(response, reply, number);
    *parts = json_add_list(function, "parts");
    return response;
}

/* Responses of models that were not made for the computer tool hold no pictures. */
static void add_results(struct json *contents, const struct conversation *c,
                        const struct exchange *x, const struct json *said, bool newest)
{
    const char *list = newest ? buf_text(&x->look.text) : "(The list of this time is left out.)";
    struct json *content = add_content(contents), *response = NULL, *parts = NULL;
    int number = 0;
    for (const struct json *part = json_first(json_member(said, "parts")); part;
         part = json_next(part)) {
        const struct json *call = json_member(part, "functionCall");
        if (call)
            response = add_response(content, call, &x->reply, number++, &parts);
    }
    if (response)
        json_add_text(response, "screen", list);
    else
        add_text(content, list);
    add_picture(response && way_of(c) != WAY_TOOLS ? parts : content, &x->look.png);
}

static struct json *contents_of(const struct conversation *c)
{
    struct json *contents = json_list();
    struct json *parts = add_content(contents);
    struct buf text = {0};
    conversation_opening(c, true, &text);
    add_text(parts, buf_text(&text));
    buf_finish(&text);
    if (conversation_is_new(c))
        add_picture(parts, &c->first.png);
    for (int i = 0; i < c->count; i++) {
        struct json *said = json_add(contents, NULL, json_parse(c->exchanges[i].reply.raw));
        add_results(contents, c, &c->exchanges[i], said, i == c->count - 1);
    }
    return contents;
}

static void add_computer(struct json *list, const struct conversation *c)
{
    static const char *const excluded[] = {"search", "navigate"};
    enum way way = way_of(c);
    if (way == WAY_TOOLS)
        return;
    struct json *computer = json_add_object(json_add_object(list, NULL), "computerUse");
    json_add_text(computer, "environment",
                  way == WAY_DESKTOP ? "ENVIRONMENT_DESKTOP" : "ENVIRONMENT_BROWSER");
    if (!(c->lacks & LACK_DETECTION))
        json_add_bool(computer, "enablePromptInjectionDetection", true);
    struct json *names =
        way == WAY_BROWSER ? json_add_list(computer, "excludedPredefinedFunctions") : NULL;
    for (int i = 0; names && i < 2; i++)
        json_add_text(names, NULL, excluded[i]);
}

static struct json *tools_of(const struct conversation *c)
{
    struct json *list = json_list();
    add_computer(list, c);
    struct json *functions = json_add_list(json_add_object(list, NULL), "functionDeclarations");
    for (int i = 0; i < tool_count; i++) {
        struct json *function = json_add_object(functions, NULL);
        json_add_text(function, "name", tools[i].name);
        json_add_text(function, "description", tools[i].description);
        json_add(function, "parametersJsonSchema", json_parse(tools[i].schema));
    }
    return list;
}

static void gemini_request(const struct conversation *c, struct buf *body)
{
    struct json *request = json_object();
    struct buf system = {0};
    buf_addf(&system, "%s%s%s", c->system, way_of(c) == WAY_TOOLS ? "" : tools_hands,
             c->blind ? "" : places);
    add_text(json_add_list(json_add_object(request, "systemInstruction"), "parts"),
             buf_text(&system));
    json_add(request, "contents", contents_of(c));
    json_add(request, "tools", tools_of(c));
    json_add_number(json_add_object(request, "generationConfig"), "maxOutputTokens",
                    (double)c->tokens_max);
    wire_print(request, body);
    buf_finish(&system);
}

static void gemini_address(const char *base, const char *model, struct buf *out)
{
    buf_addf(out, "%s/v1beta/models/%s:generateContent", base, model);
}

static void gemini_headers(const struct conversation *c, const char *key, struct buf *out)
{
    (void)c;
    if (*key)
        buf_addf(out, "x-goog-api-key: %s\n", key);
}

/* Places do not depend on the picture's size; above this they would make it smaller themselves. */
static void gemini_rule(const struct conversation *c, struct shot_rule *out)
{
    (void)c;
    *out = (struct shot_rule){.space = SHOT_THOUSAND, .side_max = 3072};
}

/* ---- the answer ---- */

/* Its words about what a person has to confirm; NULL when there is nothing. */
static const char *check_of(const struct json *decision)
{
    const char *its = json_text(decision, "decision");
    const char *explanation = json_text(decision, "explanation");
    if (!decision || json_is_null(decision) ||
        (its && (strcmp(its, "regular") == 0 || strcmp(its, "allowed") == 0)))
        return NULL;
    return explanation && *explanation ? explanation : "Gemini wants a person to confirm this";
}

static void take_function_call(const struct conversation *c, struct reply *out,
                               const struct json *call, int number)
{
    const char *name = json_text(call, "name");
    const struct json *given = json_member(call, "args");
    struct json *arguments = json_is_object(given) ? json_copy(given) : json_object();
    const char *check = check_of(json_member(given, "safety_decision"));
    char id[16];
    int first = out->count;
    snprintf(id, sizeof id, "%d", number);
    json_remove(arguments, "safety_decision");
    if (is_ours(name) || way_of(c) == WAY_TOOLS) {
        struct buf text = {0};
        json_print(arguments, &text);
        tools_call(out, id, name, buf_text(&text));
        buf_finish(&text);
    } else {
        hands_gemini(out, id, name, arguments, &c->shot);
    }
    if (check)
        gesture_check(out, first, check, "true");
    json_destroy(arguments);
}

/* Can it be sent back, and answered? */
static bool is_whole(const struct json *part)
{
    const struct json *call = json_member(part, "functionCall");
    const struct json *arguments = json_member(call, "args");
    return json_is_object(part) &&
           (!call || (json_text(call, "name") &&
                      (!arguments || json_is_null(arguments) || json_is_object(arguments))));
}

static char *words_of(const struct json *content)
{
    struct json *copy = json_is_object(content) ? json_copy(content) : json_object();
    const char *role = json_text(copy, "role");
    struct buf raw = {0};
    if (!role || strcmp(role, "model") != 0) {
        json_remove(copy, "role");
        json_add_text(copy, "role", "model");
    }
    wire_print(copy, &raw);
    return buf_take(&raw);
}

static enum taken take_parts(struct conversation *c, const struct json *content, struct reply *out,
                             struct err *e)
{
    const struct json *parts = json_member(content, "parts");
    struct buf said = {0};
    int calls = 0;
    bool fine = !parts || json_is_list(parts);
    for (const struct json *part = json_first(parts); part && fine; part = json_next(part)) {
        const struct json *call = json_member(part, "functionCall");
        const char *text = json_text(part, "text");
        fine = is_whole(part);
        if (call && fine)
            take_function_call(c, out, call, calls++);
        else if (text && !json_is_true(json_member(part, "thought")))
            buf_addf(&said, "%s%s", said.length ? "\n" : "", text);
    }
    bool empty = !calls && !said.length;
    out->raw = words_of(content);
    out->said = buf_take(&said);
    if (!fine)
        err_set(e, ERR_REPLY, "the answer has a part that is not whole");
    else if (empty)
        err_set(e, ERR_REPLY, "the model said nothing");
    return fine && !empty ? TAKEN : TAKEN_AGAIN;
}

static enum taken take_candidate(struct conversation *c, const struct json *candidate,
                                 struct reply *out, struct err *e)
{
    const struct json *content = json_member(candidate, "content");
    const char *reason = json_text(candidate, "finishReason");
    const char *message = json_text(candidate, "finishMessage");
    reason = reason ? reason : "no reason";
    if (strcmp(reason, "MAX_TOKENS") == 0)
        return wire_cut(c, e);
    if (strcmp(reason, "STOP") != 0) {
        err_set(e, ERR_REPLY, "the model stopped: %.100s%s%s", reason, message ? ": " : "",
                message ? message : "");
        return strcmp(reason, "MALFORMED_FUNCTION_CALL") == 0 ? TAKEN_AGAIN : TAKEN_NOT;
    }
    return take_parts(c, content, out, e);
}

static void take_usage(const struct json *answer, struct usage *out)
{
    const struct json *usage = json_member(answer, "usageMetadata");
    long cached = json_whole(usage, "cachedContentTokenCount");
    long input = json_whole(usage, "promptTokenCount") +
                 json_whole(usage, "toolUsePromptTokenCount") - cached;
    *out = (struct usage){.input = input < 0 ? 0 : input,
                          .cached = cached,
                          .output = json_whole(usage, "candidatesTokenCount") +
                                    json_whole(usage, "thoughtsTokenCount"),
                          .dollars = -1};
}

static enum taken gemini_reply(struct conversation *c, const char *body, struct reply *out,
                               struct usage *usage, struct err *e)
{
    struct json *answer = wire_read(body);
    const struct json *candidate = json_item(json_member(answer, "candidates"), 0);
    const char *blocked = json_text(json_member(answer, "promptFeedback"), "blockReason");
    enum taken taken = TAKEN_AGAIN;
    take_usage(answer, usage);
    if (blocked) {
        err_set(e, ERR_REPLY, "the provider blocked the request: %.100s", blocked);
        taken = TAKEN_NOT;
    } else if (json_is_object(candidate)) {
        taken = take_candidate(c, candidate, out, e);
    } else {
        err_set(e, ERR_REPLY, "the answer has no candidate");
    }
    json_destroy(answer);
    return taken;
}

static bool gemini_step_down(struct conversation *c, int status, const char *body)
{
    struct json *answer = json_parse(body);
    const char *message = json_text(json_member(answer, "error"), "message");
    bool other = false;
    if (status != 400 || !message || way_of(c) == WAY_TOOLS) {
        other = false;
    } else if (strcasestr(message, "injection")) {
        other = wire_lacks(c, LACK_DETECTION);
    } else if (strcasestr(message, "computer") || strcasestr(message, "environment")) {
        c->way++;
        other = true;
    }
    json_destroy(answer);
    return other;
}

const struct provider provider_gemini = {.name = "gemini",
                                         .base = "https://generativelanguage.googleapis.com",
                                         .ways = ways,
                                         .way_of = gemini_way_of,
                                         .address = gemini_address,
                                         .headers = gemini_headers,
                                         .rule = gemini_rule,
                                         .request = gemini_request,
                                         .reply = gemini_reply,
                                         .step_down = gemini_step_down};

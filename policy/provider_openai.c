/*
 * openai: /v1/responses, with OpenAI's own computer tool. Nothing is kept on their side: what the
 * model said is sent back, its reasoning (encrypted) in front of the call that came of it. A
 * computer call is answered with a picture and nothing else, so what failed is told beside it.
 */
#include "policy/hands.h"
#include "policy/openai_item.h"
#include "policy/providers.h"
#include "policy/tools.h"
#include "policy/wire.h"

#include <string.h>

enum way { WAY_COMPUTER, WAY_TOOLS };
static const char *const ways[] = {"computer", "tools", NULL};

/* What a model was found not to take. */
enum lack { LACK_DETAIL = 1, LACK_ENCRYPTED = 2 };

/* Who sees no pictures has no use for places in them. */
static enum way way_of(const struct conversation *c)
{
    return c->blind ? WAY_TOOLS : (enum way)c->way;
}

/* ---- the request ---- */

static void add_picture_url(struct json *to, const struct conversation *c, const struct buf *png)
{
    struct buf url = {0};
    wire_data_url(png, &url);
    json_add_text(to, "image_url", buf_text(&url));
    if (!(c->lacks & LACK_DETAIL)) /* any other would be scaled, and places with it */
        json_add_text(to, "detail", "original");
    buf_finish(&url);
}

static void add_user(struct json *input, const struct conversation *c, const char *text,
                     const struct buf *png)
{
    struct json *message = json_add_object(input, NULL);
    json_add_text(message, "role", "user");
    struct json *parts = json_add_list(message, "content");
    wire_add_text(parts, "input_text", "text", text);
    if (!png->length)
        return;
    struct json *picture = json_add_object(parts, NULL);
    json_add_text(picture, "type", "input_image");
    add_picture_url(picture, c, png);
}

/* Some of an item's calls: those of CALLS that begin at FIRST. */
struct part {
    const struct reply *reply;
    int first, count;
};

static const struct call *call_at(const struct part *p, int i)
{
    return p->first + i < p->reply->count ? &p->reply->calls[p->first + i] : NULL;
}

/* Was what the provider wants a person to confirm done, and so confirmed? */
static bool is_confirmed(const struct json *item, const struct part *p)
{
    for (int i = 0; i < p->count; i++) {
        const struct call *call = call_at(p, i);
        if (call && call->checks)
            return !wire_failed(call);
    }
    return !json_count(json_member(item, "pending_safety_checks"));
}

static void tell_failures(const struct part *p, struct buf *out)
{
    const struct call *call = NULL;
    for (int i = 0; i < p->count && (!i || call); i++) {
        call = call_at(p, i);
        if (wire_failed(call))
            buf_addf(out, "Error: action %d of %d%s%s: %s\n", i + 1, p->count, call ? ", " : "",
                     call && call->name ? call->name : "", wire_result(call));
    }
}

static void add_computer_output(struct json *input, const struct conversation *c,
                                const struct json *item, const struct look *look)
{
    const struct json *checks = json_member(item, "pending_safety_checks");
    struct json *output = json_add_object(input, NULL);
    json_add_text(output, "type", "computer_call_output");
    json_add_text(output, "call_id", json_text(item, "call_id"));
    struct json *picture = json_add_object(output, "output");
    json_add_text(picture, "type", "computer_screenshot");
    add_picture_url(picture, c, &look->png);
    if (json_count(checks))
        json_add(output, "acknowledged_safety_checks", json_copy(checks));
}

static void add_function_output(struct json *input, const struct json *item,
                                const struct call *call)
{
    struct buf text = {0};
    buf_addf(&text, "%s%s", wire_failed(call) ? "Error: " : "", wire_result(call));
    struct json *output = json_add_object(input, NULL);
    json_add_text(output, "type", "function_call_output");
    json_add_text(output, "call_id", json_text(item, "call_id"));
    json_add_text(output, "output", buf_text(&text));
    buf_finish(&text);
}

/* What the model said, and behind it what came of it. An action that a person should have confirmed
 * and that was not done is left out with the reasoning before it, and only told: it could be sent
 * back with the confirmation alone. */
static void add_exchange(struct json *input, const struct conversation *c, const struct exchange *x,
                         bool newest)
{
    struct json *said = json_parse(x->reply.raw), *outputs = json_list(), *held = json_list();
    struct buf text = {0};
    bool pictured = false;
    struct part part = {.reply = &x->reply};
    for (const struct json *item = json_first(said); item; item = json_next(item)) {
        part.count = openai_item_calls(item);
        bool computer = wire_is_type(item, "computer_call");
        bool left_out = computer && !is_confirmed(item, &part);
        json_add(held, NULL, json_copy(item));
        if (wire_is_type(item, "reasoning"))
            continue;
        if (!left_out)
            json_move(input, held);
        json_destroy(held);
        held = json_list();
        if (computer)
            tell_failures(&part, &text);
        if (computer && !left_out)
            add_computer_output(outputs, c, item, &x->look);
        else if (!computer && part.count)
            add_function_output(outputs, item, call_at(&part, 0));
        pictured = pictured || (computer && !left_out);
        part.first += part.count;
    }
    json_move(input, outputs);
    buf_add(&text, newest ? buf_text(&x->look.text) : "(The list of this time is left out.)");
    add_user(input, c, buf_text(&text), pictured ? &(struct buf){0} : &x->look.png);
    buf_finish(&text);
    json_destroy(held);
    json_destroy(outputs);
    json_destroy(said);
}

static struct json *input_of(const struct conversation *c)
{
    struct json *input = json_list();
    struct buf text = {0};
    conversation_opening(c, true, &text);
    add_user(input, c, buf_text(&text), conversation_is_new(c) ? &c->first.png : &(struct buf){0});
    for (int i = 0; i < c->count; i++)
        add_exchange(input, c, &c->exchanges[i], i == c->count - 1);
    buf_finish(&text);
    return input;
}

static struct json *tools_of(const struct conversation *c)
{
    struct json *list = json_list();
    if (way_of(c) == WAY_COMPUTER)
        json_add_text(json_add_object(list, NULL), "type", "computer");
    for (int i = 0; i < tool_count; i++) {
        struct json *tool = json_add_object(list, NULL);
        json_add_text(tool, "type", "function");
        json_add_text(tool, "name", tools[i].name);
        json_add_text(tool, "description", tools[i].description);
        json_add_bool(tool, "strict", true);
        json_add(tool, "parameters", json_parse(tools[i].schema));
    }
    return list;
}

static void openai_request(const struct conversation *c, struct buf *body)
{
    struct json *request = json_object();
    struct buf system = {0};
    buf_addf(&system, "%s%s", c->system, way_of(c) == WAY_COMPUTER ? tools_hands : "");
    json_add_text(request, "model", c->model);
    json_add_bool(request, "store", false);
    if (!(c->lacks & LACK_ENCRYPTED))
        json_add_text(json_add_list(request, "include"), NULL, "reasoning.encrypted_content");
    json_add_number(request, "max_output_tokens", (double)c->tokens_max);
    json_add_text(request, "instructions", buf_text(&system));
    json_add(request, "tools", tools_of(c));
    json_add(request, "input", input_of(c));
    wire_print(request, body);
    buf_finish(&system);
}

static void openai_address(const char *base, const char *model, struct buf *out)
{
    (void)model;
    buf_addf(out, "%s/responses", base);
}

static void openai_headers(const struct conversation *c, const char *key, struct buf *out)
{
    (void)c;
    if (*key)
        buf_addf(out, "Authorization: Bearer %s\n", key);
}

static void openai_rule(const struct conversation *c, struct shot_rule *out)
{
    (void)c;
    *out = (struct shot_rule){.space = SHOT_PIXELS, .pixels_max = 10240000};
}

/* ---- the answer ---- */

/* What a person has to confirm, in words, and as it has to be sent back then. */
static void take_checks(struct reply *out, int first, const struct json *checks)
{
    struct buf words = {0}, raw = {0};
    for (const struct json *check = json_first(checks); check; check = json_next(check)) {
        const char *code = json_text(check, "code"), *message = json_text(check, "message");
        buf_addf(&words, "%s%s%s%s", words.length ? "; " : "", code ? code : "",
                 code && message ? ": " : "",
                 message ? message
                 : code  ? ""
                         : "a safety check");
    }
    if (words.length) {
        json_print(checks, &raw);
        gesture_check(out, first, buf_text(&words), buf_text(&raw));
    }
    buf_finish(&words);
    buf_finish(&raw);
}

/* One of `action` and `actions`, or what is wrong with that. */
static void take_computer_call(const struct conversation *c, struct reply *out,
                               const struct json *item)
{
    const struct json *action = json_member(item, "action");
    const struct json *actions = json_member(item, "actions");
    const char *id = json_text(item, "call_id");
    int first = out->count;
    if (json_is_object(action) && !json_count(actions))
        hands_openai(out, id, action, &c->shot);
    for (const struct json *one = json_first(actions); one; one = json_next(one))
        hands_openai(out, id, one, &c->shot);
    if (out->count == first)
        gesture_say(out, id, "computer", CALL_BAD, "there is no action in it");
    if (json_count(actions) && json_is_object(action) && first < out->count)
        call_spoil(&out->calls[first], "either `action` or `actions` is meant");
    take_checks(out, first, json_member(item, "pending_safety_checks"));
}

static void take_message(const struct json *item, struct buf *said, struct buf *refusal)
{
    const struct json *content = json_member(item, "content");
    for (const struct json *part = json_first(content); part; part = json_next(part)) {
        const char *text = json_text(part, "text"), *refused = json_text(part, "refusal");
        if (text)
            buf_addf(said, "%s%s", said->length ? "\n" : "", text);
        if (refused)
            buf_add(refusal, refused);
    }
}

static enum taken take_output(struct conversation *c, const struct json *output, struct reply *out,
                              struct err *e)
{
    struct buf said = {0}, refusal = {0}, raw = {0};
    enum taken taken = TAKEN;
    for (const struct json *item = json_first(output); item && taken == TAKEN;
         item = json_next(item)) {
        const char *name = json_text(item, "name");
        if (!openai_item_is_whole(item)) {
            err_set(e, ERR_REPLY, "the answer has a call that is not whole");
            taken = TAKEN_AGAIN;
        } else if (wire_is_type(item, "computer_call")) {
            take_computer_call(c, out, item);
        } else if (wire_is_type(item, "function_call")) {
            tools_call(out, json_text(item, "call_id"), name ? name : "",
                       json_text(item, "arguments"));
        } else if (wire_is_type(item, "message")) {
            take_message(item, &said, &refusal);
        }
    }
    if (taken == TAKEN && refusal.length) {
        err_set(e, ERR_REPLY, "the model refuses: %s", buf_text(&refusal));
        taken = TAKEN_NOT;
    } else if (taken == TAKEN && !out->count && !said.length) {
        err_set(e, ERR_REPLY, "the model said nothing");
        taken = TAKEN_AGAIN;
    }
    openai_item_keep(output, &raw);
    out->raw = buf_take(&raw);
    out->said = buf_take(&said);
    buf_finish(&refusal);
    return taken;
}

static bool is_passing(const char *code)
{
    return code && (strcmp(code, "server_error") == 0 || strcmp(code, "rate_limit_exceeded") == 0);
}

/* An answer that did not come to its end. */
static enum taken take_end(struct conversation *c, const struct json *answer, const char *status,
                           struct err *e)
{
    const struct json *error = json_member(answer, "error");
    const char *code = json_text(error, "code"), *message = json_text(error, "message");
    const char *reason = json_text(json_member(answer, "incomplete_details"), "reason");
    if (strcmp(status, "incomplete") == 0 && reason && strcmp(reason, "max_output_tokens") == 0)
        return wire_cut(c, e);
    if (strcmp(status, "failed") == 0)
        err_set(e, ERR_REPLY, "the model failed: %s: %s", code ? code : "no code",
                message ? message : "no message");
    else
        err_set(e, ERR_REPLY, "the answer is %s: %s", status, reason ? reason : "no reason");
    return strcmp(status, "failed") == 0 && is_passing(code) ? TAKEN_AGAIN : TAKEN_NOT;
}

static enum taken openai_reply(struct conversation *c, const char *body, struct reply *out,
                               struct usage *usage, struct err *e)
{
    struct json *answer = wire_read(body);
    const struct json *output = json_member(answer, "output");
    const char *status = json_text(answer, "status");
    enum taken taken = TAKEN_AGAIN;
    wire_usage(json_member(answer, "usage"), "input_tokens", "input_tokens_details",
               "output_tokens", usage);
    if (status && strcmp(status, "completed") != 0)
        taken = take_end(c, answer, status, e);
    else if (json_is_list(output))
        taken = take_output(c, output, out, e);
    else
        err_set(e, ERR_REPLY, "the answer is no response");
    json_destroy(answer);
    return taken;
}

/* PARAM says what was not taken; where it does not, the message does. */
static bool ask_otherwise(struct conversation *c, const char *param, const char *message)
{
    if (strstr(param, "detail"))
        return wire_lacks(c, LACK_DETAIL);
    if (strcmp(param, "include") == 0 || strstr(message, "ncrypted content"))
        return wire_lacks(c, LACK_ENCRYPTED);
    bool tool = strcmp(param, "tools") == 0 || strcmp(param, "tools[0]") == 0 ||
                strcmp(param, "tools[0].type") == 0 || strstr(message, "'computer'");
    if (way_of(c) == WAY_COMPUTER && tool) {
        c->way = WAY_TOOLS;
        return true;
    }
    return false;
}

static bool openai_step_down(struct conversation *c, int status, const char *body)
{
    struct json *answer = json_parse(body);
    const struct json *error = json_member(answer, "error");
    const char *param = json_text(error, "param"), *message = json_text(error, "message");
    bool other = status == 400 && ask_otherwise(c, param ? param : "", message ? message : "");
    json_destroy(answer);
    return other;
}

const struct provider provider_openai = {.name = "openai",
                                         .base = "https://api.openai.com/v1",
                                         .ways = ways,
                                         .address = openai_address,
                                         .headers = openai_headers,
                                         .rule = openai_rule,
                                         .request = openai_request,
                                         .reply = openai_reply,
                                         .step_down = openai_step_down};

/*
 * All providers on good and bad days: a model decides on a page of a few lines, over a scripted
 * server whose requests are judged as the provider would. Whatever comes, what is done is what the
 * model meant, or nothing.
 */
#include "base/stop.h"
#include "policy/model.h"
#include "tests/anthropic_check.h"
#include "tests/conversations.h"
#include "tests/gemini_check.h"
#include "tests/openai_check.h"
#include "tests/scenes.h"

#include "tests/model_server.h"

#include <poll.h>

static const struct rect field = {300, 285, 240, 30}, button = {300, 400, 80, 30};

/* ---- the page ---- */

struct page {
    struct scene scene;
    struct history history;
    bool focused;
    char value[64];
    struct buf done; /* what was done on it, a line each */
};

static void look(struct page *p, bool changed)
{
    struct scene *s = &p->scene;
    scene_reset(s, 1280, 800);
    s->changed = changed ? field : (struct rect){0};
    scene_control(s, ROLE_TEXTBOX, field, "First name", p->value)->states =
        p->focused ? STATE_FOCUSED : 0;
    scene_button(s, button, "Save");
}

static void perform(struct page *p, const struct action *a)
{
    struct buf line = {0};
    action_print(a, &line);
    struct history_turn *turn = history_add(&p->history);
    *turn = (struct history_turn){.number = turn->number, .has_at = a->has_at, .at = a->at};
    turn->acted = a->kind != ACTION_NONE && a->kind != ACTION_WAIT;
    if (turn->acted || a->check)
        buf_addf(&p->done, "%s%s%s\n", buf_text(&line), a->check ? " if confirmed: " : "",
                 a->check ? a->check : "");
    if (a->kind == ACTION_CLICK)
        p->focused = rect_holds(field, a->at);
    if (a->kind == ACTION_TYPE && p->focused)
        snprintf(p->value, sizeof p->value, "%s", a->text);
    if (a->kind == ACTION_WAIT)
        poll(NULL, 0, a->ms < 20 ? a->ms : 20);
    look(p, turn->acted);
    buf_finish(&line);
}

/* The finder of the tests knows places only. */
static enum found find_place(void *self, const struct scene *scene, const struct target *t,
                             struct match *out, struct err *e)
{
    (void)self;
    if (t->kind != TARGET_AT) {
        err_set(e, ERR_TASK, "no \"%s\"", t->text);
        return FOUND_NONE;
    }
    *out = (struct match){.element = scene_element_at(scene, t->at),
                          .box = {t->at.x, t->at.y, 1, 1},
                          .text = "",
                          .score = 1};
    return FOUND_ONE;
}

static bool picture(void *self, struct rect region, int width, int height, struct buf *out,
                    struct err *e)
{
    (void)self, (void)region, (void)e;
    put_png(out, width, height);
    return true;
}

/* ---- the providers ---- */

/* What each says in its own words. */
struct voice {
    const char *name;  /* of a model, with its provider */
    const char *works; /* click into the field, type "Ada", and look: one answer */
    const char *ends;  /* it is done */
    const char *talks; /* it calls the tools in plain text, which is no call */
    const char *refuses, *cut;
    const char *strays;     /* clicks at 5000,5000 and then types */
    const char *soars;      /* clicks at 1e999 and then types */
    const char *overloaded; /* an error, as it may come in a 200 */
    const char *no_tool;    /* a 400: the model does not take the tool */
    const char *asks;       /* clicks into the field if a person confirms it ... */
    const char *confirmed;  /* ... which stands in the next request then; NULL: it never asks */
    struct check (*judge)(const char *request, const char *headers);
};

static struct check judge_anthropic(const char *request, const char *headers)
{
    return anthropic_check(request, headers, 2576, 4784);
}

static struct check judge_openai(const char *request, const char *headers)
{
    struct check k = openai_check(request);
    want(&k, strstr(headers, "authorization: Bearer secret\n"), "no key");
    return k;
}

static struct check judge_gemini(const char *request, const char *headers)
{
    struct check k = gemini_check(request);
    want(&k, strstr(headers, "x-goog-api-key: secret\n"), "no key");
    return k;
}

#define A_USE(id, name, input)                                                                     \
    "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"" name                                    \
    "\",\"toolset_name\":\"computer\",\"input\":" input "}"
#define A_SAYS(reason, blocks)                                                                     \
    "{\"type\":\"message\",\"role\":\"assistant\",\"stop_reason\":\"" reason                       \
    "\",\"content\":[" blocks "],\"usage\":{\"input_tokens\":9,\"output_tokens\":9}}"
#define A_TYPES(at)                                                                                \
    A_SAYS("tool_use", A_USE("s1", "left_click", "{\"coordinate\":" at "}") "," A_USE(             \
                           "s2", "type", "{\"text\":\"Ada\"}"))

#define O_ITEM(id, actions)                                                                        \
    "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"ZW5j\"},{"     \
    "\"type\":\"computer_call\",\"id\":\"cu_" id "\",\"call_id\":\"" id                            \
    "\",\"status\":\"completed\","                                                                 \
    "\"pending_safety_checks\":[],\"actions\":[" actions "]}"
#define O_SAYS(status, items)                                                                      \
    "{\"status\":\"" status "\",\"output\":[" items                                                \
    "],\"usage\":{\"input_tokens\":9,\"output_tokens\":9}}"
#define O_CLICK(x, y) "{\"type\":\"click\",\"button\":\"left\",\"x\":" x ",\"y\":" y "}"
#define O_TYPE        "{\"type\":\"type\",\"text\":\"Ada\"}"

#define G_CALL(name, args) "{\"functionCall\":{\"name\":\"" name "\",\"args\":" args "}}"
#define G_SAYS(reason, parts)                                                                      \
    "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" parts                          \
    "]},\"finishReason\":\"" reason                                                                \
    "\"}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":9}}"
#define G_TYPES(x, y)                                                                              \
    G_SAYS("STOP",                                                                                 \
           G_CALL("click", "{\"x\":" x ",\"y\":" y "}") "," G_CALL("type", "{\"text\":\"Ada\"}"))

#define IN_TEXT                                                                                    \
    "<tool_call>{\\\"name\\\":\\\"left_click\\\",\\\"arguments\\\":{\\\"coordinate\\\":[340,415]}" \
    "}</tool_call>"

static const struct voice voices[] = {
    {
        .name = "anthropic/claude-opus-5-5",
        .works =
            A_SAYS("tool_use",
                   A_USE("t1", "left_click", "{\"coordinate\":[412,300]}") "," A_USE(
                       "t2", "type", "{\"text\":\"Ada\"}") "," A_USE("t3", "screenshot", "{}")),
        .ends = A_SAYS("tool_use", "{\"type\":\"tool_use\",\"id\":\"t9\",\"name\":\"finish\","
                                   "\"input\":{\"success\":true,\"message\":\"done\"}}"),
        .talks = A_SAYS("end_turn", "{\"type\":\"text\",\"text\":\"" IN_TEXT "\"}"),
        .refuses = A_SAYS("refusal", A_USE("t1", "left_click", "{\"coordinate\":[340,415]}")),
        .cut = A_SAYS("max_tokens", A_USE("t1", "left_click", "{\"coordinate\":[340,415]}")),
        .strays = A_TYPES("[5000,5000]"),
        .soars = A_TYPES("[1e999,-1e999]"),
        .overloaded =
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}",
        .no_tool =
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"'m' "
            "does not support tool types: computer_toolset_20260801.\"}}",
        .judge = judge_anthropic,
    },
    {
        .name = "openai/gpt-5.6-sol",
        .works =
            O_SAYS("completed",
                   O_ITEM("c1", O_CLICK("412", "300") "," O_TYPE ",{\"type\":\"screenshot\"}")),
        .ends = O_SAYS("completed",
                       "{\"type\":\"function_call\",\"id\":\"fc_9\",\"call_id\":\"c9\",\"name\":"
                       "\"finish\",\"status\":\"completed\",\"arguments\":\"{\\\"success\\\":true,"
                       "\\\"message\\\":\\\"done\\\"}\"}"),
        .talks = O_SAYS("completed",
                        "{\"type\":\"message\",\"id\":\"m\",\"role\":\"assistant\","
                        "\"content\":[{\"type\":\"output_text\",\"text\":\"" IN_TEXT "\"}]}"),
        .refuses = O_SAYS("completed", "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{"
                                       "\"type\":\"refusal\",\"refusal\":\"No.\"}]}," O_ITEM(
                                           "c2", O_CLICK("340", "415"))),
        .cut =
            "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
            "\"output\":[" O_ITEM("c2", O_CLICK("340", "415")) "]}",
        .strays = O_SAYS("completed", O_ITEM("c2", O_CLICK("5000", "5000") "," O_TYPE)),
        .soars = O_SAYS("completed", O_ITEM("c2", O_CLICK("1e999", "-1e999") "," O_TYPE)),
        .overloaded = "{\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}",
        .no_tool =
            "{\"error\":{\"type\":\"invalid_request_error\",\"param\":\"tools\",\"message\":\"Tool "
            "'computer' is not supported.\"}}",
        .asks = O_SAYS(
            "completed",
            "{\"type\":\"computer_call\",\"id\":\"cu_3\",\"call_id\":\"c3\",\"actions\":[" O_CLICK(
                "412", "300") "],\"pending_safety_checks\":[{\"id\":\"s1\",\"code\":"
                              "\"sensitive_domain\",\"message\":\"It pays.\"}]}"),
        .confirmed = "\"acknowledged_safety_checks\":[{\"id\":\"s1\"",
        .judge = judge_openai,
    },
    {
        .name = "gemini/gemini-3.5-flash",
        .works =
            G_SAYS("STOP", G_CALL("click", "{\"x\":322,\"y\":375}") "," G_CALL(
                               "type", "{\"text\":\"Ada\"}") "," G_CALL("take_screenshot", "{}")),
        .ends = G_SAYS("STOP", G_CALL("finish", "{\"success\":true,\"message\":\"done\"}")),
        .talks = G_SAYS("STOP", "{\"text\":\"" IN_TEXT "\"}"),
        .refuses = G_SAYS("SAFETY", G_CALL("click", "{\"x\":265,\"y\":519}")),
        .cut = G_SAYS("MAX_TOKENS", G_CALL("click", "{\"x\":265,\"y\":519}")),
        .strays = G_TYPES("5000", "5000"),
        .soars = G_TYPES("1e999", "-1e999"),
        .overloaded = "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\",\"message\":\"x\"}}",
        .no_tool = "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":"
                   "\"Computer Use is "
                   "not enabled.\"}}",
        .asks = G_SAYS("STOP",
                       G_CALL("click", "{\"x\":322,\"y\":375,\"safety_decision\":{\"decision\":"
                                       "\"require_confirmation\",\"explanation\":\"It pays.\"}}")),
        .confirmed = "\"safety_acknowledgement\":\"true\"",
        .judge = judge_gemini,
    },
};

/* ---- a run ---- */

struct outcome {
    bool done;
    char *actions; /* owned */
    int asked;
    struct buf requests; /* the log, a line each */
    struct err e;
};

static void outcome_finish(struct outcome *o)
{
    free(o->actions);
    buf_finish(&o->requests);
}

/* Every request is one that the provider takes. */
static void judge_all(const struct voice *v, const char *log)
{
    char *copy = mem_text(log), *save;
    for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        struct json *entry = json_parse(line);
        struct buf request = {0}, headers = {0};
        const struct json *all = json_member(entry, "headers");
        json_print(json_member(entry, "body"), &request);
        static const char *const names[] = {"anthropic-version", "anthropic-beta", "authorization",
                                            "x-goog-api-key"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (json_text(all, names[i]))
                buf_addf(&headers, "%s: %s\n", names[i], json_text(all, names[i]));
        struct check k = v->judge(buf_text(&request), buf_text(&headers));
        if (k.wrong[0])
            fail_msg("%s: %s: %s", v->name, k.wrong, buf_text(&request));
        buf_finish(&request);
        buf_finish(&headers);
        json_destroy(entry);
    }
    free(copy);
}

/* SERVER has played for others before. */
static void run(const struct voice *v, const struct model_server *server, double within_ms,
                struct outcome *out)
{
    static const struct data none;
    static const struct price free_of_charge;
    struct model_name name;
    struct buf text = {0};
    struct page page = {0};
    struct action action = {0};
    *out = (struct outcome){0};
    char *before = model_server_log(server);
    buf_addf(&text, "%s@%s", v->name, model_server_url(server, ""));
    assert_true(model_name_parse(buf_text(&text), &name, &out->e));
    struct deadline deadline = deadline_in(within_ms);
    struct policy_context context = {.finder = {find_place, NULL}, .secrets = &none};
    struct wallet *wallet = wallet_create(&free_of_charge, 1, NULL);
    struct model_task task = {.name = &name,
                              .key = "secret",
                              .goal = "Register Ada.",
                              .camera = {.picture = picture},
                              .deadline = &deadline,
                              .wallet = wallet};
    struct policy *policy = policy_create(&context, model_decider(&context, &task));
    look(&page, true);
    bool going = true;
    for (int turn = 0; going && turn < 200 && action.kind != ACTION_DONE; turn++) {
        going = policy_decide(policy, &page.scene, &page.history, &action, &out->e);
        if (going && action.kind != ACTION_DONE)
            perform(&page, &action);
    }
    out->done = going && action.kind == ACTION_DONE;
    out->actions = buf_take(&page.done);
    char *log = model_server_log(server);
    buf_add(&out->requests, log + strlen(before));
    for (const char *at = buf_text(&out->requests); (at = strchr(at, '\n')); at++)
        out->asked++;
    judge_all(v, buf_text(&out->requests));
    free(log);
    free(before);
    policy_destroy(policy);
    wallet_destroy(wallet);
    model_name_finish(&name);
    scene_finish(&page.scene);
    buf_finish(&text);
}

#define WORK "click left at 412,300\ntype \"Ada\"\n"

/* Appends a script: each letter is an answer. */
static void script_of(const struct voice *v, const char *letters, struct buf *out)
{
    const struct {
        char letter;
        const char *before, *body;
    } answers[] = {
        {'w', "", v->works},
        {'e', "", v->ends},
        {'t', "", v->talks},
        {'r', "", v->refuses},
        {'c', "", v->cut},
        {'s', "", v->strays},
        {'i', "", v->soars},
        {'o', "", v->overloaded},
        {'n', "\"status\":400,", v->no_tool},
        {'4', "\"status\":429,\"headers\":{\"retry-after\":\"0.01\"},", v->overloaded},
        {'9', "\"status\":429,", v->overloaded},
        {'5', "\"status\":500,", v->overloaded},
        {'2', "\"status\":529,", v->overloaded},
        {'1', "\"status\":401,", "{\"error\":{\"message\":\"who?\"}}"},
        {'x', "\"cut\":-1,", v->works},
        {'h', "\"cut\":40,", v->works},
        {'z', "\"stall\":40,", v->works},
        {'b', "\"bytes\":52428800,", "{}"},
        {'k', "", v->asks},
        {'j', "", "{\"content\":[{\"type\":\"to"},
    };
    for (const char *c = letters; *c; c++)
        for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
            if (answers[i].letter == *c) {
                struct json *body = json_list(); /* sent as it stands, not as the server reads it */
                json_add_text(body, NULL, answers[i].body);
                struct buf text = {0};
                json_print(body, &text);
                buf_addf(out, "%s{%s\"body\":%.*s}", out->length > 1 ? "," : "", answers[i].before,
                         (int)text.length - 2, text.text + 1);
                buf_finish(&text);
                json_destroy(body);
            }
}

static void test_days(void **state)
{
    (void)state;
    static const struct {
        const char *day, *script;
        const char *actions;
        enum err_kind kind; /* ERR_NONE: it ends well */
        double within_ms;   /* 0: a minute */
        const char *told;   /* it stands in a later request; NULL: nothing */
    } days[] = {
        {"good", "we", WORK, ERR_NONE, 0, NULL},
        {"429 with retry-after", "4w44e", WORK, ERR_NONE, 0, NULL},
        {"429 without, 500", "9w5e", WORK, ERR_NONE, 0, NULL},
        {"529", "2we", WORK, ERR_NONE, 0, NULL},
        {"no key", "1", "", ERR_IO, 0, NULL},
        {"cut before and in the middle", "xwhe", WORK, ERR_NONE, 0, NULL},
        {"stalled", "wz", WORK, ERR_LIMIT, 3000, NULL},
        {"an error inside 200", "owe", WORK, ERR_NONE, 0, NULL},
        {"truncated JSON", "jwe", WORK, ERR_NONE, 0, NULL},
        {"tools called in text", "twe", WORK, ERR_NONE, 0, NULL},
        {"nothing but talk", "ttt", "", ERR_REPLY, 0, NULL},
        {"a refusal", "r", "", ERR_REPLY, 0, NULL},
        {"a cut answer", "cwe", WORK, ERR_NONE, 0, NULL},
        {"outside the picture", "swe", WORK, ERR_NONE, 0, "is outside the picture"},
        {"infinite places", "iwe", WORK, ERR_NONE, 0, "is outside the picture"},
        {"50 MB", "b", "", ERR_REPLY, 0, NULL},
        {"without the tool", "ne", "", ERR_NONE, 0, NULL},
    };
    for (size_t v = 0; v < sizeof voices / sizeof *voices; v++) {
        struct model_server server;
        struct buf script = {0};
        buf_add(&script, "[");
        for (size_t i = 0; i < sizeof days / sizeof *days; i++)
            script_of(&voices[v], days[i].script, &script);
        buf_add(&script, "]");
        model_server_start(&server, buf_text(&script));
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            struct outcome o;
            run(&voices[v], &server, days[i].within_ms ? days[i].within_ms : 60000, &o);
            if (o.done != (days[i].kind == ERR_NONE) || strcmp(o.actions, days[i].actions) != 0 ||
                (!o.done && o.e.kind != days[i].kind) ||
                (size_t)o.asked != strlen(days[i].script) ||
                (days[i].told && !strstr(buf_text(&o.requests), days[i].told)))
                fail_msg("%s, %s: %s, asked %d times, %d: %s, done: %s", voices[v].name,
                         days[i].day, o.done ? "done" : "not done", o.asked, o.e.kind, o.e.text,
                         o.actions);
            outcome_finish(&o);
        }
        model_server_end(&server);
        buf_finish(&script);
    }
}

/* What a provider wants confirmed goes with the action to whoever asks a person, and back when it
 * was done. */
static void test_confirmation(void **state)
{
    (void)state;
    for (size_t v = 0; v < sizeof voices / sizeof *voices; v++) {
        struct model_server server;
        struct buf script = {0};
        struct outcome o;
        if (!voices[v].confirmed)
            continue;
        buf_add(&script, "[");
        script_of(&voices[v], "ke", &script);
        buf_add(&script, "]");
        model_server_start(&server, buf_text(&script));
        run(&voices[v], &server, 60000, &o);
        assert_true(o.done);
        assert_non_null(strstr(o.actions, "click left at 412,300 if confirmed: "));
        assert_non_null(strstr(o.actions, "It pays."));
        struct json *second = json_parse(strchr(buf_text(&o.requests), '\n') + 1);
        struct buf body = {0};
        json_print(json_member(second, "body"), &body);
        assert_non_null(strstr(buf_text(&body), voices[v].confirmed));
        json_destroy(second);
        buf_finish(&body);
        outcome_finish(&o);
        model_server_end(&server);
        buf_finish(&script);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_confirmation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

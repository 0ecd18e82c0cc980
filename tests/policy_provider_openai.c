/* OpenAI's wire: what is asked is judged as OpenAI would, what is answered becomes calls. */
#include "tests/conversations.h"
#include "tests/openai_check.h"

static const struct provider *openai;

static void assert_fine(const struct conversation *c)
{
    char *request = request_of(openai, c);
    struct check k = openai_check(request);
    if (k.wrong[0])
        fail_msg("%s: %s", k.wrong, request);
    free(request);
}

/* An answer with these items. */
static enum taken say(struct conversation *c, const char *items, struct err *e)
{
    struct buf body = {0};
    buf_addf(
        &body,
        "{\"id\":\"resp_1\",\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,"
        "\"output\":[%s],\"usage\":{\"input_tokens\":900,\"input_tokens_details\":{"
        "\"cached_tokens\":700,\"cache_write_tokens\":50},\"output_tokens\":5}}",
        items);
    enum taken taken = hear(openai, c, buf_text(&body), e);
    buf_finish(&body);
    return taken;
}

#define REASON(id)                                                                                 \
    "{\"type\":\"reasoning\",\"id\":\"" id                                                         \
    "\",\"summary\":[],\"status\":null,\"encrypted_content\":\"ZW5j\"}"
#define BATCH(id, actions)                                                                         \
    "{\"type\":\"computer_call\",\"id\":\"cu_" id "\",\"call_id\":\"" id                           \
    "\",\"status\":\"completed\",\"created_by\":\"x\",\"pending_safety_checks\":[],\"actions\":"   \
    "[" actions "]}"
#define RISKY(id, actions)                                                                         \
    "{\"type\":\"computer_call\",\"id\":\"cu_" id "\",\"call_id\":\"" id                           \
    "\",\"status\":\"completed\",\"pending_safety_checks\":[{\"id\":\"sc_1\",\"code\":"            \
    "\"malicious_instructions\",\"message\":\"The page gives orders.\"}],\"actions\":[" actions    \
    "]}"
#define FUNCTION(id, name, arguments)                                                              \
    "{\"type\":\"function_call\",\"id\":\"fc_" id "\",\"call_id\":\"" id "\",\"name\":\"" name     \
    "\",\"status\":\"completed\",\"arguments\":" arguments "}"
#define MESSAGE(text)                                                                              \
    "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"completed\","      \
    "\"content\":[{\"type\":\"output_text\",\"text\":\"" text "\",\"annotations\":[]}]}"
#define CLICK "{\"type\":\"click\",\"button\":\"left\",\"x\":405,\"y\":157}"

/* ---- answers ---- */

static void test_actions(void **state)
{
    (void)state;
    static const struct {
        const char *action, *calls;
    } cases[] = {
        {CLICK, "a click: click left at 405,157\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":0,\"y\":0}",
         "a click: click left at 0,0\n"},
        {"{\"type\":\"click\",\"button\":\"right\",\"x\":1,\"y\":2,\"keys\":[\"CTRL\",\"SHIFT\"]}",
         "a click: click right at 1,2 holding CTRL+SHIFT\n"},
        {"{\"type\":\"click\",\"button\":\"wheel\",\"x\":1,\"y\":2,\"keys\":null}",
         "a click: click middle at 1,2\n"},
        {"{\"type\":\"click\",\"button\":\"back\",\"x\":1,\"y\":2,\"keys\":[]}",
         "a click: click back at 1,2\n"},
        {"{\"type\":\"click\",\"button\":\"forward\",\"x\":1279,\"y\":799}",
         "a click: click forward at 1279,799\n"},
        {"{\"type\":\"click\",\"button\":\"middle\",\"x\":1,\"y\":2}",
         "a click: bad `button` must be left, right, wheel, back or forward\n"},
        {"{\"type\":\"click\",\"x\":1,\"y\":2}",
         "a click: bad `button` must be left, right, wheel, back or forward\n"},
        {"{\"type\":\"click\",\"button\":\"left\"}", "a click: bad `x` and `y` must be numbers\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":\"1\",\"y\":2}",
         "a click: bad `x` and `y` must be numbers\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":null,\"y\":null}",
         "a click: bad `x` and `y` must be numbers\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":1280,\"y\":2}",
         "a click: bad 1280,2 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":1,\"y\":-1e999}",
         "a click: bad 1,-inf is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":1,\"y\":2,\"keys\":[\"HYPER9\"]}",
         "a click: bad there is no key \"HYPER9\"\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":1,\"y\":2,\"keys\":[7]}",
         "a click: bad `keys` must be a list of keys\n"},
        {"{\"type\":\"click\",\"button\":\"left\",\"x\":1,\"y\":2,\"keys\":\"CTRL\"}",
         "a click: bad `keys` must be a list of keys\n"},
        {"{\"type\":\"double_click\",\"x\":1,\"y\":2,\"keys\":null}",
         "a double_click: double-click left at 1,2\n"},
        {"{\"type\":\"move\",\"x\":1,\"y\":2}", "a move: move at 1,2\n"},
        {"{\"type\":\"drag\",\"path\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4},{\"x\":5,\"y\":6}]}",
         "a drag: drag left from 1,2 to 3,4 to 5,6\n"},
        {"{\"type\":\"drag\",\"path\":[{\"x\":1,\"y\":2}]}",
         "a drag: bad a path has 2 to 128 places\n"},
        {"{\"type\":\"drag\",\"path\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":9999}]}",
         "a drag: bad 3,9999 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {"{\"type\":\"drag\",\"path\":[[1,2],[3,4]]}",
         "a drag: bad `path` must be a list of places, each with numbers `x` and `y`\n"},
        {"{\"type\":\"drag\"}",
         "a drag: bad `path` must be a list of places, each with numbers `x` and `y`\n"},
        {"{\"type\":\"scroll\",\"x\":1,\"y\":2,\"scroll_x\":0,\"scroll_y\":400}",
         "a scroll: scroll down 400 pixels at 1,2\n"},
        {"{\"type\":\"scroll\",\"x\":1,\"y\":2,\"scrollX\":-30,\"scrollY\":0}",
         "a scroll: scroll left 30 pixels at 1,2\n"},
        {"{\"type\":\"scroll\",\"x\":1,\"y\":2,\"scroll_x\":0,\"scroll_y\":0}",
         "a scroll: bad `scroll_x` or `scroll_y` must be a number above or below 0\n"},
        {"{\"type\":\"scroll\",\"x\":1,\"y\":2,\"scroll_y\":1e999}",
         "a scroll: bad so far is not scrolled at once: 20000 at most\n"},
        {"{\"type\":\"keypress\",\"keys\":[\"CTRL\",\"S\"]}", "a keypress: key CTRL+S\n"},
        {"{\"type\":\"keypress\",\"keys\":[\"ENTER\"]}", "a keypress: key ENTER\n"},
        {"{\"type\":\"keypress\",\"keys\":[\"ARROWDOWN\"]}", "a keypress: key ARROWDOWN\n"},
        {"{\"type\":\"keypress\",\"keys\":[]}", "a keypress: bad `keys` must be a list of keys\n"},
        {"{\"type\":\"keypress\",\"keys\":[\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\",\"A\"]}",
         "a keypress: bad there is no key \"A\"\n"},
        {"{\"type\":\"type\",\"text\":\"penguin\"}", "a type: type \"penguin\"\n"},
        {"{\"type\":\"type\"}", "a type: bad which text is to be typed?\n"},
        {"{\"type\":\"wait\"}", "a wait: wait 2000 ms\n"},
        {"{\"type\":\"screenshot\"}", "a screenshot: look\n"},
        {"{\"type\":\"dance\"}", "a dance: bad the computer tool has no such action\n"},
        {"{\"type\":7}", "a : bad the computer tool has no such action\n"},
        {"5", "a : bad the computer tool has no such action\n"},
        {CLICK ",{\"type\":\"screenshot\"}",
         "a click: click left at 405,157\na screenshot: look\n"},
        {"", "a computer: bad there is no action in it\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        struct buf calls = {0};
        char *item = replaced(BATCH("a", "@"), "@", cases[i].action);
        assert_int_equal(say(&c, item, &e), TAKEN);
        print_calls(&conversation_last(&c)->reply, &calls);
        if (strcmp(buf_text(&calls), cases[i].calls) != 0)
            fail_msg("%s\ngives %snot   %s", cases[i].action, buf_text(&calls), cases[i].calls);
        answer_calls(&c, -1);
        assert_fine(&c);
        free(item);
        buf_finish(&calls);
        conversation_finish(&c);
    }
}

static void test_items(void **state)
{
    (void)state;
    static const struct {
        const char *items, *calls, *why;
        enum taken taken;
    } cases[] = {
        {"{\"type\":\"computer_call\",\"id\":\"cu_1\",\"call_id\":\"a\",\"pending_safety_checks\":["
         "],"
         "\"status\":\"completed\",\"action\":{\"type\":\"type\",\"text\":\"x\"}}",
         "a type: type \"x\"\n", "", TAKEN},
        {BATCH("a", CLICK) "," BATCH("b", CLICK),
         "a click: click left at 405,157\nb click: click left at 405,157\n", "", TAKEN},
        {REASON("rs_1") "," FUNCTION("a", "steps", "\"{\\\"steps\\\":[\\\"press Return\\\"]}\""),
         "a steps: steps press Return\n", "", TAKEN},
        {FUNCTION("a", "finish", "\"{\\\"success\\\":false,\\\"message\\\":\\\"no\\\"}\""),
         "a finish: failed no\n", "", TAKEN},
        {FUNCTION("a", "steps", "\"{\""), "a steps: bad the arguments are not a JSON object\n", "",
         TAKEN},
        {FUNCTION("a", "exec_py", "\"{}\""), "a exec_py: bad there is no tool \"exec_py\"\n", "",
         TAKEN},
        {MESSAGE("Hm."), "", "", TAKEN},
        {"", "", "the model said nothing", TAKEN_AGAIN},
        {REASON("rs_1"), "", "the model said nothing", TAKEN_AGAIN},
        {"{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\","
         "\"refusal\":"
         "\"I won't.\"}]}",
         "", "the model refuses: I won't.", TAKEN_NOT},
        {"{\"type\":\"computer_call\",\"id\":\"cu_1\",\"status\":\"completed\",\"actions\":[" CLICK
         "]}",
         "", "the answer has a call that is not whole", TAKEN_AGAIN},
        {"{\"type\":\"computer_call\",\"id\":\"cu_1\",\"call_id\":\"a\",\"status\":\"incomplete\","
         "\"actions\":[" CLICK "]}",
         "", "the answer has a call that is not whole", TAKEN_AGAIN},
        {"{\"type\":\"computer_call\",\"id\":\"cu_1\",\"call_id\":\"a\",\"actions\":{\"a\":" CLICK
         "}}",
         "", "the answer has a call that is not whole", TAKEN_AGAIN},
        {"{\"type\":\"computer_call\",\"id\":\"cu_1\",\"call_id\":\"a\",\"actions\":[" CLICK
         "],\"pending_safety_checks\":[5]}",
         "", "the answer has a call that is not whole", TAKEN_AGAIN},
        {"{\"type\":\"web_search_call\",\"id\":\"ws_1\"}," MESSAGE("Hm."), "", "", TAKEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        struct buf calls = {0};
        enum taken taken = say(&c, cases[i].items, &e);
        if (taken == TAKEN)
            print_calls(&conversation_last(&c)->reply, &calls);
        if (taken != cases[i].taken || strcmp(e.text, cases[i].why) != 0 ||
            strcmp(buf_text(&calls), cases[i].calls) != 0)
            fail_msg("%s: %d %s %s", cases[i].items, taken, e.text, buf_text(&calls));
        if (taken == TAKEN) {
            answer_calls(&c, -1);
            assert_fine(&c);
        }
        buf_finish(&calls);
        conversation_finish(&c);
    }
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *body, *why;
        enum taken taken;
    } cases[] = {
        {"{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
         "\"output\":[" BATCH("a", CLICK) "]}",
         "the answer was cut after 4096 tokens", TAKEN_AGAIN},
        {"{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"}}",
         "the answer is incomplete: content_filter", TAKEN_NOT},
        {"{\"status\":\"incomplete\",\"output\":[" BATCH("a", CLICK) "]}",
         "the answer is incomplete: no reason", TAKEN_NOT},
        {"{\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Oops\"}}",
         "the model failed: server_error: Oops", TAKEN_AGAIN},
        {"{\"status\":\"failed\",\"error\":{\"code\":\"image_too_large\",\"message\":\"Big\"}}",
         "the model failed: image_too_large: Big", TAKEN_NOT},
        {"{\"status\":\"cancelled\"}", "the answer is cancelled: no reason", TAKEN_NOT},
        {"{\"status\":\"tomorrow\",\"output\":[]}", "the answer is tomorrow: no reason", TAKEN_NOT},
        {"{\"status\":\"completed\"}", "the answer is no response", TAKEN_AGAIN},
        {"{\"status\":\"completed\",\"output\":{}}", "the answer is no response", TAKEN_AGAIN},
        {"", "the answer is no response", TAKEN_AGAIN},
        {"[]", "the answer is no response", TAKEN_AGAIN},
        {"{\"error\":{\"message\":\"no\"}}", "the answer is no response", TAKEN_AGAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        enum taken taken = hear(openai, &c, cases[i].body, &e);
        if (taken != cases[i].taken || strcmp(e.text, cases[i].why) != 0)
            fail_msg("%s: %d %s", cases[i].body, taken, e.text);
        conversation_finish(&c);
    }
}

static void test_usage(void **state)
{
    (void)state;
    struct conversation c = talk(openai, "gpt-5.6-sol");
    struct reply reply = {0};
    struct usage usage;
    struct err e;
    assert_int_equal(openai->reply(&c,
                                   "{\"output\":[" MESSAGE(
                                       "Hm.") "],\"usage\":{\"input_tokens\":900,"
                                              "\"input_tokens_details\":{\"cached_tokens\":700,"
                                              "\"cache_write_tokens\":50},\"output_tokens\":5}}",
                                   &reply, &usage, &e),
                     TAKEN);
    assert_int_equal(usage.input, 150);
    assert_int_equal(usage.cached, 700);
    assert_int_equal(usage.cache_written, 50);
    assert_int_equal(usage.output, 5);
    reply_finish(&reply);
    conversation_finish(&c);
}

/* ---- safety checks ---- */

/* A person is asked before the first thing that is done, even if that is only a look. */
static void test_checks_are_put(void **state)
{
    (void)state;
    static const struct {
        const char *items, *calls;
    } cases[] = {
        {RISKY("a", CLICK ",{\"type\":\"type\",\"text\":\"x\"}"),
         "a click: click left at 405,157 (check: malicious_instructions: The page gives orders.)\n"
         "a type: type \"x\"\n"},
        {RISKY("a", "{\"type\":\"screenshot\"}," CLICK),
         "a screenshot: look\n"
         "a click: click left at 405,157 (check: malicious_instructions: The page gives "
         "orders.)\n"},
        {RISKY("a", "{\"type\":\"screenshot\"}"),
         "a screenshot: none (check: malicious_instructions: The page gives orders.)\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        struct buf calls = {0};
        assert_int_equal(say(&c, cases[i].items, &e), TAKEN);
        print_calls(&conversation_last(&c)->reply, &calls);
        assert_string_equal(buf_text(&calls), cases[i].calls);
        buf_finish(&calls);
        conversation_finish(&c);
    }
}

/* Only what was done, and so confirmed, is acknowledged: the same objects. What was not is told in
 * words, without the call. */
static void test_checks_are_acknowledged(void **state)
{
    (void)state;
    for (int failing = -1; failing <= 1; failing++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        assert_int_equal(say(&c,
                             REASON("rs_1") "," RISKY("a", CLICK ",{\"type\":\"wait\"}") "," REASON(
                                 "rs_2") "," FUNCTION("b", "steps",
                                                      "\"{\\\"steps\\\":[\\\"press Return\\\"]}\""),
                             &e),
                         TAKEN);
        answer_calls(&c, failing);
        char *request = request_of(openai, &c);
        assert_int_equal(strstr(request,
                                "\"acknowledged_safety_checks\":[{\"id\":\"sc_1\",\"code\":"
                                "\"malicious_instructions\",\"message\":\"The page gives "
                                "orders.\"}]") != NULL,
                         failing != 0);
        assert_int_equal(strstr(request, "rs_1") != NULL, failing != 0);
        assert_int_equal(strstr(request, "cu_a") != NULL, failing != 0);
        assert_non_null(strstr(request, "rs_2"));
        assert_int_equal(strstr(request, "Error: action 1 of 2, click: nothing is there") != NULL,
                         failing == 0);
        assert_int_equal(strstr(request, "Error: action 2 of 2, wait: ") != NULL, failing >= 0);
        free(request);
        assert_fine(&c);
        conversation_finish(&c);
    }
}

/* ---- requests ---- */

static void test_turns(void **state)
{
    (void)state;
    static const char *const turns[] = {
        REASON("rs_1") "," BATCH("?", CLICK ",{\"type\":\"type\",\"text\":\"Ada\"}"),
        REASON("rs_1") "," FUNCTION("?", "steps", "\"{\\\"steps\\\":[\\\"press Return\\\"]}\""),
        REASON("rs_1") "," MESSAGE("I wonder."),
        MESSAGE("Both:") "," REASON("rs_1") "," BATCH(
            "?", "{\"type\":\"screenshot\"}") "," FUNCTION("f?", "steps",
                                                           "\"{\\\"steps\\\":[\\\"press "
                                                           "Return\\\"]}\"") "," REASON("rs_2"),
        BATCH("?", "{\"type\":\"click\",\"button\":\"left\",\"x\":5000,\"y\":0}," CLICK),
    };
    size_t sizes[60];
    struct conversation c = talk(openai, "gpt-5.6-sol");
    assert_fine(&c);
    for (int turn = 0; turn < 60; turn++) {
        struct err e = {0};
        struct buf items = {0};
        buf_add(&items, turns[turn % 5]);
        for (char *at = items.text; (at = strchr(at, '?')); at++)
            *at = (char)('a' + turn % 3);
        assert_int_equal(say(&c, buf_text(&items), &e), TAKEN);
        answer_calls(&c, turn % 4 - 1);
        assert_fine(&c);
        char *request = request_of(openai, &c);
        sizes[turn] = strlen(request);
        free(request);
        buf_finish(&items);
    }
    assert_in_range(sizes[59], sizes[19] * 8 / 10, sizes[19] * 12 / 10);
    conversation_finish(&c);
}

/* The reasoning stays where it was, in front of its call, and nothing is left of what only answers
 * have. */
static void test_replay(void **state)
{
    (void)state;
    struct conversation c = talk(openai, "gpt-5.6-sol");
    struct err e = {0};
    assert_int_equal(say(&c, REASON("rs_1") "," BATCH("a", CLICK), &e), TAKEN);
    answer_calls(&c, -1);
    char *request = request_of(openai, &c);
    assert_non_null(strstr(
        request, "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":"
                 "\"ZW5j\"},{\"type\":\"computer_call\",\"id\":\"cu_a\",\"call_id\":\"a\","));
    assert_null(strstr(request, "created_by"));
    free(request);
    conversation_finish(&c);
}

/* Many calls, deep ones, and bytes that are no text. */
static void test_hostile(void **state)
{
    (void)state;
    struct buf items = {0};
    for (int kind = 0; kind < 3; kind++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        buf_reset(&items);
        if (kind == 0) {
            for (int i = 0; i < 200; i++)
                buf_addf(&items,
                         "%s{\"type\":\"computer_call\",\"id\":\"c%d\",\"call_id\":\"a%d\","
                         "\"actions\":[" CLICK "," CLICK "]}",
                         i ? "," : "", i, i);
        } else if (kind == 1) {
            buf_add(
                &items,
                "{\"type\":\"computer_call\",\"id\":\"c\",\"call_id\":\"a\",\"actions\":[" CLICK);
            for (int i = 0; i < 500; i++)
                buf_add(&items, "," CLICK);
            buf_add(&items, "]}");
        } else {
            buf_add(&items, BATCH("a", "{\"type\":\"type\",\"text\":\"\xc3\x28 \xff\"}"));
        }
        assert_int_equal(say(&c, buf_text(&items), &e), TAKEN);
        assert_in_range(conversation_last(&c)->reply.count, 1, REPLY_CALLS_MAX);
        answer_calls(&c, -1);
        assert_fine(&c);
        conversation_finish(&c);
    }
    for (int levels = 900; levels <= 90000; levels *= 100) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct err e = {0};
        buf_reset(&items);
        for (int i = 0; i < levels; i++)
            buf_add(&items, "{\"type\":\"click\",\"x\":[");
        for (int i = 0; i < levels; i++)
            buf_add(&items, "]}");
        assert_int_equal(hear(openai, &c, buf_text(&items), &e), TAKEN_AGAIN);
        conversation_finish(&c);
    }
    buf_finish(&items);
}

static void test_step_down(void **state)
{
    (void)state;
    static const struct {
        const char *error;
        int status;
        bool other;       /* there is another way */
        const char *gone; /* what is no longer asked then */
    } cases[] = {
        {"{\"message\":\"Tool 'computer' is not supported with gpt-4.1.\",\"param\":\"tools\"}",
         400, true, "\"type\":\"computer\""},
        {"{\"message\":\"Invalid value: 'computer'.\",\"param\":\"tools[0]\"}", 400, true,
         "\"type\":\"computer\""},
        {"{\"message\":\"Invalid value: 'original'.\",\"param\":\"input[0].content[1].detail\"}",
         400, true, "\"detail\""},
        {"{\"message\":\"Encrypted content is not supported with this "
         "model.\",\"param\":\"include\"}",
         400, true, "\"include\""},
        {"{\"message\":\"Tool 'computer' is not supported.\",\"param\":\"tools\"}", 403, false,
         NULL},
        {"{\"message\":\"Invalid schema\",\"param\":\"tools[1].parameters\"}", 400, false, NULL},
        {"{\"message\":\"bad\",\"param\":null}", 400, false, NULL},
        {"{\"message\":7,\"param\":{}}", 400, false, NULL},
        {"[]", 400, false, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(openai, "gpt-5.6-sol");
        struct buf body = {0};
        buf_addf(&body, "{\"error\":%s}", cases[i].error);
        char *before = request_of(openai, &c);
        assert_int_equal(openai->step_down(&c, cases[i].status, buf_text(&body)), cases[i].other);
        char *after = request_of(openai, &c);
        if (cases[i].other) {
            assert_non_null(strstr(before, cases[i].gone));
            assert_null(strstr(after, cases[i].gone));
            assert_false(openai->step_down(&c, cases[i].status, buf_text(&body)));
        } else {
            assert_string_equal(before, after);
        }
        free(before);
        free(after);
        buf_finish(&body);
        conversation_finish(&c);
    }
    assert_false(openai->step_down(&(struct conversation){0}, 400, "computer"));
}

static void test_blind(void **state)
{
    (void)state;
    struct conversation c = talk(openai, "gpt-5.6-sol");
    c.blind = true;
    buf_reset(&c.first.png);
    char *request = request_of(openai, &c);
    assert_null(strstr(request, "input_image"));
    assert_null(strstr(request, "\"computer\""));
    assert_fine(&c);
    free(request);
    conversation_finish(&c);
}

/* ---- the checker itself ---- */

static void test_checker(void **state)
{
    (void)state;
    static const struct {
        const char *what, *with, *wrong;
    } cases[] = {
        {"\"type\":\"computer\"}", "\"type\":\"computer\",\"display_width\":1280}",
         "the computer tool has members of its own"},
        {"\"store\":false", "\"store\":true", "it is stored"},
        {"\"include\":[\"reasoning.encrypted_content\"],", "", "the reasoning would be lost"},
        {"\"store\":false", "\"store\":false,\"previous_response_id\":\"resp_1\"",
         "an unknown member"},
        {"\"store\":false", "\"store\":false,\"tool_choice\":\"required\"",
         "the tool choice is forced"},
        {"\"strict\":true,", "", "a function is not said to be strict"},
        {"\"required\":[\"steps\"],", "\"required\":[],", "a strict function leaves members open"},
        {"\"detail\":\"original\"", "\"detail\":\"low\"", "a picture may be scaled"},
        {"\"image_url\":\"data:", "\"image_url\":\"http:", "a picture's url is no PNG as a text"},
        {"\"call_id\":\"a\",\"output\":{", "\"call_id\":\"z\",\"output\":{",
         "No tool output found for computer call"},
        {"\"type\":\"computer_call_output\",\"call_id\":\"a\"",
         "\"type\":\"computer_call_output\",\"call_id\":\"a\",\"is_error\":true",
         "a computer output has an unknown member"},
        {"\"acknowledged_safety_checks\":[{\"id\":\"sc_1\"",
         "\"acknowledged_safety_checks\":[{\"id\":\"x\"",
         "the safety checks are not acknowledged as they were"},
        {"{\"type\":\"function_call_output\",\"call_id\":\"b\",\"output\":\"Done.\"}", "{}",
         "No tool output found for function call"},
        {"\"encrypted_content\":\"ZW5j\"",
         "\"status\":\"completed\",\"encrypted_content\":\"ZW5j\"",
         "reasoning has an output-only member"},
        {",\"encrypted_content\":\"ZW5j\"", "", "reasoning that is not stored"},
        {"\"type\":\"computer_call\",", "\"type\":\"computer_call\",\"created_by\":\"x\",",
         "a computer call has an output-only member"},
        {"{\"type\":\"computer_call\"",
         "{\"role\":\"user\",\"content\":[]},{\"type\":\"computer_call\"",
         "reasoning without its required following item"},
        {"\"call_id\":\"b\",\"output\":\"Done.\"", "\"call_id\":\"b\",\"output\":\" \"",
         "a function output is empty"},
        {"Ada", "A\xff", "it is not UTF-8"},
    };
    struct conversation c = talk(openai, "gpt-5.6-sol");
    struct err e = {0};
    assert_int_equal(say(&c,
                         REASON("rs_1") "," RISKY("a", CLICK) "," FUNCTION(
                             "b", "steps", "\"{\\\"steps\\\":[\\\"press Return\\\"]}\""),
                         &e),
                     TAKEN);
    answer_calls(&c, -1);
    char *request = request_of(openai, &c);
    assert_string_equal(openai_check(request).wrong, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *wrong = replaced(request, cases[i].what, cases[i].with);
        struct check k = openai_check(wrong);
        if (strcmp(k.wrong, cases[i].wrong) != 0)
            fail_msg("%s for %s: \"%s\"", cases[i].with, cases[i].what, k.wrong);
        free(wrong);
    }
    free(request);
    conversation_finish(&c);
}

static int find(void **state)
{
    (void)state;
    openai = provider_find("openai");
    return openai ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_actions),        cmocka_unit_test(test_items),
        cmocka_unit_test(test_ends),           cmocka_unit_test(test_usage),
        cmocka_unit_test(test_checks_are_put), cmocka_unit_test(test_checks_are_acknowledged),
        cmocka_unit_test(test_turns),          cmocka_unit_test(test_replay),
        cmocka_unit_test(test_hostile),        cmocka_unit_test(test_step_down),
        cmocka_unit_test(test_blind),          cmocka_unit_test(test_checker),
    };
    return cmocka_run_group_tests(tests, find, NULL);
}

/* Gemini's wire: what is asked is judged as Google would, what is answered becomes calls. */
#include "tests/conversations.h"
#include "tests/gemini_check.h"

static const struct provider *gemini;

static void assert_fine(const struct conversation *c)
{
    char *request = request_of(gemini, c);
    struct check k = gemini_check(request);
    if (k.wrong[0])
        fail_msg("%s: %s", k.wrong, request);
    free(request);
}

/* An answer with these parts. */
static enum taken say(struct conversation *c, const char *parts, struct err *e)
{
    struct buf body = {0};
    buf_addf(&body,
             "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[%s]},\"finishReason\":"
             "\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":900}}",
             parts);
    enum taken taken = hear(gemini, c, buf_text(&body), e);
    buf_finish(&body);
    return taken;
}

#define CALL(name, args)                                                                           \
    "{\"functionCall\":{\"name\":\"" name "\",\"args\":" args "},\"thoughtSignature\":\"c2ln\"}"
#define CALL_ID(id, name, args)                                                                    \
    "{\"functionCall\":{\"id\":\"" id "\",\"name\":\"" name "\",\"args\":" args "}}"

/* ---- answers ---- */

static void test_functions(void **state)
{
    (void)state;
    static const struct {
        const char *call, *calls;
    } cases[] = {
        {CALL("click", "{\"x\":500,\"y\":250,\"intent\":\"Open it\"}"),
         "0 click: click left at 640,200\n"},
        {CALL("click", "{\"x\":0,\"y\":0}"), "0 click: click left at 0,0\n"},
        {CALL("click", "{\"x\":999,\"y\":999}"), "0 click: click left at 1278,799\n"},
        {CALL("click", "{\"x\":1001,\"y\":5}"),
         "0 click: bad 1001,5 is outside the picture: x is 0 to 1000, y is 0 to 1000\n"},
        {CALL("click", "{\"x\":-1,\"y\":5}"),
         "0 click: bad -1,5 is outside the picture: x is 0 to 1000, y is 0 to 1000\n"},
        {CALL("click", "{\"x\":1e999,\"y\":5}"),
         "0 click: bad inf,5 is outside the picture: x is 0 to 1000, y is 0 to 1000\n"},
        {CALL("click", "{}"), "0 click: bad `x` and `y` must be numbers\n"},
        {CALL("click", "{\"x\":null,\"y\":null}"), "0 click: bad `x` and `y` must be numbers\n"},
        {CALL("click", "{\"x\":\"5\",\"y\":\"6\"}"), "0 click: bad `x` and `y` must be numbers\n"},
        {"{\"functionCall\":{\"name\":\"click\"}}", "0 click: bad `x` and `y` must be numbers\n"},
        {CALL("click_at", "{\"x\":500,\"y\":250}"), "0 click_at: click left at 640,200\n"},
        {CALL("double_click", "{\"x\":500,\"y\":250}"),
         "0 double_click: double-click left at 640,200\n"},
        {CALL("triple_click", "{\"x\":500,\"y\":250}"),
         "0 triple_click: triple-click left at 640,200\n"},
        {CALL("right_click", "{\"x\":500,\"y\":250}"), "0 right_click: click right at 640,200\n"},
        {CALL("middle_click", "{\"x\":500,\"y\":250}"),
         "0 middle_click: click middle at 640,200\n"},
        {CALL("move", "{\"x\":500,\"y\":250}"), "0 move: move at 640,200\n"},
        {CALL("hover_at", "{\"x\":500,\"y\":250}"), "0 hover_at: move at 640,200\n"},
        {CALL("mouse_down", "{\"x\":500,\"y\":250}"), "0 mouse_down: mouse_down left at 640,200\n"},
        {CALL("mouse_up", "{\"x\":500,\"y\":250}"), "0 mouse_up: mouse_up left at 640,200\n"},
        {CALL("drag_and_drop", "{\"start_x\":0,\"start_y\":0,\"end_x\":500,\"end_y\":250}"),
         "0 drag_and_drop: drag left from 0,0 to 640,200\n"},
        {CALL("drag_and_drop", "{\"x\":0,\"y\":0,\"destination_x\":500,\"destination_y\":250}"),
         "0 drag_and_drop: drag left from 0,0 to 640,200\n"},
        {CALL("drag_and_drop", "{\"x\":0,\"y\":0}"),
         "0 drag_and_drop: bad `start_x`, `start_y`, `end_x` and `end_y` must be numbers\n"},
        {CALL("scroll", "{\"x\":500,\"y\":250,\"direction\":\"down\",\"magnitude_in_pixels\":600}"),
         "0 scroll: scroll down 600 pixels at 640,200\n"},
        {CALL("scroll", "{\"x\":500,\"y\":250,\"direction\":\"left\"}"),
         "0 scroll: scroll left 300 pixels at 640,200\n"},
        {CALL("scroll", "{\"x\":500,\"y\":250,\"direction\":\"up\",\"magnitude\":500}"),
         "0 scroll: scroll up 400 pixels at 640,200\n"},
        {CALL("scroll_at", "{\"x\":500,\"y\":250,\"direction\":\"right\"}"),
         "0 scroll_at: scroll right 1024 pixels at 640,200\n"},
        {CALL("scroll_document", "{\"direction\":\"down\"}"),
         "0 scroll_document: scroll down 640 pixels at 640,400\n"},
        {CALL("scroll",
              "{\"x\":500,\"y\":250,\"direction\":\"down\",\"magnitude_in_pixels\":\"9\"}"),
         "0 scroll: bad `direction` must be up, down, left or right, the distance above 0\n"},
        {CALL("scroll", "{\"x\":500,\"y\":250,\"direction\":\"down\",\"magnitude\":1e999}"),
         "0 scroll: bad so far is not scrolled at once: 20000 at most\n"},
        {CALL("scroll_document", "{\"direction\":7}"),
         "0 scroll_document: bad `direction` must be up, down, left or right, the distance above "
         "0\n"},
        {CALL("type", "{\"text\":\"Ada\"}"), "0 type: type \"Ada\"\n"},
        {CALL("type", "{\"text\":\"Ada\",\"press_enter\":true}"),
         "0 type: type \"Ada\"\n0 type: key Return\n"},
        {CALL("type", "{\"press_enter\":true}"), "0 type: bad which text is to be typed?\n"},
        {CALL("type", "{\"text\":\"Ada\",\"press_enter\":\"yes\"}"),
         "0 type: bad `press_enter` and `clear_before_typing` must be true or false\n"},
        {CALL("type_text_at", "{\"x\":500,\"y\":250,\"text\":\"Ada\"}"),
         "0 type_text_at: click left at 640,200\n0 type_text_at: key Ctrl+A\n"
         "0 type_text_at: type \"Ada\"\n0 type_text_at: key Return\n"},
        {CALL("type_text_at", "{\"x\":500,\"y\":250,\"text\":\"Ada\",\"press_enter\":false,"
                              "\"clear_before_typing\":false}"),
         "0 type_text_at: click left at 640,200\n0 type_text_at: type \"Ada\"\n"},
        {CALL("type_text_at", "{\"x\":500,\"y\":250,\"text\":\"\",\"press_enter\":false}"),
         "0 type_text_at: click left at 640,200\n0 type_text_at: key Ctrl+A\n"
         "0 type_text_at: key BackSpace\n"},
        {CALL("type_text_at", "{\"x\":500,\"y\":250}"),
         "0 type_text_at: bad which text is to be typed?\n"},
        {CALL("press_key", "{\"key\":\"enter\"}"), "0 press_key: key enter\n"},
        {CALL("press_key", "{\"key\":5}"), "0 press_key: bad which keys are to be pressed?\n"},
        {CALL("hotkey", "{\"keys\":[\"Control\",\"Shift\",\"T\"]}"),
         "0 hotkey: key Control+Shift+T\n"},
        {CALL("hotkey", "{\"keys\":[\"Control\",5]}"),
         "0 hotkey: bad which keys are to be pressed?\n"},
        {CALL("key_combination", "{\"keys\":\"Control+A\"}"), "0 key_combination: key Control+A\n"},
        {CALL("key_combination", "{\"keys\":\"Nonsense\"}"),
         "0 key_combination: bad there is no key \"Nonsense\"\n"},
        {CALL("key_down", "{\"key\":\"shift\"}"), "0 key_down: key_down shift\n"},
        {CALL("key_up", "{\"key\":\"shift\"}"), "0 key_up: key_up shift\n"},
        {CALL("wait", "{\"seconds\":3}"), "0 wait: wait 3000 ms\n"},
        {CALL("wait", "{}"), "0 wait: wait 1000 ms\n"},
        {CALL("wait", "{\"seconds\":\"3\"}"), "0 wait: bad it is done for 0 to 300 seconds\n"},
        {CALL("wait_5_seconds", "{}"), "0 wait_5_seconds: wait 5000 ms\n"},
        {CALL("take_screenshot", "{}"), "0 take_screenshot: look\n"},
        {CALL("open_web_browser", "null"), "0 open_web_browser: look\n"},
        {CALL("go_back", "{}"), "0 go_back: key Alt+Left\n"},
        {CALL("navigate", "{\"url\":\"http://evil\"}"),
         "0 navigate: bad this is not to be had here: use what is on the screen\n"},
        {CALL("steps", "{\"steps\":[\"press Return\"]}"), "0 steps: steps press Return\n"},
        {CALL("finish", "{\"success\":true,\"message\":\"sent\"}"), "0 finish: done sent\n"},
        {CALL("go_back", "{}") "," CALL(
             "type", "{\"text\":\"a\",\"press_enter\":true}") "," CALL_ID("x1", "take_screenshot",
                                                                          "{}"),
         "0 go_back: key Alt+Left\n1 type: type \"a\"\n1 type: key Return\n2 take_screenshot: "
         "look\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(gemini, "gemini-3.5-flash");
        struct err e = {0};
        struct buf calls = {0};
        assert_int_equal(say(&c, cases[i].call, &e), TAKEN);
        print_calls(&conversation_last(&c)->reply, &calls);
        if (strcmp(buf_text(&calls), cases[i].calls) != 0)
            fail_msg("%s\ngives %snot   %s", cases[i].call, buf_text(&calls), cases[i].calls);
        answer_calls(&c, -1);
        assert_fine(&c);
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
        {"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm.\"}]},\"finishReason\":\"STOP\"}"
         "]}",
         "", TAKEN},
        {"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm.\",\"thought\":true}]},"
         "\"finishReason\":\"STOP\"}]}",
         "the model said nothing", TAKEN_AGAIN},
        {"{\"candidates\":[{\"finishReason\":\"STOP\"}]}", "the model said nothing", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":[" CALL("go_back", "{}") "]},\"finishReason\":"
                                                                            "\"MAX_TOKENS\"}]}",
         "the answer was cut after 4096 tokens", TAKEN_AGAIN},
        {"{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":\"x\"}]"
         "}",
         "the model stopped: MALFORMED_FUNCTION_CALL: x", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":[" CALL("go_back", "{}") "]},\"finishReason\":"
                                                                            "\"SAFETY\"}]}",
         "the model stopped: SAFETY", TAKEN_NOT},
        {"{\"candidates\":[{\"finishReason\":\"UNEXPECTED_TOOL_CALL\"}]}",
         "the model stopped: UNEXPECTED_TOOL_CALL", TAKEN_NOT},
        {"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm.\"}]}}]}",
         "the model stopped: no reason", TAKEN_NOT},
        {"{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}",
         "the provider blocked the request: PROHIBITED_CONTENT", TAKEN_NOT},
        {"{\"candidates\":[]}", "the answer has no candidate", TAKEN_AGAIN},
        {"{\"candidates\":{}}", "the answer has no candidate", TAKEN_AGAIN},
        {"", "the answer has no candidate", TAKEN_AGAIN},
        {"[{\"error\":{\"code\":429}}]", "the answer has no candidate", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{}}]},\"finishReason\":"
         "\"STOP\"}]}",
         "the answer has a part that is not whole", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"wait\",\"args\":["
         "]}}]},"
         "\"finishReason\":\"STOP\"}]}",
         "the answer has a part that is not whole", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":[5]},\"finishReason\":\"STOP\"}]}",
         "the answer has a part that is not whole", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":{\"parts\":{\"a\":{}}},\"finishReason\":\"STOP\"}]}",
         "the answer has a part that is not whole", TAKEN_AGAIN},
        {"{\"candidates\":[{\"content\":[],\"finishReason\":\"STOP\"}]}", "the model said nothing",
         TAKEN_AGAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(gemini, "gemini-3.5-flash");
        struct err e = {0};
        enum taken taken = hear(gemini, &c, cases[i].body, &e);
        if (taken != cases[i].taken || strcmp(e.text, cases[i].why) != 0)
            fail_msg("%s: %d %s", cases[i].body, taken, e.text);
        if (taken == TAKEN) {
            answer_calls(&c, -1);
            assert_fine(&c);
        }
        conversation_finish(&c);
    }
}

static void test_usage(void **state)
{
    (void)state;
    struct conversation c = talk(gemini, "gemini-3.5-flash");
    struct reply reply = {0};
    struct usage usage;
    struct err e;
    assert_int_equal(
        gemini->reply(
            &c,
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hm.\"}]},\"finishReason\":"
            "\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":900,"
            "\"cachedContentTokenCount\":700,\"candidatesTokenCount\":5,"
            "\"thoughtsTokenCount\":20,\"toolUsePromptTokenCount\":3}}",
            &reply, &usage, &e),
        TAKEN);
    assert_int_equal(usage.input, 203);
    assert_int_equal(usage.cached, 700);
    assert_int_equal(usage.output, 25);
    reply_finish(&reply);
    conversation_finish(&c);
}

/* What Google wants a person to confirm is put to one with the first thing that is done, is no
 * argument of it, and is acknowledged only when that was done. */
static void test_confirmation(void **state)
{
    (void)state;
    static const struct {
        const char *call, *calls;
        bool acknowledged;
    } cases[] = {
        {CALL("click",
              "{\"x\":500,\"y\":250,\"safety_decision\":{\"decision\":\"require_confirmation\","
              "\"explanation\":\"It pays.\"}}"),
         "0 click: click left at 640,200 (check: It pays.)\n", true},
        {CALL("type_text_at", "{\"x\":500,\"y\":250,\"text\":\"a\",\"press_enter\":false,"
                              "\"clear_before_typing\":false,\"safety_decision\":{\"decision\":"
                              "\"require_confirmation\"}}"),
         "0 type_text_at: click left at 640,200 (check: Gemini wants a person to confirm this)\n"
         "0 type_text_at: type \"a\"\n",
         true},
        {CALL("take_screenshot", "{\"safety_decision\":{\"decision\":\"require_confirmation\","
                                 "\"explanation\":\"It pays.\"}}"),
         "0 take_screenshot: none (check: It pays.)\n", true},
        {CALL("steps", "{\"steps\":[\"press Return\"],\"safety_decision\":{\"decision\":"
                       "\"require_confirmation\",\"explanation\":\"It pays.\"}}"),
         "0 steps: steps press Return (check: It pays.)\n", true},
        {CALL("go_back", "{\"safety_decision\":{\"decision\":\"regular\"}}"),
         "0 go_back: key Alt+Left\n", false},
        {CALL("go_back", "{\"safety_decision\":null}"), "0 go_back: key Alt+Left\n", false},
        {CALL("go_back", "{\"safety_decision\":\"hm\"}"),
         "0 go_back: key Alt+Left (check: Gemini wants a person to confirm this)\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int failing = -1; failing <= 0; failing++) {
            struct conversation c = talk(gemini, "gemini-3.5-flash");
            struct err e = {0};
            struct buf calls = {0};
            assert_int_equal(say(&c, cases[i].call, &e), TAKEN);
            print_calls(&conversation_last(&c)->reply, &calls);
            assert_string_equal(buf_text(&calls), cases[i].calls);
            answer_calls(&c, failing);
            char *request = request_of(gemini, &c);
            assert_int_equal(strstr(request, "\"safety_acknowledgement\":\"true\"") != NULL,
                             cases[i].acknowledged && failing < 0);
            free(request);
            buf_finish(&calls);
            conversation_finish(&c);
        }
}

/* ---- requests ---- */

static void test_turns(void **state)
{
    (void)state;
    static const char *const turns[] = {
        "{\"text\":\"Hm\",\"thought\":true}," CALL("click", "{\"x\":1,\"y\":2}") "," CALL_ID(
            "i7", "type", "{\"text\":\"Ada\",\"press_enter\":true}"),
        CALL("steps", "{\"steps\":[\"press Return\"]}"),
        "{\"text\":\"I wonder.\"}",
        CALL("click", "{\"x\":5000,\"y\":2}") "," CALL("go_back", "{}"),
    };
    size_t sizes[48];
    struct conversation c = talk(gemini, "gemini-3.5-flash");
    assert_fine(&c);
    for (int turn = 0; turn < 48; turn++) {
        struct err e = {0};
        assert_int_equal(say(&c, turns[turn % 4], &e), TAKEN);
        answer_calls(&c, turn % 3 - 1);
        assert_fine(&c);
        char *request = request_of(gemini, &c);
        sizes[turn] = strlen(request);
        free(request);
    }
    assert_in_range(sizes[47], sizes[23] * 8 / 10, sizes[23] * 12 / 10);
    conversation_finish(&c);
}

/* Its words, with their signatures, come back to the letter. */
static void test_replay(void **state)
{
    (void)state;
    struct conversation c = talk(gemini, "gemini-3.5-flash");
    struct err e = {0};
    assert_int_equal(say(&c, CALL("click", "{\"x\":1,\"y\":2,\"intent\":\"go\"}"), &e), TAKEN);
    answer_calls(&c, -1);
    char *request = request_of(gemini, &c);
    assert_non_null(strstr(request, "{\"role\":\"model\",\"parts\":[" CALL(
                                        "click", "{\"x\":1,\"y\":2,\"intent\":\"go\"}") "]}"));
    free(request);
    conversation_finish(&c);
}

static void test_ways(void **state)
{
    (void)state;
    static const struct {
        const char *model, *environment;
    } cases[] = {{"gemini-3.5-flash", "ENVIRONMENT_DESKTOP"},
                 {"gemini-4-pro", "ENVIRONMENT_DESKTOP"},
                 {"gemini-3-flash-preview", "ENVIRONMENT_BROWSER"},
                 {"gemini-3.1-pro-preview", "ENVIRONMENT_BROWSER"},
                 {"gemini-2.5-computer-use-preview-10-2025", "ENVIRONMENT_BROWSER"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(gemini, cases[i].model);
        struct buf address = {0};
        char *request = request_of(gemini, &c);
        assert_non_null(strstr(request, cases[i].environment));
        gemini->address("http://x", cases[i].model, &address);
        assert_non_null(strstr(buf_text(&address), cases[i].model));
        assert_int_equal(strncmp(buf_text(&address), "http://x/v1beta/models/", 23), 0);
        free(request);
        buf_finish(&address);
        conversation_finish(&c);
    }
}

static void test_step_down(void **state)
{
    (void)state;
    static const struct {
        const char *message, *gone;
    } downs[] = {
        {"Unknown name \\\"enablePromptInjectionDetection\\\"", "enablePromptInjectionDetection"},
        {"The environment ENVIRONMENT_DESKTOP is not supported", "ENVIRONMENT_DESKTOP"},
        {"Computer Use is not enabled for models/gemini-x", "ENVIRONMENT_BROWSER"},
    };
    struct conversation c = talk(gemini, "gemini-x");
    for (size_t i = 0; i < sizeof downs / sizeof *downs; i++) {
        struct buf body = {0};
        struct err e = {0};
        buf_addf(&body,
                 "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":\"%s\"}}",
                 downs[i].message);
        assert_false(gemini->step_down(&c, 403, buf_text(&body)));
        assert_true(gemini->step_down(&c, 400, buf_text(&body)));
        char *request = request_of(gemini, &c);
        assert_null(strstr(request, downs[i].gone));
        free(request);
        assert_int_equal(say(&c, CALL("steps", "{\"steps\":[\"press Return\"]}"), &e), TAKEN);
        answer_calls(&c, -1);
        assert_fine(&c);
        buf_finish(&body);
    }
    assert_false(gemini->step_down(&c, 400, "{\"error\":{\"message\":\"computer\"}}"));
    assert_false(gemini->step_down(&c, 400, "{\"error\":{\"message\":5}}"));
    assert_false(gemini->step_down(&c, 400, "[]"));
    /* Without the tool its functions are not there, and the picture stands beside the responses. */
    struct err e = {0};
    assert_int_equal(say(&c, CALL("click", "{\"x\":1,\"y\":2}"), &e), TAKEN);
    assert_int_equal(conversation_last(&c)->reply.calls[0].kind, CALL_BAD);
    char *request = request_of(gemini, &c);
    assert_non_null(strstr(request, "\"parts\":[]}},{\"inlineData\""));
    free(request);
    conversation_finish(&c);
}

static void test_blind(void **state)
{
    (void)state;
    struct conversation c = talk(gemini, "gemini-3.5-flash");
    c.blind = true;
    buf_reset(&c.first.png);
    char *request = request_of(gemini, &c);
    assert_null(strstr(request, "inlineData"));
    assert_null(strstr(request, "computerUse"));
    free(request);
    assert_fine(&c);
    conversation_finish(&c);
}

static void test_hostile(void **state)
{
    (void)state;
    static const char *const calls[] = {
        CALL("type", "{\"text\":\"a\",\"press_enter\":true}"), CALL("take_screenshot", "{}"),
        CALL("type", "{\"text\":\"\xc3\x28 \xff\"}"), CALL("\xff\xfe", "{}")};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct conversation c = talk(gemini, "gemini-3.5-flash");
        struct buf parts = {0};
        struct err e = {0};
        for (int n = 0; n < 200; n++)
            buf_addf(&parts, "%s%s", n ? "," : "", calls[i]);
        assert_int_equal(say(&c, buf_text(&parts), &e), TAKEN);
        assert_int_equal(conversation_last(&c)->reply.count, REPLY_CALLS_MAX);
        answer_calls(&c, -1);
        assert_fine(&c);
        buf_finish(&parts);
        conversation_finish(&c);
    }
    for (int levels = 400; levels <= 40000; levels *= 100) {
        struct conversation c = talk(gemini, "gemini-3.5-flash");
        struct buf parts = {0};
        struct err e = {0};
        buf_add(&parts, "{\"functionCall\":{\"name\":\"click\",\"args\":{\"x\":");
        for (int n = 0; n < levels; n++)
            buf_add(&parts, "[");
        for (int n = 0; n < levels; n++)
            buf_add(&parts, "]");
        buf_add(&parts, "}}}");
        assert_int_equal(say(&c, buf_text(&parts), &e), levels > 1000 ? TAKEN_AGAIN : TAKEN);
        if (c.count) {
            answer_calls(&c, -1);
            assert_fine(&c);
        }
        buf_finish(&parts);
        conversation_finish(&c);
    }
}

/* ---- the checker itself ---- */

static void test_checker(void **state)
{
    (void)state;
    static const struct {
        const char *what, *with, *wrong;
    } cases[] = {
        {"\"functionResponse\":{\"name\":\"click\"", "\"functionResponse\":{\"name\":\"move\"",
         "a response of another name"},
        {"{\"id\":\"i7\",\"name\":\"go_back\",\"response\"", "{\"name\":\"go_back\",\"response\"",
         "a response of another id"},
        {"{\"id\":\"i7\",\"name\":\"go_back\",\"args\"",
         "{\"id\":\"z\",\"name\":\"go_back\",\"args\"", "a response of another id"},
        {"{\"functionResponse\":{\"name\":\"click\"",
         "{\"text\":\"x\"},{\"functionCall\":{\"name\":\"click\"", "a response of another name"},
        {"\"response\":{\"url\":\"\",", "\"response\":{", "a response has no url"},
        {"\"output\":\"Done.\"", "\"output\":\" \"", "a response says nothing"},
        {"\"output\":\"Done.\"", "\"output\":\"Done.\",\"error\":\"no\"",
         "a response is both output and error"},
        {"\"safety_acknowledgement\":\"true\"", "\"x\":\"true\"", "what is done was not confirmed"},
        {"\"safety_decision\"", "\"x\"", "nobody asked to confirm that"},
        {"ENVIRONMENT_DESKTOP", "ENVIRONMENT_TOASTER", "an unknown environment"},
        {"\"enablePromptInjectionDetection\":true",
         "\"disabledSafetyPolicies\":[\"FINANCIAL_TRANSACTIONS\"]", "a safety policy is off"},
        {"\"maxOutputTokens\":4096", "\"maxOutputTokens\":0", "no maxOutputTokens"},
        {"\"role\":\"model\"", "\"role\":\"assistant\"", "the roles do not alternate"},
        {"\"mimeType\":\"image/png\"", "\"mimeType\":\"image/bmp\"", "a picture's type is wrong"},
        {"\"data\":\"", "\"data\":\"\\n", "a picture is no PNG"},
        {"{\"systemInstruction\"", "{\"model\":\"m\",\"systemInstruction\"",
         "an unknown member, or it is no JSON object"},
        {"Ada", "A\xff", "it is not UTF-8"},
    };
    struct conversation c = talk(gemini, "gemini-3.5-flash");
    struct err e = {0};
    assert_int_equal(
        say(&c,
            CALL("click", "{\"x\":1,\"y\":2,\"safety_decision\":{\"decision\":"
                          "\"require_confirmation\"}}") "," CALL_ID("i7", "go_back", "{}"),
            &e),
        TAKEN);
    answer_calls(&c, -1);
    char *request = request_of(gemini, &c);
    assert_string_equal(gemini_check(request).wrong, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *wrong = replaced(request, cases[i].what, cases[i].with);
        struct check k = gemini_check(wrong);
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
    gemini = provider_find("gemini");
    return gemini ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions), cmocka_unit_test(test_ends),
        cmocka_unit_test(test_usage),     cmocka_unit_test(test_confirmation),
        cmocka_unit_test(test_turns),     cmocka_unit_test(test_replay),
        cmocka_unit_test(test_ways),      cmocka_unit_test(test_step_down),
        cmocka_unit_test(test_blind),     cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_checker),
    };
    return cmocka_run_group_tests(tests, find, NULL);
}

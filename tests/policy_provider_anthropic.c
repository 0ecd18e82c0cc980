/* Anthropic's wire: what is asked is judged as Anthropic would, what is answered becomes calls. */
#include "tests/anthropic_check.h"
#include "tests/conversations.h"

static const struct provider *anthropic;

static char *headers_of(const struct conversation *c)
{
    struct buf headers = {0};
    anthropic->headers(c, "secret", &headers);
    return buf_take(&headers);
}

static void assert_fine(const struct conversation *c)
{
    char *request = request_of(anthropic, c), *headers = headers_of(c);
    struct check k = anthropic_check(request, headers, 2576, 4784);
    if (k.wrong[0])
        fail_msg("%s: %s", k.wrong, request);
    free(request);
    free(headers);
}

/* One answer with these blocks. */
static char *answer(const char *reason, const char *blocks)
{
    struct buf body = {0};
    buf_addf(&body,
             "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[%s],"
             "\"stop_reason\":\"%s\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5,"
             "\"cache_read_input_tokens\":700,\"cache_creation_input_tokens\":3}}",
             blocks, reason);
    return buf_take(&body);
}

static enum taken say(struct conversation *c, const char *reason, const char *blocks, struct err *e)
{
    char *body = answer(reason, blocks);
    enum taken taken = hear(anthropic, c, body, e);
    free(body);
    return taken;
}

#define USE(id, name, input)                                                                       \
    "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"" name                                    \
    "\",\"toolset_name\":\"computer\",\"caller\":{\"type\":\"direct\"},\"input\":" input "}"
#define TOOL(id, name, input)                                                                      \
    "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"" name "\",\"input\":" input "}"
#define THINKING "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"c2ln\"}"

/* ---- answers ---- */

static void test_calls(void **state)
{
    (void)state;
    static const struct {
        const char *block, *calls;
    } cases[] = {
        {USE("a", "left_click", "{\"coordinate\":[640,60]}"),
         "a left_click: click left at 640,60\n"},
        {USE("a", "left_click", "{\"coordinate\":[0,0]}"), "a left_click: click left at 0,0\n"},
        {USE("a", "left_click", "{}"), "a left_click: click left\n"},
        {USE("a", "left_click", "{\"coordinate\":null,\"text\":null}"),
         "a left_click: click left\n"},
        {USE("a", "left_click", "{\"coordinate\":[1,2],\"text\":\"ctrl+shift\"}"),
         "a left_click: click left at 1,2 holding ctrl+shift\n"},
        {USE("a", "left_click", "{\"coordinate\":[1,2],\"text\":\"hyper9\"}"),
         "a left_click: bad there is no key \"hyper9\"\n"},
        {USE("a", "left_click", "{\"coordinate\":[1,2],\"text\":5}"),
         "a left_click: bad `text` must name the keys that are held\n"},
        {USE("a", "right_click", "{\"coordinate\":[1,2]}"), "a right_click: click right at 1,2\n"},
        {USE("a", "middle_click", "{\"coordinate\":[1,2]}"),
         "a middle_click: click middle at 1,2\n"},
        {USE("a", "double_click", "{\"coordinate\":[1,2]}"),
         "a double_click: double-click left at 1,2\n"},
        {USE("a", "triple_click", "{\"coordinate\":[1279,799]}"),
         "a triple_click: triple-click left at 1279,799\n"},
        {USE("a", "left_click", "{\"coordinate\":[1280,60]}"),
         "a left_click: bad 1280,60 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {USE("a", "left_click", "{\"coordinate\":[-1,60]}"),
         "a left_click: bad -1,60 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {USE("a", "left_click", "{\"coordinate\":[1e999,60]}"),
         "a left_click: bad inf,60 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {USE("a", "left_click", "{\"coordinate\":[640]}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click", "{\"coordinate\":[640,60,1]}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click", "{\"coordinate\":\"[640, 60]\"}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click", "{\"coordinate\":[\"640\",60]}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click", "{\"coordinate\":[null,null]}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click", "{\"coordinate\":{\"x\":1,\"y\":2}}"),
         "a left_click: bad `coordinate` must be [x, y], two numbers\n"},
        {USE("a", "left_click_drag", "{\"start_coordinate\":[1,2],\"coordinate\":[3,4]}"),
         "a left_click_drag: drag left from 1,2 to 3,4\n"},
        {USE("a", "left_click_drag", "{\"start_coordinate\":[1,2]}"),
         "a left_click_drag: bad to where is it to be dragged?\n"},
        {USE("a", "mouse_move", "{\"coordinate\":[3,4]}"), "a mouse_move: move at 3,4\n"},
        {USE("a", "mouse_move", "{}"), "a mouse_move: bad to where is the pointer to move?\n"},
        {USE("a", "left_mouse_down", "{}"), "a left_mouse_down: mouse_down left\n"},
        {USE("a", "left_mouse_up", "{}"), "a left_mouse_up: mouse_up left\n"},
        {USE("a", "scroll",
             "{\"scroll_direction\":\"down\",\"scroll_amount\":3,\"coordinate\":[5,6]}"),
         "a scroll: scroll down 3 at 5,6\n"},
        {USE("a", "scroll", "{\"scroll_direction\":\"left\",\"scroll_amount\":2}"),
         "a scroll: scroll left 2\n"},
        {USE("a", "scroll", "{\"scroll_direction\":\"up\",\"scroll_amount\":1e999}"),
         "a scroll: bad so far is not scrolled at once: 100 at most\n"},
        {USE("a", "scroll", "{\"scroll_direction\":\"in\",\"scroll_amount\":3}"),
         "a scroll: bad `scroll_direction` must be up, down, left or right, `scroll_amount` above "
         "0\n"},
        {USE("a", "scroll", "{\"scroll_direction\":\"up\"}"),
         "a scroll: bad `scroll_direction` must be up, down, left or right, `scroll_amount` above "
         "0\n"},
        {USE("a", "type", "{\"text\":\"Ada \\u00e9\\n\"}"), "a type: type \"Ada é\\n\"\n"},
        {USE("a", "type", "{\"text\":7}"), "a type: bad which text is to be typed?\n"},
        {USE("a", "key", "{\"text\":\"ctrl+s\"}"), "a key: key ctrl+s\n"},
        {USE("a", "key", "{\"text\":\"ctrl c\"}"), "a key: key ctrl+c\n"},
        {USE("a", "key", "{\"text\":\"page down\"}"), "a key: key \"page down\"\n"},
        {USE("a", "key", "{\"text\":\"Down\",\"repeat\":3}"), "a key: key Down 3 times\n"},
        {USE("a", "key", "{\"text\":\"Down\",\"repeat\":null}"), "a key: key Down\n"},
        {USE("a", "key", "{\"text\":\"Down\",\"repeat\":0}"),
         "a key: bad a key is pressed 1 to 100 times\n"},
        {USE("a", "key", "{\"text\":\"Down\",\"repeat\":1e999}"),
         "a key: bad a key is pressed 1 to 100 times\n"},
        {USE("a", "key", "{\"text\":\"Down\",\"repeat\":\"3\"}"),
         "a key: bad a key is pressed 1 to 100 times\n"},
        {USE("a", "hold_key", "{\"text\":\"space\",\"duration\":1.5}"),
         "a hold_key: hold_key space for 1500 ms\n"},
        {USE("a", "hold_key", "{\"text\":\"space\",\"duration\":301}"),
         "a hold_key: bad it is done for 0 to 300 seconds\n"},
        {USE("a", "wait", "{\"duration\":2}"), "a wait: wait 2000 ms\n"},
        {USE("a", "wait", "{\"duration\":-1}"), "a wait: bad it is done for 0 to 300 seconds\n"},
        {USE("a", "wait", "{}"), "a wait: bad it is done for 0 to 300 seconds\n"},
        {USE("a", "screenshot", "{}"), "a screenshot: look\n"},
        {USE("a", "cursor_position", "{}"), "a cursor_position: cursor\n"},
        {USE("a", "zoom", "{\"region\":[10,20,110,70]}"), "a zoom: zoom 10,20 100x50\n"},
        {USE("a", "zoom", "{\"region\":[0,0,1280,800]}"), "a zoom: zoom 0,0 1280x800\n"},
        {USE("a", "zoom", "{\"region\":[0,0,1281,800]}"),
         "a zoom: bad 1280,799 is outside the picture: x is 0 to 1279, y is 0 to 799\n"},
        {USE("a", "zoom", "{\"region\":[10,20,10,70]}"),
         "a zoom: bad what is to be seen closely? x0,y0 to x1,y1, x1 > x0 and y1 > y0\n"},
        {USE("a", "zoom", "{\"region\":\"all\"}"),
         "a zoom: bad `region` must be [x0, y0, x1, y1], four numbers\n"},
        {USE("a", "dance", "{}"), "a dance: bad the computer tool has no such action\n"},
        {USE("a", "left_click", "[]"), "a left_click: click left\n"},
        {TOOL("a", "computer", "{\"action\":\"left_click\",\"coordinate\":[1,2]}"),
         "a left_click: click left at 1,2\n"},
        {TOOL("a", "computer", "{}"), "a : bad the computer tool has no such action\n"},
        {TOOL("a", "steps", "{\"steps\":[\"click \\\"Save\\\"\",\"press Return\"]}"),
         "a steps: steps click \"Save\"\npress Return\n"},
        {TOOL("a", "finish", "{\"success\":true,\"message\":\"sent\"}"), "a finish: done sent\n"},
        {TOOL("a", "ask", "{\"question\":\"Which one?\"}"), "a ask: ask Which one?\n"},
        /* A tool of ours is no member of the toolset, and the other way round. */
        {USE("a", "finish", "{\"success\":true,\"message\":\"sent\"}"),
         "a finish: bad the computer tool has no such action\n"},
        {TOOL("a", "left_click", "{\"coordinate\":[1,2]}"),
         "a left_click: bad there is no tool \"left_click\"\n"},
        {"{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"left_click\",\"toolset_name\":\"browser\","
         "\"input\":{}}",
         "a browser: bad there is no tool \"browser\"\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(anthropic, "claude-opus-5-5");
        struct err e = {0};
        struct buf calls = {0};
        assert_int_equal(say(&c, "tool_use", cases[i].block, &e), TAKEN);
        print_calls(&conversation_last(&c)->reply, &calls);
        if (strcmp(buf_text(&calls), cases[i].calls) != 0)
            fail_msg("%s\ngives %snot   %s", cases[i].block, buf_text(&calls), cases[i].calls);
        answer_calls(&c, -1);
        assert_fine(&c);
        buf_finish(&calls);
        conversation_finish(&c);
    }
}

/* Places in a picture that is smaller than the screen. */
static void test_scaled(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-haiku-4-5");
    struct shot_rule rule;
    struct err e = {0};
    struct buf calls = {0};
    anthropic->rule(&c, &rule);
    shot_fit(&rule, 1920, 1080, &c.shot);
    assert_int_equal(c.shot.width, 1456);
    assert_int_equal(say(&c, "tool_use", USE("a", "left_click", "{\"coordinate\":[728,409]}"), &e),
                     TAKEN);
    print_calls(&conversation_last(&c)->reply, &calls);
    assert_string_equal(buf_text(&calls), "a left_click: click left at 960,540\n");
    buf_finish(&calls);
    conversation_finish(&c);
}

static void test_ends(void **state)
{
    (void)state;
    static const struct {
        const char *reason, *blocks, *why;
        enum taken taken;
    } cases[] = {
        {"end_turn", "{\"type\":\"text\",\"text\":\"All is done.\"}", "", TAKEN},
        {"end_turn", "", "the model said nothing", TAKEN_AGAIN},
        {"end_turn", THINKING, "the model said nothing", TAKEN_AGAIN},
        {"end_turn", "{\"type\":\"text\",\"text\":\" \\n\"}", "the model said nothing",
         TAKEN_AGAIN},
        {"max_tokens", USE("a", "type", "{\"text\":\"Ad\"}"),
         "the answer was cut after 4096 tokens", TAKEN_AGAIN},
        {"refusal", "{\"type\":\"text\",\"text\":\"No.\"}", "the model refuses", TAKEN_NOT},
        {"model_context_window_exceeded", "", "the model stopped: model_context_window_exceeded",
         TAKEN_NOT},
        {"stop_sequence", "", "the model stopped: stop_sequence", TAKEN_NOT},
        {"tomorrow", USE("a", "left_click", "{}"), "the model stopped: tomorrow", TAKEN_NOT},
        {"tool_use", "{\"type\":\"tool_use\",\"name\":\"left_click\",\"input\":{}}",
         "the answer has a tool call without an id or a name", TAKEN_AGAIN},
        {"tool_use", "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":null,\"input\":{}}",
         "the answer has a tool call without an id or a name", TAKEN_AGAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = talk(anthropic, "claude-opus-5-5");
        struct err e = {0};
        enum taken taken = say(&c, cases[i].reason, cases[i].blocks, &e);
        if (taken != cases[i].taken || strcmp(e.text, cases[i].why) != 0)
            fail_msg("%s: %d %s", cases[i].reason, taken, e.text);
        assert_int_equal(c.count, taken == TAKEN);
        conversation_finish(&c);
    }
}

static void test_refusal_says_why(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    struct err e = {0};
    assert_int_equal(hear(anthropic, &c,
                          "{\"content\":[],\"stop_reason\":\"refusal\",\"stop_details\":{\"type\":"
                          "\"refusal\",\"category\":\"cyber\",\"explanation\":\"Not this.\"}}",
                          &e),
                     TAKEN_NOT);
    assert_string_equal(e.text, "the model refuses: cyber: Not this.");
    conversation_finish(&c);
}

/* A cut answer may be longer the next time, but not without end. */
static void test_cut(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    struct err e = {0};
    assert_int_equal(say(&c, "max_tokens", "", &e), TAKEN_AGAIN);
    assert_int_equal(c.tokens_max, 8192);
    assert_int_equal(say(&c, "max_tokens", "", &e), TAKEN_AGAIN);
    assert_int_equal(say(&c, "max_tokens", "", &e), TAKEN_NOT);
    conversation_finish(&c);
}

static void test_pause(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    struct err e = {0};
    assert_int_equal(
        say(&c, "pause_turn", THINKING ",{\"type\":\"text\",\"text\":\"Let me see\"}", &e),
        TAKEN_AGAIN);
    char *request = request_of(anthropic, &c);
    assert_non_null(strstr(request, "{\"role\":\"assistant\",\"content\":[" THINKING
                                    ",{\"type\":\"text\",\"text\":\"Let me see\"}]}]}"));
    free(request);
    assert_int_equal(say(&c, "tool_use", USE("a", "screenshot", "{}"), &e), TAKEN);
    assert_string_equal(conversation_last(&c)->reply.said, "Let me see");
    answer_calls(&c, -1);
    assert_fine(&c);
    request = request_of(anthropic, &c);
    assert_non_null(strstr(request, "Let me see"));
    assert_null(strstr(request, "signature"));
    free(request);
    conversation_finish(&c);
}

static void test_usage(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    struct reply reply = {0};
    struct usage usage;
    struct err e;
    char *body = answer("end_turn", "{\"type\":\"text\",\"text\":\"Hm.\"}");
    assert_int_equal(anthropic->reply(&c, body, &reply, &usage, &e), TAKEN);
    assert_int_equal(usage.input, 10);
    assert_int_equal(usage.cached, 700);
    assert_int_equal(usage.cache_written, 3);
    assert_int_equal(usage.output, 5);
    assert_true(usage.dollars < 0);
    free(body);
    reply_finish(&reply);
    conversation_finish(&c);
}

/* What no honest server says must not bring hem down; and what is taken can be answered. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "<html>",
        "{\"content\":null}",
        "{\"content\":{}}",
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
        "{\"content\":[1,null,\"x\",[],{}],\"stop_reason\":\"end_turn\"}",
        "{\"content\":[],\"stop_reason\":5}",
        "{\"content\":[{\"type\":5}],\"stop_reason\":\"tool_use\",\"usage\":7}",
        "{\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"steps\",\"input\":null}],"
        "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1e999,\"output_tokens\":-5}}",
        "{\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"steps\",\"input\":\"x\"}],"
        "\"stop_reason\":\"tool_use\"}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"\xff\xfe Ada "
        "\xc3\"}],\"stop_reason\":\"end_turn\"}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"\\ud800\"}],\"stop_reason\":\"end_turn\"}",
        "{\"content\":[" USE("a", "type",
                             "{\"text\":\"Ada\\u0000; rm\"}") "],\"stop_reason\":\"tool_use\"}",
        "{\"content\":[" USE("a", "type",
                             "{\"text\":\"\xc3\x28\"}") "],\"stop_reason\":\"tool_use\"}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct conversation c = talk(anthropic, "claude-opus-5-5");
        struct err e = {0};
        if (hear(anthropic, &c, bodies[i], &e) == TAKEN) {
            answer_calls(&c, -1);
            assert_fine(&c);
        } else {
            assert_int_equal(e.kind, ERR_REPLY);
        }
        conversation_finish(&c);
    }
}

/* LEVELS deep, and COUNT calls. */
static void test_too_much(void **state)
{
    (void)state;
    for (int levels = 500; levels <= 50000; levels *= 10) {
        struct conversation c = talk(anthropic, "claude-opus-5-5");
        struct buf block = {0};
        struct err e = {0};
        buf_add(&block,
                "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"steps\",\"input\":{\"steps\":");
        for (int i = 0; i < levels; i++)
            buf_add_char(&block, '[');
        for (int i = 0; i < levels; i++)
            buf_add_char(&block, ']');
        buf_add(&block, "}}");
        if (say(&c, "tool_use", buf_text(&block), &e) == TAKEN) {
            answer_calls(&c, -1);
            assert_fine(&c);
        }
        buf_finish(&block);
        conversation_finish(&c);
    }
    static const char *const names[] = {"left_click", "screenshot", "zoom"};
    for (int i = 0; i < 3; i++) {
        struct conversation c = talk(anthropic, "claude-opus-5-5");
        struct buf blocks = {0};
        struct err e = {0};
        for (int n = 0; n < 200; n++)
            buf_addf(&blocks,
                     "%s{\"type\":\"tool_use\",\"id\":\"a%d\",\"name\":\"%s\",\"toolset_name\":"
                     "\"computer\",\"input\":{\"region\":[0,0,1280,800]}}",
                     n ? "," : "", n, names[i]);
        for (int n = 0; n < 2; n++) { /* the second time with other ids */
            assert_int_equal(say(&c, "tool_use", buf_text(&blocks), &e), TAKEN);
            assert_int_equal(conversation_last(&c)->reply.count, REPLY_CALLS_MAX);
            answer_calls(&c, -1);
            assert_fine(&c);
            for (char *at = blocks.text; (at = strstr(at, "\"id\":\"a")); at++)
                at[6] = 'b';
        }
        buf_finish(&blocks);
        conversation_finish(&c);
    }
}

/* ---- requests ---- */

/* Through many turns, with failures at every place, the request stays right, and of one size. */
static void test_turns(void **state)
{
    (void)state;
    static const char *const turns[] = {
        THINKING "," USE(
            "a", "left_click",
            "{\"coordinate\":[1,2]}") ",{\"type\":\"text\",\"text\":"
                                      "\"and\"}," USE("b", "type", "{\"text\":\"Ada\"}") "," USE(
                                          "c", "screenshot", "{}"),
        USE("a", "screenshot", "{}") "," USE("b", "zoom", "{\"region\":[1,2,30,40]}") "," USE(
            "c", "left_click", "{\"coordinate\":[1,2]}"),
        TOOL("a", "steps", "{\"steps\":[\"click \\\"Save\\\"\"]}"),
        "{\"type\":\"text\",\"text\":\"I wonder.\"}",
        USE("a", "left_click", "{\"coordinate\":[5000,2]}") "," USE("b", "type",
                                                                    "{\"text\":\"Ada\"}"),
    };
    size_t sizes[60];
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    assert_fine(&c);
    for (int turn = 0; turn < 60; turn++) {
        struct err e = {0};
        struct buf blocks = {0};
        buf_add(&blocks, turns[turn % 5]);
        for (char *at = blocks.text; (at = strstr(at, "\"id\":\"")); at++)
            at[6] = (char)((turn % 3 ? 'd' : 'm') + at[6] - 'a' + turn % 3 * 3); /* of its own */
        assert_int_equal(say(&c, strstr(blocks.text, "tool_use") ? "tool_use" : "end_turn",
                             buf_text(&blocks), &e),
                         TAKEN);
        answer_calls(&c, turn % 4 - 1);
        assert_fine(&c);
        char *request = request_of(anthropic, &c);
        sizes[turn] = strlen(request);
        free(request);
        buf_finish(&blocks);
    }
    assert_in_range(sizes[59], sizes[19] * 8 / 10, sizes[19] * 12 / 10);
    conversation_finish(&c);
}

/* The way down, tool by tool, each with its headers and without what the next does not know. */
static void test_ways_down(void **state)
{
    (void)state;
    static const struct {
        const char *refused, *tool, *header;
    } ways[] = {
        {NULL, "\"type\":\"computer_toolset_20260801\"}", NULL},
        {"computer_toolset_20260801",
         "{\"type\":\"computer_20251124\",\"name\":\"computer\",\"display_width_px\":1280,"
         "\"display_"
         "height_px\":800,\"enable_zoom\":true}",
         "computer-use-2025-11-24"},
        {"computer_20251124",
         "{\"type\":\"computer_20250124\",\"name\":\"computer\",\"display_width_px\":1280,"
         "\"display_"
         "height_px\":800}",
         "computer-use-2025-01-24"},
        {"computer_20250124", "\"name\":\"steps\"", NULL},
    };
    struct conversation c = talk(anthropic, "claude-sonnet-4-5");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct buf body = {0};
        if (ways[i].refused) {
            buf_addf(
                &body,
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                "\"'claude-x' does not support tool types: %s.\"}}",
                ways[i].refused);
            assert_false(anthropic->step_down(&c, 403, buf_text(&body)));
            assert_true(anthropic->step_down(&c, 400, buf_text(&body)));
        }
        char *request = request_of(anthropic, &c), *headers = headers_of(&c);
        assert_non_null(strstr(request, ways[i].tool));
        assert_int_equal(strstr(headers, "anthropic-beta") != NULL, ways[i].header != NULL);
        assert_true(!ways[i].header || strstr(headers, ways[i].header));
        assert_non_null(strstr(headers, "x-api-key: secret\n"));
        assert_fine(&c);
        free(request);
        free(headers);
        buf_finish(&body);
    }
    assert_false(anthropic->step_down(&c, 400, "{\"error\":{\"message\":\"computer_20250124\"}}"));
    conversation_finish(&c);
}

/* A 400 that is about something else is no reason to take away the tool. */
static void test_no_way_down(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "{}",
        "computer_toolset_20260801",
        "{\"error\":\"computer_toolset_20260801\"}",
        "{\"error\":{\"message\":\"max_tokens: too large\"}}",
        "{\"error\":{\"message\":\"computer_20251124 is old\"}}",
        "{\"error\":{\"type\":\"computer_toolset_20260801\",\"message\":7}}"};
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_false(anthropic->step_down(&c, 400, bodies[i]));
    conversation_finish(&c);
}

static void test_blind(void **state)
{
    (void)state;
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    c.blind = true;
    buf_reset(&c.first.png);
    char *request = request_of(anthropic, &c);
    assert_null(strstr(request, "\"image\""));
    assert_null(strstr(request, "computer_toolset"));
    assert_fine(&c);
    free(request);
    conversation_finish(&c);
}

static void test_pictures(void **state)
{
    (void)state;
    static const struct {
        const char *model;
        int side;
    } cases[] = {{"claude-opus-5-5", 2576},
                 {"claude-sonnet-5", 2576},
                 {"claude-opus-4-7", 2576},
                 {"claude-opus-4-8-20260601", 2576},
                 {"claude-opus-4-6", 1568},
                 {"claude-sonnet-4-7", 1568},
                 {"claude-haiku-5-5", 2576},
                 {"claude-opus-4-20250514", 1568},
                 {"claude-fable-5-1", 2576},
                 {"claude-3-5-sonnet-20241022", 1568},
                 {"claude-mythos-6", 2576},
                 {"claude-5", 1568},
                 {"anthropic.claude-opus-5-v1:0", 2576},
                 {"my-model-9", 1568}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation c = {.model = cases[i].model};
        struct shot_rule rule;
        anthropic->rule(&c, &rule);
        if (rule.side_max != cases[i].side)
            fail_msg("%s: %d", cases[i].model, rule.side_max);
    }
}

/* ---- the checker itself ---- */

/* It finds every violation that it knows, in a request that was right before. */
static void test_checker(void **state)
{
    (void)state;
    static const struct {
        const char *what, *with, *wrong;
    } cases[] = {
        {"\"tool_use_id\":\"d\",\"toolset_name\":\"computer\",\"is_error\":true",
         "\"tool_use_id\":\"d\",\"toolset_name\":\"computer\"",
         "what is behind a failed action was not halted"},
        {"Not executed: an earlier computer action", "Not executed: an earlier action",
         "what is behind a failed action was not halted"},
        {"\"tool_use_id\":\"b\",\"toolset_name\":\"computer\"", "\"tool_use_id\":\"b\"",
         "a result lacks its toolset_name"},
        {"\"tool_use_id\":\"c\",\"toolset_name\":\"computer\"",
         "\"tool_use_id\":\"c\",\"toolset_name\":\"browser\"", "a result lacks its toolset_name"},
        {"\"tool_use_id\":\"c\"", "\"tool_use_id\":\"b\"",
         "a tool_use is unanswered, or answered twice"},
        {"\"tool_use_id\":\"c\"", "\"tool_use_id\":\"z\"",
         "a tool_use is unanswered, or answered twice"},
        {"\"is_error\":true,\"content\":[{\"type\":\"text\",\"text\":\"nothing is there\"}]",
         "\"is_error\":true,\"content\":[]", "a result is empty"},
        {"\"text\":\"nothing is there\"}", "\"text\":\" \"}", "a text block is empty"},
        {"\"is_error\":true,\"content\":[",
         "\"is_error\":true,\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\","
         "\"media_"
         "type\":\"image/png\",\"data\":\"iVBORw0KGgoAAAANSUhEUgAAAAUAAAAF\"},\"transformations\":{"
         "\"oversized_image\":\"error\"}},",
         "an error result holds a picture"},
        {"\"oversized_image\":\"error\"", "\"oversized_image\":\"downsize\"",
         "a picture may be scaled silently"},
        {",\"transformations\":{\"oversized_image\":\"error\"}", "",
         "a picture may be scaled silently"},
        {"\"data\":\"iVBORw0KGgo", "\"data\":\"iVBORw0K\\nGgo", "a picture is no PNG"},
        {"image/png", "image/bmp", "a picture's media type is wrong"},
        {"\"type\":\"computer_toolset_20260801\"",
         "\"type\":\"computer_toolset_20260801\",\"display_width_px\":1280",
         "the toolset's members"},
        {"\"type\":\"computer_toolset_20260801\"",
         "\"type\":\"computer_toolset_20260801\",\"name\":\"computer\"", "the toolset's members"},
        {"\"type\":\"computer_toolset_20260801\"",
         "\"type\":\"computer_20251124\",\"name\":\"computer\",\"display_width_px\":1,\"display_"
         "height_px\":1",
         "the beta header is not the tool's"},
        {"\"name\":\"steps\"", "\"name\":\"computer\"", "a tool of ours is called computer"},
        {"\"name\":\"steps\"", "\"name\":\"finish\"", "two tools of one name"},
        {"\"max_tokens\":4096", "\"max_tokens\":4096,\"temperature\":0",
         "an unknown member, or one that new models refuse"},
        {"\"max_tokens\":4096", "\"max_tokens\":4096,\"thinking\":{\"type\":\"disabled\"}",
         "an unknown member, or one that new models refuse"},
        {"\"max_tokens\":4096", "\"max_tokens\":4096,\"tool_choice\":{\"type\":\"any\"}",
         "the tool choice is forced"},
        {"\"max_tokens\":4096", "\"max_tokens\":0", "no max_tokens"},
        {"{\"type\":\"tool_use\",\"id\":\"b\"", THINKING ",{\"type\":\"tool_use\",\"id\":\"b\"",
         "thinking, or what is unknown, is sent back"},
        {"\"input\":{}", "\"input\":[]", "a tool_use has no input"},
        {"{\"role\":\"assistant\"", "{\"role\":\"user\"", "two of a kind in a row"},
        {"\"cache_control\":{\"type\":\"ephemeral\"}", "\"cache_control\":{\"type\":\"forever\"}",
         "cache_control is not ephemeral"},
        {"Ada", "A\xff", "it is not UTF-8"},
        {"\"id\":\"e\"", "\"id\":\"a\"", "two calls have one id"},
        {"\"id\":\"e\"", "\"id\":\"\"", "a tool_use has no id or name"},
        {"{\"model\"", "{\"model\"\"", "it is no JSON object"},
    };
    struct conversation c = talk(anthropic, "claude-opus-5-5");
    struct err e = {0};
    assert_int_equal(say(&c, "tool_use",
                         USE("a", "screenshot", "{}") "," USE("b", "left_click", "{}") "," USE(
                             "c", "left_click", "{}") "," USE("d", "left_click", "{}"),
                         &e),
                     TAKEN);
    answer_calls(&c, 2);
    assert_int_equal(say(&c, "tool_use", USE("e", "screenshot", "{}"), &e), TAKEN);
    answer_calls(&c, -1);
    char *request = request_of(anthropic, &c), *headers = headers_of(&c);
    assert_string_equal(anthropic_check(request, headers, 2576, 4784).wrong, "");
    assert_string_equal(anthropic_check(request, headers, 1000, 4784).wrong,
                        "a picture is larger than the model sees");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *wrong = replaced(request, cases[i].what, cases[i].with);
        struct check k = anthropic_check(wrong, headers, 2576, 4784);
        if (strcmp(k.wrong, cases[i].wrong) != 0)
            fail_msg("%s for %s: \"%s\"", cases[i].with, cases[i].what, k.wrong);
        free(wrong);
    }
    free(request);
    free(headers);
    conversation_finish(&c);
}

/* Of pictures and marks for the cache there may be only so many. */
static void test_checker_counts(void **state)
{
    (void)state;
    static const struct {
        const char *part;
        int most;
        const char *wrong;
    } cases[] = {
        {"{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/"
         "png\",\"data\":"
         "\"iVBORw0KGgoAAAANSUhEUgAACAAAAAAB\"},\"transformations\":{\"oversized_image\":\"error\"}"
         "}",
         20, "more than 20 pictures, and large ones"},
        {"{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}", 4,
         "more than 4 cache breakpoints"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int count = cases[i].most; count <= cases[i].most + 1; count++) {
            struct buf request = {0};
            buf_add(&request, "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\","
                              "\"content\":[");
            for (int n = 0; n < count; n++)
                buf_addf(&request, "%s%s", n ? "," : "", cases[i].part);
            buf_add(&request, "]}]}");
            assert_string_equal(
                anthropic_check(buf_text(&request), "anthropic-version: 2023-06-01\n", 2576, 4784)
                    .wrong,
                count > cases[i].most ? cases[i].wrong : "");
            buf_finish(&request);
        }
}

static int find(void **state)
{
    (void)state;
    anthropic = provider_find("anthropic");
    return anthropic ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls),     cmocka_unit_test(test_scaled),
        cmocka_unit_test(test_ends),      cmocka_unit_test(test_refusal_says_why),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_pause),
        cmocka_unit_test(test_usage),     cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_too_much),  cmocka_unit_test(test_turns),
        cmocka_unit_test(test_ways_down), cmocka_unit_test(test_no_way_down),
        cmocka_unit_test(test_blind),     cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_checker),   cmocka_unit_test(test_checker_counts),
    };
    return cmocka_run_group_tests(tests, find, NULL);
}

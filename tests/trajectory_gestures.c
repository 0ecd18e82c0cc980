/* gestures: events, written here one after the other, and what they come to. */
#include "trajectory/gestures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 128

/*
 * Events: "MS m X,Y" the pointer moves; "+B" and "-B" buttons; "[KEY" and "]KEY" keys, a character
 * writes itself; "C[KEY": with Ctrl held, "S[KEY" with Shift; "?" a secret key; "p" a pause.
 * Gestures: "ACTION FIRST-LAST", and noise: "!WHAT FIRST-LAST".
 */
struct sample {
    const char *what, *events, *gestures;
};

static const struct sample samples[] = {
    {"the way belongs to the click", "0 m 10,10;20 m 50,50;40 m 99,99;300 +1;360 -1",
     "click left at 99,99 1-5"},
    {"a rest elsewhere before it does not",
     "0 m 10,10;20 m 50,50;900 m 80,80;920 m 99,99;1100 +1;1150 -1",
     "!hover 1-2\nclick left at 99,99 3-6"},
    {"a rest on it does", "0 m 50,50;20 m 99,99;900 m 100,100;1100 +1;1150 -1",
     "click left at 100,100 1-5"},
    {"two clicks are one", "0 +1;50 -1;200 +1;250 -1", "double-click left at 0,0 1-4"},
    {"and three", "0 +1;50 -1;200 +1;250 -1;390 +1;440 -1", "triple-click left at 0,0 1-6"},
    {"four are three and one", "0 +1;1 -1;10 +1;11 -1;20 +1;21 -1;30 +1;31 -1",
     "triple-click left at 0,0 1-6\nclick left at 0,0 7-8"},
    {"too late for a double click", "0 +1;50 -1;600 +1;650 -1",
     "click left at 0,0 1-2\nclick left at 0,0 3-4"},
    {"too far for one", "0 +1;50 -1;100 m 6,0;200 +1;250 -1",
     "click left at 0,0 1-2\nclick left at 6,0 3-5"},
    {"near enough for one", "0 +1;50 -1;100 m 5,0;200 +1;250 -1", "double-click left at 0,0 1-5"},
    {"another button is another click", "0 +1;50 -1;100 +3;150 -3",
     "click left at 0,0 1-2\nclick right at 0,0 3-4"},
    {"a shaking hand does not drag", "0 +1;50 m 9,0;100 -1", "click left at 0,0 1-3"},
    {"a drag", "0 m 5,5;300 +1;350 m 10,5;400 m 40,5;500 -1",
     "drag left from 5,5 to 10,5 to 40,5 to 40,5 1-5"},
    {"there and back is a drag, too", "0 +1;50 m 30,0;100 m 0,0;150 -1",
     "drag left from 0,0 to 30,0 to 0,0 to 0,0 1-4"},
    {"a click with Ctrl", "0 [Control_L;50 C+1;100 C-1;150 ]Control_L",
     "click left at 0,0 holding Ctrl 1-4"},
    {"a text", "0 [H;50 ]H;100 [i;150 ]i", "type \"Hi\" 1-4"},
    {"keys that overlap", "0 [a;30 [b;50 ]a;70 ]b", "type \"ab\" 1-4"},
    {"with Shift", "0 [Shift_L;20 S[A;50 ]A;60 ]Shift_L;90 [b;120 ]b", "type \"Ab\" 1-6"},
    {"corrected", "0 [a;10 ]a;20 [x;30 ]x;40 [BackSpace;50 ]BackSpace;60 [b;70 ]b",
     "type \"ab\" 1-8"},
    {"taken back as a whole", "0 [a;10 ]a;20 [BackSpace;30 ]BackSpace", "!taken back 1-4"},
    {"erased beyond it", "0 [a;10 ]a;20 [BackSpace;30 ]BackSpace;40 [BackSpace;50 ]BackSpace",
     "!taken back 1-4\nkey BackSpace 5-6"},
    {"after a long pause another text", "0 [a;10 ]a;1200 [b;1210 ]b",
     "type \"a\" 1-2\ntype \"b\" 3-4"},
    {"a chord", "0 [Control_L;50 C[s;80 ]s;90 ]Control_L", "key Ctrl+S 1-4"},
    {"keys that do something", "0 [Return;10 ]Return;20 [Down;30 ]Down;40 [Down;50 ]Down",
     "key Return 1-2\nkey Down 2 times 3-6"},
    {"back by Tab", "0 [Shift_L;10 S[ISO_Left_Tab;20 ]ISO_Left_Tab;30 ]Shift_L",
     "key Shift+Tab 1-4"},
    {"a modifier alone", "0 [Shift_L;50 ]Shift_L;900 [Return;950 ]Return",
     "!modifier 1-2\nkey Return 3-4"},
    {"a secret", "0 ?;10 ?;20 ?", "type \"{{secret:?}}\" 1-3"},
    {"beside one", "0 [a;10 ]a;20 ?;30 ?;40 [Tab;50 ]Tab",
     "type \"a\" 1-2\ntype \"{{secret:?}}\" 3-4\nkey Tab 5-6"},
    {"a scroll", "0 +5;1 -5;100 +5;101 -5;200 +5;201 -5;900 +4;901 -4",
     "scroll down 3 at 0,0 1-6\nscroll up 1 at 0,0 7-8"},
    {"aside", "0 +7;1 -7;1300 +7;1301 -7", "scroll right 1 at 0,0 1-2\nscroll right 1 at 0,0 3-4"},
    {"a pause ends what was begun", "0 +1;50 -1;60 p;70 +1;90 -1",
     "click left at 0,0 1-2\nclick left at 0,0 4-5"},
    {"the pointer leaves before the typing", "0 m 300,300;500 [a;550 ]a",
     "!hover 1-1\ntype \"a\" 2-3"},
    {"the pointer leaves in the end", "0 +1;50 -1;90 m 20,20", "click left at 0,0 1-2\n!hover 3-3"},
    {"a release of before", "0 -1;50 ]a;90 +1;99 -1", "!release 1-2\nclick left at 0,0 3-4"},
    {"a key is let go after the next click", "0 [a;50 m 9,9;60 +1;70 ]a;80 -1",
     "type \"a\" 1-1\nclick left at 9,9 2-5"},
    {"the clock begins anew", "4294967290 +1;4294967295 -1;4294967300 +1;4294967310 -1",
     "double-click left at 0,0 1-4"},
};

static bool is_sign(const char *key)
{
    return key[0] && !key[1];
}

static void event_read(const char *text, struct point *at, struct event *out)
{
    char *rest;
    *out = (struct event){.server_ms = (uint32_t)strtoull(text, &rest, 10)};
    rest++;
    if (*rest == 'C' && rest[1])
        out->state = 1u << 2;
    else if (*rest == 'S' && rest[1] == '[')
        out->state = 1u << 0;
    rest += out->state != 0;
    bool key = *rest == '[' || *rest == ']';
    if (*rest == 'm')
        sscanf(rest, "m %d,%d", &at->x, &at->y);
    out->kind = *rest == 'm'   ? EVENT_MOTION
                : *rest == '+' ? EVENT_BUTTON_DOWN
                : *rest == '-' ? EVENT_BUTTON_UP
                : *rest == 'p' ? EVENT_PAUSE
                : *rest == ']' ? EVENT_KEY_UP
                               : EVENT_KEY_DOWN;
    out->secret = *rest == '?';
    out->code = key || out->kind == EVENT_MOTION ? 0 : (unsigned)atoi(rest + 1);
    out->at = *at;
    if (key)
        snprintf(out->keysym, sizeof out->keysym, "%s", rest + 1);
    if (*rest == '[' && is_sign(rest + 1))
        snprintf(out->text, sizeof out->text, "%s", rest + 1);
}

static int events_make(const char *text, struct event *out)
{
    char *copy = strdup(text), *save;
    struct point at = {0};
    int count = 0;
    for (char *part = strtok_r(copy, ";", &save); part; part = strtok_r(NULL, ";", &save)) {
        event_read(part, &at, &out[count]);
        out[count].number = count + 1;
        count++;
    }
    free(copy);
    return count;
}

/* Gestures and noise in the order of their events. */
static void tell(const struct gestures *g, struct buf *out)
{
    for (int i = 0, n = 0; i < g->count || n < g->noise_count;) {
        bool noise = n < g->noise_count && (i == g->count || g->noise[n].first < g->items[i].first);
        buf_add(out, out->length ? "\n" : "");
        if (noise)
            buf_addf(out, "!%s %d-%d", g->noise[n].what, g->noise[n].first + 1,
                     g->noise[n].last + 1);
        else
            action_print(&g->items[i].action, out);
        if (!noise)
            buf_addf(out, " %d-%d", g->items[i].first + 1, g->items[i].last + 1);
        noise ? n++ : i++;
    }
}

static void events_are_gestures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct event events[EVENTS_MAX];
        struct event_log log = {.items = events};
        struct gestures gestures;
        struct buf told = {0};
        log.count = events_make(samples[i].events, events);
        gestures_take(&log, &gesture_limits_default, &gestures);
        tell(&gestures, &told);
        if (strcmp(buf_text(&told), samples[i].gestures) != 0)
            fail_msg("%s:\n%s", samples[i].what, buf_text(&told));
        gestures_finish(&gestures);
        buf_finish(&told);
    }
}

static void limits_are_the_callers(void **state)
{
    (void)state;
    struct event events[EVENTS_MAX];
    struct event_log log = {.items = events};
    struct gesture_limits limits = gesture_limits_default;
    struct gestures gestures;
    limits.double_click_ms = 1000;
    log.count = events_make("0 +1;50 -1;900 +1;950 -1", events);
    gestures_take(&log, &limits, &gestures);
    assert_int_equal(gestures.count, 1);
    gestures_finish(&gestures);
    limits.double_click_ms = 100;
    gestures_take(&log, &limits, &gestures);
    assert_int_equal(gestures.count, 2);
    gestures_finish(&gestures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(events_are_gestures),
                                       cmocka_unit_test(limits_are_the_callers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

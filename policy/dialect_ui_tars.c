/*
 * UI-TARS: "Thought: ...\nAction: click(start_box='(10,20)')", several actions one below the other;
 * version 2 wraps them in XML. Of a box its middle is meant. Names and arguments:
 * bytedance/UI-TARS, codes/ui_tars/prompt.py.
 */
#include "policy/dialect.h"
#include "policy/gesture.h"
#include "policy/spoken.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is there and is no place is none on the screen. */
static struct place place_of(const struct spoken *s, const char *const names[])
{
    double n[4];
    const char *value = NULL;
    for (int i = 0; names[i] && !value; i++)
        value = spoken_value(s, names[i], -1);
    if (!value || !*value)
        return (struct place){0};
    int count = spoken_numbers(value, n, 4);
    return count == 4   ? (struct place){true, (n[0] + n[2]) / 2, (n[1] + n[3]) / 2}
           : count == 2 ? (struct place){true, n[0], n[1]}
                        : (struct place){true, NAN, NAN};
}

static struct place start_of(const struct spoken *s)
{
    static const char *const names[] = {"start_box", "point", "start_point", "box", NULL};
    return place_of(s, names);
}

static struct place end_of(const struct spoken *s)
{
    static const char *const names[] = {"end_box", "end_point", NULL};
    return place_of(s, names);
}

static bool is(const struct spoken *s, const char *a, const char *b)
{
    return strcmp(s->name, a) == 0 || strcmp(s->name, b) == 0;
}

static void take_scroll(struct reply *r, const struct spoken *s, const struct shot *shot)
{
    const char *way = spoken_value(s, "direction", 0);
    double dx = 0, dy = 0;
    if (way && strcmp(way, "up") == 0)
        dy = -GESTURE_NOTCHES;
    else if (way && strcmp(way, "left") == 0)
        dx = -GESTURE_NOTCHES;
    else if (way && strcmp(way, "right") == 0)
        dx = GESTURE_NOTCHES;
    else
        dy = GESTURE_NOTCHES;
    gesture_scroll(r, NULL, s->name, shot, start_of(s), dx, dy, false);
}

static void take(struct reply *r, const struct spoken *s, const struct shot *shot)
{
    const char *name = s->name;
    const char *key = spoken_value(s, "key", 0);
    const char *content = spoken_value(s, "content", 0);
    const char *time = spoken_value(s, "time", 0);
    if (is(s, "click", "left_single"))
        gesture_click(r, NULL, name, shot, start_of(s), BUTTON_LEFT, 1);
    else if (is(s, "left_double", "double_click"))
        gesture_click(r, NULL, name, shot, start_of(s), BUTTON_LEFT, 2);
    else if (is(s, "right_single", "right_click"))
        gesture_click(r, NULL, name, shot, start_of(s), BUTTON_RIGHT, 1);
    else if (is(s, "hover", "move_to"))
        gesture_move(r, NULL, name, shot, start_of(s));
    else if (is(s, "mouse_down", "mouse_up"))
        gesture_button(r, NULL, name, shot, start_of(s), BUTTON_LEFT, name[6] == 'd');
    else if (is(s, "drag", "select"))
        gesture_drag(r, NULL, name, shot, start_of(s), end_of(s));
    else if (is(s, "hotkey", "press_key"))
        gesture_keys(r, NULL, name, ACTION_KEY, key, 1);
    else if (is(s, "press", "release"))
        gesture_keys(r, NULL, name, name[0] == 'p' ? ACTION_KEY_DOWN : ACTION_KEY_UP, key, 1);
    else if (is(s, "type", "input"))
        gesture_type(r, NULL, name, content);
    else if (is(s, "scroll", "scroll"))
        take_scroll(r, s, shot);
    else if (is(s, "wait", "wait"))
        gesture_wait(r, NULL, name, time ? strtod(time, NULL) : GESTURE_WAIT_MS / 1000.0);
    else if (is(s, "finished", "finish"))
        gesture_say(r, NULL, name, CALL_DONE, content);
    else if (is(s, "call_user", "ask_user"))
        gesture_say(r, NULL, name, CALL_ASK, content ? content : "the model wants to be helped");
    else
        gesture_say(r, NULL, name, CALL_BAD, "there is no such action");
}

/* Behind the last "Action:", also with the wide colon of Chinese; the whole where there is none. */
static const char *actions_of(const char *text)
{
    static const char *const marks[] = {"Action:", "Action\xEF\xBC\x9A"};
    const char *at = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (const char *next = text; (next = strstr(next, marks[i]));) {
            next += strlen(marks[i]);
            if (!at || next > at)
                at = next;
        }
    return at ? at : text;
}

void dialect_ui_tars(struct reply *r, const char *text, const struct shot *shot)
{
    struct spoken s;
    const char *at;
    if (strstr(text, "<function=")) {
        for (at = text; (at = strstr(at, "<function="));) {
            at = spoken_read_xml(at, &s);
            if (!at)
                return;
            take(r, &s, shot);
            spoken_finish(&s);
        }
        return;
    }
    for (at = spoken_read(actions_of(text), &s); at; at = spoken_read(at, &s)) {
        take(r, &s, shot);
        spoken_finish(&s);
        at += strspn(at, "; \t\r\n");
    }
}

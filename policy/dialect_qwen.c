/*
 * Qwen: one tool computer_use, {"action": "left_click", "coordinate": [10, 20]}, called over the
 * wire, or in text as JSON or as XML. A scroll up is positive, a drag begins where the pointer is.
 * QwenLM/Qwen3-VL, cookbooks/utils/agent_function_call.py.
 */
#include "policy/dialect.h"
#include "policy/gesture.h"
#include "policy/json.h"
#include "policy/spoken.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* [10, 20], or "[10, 20]" as a text. What is there and is no place is none on the screen. */
static struct place place_of(const struct json *arguments)
{
    const struct json *at = json_member(arguments, "coordinate");
    struct place place = {true, NAN, NAN};
    double n[2];
    if (!at || json_is_null(at))
        return (struct place){0};
    if (json_string(at) && spoken_numbers(json_string(at), n, 2) == 2)
        place = (struct place){true, n[0], n[1]};
    else if (json_is_number(json_item(at, 0)) && json_is_number(json_item(at, 1)))
        place = (struct place){true, json_double(json_item(at, 0)), json_double(json_item(at, 1))};
    return place;
}

/* A number, or one as a text. */
static double amount(const struct json *arguments, const char *name, double fallback)
{
    double n;
    const char *text = json_text(arguments, name);
    return text && spoken_numbers(text, &n, 1) == 1 ? n : json_number(arguments, name, fallback);
}

static void take_keys(struct reply *r, const char *id, const char *name,
                      const struct json *arguments)
{
    struct buf chord = {0};
    const struct json *keys = json_member(arguments, "keys");
    char *items[SPOKEN_LIST_MAX];
    int count = json_string(keys) ? spoken_items(json_string(keys), items) : 0;
    for (int i = 0; i < count; i++) {
        buf_addf(&chord, "%s%s", chord.length ? "+" : "", items[i]);
        free(items[i]);
    }
    for (const struct json *key = json_is_list(keys) ? json_first(keys) : NULL; key;
         key = json_next(key))
        buf_addf(&chord, "%s%s", chord.length ? "+" : "", json_string(key) ? json_string(key) : "");
    gesture_keys(r, id, name, ACTION_KEY, buf_text(&chord), 1);
    buf_finish(&chord);
}

static bool take_click(struct reply *r, const char *id, const char *name, const char *action,
                       struct place at, const struct shot *shot)
{
    static const struct {
        const char *name;
        enum button button;
        int count;
    } clicks[] = {
        {"left_click", BUTTON_LEFT, 1},   {"click", BUTTON_LEFT, 1},
        {"double_click", BUTTON_LEFT, 2}, {"triple_click", BUTTON_LEFT, 3},
        {"right_click", BUTTON_RIGHT, 1}, {"middle_click", BUTTON_MIDDLE, 1},
    };
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++)
        if (strcmp(action, clicks[i].name) == 0) {
            gesture_click(r, id, name, shot, at, clicks[i].button, clicks[i].count);
            return true;
        }
    return false;
}

static void take_end(struct reply *r, const char *id, const char *name,
                     const struct json *arguments)
{
    const char *status = json_text(arguments, "status");
    bool fine = status && strcmp(status, "success") == 0;
    gesture_say(r, id, name, fine ? CALL_DONE : CALL_FAILED, status);
}

static void take(struct reply *r, const char *id, const char *name, const struct json *arguments,
                 const struct shot *shot)
{
    const char *action = json_text(arguments, "action");
    struct place at = place_of(arguments), pointer = {0};
    action = action ? action : json_text(arguments, "type");
    action = action ? action : "";
    if (take_click(r, id, name, action, at, shot))
        return;
    if (strcmp(action, "mouse_move") == 0)
        gesture_move(r, id, name, shot, at);
    else if (strcmp(action, "left_click_drag") == 0)
        gesture_drag(r, id, name, shot, pointer, at);
    else if (strcmp(action, "key") == 0)
        take_keys(r, id, name, arguments);
    else if (strcmp(action, "type") == 0)
        gesture_type(r, id, name, json_text(arguments, "text"));
    else if (strcmp(action, "scroll") == 0)
        gesture_scroll(r, id, name, shot, at, 0, -amount(arguments, "pixels", 0), true);
    else if (strcmp(action, "hscroll") == 0)
        gesture_scroll(r, id, name, shot, at, amount(arguments, "pixels", 0), 0, true);
    else if (strcmp(action, "wait") == 0)
        gesture_wait(r, id, name, amount(arguments, "time", 2));
    else if (strcmp(action, "screenshot") == 0)
        gesture_say(r, id, name, CALL_LOOK, NULL);
    else if (strcmp(action, "terminate") == 0)
        take_end(r, id, name, arguments);
    else if (strcmp(action, "answer") == 0)
        gesture_say(r, id, name, CALL_DONE, json_text(arguments, "text"));
    else
        gesture_say(r, id, name, CALL_BAD, "there is no such action");
}

void dialect_qwen_call(struct reply *r, const char *id, const char *name, const char *arguments,
                       const struct shot *shot)
{
    struct json *json = json_parse(arguments);
    if (json_is_object(json))
        take(r, id, name, json, shot);
    else
        gesture_say(r, id, name, CALL_BAD, "the arguments are not a JSON object");
    json_destroy(json);
}

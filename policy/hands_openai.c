#include "policy/hands.h"
#include "policy/wire.h"

#include <string.h>

#define WAIT_S 2 /* its wait has no length of its own */

/* One action that is asked for. */
struct asked {
    struct reply *reply;
    const char *id, *type;
    const struct json *action;
    const struct shot *shot;
};

static void spoil(const struct asked *a, const char *why)
{
    gesture_say(a->reply, a->id, a->type, CALL_BAD, why);
}

/* The place of all mouse actions: they all have one. */
static bool place_of(const struct asked *a, struct place *out)
{
    if (wire_place(json_member(a->action, "x"), json_member(a->action, "y"), out) && out->known)
        return true;
    spoil(a, "`x` and `y` must be numbers");
    return false;
}

/* Keys that are held meanwhile. */
static void hold_keys(const struct asked *a, struct call *call)
{
    const struct json *keys = json_member(a->action, "keys");
    struct buf chord = {0};
    if (json_is_list(keys) && json_count(keys) > 0 && wire_chord(keys, &chord))
        gesture_with_keys(call, buf_text(&chord));
    else if (call && keys && !json_is_null(keys) && !(json_is_list(keys) && !json_count(keys)))
        call_spoil(call, "`keys` must be a list of keys");
    buf_finish(&chord);
}

static void take_click(const struct asked *a)
{
    static const struct {
        const char *name;
        enum button button;
    } buttons[] = {{"left", BUTTON_LEFT},
                   {"right", BUTTON_RIGHT},
                   {"wheel", BUTTON_MIDDLE},
                   {"back", BUTTON_BACK},
                   {"forward", BUTTON_FORWARD}};
    const char *name = json_text(a->action, "button");
    struct place at;
    if (!place_of(a, &at))
        return;
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
        if (name && strcmp(name, buttons[i].name) == 0) {
            hold_keys(a,
                      gesture_click(a->reply, a->id, a->type, a->shot, at, buttons[i].button, 1));
            return;
        }
    spoil(a, "`button` must be left, right, wheel, back or forward");
}

static void take_drag(const struct asked *a)
{
    const struct json *list = json_member(a->action, "path");
    struct place path[ACTION_PATH_MAX];
    int count = 0;
    bool fine = json_is_list(list) && json_count(list) <= ACTION_PATH_MAX;
    for (const struct json *at = json_first(list); at && fine; at = json_next(at), count++)
        fine = wire_place(json_member(at, "x"), json_member(at, "y"), &path[count]) &&
               path[count].known;
    if (fine)
        hold_keys(a, gesture_path(a->reply, a->id, a->type, a->shot, path, count));
    else
        spoil(a, "`path` must be a list of places, each with numbers `x` and `y`");
}

static void take_scroll(const struct asked *a)
{
    double dx = json_number(a->action, "scroll_x", json_number(a->action, "scrollX", 0));
    double dy = json_number(a->action, "scroll_y", json_number(a->action, "scrollY", 0));
    struct place at;
    if (!place_of(a, &at))
        return;
    if (dx != 0 || dy != 0)
        hold_keys(a, gesture_scroll(a->reply, a->id, a->type, a->shot, at, dx, dy, true));
    else
        spoil(a, "`scroll_x` or `scroll_y` must be a number above or below 0");
}

static void take_keys(const struct asked *a)
{
    struct buf chord = {0};
    if (wire_chord(json_member(a->action, "keys"), &chord))
        gesture_keys(a->reply, a->id, a->type, ACTION_KEY, buf_text(&chord), 1);
    else
        spoil(a, "`keys` must be a list of keys");
    buf_finish(&chord);
}

static bool take_mouse(const struct asked *a)
{
    struct place at;
    if (strcmp(a->type, "click") == 0) {
        take_click(a);
    } else if (strcmp(a->type, "double_click") == 0) {
        if (place_of(a, &at))
            hold_keys(a, gesture_click(a->reply, a->id, a->type, a->shot, at, BUTTON_LEFT, 2));
    } else if (strcmp(a->type, "move") == 0) {
        if (place_of(a, &at))
            hold_keys(a, gesture_move(a->reply, a->id, a->type, a->shot, at));
    } else if (strcmp(a->type, "drag") == 0) {
        take_drag(a);
    } else if (strcmp(a->type, "scroll") == 0) {
        take_scroll(a);
    } else {
        return false;
    }
    return true;
}

void hands_openai(struct reply *r, const char *id, const struct json *action,
                  const struct shot *shot)
{
    const char *type = json_text(action, "type");
    struct asked a = {
        .reply = r, .id = id, .type = type ? type : "", .action = action, .shot = shot};
    if (take_mouse(&a))
        return;
    if (strcmp(a.type, "keypress") == 0)
        take_keys(&a);
    else if (strcmp(a.type, "type") == 0)
        gesture_type(r, id, a.type, json_text(action, "text"));
    else if (strcmp(a.type, "wait") == 0)
        gesture_wait(r, id, a.type, WAIT_S);
    else if (strcmp(a.type, "screenshot") == 0)
        reply_add(r, CALL_LOOK, id, a.type);
    else
        spoil(&a, "the computer tool has no such action");
}

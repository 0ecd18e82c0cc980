#include "policy/hands.h"
#include "policy/wire.h"

#include <string.h>

/* One action that is asked for. */
struct asked {
    struct reply *reply;
    const char *id, *name;
    const struct json *input;
    const struct shot *shot;
};

static void spoil(const struct asked *a, const char *why)
{
    gesture_say(a->reply, a->id, a->name, CALL_BAD, why);
}

/* "coordinate": [x, y]; it may be missing or null, which is where the pointer is. */
static bool place_of(const struct asked *a, const char *member, struct place *out)
{
    const struct json *list = json_member(a->input, member);
    *out = (struct place){0};
    if (!list || json_is_null(list))
        return true;
    if (json_is_list(list) && json_count(list) == 2 &&
        wire_place(json_item(list, 0), json_item(list, 1), out) && out->known)
        return true;
    struct buf why = {0};
    buf_addf(&why, "`%s` must be [x, y], two numbers", member);
    spoil(a, buf_text(&why));
    buf_finish(&why);
    return false;
}

/* Keys that are held meanwhile. */
static void hold_keys(const struct asked *a, struct call *call)
{
    const struct json *text = json_member(a->input, "text");
    if (json_string(text))
        gesture_with_keys(call, json_string(text));
    else if (call && text && !json_is_null(text))
        call_spoil(call, "`text` must name the keys that are held");
}

static bool take_click(const struct asked *a)
{
    static const struct {
        const char *name;
        enum button button;
        int count;
    } clicks[] = {{"left_click", BUTTON_LEFT, 1},
                  {"right_click", BUTTON_RIGHT, 1},
                  {"middle_click", BUTTON_MIDDLE, 1},
                  {"double_click", BUTTON_LEFT, 2},
                  {"triple_click", BUTTON_LEFT, 3}};
    struct place at;
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++)
        if (strcmp(a->name, clicks[i].name) == 0) {
            if (place_of(a, "coordinate", &at))
                hold_keys(a, gesture_click(a->reply, a->id, a->name, a->shot, at, clicks[i].button,
                                           clicks[i].count));
            return true;
        }
    return false;
}

static void take_scroll(const struct asked *a)
{
    static const struct {
        const char *name;
        int dx, dy;
    } ways[] = {{"down", 0, 1}, {"up", 0, -1}, {"right", 1, 0}, {"left", -1, 0}};
    const char *direction = json_text(a->input, "scroll_direction");
    double amount = json_double(json_member(a->input, "scroll_amount"));
    struct place at;
    if (!place_of(a, "coordinate", &at))
        return;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (direction && amount > 0 && strcmp(direction, ways[i].name) == 0) {
            hold_keys(a, gesture_scroll(a->reply, a->id, a->name, a->shot, at, ways[i].dx * amount,
                                        ways[i].dy * amount, false));
            return;
        }
    spoil(a, "`scroll_direction` must be up, down, left or right, `scroll_amount` above 0");
}

static void take_drag(const struct asked *a)
{
    struct place from, to;
    if (place_of(a, "start_coordinate", &from) && place_of(a, "coordinate", &to))
        hold_keys(a, gesture_drag(a->reply, a->id, a->name, a->shot, from, to));
}

static void take_zoom(const struct asked *a)
{
    const struct json *region = json_member(a->input, "region");
    struct place from, to;
    if (json_is_list(region) && json_count(region) == 4 &&
        wire_place(json_item(region, 0), json_item(region, 1), &from) &&
        wire_place(json_item(region, 2), json_item(region, 3), &to))
        gesture_zoom(a->reply, a->id, a->name, a->shot, from, to);
    else
        spoil(a, "`region` must be [x0, y0, x1, y1], four numbers");
}

static bool take_mouse(const struct asked *a)
{
    struct place at = {0};
    if (strcmp(a->name, "mouse_move") == 0) {
        if (place_of(a, "coordinate", &at))
            gesture_move(a->reply, a->id, a->name, a->shot, at);
    } else if (strcmp(a->name, "left_mouse_down") == 0) {
        gesture_button(a->reply, a->id, a->name, a->shot, at, BUTTON_LEFT, true);
    } else if (strcmp(a->name, "left_mouse_up") == 0) {
        gesture_button(a->reply, a->id, a->name, a->shot, at, BUTTON_LEFT, false);
    } else if (strcmp(a->name, "left_click_drag") == 0) {
        take_drag(a);
    } else if (strcmp(a->name, "scroll") == 0) {
        take_scroll(a);
    } else {
        return take_click(a);
    }
    return true;
}

static bool take_keyboard(const struct asked *a)
{
    const char *text = json_text(a->input, "text");
    const struct json *repeat = json_member(a->input, "repeat");
    double seconds = json_double(json_member(a->input, "duration"));
    if (strcmp(a->name, "type") == 0)
        gesture_type(a->reply, a->id, a->name, text);
    else if (strcmp(a->name, "key") == 0)
        gesture_keys(a->reply, a->id, a->name, ACTION_KEY, text,
                     repeat && !json_is_null(repeat) ? json_double(repeat) : 1);
    else if (strcmp(a->name, "hold_key") == 0)
        gesture_hold(a->reply, a->id, a->name, text, seconds);
    else if (strcmp(a->name, "wait") == 0)
        gesture_wait(a->reply, a->id, a->name, seconds);
    else
        return false;
    return true;
}

void hands_anthropic(struct reply *r, const char *id, const char *name, const struct json *input,
                     const struct shot *shot)
{
    struct asked a = {.reply = r, .id = id, .name = name, .input = input, .shot = shot};
    if (take_mouse(&a) || take_keyboard(&a))
        return;
    if (strcmp(name, "screenshot") == 0)
        reply_add(r, CALL_LOOK, id, name);
    else if (strcmp(name, "cursor_position") == 0)
        reply_add(r, CALL_CURSOR, id, name);
    else if (strcmp(name, "zoom") == 0)
        take_zoom(&a);
    else
        spoil(&a, "the computer tool has no such action");
}

#include "policy/hands.h"
#include "policy/wire.h"

#include <string.h>

/* What is meant where the wire says nothing. */
#define SCROLL_PIXELS     300
#define SCROLL_THOUSANDTH 800 /* the old functions' */
#define WAIT_S            1
#define WAIT_OLD_S        5

/* One function that is called. */
struct asked {
    struct reply *reply;
    const char *id, *name;
    const struct json *arguments;
    const struct shot *shot;
};

static void spoil(const struct asked *a, const char *why)
{
    gesture_say(a->reply, a->id, a->name, CALL_BAD, why);
}

static bool is_number_at(const struct asked *a, const char *x, const char *y, struct place *out)
{
    return wire_place(json_member(a->arguments, x), json_member(a->arguments, y), out) &&
           out->known;
}

static bool place_of(const struct asked *a, struct place *out)
{
    bool fine = is_number_at(a, "x", "y", out);
    if (!fine)
        spoil(a, "`x` and `y` must be numbers");
    return fine;
}

/* A member that is true or false; FALLBACK when it is missing. False: it is something else. */
static bool flag_of(const struct asked *a, const char *name, bool fallback, bool *out)
{
    const struct json *flag = json_member(a->arguments, name);
    *out = flag ? json_is_true(flag) : fallback;
    return !flag || json_is_bool(flag);
}

static bool take_click(const struct asked *a)
{
    static const struct {
        const char *name;
        enum button button;
        int count;
    } clicks[] = {{"click", BUTTON_LEFT, 1},        {"click_at", BUTTON_LEFT, 1},
                  {"double_click", BUTTON_LEFT, 2}, {"triple_click", BUTTON_LEFT, 3},
                  {"right_click", BUTTON_RIGHT, 1}, {"middle_click", BUTTON_MIDDLE, 1}};
    struct place at;
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++)
        if (strcmp(a->name, clicks[i].name) == 0) {
            if (place_of(a, &at))
                gesture_click(a->reply, a->id, a->name, a->shot, at, clicks[i].button,
                              clicks[i].count);
            return true;
        }
    return false;
}

/* Some write where it begins as start_x and start_y, and some as x and y. */
static void take_drag(const struct asked *a)
{
    struct place from, to;
    if ((is_number_at(a, "start_x", "start_y", &from) && is_number_at(a, "end_x", "end_y", &to)) ||
        (is_number_at(a, "x", "y", &from) &&
         is_number_at(a, "destination_x", "destination_y", &to)))
        gesture_drag(a->reply, a->id, a->name, a->shot, from, to);
    else
        spoil(a, "`start_x`, `start_y`, `end_x` and `end_y` must be numbers");
}

/* How far: in pixels, or in thousandths of the screen's side. */
static double distance_of(const struct asked *a, bool old, int side)
{
    const struct json *pixels = json_member(a->arguments, "magnitude_in_pixels");
    const struct json *thousandths = json_member(a->arguments, "magnitude");
    if (pixels || (!thousandths && !old))
        return pixels ? json_double(pixels) : SCROLL_PIXELS;
    return (thousandths ? json_double(thousandths) : SCROLL_THOUSANDTH) * side / 1000;
}

static void take_scroll(const struct asked *a, bool old, struct place at)
{
    static const struct {
        const char *name;
        int dx, dy;
    } ways[] = {{"down", 0, 1}, {"up", 0, -1}, {"right", 1, 0}, {"left", -1, 0}};
    const char *direction = json_text(a->arguments, "direction");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (direction && strcmp(direction, ways[i].name) == 0) {
            double by =
                distance_of(a, old, ways[i].dx ? a->shot->screen_width : a->shot->screen_height);
            if (!(by > 0))
                break;
            gesture_scroll(a->reply, a->id, a->name, a->shot, at, ways[i].dx * by, ways[i].dy * by,
                           true);
            return;
        }
    spoil(a, "`direction` must be up, down, left or right, the distance above 0");
}

static bool take_mouse(const struct asked *a)
{
    struct place at;
    if (strcmp(a->name, "move") == 0 || strcmp(a->name, "hover_at") == 0) {
        if (place_of(a, &at))
            gesture_move(a->reply, a->id, a->name, a->shot, at);
    } else if (strcmp(a->name, "mouse_down") == 0 || strcmp(a->name, "mouse_up") == 0) {
        if (place_of(a, &at))
            gesture_button(a->reply, a->id, a->name, a->shot, at, BUTTON_LEFT,
                           strcmp(a->name, "mouse_down") == 0);
    } else if (strcmp(a->name, "drag_and_drop") == 0) {
        take_drag(a);
    } else if (strcmp(a->name, "scroll") == 0 || strcmp(a->name, "scroll_at") == 0) {
        if (place_of(a, &at))
            take_scroll(a, strcmp(a->name, "scroll_at") == 0, at);
    } else if (strcmp(a->name, "scroll_document") == 0) {
        take_scroll(a, true, (struct place){true, 500, 500});
    } else {
        return take_click(a);
    }
    return true;
}

static void press(const struct asked *a, const char *keys)
{
    gesture_keys(a->reply, a->id, a->name, ACTION_KEY, keys, 1);
}

/* Into what has the focus, or, as the old function has it, into what is at a place, in place of
 * what stands there. */
static void take_type(const struct asked *a, bool old)
{
    const char *text = json_text(a->arguments, "text");
    struct place at = {0};
    bool enter, clear;
    if (!flag_of(a, "press_enter", old, &enter) ||
        !flag_of(a, "clear_before_typing", old, &clear)) {
        spoil(a, "`press_enter` and `clear_before_typing` must be true or false");
        return;
    }
    if (old && !place_of(a, &at))
        return;
    if (old && text)
        gesture_click(a->reply, a->id, a->name, a->shot, at, BUTTON_LEFT, 1);
    if (old && text && clear)
        press(a, "Ctrl+A");
    if (old && text && clear && !*text)
        press(a, "BackSpace");
    else
        gesture_type(a->reply, a->id, a->name, text);
    if (text && enter)
        press(a, "Return");
}

/* A chord: "Control+A", or ["Control", "A"]; in a member of either name. */
static void take_keys(const struct asked *a, enum action_kind kind)
{
    const struct json *keys = json_member(a->arguments, "keys");
    struct buf chord = {0};
    if (!keys)
        keys = json_member(a->arguments, "key");
    if (wire_chord(keys, &chord))
        gesture_keys(a->reply, a->id, a->name, kind, buf_text(&chord), 1);
    else
        spoil(a, "which keys are to be pressed?");
    buf_finish(&chord);
}

static bool take_keyboard(const struct asked *a)
{
    if (strcmp(a->name, "type") == 0 || strcmp(a->name, "type_text_at") == 0)
        take_type(a, strcmp(a->name, "type_text_at") == 0);
    else if (strcmp(a->name, "press_key") == 0 || strcmp(a->name, "hotkey") == 0 ||
             strcmp(a->name, "key_combination") == 0)
        take_keys(a, ACTION_KEY);
    else if (strcmp(a->name, "key_down") == 0)
        take_keys(a, ACTION_KEY_DOWN);
    else if (strcmp(a->name, "key_up") == 0)
        take_keys(a, ACTION_KEY_UP);
    else if (strcmp(a->name, "go_back") == 0)
        press(a, "Alt+Left");
    else if (strcmp(a->name, "go_forward") == 0)
        press(a, "Alt+Right");
    else
        return false;
    return true;
}

void hands_gemini(struct reply *r, const char *id, const char *name, const struct json *arguments,
                  const struct shot *shot)
{
    const struct asked a = {r, id, name, arguments, shot};
    const struct json *seconds = json_member(arguments, "seconds");
    if (take_mouse(&a) || take_keyboard(&a))
        return;
    if (strcmp(name, "wait") == 0)
        gesture_wait(r, id, name, seconds ? json_double(seconds) : WAIT_S);
    else if (strcmp(name, "wait_5_seconds") == 0)
        gesture_wait(r, id, name, WAIT_OLD_S);
    else if (strcmp(name, "take_screenshot") == 0 || strcmp(name, "open_web_browser") == 0)
        reply_add(r, CALL_LOOK, id, name); /* what is to be used is open */
    else
        spoil(&a, "this is not to be had here: use what is on the screen");
}

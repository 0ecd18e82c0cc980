/*
 * pyautogui: lines of Python. AgentNet has a part of it only, lists of keys as an argument, and its
 * own `computer` for what pyautogui lacks; OSWorld runs whatever stands there. A scroll up is
 * positive.
 */
#include "trajectory/words.h"

static void line_begin(struct words *out, const char *name)
{
    if (out->text.length)
        buf_add_char(&out->text, '\n');
    buf_addf(&out->text, "%s(", name);
}

static void at_add(struct words *out, struct point at)
{
    buf_add(&out->text, "x=");
    words_place(out, at, ", y=");
}

static void call_at(struct words *out, const char *name, bool has_at, struct point at)
{
    line_begin(out, name);
    if (has_at)
        at_add(out, at);
    buf_add_char(&out->text, ')');
}

static const char *button_name(enum button button)
{
    return button == BUTTON_LEFT     ? "left"
           : button == BUTTON_RIGHT  ? "right"
           : button == BUTTON_MIDDLE ? "middle"
                                     : NULL;
}

/* ---- keys ---- */

/* One key by itself, such as for keyDown. */
static void key_call(struct words *out, const char *name, const char *key)
{
    line_begin(out, name);
    words_quote(key, &out->text);
    buf_add_char(&out->text, ')');
}

static void hold(struct words *out, const char *const *names, int count, bool down)
{
    for (int i = 0; i < count; i++)
        key_call(out, down ? "pyautogui.keyDown" : "pyautogui.keyUp",
                 names[down ? i : count - 1 - i]);
}

static void press(struct words *out, const char *key, int repeat, bool agentnet)
{
    line_begin(out, "pyautogui.press");
    buf_add(&out->text, agentnet ? "keys=[" : "");
    words_quote(key, &out->text);
    buf_add(&out->text, agentnet ? "]" : "");
    if (repeat > 1)
        buf_addf(&out->text, ", presses=%d", repeat);
    buf_add_char(&out->text, ')');
}

static void hotkey(struct words *out, const char *const *names, int count, bool agentnet)
{
    line_begin(out, "pyautogui.hotkey");
    buf_add(&out->text, agentnet ? "keys=[" : "");
    for (int i = 0; i < count; i++) {
        buf_add(&out->text, i ? ", " : "");
        words_quote(names[i], &out->text);
    }
    buf_add(&out->text, agentnet ? "])" : ")");
}

static bool keys(const struct action *a, bool agentnet, struct words *out)
{
    const char *names[WORDS_KEYS_MAX];
    char letters[WORDS_KEYS_MAX][8];
    int count = words_keys(a->keys, names, letters);
    int repeat = a->repeat > 1 ? a->repeat : 1;
    if (count == 1)
        press(out, names[0], repeat, agentnet);
    for (int n = 0; count > 1 && n < repeat; n++)
        hotkey(out, names, count, agentnet);
    return count > 0;
}

/* ---- the mouse ---- */

static bool click(const struct action *a, bool agentnet, struct words *out)
{
    const char *button = button_name(a->button);
    if (!button)
        return false;
    if (a->button != BUTTON_LEFT && a->count > 1) {
        line_begin(out, "pyautogui.click");
        if (a->has_at) {
            at_add(out, a->at);
            buf_add(&out->text, ", ");
        }
        buf_addf(&out->text, "clicks=%d, button='%s')", a->count, button);
        return true;
    }
    call_at(out,
            a->count == 3   ? agentnet ? "computer.triple_click" : "pyautogui.tripleClick"
            : a->count == 2 ? "pyautogui.doubleClick"
            : a->button == BUTTON_RIGHT  ? "pyautogui.rightClick"
            : a->button == BUTTON_MIDDLE ? "pyautogui.middleClick"
                                         : "pyautogui.click",
            a->has_at, a->at);
    return true;
}

static void button_call(struct words *out, const char *name, bool has_at, struct point at,
                        const char *button)
{
    line_begin(out, name);
    if (has_at) {
        at_add(out, at);
        buf_add(&out->text, ", ");
    }
    buf_addf(&out->text, "button='%s')", button);
}

static bool drag(const struct action *a, bool agentnet, struct words *out)
{
    const char *button = button_name(a->button);
    if (!button)
        return false;
    int last = a->path_count - 1;
    call_at(out, "pyautogui.moveTo", true, a->path[0]);
    if (agentnet || last == 1) {
        button_call(out, "pyautogui.dragTo", true, a->path[last], button);
        return true;
    }
    button_call(out, "pyautogui.mouseDown", false, a->at, button);
    for (int i = 1; i <= last; i++)
        call_at(out, "pyautogui.moveTo", true, a->path[i]);
    button_call(out, "pyautogui.mouseUp", false, a->at, button);
    return true;
}

static void scroll_one(struct words *out, const char *name, int notches)
{
    if (!notches)
        return;
    line_begin(out, name);
    buf_addf(&out->text, "%d)", notches);
}

static bool mouse(const struct action *a, bool agentnet, struct words *out)
{
    switch (a->kind) {
    case ACTION_CLICK:
        return click(a, agentnet, out);
    case ACTION_MOVE:
        call_at(out, "pyautogui.moveTo", true, a->at);
        return true;
    case ACTION_DRAG:
        return drag(a, agentnet, out);
    case ACTION_SCROLL:
        if (a->has_at)
            call_at(out, "pyautogui.moveTo", true, a->at);
        scroll_one(out, "pyautogui.scroll", -words_notches(a->dy, a->in_pixels));
        scroll_one(out, "pyautogui.hscroll", words_notches(a->dx, a->in_pixels));
        return true;
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        if (agentnet || !button_name(a->button))
            return false;
        button_call(out, a->kind == ACTION_MOUSE_DOWN ? "pyautogui.mouseDown" : "pyautogui.mouseUp",
                    a->has_at, a->at, button_name(a->button));
        return true;
    default:
        return false;
    }
}

/* What AgentNet has no words for: keys that are held. */
static bool held(const struct action *a, struct words *out)
{
    const char *names[WORDS_KEYS_MAX];
    char letters[WORDS_KEYS_MAX][8];
    int count = words_keys(a->keys, names, letters);
    if (!count)
        return false;
    if (a->kind != ACTION_KEY_UP)
        hold(out, names, count, true);
    if (a->kind == ACTION_HOLD)
        buf_addf(&out->text, "\ntime.sleep(%g)", a->ms / 1000.0);
    else if (!action_is_keys(a->kind) && !mouse(a, false, out))
        return false;
    if (a->kind != ACTION_KEY_DOWN)
        hold(out, names, count, false);
    return true;
}

bool words_pyautogui(const struct action *a, bool agentnet, struct words *out)
{
    switch (a->kind) {
    case ACTION_TYPE:
        line_begin(out, "pyautogui.write");
        buf_add(&out->text, "message=");
        words_quote(a->text, &out->text);
        buf_add_char(&out->text, ')');
        return true;
    case ACTION_KEY:
        return keys(a, agentnet, out);
    case ACTION_WAIT:
        line_begin(out, agentnet ? "computer.wait" : "time.sleep");
        buf_addf(&out->text, agentnet ? "seconds=%g)" : "%g)", a->ms / 1000.0);
        return true;
    default:
        return a->keys[0] ? !agentnet && held(a, out) : mouse(a, agentnet, out);
    }
}

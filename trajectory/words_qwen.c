/* Qwen's computer_use: a scroll up is positive, a drag begins where the pointer is. */
#include "trajectory/words.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static void call_begin(struct words *out, const char *action)
{
    if (out->text.length)
        buf_add_char(&out->text, '\n');
    buf_addf(&out->text,
             "<tool_call>\n{\"name\": \"computer_use\", \"arguments\": {\"action\": \"%s\"",
             action);
}

static void call_end(struct words *out)
{
    buf_add(&out->text, "}}\n</tool_call>");
}

static void coordinate_add(struct words *out, struct point at)
{
    buf_add(&out->text, ", \"coordinate\": [");
    words_place(out, at, ", ");
    buf_add_char(&out->text, ']');
}

static void call_at(struct words *out, const char *action, bool has_at, struct point at)
{
    call_begin(out, action);
    if (has_at)
        coordinate_add(out, at);
    call_end(out);
}

/* As JSON, and no mark in it. */
static void text_add(struct words *out, const char *text)
{
    cJSON *item = cJSON_CreateString(text);
    char *quoted = cJSON_PrintUnformatted(item);
    cJSON_Delete(item);
    for (const char *c = quoted ? quoted : "\"\""; *c; c++) {
        if (*c == '<' && words_mark(c))
            buf_add(&out->text, "\\u003c");
        else
            buf_add_char(&out->text, *c);
    }
    cJSON_free(quoted);
}

static bool click(const struct action *a, struct words *out)
{
    const char *name = a->keys[0]                   ? NULL
                       : a->button == BUTTON_LEFT   ? a->count == 3   ? "triple_click"
                                                      : a->count == 2 ? "double_click"
                                                                      : "left_click"
                       : a->count > 1               ? NULL
                       : a->button == BUTTON_RIGHT  ? "right_click"
                       : a->button == BUTTON_MIDDLE ? "middle_click"
                                                    : NULL;
    if (name)
        call_at(out, name, a->has_at, a->at);
    return name != NULL;
}

static bool drag(const struct action *a, struct words *out)
{
    if (a->button != BUTTON_LEFT || a->keys[0])
        return false;
    call_at(out, "mouse_move", true, a->path[0]);
    call_at(out, "left_click_drag", true, a->path[a->path_count - 1]);
    return true;
}

static void scroll_one(const struct action *a, const char *name, int distance, struct words *out)
{
    if (!distance)
        return;
    call_begin(out, name);
    if (a->has_at)
        coordinate_add(out, a->at);
    buf_addf(&out->text, ", \"pixels\": %d", a->in_pixels ? distance : distance * ACTION_NOTCH);
    call_end(out);
}

static bool keys(const struct action *a, struct words *out)
{
    const char *names[WORDS_KEYS_MAX];
    char letters[WORDS_KEYS_MAX][8];
    int count = words_keys(a->keys, names, letters);
    for (int n = 0; count && n < (a->repeat > 1 ? a->repeat : 1); n++) {
        call_begin(out, "key");
        buf_add(&out->text, ", \"keys\": [");
        for (int i = 0; i < count; i++) {
            buf_add(&out->text, i ? ", " : "");
            text_add(out, names[i]);
        }
        buf_add_char(&out->text, ']');
        call_end(out);
    }
    return count > 0;
}

bool words_qwen(const struct action *a, struct words *out)
{
    switch (a->kind) {
    case ACTION_CLICK:
        return click(a, out);
    case ACTION_MOVE:
        if (!a->keys[0])
            call_at(out, "mouse_move", true, a->at);
        return !a->keys[0];
    case ACTION_DRAG:
        return drag(a, out);
    case ACTION_SCROLL:
        if (a->keys[0])
            return false;
        scroll_one(a, "scroll", -a->dy, out);
        scroll_one(a, "hscroll", a->dx, out);
        return true;
    case ACTION_TYPE:
        call_begin(out, "type");
        buf_add(&out->text, ", \"text\": ");
        text_add(out, a->text);
        call_end(out);
        return true;
    case ACTION_KEY:
        return keys(a, out);
    case ACTION_WAIT:
        call_begin(out, "wait");
        buf_addf(&out->text, ", \"time\": %g", a->ms / 1000.0);
        call_end(out);
        return true;
    default:
        return false;
    }
}

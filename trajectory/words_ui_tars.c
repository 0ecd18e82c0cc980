/* UI-TARS: one call a line, a blank line between two. A scroll has a direction and no amount. */
#include "trajectory/words.h"

#include <stdlib.h>

#define NOTCHES     5  /* that one scroll of its is */
#define SCROLLS_MAX 20 /* in one answer */
#define CHORD_MAX   3

static void call_begin(struct words *out, const char *name)
{
    if (out->text.length)
        buf_add(&out->text, "\n\n");
    buf_addf(&out->text, "%s(", name);
}

static void box_add(struct words *out, const char *name, struct point at)
{
    buf_addf(&out->text, out->marks ? "%s='" : "%s='(", name);
    words_place(out, at, ",");
    buf_add(&out->text, out->marks ? "'" : ")'");
}

static void call_at(struct words *out, const char *name, struct point at)
{
    call_begin(out, name);
    box_add(out, "start_box", at);
    buf_add_char(&out->text, ')');
}

static bool keys_as(const char *name, const char *chord, struct words *out)
{
    const char *names[WORDS_KEYS_MAX];
    char letters[WORDS_KEYS_MAX][8];
    struct buf all = {0};
    int count = words_keys(chord, names, letters);
    for (int i = 0; i < count; i++)
        buf_addf(&all, "%s%s", i ? " " : "", names[i]);
    bool said = count > 0 && count <= CHORD_MAX;
    if (said) {
        call_begin(out, name);
        buf_add(&out->text, "key=");
        words_quote(buf_text(&all), &out->text);
        buf_add_char(&out->text, ')');
    }
    buf_finish(&all);
    return said;
}

static bool click(const struct action *a, bool selects, struct words *out)
{
    if (!a->has_at || a->keys[0])
        return false;
    if (a->button == BUTTON_RIGHT && a->count <= 1)
        call_at(out, "right_single", a->at);
    else if (a->button != BUTTON_LEFT || (a->count == 3 && !selects))
        return false;
    else
        call_at(out, a->count == 2 ? "left_double" : "click", a->at);
    return a->count < 3 || keys_as("hotkey", "Ctrl+A", out);
}

static void scroll_one(const struct action *a, int distance, const char *ahead, const char *back,
                       struct words *out)
{
    int notches = words_notches(distance, a->in_pixels);
    int times = (abs(notches) + NOTCHES / 2) / NOTCHES;
    times = !notches ? 0 : times < 1 ? 1 : times > SCROLLS_MAX ? SCROLLS_MAX : times;
    for (int i = 0; i < times; i++) {
        call_begin(out, "scroll");
        if (a->has_at) {
            box_add(out, "start_box", a->at);
            buf_add(&out->text, ", ");
        }
        buf_addf(&out->text, "direction='%s')", notches > 0 ? ahead : back);
    }
}

bool words_ui_tars(const struct action *a, bool selects, struct words *out)
{
    switch (a->kind) {
    case ACTION_CLICK:
        return click(a, selects, out);
    case ACTION_MOVE:
        if (!a->keys[0])
            call_at(out, "hover", a->at);
        return !a->keys[0];
    case ACTION_DRAG:
        if (a->button != BUTTON_LEFT || a->keys[0])
            return false;
        call_begin(out, "drag");
        box_add(out, "start_box", a->path[0]);
        buf_add(&out->text, ", ");
        box_add(out, "end_box", a->path[a->path_count - 1]);
        buf_add_char(&out->text, ')');
        return true;
    case ACTION_SCROLL:
        if (a->keys[0])
            return false;
        scroll_one(a, a->dy, "down", "up", out);
        scroll_one(a, a->dx, "right", "left", out);
        return true;
    case ACTION_TYPE:
        call_begin(out, "type");
        buf_add(&out->text, "content=");
        words_quote(a->text, &out->text);
        buf_add_char(&out->text, ')');
        return true;
    case ACTION_KEY:
        for (int i = 1; i < a->repeat; i++)
            if (!keys_as("hotkey", a->keys, out))
                return false;
        return keys_as("hotkey", a->keys, out);
    case ACTION_WAIT:
        call_begin(out, "wait");
        buf_add_char(&out->text, ')');
        return true;
    default:
        return false;
    }
}

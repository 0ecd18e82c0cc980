#include "base/action.h"

#include <string.h>

const char *action_name(enum action_kind kind)
{
    static const char *const names[ACTION_KIND_COUNT] = {
        [ACTION_NONE] = "none",
        [ACTION_WAIT] = "wait",
        [ACTION_MOVE] = "move",
        [ACTION_CLICK] = "click",
        [ACTION_MOUSE_DOWN] = "mouse_down",
        [ACTION_MOUSE_UP] = "mouse_up",
        [ACTION_DRAG] = "drag",
        [ACTION_SCROLL] = "scroll",
        [ACTION_TYPE] = "type",
        [ACTION_KEY] = "key",
        [ACTION_KEY_DOWN] = "key_down",
        [ACTION_KEY_UP] = "key_up",
        [ACTION_HOLD] = "hold_key",
        [ACTION_SCREENSHOT] = "screenshot",
        [ACTION_ZOOM] = "zoom",
        [ACTION_CURSOR] = "cursor_position",
        [ACTION_DONE] = "done",
    };
    return (unsigned)kind < ACTION_KIND_COUNT ? names[kind] : "unknown";
}

bool action_is_keys(enum action_kind kind)
{
    return kind == ACTION_TYPE || kind == ACTION_KEY || kind == ACTION_KEY_DOWN ||
           kind == ACTION_KEY_UP || kind == ACTION_HOLD;
}

static const char *button_name(enum button button)
{
    switch (button) {
    case BUTTON_LEFT:
        return "left";
    case BUTTON_MIDDLE:
        return "middle";
    case BUTTON_RIGHT:
        return "right";
    case BUTTON_BACK:
        return "back";
    case BUTTON_FORWARD:
        return "forward";
    }
    return "unknown";
}

/* In quotes, on one line: what would break the line or the quotes is escaped. */
static void quote(const char *text, struct buf *out)
{
    buf_add_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '\n')
            buf_add(out, "\\n");
        else if (*c == '\t')
            buf_add(out, "\\t");
        else if (*c == '"' || *c == '\\')
            buf_addf(out, "\\%c", *c);
        else if ((unsigned char)*c < ' ' || *c == 127)
            buf_addf(out, "\\x%02x", (unsigned char)*c);
        else
            buf_add_char(out, *c);
    }
    buf_add_char(out, '"');
}

/* In quotes when they are not one word. */
static void print_keys(const struct action *a, struct buf *out)
{
    if (strpbrk(a->keys, " \""))
        quote(a->keys, out);
    else
        buf_addf(out, "%.*s", ACTION_KEYS_SIZE, a->keys);
}

static void print_at(const struct action *a, struct buf *out)
{
    if (a->has_at)
        buf_addf(out, " at %d,%d", a->at.x, a->at.y);
}

static void print_held(const struct action *a, struct buf *out)
{
    if (!a->keys[0])
        return;
    buf_add(out, " holding ");
    print_keys(a, out);
}

static void print_click(const struct action *a, struct buf *out)
{
    static const char *const times[] = {"double-", "triple-"};
    if (a->count == 2 || a->count == 3)
        buf_add(out, times[a->count - 2]);
    buf_addf(out, "click %s", button_name(a->button));
    print_at(a, out);
    print_held(a, out);
}

static void print_drag(const struct action *a, struct buf *out)
{
    buf_addf(out, "drag %s", button_name(a->button));
    for (int i = 0; i < a->path_count && i < ACTION_PATH_MAX; i++)
        buf_addf(out, " %s %d,%d", i ? "to" : "from", a->path[i].x, a->path[i].y);
    print_held(a, out);
}

static void print_notches(int notches, const char *positive, const char *negative, struct buf *out)
{
    if (notches)
        buf_addf(out, " %s %lld", notches > 0 ? positive : negative,
                 notches > 0 ? (long long)notches : -(long long)notches);
}

static void print_scroll(const struct action *a, struct buf *out)
{
    buf_add(out, "scroll");
    print_notches(a->dy, "down", "up", out);
    print_notches(a->dx, "right", "left", out);
    if (a->in_pixels)
        buf_add(out, " pixels");
    print_at(a, out);
    print_held(a, out);
}

void action_print(const struct action *a, struct buf *out)
{
    switch (a->kind) {
    case ACTION_CLICK:
        print_click(a, out);
        break;
    case ACTION_MOUSE_DOWN:
    case ACTION_MOUSE_UP:
        buf_addf(out, "%s %s", action_name(a->kind), button_name(a->button));
        print_at(a, out);
        print_held(a, out);
        break;
    case ACTION_DRAG:
        print_drag(a, out);
        break;
    case ACTION_SCROLL:
        print_scroll(a, out);
        break;
    case ACTION_TYPE:
        buf_add(out, "type ");
        quote(a->shown ? a->shown : a->text ? a->text : "", out);
        break;
    case ACTION_KEY:
        buf_add(out, "key ");
        print_keys(a, out);
        if (a->repeat > 1)
            buf_addf(out, " %d times", a->repeat);
        break;
    case ACTION_KEY_DOWN:
    case ACTION_KEY_UP:
    case ACTION_HOLD:
        buf_addf(out, "%s ", action_name(a->kind));
        print_keys(a, out);
        if (a->kind == ACTION_HOLD)
            buf_addf(out, " for %d ms", a->ms);
        break;
    case ACTION_WAIT:
        buf_addf(out, a->until_change ? "wait for a change, %d ms at most" : "wait %d ms", a->ms);
        break;
    case ACTION_SCREENSHOT:
    case ACTION_ZOOM:
        buf_add(out, action_name(a->kind));
        if (a->kind == ACTION_ZOOM)
            buf_addf(out, " %d,%d %dx%d", a->region.x, a->region.y, a->region.width,
                     a->region.height);
        if (a->text) {
            buf_add(out, " as ");
            quote(a->text, out);
        }
        break;
    default:
        buf_add(out, action_name(a->kind));
        print_at(a, out);
        print_held(a, out);
        break;
    }
}

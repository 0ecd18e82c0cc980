#include "base/action.h"

#include "base/scan.h"

#include <stdlib.h>
#include <string.h>

#define COORDINATE_MAX 1000000
#define NOTCHES_MAX    100000
#define CHORD_MAX      8
#define REPEAT_MAX     100
#define WAIT_MAX_S     3600
#define HOLD_MAX_S     300
#define COUNT(a)       ((int)(sizeof(a) / sizeof(a)[0]))

/* What is being read. */
struct reading {
    struct scan s;
    struct action *a;
    char **text; /* owned by who has called */
};

static bool point_take(struct scan *s, struct point *out)
{
    char shown[SCAN_SHOWN_SIZE];
    return scan_number(s, 0, COORDINATE_MAX, &out->x) &&
           (scan_char(s, ',') ||
            scan_fail(s, "expected a comma, found %s", scan_shown(s, shown))) &&
           scan_number(s, 0, COORDINATE_MAX, &out->y);
}

static bool at_take(struct reading *r)
{
    r->a->has_at = scan_word(&r->s, "at");
    return !r->a->has_at || point_take(&r->s, &r->a->at);
}

static bool button_take(struct reading *r)
{
    static const struct {
        const char *name;
        enum button button;
    } buttons[] = {{"left", BUTTON_LEFT},
                   {"middle", BUTTON_MIDDLE},
                   {"right", BUTTON_RIGHT},
                   {"back", BUTTON_BACK},
                   {"forward", BUTTON_FORWARD}};
    char shown[SCAN_SHOWN_SIZE];
    for (int i = 0; i < COUNT(buttons); i++) {
        if (scan_word(&r->s, buttons[i].name)) {
            r->a->button = buttons[i].button;
            return true;
        }
    }
    return scan_fail(&r->s, "expected left, middle, right, back or forward, found %s",
                     scan_shown(&r->s, shown));
}

static bool keys_take(struct reading *r)
{
    char keys[CHORD_MAX][KEY_NAME_SIZE], bad[KEY_NAME_SIZE] = "";
    struct scan before = r->s;
    char *chord = scan_at_text(&r->s) ? scan_text(&r->s, "keys") : scan_bare(&r->s);
    bool known =
        chord && strlen(chord) < ACTION_KEYS_SIZE && keys_split(chord, keys, CHORD_MAX, bad) > 0;
    if (known)
        memcpy(r->a->keys, chord, strlen(chord) + 1);
    free(chord);
    if (known)
        return true;
    r->s = before;
    return scan_fail(&r->s, *bad ? "unknown key \"%s\"" : "expected keys such as Ctrl+S%s", bad);
}

static bool holding_take(struct reading *r)
{
    return !scan_word(&r->s, "holding") || keys_take(r);
}

static bool click_rest(struct reading *r)
{
    return button_take(r) && at_take(r) && holding_take(r);
}

static bool move_rest(struct reading *r)
{
    char shown[SCAN_SHOWN_SIZE];
    if (!at_take(r))
        return false;
    if (!r->a->has_at)
        return scan_fail(&r->s, "expected at X,Y, found %s", scan_shown(&r->s, shown));
    return holding_take(r);
}

static bool drag_rest(struct reading *r)
{
    char shown[SCAN_SHOWN_SIZE];
    struct action *a = r->a;
    if (!button_take(r))
        return false;
    while (scan_word(&r->s, a->path_count ? "to" : "from")) {
        if (a->path_count == ACTION_PATH_MAX)
            return scan_fail(&r->s, "a drag has at most %d points", ACTION_PATH_MAX);
        if (!point_take(&r->s, &a->path[a->path_count++]))
            return false;
    }
    if (a->path_count < 2)
        return scan_fail(&r->s, "expected %s X,Y, found %s", a->path_count ? "to" : "from",
                         scan_shown(&r->s, shown));
    a->has_at = true;
    a->at = a->path[0];
    return holding_take(r);
}

static bool scroll_rest(struct reading *r)
{
    static const struct {
        const char *name;
        bool across;
        int sign;
    } ways[] = {{"down", false, 1}, {"up", false, -1}, {"right", true, 1}, {"left", true, -1}};
    char shown[SCAN_SHOWN_SIZE];
    int *distances[] = {&r->a->dy, &r->a->dx}, n;
    for (int i = 0; i < COUNT(ways); i++) {
        if (!scan_word(&r->s, ways[i].name))
            continue;
        if (!scan_number(&r->s, 1, NOTCHES_MAX, &n))
            return false;
        *distances[ways[i].across] = ways[i].sign * n;
    }
    if (!r->a->dx && !r->a->dy)
        return scan_fail(&r->s, "expected down, up, right or left, found %s",
                         scan_shown(&r->s, shown));
    r->a->in_pixels = scan_word(&r->s, "pixels");
    return at_take(r) && holding_take(r);
}

static bool type_rest(struct reading *r)
{
    r->a->text = *r->text = scan_text(&r->s, "the text to type");
    return r->a->text != NULL;
}

static bool key_rest(struct reading *r)
{
    r->a->repeat = 1;
    if (!keys_take(r) || scan_end(&r->s))
        return r->a->keys[0];
    return scan_number(&r->s, 1, REPEAT_MAX, &r->a->repeat) &&
           (scan_word(&r->s, "times") || scan_word(&r->s, "time") ||
            scan_fail(&r->s, "expected times after the number"));
}

static bool ms_take(struct reading *r, int max_s)
{
    double seconds;
    if (!scan_seconds(&r->s, &seconds))
        return false;
    if (seconds > max_s)
        return scan_fail(&r->s, "that is more than %d s", max_s);
    r->a->ms = (int)(seconds * 1000 + 0.5);
    return true;
}

static bool hold_rest(struct reading *r)
{
    char shown[SCAN_SHOWN_SIZE];
    if (!keys_take(r))
        return false;
    if (!scan_word(&r->s, "for"))
        return scan_fail(&r->s, "expected for and a time, found %s", scan_shown(&r->s, shown));
    return ms_take(r, HOLD_MAX_S);
}

static bool wait_rest(struct reading *r)
{
    return ms_take(r, WAIT_MAX_S);
}

static bool as_take(struct reading *r)
{
    if (scan_word(&r->s, "as"))
        *r->text = scan_text(&r->s, "a name");
    else
        *r->text = mem_text("screenshot");
    r->a->text = *r->text;
    return r->a->text != NULL;
}

static bool zoom_rest(struct reading *r)
{
    char shown[SCAN_SHOWN_SIZE];
    struct rect *region = &r->a->region;
    struct point from;
    if (!point_take(&r->s, &from) || !scan_number(&r->s, 1, COORDINATE_MAX, &region->width))
        return false;
    if (!scan_char(&r->s, 'x'))
        return scan_fail(&r->s, "expected WIDTHxHEIGHT, found %s", scan_shown(&r->s, shown));
    region->x = from.x;
    region->y = from.y;
    return scan_number(&r->s, 1, COORDINATE_MAX, &region->height) && as_take(r);
}

static const struct {
    const char *name;
    enum action_kind kind;
    int count; /* of clicks */
    bool (*rest)(struct reading *r);
} names[] = {
    {"click", ACTION_CLICK, 1, click_rest},
    {"double-click", ACTION_CLICK, 2, click_rest},
    {"triple-click", ACTION_CLICK, 3, click_rest},
    {"move", ACTION_MOVE, 0, move_rest},
    {"mouse_down", ACTION_MOUSE_DOWN, 0, click_rest},
    {"mouse_up", ACTION_MOUSE_UP, 0, click_rest},
    {"drag", ACTION_DRAG, 0, drag_rest},
    {"scroll", ACTION_SCROLL, 0, scroll_rest},
    {"type", ACTION_TYPE, 0, type_rest},
    {"key", ACTION_KEY, 0, key_rest},
    {"key_down", ACTION_KEY_DOWN, 0, keys_take},
    {"key_up", ACTION_KEY_UP, 0, keys_take},
    {"hold_key", ACTION_HOLD, 0, hold_rest},
    {"wait", ACTION_WAIT, 0, wait_rest},
    {"screenshot", ACTION_SCREENSHOT, 0, as_take},
    {"zoom", ACTION_ZOOM, 0, zoom_rest},
    {"cursor_position", ACTION_CURSOR, 0, NULL},
};

enum action_parsed action_parse(const char *line, struct action *out, char **text, struct err *e)
{
    struct reading r = {.a = out, .text = text};
    char shown[SCAN_SHOWN_SIZE];
    *text = NULL;
    if (!scan_begin(&r.s, line, e))
        return ACTION_NO_LINE;
    for (int i = 0; i < COUNT(names); i++) {
        if (!scan_word(&r.s, names[i].name))
            continue;
        *out = (struct action){.kind = names[i].kind, .count = names[i].count};
        if ((!names[i].rest || names[i].rest(&r)) &&
            (scan_end(&r.s) ||
             scan_fail(&r.s, "expected the end of the action, found %s", scan_shown(&r.s, shown))))
            return ACTION_PARSED;
        free(*text);
        *text = NULL;
        return ACTION_BAD;
    }
    err_set(e, ERR_USAGE, "this is no action");
    return ACTION_NO_LINE;
}

#include "policy/gesture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WAIT_MOST_S  300
#define NOTCHES_MOST 100
#define PIXELS_MOST  20000
#define KEYS_MAX     8

/* Puts the place into the action; false: the call is spoilt. */
static bool put_place(struct call *c, const struct shot *shot, struct place at)
{
    struct err why = {0};
    c->action.has_at = at.known;
    if (!at.known || shot_point(shot, at.x, at.y, &c->action.at, &why))
        return true;
    call_spoil(c, "%s", why.text);
    return false;
}

static struct call *add(struct reply *r, const char *id, const char *name, struct action action)
{
    struct call *c = reply_add(r, CALL_ACTION, id, name);
    if (c)
        c->action = action;
    return c;
}

static struct call *add_at(struct reply *r, const char *id, const char *name,
                           const struct shot *shot, struct place at, struct action action)
{
    struct call *c = add(r, id, name, action);
    if (c)
        put_place(c, shot, at);
    return c;
}

struct call *gesture_click(struct reply *r, const char *id, const char *name,
                           const struct shot *shot, struct place at, enum button button, int count)
{
    return add_at(r, id, name, shot, at,
                  (struct action){.kind = ACTION_CLICK, .button = button, .count = count});
}

struct call *gesture_move(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place at)
{
    struct call *c = add_at(r, id, name, shot, at, (struct action){.kind = ACTION_MOVE});
    if (c && !at.known)
        call_spoil(c, "to where is the pointer to move?");
    return c;
}

struct call *gesture_button(struct reply *r, const char *id, const char *name,
                            const struct shot *shot, struct place at, enum button button, bool down)
{
    return add_at(
        r, id, name, shot, at,
        (struct action){.kind = down ? ACTION_MOUSE_DOWN : ACTION_MOUSE_UP, .button = button});
}

struct call *gesture_drag(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place from, struct place to)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_DRAG, .button = BUTTON_LEFT});
    if (!c)
        return NULL;
    if (!to.known)
        call_spoil(c, "to where is it to be dragged?");
    else if (put_place(c, shot, to)) {
        struct point end = c->action.at;
        if (from.known && put_place(c, shot, from))
            c->action.path[c->action.path_count++] = c->action.at;
        c->action.path[c->action.path_count++] = end;
        c->action.has_at = false;
    }
    return c;
}

struct call *gesture_path(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, const struct place *path, int count)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_DRAG, .button = BUTTON_LEFT});
    if (!c)
        return NULL;
    if (count < 2 || count > ACTION_PATH_MAX)
        call_spoil(c, "a path has 2 to %d places", ACTION_PATH_MAX);
    for (int i = 0; i < count && c->kind != CALL_BAD; i++)
        if (put_place(c, shot, path[i]))
            c->action.path[c->action.path_count++] = c->action.at;
    c->action.has_at = false;
    return c;
}

static bool whole(double number, double most, int *out)
{
    if (!isfinite(number) || fabs(number) > most)
        return false;
    *out = (int)rint(number);
    return true;
}

struct call *gesture_scroll(struct reply *r, const char *id, const char *name,
                            const struct shot *shot, struct place at, double dx, double dy,
                            bool in_pixels)
{
    struct call *c = add_at(r, id, name, shot, at,
                            (struct action){.kind = ACTION_SCROLL, .in_pixels = in_pixels});
    double most = in_pixels ? PIXELS_MOST : NOTCHES_MOST;
    if (c && c->kind != CALL_BAD &&
        (!whole(dx, most, &c->action.dx) || !whole(dy, most, &c->action.dy)))
        call_spoil(c, "so far is not scrolled at once: %g at most", most);
    return c;
}

struct call *gesture_type(struct reply *r, const char *id, const char *name, const char *text)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_TYPE});
    if (c && text)
        c->text = mem_text(text);
    else if (c)
        call_spoil(c, "which text is to be typed?");
    return c;
}

static bool is_chord(const char *keys, char bad[KEY_NAME_SIZE])
{
    char split[KEYS_MAX][KEY_NAME_SIZE];
    return keys_split(keys, split, KEYS_MAX, bad) > 0;
}

/* Puts the chord into the action; false: the call is spoilt. "ctrl c" is two keys, "page down" is
 * one. */
static bool put_keys(struct call *c, const char *keys)
{
    char bad[KEY_NAME_SIZE] = "";
    if (keys && strlen(keys) < sizeof c->action.keys && is_chord(keys, bad)) {
        snprintf(c->action.keys, sizeof c->action.keys, "%s", keys);
        for (char *space = c->action.keys; (space = strchr(space, ' ')) && space[1];)
            *space = '+';
        if (!is_chord(c->action.keys, bad))
            snprintf(c->action.keys, sizeof c->action.keys, "%s", keys);
        return true;
    }
    call_spoil(c, "there is no key \"%.40s\"", *bad ? bad : keys ? keys : "");
    return false;
}

struct call *gesture_keys(struct reply *r, const char *id, const char *name, enum action_kind kind,
                          const char *keys, double repeat)
{
    struct call *c = add(r, id, name, (struct action){.kind = kind});
    if (!c || !put_keys(c, keys))
        return c;
    if (repeat >= 1 && repeat <= 100)
        c->action.repeat = (int)repeat;
    else
        call_spoil(c, "a key is pressed 1 to 100 times");
    return c;
}

static void put_seconds(struct call *c, double seconds)
{
    if (seconds >= 0 && seconds <= WAIT_MOST_S)
        c->action.ms = (int)(seconds * 1000);
    else
        call_spoil(c, "it is done for 0 to %d seconds", WAIT_MOST_S);
}

struct call *gesture_hold(struct reply *r, const char *id, const char *name, const char *keys,
                          double seconds)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_HOLD});
    if (c && put_keys(c, keys))
        put_seconds(c, seconds);
    return c;
}

struct call *gesture_wait(struct reply *r, const char *id, const char *name, double seconds)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_WAIT});
    if (c)
        put_seconds(c, seconds);
    return c;
}

struct call *gesture_zoom(struct reply *r, const char *id, const char *name,
                          const struct shot *shot, struct place from, struct place to)
{
    struct call *c = add(r, id, name, (struct action){.kind = ACTION_ZOOM});
    if (!c)
        return NULL;
    double one = shot->space == SHOT_UNIT ? 0 : 1; /* the last pixel, or thousandth, inside */
    struct place last = {to.known, to.x - one, to.y - one};
    if (!from.known || !to.known || !(to.x > from.x && to.y > from.y)) {
        call_spoil(c, "what is to be seen closely? x0,y0 to x1,y1, x1 > x0 and y1 > y0");
    } else if (put_place(c, shot, last)) {
        struct point end = c->action.at;
        if (put_place(c, shot, from)) {
            struct point at = c->action.at;
            c->action.region = (struct rect){at.x, at.y, end.x + 1 - at.x, end.y + 1 - at.y};
            c->action.has_at = false;
            c->kind = CALL_ZOOM;
        }
    }
    return c;
}

void gesture_with_keys(struct call *call, const char *keys)
{
    if (call && call->kind != CALL_BAD && keys && *keys)
        put_keys(call, keys);
}

void gesture_check(struct reply *r, int first, const char *words, const char *raw)
{
    int i = first;
    while (i < r->count && r->calls[i].kind != CALL_ACTION && r->calls[i].kind != CALL_STEPS)
        i++;
    if (first == r->count)
        return;
    struct call *call = &r->calls[i < r->count ? i : first];
    if (call->kind == CALL_LOOK || call->kind == CALL_ZOOM || call->kind == CALL_CURSOR) {
        call->kind = CALL_ACTION;
        call->action = (struct action){.kind = ACTION_NONE};
    }
    call->check = mem_text(words);
    call->checks = mem_text(raw);
}

struct call *gesture_say(struct reply *r, const char *id, const char *name, enum call_kind kind,
                         const char *text)
{
    struct call *c = reply_add(r, kind, id, name);
    if (c)
        c->text = mem_text(text ? text : "");
    return c;
}

#include "trajectory/gestures.h"

#include "trajectory/stroke.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUTTONS_MAX     16
#define CLICKS_MAX      3
#define REPEAT_MAX      100
#define DRAG_POINTS_MAX 32

const struct gesture_limits gesture_limits_default = {.double_click_ms = 500,
                                                      .double_click_px = 5,
                                                      .drag_px = 10,
                                                      .type_gap_ms = 1000,
                                                      .scroll_gap_ms = 1000,
                                                      .rest_ms = 250};

/* Where the reading of a log stands. */
struct reader {
    const struct event_log *log;
    const struct gesture_limits *limits;
    struct gestures *out;
    int down[BUTTONS_MAX]; /* the gesture that keeps this button pressed; -1: none */
    int modifier;          /* the first modifier that was pressed since the last gesture; -1 */
    bool closed;           /* nothing joins the newest gesture any more */
    uint32_t last_ms;      /* when the newest one was last added to */
};

static int apart(struct point a, struct point b)
{
    int x = abs(a.x - b.x), y = abs(a.y - b.y);
    return x > y ? x : y;
}

static const struct event *event(const struct reader *r, int i)
{
    return &r->log->items[i];
}

/* The newest gesture, if what was done at MS, so long after, may still belong to it. */
static struct gesture *newest(struct reader *r, enum action_kind kind, uint32_t ms, double gap_ms)
{
    struct gesture *g = r->out->count ? &r->out->items[r->out->count - 1] : NULL;
    return g && !r->closed && g->action.kind == kind && (uint32_t)(ms - r->last_ms) <= gap_ms
               ? g
               : NULL;
}

static struct gesture *gesture_add(struct reader *r, int i, enum action_kind kind)
{
    struct gestures *o = r->out;
    if (o->count == o->capacity) {
        o->capacity = o->capacity ? 2 * o->capacity : 64;
        o->items = mem_resize(o->items, (size_t)o->capacity * sizeof *o->items);
    }
    o->items[o->count] =
        (struct gesture){.action = {.kind = kind}, .first = i, .last = i, .pressed = i};
    r->closed = false;
    return &o->items[o->count++];
}

/* Event I, a press, is part of it. */
static void gesture_grow(struct reader *r, struct gesture *g, int i)
{
    g->last = i;
    r->last_ms = event(r, i)->server_ms;
    r->modifier = -1;
}

/* ---- the pointer ---- */

static void keys_take(const struct buf *keys, struct action *a)
{
    snprintf(a->keys, sizeof a->keys, "%s", buf_text(keys));
}

static void press(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    struct gesture *g = newest(r, ACTION_CLICK, h->server_ms, r->limits->double_click_ms);
    struct buf keys = {0};
    stroke_held(h->state, &keys);
    bool again = g && (unsigned)g->action.button == h->code && g->action.count < CLICKS_MAX &&
                 apart(g->action.at, h->at) <= r->limits->double_click_px &&
                 strcmp(g->action.keys, buf_text(&keys)) == 0;
    if (!again) {
        g = gesture_add(r, i, ACTION_CLICK);
        g->action.button = (enum button)h->code;
        g->action.at = h->at;
        g->action.has_at = true;
        keys_take(&keys, &g->action);
    }
    g->action.count++;
    gesture_grow(r, g, i);
    r->down[h->code] = r->out->count - 1;
    buf_finish(&keys);
}

/* The way of a drag, thinned out. */
static void path_take(const struct reader *r, struct gesture *g, int up)
{
    int points = 0, taken = 0;
    for (int i = g->pressed; i <= up; i++)
        points += event(r, i)->kind == EVENT_MOTION;
    int each = points / (DRAG_POINTS_MAX - 2) + 1;
    g->action.path[taken++] = g->action.at;
    for (int i = g->pressed, n = 0; i <= up; i++)
        if (event(r, i)->kind == EVENT_MOTION && n++ % each == 0 && taken < DRAG_POINTS_MAX - 1)
            g->action.path[taken++] = event(r, i)->at;
    g->action.path[taken++] = event(r, up)->at;
    g->action.path_count = taken;
    g->action.kind = ACTION_DRAG;
}

static void release(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    int which = h->code > 0 && h->code < BUTTONS_MAX ? r->down[h->code] : -1;
    if (which < 0)
        return;
    struct gesture *g = &r->out->items[which];
    r->down[h->code] = -1;
    if (which == r->out->count - 1) /* else the release falls among what came after */
        g->last = i;
    if (g->action.kind != ACTION_CLICK || g->action.count > 1)
        return;
    int far = apart(g->action.at, h->at);
    for (int k = g->pressed; k < i; k++)
        if (event(r, k)->kind == EVENT_MOTION && apart(g->action.at, event(r, k)->at) > far)
            far = apart(g->action.at, event(r, k)->at);
    if (far >= r->limits->drag_px)
        path_take(r, g, i);
}

/* The wheel is four buttons: up, down, left, right. */
static void notch(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    int dy = h->code == 4   ? -1
             : h->code == 5 ? 1
                            : 0,
        dx = h->code == 6   ? -1
             : h->code == 7 ? 1
                            : 0;
    struct gesture *g = newest(r, ACTION_SCROLL, h->server_ms, r->limits->scroll_gap_ms);
    struct buf keys = {0};
    stroke_held(h->state, &keys);
    bool same = g && (g->action.dy > 0) == (dy > 0) && (g->action.dy < 0) == (dy < 0) &&
                (g->action.dx > 0) == (dx > 0) && (g->action.dx < 0) == (dx < 0) &&
                strcmp(g->action.keys, buf_text(&keys)) == 0 &&
                apart(g->action.at, h->at) <= r->limits->drag_px;
    if (!same) {
        g = gesture_add(r, i, ACTION_SCROLL);
        g->action.at = h->at;
        g->action.has_at = true;
        keys_take(&keys, &g->action);
    }
    g->action.dy += dy;
    g->action.dx += dx;
    gesture_grow(r, g, i);
    r->down[h->code] = r->out->count - 1;
    buf_finish(&keys);
}

static void button_down(struct reader *r, int i)
{
    unsigned code = event(r, i)->code;
    if (event_is_wheel(event(r, i)))
        notch(r, i);
    else if (code > 0 && code < BUTTONS_MAX)
        press(r, i);
}

/* ---- the keyboard ---- */

static void text_set(struct gesture *g, const struct buf *text)
{
    free(g->text);
    g->text = mem_text(buf_text(text));
    g->action.text = g->text;
}

static void write_key(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    struct gesture *g = newest(r, ACTION_TYPE, h->server_ms, r->limits->type_gap_ms);
    struct buf text = {0};
    if (!g || g->secret != h->secret) {
        g = gesture_add(r, i, ACTION_TYPE);
        g->secret = h->secret;
    }
    if (h->secret)
        buf_add(&text, GESTURE_SECRET);
    else
        buf_addf(&text, "%s%s", g->text ? g->text : "", h->text);
    text_set(g, &text);
    gesture_grow(r, g, i);
    buf_finish(&text);
}

/* BackSpace within a text takes its last character back. */
static bool take_back(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    struct gesture *g = newest(r, ACTION_TYPE, h->server_ms, r->limits->type_gap_ms);
    struct buf text = {0};
    if (strcmp(h->keysym, "BackSpace") != 0 || h->state & HELD_ANY || !g || g->secret || !*g->text)
        return false;
    size_t n = strlen(g->text) - 1;
    while (n > 0 && ((unsigned char)g->text[n] & 0xc0) == 0x80)
        n--;
    buf_add_bytes(&text, g->text, n);
    text_set(g, &text);
    gesture_grow(r, g, i);
    buf_finish(&text);
    return true;
}

static void chord(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    struct buf keys = {0};
    stroke_chord(h, &keys);
    struct gesture *g = newest(r, ACTION_KEY, h->server_ms, r->limits->type_gap_ms);
    if (!g || strcmp(g->action.keys, buf_text(&keys)) != 0 || g->action.repeat >= REPEAT_MAX) {
        g = gesture_add(r, i, ACTION_KEY);
        keys_take(&keys, &g->action);
    }
    g->action.repeat++;
    gesture_grow(r, g, i);
    buf_finish(&keys);
}

static void key_down(struct reader *r, int i)
{
    const struct event *h = event(r, i);
    if (h->secret || stroke_writes(h))
        write_key(r, i);
    else if (stroke_is_modifier(h->keysym)) {
        if (r->modifier < 0)
            r->modifier = i;
    } else if (!take_back(r, i) && h->keysym[0])
        chord(r, i);
}

/* It is the newest gesture's, or that of a modifier that was pressed for nothing. */
static void key_up(struct reader *r, int i)
{
    if (stroke_is_modifier(event(r, i)->keysym) && r->modifier >= 0)
        r->modifier = -1;
    else if (r->out->count)
        r->out->items[r->out->count - 1].last = i;
}

/* ---- which event belongs where ---- */

int gestures_way(const struct event_log *log, const struct gesture_limits *limits, int from,
                 int end)
{
    struct point to = log->items[from].at;
    uint32_t ms = log->items[from].server_ms;
    int first = from;
    bool moved = false;
    for (int i = from - 1; i >= end; i--) {
        const struct event *h = &log->items[i];
        if (h->kind != EVENT_MOTION)
            continue;
        bool rested = (uint32_t)(ms - h->server_ms) > limits->rest_ms;
        bool there = apart(h->at, to) <= limits->double_click_px;
        if (rested && moved && !there)
            break;
        moved = moved || !there;
        first = i;
        ms = h->server_ms;
    }
    return first;
}

static void noise_add(struct gestures *o, int first, int last, const char *what)
{
    if (o->noise_count == o->noise_capacity) {
        o->noise_capacity = o->noise_capacity ? 2 * o->noise_capacity : 16;
        o->noise = mem_resize(o->noise, (size_t)o->noise_capacity * sizeof *o->noise);
    }
    o->noise[o->noise_count++] = (struct gesture_noise){first, last, what};
}

/* Names what was done from event FROM on, up to event END, and belongs to no gesture. */
static void noise_take(struct reader *r, int from, int end)
{
    const char *what = NULL;
    int first = -1, last = -1;
    for (int i = from; i < end; i++) {
        const struct event *h = event(r, i);
        if (!event_is_hands(h->kind))
            continue;
        first = first < 0 ? i : first;
        last = i;
        if (h->kind == EVENT_MOTION)
            what = "hover";
        else if (!what)
            what = stroke_is_modifier(h->keysym) ? "modifier" : "release";
    }
    if (what)
        noise_add(r->out, first, last, what);
}

/* The pointer's way to a gesture is part of it. */
static void ways_take(struct reader *r)
{
    struct gestures *o = r->out;
    int free_from = 0, kept = 0;
    for (int i = 0; i < o->count; i++) {
        struct gesture *g = &o->items[i];
        if (g->action.has_at) {
            int way = gestures_way(r->log, r->limits, g->pressed, free_from);
            g->first = way < g->first ? way : g->first;
        }
        if (g->first < free_from) /* what was pressed before the one before it was released */
            g->first = free_from;
        noise_take(r, free_from, g->first);
        free_from = g->last + 1;
        if (g->action.kind == ACTION_TYPE && !*g->text) {
            noise_add(o, g->first, g->last, "taken back");
            free(g->text);
            continue;
        }
        o->items[kept++] = *g;
    }
    o->count = kept;
    noise_take(r, free_from, r->log->count);
}

static void event_take(struct reader *r, int i)
{
    int count = r->out->count, modifier = r->modifier;
    switch (event(r, i)->kind) {
    case EVENT_BUTTON_DOWN:
        button_down(r, i);
        break;
    case EVENT_BUTTON_UP:
        release(r, i);
        break;
    case EVENT_KEY_DOWN:
        key_down(r, i);
        break;
    case EVENT_KEY_UP:
        key_up(r, i);
        break;
    case EVENT_PAUSE:
    case EVENT_RESUME:
        r->closed = true;
        break;
    default:
        break;
    }
    if (r->out->count > count && modifier >= 0)
        r->out->items[count].first = modifier;
}

void gestures_take(const struct event_log *log, const struct gesture_limits *limits,
                   struct gestures *out)
{
    struct reader r = {.log = log, .limits = limits, .out = out, .modifier = -1};
    *out = (struct gestures){0};
    for (int i = 0; i < BUTTONS_MAX; i++)
        r.down[i] = -1;
    for (int i = 0; i < log->count; i++)
        event_take(&r, i);
    ways_take(&r);
}

void gestures_finish(struct gestures *g)
{
    for (int i = 0; i < g->count; i++)
        free(g->items[i].text);
    free(g->items);
    free(g->noise);
    *g = (struct gestures){0};
}
